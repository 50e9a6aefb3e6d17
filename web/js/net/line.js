// The line to the gateway, as whoever is signed in: a stream of events and a WebSocket, and what stands on them.

import { Follows } from "./follows.js";
import { Inbox } from "./inbox.js";
import { Presences } from "./presences.js";
import { Socket, deadlines } from "./socket.js";
import { Standing } from "./standing.js";
import { Stream } from "./stream.js";
import { Wire } from "./wire.js";

export class Line {
  #on;
  #standing;
  #stream;
  #socket;
  #inbox;
  #linkSaid = "";
  #lists = 0;

  /** `on`: say(tab, message), sayToAll(message), forgotten() when nothing is followed any more. */
  constructor(world, on) {
    this.#on = on;
    const standing = new Standing(world, {
      forget: () => this.#forget(),
      over: () => this.#socket.close(),
      say: (event) => on.sayToAll({ type: "session", event }),
      changed: () => on.sayToAll({ type: "unknown" }),
    });
    this.#standing = standing;
    const lost = standing.lose;
    const changed = () => this.#tellLink();
    this.#stream = new Stream(world, {
      record: (item) => this.#record(item),
      reset: (document) => this.follows.reset(document),
      session: (event) => this.#session(event),
      doubted: () => this.follows.doubted(),
      lost,
      changed,
    });
    this.#socket = new Socket(world, {
      token: standing.token,
      opened: (welcome) => this.#opened(welcome),
      message: (message) => this.#message(message),
      closed: (code) => this.wire.socketClosed(code),
      silent: () => this.#stream.check(deadlines.pong),
      lost,
      changed,
    });
    this.follows = new Follows(world, { ask: standing.ask, stream: this.#stream });
    this.wire = new Wire(world, this.#socket, { reply: on.say, token: standing.token, lost });
    this.#inbox = new Inbox(world, standing.ask, on.sayToAll);
    this.presences = new Presences((message) => this.#send(message), on.say);
  }

  /** What a tab that comes has to know. */
  get state() {
    return { principal: this.#standing.principal, link: this.#link, questions: this.#inbox.all };
  }

  get isLost() {
    return this.#standing.isLost;
  }

  close() {
    this.follows.clear();
    this.#socket.close();
    this.#inbox.clear();
    this.presences.clear();
  }

  /** Somebody looks. */
  check() {
    this.#stream.check();
    this.#socket.retryNow();
  }

  /** Somebody does not want to wait, or has signed in again. */
  retry() {
    this.#standing.isLost = false;
    if (["idle", "closed"].includes(this.#socket.state.kind)) this.#socket.open();
    else this.#socket.retryNow();
    this.#stream.retryNow();
  }

  #record(item) {
    const { kind, task, seq, data } = item.record;
    this.follows.heard(item);
    if (kind === "verdict" && data?.id !== undefined) this.wire.verdict({ ...data, task, seq });
  }

  #opened({ principal }) {
    this.#standing.is(principal);
    this.wire.flush();
    this.#send({ type: "questions", id: `q-${++this.#lists}` });
    this.presences.opened();
  }

  #message(message) {
    switch (message?.type) {
      case "ack":
      case "nack": return this.#answered(message);
      case "verdict": return this.wire.verdict(message);
      case "question":
      case "question-closed": return this.#inbox.heard(message);
      case "presence":
      case "watcher": return this.presences.heard(message);
      case "expiring":
      case "refreshed": return this.#session(message);
    }
  }

  /** From the acknowledgement of `questions` on all news comes by itself; what is open already is in the list. */
  #answered(message) {
    if (this.wire.answered(message)) return;
    if (message.type === "ack" && message.id === `q-${this.#lists}`) this.#inbox.refresh();
  }

  #send(message) {
    if (this.#socket.isOpen) this.#socket.send([message]);
  }

  #session({ type, ...rest }) {
    if (type === "grant") return this.#standing.is(rest.principal);
    // Which questions one may answer is said with each.
    if (type === "rights") this.#inbox.refresh();
    this.#on.sayToAll({ type: "session", event: { type, ...rest } });
  }

  #forget() {
    this.follows.clear();
    this.#on.forgotten();
    this.wire.clear();
    this.#inbox.clear();
    this.presences.clear();
  }

  get #link() {
    return { stream: this.#stream.state, socket: this.#socket.state };
  }

  #tellLink() {
    const said = JSON.stringify(this.#link);
    if (said === this.#linkSaid) return;
    this.#linkSaid = said;
    this.#on.sayToAll({ type: "link", link: this.#link });
  }
}
