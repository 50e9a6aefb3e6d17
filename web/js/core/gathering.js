// What is said of evidence of which there are no figures. Pure.

import { isOtherWork } from "./station-texts.js";

/** `names`: of the tools that run, with commas; empty where none does. A decision is promised of what may come to one. */
export function gatheringText(task, names) {
  if (task.final) return task.state === "completed" ? "No figures were made." : "The task ended before its figures were made.";
  if (task.calls.length === 0) return "Nothing has been gathered yet.";
  const gathered = names === "" ? "" : `Being gathered by ${names}.`;
  return `${gathered} ${isOtherWork(task) ? "" : "The figures come with the decision."}`.trim();
}
