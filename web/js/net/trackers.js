// The tasks that a hub knows something of, by their ids. Those that somebody reads are never forgotten for want of room.

import { Tracker } from "./tracker.js";

const most = 10_000;

export class Trackers extends Map {
  #forget;

  constructor(forget) {
    super();
    this.#forget = forget;
  }

  of(task) {
    const known = this.get(task);
    if (known !== undefined) return known;
    if (this.size >= most) this.#makeRoom();
    const tracker = new Tracker(task);
    this.set(task, tracker);
    return tracker;
  }

  /** The longest known goes: the next record that is heard of its task counts as the first. */
  #makeRoom() {
    for (const tracker of this.values()) {
      if (tracker.readers.size === 0) return this.#forget(tracker);
    }
  }
}
