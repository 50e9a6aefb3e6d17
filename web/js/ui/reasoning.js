// What the agent said while it worked, step by step, for whoever wants to see it.

import { count, time } from "../core/format.js";
import { h, list, say } from "./dom.js";

const most = 200;

export function Reasoning() {
  const steps = h("ol");
  const summary = h("summary");
  const element = h("details", { class: "reasoning", hidden: true }, summary, steps);
  let task = null;
  element.addEventListener("toggle", fill);

  function fill() {
    say(summary, `${element.open ? "Hide" : "Show"} reasoning (${count(task.reasoning.length, "step")})`);
    if (!element.open) return;
    list(steps, task.reasoning.slice(-most), ({ seq }) => seq, () => h("li", {}, h("time"), h("span")), (item, step) => {
      say(item.children[0], time(step.at));
      say(item.children[1], `${step.agent === null ? "" : `${step.agent}: `}${step.text}`);
    });
  }

  function draw(next) {
    task = next;
    element.hidden = task.reasoning.length === 0;
    if (!element.hidden) fill();
  }
  return { element, draw };
}
