// What a page follows, on its side of the hub: how far it has been told, so that another hub can go on from there.

const mostKnown = 20_000;

export class Subscription {
  #post;
  #handlers;
  #after;
  #tasks; // null for all
  #cursor = null; // Of a subscription to all.
  #known = new Map(); // task → {last, cursor}
  #pictured = new Set(); // Of which the page was told how they stand.
  #isClosed = false;

  constructor(sub, tasks, handlers, after, post) {
    this.sub = sub;
    this.#tasks = tasks === "all" ? null : [...new Set([tasks].flat())];
    this.#handlers = handlers;
    this.#after = after;
    this.#post = post;
  }

  /** The number of the last record that the page was told; null before its task's picture has come. */
  last(task) {
    return this.#known.get(task)?.last ?? null;
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#post({ type: "unfollow", sub: this.sub }, this);
  }

  /** What a hub has to know to begin, or to go on. */
  get request() {
    const starts = this.#tasks === null ? [this.#startOfAll] : this.#tasks.map((task) => this.#start(task));
    return { type: "follow", sub: this.sub, starts };
  }

  /** What was told is somebody else's: it begins anew, and says `onReset`. */
  forget() {
    this.#known.clear();
    this.#cursor = null;
  }

  heard(message) {
    if (this.#isClosed) return;
    if (message.type === "events") for (const item of message.items) this.#event(item);
    else if (message.type === "snapshot") this.#picture(message);
    else this.#state(message);
  }

  get #startOfAll() {
    return this.#cursor === null
      ? { task: null, after: "latest", isResumed: this.#pictured.size > 0 }
      : { task: null, cursor: this.#cursor, isResumed: true };
  }

  #start(task) {
    const known = this.#known.get(task);
    if (known === undefined) return { task, after: this.#after };
    return { task, after: known.last, cursor: known.cursor, isResumed: true };
  }

  #event({ record, cursor = null }) {
    if (this.#isClosed) return;
    const known = this.#known.get(record.task);
    const last = known?.last ?? null;
    if (last !== null && record.seq <= last) return;
    if (last === null ? this.#tasks !== null : record.seq > last + 1) return this.#again(record.task);
    this.#know(record.task, record.seq, cursor ?? known?.cursor ?? null);
    if (this.#tasks === null) this.#cursor = cursor ?? this.#cursor;
    this.#handlers.onEvent?.(record);
  }

  #picture({ isReset, cursor, tasks }) {
    if (this.#tasks === null) {
      this.#known.clear();
      this.#cursor = cursor;
    }
    for (const { id, lastSeq } of tasks) {
      const isFromNow = isReset || this.#tasks === null || this.#after === "latest";
      this.#know(id, isFromNow ? lastSeq : this.#after, isFromNow ? cursor : null);
    }
    const names = this.#tasks === null ? [null] : tasks.map(({ id }) => id);
    const isAgain = isReset || names.some((name) => this.#pictured.has(name));
    for (const name of names) this.#pictured.add(name);
    this.#handlers[isAgain ? "onReset" : "onSnapshot"]?.({ cursor, tasks });
  }

  #state({ task, state, status }) {
    if (state === "gone") {
      this.#tasks = this.#tasks.filter((other) => other !== task);
      this.#known.delete(task);
    }
    this.#handlers.onState?.({ task, state, ...(status === undefined ? {} : { status }) });
  }

  /** Something is missing between what was told and what came: nothing is shown before it is there. */
  #again(task) {
    if (this.#tasks === null) this.#cursor = null;
    else if (!this.#known.has(task)) return; // Before its picture: of another hub, or by mistake.
    this.#post(this.request, null);
  }

  #know(task, last, cursor) {
    this.#known.set(task, { last, cursor });
    if (this.#tasks === null && this.#known.size > mostKnown) this.#known.delete(this.#known.keys().next().value);
  }
}
