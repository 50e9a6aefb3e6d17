// The same calls as a plain table: for screen readers, for print, and for whoever likes tables.

import { time } from "../core/format.js";
import { callStatus } from "../core/status.js";
import { h, list, say } from "./dom.js";
import { lineOf, stateOf, timeOf } from "../core/row-words.js";

const heads = ["Tool", "State", "Began (UTC)", "Took", "Attempts", "Result"];

export function ToolTable() {
  const body = h("tbody");
  const element = h("div", { class: "as-table", tabindex: 0, role: "region", "aria-label": "Tools as a table" },
    h("table", {},
      h("caption", { class: "hidden" }, "Calls of tools"),
      h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, name)))),
      body));

  function draw(rows, { task, now }) {
    list(body, rows, ({ key }) => key, make, (line, row) => {
      const [name, ...cells] = line.children;
      say(name, `${row.kind === "question" ? "Question" : row.name}${row.call?.agent ? ` (${row.call.agent})` : ""}`);
      const texts = [
        callStatus(stateOf(row)).word, time(row.at), timeOf(row, now).time, String(row.call?.attempts.length ?? ""),
        lineOf(row, task),
      ];
      texts.forEach((text, index) => say(cells[index], text));
    });
  }
  return { element, draw };
}

function make() {
  return h("tr", {}, h("th", { scope: "row" }), heads.slice(1).map((head) => h("td", { "data-head": head })));
}
