// Scales, their marks, and numbers and times as they stand at a drawing. Pure.

import { months } from "../core/format.js";

const safe = 1e15;

/** A number that can be drawn, or null. */
export function finite(value) {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(-safe, Math.min(safe, value)) : null;
}

/** Milliseconds since 1970 of a day or a time, or null. */
export function moment(value) {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Where values lie between two ends; all of one value lie in the middle. */
export function scaleOf(values, start, end) {
  const known = values.filter((value) => value !== null && Number.isFinite(value));
  const from = known.length === 0 ? 0 : known.reduce((a, b) => Math.min(a, b));
  const to = known.length === 0 ? 0 : known.reduce((a, b) => Math.max(a, b));
  const place = (value) => (to > from ? start + ((value - from) / (to - from)) * (end - start) : (start + end) / 2);
  return Object.assign(place, { from, to });
}

/** Round numbers between two, about `most` of them: steps of 1, 2 and 5. */
export function ticks(from, to, most) {
  if (!(to > from) || most < 1) return [];
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? power * 10;
  const marks = [];
  for (let index = Math.ceil(from / step); index * step <= to && marks.length < 20; index += 1) marks.push(index * step);
  return marks;
}

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const steps = [
  second / 1000, second / 200, second / 100, second / 20, second / 10, second / 4, second / 2, second, 2 * second, 5 * second, 10 * second,
    30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day,
  30 * day, 90 * day, 365 * day, 1825 * day, 3650 * day,
];

/** Round times between two, about `most` of them. */
function timeTicks(from, to, most) {
  if (!(to > from) || most < 1) return [];
  const step = steps.find((one) => (to - from) / one <= most) ?? (to - from) / most;
  const marks = [];
  for (let time = Math.ceil(from / step) * step; time <= to && marks.length < 20; time += step) marks.push(time);
  return marks;
}

/** 20 Nov. */
export function dayText(time) {
  if (!(Math.abs(time) <= 8.64e15)) return "";
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** A time at an axis that is so many milliseconds long: as precise as the axis needs. */
function timeText(time, length) {
  if (!(Math.abs(time) <= 8.64e15)) return "";
  if (length >= 2 * day) return length > 400 * day ? `${dayText(time)} ${new Date(time).getUTCFullYear()}` : dayText(time);
  const text = new Date(time).toISOString().slice(11, 23);
  return length > 10 * minute ? text.slice(0, 5) : length > 4 * second ? text.slice(0, 8) : text;
}

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 4 });

const units = [{ unit: 1e12, name: "tn" }, { unit: 1e9, name: "bn" }, { unit: 1e6, name: "m" }, { unit: 1e3, name: "k" }];

/** 42,500; 777k; 1.2m: short enough for a label. */
export function short(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(1);
  for (const { unit, name } of units) {
    if (size >= unit * (name === "k" ? 100 : 1)) return `${trim(value / unit)}${name}`;
  }
  return size >= 1000 ? whole.format(value) : fine.format(value);
}

function trim(value) {
  return (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1)).replace(/\.0$/, "");
}

/** 42,500; 12.75. */
export function exact(value) {
  return Number.isFinite(value) ? fine.format(value) : "–";
}

/** 0 s, 250 ms, 2.5 s, 4 min, 18.0 h, 3.2 days: how far two things lie apart. */
export function apart(milliseconds) {
  const size = Math.abs(milliseconds);
  if (size === 0) return "0 s";
  if (size < second) return `${Math.round(size)} ms`;
  if (size < 100 * second) return `${trim(size / second)} s`;
  if (size < 100 * minute) return `${trim(size / minute)} min`;
  return size < 72 * hour ? `${trim(size / hour)} h` : `${trim(size / day)} days`;
}

/** The times along the foot of a drawing. */
export function drawTimes(scene, x, from, to, y, left, right) {
  const length = to - from;
  if (!Number.isFinite(length)) return;
  if (length <= 0) {
    scene.label(timeText(from, 0), [{ x: x(from), y, anchor: "middle" }]);
    return;
  }
  // Both ends always; between them what has room.
  scene.label(timeText(from, length), [{ x: Math.max(left, x(from)), y }]);
  scene.label(timeText(to, length), [{ x: Math.min(right, x(to)), y, anchor: "end" }]);
  for (const time of timeTicks(from, to, Math.max(1, Math.floor((right - left) / 90)))) {
    const place = x(time);
    scene.label(timeText(time, length), [{ x: place, y, anchor: "middle" }]);
  }
}
