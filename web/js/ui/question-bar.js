// "Your answer is needed", under the header of every page but the question's own: found at once, wherever one is.

import { left } from "../core/format.js";
import { h, say, set, svg } from "./dom.js";

/** `{element, key(key)}`: the bar, which hides itself, and `a`, which goes to the question. */
export function QuestionBar(app) {
  const head = h("b", {}, "Your answer is needed");
  const what = h("span", { class: "what" });
  const timer = h("span", { class: "left", "aria-hidden": "true" });
  const link = h("a", { href: "/" },
    svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" },
      svg("path", { d: "M9 1.8l7.6 13.4H1.4z", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linejoin": "round" }),
      svg("path", { d: "M9 7v3.6M9 12.3v.9", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round" })),
    head, what, timer, h("span", { class: "go" }, "Answer"));
  const element = h("aside", { class: "question-bar", "aria-label": "Waiting for your answer", hidden: true }, link);
  let first = null;

  function draw() {
    // The address is looked at anew each time: a page may be another one without anything having been loaded.
    const here = /^\/tasks\/([^/]+)/.exec(location.pathname)?.[1];
    const open = mine(app.questions.list, app.clock.now());
    const others = open.filter(({ task }) => encodeURIComponent(task) !== here);
    first = others[0] ?? null;
    element.hidden = first === null;
    if (first === null) return;
    set(link, "href", `/tasks/${encodeURIComponent(first.task)}`);
    say(head, others.length === 1 ? "Your answer is needed" : `${others.length} questions need an answer`);
    say(what, first.form?.prompt || String(first.text ?? "").split("\n", 1)[0]);
    const deadline = Date.parse(first.deadline);
    say(timer, Number.isNaN(deadline) ? "" : left(deadline - app.clock.now()));
  }

  app.questions.on(() => app.draw(draw));
  app.onTick(() => app.draw(draw));
  document.addEventListener("click", () => app.draw(draw));
  addEventListener("popstate", () => app.draw(draw));
  return {
    element,
    key(key) {
      if (key !== "a" || first === null) return false;
      app.go(`/tasks/${encodeURIComponent(first.task)}`);
      return true;
    },
  };
}

/** Those that this person may answer and whose time is not up, the most urgent first. */
function mine(list, now) {
  const until = ({ deadline }) => Date.parse(deadline) || Infinity;
  return list.filter((one) => one.mayAnswer !== false && until(one) > now).sort((one, other) => until(one) - until(other) || 0);
}
