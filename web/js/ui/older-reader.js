// Reads records of a task that are not in memory, one page of 500 after the other, whoever asks for them.

import { OlderPages } from "../core/older.js";

export class OlderReader {
  pages = new OlderPages();
  #app;
  #path;
  #came;
  #epoch = null;
  #isReading = false;
  #notBefore = 0;

  /** `came()`: some that were wanted are there, or cannot be had just now. */
  constructor(app, task, came) {
    this.#app = app;
    this.#path = `/api/tasks/${encodeURIComponent(task)}`;
    this.#came = came;
  }

  /** Sees to it that this record comes. One page is read at a time: who still wants another one then asks again. */
  async want(seq) {
    if (this.#isReading || this.pages.isGone(seq) || this.#app.clock.now() < this.#notBefore) return;
    this.#isReading = true;
    try {
      this.pages.keepFor(seq, await this.page(this.pages.placeBefore(seq)));
    } catch {
      this.#notBefore = this.#app.clock.now() + 3000;
      setTimeout(() => this.#came(), 3100);
    }
    this.#isReading = false;
    this.#came();
  }

  /** The page behind this place in the journal; null: the first. */
  async page(offset) {
    let after = "earliest";
    if (offset !== null) {
      this.#epoch ??= (await this.#app.ask(this.#path)).cursor.split(".")[0];
      after = `${this.#epoch}.${offset}`;
    }
    return this.#app.ask(`${this.#path}/events?after=${encodeURIComponent(after)}&limit=500`);
  }

  clear() {
    this.pages.clear();
    this.#epoch = null;
  }
}
