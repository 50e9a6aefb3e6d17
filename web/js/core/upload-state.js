// Where a file on the page of new alerts is, as words. Pure.
//
// read → ready | bad; ready → queued → sending → started | refused; refused → queued. What was started is told by its task.

import { fault } from "./alert-file.js";

/** An entry for each file; its key is made once, so that starting it again begins nothing twice. */
export function newEntry(name, bytes, key) {
  const wrong = fault(name, bytes);
  return { name, bytes, size: bytes.length, key, agent: null, state: wrong === null ? "ready" : "bad", text: wrong ?? "Looks like XML. The agent reads it.", sent: 0, task: null };
}

export const canStart = ({ state }) => state === "ready" || state === "refused";
export const isUnfinished = ({ state }) => state !== "bad" && state !== "started";
export const isUnderWay = ({ state }) => state === "queued" || state === "sending";

const words = {
  submitted: ["Submitted", ""], working: ["Running", ""], "input-required": ["Answer needed", "warn"], "auth-required": ["Permission needed", "warn"],
  completed: ["Finished", "ok"], failed: ["Failed", "bad"], canceled: ["Cancelled", ""], rejected: ["Refused", "bad"],
};

/** `{word, tone}` of an entry's badge. */
export function badge(entry, taskState) {
  const [word, tone] = {
    bad: ["Cannot be started", "bad"], ready: ["Not started", ""], queued: ["Next to be sent", ""],
    sending: [entry.sent >= 1 ? "Waiting for the gateway" : "Sending", ""],
    refused: ["Not started", "bad"], started: words[taskState] ?? ["Started", ""],
  }[entry.state];
  return { word, tone };
}

/** The agent that is chosen at first: the gateway's own default, or the first that may be given work. */
export function firstAgent(agents) {
  const usable = agents.filter(({ mayBegin }) => mayBegin === true);
  return (usable.find((agent) => agent.default === true) ?? usable[0])?.name ?? null;
}
