// The one WebSocket: opened with the session's token, kept alive, and opened again after a while when it breaks.
//
// Its state: {kind: "idle"}, {kind: "connecting"}, {kind: "open"}, {kind: "waiting", until, reason}, {kind: "closed", reason}.
// `reason`: as the gateway's `bye` said it, "" where it said none.

import { Backoff } from "./backoff.js";

/** In milliseconds. `idle`: of hearing nothing, before a ping. */
export const deadlines = { open: 10_000, idle: 20_000, pong: 10_000 };
const floodPause = 30_000;

export class Socket {
  #world;
  #on;
  #backoff;
  #socket = null;
  #timer = null;
  #openedAt = null;
  #attempt = 0;
  #bye = "";
  #pings = 0;
  state = { kind: "idle" };

  /**
   * `on`: token() → promise of a CSRF token or null; opened(welcome), message(message), closed(code), silent(), lost(reason), changed().
   */
  constructor(world, on) {
    this.#world = world;
    this.#on = on;
    this.#backoff = new Backoff(world.random);
  }

  get isOpen() {
    return this.state.kind === "open";
  }

  async open() {
    if (this.#world.WebSocket === undefined) return this.#change({ kind: "closed", reason: "unsupported" });
    this.#drop();
    const attempt = ++this.#attempt;
    this.#change({ kind: "connecting" });
    // A handshake's refusal cannot be read. Asked before it, the session says whether anybody is signed in.
    let token;
    try {
      token = await this.#on.token();
    } catch (trouble) {
      if (attempt === this.#attempt) this.#ended({ retryAfter: (trouble.retryAfter ?? 0) * 1000 });
      return;
    }
    if (attempt !== this.#attempt) return;
    const socket = new this.#world.WebSocket(this.#world.socketURL, ["signalbox.v1", ...(token ? [`csrf.${token}`] : [])]);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#socket === socket && this.#heard(data);
    socket.onclose = ({ code, reason }) => this.#socket === socket && this.#ended({ code, reason });
    this.#timer = this.#world.later(() => this.#ended({}), deadlines.open);
  }

  /** Several go as one message. */
  send(messages) {
    for (let start = 0; start < messages.length; start += 100) {
      const part = messages.slice(start, start + 100);
      this.#socket.send(JSON.stringify(part.length === 1 ? part[0] : part));
    }
  }

  retryNow() {
    if (this.state.kind === "waiting") this.open();
  }

  close() {
    this.#drop();
    this.#change({ kind: "idle" });
  }

  #heard(data) {
    let messages;
    try {
      messages = [JSON.parse(data)].flat();
    } catch {
      return;
    }
    this.#rest();
    for (const message of messages) {
      if (message?.type === "welcome") {
        this.#openedAt = this.#world.now();
        this.#change({ kind: "open" });
        this.#on.opened(message);
      } else if (message?.type === "bye") {
        this.#bye = message.reason ?? "";
      } else {
        this.#on.message(message);
      }
      if (this.#socket === null) return; // Closed by what was said.
    }
  }

  /** After each message, and as long as nothing comes: a ping, and then the end. */
  #rest() {
    this.#world.never(this.#timer);
    this.#timer = this.#world.later(() => {
      this.send([{ type: "ping", id: `ping-${++this.#pings}` }]);
      this.#timer = this.#world.later(() => {
        this.#ended({});
        this.#on.silent();
      }, deadlines.pong);
    }, deadlines.idle);
  }

  #drop(code = 1000) {
    this.#attempt += 1;
    this.#world.never(this.#timer);
    const [socket, wasOpen] = [this.#socket, this.isOpen];
    this.#socket = null;
    this.#bye = "";
    socket?.close();
    if (wasOpen) {
      this.state = { kind: "idle" };
      this.#on.closed(code);
    }
  }

  #ended({ code = 1006, reason = "", retryAfter = 0 }) {
    const said = this.#bye || reason;
    const lived = this.#openedAt === null ? 0 : this.#world.now() - this.#openedAt;
    this.#openedAt = null;
    this.#drop(code);
    if (code === 4001) {
      this.#change({ kind: "closed", reason: said || "expired" });
      return this.#on.lost(said || "expired");
    }
    if (code === 4003) return this.#change({ kind: "closed", reason: "forbidden" });
    if (lived >= 5000) this.#backoff.reset();
    const wait = this.#backoff.next(code === 4029 ? floodPause : retryAfter);
    this.#change({ kind: "waiting", until: this.#world.now() + wait, reason: said });
    this.#timer = this.#world.later(() => this.open(), wait);
  }

  #change(state) {
    this.state = state;
    this.#on.changed();
  }
}
