// One task as the hub knows it: the order of its records, the newest of them for tabs that come later, and who reads it.

import { Sequence } from "./sequence.js";

const kept = 5000;

export class Tracker {
  readers = new Set();
  sequence = null; // Not known yet.
  isMending = false;
  timer = null;
  #ring = [];
  #first = 1;
  #before = [0, 0];

  constructor(task) {
    this.task = task;
  }

  /** From now on everything behind `last` comes by the stream. */
  begin(last, cursor) {
    this.sequence = new Sequence(last, cursor);
    this.#before = [0, last];
    this.#ring = [];
    this.#first = last + 1;
  }

  /** Whether this record, the next of its kind, is history here. To readers of all tasks it may be news: they have no other. */
  isBefore(seq) {
    const [told, last] = this.#before;
    if (seq <= told || seq > last) return false;
    this.#before[0] = seq;
    return true;
  }

  /** What is known of it is void. */
  forget() {
    this.sequence = null;
    this.#ring = [];
  }

  add(reader) {
    if (this.readers.size === 0 && this.sequence !== null) {
      // Until now nobody read it, and nothing was kept.
      this.#ring = [];
      this.#first = this.sequence.last + 1;
    }
    this.readers.add(reader);
  }

  keep(items) {
    if (this.readers.size === 0) return;
    this.#ring.push(...items);
    if (this.#ring.length <= kept * 1.2) return;
    this.#first += this.#ring.length - kept;
    this.#ring = this.#ring.slice(-kept);
  }

  /** Passes on what this reader lacks; false when that is older than what is kept. */
  pump(reader) {
    if (reader.last + 1 < this.#first) return false;
    for (let index = reader.last + 1 - this.#first; index < this.#ring.length; index++) {
      reader.send(this.#ring[index]);
      reader.last = this.#ring[index].record.seq;
    }
    return true;
  }

  /** Is everything up to what is kept told? */
  reaches(last) {
    return last + 1 >= this.#first;
  }
}
