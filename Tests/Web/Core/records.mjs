// Records of real runs, as the gateway gave them, and such that are made by hand.

import { readFileSync } from "node:fs";
import { fold, newTask } from "../../../web/js/core/task.js";

export const names = [
  "answered", "broken", "cancel-refused", "cancelled", "declined", "expired", "insider-trading", "lost-specialist", "paused", "sign-in",
  "tools",
];

/** `name` among those of Tests/Web/records. */
export function recorded(name) {
  return read(`${name}.json`).events;
}

export function read(file) {
  return JSON.parse(readFileSync(new URL(`../records/${file}`, import.meta.url), "utf8"));
}

export function folded(records, task = newTask("t-1")) {
  for (const record of records) fold(task, record);
  return task;
}

export const start = Date.parse("2026-11-22T09:00:00.000Z");

/** Numbers records and gives each the next second: ["kind", data], … */
export function made(...records) {
  return records.map(([kind, data], index) => ({
    offset: index, task: "t-1", seq: index + 1, time: new Date(start + index * 1000).toISOString(), kind, origin: "gateway", data,
  }));
}

const progress = "https://signalbox.dev/a2a/extensions/progress/v1";

/** A status update with a report. */
export function report(type, members = {}, state = "WORKING", words = "") {
  const message = words === "" ? {} : { message: { parts: [{ text: words }] } };
  const metadata = { [progress]: { type, ...members } };
  return ["event", { statusUpdate: { status: { state: `TASK_STATE_${state}`, ...message }, metadata } }];
}

export function status(state, words = "") {
  const message = words === "" ? {} : { message: { parts: [{ text: words }] } };
  return ["event", { statusUpdate: { status: { state: `TASK_STATE_${state}`, ...message } } }];
}

export function artifact(artifactId, parts, members = {}) {
  return ["event", { artifactUpdate: { artifact: { artifactId, parts }, ...members } }];
}
