// The task as it was at some moment, from its records. Pure.

import { countBy } from "./replay.js";
import { fold, newTask } from "./task.js";

export class Replayed {
  #id;
  #records;
  #names;
  #shown = [];
  task;

  /** `names`: title, agent and owner, which no record tells. */
  constructor(id, records, { title, agent, owner }) {
    this.#id = id;
    this.#records = records;
    this.#names = { title, agent, owner };
    this.#begin();
  }

  #begin() {
    this.task = Object.assign(newTask(this.#id), this.#names);
    this.#shown = [];
  }

  /** The records up to there, as they were received; a new list where some were taken away. */
  get records() {
    return this.#shown;
  }

  /** Goes to this time. Forwards only what is new is folded; backwards all of it is, from the start. */
  goTo(time) {
    const count = countBy(this.#records, time);
    if (count < this.#shown.length) this.#begin();
    for (let index = this.#shown.length; index < count; index += 1) {
      fold(this.task, this.#records[index]);
      this.#shown.push(this.#records[index]);
    }
    return this.task;
  }
}
