// What stands under the five stations of a task. Pure.

import { count, duration, span, time } from "./format.js";

export const names = { received: "Received", parsed: "Parsed", evidence: "Evidence", review: "Review", decision: "Decision" };
export const order = /** @type {const} */ (["received", "parsed", "evidence", "review", "decision"]);

/**
 * Whether this is no alert on its way to a decision: the agent has phases of its own, of which a name or two may be the same, and has
 * received nothing. So it is with one that is talked to.
 */
export function isOtherWork(task) {
  return task.hasOtherPhases && !task.phases.some(({ name, at }) => name === "received" && at !== null);
}

/** Whether the line says anything: not of other work, nor of an agent that is at work and tells of no phases. */
export function hasStations(task) {
  if (isOtherWork(task)) return false;
  return task.phases.some(({ at }) => at !== null) || (task.state === "submitted" && task.calls.length === 0);
}

/** The five, with those that the task has not told of: {name, label, state, text}. A finished task has none that is current. */
export function stationsOf(task, now) {
  const isWaiting = !task.final && task.phases.every(({ at }) => at === null);
  return order.map((name) => {
    const told = task.phases.find((one) => one.name === name) ?? { name, state: task.final ? "skipped" : "todo", at: null, until: null };
    // The gateway has it, and the agent has not said anything yet.
    const phase = name === "received" && isWaiting ? { ...told, state: "now" } : told;
    return { name, label: names[name], state: phase.state, text: textOf(phase, task, now) };
  });
}

function textOf(phase, task, now) {
  const { name, state } = phase;
  if (state === "skipped") return task.final ? "not reached" : "not needed";
  if (state === "failed") return { canceled: "cancelled", rejected: "refused" }[task.state] ?? "failed";
  if (name === "received") return time(phase.at ?? task.opened);
  if (state === "todo") return "not started";
  if (name === "evidence") return evidence(phase, task, now);
  if (name === "review") return review(phase, task, now);
  if (name === "decision") return state === "now" ? "being written" : time(task.ended ?? phase.until ?? phase.at);
  return phase.at === null ? "" : span((phase.until ?? now) - phase.at);
}

function evidence({ at, until }, { calls }, now) {
  const tools = count(calls.length, "tool");
  return at === null ? tools : `${tools}, ${span((until ?? now) - at)}`;
}

function review({ at, state }, { questions }, now) {
  const open = questions.filter((question) => question.state === "open").length;
  if (open > 0) return `${count(open, "answer")} needed`;
  const answered = questions.filter(({ how, closed }) => how === "answered" && closed !== null);
  if (answered.length > 0) {
    const took = answered.reduce((sum, { asked, closed }) => sum + closed - asked, 0);
    return `answered in ${duration(took / 1000)}`;
  }
  if (questions.some(({ how }) => how === "expired")) return "no answer";
  if (questions.length > 0) return "closed without an answer";
  return state === "now" && at !== null ? span(now - at) : "no answer needed";
}
