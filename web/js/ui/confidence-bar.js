// How sure a decision is: genuine from the left, false positive from the right, and what is uncertain between them.

import { h, svg } from "./dom.js";

export function ConfidenceBar({ genuine, uncertain, falsePositive, threshold }) {
  const mark = threshold === null ? null : threshold.side === "genuine" ? threshold.at : 100 - threshold.at;
  const words = `Genuine alert ${genuine} of 100, uncertain ${uncertain}, false positive ${falsePositive}.`;
  const rule = threshold === null ? "" : threshold.side === "genuine" ? `Escalates at ${threshold.at} or more for a genuine alert.`
    : `Closes at ${threshold.at} or more for a false positive.`;
  const part = (name, from, width) => width > 0 && svg("rect", { class: name, x: `${from}%`, y: 3, width: `${width}%`, height: 10 });
  return h("div", { class: "conf" },
    svg("svg", { class: "conf-bar", height: 16, role: "img", "aria-label": `${words} ${rule}` },
      svg("rect", { class: "bg", x: 0, y: 3, width: "100%", height: 10 }),
      part("genuine", 0, genuine), part("false", 100 - falsePositive, falsePositive),
      mark !== null && svg("line", { class: "th", x1: `${mark}%`, x2: `${mark}%`, y1: 0, y2: 16 })),
    h("ul", { class: "conf-key", "aria-hidden": "true" },
      h("li", { class: "genuine" }, "Genuine ", h("b", {}, String(genuine))),
      h("li", { class: "unsure" }, "Uncertain ", h("b", {}, String(uncertain))),
      h("li", { class: "false" }, "False positive ", h("b", {}, String(falsePositive)))),
    rule !== "" && h("p", { class: "hint" }, rule));
}
