// The reasons of a decision: an arrow up for what speaks for a genuine alert, one down for what speaks against it.

import { defeatText, pointsText, reasonsOf } from "../core/decision.js";
import { h, svg } from "./dom.js";

/** So many of each side are shown at once. */
const first = 5;

export function reasonsList(decision) {
  const all = reasonsOf(decision);
  const sides = ["suspicion", "mitigation"].map((side) => all.filter((one) => one.side === side));
  const [top, rest] = [sides.flatMap((side) => side.slice(0, first)), sides.flatMap((side) => side.slice(first))];
  if (all.length === 0) return h("p", { class: "muted" }, "The decision names no reasons.");
  const makeList = (reasons) => h("ul", { class: "why" }, reasons.map(makeReason));
  return h("div", {}, makeList(top),
    rest.length > 0 && h("details", { class: "more" }, h("summary", {}, `${rest.length} weaker reason${rest.length === 1 ? "" : "s"}`),
      makeList(rest)));
}

function makeReason(reason) {
  const isFor = reason.side === "suspicion";
  const words = isFor ? "Speaks for a genuine alert: " : "Speaks against it: ";
  const isGone = reason.points === 0 && reason.isDefeated;
  const tool = reason.tool.replaceAll("_", " ");
  return h("li", { class: isGone ? "gone-reason" : null },
    svg("svg", { class: isFor ? "for" : "ag", viewBox: "0 0 16 16", "aria-hidden": "true" },
      svg("path", { d: isFor ? "M8 13.5V2.8M3.6 7L8 2.6L12.4 7" : "M8 2.5V13.2M3.6 9L8 13.4L12.4 9", fill: "none", stroke: "currentColor",
        "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" })),
    h("div", {}, h("span", { class: "hidden" }, words), isGone ? h("s", {}, reason.statement) : reason.statement,
      h("p", { class: "from" },
        reason.isDefeated ? [h("s", {}, pointsText(reason.raw)), " "] : null, pointsText(reason.points),
        tool === "" ? null : [", from ", reason.call === "" ? tool : h("a", { href: `#call-${encodeURIComponent(reason.call)}` }, tool)],
        reason.isDefeated && h("span", { class: "defeat" }, `, ${defeatText(reason)}`))),
    h("span", { class: "refs" }, reason.figures.map((id) =>
      h("a", { class: "ref", href: `#${encodeURIComponent(id)}`, "aria-label": `Figure ${id}` }, id))));
}
