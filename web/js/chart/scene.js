// A drawing as a list of shapes, and the rule that no label lies on another. Pure.

import { clean, fit, widthOf } from "./text.js";

/** Of labels, in pixels: they stay as large at every width, because drawings are made for the width they have. */
export const size = 11;
const above = 9;
const below = 3;

export class Scene {
  shapes = [];
  /** What the marks mean: {mark, label}. */
  key = [];
  #boxes = [];

  constructor(width, height) {
    this.width = Math.min(900, Math.max(240, Number.isFinite(width) ? Math.round(width) : 375));
    this.height = height;
  }

  /** A shape of SVG: its numbers are rounded to tenths, and one that has no place is left out. */
  add(tag, attributes) {
    const rounded = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "number" && !Number.isFinite(value)) return;
      rounded[name] = typeof value === "number" ? Math.round(value * 10) / 10 : value;
    }
    this.shapes.push({ tag, attributes: rounded });
  }

  line(name, x1, y1, x2, y2) {
    this.add("line", { class: name, x1, y1, x2, y2 });
  }

  /** A line through all points that have a place. */
  path(name, points) {
    const known = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    if (known.length === 0) return;
    const d = known.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
    this.add("path", { class: name, d: known.length === 1 ? `${d}h0.1` : d });
  }

  /** No label will lie on this line. */
  keepLineFree(x1, y1, x2, y2) {
    const steps = Math.min(80, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 6));
    for (let step = 0; step <= steps; step += 1) {
      const share = steps === 0 ? 0 : step / steps;
      const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
      this.keepFree(x - 1, y - 1, x + 1, y + 1);
    }
  }

  /** No label will be put here. */
  keepFree(x1, y1, x2, y2) {
    this.#boxes.push({ x1, y1, x2, y2 });
  }

  /**
   * Puts a label at the first of the places, {x, y, anchor}, where it is inside and on nothing else. Where none is free it is left out,
   * and the table still has it. @returns {boolean} whether it stands
   */
  label(text, places, name = "", most = this.width - 4) {
    const words = fit(clean(text), Math.min(most, this.width - 4), size);
    if (words === "") return false;
    const width = widthOf(words, size);
    for (const { x, y, anchor = "start" } of places) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      const free = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
      const left = Math.min(Math.max(free, 1), this.width - width - 1);
      const box = { x1: left - 2, y1: y - above, x2: left + width + 2, y2: y + below };
      if (box.y1 < 0 || box.y2 > this.height || Math.abs(left - free) > 12 || this.#boxes.some((one) => overlaps(one, box))) continue;
      this.#boxes.push(box);
      this.shapes.push({
        tag: "text", box, text: words,
        attributes: { class: name || null,
          x: Math.round((left + (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0)) * 10) / 10,
          y: Math.round(y * 10) / 10, "text-anchor": anchor === "start" ? null : anchor },
      });
      return true;
    }
    return false;
  }
}

export function overlaps(a, b) {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}
