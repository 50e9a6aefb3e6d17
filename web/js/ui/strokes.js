// What all icons and signs are drawn with: lines of one width on a square of 18.

import { svg } from "./dom.js";

/** `line`: the attributes of a line so wide; `path(d, more)`: one that goes along `d`. */
export function strokes(width) {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return { line, path: (d, more = {}) => svg("path", { ...line, ...more, d }) };
}

/** The drawing of these shapes. Words beside it say what it means. */
export function drawn(shapes) {
  return svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, ...shapes);
}
