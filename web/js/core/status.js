// For each state of a task and of a tool's call: the word, the tone and the icon. Total: no state is without them. Pure.
//
// Tones are ok, warn, bad, run and plain: amber is for "a person must act" alone, red for failure alone. Icons are named after what they
// say (queued, running, waiting, paused, retrying, done, failed, denied, stopped): no two states that end differently share one.

import { time } from "./format.js";

const tasks = {
  submitted: ["Queued", "plain", "queued"],
  working: ["Running", "run", "running"],
  "input-required": ["Answer needed", "warn", "waiting"],
  "auth-required": ["Sign-in needed", "warn", "waiting"],
  completed: ["Finished", "ok", "done"],
  failed: ["Failed", "bad", "failed"],
  canceled: ["Cancelled", "plain", "stopped"],
  rejected: ["Refused", "bad", "denied"],
};

const calls = {
  running: ["running", "run", "running"],
  retrying: ["retrying", "run", "retrying"],
  waiting: ["waiting for a person", "warn", "waiting"],
  done: ["done", "ok", "done"],
  failed: ["failed", "bad", "failed"],
  denied: ["denied", "bad", "denied"],
  stopped: ["stopped", "plain", "stopped"],
};

function status(table, state) {
  const [word, tone, icon] = Object.hasOwn(table, state) ? table[state] : [String(state ?? "unknown"), "plain", "queued"];
  return { word, tone, icon };
}

/** Of a task's state by name, as lists have it: {word, tone, icon}. */
export function taskStatus(state) {
  return status(tasks, state);
}

/** Of a call's state: {word, tone, icon}. */
export function callStatus(state) {
  return status(calls, state);
}

/** The badge at a task's head: its state, and what is known of it beyond that. */
export function headBadge(task) {
  const badge = taskStatus(task.state);
  if (task.state === "canceled") return { ...badge, word: cancelledBy(task) };
  if (!task.final && task.isPaused) return { word: "Paused", tone: "plain", icon: "paused" };
  if (task.state === "submitted" && task.place !== null) return { ...badge, word: `Queued, place ${task.place}` };
  return badge;
}

/** Cancelled by kim at 09:45:02: who it was, where somebody's cancel has ended it. */
function cancelledBy(task) {
  const command = task.commands.findLast((one) => one.command === "cancel" && (one.verdict === "stopped" || one.verdict === "ignored"))
    ?? task.commands.findLast((one) => one.command === "cancel");
  const by = command?.by ? ` by ${command.by}` : "";
  return `Cancelled${by}${task.ended === null ? "" : ` at ${time(task.ended)}`}`;
}
