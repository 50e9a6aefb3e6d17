// The time axis of the waterfall: instants to percent of its width, with idle times folded. Pure.

import { idleTimes, marksOf } from "./idle.js";

/** Of the axis' width, in percent: a folded idle time, what is still expected, the least that a bar has, the least between two ticks. */
const widths = { fold: 5, future: 16, bar: 0.9, tick: 13 };
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000, 7_200_000, 14_400_000, 28_800_000, 86_400_000, 172_800_000,
];

/**
 * The axis of a task: {start, end, now, pieces, folds, ticks, at(time)}. `now` is null for one that has ended. `pieces` follow each other
 * without a hole; each maps its time evenly to its part of the width, so `at` never goes back.
 */
export function axisOf(task, now) {
  const marks = marksOf(task, now);
  const start = marks[0] ?? now;
  const last = Math.max(marks.at(-1) ?? now, start + 1);
  const isLive = !task.final;
  const expected = isLive ? Math.max(last, ...task.calls.map((call) => expectedEnd(call, now) ?? 0)) : last;
  const pieces = piecesOf(start, last, idleTimes(marks));
  const future = expected > last ? Math.min(widths.future, (100 * (expected - last)) / (expected - start)) : 0;
  const shown = spread(pieces, 100 - future);
  if (future > 0) shown.push({ from: last, to: expected, x: 100 - future, width: future, isFolded: false, isFuture: true });
  const axis = { start, end: expected, last, now: isLive ? last : null, pieces: shown, folds: shown.filter(({ isFolded }) => isFolded) };
  axis.at = (time) => at(shown, time);
  axis.ticks = ticksOf(axis);
  return axis;
}

/** When a call that tells how far it is may have ended, at the pace it has had; null where that cannot be said. */
export function expectedEnd(call, now) {
  const attempt = call.attempts.at(-1);
  if (call.state !== "running" || !attempt || !(call.total > 0) || !(call.step > 0) || call.step >= call.total) return null;
  const past = now - attempt.from;
  return past > 0 ? now + (past * (call.total - call.step)) / call.step : null;
}

/** A bar from one instant to another: {x, width}, in percent; never outside of the axis, and never too narrow to be seen. */
export function bar(axis, from, to) {
  const left = axis.at(from);
  const width = Math.min(100, Math.max(widths.bar, axis.at(to) - left));
  return { x: Math.min(left, 100 - width), width };
}

/** The folds that a bar crosses: in percent, where each of them has its middle. */
export function cuts(axis, { x, width }) {
  return axis.folds.map((fold) => fold.x + fold.width / 2).filter((middle) => middle > x && middle < x + width);
}

function piecesOf(start, last, idle) {
  const pieces = [];
  let from = start;
  for (const gap of idle) {
    pieces.push({ from, to: gap.from, isFolded: false }, { from: gap.from, to: gap.to, isFolded: true });
    from = gap.to;
  }
  return [...pieces, { from, to: last, isFolded: false }].filter((piece) => piece.to > piece.from);
}

function spread(pieces, room) {
  const folded = pieces.filter(({ isFolded }) => isFolded).length;
  const busy = pieces.reduce((sum, { from, to, isFolded }) => sum + (isFolded ? 0 : to - from), 0);
  const fold = busy === 0 ? room / folded : widths.fold;
  let x = 0;
  return pieces.map((piece) => {
    const width = piece.isFolded ? fold : ((room - folded * fold) * (piece.to - piece.from)) / busy;
    x += width;
    return { ...piece, x: x - width, width };
  });
}

function at(pieces, time) {
  const piece = pieces.find(({ to }) => time <= to) ?? pieces.at(-1);
  const part = (time - piece.from) / (piece.to - piece.from);
  return Math.min(100, Math.max(0, piece.x + piece.width * Math.min(1, Math.max(0, part))));
}

/** 3 to 5 round numbers of a time that is not folded; where they would stand in each other's way, fewer. */
function ticksOf({ start, pieces, now, last }) {
  const plain = pieces.filter(({ isFolded, isFuture }) => !isFolded && !isFuture);
  const shown = plain.reduce((sum, { from, to }) => sum + to - from, 0);
  const step = steps.find((size) => shown / size < 5) ?? 86_400_000 * Math.ceil(shown / 86_400_000 / 4);
  const end = { time: last, x: at(pieces, last), isEnd: true, isNow: now !== null };
  // Its text ends there, or has its middle there.
  const apart = widths.tick * (end.x > 90 ? 1.9 : 1.45);
  const ticks = [];
  for (const { from, to, isFolded } of pieces.filter(({ isFuture }) => !isFuture)) {
    if (isFolded) continue;
    for (let time = start + Math.ceil((from - start) / step) * step; time <= to; time += step) {
      const x = at(pieces, time);
      const isFree = (other) => Math.abs(other.x - x) >= widths.tick;
      const folds = pieces.filter((piece) => piece.isFolded).every((piece) => Math.abs(piece.x + piece.width / 2 - x) >= 6);
      if (folds && ticks.every(isFree) && Math.abs(end.x - x) >= apart) ticks.push({ time, x, isEnd: false, isNow: false });
    }
  }
  return [...ticks, end];
}

/** What stands at a tick: 0 s, 0.5 s, 20 s, 2 m, 1 m 30 s, 1 h. */
export function tick(milliseconds) {
  if (milliseconds < 60_000) return `${Number((milliseconds / 1000).toFixed(3))} s`;
  const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
  let rest = milliseconds;
  const words = [];
  for (const [name, size] of Object.entries(units)) {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    if (whole > 0) words.push(`${whole} ${name}`);
  }
  return words.slice(0, 2).join(" ");
}
