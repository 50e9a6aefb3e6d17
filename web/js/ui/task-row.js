// A row of the list of tasks.

import { rowOf } from "../core/task-list.js";
import { h, say, set } from "./dom.js";
import { sign } from "./lamps.js";

export function makeRow(task) {
  return h("li", { class: "task-row" },
    h("span", { class: "task-sign" }),
    h("div", { class: "task-main" },
      h("p", { class: "task-title" }, h("a", { class: "task-link", href: `/tasks/${encodeURIComponent(task.id)}` }), h("span", { class: "task-facts" })),
      h("p", { class: "task-message" }), h("progress", { hidden: true, "aria-label": "Step of the running tool" })),
    h("div", { class: "task-who" }, h("span"), h("span", { class: "muted" })),
    h("div", { class: "task-time num" }, h("b"), h("span", { class: "muted" })),
    h("span", { class: "task-answer button small", "aria-hidden": "true", hidden: true }, "Answer"));
}

export function drawRow(element, task, question, now) {
  const hasQuestion = question !== undefined;
  const row = rowOf(task, hasQuestion, now, question?.form?.prompt || String(question?.text ?? ""));
  const [lamp, main, who, times, answer] = element.children;
  const stamp = `${row.icon} ${row.tone}`;
  if (element.dataset.stamp !== stamp) {
    element.dataset.stamp = stamp;
    set(lamp, "class", `task-sign tone-${row.tone}`);
    lamp.replaceChildren(sign(row.icon));
  }
  const [title, message, progress] = main.children;
  say(title.firstElementChild, row.title);
  say(title.lastElementChild, row.facts);
  say(message, [row.word, row.message].filter(Boolean).join(" · "));
  progress.hidden = row.step === null;
  if (row.step !== null) {
    set(progress, "max", row.step.max);
    set(progress, "value", row.step.value);
  }
  say(who.firstElementChild, task.agent);
  say(who.lastElementChild, task.owner);
  say(times.firstElementChild, row.time);
  say(times.lastElementChild, row.took && `took ${row.took}`);
  answer.hidden = !hasQuestion || task.final;
}
