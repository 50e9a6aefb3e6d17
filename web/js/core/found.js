// The lines of a log that fit a filter, in order: those of records that come, and those of older ones that are read through meanwhile.
// Pure.

export class Found {
  #holds;
  #items = [];
  /** Older records that fit are kept here: nobody else has them. */
  #older = new Map();
  #most;

  /** `holds(record)`: whether it fits. Not more than `most` older ones are kept; the newest of them stay. */
  constructor(holds, most = 5000) {
    this.#holds = holds;
    this.#most = most;
  }

  /** All that is in memory: records, and what the page has said, {after, line}. */
  begin(records, own) {
    this.#items = [];
    let next = 0;
    for (const record of records) {
      while (next < own.length && own[next].after < record.seq) this.#items.push(own[next++]);
      this.came(record);
    }
    this.#items.push(...own.slice(next));
  }

  came(record) {
    if (this.#holds(record)) this.#items.push({ seq: record.seq });
  }

  said(own) {
    this.#items.push(own);
  }

  /** Older records, in order, before all that `begin` was given and behind those of the last call. */
  found(records) {
    const fit = records.filter((record) => this.#holds(record));
    if (fit.length === 0) return false;
    for (const record of fit) this.#older.set(record.seq, record);
    const gone = [...this.#older.keys()].slice(0, Math.max(0, this.#older.size - this.#most));
    for (const seq of gone) this.#older.delete(seq);
    const behind = fit.at(-1).seq;
    const rest = this.#items.filter((item) => (item.seq ?? item.after + 1) > behind);
    this.#items = [...[...this.#older.keys()].map((seq) => ({ seq })), ...rest];
    return true;
  }

  get(seq) {
    return this.#older.get(seq);
  }

  /** Those up to this number. */
  upTo(last) {
    const isIn = (item) => (item.seq ?? item.after) <= last;
    const end = this.#items.at(-1);
    return end === undefined || isIn(end) ? this.#items : this.#items.filter(isIn);
  }
}
