// What the head of a task's page says. Pure.

import { duration, instant, span } from "./format.js";

export function titleOf({ title, facts }) {
  return title || facts.file || "Task";
}

/** Facts in a line: {label, text, spoken?}. `spoken` stands for a text that changes each second. */
export function metaOf(task, now) {
  const { facts } = task;
  const began = task.opened;
  const ran = began === null ? null : (task.ended ?? Math.max(now, began)) - began;
  const since = began === null ? "" : `since ${instant(new Date(began))}`;
  const running = { label: "Running", text: ran === null ? null : duration(ran / 1000), spoken: since };
  return [
    { label: "Trader", text: facts.trader },
    { label: "Account", text: facts.account },
    { label: "Alert", text: facts.alertId },
    { label: "File", text: facts.alertId ? null : facts.file },
    { label: "Agent", text: task.agent },
    task.final ? { label: "Took", text: ran === null ? null : span(ran) } : running,
    { label: "Started by", text: task.owner },
  ].filter(({ text }) => Boolean(text));
}
