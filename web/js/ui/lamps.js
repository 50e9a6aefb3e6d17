// The small signs beside words for states. Each has a shape of its own: colour is never alone.

import { svg } from "./dom.js";
import { drawn, strokes } from "./strokes.js";

const { line, path } = strokes(1.7);
const ring = () => svg("circle", { ...line, cx: 9, cy: 9, r: 7.6 });

const shapes = {
  done: () => [ring(), path("M5.7 9.2l2.3 2.3 4.3-4.8")],
  running: () => [
    svg("circle", { ...line, cx: 9, cy: 9, r: 7.4, "stroke-width": 2, "stroke-opacity": 0.25 }),
    path("M9 1.6a7.4 7.4 0 0 1 7.4 7.4", { class: "spin", "stroke-width": 2 }),
  ],
  waiting: () => [
    svg("circle", { cx: 9, cy: 9, r: 8.2, fill: "currentColor" }),
    path("M6.9 5.8v6.4M11.1 5.8v6.4", { class: "on-lamp", "stroke-width": 2 }),
  ],
  paused: () => [ring(), path("M7.2 6.2v5.6M10.8 6.2v5.6")],
  retrying: () => [path("M15.6 5.2A7.6 7.6 0 1 0 16.6 9"), path("M16.2 1.9v3.6h-3.6")],
  failed: () => [ring(), path("M6.4 6.4l5.2 5.2M11.6 6.4l-5.2 5.2")],
  denied: () => [ring(), path("M5.4 9h7.2")],
  stopped: () => [ring(), svg("rect", { x: 6.2, y: 6.2, width: 5.6, height: 5.6, rx: 1, fill: "currentColor" })],
  queued: () => [svg("circle", { ...line, cx: 9, cy: 9, r: 7.4, "stroke-dasharray": "2.4 2.6" })],
  warning: () => [path("M9 1.8l7.6 13.4H1.4z"), path("M9 7v3.6"), svg("circle", { cx: 9, cy: 12.8, r: 1, fill: "currentColor" })],
  group: () => [path("M6.5 4.5L11 9l-4.5 4.5")],
};

/** A sign: done, running, waiting, retrying, failed, denied, stopped, queued, warning, group. */
export function sign(name) {
  return drawn(shapes[name]());
}
