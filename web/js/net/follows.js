// What the tabs follow, and each record to whoever follows its task. Which stream that takes is up to the rounds, and what comes
// late or is missing to those who catch up.

import { Catching } from "./catching.js";
import { Rounds, delays } from "./rounds.js";
import { Trackers } from "./trackers.js";

export class Follows {
  #world;
  #stream;
  #catching;
  #rounds;
  #trackers = new Trackers((tracker) => this.#drop(tracker));
  #alls = new Set();

  /** `ask(path)`: a document, or Trouble. `stream`: reads what is followed. */
  constructor(world, { ask, stream }) {
    this.#world = world;
    this.#stream = stream;
    const on = {
      trackers: this.#trackers,
      alls: this.#alls,
      deliver: (tracker, items) => this.#deliver(tracker, items),
      pump: (tracker, reader) => this.#pump(tracker, reader),
      restart: (tracker) => this.#restart(tracker),
      gone: (tracker, status) => this.#gone(tracker, status),
      stands: (tracker, document) => this.#stands(tracker, document),
      begin: (reader, message) => this.#begin(reader, message),
      drop: (tracker) => this.#drop(tracker),
    };
    this.#catching = new Catching(world, ask, on);
    this.#rounds = new Rounds(world, ask, stream, on);
  }

  add(reader) {
    if (reader.task === null) this.#alls.add(reader);
    else this.#trackers.of(reader.task).add(reader);
    this.#rounds.plan(delays.grow);
  }

  remove(reader) {
    reader.close();
    this.#alls.delete(reader);
    this.#trackers.get(reader.task)?.readers.delete(reader);
    this.#rounds.plan(delays.shrink);
  }

  /** Forgets everything, as after a sign-out. */
  clear() {
    this.#rounds.clear();
    for (const tracker of [...this.#trackers.values()]) {
      for (const reader of tracker.readers) reader.close();
      this.#drop(tracker);
    }
    for (const reader of this.#alls) reader.close();
    this.#alls.clear();
    this.#stream.close();
  }

  /** A record came by the stream. */
  heard(item) {
    const { task, seq } = item.record;
    if (this.#alls.size === 0 && !this.#trackers.has(task)) return; // Nobody's, or not any more.
    const tracker = this.#trackers.of(task);
    // The first that is heard of a task: those before it are history.
    if (tracker.sequence === null) tracker.begin(seq - 1, null);
    if (tracker.isBefore(seq)) this.#tellAlls([item]);
    this.#deliver(tracker, tracker.sequence.take(item, this.#world.now()));
    this.#catching.mendLater(tracker);
  }

  /** The stream says: forget what you have. */
  reset({ cursor, tasks }) {
    for (const tracker of [...this.#trackers.values()]) this.#restart(tracker);
    for (const reader of this.#alls) if (!reader.waits) reader.tell({ type: "snapshot", isReset: true, cursor, tasks });
  }

  /** Some task of the stream may be gone: all are looked at again. */
  doubted() {
    for (const { readers } of this.#trackers.values()) for (const reader of readers) reader.isDoubted = true;
    this.#rounds.plan(0);
  }

  #begin(reader, message) {
    reader.waits = false;
    if (message !== null) reader.tell(message);
    reader.live();
    for (const item of reader.kept) reader.send(item);
    reader.kept = [];
  }

  #stands(tracker, document) {
    if (tracker.sequence === null) tracker.begin(document.lastSeq, document.cursor);
    const known = Math.max(document.lastSeq, tracker.sequence.last);
    for (const reader of tracker.readers) {
      reader.isDoubted = false;
      if (!reader.waits) continue;
      reader.stands(document, known);
      this.#pump(tracker, reader);
    }
  }

  #deliver(tracker, items) {
    if (items.length === 0) return;
    tracker.keep(items);
    for (const reader of tracker.readers) this.#pump(tracker, reader);
    this.#tellAlls(items);
  }

  #tellAlls(items) {
    // A place in all tasks is a place only when none of them lacks anything.
    const isWhole = this.#catching.isIdle;
    for (const reader of this.#alls) {
      for (const item of items) {
        const shown = isWhole ? item : { record: item.record };
        if (reader.waits) reader.kept.push(shown);
        else reader.send(shown);
      }
    }
  }

  #pump(tracker, reader) {
    if (reader.waits || reader.isFilling) return;
    if (tracker.pump(reader)) reader.live();
    else this.#catching.fill(tracker, reader);
  }

  #restart(tracker) {
    this.#catching.forget(tracker);
    if (tracker.readers.size === 0) return this.#drop(tracker);
    for (const reader of tracker.readers) reader.restart();
    this.#rounds.plan(0);
  }

  #gone(tracker, status) {
    for (const reader of tracker.readers) {
      reader.tell({ type: "state", task: tracker.task, state: "gone", status });
      reader.close();
    }
    this.#drop(tracker);
    this.#rounds.plan(0);
  }

  #drop(tracker) {
    this.#catching.forget(tracker);
    this.#trackers.delete(tracker.task);
  }
}
