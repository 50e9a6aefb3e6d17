// The rows of the waterfall: one list item each, kept by key, drawn anew only where something has changed.

import { piecesOf, rowId } from "../core/rows.js";
import { cuts } from "../core/scale.js";
import { callStatus } from "../core/status.js";
import { h, list, say, set, svg } from "./dom.js";
import { sign } from "./lamps.js";
import { fillDetail } from "./tool-detail.js";
import { lineOf, stateOf, tagOf, timeOf } from "../core/row-words.js";

/** `on`: toggled(key), focused(key). */
export function ToolRows(on) {
  const element = h("ol", { class: "rows", "aria-label": "Tools" });
  const drawn = new WeakMap();

  function make(row) {
    const id = `row-${row.key.replace(/[^\w-]/g, "_")}`;
    const isGroup = row.kind === "agent" || row.kind === "name";
    const button = h("button", {
      type: "button", class: "toggle", tabindex: -1, "aria-controls": isGroup ? null : id, onfocus: () => on.focused(row.key),
    }, h("span"), h("span", { class: "hidden" }));
    const line = h("div", { class: "row", onclick: () => getSelection()?.isCollapsed !== false && on.toggled(row.key) },
      h("span", { class: "st" }),
      h("div", { class: "nm" }, h("b", {}, button, h("span", { class: "tag", hidden: true })), h("p")),
      h("div", { class: "wf-c" }, svg("svg", { class: "wf", "aria-hidden": "true" })),
      h("div", { class: "d" }, h("span"), h("small")));
    set(line, "data-depth", row.depth);
    return h("li", { id: row.call ? rowId(row.call.id) : null }, line, isGroup ? null : h("div", { class: "detail", id, hidden: true }));
  }

  function draw(rows, { task, axis, now, current, open }) {
    list(element, rows, ({ key }) => key, make, (item, row) => {
      const isOpen = row.isOpen ?? open.has(row.key);
      const pieces = piecesOf(row, axis, now);
      const lasts = row.call?.lastSeq ?? row.calls.length;
      const { time, more } = timeOf(row, now);
      const state = stateOf(row, task.state === "input-required" || task.state === "auth-required");
      const stamp = JSON.stringify([lasts, state, isOpen, row.key === current, time, more, pieces, axis.folds.length, task.final]);
      if (drawn.get(item) === stamp) return;
      drawn.set(item, stamp);
      drawRow(item, row, { state, isOpen, isCurrent: row.key === current, time, more, pieces, axis, task });
      if (item.children[1] && isOpen) fillDetail(item.children[1], row, task, now);
    });
  }
  return { element, draw };
}

function drawRow(item, row, { state, isOpen, isCurrent, time, more, pieces, axis, task }) {
  const [line, detail] = item.children;
  const [lamp, name, chart, length] = line.children;
  const isGroup = detail === undefined;
  set(line, "class", `row ${row.kind} ${state}${isOpen && !isGroup ? " open" : ""}`);
  if (lamp.dataset.sign !== state) {
    lamp.dataset.sign = state;
    lamp.replaceChildren(sign(state));
  }
  set(lamp, "class", `st ${state}`);
  const [title, text] = name.children;
  const [button, tag] = title.children;
  set(button, "aria-expanded", String(isOpen));
  set(button, "tabindex", isCurrent ? 0 : -1);
  say(button.children[0], row.kind === "question" ? "Question" : row.name);
  say(button.children[1], `, ${callStatus(state).word}${time === "" ? "" : `, ${time}`}`);
  const short = tagOf(row);
  tag.hidden = short === null;
  if (short !== null) {
    say(tag, short.text);
    set(tag, "class", `tag ${short.tone}`);
  }
  say(text, lineOf(row, task));
  say(length.children[0], time);
  say(length.children[1], more);
  drawBars(chart.firstChild, pieces, axis);
  if (detail) set(detail, "hidden", !isOpen);
}

function drawBars(chart, pieces, axis) {
  const wanted = pieces.length;
  const bars = [...chart.querySelectorAll("rect")];
  for (const spare of bars.slice(wanted)) spare.remove();
  pieces.forEach(({ kind, x, width }, index) => {
    const rect = bars[index] ?? chart.insertBefore(svg("rect", { y: "50%", height: 12, rx: 3 }), chart.querySelector("svg"));
    set(rect, "class", `piece b-${kind}`);
    if (kind === "wait") set(rect, "fill", "url(#hatch)");
    else set(rect, "fill", null);
    set(rect, "x", `${x.toFixed(2)}%`);
    set(rect, "width", `${width.toFixed(2)}%`);
  });
  const marks = pieces.filter(({ kind }) => kind !== "rest").flatMap((piece) => cuts(axis, piece));
  const old = [...chart.querySelectorAll("svg")];
  for (const spare of old.slice(marks.length)) spare.remove();
  marks.forEach((x, index) => {
    const mark = old[index] ?? chart.appendChild(svg("svg", { y: "50%", overflow: "visible" },
      svg("path", { class: "cut", d: "M-6 9L0 -9M0 9L6 -9" })));
    set(mark, "x", `${x.toFixed(2)}%`);
  });
}
