// The commands of all tabs on their way to the gateway: over the WebSocket when it is open, else over HTTP.

import { Trouble, ask } from "./ask.js";
import { Commands } from "./commands.js";
import { reasons, refusalOf } from "./nack.js";
import { requestFor } from "./requests.js";

const tick = 500;
const mostVerdicts = 500;

export class Wire {
  #world;
  #socket;
  #on;
  #commands = new Commands();
  #owners = new Map(); // Of commands whose verdict may still come.
  #timer = null;

  /** `on`: reply(owner, message), token() → promise, lost(reason). */
  constructor(world, socket, on) {
    this.#world = world;
    this.#socket = socket;
    this.#on = on;
  }

  command(message, owner) {
    if (requestFor(message) === null && !this.#socket.isOpen) return this.#refuse(message.id, owner, reasons.noSocket);
    this.#owners.delete(message.id);
    this.#owners.set(message.id, owner);
    if (this.#owners.size > mostVerdicts) this.#owners.delete(this.#owners.keys().next().value);
    this.#commands.add(message, owner, this.#world.now());
    this.flush();
  }

  /** The tab does not wait for it any more. */
  drop(id) {
    this.#commands.over(id);
  }

  flush() {
    if (this.#socket.isOpen) {
      const messages = this.#commands.send();
      if (messages.length > 0) this.#socket.send(messages);
    }
    for (const message of this.#commands.post(this.#world.now())) this.#post(message);
    if (this.#commands.size > 0) this.#watch();
  }

  socketClosed(code) {
    const now = this.#world.now();
    for (const { message, owner } of this.#commands.socketLost(now, { isTooLong: code === 1009 })) {
      this.#refuse(message.id, owner, reasons.unknown);
    }
    this.flush();
  }

  /** An ack or a nack; false when it is for none of these. */
  answered({ type, id, ...rest }) {
    if (type === "ack") {
      const entry = this.#commands.taken(id, { hasVerdict: rest.verdict !== undefined });
      if (entry === null) return false;
      this.#on.reply(entry.owner, { type: "ack", id, receipt: rest });
      if (rest.verdict !== undefined) this.verdict({ ...rest.verdict, id, task: rest.task, command: rest.command });
      return true;
    }
    const entry = this.#commands.over(id);
    if (entry === null) return false;
    // Refused after it was taken: that was asked only to learn its verdict.
    if (!entry.wasTaken) this.#refuse(id, entry.owner, rest);
    return true;
  }

  /** By the socket, in a receipt, or as a record: the tab tells it once. */
  verdict({ id, task, command, verdict, why, afterMilliseconds, by, seq }) {
    this.#commands.judged(id);
    const owner = this.#owners.get(id);
    if (owner !== undefined) this.#on.reply(owner, { type: "verdict", verdict: { id, task, command, verdict, why, afterMilliseconds, by, seq } });
  }

  /** Somebody else may sit here next: nothing is sent any more. */
  clear() {
    for (const { message, owner } of this.#commands.clear()) this.#refuse(message.id, owner, reasons.signedOut);
    this.#owners.clear();
    this.#world.never(this.#timer);
    this.#timer = null;
  }

  async #post(message) {
    const { path, body } = requestFor(message);
    try {
      const csrf = await this.#on.token();
      const receipt = await ask(path, { method: "POST", body, csrf, fetch: this.#world.fetch });
      // Over HTTP a new task's id is its receipt's.
      this.answered({ ...(message.type === "submit" ? { task: receipt.id } : {}), ...receipt, type: "ack", id: message.id });
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      if (trouble.status === 401) this.#on.lost("ended");
      else if (isOfTheLine(trouble)) this.#commands.postFailed(message.id, this.#world.now());
      else this.answered({ ...refusalOf(trouble), type: "nack", id: message.id });
    }
  }

  #refuse(id, owner, nack) {
    this.#on.reply(owner, { type: "nack", id, nack });
  }

  #watch() {
    if (this.#timer !== null) return;
    this.#timer = this.#world.later(() => {
      this.#timer = null;
      for (const { message, owner } of this.#commands.expire(this.#world.now())) this.#refuse(message.id, owner, reasons.late);
      this.flush();
    }, tick);
  }
}

/** No word of the gateway's own: there was no answer, or one of somebody between. */
const isOfTheLine = ({ status, problem }) => status === 0 || status === 408 || (status >= 500 && problem.code === undefined);
