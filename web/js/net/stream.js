// The one stream of records: opened, opened again from its place when it breaks, and given up when there is nothing to come.
//
// Its state: {kind: "idle"}, {kind: "connecting"}, {kind: "open", missed, away}, {kind: "waiting", until, reason}, {kind: "finished"},
// {kind: "closed", reason}. `reason`: as the gateway's `bye` said it, "" where it said none.

import { Backoff } from "./backoff.js";
import { Silence } from "./silence.js";
import { openSource } from "./source.js";

const sessionEvents = ["grant", "expiring", "refreshed", "crowded"];

export class Stream {
  #world;
  #on;
  #backoff;
  #source = null;
  #timer = null;
  #lostAt = null;
  #openedAt = null;
  #usualRetry = 0; // What the stream has asked for when it began.
  #silence;
  #notBefore = 0;
  state = { kind: "idle" };
  path = null;
  /** The place up to which everything was heard. */
  after = null;

  /** `on`: record(item), reset(document), session(event), lost(reason), doubted(), changed(). */
  constructor(world, on) {
    this.#world = world;
    this.#on = on;
    this.#backoff = new Backoff(world.random);
    this.#silence = new Silence(world, () => this.#again(0));
  }

  /** Reads `path` from `after` on, in place of what was read. */
  follow(path, after) {
    this.path = path;
    this.after = after;
    if (this.state.kind === "waiting" && this.#world.now() < this.#notBefore) return;
    this.#open();
  }

  close() {
    this.#drop();
    this.path = null;
    this.after = null;
    this.#lostAt = null;
    this.#change({ kind: "idle" });
  }

  /** Somebody does not want to wait. */
  retryNow() {
    if (this.state.kind === "waiting") this.#open();
  }

  /** Somebody looks, or has reason to doubt: a stream that has been silent for long is opened again at once. */
  check(limit) {
    const isOn = this.state.kind === "open" || this.state.kind === "connecting";
    if (isOn && this.#silence.isSuspicious(limit)) this.#again(0);
    else this.retryNow();
  }

  #open() {
    this.#drop();
    this.#change({ kind: "connecting" });
    this.#source = openSource(this.#world, `${this.path}&after=${encodeURIComponent(this.after)}`, {
      alive: () => this.#silence.sign(),
      event: (event) => this.#heard(event),
      end: (end) => this.#ended(end),
    });
    this.#silence.begin();
  }

  #drop() {
    this.#source?.close();
    this.#source = null;
    this.#silence.end();
    this.#world.never(this.#timer);
    this.#openedAt = null;
    this.#usualRetry = 0;
  }

  #heard({ type, id, data }) {
    let document;
    try {
      document = JSON.parse(data);
    } catch {
      return; // Not readable. A record's number is missing then, and it is fetched.
    }
    if (type === "message") {
      if (id) this.after = id;
      this.#on.record({ record: document, cursor: id });
    } else if (type === "resume") {
      this.#opened(document, id);
    } else if (type === "reset") {
      this.after = document.cursor;
      this.#on.reset(document);
    } else if (type === "bye") {
      // Said anew before a farewell, it is a moment of this client's own.
      const { retry } = this.#source;
      this.#source.close();
      this.#ended({ bye: document.reason, retry: retry === this.#usualRetry ? 0 : retry });
    } else if (sessionEvents.includes(type)) {
      // By what right it is open is said first; said again, it has become another right.
      const isAnother = type === "grant" && this.state.kind === "open";
      this.#on.session({ ...document, type: isAnother ? "rights" : type });
    }
  }

  #opened({ missed }, id) {
    const now = this.#world.now();
    if (id) this.after = id;
    this.#openedAt = now;
    this.#usualRetry = this.#source.retry;
    this.#change({ kind: "open", missed: missed ?? null, away: this.#lostAt === null ? 0 : now - this.#lostAt });
    this.#lostAt = null;
  }

  #ended({ bye = "", status = 200, retryAfter = 0, retry = 0 }) {
    const lived = this.#openedAt === null ? 0 : this.#world.now() - this.#openedAt;
    this.#drop();
    if (bye === "finished" || status === 204) return this.#change({ kind: "finished" });
    if (bye === "expired" || bye === "revoked" || status === 401) {
      const reason = bye || "ended";
      this.#change({ kind: "closed", reason });
      return this.#on.lost(reason);
    }
    if (lived >= 5000) this.#backoff.reset();
    this.#notBefore = this.#world.now() + retryAfter;
    this.#again(this.#backoff.next(Math.max(retryAfter, retry)), bye);
    // One of the tasks is gone, or not to be seen any more: which, the stream does not say.
    if (["forbidden", "removed"].includes(bye) || [400, 403, 404, 410].includes(status)) this.#on.doubted();
  }

  #again(wait, reason = "") {
    this.#drop();
    const now = this.#world.now();
    this.#lostAt ??= now;
    if (wait === 0) return this.#open();
    this.#change({ kind: "waiting", until: now + wait, reason });
    this.#timer = this.#world.later(() => this.#open(), wait);
  }

  #change(state) {
    this.state = state;
    this.#on.changed();
  }
}
