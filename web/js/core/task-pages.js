// The list of tasks page by page, as GET /api/tasks has it, and whether there is more of it. Pure, with the asking given.

/** Of these filters the gateway knows. */
const asked = ["state", "agent", "text"];

export class TaskPages {
  #ask;
  #turn = 0;
  // Where the next page begins; undefined before the first one, null behind the last.
  /** @type {string | null | undefined} */
  #next;
  // All tasks were read, whatever is filtered.
  #hasAll = false;
  isBusy = false;

  /** `ask(path)`: a document, or throws. */
  constructor(ask) {
    this.#ask = ask;
  }

  /** There is no page behind those that were read. */
  get isDone() {
    return this.#hasAll || this.#next === null;
  }

  /** Nothing was read yet. */
  get isNew() {
    return !this.#hasAll && this.#next === undefined;
  }

  /** Other tasks are asked for; `isReset`: also what was read before may be no more. */
  restart(isReset = false) {
    this.#turn += 1;
    this.#next = undefined;
    this.isBusy = false;
    if (isReset) this.#hasAll = false;
  }

  /** The tasks of the next page; none where other tasks are asked for meanwhile. */
  async read(filter) {
    const turn = this.#turn;
    const search = new URLSearchParams({ limit: "100" });
    for (const key of asked) if (filter[key] !== "") search.set(key, filter[key]);
    if (this.#next) search.set("before", this.#next);
    this.isBusy = true;
    try {
      const answer = await this.#ask(`/api/tasks?${search}`);
      if (turn !== this.#turn) return [];
      this.#next = answer.next ?? null;
      if (this.#next === null && asked.every((key) => filter[key] === "")) this.#hasAll = true;
      return answer.tasks;
    } finally {
      if (turn === this.#turn) this.isBusy = false;
    }
  }
}
