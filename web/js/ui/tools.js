// The tools of a task: a waterfall on one axis of time, the same as a table, or everything as it was received.

import { axisOf } from "../core/scale.js";
import { rowId, rowsOf, unfold } from "../core/rows.js";
import { h, say, set, svg } from "./dom.js";
import { wanted } from "./jump.js";
import { onPaper } from "./paper.js";
import { Reasoning } from "./reasoning.js";
import { ToolAxis } from "./tool-axis.js";
import { ToolRows } from "./tool-rows.js";
import { ToolTable } from "./tool-table.js";
import { countsOf, stateOf } from "../core/row-words.js";
import { Views } from "./tool-views.js";

export function Tools(app) {
  const open = new Set(); // Keys of rows whose details are shown, and of groups that are not as they usually are.
  let [current, rows, last] = [null, [], null];
  let isFailureShown = false;
  let isPrinting = false;

  const counts = h("span", { class: "muted" });
  const axis = ToolAxis();
  const list = ToolRows({ toggled: toggle, focused: (key) => { current = key; again(); } });
  const table = ToolTable();
  const reasoning = Reasoning();
  const views = Views(app, { timeline: h("div", { class: "waterfall" }, axis.lines, list.element), list: table.element }, again);
  const empty = h("p", { class: "empty", hidden: true });
  const element = h("section", { class: "card tools", "aria-labelledby": "tools-title" },
    svg("svg", { class: "hidden", "aria-hidden": "true" }, svg("defs", {},
      svg("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        svg("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 6 })))),
    h("header", {}, h("h2", { id: "tools-title" }, "Tools"), counts, views.buttons),
    axis.element, empty, views.panel, reasoning.element);
  element.addEventListener("keydown", (event) => {
    if (event.target.classList?.contains("toggle") && move(event.key)) event.preventDefault();
  });

  function again() {
    if (last !== null) app.draw(redraw);
  }
  const redraw = () => draw(...last);

  function draw(task, records) {
    last = [task, records];
    const now = task.ended ?? app.clock.now();
    showFailure(task);
    rows = rowsOf(task, open);
    if (!rows.some(({ key }) => key === current)) current = rows[0]?.key ?? null;
    say(counts, countsOf(task.calls, task.questions));
    const isEmpty = rows.length === 0;
    empty.hidden = !isEmpty || views.is("raw");
    if (isEmpty) say(empty, emptyWords(task));
    set(element, "data-view", isEmpty && !views.is("raw") ? "empty" : views.name);
    if (views.is("timeline") && !isEmpty) {
      const scale = axisOf(task, now);
      axis.draw(scale);
      list.draw(rows, { task, axis: scale, now, current, open });
    }
    if (views.is("list") || isPrinting) table.draw(rows.filter(({ kind }) => kind === "call" || kind === "question"), { task, now });
    if (views.is("raw")) views.drawRaw(task, records);
    reasoning.draw(task);
  }

  /** The first that failed is opened once when the task has failed: it is what the reader looks for. */
  function showFailure(task) {
    if (isFailureShown || task.state !== "failed") return;
    isFailureShown = true;
    const failed = task.calls.find(({ state }) => state === "failed" || state === "denied");
    if (failed) open.add((current = `call ${failed.id}`));
  }

  function toggle(key) {
    if (!open.delete(key)) open.add(key);
    current = key;
    again();
  }

  function focus(index) {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined || !views.is("timeline")) return false;
    current = row.key;
    redraw();
    const item = [...list.element.children].find(({ dataset }) => dataset.key === row.key);
    item?.querySelector(".toggle").focus();
    return true;
  }

  const place = () => rows.findIndex(({ key }) => key === current);
  const isInside = () => list.element.contains(document.activeElement);

  function move(key) {
    switch (key) {
      case "ArrowDown": return focus(place() + 1);
      case "ArrowUp": return focus(place() - 1);
      case "Home": return focus(0);
      case "End": return focus(rows.length - 1);
      case "ArrowRight":
      case "ArrowLeft": {
        const row = rows[place()];
        const isOpen = row?.isOpen ?? open.has(row?.key);
        if (row && isOpen !== (key === "ArrowRight")) toggle(row.key);
        return row !== undefined;
      }
      default: return false;
    }
  }

  function key(name) {
    if (views.key(name)) return true;
    if (name === "j") return focus(isInside() ? place() + 1 : Math.max(0, place()));
    if (name === "k") return focus(isInside() ? place() - 1 : Math.max(0, place()));
    if (name === "e") return nextError();
    return false;
  }

  /** The next row that has failed, from where the reader is, around the end. */
  function nextError() {
    const isBad = (row) => row.kind !== "agent" && ["failed", "denied"].includes(stateOf(row));
    const start = isInside() ? place() + 1 : 0;
    const index = [...rows.keys()].map((one) => (start + one) % rows.length).find((one) => isBad(rows[one]));
    if (index === undefined) {
      app.announce("No tool has failed.");
      return true;
    }
    if (rows[index].kind === "call") open.add(rows[index].key);
    return focus(index);
  }

  /**
   * Somebody goes to the row of a call, which may be in another view, or in a group that is folded.
   * @param {any} event
   */
  function reveal(event) {
    const { detail } = /** @type {CustomEvent<string>} */ (event);
    const call = last?.[0].calls.find(({ id }) => rowId(id) === detail);
    if (call === undefined) return;
    views.show("timeline");
    unfold(call, open);
    current = `call ${call.id}`;
    redraw();
  }
  document.addEventListener(wanted, reveal);

  const unprint = onPaper((isOn) => {
    isPrinting = isOn;
    if (last !== null) redraw();
  });
  return {
    element, draw, key,
    close() {
      document.removeEventListener(wanted, reveal);
      unprint();
      views.close();
    },
  };
}

function emptyWords(task) {
  if (task.final) return "No tool was run.";
  if (task.place !== null) return `Waiting for a place at the agent: number ${task.place} in the queue.`;
  return task.state === "submitted" ? "The agent has not begun yet." : "No tool has been started yet.";
}
