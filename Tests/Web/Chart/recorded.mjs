// Tasks as real runs have told them.

import { readFileSync } from "node:fs";
import { fold, newTask } from "../../../web/js/core/task.js";

export function records(name) {
  return JSON.parse(readFileSync(new URL(`../records/${name}.json`, import.meta.url), "utf8")).events;
}

/** The task after `count` of its records. */
export function task(name, count = Infinity) {
  const all = records(name);
  return all.slice(0, count).reduce(fold, newTask(all[0].task));
}
