// What a task's document tells of it for a list, where its records were not heard: {message, facts, calls, place, paused}. Pure.

import { foldTool, waitFor } from "./calls.js";
import { array, countOrNull, object, text, textOrNull } from "./read.js";
import { factNames } from "./reports.js";

/**
 * What was said last, and what runs, as of this document: for a task of which nothing newer is known.
 * @param {import("../types.js").Task} task
 */
export function foldOutline(task, document) {
  task.message = text(document.message) || task.message;
  task.place = countOrNull(document.place);
  task.isPaused = document.paused === true && !task.final;
  task.calls = [];
  for (const call of task.final ? [] : array(document.calls).map(object)) {
    foldTool(task, { ...call, type: "tool_progress" }, { seq: document.lastSeq, at: task.updated ?? 0 });
  }
  if (task.state === "input-required" || task.state === "auth-required") waitFor(task, true);
}

/** What it is about. What records have said is not said otherwise. */
export function foldFacts(task, document) {
  const facts = object(document.facts);
  for (const name of factNames) {
    const fact = textOrNull(facts[name]);
    if (fact !== null) task.facts[name] ??= fact;
  }
}
