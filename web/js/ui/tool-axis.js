// The axis above the waterfall, and the lines of its times behind the rows. Readers of screens have the times in the rows.

import { span } from "../core/format.js";
import { tick } from "../core/scale.js";
import { h, set, svg } from "./dom.js";

export function ToolAxis() {
  const labels = svg("svg", {});
  const element = h("div", { class: "axis", "aria-hidden": "true" },
    h("span"), h("span", {}, "Tool"), labels, h("span", {}, "Time"));
  const lines = svg("svg", { class: "lines", "aria-hidden": "true" });
  let drawn = "";

  function draw(axis) {
    const stamp = JSON.stringify([axis.ticks, axis.folds, axis.start]);
    if (stamp === drawn) return;
    drawn = stamp;
    const end = axis.ticks.at(-1);
    labels.replaceChildren(
      ...axis.ticks.map((one) => label(one, one.isEnd ? span(one.time - axis.start) : tick(one.time - axis.start))),
      ...axis.folds.map(({ x, width }) => x + width / 2).filter((x) => end.x - x > 20)
        .map((x) => svg("text", { x: `${x}%`, y: 16, "text-anchor": "middle" }, "//")));
    lines.replaceChildren(
      ...axis.folds.map(({ x, width }) => svg("rect", { class: "fold", x: `${x}%`, width: `${width}%`, y: 0, height: "100%" })),
      ...axis.ticks.filter(({ isEnd }) => !isEnd).map(({ x }) => rule(x, "grid")),
      end.isNow ? rule(end.x, "now") : "");
  }
  return { element, lines, draw };
}

function rule(x, name) {
  const at = `${x.toFixed(2)}%`;
  return svg("line", { class: name, x1: at, x2: at, y1: 0, y2: "100%" });
}

function label({ x, isEnd, isNow }, text) {
  const anchor = x < 6 ? "start" : isEnd && x > 90 ? "end" : "middle";
  const element = svg("text", { x: `${x.toFixed(2)}%`, y: 16, "text-anchor": anchor }, text);
  if (isNow) set(element, "class", "tn");
  return element;
}
