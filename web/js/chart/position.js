// The net position as steps, with the line of nothing through it. Pure.

import { drawTimes, exact, finite, moment, scaleOf, short } from "./axis.js";
import { array, object } from "../core/read.js";
import { Scene } from "./scene.js";

export function pointsOf(data) {
  return array(data.points).map(object).map(({ time, position }) => ({ at: moment(time), position: finite(position) }))
    .filter(({ at, position }) => at !== null && position !== null).sort((a, b) => a.at - b.at);
}

export function drawPosition(data, width) {
  const points = pointsOf(data);
  if (points.length === 0) return null;
  const scene = new Scene(width, 130);
  const [top, bottom, left, right] = [18, 100, 30, scene.width - 14];
  const x = scaleOf(points.map(({ at }) => at), left + 18, right - 18);
  const y = scaleOf([0, ...points.map(({ position }) => position)], bottom - 6, top + 6);
  scene.line("ax base", left - 6, y(0), scene.width - 4, y(0));
  scene.label("0", [{ x: 8, y: y(0) + 4 }], "strong");
  // Before the first trade the position is nothing, behind the last it stays.
  const steps = [[left - 6, y(0)]];
  for (const { at, position } of points) steps.push([x(at), steps.at(-1)[1]], [x(at), y(position)]);
  steps.push([scene.width - 4, steps.at(-1)[1]]);
  scene.path("px", steps);
  for (const [index, [px, py]] of steps.entries()) {
    const [nx, ny] = steps[Math.min(index + 1, steps.length - 1)];
    scene.keepFree(Math.min(px, nx) - 1, Math.min(py, ny) - 1, Math.max(px, nx) + 1, Math.max(py, ny) + 1);
  }
  for (const { at, position } of points.slice(0, 200)) scene.add("circle", { class: "dot", cx: x(at), cy: y(position), r: 3 });
  const peak = points.reduce((a, b) => (Math.abs(b.position) > Math.abs(a.position) ? b : a));
  const last = points.at(-1);
  const around = (point, dy) => [1, -1].flatMap((side) => [
    { x: x(point.at) + 8, y: y(point.position) + 4 + dy * side },
      { x: x(point.at) - 8, y: y(point.position) + 4 + dy * side, anchor: "end" },
    { x: x(point.at), y: y(point.position) + 4 + dy * side, anchor: "middle" },
  ]);
  if (peak.position !== 0) scene.label(exact(peak.position), [...around(peak, 13), ...around(peak, 0)], "strong");
  const end = last.position === 0 ? (peak.position === 0 ? "never away from 0" : "back to 0") : `ends at ${short(last.position)}`;
  if (last !== peak || last.position === 0) scene.label(end, [...around(last, 13), ...around(last, 0)], "strong");
  drawTimes(scene, x, x.from, x.to, bottom + 20, 4, scene.width - 4);
  scene.key.push({ mark: "line", label: "Shares held together, after each trade" });
  return scene;
}
