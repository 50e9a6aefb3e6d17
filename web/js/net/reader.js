// One subscription of one tab to one task, or to all: how far it has been told, and what is on its way to it.

const epoch = (cursor) => cursor.split(".")[0];

export class Reader {
  #post;
  #batch = [];
  #isClosed = false;

  /**
   * `start`: {after, cursor, isResumed}. `after` is a number (everything behind it) or "latest" (what comes from now on); with
   * `isResumed` the tab has been told before, by another hub, up to there.
   */
  constructor(post, sub, task, start) {
    this.#post = post;
    this.sub = sub;
    this.task = task;
    this.start = start;
    this.waits = true; // For how its task stands.
    this.isFilling = false; // With history.
    this.isLive = false;
    this.turn = 0; // Another one makes what is under way for it void.
    this.last = 0;
    this.cursor = null;
    this.kept = []; // What comes for a reader of all tasks before it knows how they stand.
  }

  /** Passes a record on; those of one moment go together. */
  send(item) {
    this.#batch.push(item);
    if (this.#batch.length === 1) queueMicrotask(() => this.#flush());
  }

  tell(message) {
    this.#flush();
    if (!this.#isClosed) this.#post({ ...message, sub: this.sub });
  }

  /** How its task stands; `known`: the number of the last record that there is. From here on it can be told what it lacks. */
  stands(document, known) {
    const { lastSeq, cursor } = document;
    const { after, isResumed, cursor: place = null, isReset: isVoid = false } = this.start;
    // What the tab has is of a journal that is not there any more.
    const isForeign = after > known || (place !== null && epoch(place) !== epoch(cursor));
    const isReset = isVoid || (after !== "latest" && isForeign);
    this.waits = false;
    [this.last, this.cursor] = isReset || after === "latest" ? [lastSeq, cursor] : [after, place];
    if (isReset || !isResumed) this.tell({ type: "snapshot", isReset, cursor, tasks: [document] });
  }

  /** From here on it hears what happens when it happens. */
  live() {
    if (this.isLive) return;
    this.isLive = true;
    this.tell({ type: "state", task: this.task, state: "live" });
  }

  /** What it was told is void, and what is under way, too: it begins anew, and is told so. */
  restart() {
    this.turn += 1;
    Object.assign(this, { waits: true, isFilling: false, isLive: false, start: { isReset: true } });
  }

  close() {
    this.#isClosed = true;
    this.turn += 1;
  }

  #flush() {
    const items = this.#batch;
    this.#batch = [];
    if (items.length > 0 && !this.#isClosed) this.#post({ type: "events", sub: this.sub, items });
  }
}
