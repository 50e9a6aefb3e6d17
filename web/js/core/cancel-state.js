// What the cancel button shows: what was asked for, and what the gateway has said of it. Pure.
//
//   {kind: "none"}      nobody has pressed it, or what came of that was said
//   {kind: "asked"}     pressed; the gateway has not said yet that it has the command
//   {kind: "refused"}   the gateway did not take the command: `text`
//
// That a cancel is under way, and how it ended, is in the task's own records: so it is shown to everybody, whoever pressed.

import { span, time } from "./format.js";

export const unasked = { kind: "none" };

/** In milliseconds: when to say what has not stopped yet. */
export const patience = 5000;

/** What follows from `event`: {type: "pressed", at}, {type: "taken"} (the receipt is there), {type: "refused", nack, task}. */
export function next(state, event) {
  switch (event.type) {
    case "pressed":
      // Pressed again it is the same cancel, so the time goes on.
      return state.kind === "asked" ? state : { kind: "asked", since: event.at };
    case "taken":
      return unasked;
    case "refused":
      return { kind: "refused", text: refusal(event.nack, event.task) };
    default:
      throw new TypeError(`There is no event ${event.type}.`);
  }
}

/** {label, isBusy, text, tone}: the button's label, whether it waits, and what stands beside it. */
export function viewOf(state, task, now) {
  const last = task.commands.filter(({ command }) => command === "cancel").at(-1);
  const isUnderWay = last !== undefined && last.state !== "ended";
  if (!task.final && (isUnderWay || state.kind === "asked")) {
    const since = isUnderWay ? last.at : state.since;
    const text = now - since >= patience ? `Still cancelling: ${unstopped(task)}.` : "";
    return { label: "Cancelling…", isBusy: true, text, tone: "plain" };
  }
  const told = last?.verdict ? verdictText(last, task) : { text: "", tone: "plain" };
  if (state.kind === "refused") return { label: "Cancel task", isBusy: false, text: state.text, tone: "bad" };
  return { label: "Cancel task", isBusy: false, ...told };
}

/** The verdict of a cancel, a pause or a resume, as it stands beside the buttons. */
export function verdictText(command, task) {
  const why = command.verdictWhy ?? "";
  const took = command.afterMilliseconds === null ? "" : ` in ${span(command.afterMilliseconds)}`;
  switch (command.verdict) {
    case "stopped": return { text: `Stopped${took}.`, tone: "plain" };
    case "paused": return { text: `Paused${took}.`, tone: "plain" };
    case "resumed": return { text: `Resumed${took}.`, tone: "plain" };
    case "refused": return { text: sentence("Refused", why || "the agent said no"), tone: "bad" };
    case "ignored": return { text: sentence("Ignored", why || "the agent did not stop, so the gateway has ended the task"), tone: "bad" };
    case "too-late": return { text: tooLate(task), tone: "plain" };
    case "undelivered": return { text: sentence("Not delivered", why || "the agent could not be asked"), tone: "bad" };
    default: return { text: sentence("The gateway says", command.verdict ?? ""), tone: "plain" };
  }
}

/** What a command that was not taken is answered with. */
export function refusal(nack, task) {
  if (nack.code === "forbidden") return sentence("Not allowed", nack.message);
  if (nack.code === "task-ended") return tooLate(task);
  return nack.message;
}

function tooLate(task) {
  const ends = { completed: "finished", failed: "failed", canceled: "was cancelled", rejected: "was refused" };
  const when = task.ended === null ? "" : ` at ${time(task.ended)}`;
  return `Too late: the task ${ends[task.state] ?? "had ended"}${when}.`;
}

function unstopped({ calls, agent }) {
  const names = [...new Set(calls.filter(({ to }) => to === null).map(({ tool }) => tool))];
  if (names.length === 0) return `${agent || "the agent"} has not stopped yet`;
  const shown = names.length > 2 ? `${names[0]} and ${names.length - 1} others` : names.join(" and ");
  return `${shown} ${names.length > 1 ? "have" : "has"} not stopped yet`;
}

function sentence(start, rest) {
  return `${start}: ${/[.?!…]$/.test(rest) ? rest : `${rest}.`}`;
}
