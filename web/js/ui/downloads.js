// What the evidence adds to the export menu: each file is offered once its artifact is whole.

import { filesOf } from "../core/download.js";

/** {label, make() → {name, type, text}} of all that a task has made so far. */
export function downloadsOf(task) {
  return filesOf(task).map(({ label, ...file }) => ({ label, make: () => file }));
}
