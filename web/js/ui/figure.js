// A figure: drawn for the width that it has, with its table beside it.

import { sceneOf } from "../chart/figure.js";
import { clean } from "../chart/text.js";
import { readable } from "../core/decision.js";
import { h, svg } from "./dom.js";

/** {element, fit(width), showTable(isTable)}. */
export function Figure(figure) {
  const drawing = h("div", { class: "drawing" });
  const key = h("ul", { class: "key" });
  const hasTable = figure.table.columns.length > 0 || figure.table.rows.length > 0;
  const table = hasTable ? tableOf(figure) : h("p", { class: "muted" }, "This figure has no data.");
  const title = clean(figure.title, 300);
  const element = h("figure", { id: figure.id, class: "figure", tabindex: -1 },
    h("figcaption", {}, h("b", {}, readable(title)),
      h("a", { class: "ref", href: `#${figure.id}`, "aria-label": `${figure.id}: link to this figure` }, figure.id)),
    drawing, key, h("div", { class: "as-table-of", tabindex: 0, role: "region", "aria-label": `${figure.id} as a table` }, table));
  const holder = element.lastElementChild;
  let width = 0;
  let isTable = false;
  let isDrawn = false;

  function fit(next) {
    if (next <= 0 || next === width) return;
    width = next;
    const scene = sceneOf(figure, width);
    isDrawn = scene !== null;
    drawing.replaceChildren(...(scene === null ? [] : [render(figure, scene)]));
    key.replaceChildren(...(scene?.key ?? []).map(({ mark, label }) => h("li", {}, sample(mark), label)));
    show();
  }

  function show() {
    const asTable = isTable || !isDrawn;
    drawing.hidden = key.hidden = asTable;
    holder.hidden = !asTable;
  }
  return { element, fit, showTable(on) {
    isTable = on;
    show();
  } };
}

function render(figure, scene) {
  const [title, desc] = [`${figure.id}-title`, `${figure.id}-desc`];
  return svg("svg", { class: "ch", viewBox: `0 0 ${scene.width} ${scene.height}`, role: "img", "aria-labelledby": title,
    "aria-describedby": desc },
    svg("title", { id: title }, readable(clean(figure.title, 300))), svg("desc", { id: desc }, readable(clean(figure.description, 1000))),
    scene.shapes.map(({ tag, attributes, text, full }) =>
      svg(tag, attributes, text, full !== undefined && full !== text ? svg("title", {}, full) : null)));
}

function tableOf({ id, title, table }) {
  const isNumber = (column) => table.rows.length > 0 && table.rows.every((row) => /^[-−+]?[\d.,]*$/.test(row[column] ?? ""));
  const classes = table.columns.map((_, column) => (isNumber(column) ? "num" : null));
  const shown = table.rows.slice(0, 1000);
  return [
    h("table", {}, h("caption", { class: "hidden" }, `${id}: ${clean(title, 300)}`),
      h("thead", {}, h("tr", {}, table.columns.map((name, column) => h("th", { scope: "col", class: classes[column] }, clean(name))))),
      h("tbody", {}, shown.map((row) => h("tr", {},
        row.map((cell, column) => h("td", { class: classes[column] }, readable(clean(cell)))))))),
    shown.length < table.rows.length
      && h("p", { class: "muted" }, `The first ${shown.length} of ${table.rows.length} rows. The download has all.`),
  ];
}

const samples = {
  line: () => svg("path", { class: "px", d: "M1 8L6 3L10 6L15 2" }),
  buy: () => svg("circle", { class: "buy", cx: 8, cy: 5, r: 4 }),
  sell: () => svg("path", { class: "sell", d: "M8 0.4L12.6 5L8 9.6L3.4 5Z" }),
  news: () => svg("path", { class: "news", d: "M8 0V10" }),
  window: () => svg("rect", { class: "win", x: 1, y: 0, width: 14, height: 10 }),
  day: () => svg("rect", { class: "vb", x: 5, y: 2, width: 6, height: 8 }),
  hot: () => svg("rect", { class: "vb hot", x: 5, y: 0, width: 6, height: 10 }),
  median: () => svg("path", { class: "med", d: "M0 5H16" }),
  pair: () => svg("path", { class: "pair", d: "M3 0L13 10" }),
  flagged: () => svg("rect", { class: "box hot", x: 1, y: 1, width: 14, height: 8, rx: 2 }),
  box: () => svg("rect", { class: "box", x: 1, y: 1, width: 14, height: 8, rx: 2 }),
};

function sample(mark) {
  return svg("svg", { class: "ch", viewBox: "0 0 16 10", "aria-hidden": "true" }, samples[mark]());
}
