// One connection to the gateway for all tabs. Tabs speak to it in messages; what they say and hear is listed in docs/browser.md.

import { Line } from "./line.js";
import { reasons } from "./nack.js";
import { Reader } from "./reader.js";
import { Tabs } from "./tabs.js";

export class Hub {
  #ports = new Map(); // key → {post, readers}
  #tabs;
  #line;

  constructor(world) {
    this.#tabs = new Tabs(world, (key) => this.leave(key));
    this.#line = new Line(world, {
      say: (key, message) => this.#ports.get(key)?.post(message),
      sayToAll: (message) => this.#sayToAll(message),
      forgotten: () => this.#forgetReaders(),
    });
  }

  /** A message of the tab `key`; `post(message)` answers it. */
  heard(key, message, post) {
    this.#tabs.heard(key);
    if (message.type === "hello") return this.#hello(key, message, post);
    const port = this.#ports.get(key);
    // Taken for dead, and it was not: it has to say all again.
    if (port === undefined) return message.type === "leave" ? undefined : post({ type: "unknown" });
    switch (message.type) {
      case "follow": return this.#follow(port, message);
      case "unfollow": return this.#unfollow(port, message.sub);
      case "command": return this.#command(key, port, message.command);
      case "drop": return this.#line.wire.drop(message.id);
      case "presence": return this.#line.presences[message.isOn ? "add" : "delete"](message.task, key);
      case "visible": return this.#line.check();
      case "retry": return this.#retry();
      case "leave": return this.leave(key);
      default: return undefined; // pong: that it was said is all.
    }
  }

  /** The tab is gone. With the last one the connections go. */
  leave(key) {
    const port = this.#ports.get(key);
    if (port === undefined) return;
    this.#tabs.delete(key);
    this.#ports.delete(key);
    for (const sub of port.readers.keys()) this.#unfollow(port, sub);
    this.#line.presences.leave(key);
    if (this.#ports.size === 0) this.#line.close();
  }

  close() {
    for (const key of this.#ports.keys()) this.#tabs.delete(key);
    this.#ports.clear();
    this.#line.close();
  }

  #hello(key, { lock, follows, presences, commands }, post) {
    // The same tab may have said hello before: it begins anew.
    const before = this.#ports.get(key);
    for (const sub of before?.readers.keys() ?? []) this.#unfollow(before, sub);
    const port = { post, readers: new Map() };
    this.#ports.set(key, port);
    this.#tabs.add(key, { lock, ping: () => post({ type: "ping" }) });
    post({ type: "welcome", ...this.#line.state });
    this.#retry();
    for (const follow of follows) this.#follow(port, follow);
    for (const task of presences) this.#line.presences.add(task, key);
    for (const command of commands) this.#command(key, port, command);
  }

  #follow(port, { sub, starts }) {
    this.#unfollow(port, sub);
    const readers = starts.map(({ task, ...start }) => new Reader(port.post, sub, task, start));
    port.readers.set(sub, readers);
    if (!this.#line.isLost) for (const reader of readers) this.#line.follows.add(reader);
  }

  #unfollow(port, sub) {
    for (const reader of port.readers.get(sub) ?? []) this.#line.follows.remove(reader);
    port.readers.delete(sub);
  }

  #command(key, port, command) {
    if (this.#line.isLost) port.post({ type: "nack", id: command.id, nack: reasons.signedOut });
    else this.#line.wire.command(command, key);
  }

  /** Somebody wants it now, or has signed in again; then all tabs have to say again what they follow. */
  #retry() {
    const wasLost = this.#line.isLost;
    this.#line.retry();
    if (wasLost) this.#sayToAll({ type: "unknown" });
  }

  #forgetReaders() {
    for (const port of this.#ports.values()) port.readers.clear();
  }

  #sayToAll(message) {
    for (const { post } of this.#ports.values()) post(message);
  }
}
