// A number with a small line of how it went.

import { sparkline } from "../chart/sparkline.js";
import { h, say, set, svg } from "./dom.js";

const [width, height] = [200, 36];

/** A tile: {element, draw({value, detail, values, describe})}. `values`: oldest first; `describe(value)`: as people read it. */
export function SparkTile(label) {
  const id = `spark-${label.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  const number = h("p", { class: "tile-value" });
  const detail = h("p", { class: "tile-detail" });
  const title = svg("title", { id: `${id}-t` }, `${label}, the last ten minutes`);
  const words = svg("desc", { id: `${id}-d` });
  const [area, line] = [svg("path", { class: "spark-area" }), svg("path", { class: "spark-line" })];
  const drawing = svg("svg", {
    class: "spark", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-labelledby": `${id}-t ${id}-d`,
  }, title, words, area, line);
  const element = h("section", { class: "card tile", "aria-label": label }, h("h2", {}, label), number, detail, drawing);
  return {
    element,
    draw({ value, detail: text = "", values, describe }) {
      say(number, value);
      say(detail, text);
      const { line: path, area: ground, low, high } = sparkline(values, { width, height, length: 120 });
      set(line, "d", path);
      set(area, "d", ground);
      const newest = values.findLast((one) => one !== null);
      say(words, path === null ? "Nothing is known yet."
        : `Between ${describe(low)} and ${describe(high)}, ${describe(newest)} at the end.`);
      set(drawing, "data-empty", path === null);
    },
  };
}
