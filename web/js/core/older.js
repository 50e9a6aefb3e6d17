// Records that are not in memory any more: behind which record to read on, and a few pages of what was read. Pure.

const most = 12;

export class OlderPages {
  // Records behind which a page can begin, by number and place in the journal: one of each 500. The beginning of all is always known.
  /** @type {any[]} */
  #marks = [{ seq: 0, offset: null }];
  /** @type {any[]} */
  #pages = [];
  #count = 0;
  #gone = new Set();

  /** This record was here. */
  mark({ seq, offset }) {
    this.#marks[Math.floor(seq / 500)] ??= { seq, offset };
  }

  /** The record, if it is here. */
  get(seq) {
    const page = this.#pages.find((page) => page.from <= seq && seq <= page.through);
    if (page === undefined) return undefined;
    page.used = ++this.#count;
    return recordAt(page.records, seq);
  }

  /** `page`, {events, complete}, was read because of this record; whether the record is stored no more. */
  keepFor(seq, { events, complete }) {
    this.keep(events);
    const isBeyond = complete || events.length === 0 || events.at(-1).seq > seq;
    if (isBeyond && recordAt(events, seq) === undefined) this.#gone.add(seq);
  }

  isGone(seq) {
    return this.#gone.has(seq);
  }

  /** The place in the journal behind which to read, so that this record is not far away. */
  placeBefore(seq) {
    let place = Math.floor(seq / 500);
    while (!(this.#marks[place]?.seq < seq)) place--;
    return this.#marks[place].offset;
  }

  /** Keeps what was read, and forgets what was not looked at for longest. */
  keep(records) {
    if (records.length === 0) return;
    const [from, through] = [records[0].seq, records.at(-1).seq];
    this.#pages = this.#pages.filter((page) => page.from !== from);
    this.#pages.push({ from, through, records, used: ++this.#count });
    if (this.#pages.length > most) this.#pages.sort((one, other) => one.used - other.used).shift();
    this.mark(records.at(-1));
  }

  clear() {
    this.#marks.length = 1;
    this.#pages = [];
    this.#gone.clear();
  }
}

/** The record with this number among those in memory, whose numbers have no holes as long as all is stored. */
export function recordAt(records, seq) {
  const near = records[seq - (records[0]?.seq ?? 1)];
  if (near?.seq === seq) return near;
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle].seq < seq) low = middle + 1;
    else high = middle;
  }
  return records[low]?.seq === seq ? records[low] : undefined;
}

/** Whether these are not the records that there were, or some of them, but another history of the task. */
export function areOthers(old, records) {
  if (old === records || old.length === 0) return false;
  const seq = Math.min(old.at(-1).seq, records.at(-1).seq);
  return recordAt(old, seq) !== recordAt(records, seq);
}
