// The five stations of a task. Pure.

const names = ["received", "parsed", "evidence", "review", "decision"];

/** @returns {import("../types.js").Phase[]} */
export function newPhases() {
  return names.map((name) => ({ name: /** @type {any} */ (name), state: "todo", at: null, until: null }));
}

/** An agent says that it is in a phase. A task never goes back: an agent below begins with the first once more. */
export function reach(task, name, { at }) {
  const index = names.indexOf(name);
  if (index < 0) {
    task.hasOtherPhases = true;
    return;
  }
  const phase = task.phases[index];
  const current = task.phases.findIndex((one) => one.state === "now");
  if (index < current) {
    if (phase.state === "skipped") Object.assign(phase, { state: "past", at, until: at });
    return;
  }
  if (phase.state !== "todo") return;
  for (const earlier of task.phases.slice(0, index)) {
    if (earlier.state === "now") Object.assign(earlier, { state: "past", until: at });
    else if (earlier.state === "todo") earlier.state = "skipped";
  }
  phase.state = "now";
  phase.at = at;
}

export function endPhases(task, state, { at }) {
  for (const phase of task.phases) {
    if (phase.state === "now") Object.assign(phase, { state: state === "completed" ? "past" : "failed", until: at });
    else if (phase.state === "todo") phase.state = "skipped";
  }
}
