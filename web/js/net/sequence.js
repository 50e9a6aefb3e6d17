// The records of one task, put in order: each once, 1, 2, 3, …, whatever comes twice, early or not at all. Pure.

/** How many records may wait for one that is missing, and how long. Behind that the missing ones are fetched. */
export const bounds = { held: 256, patience: 500 };

export class Sequence {
  /** `last`: the number up to which all is known. `cursor`: a place from which everything behind `last` can be had, or null. */
  constructor(last, cursor = null) {
    this.last = last;
    this.cursor = cursor;
    this.waitsSince = null;
    this.isOverfull = false;
    this.held = new Map();
  }

  /** Takes `{record, cursor}` and gives those that are in order now, oldest first. */
  take(item, now) {
    const { seq } = item.record;
    if (seq <= this.last || this.held.has(seq)) return [];
    if (seq > this.last + 1) {
      this.waitsSince ??= now;
      if (this.held.size < bounds.held) this.held.set(seq, item);
      else this.isOverfull = true; // Left out: it is among those that are fetched.
      return [];
    }
    const ready = [item];
    for (let next = seq + 1; this.held.has(next); next++) {
      ready.push(this.held.get(next));
      this.held.delete(next);
    }
    this.last += ready.length;
    // A cursor stands for a place in all that was sent: it is this task's only as far as nothing is missing before it.
    this.cursor = ready.at(-1).cursor ?? this.cursor;
    if (this.held.size === 0 && !this.isOverfull) this.waitsSince = null;
    else this.waitsSince = now;
    return ready;
  }

  /** Everything that is stored was fetched and taken. Gives whether nothing is missing any more. */
  fetched(now) {
    this.isOverfull = false;
    this.waitsSince = this.held.size === 0 ? null : now;
    return this.held.size === 0;
  }

  /** Milliseconds until what is missing has to be fetched; null when nothing is. */
  due(now) {
    if (this.waitsSince === null) return null;
    return this.isOverfull ? 0 : Math.max(0, this.waitsSince + bounds.patience - now);
  }
}
