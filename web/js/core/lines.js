// What the lines of a log are, one after the other: every record by its number, and between them what the page itself has to say.
// Numbers have no holes, so the place of a record is known before the record is. Pure.

export class Lines {
  /** The number of the newest record that is shown. */
  last = 0;
  // What the page says, in order: {after, line}; `after` is the number of the record before it.
  /** @type {any[]} */
  #own = [];
  // With a filter: the lines that fit, in order.
  /** @type {any[] | null} */
  #found = null;

  get count() {
    return this.#found === null ? this.last + this.#ownUpTo(this.last) : this.#found.length;
  }

  get isFiltered() {
    return this.#found !== null;
  }

  /** {seq} or {line} at this place. */
  at(index) {
    if (this.#found !== null) return this.#found[index];
    const before = this.#lower((own, place) => own.after + place < index);
    const own = this.#own[before];
    return own !== undefined && own.after + before === index ? own : { seq: index - before + 1 };
  }

  /** Where the record is, or the first one behind it that fits. */
  indexOf(seq) {
    if (this.#found === null) return seq - 1 + this.#lower((own) => own.after < seq);
    let [low, high] = [0, this.#found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#found[middle].seq ?? this.#found[middle].after) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The page says something, after the newest record. */
  say(line, after) {
    this.#own.push({ after, line });
    if (this.#own.length > 200) this.#own.shift();
    return this.#own.at(-1);
  }

  /** What the page has said between these numbers. */
  said(from, through) {
    return this.#own.filter(({ after }) => after >= from && after <= through);
  }

  /** Only these lines are shown, or all again (null). */
  only(found) {
    this.#found = found;
  }

  clear() {
    this.last = 0;
    this.#own = [];
    if (this.#found !== null) this.#found = [];
  }

  #ownUpTo(last) {
    return this.#lower((own) => own.after <= last);
  }

  // How many of the page's own lines come first for which this holds: it holds for none behind one for which it does not.
  #lower(holds) {
    let [low, high] = [0, this.#own.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#own[middle], middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
