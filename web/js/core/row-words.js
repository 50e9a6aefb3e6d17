// The words of a row of the waterfall. Pure.

import { count, duration, left, span } from "./format.js";
import { expectedEnd } from "./scale.js";

/** The state of a row as a whole: that of what most needs a look. `isAsked`: the task waits for somebody. */
export function stateOf(row, isAsked = false) {
  if (row.kind === "call") return row.call.state;
  if (row.kind === "question") {
    if (row.question.state === "open") return "waiting";
    return { answered: "done", elsewhere: "done", expired: "failed" }[row.question.how] ?? "stopped";
  }
  const states = new Set(row.calls.map(({ state }) => state));
  const worst = ["waiting", "running", "retrying", "failed", "denied", "stopped"].find((state) => states.has(state));
  const isAtWork = row.kind === "agent" && row.agent.ended === null;
  if (isAtWork && worst !== "running") return isAsked ? "waiting" : "running";
  return worst ?? "done";
}

/** One line about how it stands. */
export function lineOf(row, task) {
  if (row.kind === "question") return firstLine(row.question.form?.prompt || row.question.text);
  if (row.kind !== "call") return countsOf(row.calls);
  const { call } = row;
  const question = task.questions.find(({ id }) => id === call.question);
  switch (call.state) {
    case "waiting": return firstLine(question?.form?.prompt || question?.text || "") || call.message;
    case "retrying": return `Failed: ${call.retry?.why ?? call.error ?? "no reason given"}`;
    case "failed":
    case "denied": return call.error || call.message;
    case "stopped": return call.message || "Did not end.";
    default: return call.summary || call.message;
  }
}

/** A short word beside the name: {text, tone}, or null. */
export function tagOf(row) {
  if (row.kind === "question") return questionTag(row.question);
  if (row.kind === "name") return { text: `${row.calls.length} calls`, tone: "" };
  if (row.kind === "agent") return { text: "agent", tone: "" };
  const { state, attempts } = row.call;
  if (state === "waiting") return { text: "waiting for an answer", tone: "warn" };
  if (state === "retrying") return { text: "will be tried again", tone: "" };
  if (attempts.length === 2) return { text: "retried once", tone: "" };
  return attempts.length > 2 ? { text: `retried ${attempts.length - 1} times`, tone: "" } : null;
}

/** How long it took or runs, and a second line: {time, more}. */
export function timeOf(row, now) {
  if (row.kind === "question") return questionTime(row.question, now);
  if (row.kind === "agent") return { time: span((row.agent.ended ?? now) - row.agent.since), more: "" };
  const { calls } = row;
  if (row.kind === "name") return { time: span(calls.reduce((sum, call) => sum + lengthOf(call, now), 0)), more: "in all" };
  const { call } = row;
  const end = expectedEnd(call, now);
  const rest = end === null ? "" : `, ${left(end - now)}`;
  const more = call.state === "running" && call.total > 0 && call.step !== null ? `${percent(call)}%${rest}` : attempts(call);
  return { time: span(lengthOf(call, now)), more };
}

/** In milliseconds: as its agent has measured it, or else from the records. */
export function lengthOf(call, now) {
  return call.took !== null && call.attempts.length === 1 && call.to !== null ? call.took : (call.to ?? now) - call.from;
}

export function percent({ step, total }) {
  return Math.min(100, Math.floor((100 * (step ?? 0)) / total));
}

/** 6 done, 1 running, 1 waiting. */
export function countsOf(calls, questions = []) {
  const counts = new Map();
  const add = (word) => counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const { state } of calls) add(state);
  for (const question of questions) if (question.state === "open" && !calls.some((call) => call.question === question.id)) add("waiting");
  const states = ["done", "running", "waiting", "retrying", "failed", "denied", "stopped"];
  return states.filter((state) => counts.has(state)).map((state) => `${counts.get(state)} ${state}`).join(", ");
}

const ends = { expired: "no answer in time", withdrawn: "withdrawn", elsewhere: "went on without it", ended: "closed with the task" };

function questionTag({ state, how, by }) {
  if (state === "open") return { text: "waiting for an answer", tone: "warn" };
  return { text: how === "answered" ? `answered${by ? ` by ${by}` : ""}` : ends[how] ?? String(how), tone: "" };
}

function questionTime({ asked, closed, deadline }, now) {
  const of = closed === null && deadline !== null ? `of ${duration(Math.round((deadline - asked) / 1000))}` : "";
  return { time: span((closed ?? now) - asked), more: of };
}

function attempts({ attempts: all }) {
  return all.length > 1 ? count(all.length, "attempt") : "";
}

function firstLine(text) {
  return text.split("\n", 1)[0];
}
