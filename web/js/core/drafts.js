// What was typed and not sent yet, kept over a reload: one draft for each question and person. Pure, with the storage given.

const prefix = "signalbox-draft";

export class Drafts {
  #storage;

  /** @param {() => Storage | null} storage may throw, where the browser keeps nothing. */
  constructor(storage) {
    this.#storage = storage;
  }

  /** What this person had typed; null where there is nothing that can be read. */
  load(person, task, question) {
    const values = this.#try((storage) => JSON.parse(storage.getItem(key(person, task, question)) ?? "null"));
    return typeof values === "object" && !Array.isArray(values) ? values ?? null : null;
  }

  save(person, task, question, values) {
    this.#try((storage) => storage.setItem(key(person, task, question), JSON.stringify(values)));
  }

  drop(person, task, question) {
    this.#try((storage) => storage.removeItem(key(person, task, question)));
  }

  /** Without a storage the draft lasts as long as the page. */
  #try(action) {
    try {
      const storage = this.#storage();
      return storage ? action(storage) : null;
    } catch {
      return null;
    }
  }
}

function key(person, task, question) {
  return [prefix, person, task, question].map(encodeURIComponent).join(" ");
}
