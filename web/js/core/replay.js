// The clock of a replay: it goes through the time of a task at its own pace, and quickly through times in which nothing happened. Pure.

import { idleTimes, marksOf } from "./idle.js";

export const speeds = [1, 5, 10, 50];
/** In milliseconds: how long a folded idle time lasts in a replay, at speed 1. */
const foldLength = 1000;

/** The times of a replay: {start, end, length, timeAt(place), placeAt(time)}. A place is in milliseconds from the start, at speed 1. */
export function courseOf(task, records) {
  const times = records.map(({ time }) => Date.parse(time));
  const [start, end] = [times[0] ?? 0, times.at(-1) ?? 0];
  const marks = [start, ...marksOf(task, end).filter((mark) => mark > start && mark < end), end];
  const pieces = [];
  let [from, place] = [start, 0];
  const add = (to, length) => {
    if (to > from) pieces.push({ from, to, place, length });
    [from, place] = [to, place + length];
  };
  for (const gap of idleTimes(marks)) {
    add(gap.from, gap.from - from);
    add(gap.to, foldLength);
  }
  add(end, end - from);
  return {
    start, end, length: place,
    timeAt(wanted) {
      const piece = pieces.find((one) => wanted <= one.place + one.length) ?? pieces.at(-1);
      if (piece === undefined) return start;
      return piece.from + (Math.max(0, Math.min(1, (wanted - piece.place) / piece.length)) * (piece.to - piece.from));
    },
    placeAt(time) {
      const piece = pieces.find((one) => time <= one.to) ?? pieces.at(-1);
      if (piece === undefined) return 0;
      return piece.place + Math.max(0, Math.min(1, (time - piece.from) / (piece.to - piece.from))) * piece.length;
    },
  };
}

/** How many of the records had come by this time: the index of the first that had not. */
export function countBy(records, time) {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Date.parse(records[middle].time) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Plays a course: where it is follows from a time of day that is given to it, so nothing here waits. */
export class ReplayClock {
  #course;
  #place = 0;
  #since = null; // The time of day at which it was at #place; null while it stands.
  speed = 1;

  constructor(course) {
    this.#course = course;
  }

  get isPlaying() {
    return this.#since !== null;
  }

  place(now) {
    const gone = this.#since === null ? 0 : (now - this.#since) * this.speed;
    return Math.min(this.#course.length, this.#place + gone);
  }

  time(now) {
    return this.#course.timeAt(this.place(now));
  }

  isAtEnd(now) {
    return this.place(now) >= this.#course.length;
  }

  /** From the start again where it was at its end. */
  play(now) {
    if (this.isAtEnd(now)) this.#place = 0;
    else this.#place = this.place(now);
    this.#since = now;
  }

  pause(now) {
    this.#place = this.place(now);
    this.#since = null;
  }

  seek(place, now) {
    this.#place = Math.max(0, Math.min(this.#course.length, place));
    if (this.isPlaying) this.#since = now;
  }

  setSpeed(speed, now) {
    this.seek(this.place(now), now);
    this.speed = speed;
  }
}
