// The first rows of the list of tasks over a reload, so that there is something to see before the gateway has said how things stand. No more
// than lists have, and nobody else's. Pure, with the storage given.

import { savedRows as key } from "../saved-rows.js";
import { isObject, text } from "./read.js";

const most = 20;

export class SavedTasks {
  #storage;

  /** @param {() => Storage | null} storage may throw, where the browser keeps nothing. */
  constructor(storage) {
    this.#storage = storage;
  }

  /**
   * @param {string} person
   * @param {import("../types.js").Task[]} tasks in the order of the list
   */
  save(person, tasks) {
    this.#try((storage) => storage.setItem(key, JSON.stringify({ person, tasks: tasks.slice(0, most).map(documentOf) })));
  }

  /** Documents as of GET /api/tasks; none where they are of somebody else, or cannot be read. */
  load(person) {
    const saved = this.#try((storage) => JSON.parse(storage.getItem(key) ?? "null"));
    if (!isObject(saved) || saved.person !== person || !Array.isArray(saved.tasks)) return [];
    return saved.tasks.filter((one) => isObject(one) && text(one.id) !== "" && text(one.state) !== "").slice(0, most);
  }

  #try(action) {
    try {
      const storage = this.#storage();
      return storage ? action(storage) : null;
    } catch {
      return null;
    }
  }
}

/** As the gateway would tell it. */
function documentOf({ id, title, agent, owner, state, final, opened, updated, ended, lastSeq, message, facts, place, isPaused }) {
  const { file, ...about } = facts;
  return {
    id, title: title || file || "", agent, owner, state, final, opened: textOf(opened), updated: textOf(ended ?? updated), lastSeq,
    message: message.split("\n", 1)[0].slice(0, 200), facts: about, paused: isPaused, ...(place === null ? {} : { place }),
  };
}

function textOf(milliseconds) {
  return milliseconds === null ? "" : new Date(milliseconds).toISOString();
}
