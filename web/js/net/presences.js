// Who watches which task, for the tabs that want to know.

export class Presences {
  #send;
  #say;
  #tasks = new Map(); // task → {owners, watchers}

  /** `send(message)`: over the WebSocket, if it is open. `say(owner, message)`. */
  constructor(send, say) {
    this.#send = send;
    this.#say = say;
  }

  add(task, owner) {
    const known = this.#tasks.get(task);
    if (known === undefined) {
      this.#tasks.set(task, { owners: new Set([owner]), watchers: null });
      this.#ask(task);
    } else {
      known.owners.add(owner);
      if (known.watchers !== null) this.#say(owner, { type: "presence", task, watchers: known.watchers });
    }
  }

  delete(task, owner) {
    const known = this.#tasks.get(task);
    if (known === undefined || !known.owners.delete(owner) || known.owners.size > 0) return;
    this.#tasks.delete(task);
    this.#send({ type: "unsubscribe", id: `u-${task}`, subscription: name(task) });
  }

  leave(owner) {
    for (const task of [...this.#tasks.keys()]) this.delete(task, owner);
  }

  /** A new socket knows nothing of what was asked on the last. */
  opened() {
    for (const task of this.#tasks.keys()) this.#ask(task);
  }

  heard({ type, task, watchers, principal, joined }) {
    const known = this.#tasks.get(task);
    if (known === undefined) return;
    if (type === "presence") known.watchers = watchers;
    else if (known.watchers === null) return;
    else {
      const others = known.watchers.filter((watcher) => watcher.principal !== principal);
      const before = known.watchers.find((watcher) => watcher.principal === principal);
      known.watchers = joined ? [...others, before ?? { principal }] : others;
    }
    for (const owner of known.owners) this.#say(owner, { type: "presence", task, watchers: known.watchers });
  }

  clear() {
    this.#tasks.clear();
  }

  #ask(task) {
    this.#send({ type: "presence", id: name(task), task });
  }
}

// Ids are printable ASCII of at most 128 characters, and so are ids of tasks.
const name = (task) => `p-${task}`.slice(0, 128);
