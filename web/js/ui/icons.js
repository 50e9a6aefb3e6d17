// Icons that are no states: those of the bar and of what can be done. States have theirs in lamps.js.

import { svg } from "./dom.js";
import { drawn, strokes } from "./strokes.js";

const { line, path } = strokes(1.6);

const shapes = {
  menu: () => [path("M2.5 5h13M2.5 9h13M2.5 13h13")],
  keyboard: () => [
    svg("rect", { ...line, x: 1.2, y: 4, width: 15.6, height: 10, rx: 2, "stroke-width": 1.5 }),
    path("M4.4 7.4h.01M7.4 7.4h.01M10.5 7.4h.01M13.6 7.4h.01M5.4 10.8h7.2"),
  ],
  theme: () => [
    svg("circle", { ...line, cx: 9, cy: 9, r: 6.6, "stroke-width": 1.5 }),
    svg("path", { d: "M9 2.4a6.6 6.6 0 0 1 0 13.2z", fill: "currentColor" }),
  ],
  person: () => [svg("circle", { ...line, cx: 9, cy: 6.2, r: 3.2 }), path("M2.8 15.6c.7-3.2 3.1-4.9 6.2-4.9s5.5 1.7 6.2 4.9")],
  close: () => [path("M4.5 4.5l9 9M13.5 4.5l-9 9")],
  up: () => [path("M9 14.6V3.8M4.4 8.2L9 3.6l4.6 4.6")],
  down: () => [path("M9 3.4v10.8M4.4 9.8L9 14.4l4.6-4.6")],
  plus: () => [path("M9 3v12M3 9h12")],
  file: () => [path("M4 1.8h6.4L14 5.4v10.8H4zM10 2v4h4")],
};

export function icon(name) {
  return drawn(shapes[name]());
}
