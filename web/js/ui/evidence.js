// The evidence of a task: four numbers, and a figure for each finding. Before the figures come it says what is being gathered.

import { figuresOf } from "../chart/figure.js";
import { decisionOf } from "../core/decision.js";
import { gatheringText } from "../core/gathering.js";
import { kpisOf } from "../core/kpis.js";
import { Artifacts } from "./artifacts.js";
import { h, list, say, set } from "./dom.js";
import { Figure } from "./figure.js";
import { downloadsOf } from "./downloads.js";
import { jumps } from "./jump.js";

/** A part: {element, draw(task, records), close?()}. */
export function EvidenceCard(app) {
  let current = null;
  let stamp = "";
  let figures = [];
  let asTables = false;
  const title = h("h2", { id: "evidence-title" });
  const swap = h("button", { type: "button", class: "link", "aria-pressed": "false", onclick: () => showTables(!asTables) },
    "Show as tables");
  const kpis = h("dl", { class: "kpis" });
  const gathering = h("div", { class: "gathering" });
  const holder = h("div", { class: "figures" });
  const body = h("div", { class: "ev" }, kpis, gathering, holder);
  const card = h("section", { class: "card evidence", "aria-labelledby": "evidence-title" },
    h("header", {}, title, h("span", { class: "r" }, swap)), body);
  const artifacts = Artifacts();
  const element = h("div", { class: "evidence-part", onclick: jumps }, card, artifacts.element);
  const observer = new ResizeObserver(([entry]) => fit(entry.contentRect.width));
  observer.observe(holder);
  const [before, after] = [() => figures.forEach((one) => one.showTable(true)), () => showTables(asTables)];
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  const arrived = () => requestAnimationFrame(showTarget);
  addEventListener("hashchange", showTarget);

  function fit(width) {
    for (const figure of figures) figure.fit(Math.floor(width));
  }

  function showTables(on) {
    asTables = on;
    set(swap, "aria-pressed", String(on));
    say(swap, on ? "Show as drawings" : "Show as tables");
    for (const figure of figures) figure.showTable(on);
  }

  function draw(task) {
    current = task;
    const artifact = task.artifacts.get("figures");
    const decision = decisionOf(task);
    const next = [task.id, artifact?.seq, artifact?.parts.length, decision && task.artifacts.get("decision").seq].join(" ");
    if (next !== stamp) {
      stamp = next;
      drawFigures(figuresOf(task), decision);
    }
    const isKnown = figures.length > 0;
    say(title, task.final ? "Evidence" : "Evidence so far");
    swap.hidden = holder.hidden = !isKnown;
    gathering.hidden = isKnown;
    if (!isKnown) drawGathering(task);
    // Agents that make other things than figures have no need of an empty card.
    card.hidden = task.final && !isKnown && task.calls.length === 0;
    artifacts.draw(task);
    element.hidden = card.hidden && artifacts.element.hidden;
  }

  function drawFigures(next, decision) {
    figures = next.map(Figure);
    holder.replaceChildren(...figures.map((figure) => figure.element));
    fit(Math.floor(holder.clientWidth));
    showTables(asTables);
    const numbers = kpisOf(decision, next);
    kpis.hidden = numbers.length === 0;
    kpis.replaceChildren(...numbers.map(({ label, value, source }) =>
      h("div", { title: source }, h("dt", {}, label), h("dd", {}, value, h("span", { class: "hidden" }, ` (${source})`)))));
    if (next.length > 0) arrived();
  }

  function drawGathering(task) {
    const done = task.calls.filter(({ state, summary }) => state === "done" && summary !== "");
    const open = task.calls.filter(({ state }) => state === "running" || state === "retrying" || state === "waiting");
    const names = [...new Set(open.map(({ tool }) => tool))].slice(0, 4).join(", ");
    const words = gatheringText(task, names);
    if (gathering.childElementCount === 0) gathering.append(h("p", { class: "muted" }), h("ul"));
    say(gathering.firstChild, words);
    list(gathering.lastChild, done.slice(-8), ({ id }) => id, () => h("li", {}, h("b"), h("span")), (item, { tool, summary }) => {
      say(item.firstChild, tool);
      say(item.lastChild, summary);
    });
  }

  function showTarget() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = /^E\d+$/.test(id) ? document.getElementById(id) : null;
    if (target) target.scrollIntoView({ block: "center" });
  }

  return {
    element, draw,
    get downloads() {
      return current === null ? [] : downloadsOf(current);
    },
    close() {
      observer.disconnect();
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      removeEventListener("hashchange", showTarget);
    },
  };
}
