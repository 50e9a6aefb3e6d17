// Where the parts of a task's page stand, and in which order: the order of reading, of the keyboard and of the eye are one.

import { h, set } from "./dom.js";

export function Arrangement({ tools, log, questions, decision, evidence }) {
  const narrow = matchMedia("(max-width: 1080px)");
  // During a replay nothing can be sent: a fieldset disables all controls in it, whatever their parts do with them.
  const [asking, deciding] = [questions, decision].map(({ element }) => h("fieldset", { class: "hold", role: "none" }, element));
  const [first, main, second] = ["first", "mainc", "side"].map((name) => h("div", { class: name }));
  const element = h("div", { class: "cols task-cols" }, first, main, second);
  let arranged = "";

  function arrange(task, isReplay) {
    for (const held of [asking, deciding]) set(held, "disabled", isReplay);
    const kind = `${task.final ? "final" : "live"} ${narrow.matches ? "narrow" : "wide"}`;
    if (kind === arranged) return;
    arranged = kind;
    set(element, "data-kind", task.final ? "final" : "live");
    const body = [tools.element, log.element];
    if (task.final) place([deciding, evidence.element, asking], body, []);
    else if (narrow.matches) place([asking], body, [evidence.element, deciding]);
    else place([asking], [...body, deciding], [evidence.element]);
  }

  function place(...lists) {
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    [first, main, second].forEach((parent, index) => {
      lists[index].forEach((child, at) => {
        if (parent.children[at] !== child) move(parent, child, parent.children[at] ?? null);
      });
    });
    if (focused !== document.activeElement && element.contains(focused)) focused.focus({ preventScroll: true });
  }
  return { element, arrange, narrow };
}

/** Without a loss of focus, of scrolling and of what is being typed, where the browser can. */
function move(parent, child, before) {
  if (parent.moveBefore && child.isConnected && parent.isConnected) return parent.moveBefore(child, before);
  const scrolled = [...child.querySelectorAll(".log-rows")].map((rows) => [rows, rows.scrollTop]);
  parent.insertBefore(child, before);
  for (const [rows, top] of scrolled) rows.scrollTop = top;
}
