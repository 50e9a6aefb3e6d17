// Catching up: history for a reader that comes late, and the records that are missing between two that came.

import { Backoff } from "./backoff.js";
import { pages } from "./history.js";

export class Catching {
  #world;
  #ask;
  #on;
  #lacking = new Set();

  /** `on`: deliver(tracker, items), pump(tracker, reader), restart(tracker), gone(tracker, status). */
  constructor(world, ask, on) {
    this.#world = world;
    this.#ask = ask;
    this.#on = on;
  }

  /** No task lacks a record between others. */
  get isIdle() {
    return this.#lacking.size === 0;
  }

  forget(tracker) {
    this.#world.never(tracker.timer);
    tracker.timer = null;
    tracker.forget();
    this.#lacking.delete(tracker);
  }

  /** Gives a reader everything up to what the hub has kept. */
  async fill(tracker, reader) {
    reader.isFilling = true;
    const [turn, before] = [reader.turn, reader.last];
    const isVoid = () => reader.turn !== turn;
    await this.#read(tracker, isVoid, () => reader.cursor, ({ items, cursor, isLast }) => {
      for (const item of items) {
        if (item.record.seq <= reader.last) continue;
        if (item.record.seq !== reader.last + 1) return this.#on.restart(tracker);
        reader.send(item);
        reader.last += 1;
      }
      reader.cursor = cursor;
      return !isLast && !tracker.reaches(reader.last);
    });
    if (isVoid()) return;
    reader.isFilling = false;
    // All that is stored was read, and it ends before what is kept begins.
    if (reader.last === before && !tracker.reaches(before)) this.#on.restart(tracker);
    else this.#on.pump(tracker, reader);
  }

  /** Sees to it that what is missing is fetched when it does not come. */
  mendLater(tracker) {
    const due = tracker.sequence?.due(this.#world.now()) ?? null;
    if (due === null) this.#lacking.delete(tracker);
    else this.#lacking.add(tracker);
    if (tracker.isMending || (tracker.timer !== null && due > 0)) return;
    this.#world.never(tracker.timer);
    tracker.timer = null;
    if (due === null) return;
    tracker.timer = this.#world.later(() => {
      tracker.timer = null;
      const left = tracker.sequence?.due(this.#world.now()) ?? null;
      if (left === 0) this.#mend(tracker, tracker.sequence);
      else this.mendLater(tracker);
    }, due);
  }

  async #mend(tracker, sequence) {
    tracker.isMending = true;
    const isVoid = () => tracker.sequence !== sequence;
    await this.#read(tracker, isVoid, () => sequence.cursor, ({ items, isLast }) => {
      for (const item of items) this.#on.deliver(tracker, sequence.take(item, this.#world.now()));
      return !isLast;
    });
    tracker.isMending = false;
    // Stored without it: then it will not come, and the task has to begin anew.
    if (!isVoid() && !sequence.fetched(this.#world.now())) this.#on.restart(tracker);
    this.mendLater(tracker);
  }

  /** Reads pages until `take` has enough, however often the line breaks meanwhile. */
  async #read(tracker, isVoid, place, take) {
    const backoff = new Backoff(this.#world.random);
    while (!isVoid()) {
      try {
        for await (const page of pages(this.#ask, tracker.task, place())) {
          if (isVoid() || !take(page)) return;
        }
        return;
      } catch (trouble) {
        if (trouble.status === undefined) throw trouble;
        if (isVoid()) return;
        if (trouble.status === 404 || trouble.status === 403) return this.#on.gone(tracker, trouble.status);
        if (trouble.status === 400 || trouble.status === 410) return this.#on.restart(tracker);
        if (trouble.status === 401) return; // The whole hub hears of it.
        await new Promise((resolve) => this.#world.later(resolve, backoff.next(trouble.retryAfter * 1000)));
      }
    }
  }
}
