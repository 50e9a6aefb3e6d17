// Who said what of a decision: the last word of each counts, and earlier ones are remembered. Pure.

import { object, timeOrNull } from "./read.js";

/** `said`: what the server confirmed to this page, of which no record may have come yet. */
export function reviewsOf(task, records, said) {
  const all = [];
  // Reviews stand behind the end of the task.
  for (let index = records.length - 1; index >= 0; index -= 1) {
    const { kind, data, time, seq } = records[index];
    if (kind === "event" && object(data).statusUpdate !== undefined) break;
    if (kind === "command" && object(data).command === "review") {
      all.unshift({ by: data.by, opinion: data.opinion, why: data.why ?? null, at: timeOrNull(time) ?? 0, seq });
    }
  }
  const known = new Set(all.map(({ seq }) => seq));
  for (const review of [...task.reviews, ...said]) if (!known.has(review.seq)) {
    known.add(review.seq);
    all.push(review);
  }
  all.sort((a, b) => a.seq - b.seq);
  const people = new Map();
  for (const { by, opinion, why, at } of all) {
    if (opinion !== "accept" && opinion !== "disagree") continue;
    const was = people.get(by);
    const before = was === undefined ? [] : was.opinion === opinion ? was.before : [...was.before, was.opinion];
    people.delete(by);
    people.set(by, { by, opinion, why: typeof why === "string" ? why : null, at, before });
  }
  return [...people.values()];
}

const reasons = {
  "nothing-to-review": "Not recorded: there is no finished result to review.",
  "command-id-taken": "Not recorded: try again.",
  "journal-full": "Not recorded: the gateway cannot keep any more.",
};

/** Why a review was not taken. */
export function refusalText(trouble) {
  const { status, detail, problem } = object(trouble);
  const code = object(problem).code;
  if (Object.hasOwn(reasons, code ?? "")) return detail ? `Not recorded: ${detail}` : reasons[code];
  if (status === 401) return "Not recorded: you are signed out. Sign in again, and send it again.";
  if (status === 403) return "Not allowed: only those who may answer for this task can review it.";
  if (status === 404 || status === 405) return "Not recorded: this gateway takes no reviews of this task.";
  if (status === 0) return `Not confirmed: ${detail || trouble.message} Send it again; it counts once.`;
  return `Not recorded: ${detail || trouble.message}`;
}
