// What was traded each day, the flagged day among the others, and the median. Pure.

import { dayText, finite, moment, scaleOf, short } from "./axis.js";
import { array, object } from "../core/read.js";
import { Scene } from "./scene.js";

export function drawBars(data, width) {
  const days = array(data.days).map(object).map(({ day, amount }) => ({ day, at: moment(day), amount: finite(amount) }))
    .filter(({ at }) => at !== null).sort((a, b) => a.at - b.at);
  if (days.length === 0) return null;
  const median = finite(data.median);
  const scene = new Scene(width, 126);
  const [top, bottom, left, right] = [24, 104, 4, scene.width - 4];
  const y = scaleOf([0, median ?? 0, ...days.map(({ amount }) => amount ?? 0)], bottom, top);
  const zero = y.to > y.from ? y(0) : bottom;
  const step = (right - left) / days.length;
  const thickness = Math.min(step * 0.78, 22);
  const hot = days.findIndex(({ day }) => day === data.flagged);
  days.forEach(({ amount }, index) => {
    if (amount === null) return;
    const end = y.to > y.from ? y(amount) : bottom;
    const start = left + (index + 0.5) * step - thickness / 2;
    const length = amount === 0 ? 0 : Math.max(1, Math.abs(zero - end));
    if (length > 0 || index === hot) scene.add("rect", { class: index === hot ? "vb hot" : "vb", x: start, y: Math.min(zero, end),
      width: thickness, height: length, rx: Math.min(2, thickness / 4) });
  });
  scene.line("ax base", left, zero, right, zero);
  // Labels keep off the bar that stands out.
  const flagged = days[hot];
  if (flagged && flagged.amount !== null) {
    const center = left + (hot + 0.5) * step;
    const end = y.to > y.from ? y(flagged.amount) : bottom;
    const times = median !== null && median > 0 && flagged.amount > 0
      ? `, ${short(Math.round(flagged.amount / median * 10) / 10)}× the median` : "";
    scene.keepFree(center - thickness / 2, Math.min(end, zero), center + thickness / 2, Math.max(end, zero));
    const isRight = center > scene.width / 2;
    scene.label(`${short(flagged.amount)}${times}`,
      [{ x: isRight ? center + thickness / 2 : center - thickness / 2, y: Math.max(12, Math.min(end, zero) - 6), anchor: isRight ? "end"
        : "start" },
        { x: center, y: 12, anchor: "middle" }], "strong");
  }
  if (median !== null) {
    const height = y.to > y.from ? y(median) : bottom;
    scene.line("med", left, height, right, height);
    scene.label(`median ${short(median)}`, [{ x: left, y: height - 5 }, { x: right, y: height - 5, anchor: "end" },
      { x: left, y: height + 13 }]);
  }
  scene.label(dayText(days[0].at), [{ x: left, y: bottom + 17 }]);
  if (days.length > 1) scene.label(dayText(days.at(-1).at), [{ x: right, y: bottom + 17, anchor: "end" }]);
  if (hot > 0 && hot < days.length - 1) scene.label(dayText(flagged.at),
    [{ x: left + (hot + 0.5) * step, y: bottom + 17, anchor: "middle" }]);
  scene.key.push({ mark: "day", label: "A day's trading" });
  if (hot >= 0) scene.key.push({ mark: "hot", label: "Flagged day" });
  if (median !== null) scene.key.push({ mark: "median", label: "Median" });
  return scene;
}
