// What people wanted of a task, and what came of it. Pure.

import { array, numberOrNull, object, partsText, text, textOrNull } from "./read.js";

export function foldCommand(task, data, moment) {
  const command = textOrNull(data.command);
  if (command === null) return;
  const by = text(data.by);
  if (command === "submit") return foldSubmit(task, data, by);
  if (command === "review") return foldReview(task, data, by, moment);
  task.commands.push({
    id: text(data.id), command, by, why: textOrNull(data.why), at: moment.at, seq: moment.seq, state: "requested", verdict: null,
    verdictWhy: null, afterMilliseconds: null, verdictSeq: null,
    text: command === "send" ? textOrNull(partsText(data.message)) : null, question: textOrNull(data.question),
  });
}

function foldSubmit(task, data, by) {
  task.owner ||= by;
  for (const part of array(object(data.message).parts)) {
    const name = textOrNull(object(part).filename);
    if (name) task.facts.file ??= name;
  }
}

/** The last of each person counts. */
function foldReview(task, data, by, { seq, at }) {
  if (data.opinion !== "accept" && data.opinion !== "disagree") return;
  task.reviews = task.reviews.filter((one) => one.by !== by);
  task.reviews.push({ by, opinion: data.opinion, why: textOrNull(data.why), at, seq });
}

export function foldDelivered(task, data) {
  const command = find(task, data);
  if (command?.state === "requested") command.state = "delivered";
}

export function foldVerdict(task, data, { seq }) {
  const command = find(task, data);
  if (!command) return;
  Object.assign(command, {
    state: "ended", verdict: text(data.verdict) || null, verdictWhy: textOrNull(data.why),
    afterMilliseconds: numberOrNull(data.afterMilliseconds), verdictSeq: seq,
  });
}

/** The sender's id is the command's name; the last of that name, should somebody use one twice. */
function find(task, data) {
  return task.commands.findLast((one) => one.id === data.id && (data.by === undefined || one.by === data.by));
}
