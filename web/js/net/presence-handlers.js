// Who in this page wants to know who watches which task.

export class PresenceHandlers {
  #post;
  #tasks = new Map();

  constructor(post) {
    this.#post = post;
  }

  get tasks() {
    return [...this.#tasks.keys()];
  }

  /** Gives a function that ends it. */
  add(task, handler) {
    const handlers = this.#tasks.get(task) ?? new Set();
    this.#tasks.set(task, handlers.add(handler));
    // The hub says at once who is there, to this one too.
    this.#post({ type: "presence", task, isOn: true });
    return () => {
      if (!handlers.delete(handler) || handlers.size > 0) return;
      this.#tasks.delete(task);
      this.#post({ type: "presence", task, isOn: false });
    };
  }

  heard({ task, watchers }) {
    for (const handler of this.#tasks.get(task) ?? []) handler({ task, watchers });
  }
}
