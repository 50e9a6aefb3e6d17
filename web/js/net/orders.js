// The commands that a page has given: each has one promise, which ends with the receipt, a refusal or the deadline.

import { limits } from "./commands.js";
import { Nack, reasons } from "./nack.js";
import { expectsVerdict, isOnceOnly } from "./requests.js";

const mostKept = 500;

export class Orders {
  #world;
  #post;
  #orders = new Map();
  #cancels = new Map(); // task → id of its last cancel that was not refused
  #judged = new Set();
  #isClosed = false;

  constructor(world, post) {
    this.#world = world;
    this.#post = post;
  }

  /** Gives a command. A second cancel of the same task is the first one, pressed again. */
  give(message) {
    if (this.#isClosed) return Promise.reject(new Nack(reasons.closed));
    const isCancel = message.type === "cancel" && message.task !== undefined;
    const before = isCancel && message.id === undefined ? this.#orders.get(this.#cancels.get(message.task)) : undefined;
    if (before !== undefined) return before.isOpen ? before.promise : this.#send(before);
    const id = message.id ?? this.#world.newID();
    const whole = { ...message, id, ...(message.type === "submit" ? { key: message.key ?? id } : {}) };
    const order = { message: whole };
    this.#orders.set(id, order);
    if (isCancel) this.#cancels.set(message.task, id);
    this.#prune();
    return this.#send(order);
  }

  /** What another hub has to be told; what it must not be told again has failed. */
  get commands() {
    for (const order of [...this.#orders.values()]) {
      if (order.isOpen && order.isPosted && isOnceOnly(order.message)) this.#fail(order, reasons.unknown);
    }
    const waiting = [...this.#orders.values()].filter((order) => order.isOpen || (order.isTaken && !order.isJudged));
    for (const order of waiting) order.isPosted = true;
    return waiting.map(({ message }) => message);
  }

  heard({ type, id, receipt, nack }) {
    const order = this.#orders.get(id);
    if (order === undefined || !order.isOpen) return;
    if (type === "nack") return this.#fail(order, nack);
    this.#settle(order);
    order.isTaken = expectsVerdict(order.message);
    order.resolve(receipt);
  }

  /** Whether this verdict is news; each is told once, whichever hub it comes from. */
  isNews({ id }) {
    const order = this.#orders.get(id);
    if (order !== undefined) order.isJudged = true;
    if (this.#judged.has(id)) return false;
    this.#judged.add(id);
    if (this.#judged.size > mostKept) this.#judged.delete(this.#judged.values().next().value);
    return true;
  }

  close() {
    this.#isClosed = true;
    for (const order of [...this.#orders.values()]) if (order.isOpen) this.#fail(order, reasons.closed);
  }

  #send(order) {
    order.isOpen = true;
    order.promise = new Promise((resolve, reject) => Object.assign(order, { resolve, reject }));
    order.timer = this.#world.later(() => {
      this.#post({ type: "drop", id: order.message.id });
      this.#fail(order, reasons.late);
    }, limits.answer);
    order.isPosted = this.#post({ type: "command", command: order.message });
    return order.promise;
  }

  #fail(order, nack) {
    this.#settle(order);
    // Given up is not refused: pressed again, it is still the same cancel.
    if (nack.code !== reasons.late.code) {
      this.#orders.delete(order.message.id);
      if (this.#cancels.get(order.message.task) === order.message.id) this.#cancels.delete(order.message.task);
    }
    order.reject(new Nack(nack));
  }

  #settle(order) {
    order.isOpen = false;
    this.#world.never(order.timer);
  }

  #prune() {
    if (this.#orders.size <= mostKept) return;
    const old = [...this.#orders.values()].find(({ isOpen }) => !isOpen);
    if (old !== undefined) this.#orders.delete(old.message.id);
  }
}
