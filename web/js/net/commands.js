// The commands that are under way: each is kept until it was answered, and until its verdict where one follows. Pure.
//
// waiting → sent (over the WebSocket) or posted (over HTTP) → taken (acknowledged; its verdict is to come) → gone

import { expectsVerdict, isOnceOnly } from "./requests.js";

/** In milliseconds: until HTTP is tried, until an answer is given up, until a verdict is. */
export const limits = { socket: 2000, answer: 30_000, verdict: 600_000 };

export class Commands {
  #entries = new Map();

  get size() {
    return this.#entries.size;
  }

  /** A command, or the same again: from a tab that was given another hub, or from a second press. */
  add(message, owner, now) {
    const entry = this.#entries.get(message.id);
    if (entry === undefined) this.#entries.set(message.id, { message, owner, since: now, free: now, state: "waiting" });
    else Object.assign(entry, { owner, since: now, state: entry.state === "taken" ? "waiting" : entry.state });
  }

  /** What goes over a WebSocket that is open; called again, nothing does that was given before. */
  send() {
    const waiting = [...this.#entries.values()].filter(({ state, isTooLong }) => state === "waiting" && !isTooLong);
    for (const entry of waiting) entry.state = "sent";
    return waiting.map(({ message }) => message);
  }

  /**
   * The WebSocket is gone. What it carried is sent again over the next one, and so is what has been taken: its verdict may have been lost
   * on the way. Gives what must not be sent twice; that is over. `isTooLong`: for a message that was too long for it, so HTTP has to do.
   */
  socketLost(now, { isTooLong = false } = {}) {
    const broken = [];
    for (const entry of this.#entries.values()) {
      if (entry.state !== "sent" && entry.state !== "taken") continue;
      if (isTooLong && entry.state === "sent") Object.assign(entry, { isTooLong, state: "waiting", free: now - limits.socket });
      else if (isOnceOnly(entry.message)) broken.push(this.#take(entry.message.id));
      else Object.assign(entry, { wasTaken: entry.wasTaken || entry.state === "taken", state: "waiting", free: now });
    }
    return broken;
  }

  /** What has waited for a WebSocket long enough. */
  post(now) {
    const due = [...this.#entries.values()].filter((entry) => this.#waits(entry) && now - entry.free >= limits.socket);
    for (const entry of due) entry.state = "posted";
    return due.map(({ message }) => message);
  }

  /** HTTP did not get through either. */
  postFailed(id, now) {
    const entry = this.#entries.get(id);
    if (entry?.state === "posted") Object.assign(entry, { state: "waiting", free: now });
  }

  /** Acknowledged. Gives whose it is. */
  taken(id, { hasVerdict = false } = {}) {
    const entry = this.#entries.get(id);
    if (entry === undefined) return null;
    if (hasVerdict || entry.hasVerdict || !expectsVerdict(entry.message)) return this.#take(id);
    Object.assign(entry, { state: "taken", wasTaken: true });
    return entry;
  }

  /** Its verdict was heard, which may be before the receipt. */
  judged(id) {
    const entry = this.#entries.get(id);
    if (entry?.wasTaken) this.#take(id);
    else if (entry !== undefined) entry.hasVerdict = true;
  }

  /** Refused, or not waited for any more. */
  over(id) {
    return this.#take(id);
  }

  /** What is given up; only those that were not taken are news to anybody. */
  expire(now) {
    const late = [...this.#entries.values()].filter(
      ({ since, state, wasTaken }) => now - since >= (wasTaken || state === "taken" ? limits.verdict : limits.answer));
    return late.map(({ message }) => this.#take(message.id)).filter(({ wasTaken }) => !wasTaken);
  }

  clear() {
    const all = [...this.#entries.values()].filter(({ wasTaken }) => !wasTaken);
    this.#entries.clear();
    return all;
  }

  // Taken already: only its verdict is missing, which HTTP would not bring.
  #waits({ state, wasTaken }) {
    return state === "waiting" && !wasTaken;
  }

  #take(id) {
    const entry = this.#entries.get(id) ?? null;
    this.#entries.delete(id);
    return entry;
  }
}
