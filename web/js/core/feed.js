// Follows one task: its records, and the task that they come to. What it needs of the page is handed in.
//
// After a reset nothing that was told before counts, and the subscription goes on from how the task stands then. So the stored records
// are read again; until they are here, and where some of them are no longer stored, the task's own document says how it stands.

import { notStored } from "./describe.js";
import { nothing, rightsOf } from "./may.js";
import { fold, foldNames, foldSnapshot, newTask } from "./task.js";

const size = 500;
// So many of the newest records are kept, and up to `size` more; who wants older ones reads them again.
const most = 5000;
const waits = [1000, 2000, 4000, 8000, 16000];

export class TaskFeed {
  /** @type {import("../types.js").Task} */
  task;
  // As received. Another array after a reset.
  /** @type {import("../types.js").JournalRecord[]} */
  records = [];
  /** All that is stored was told. */
  isLive = false;
  /** Why there is nothing to follow: 404, 403, …; null while there is. */
  gone = null;
  /** What the one who looks may do with it, as its document said last. */
  rights = nothing;
  #id;
  #ask;
  #later;
  #clock;
  #changed;
  #turn = 0;
  #asks = 0;
  #subscription;

  /**
   * `ask(path)`: a document. `later(handler, milliseconds)`. `clock`: is told the times of records. `changed()`: after everything that is
   * heard.
   */
  constructor(id, { client, ask, later = setTimeout, clock, changed }) {
    this.#id = id;
    this.#ask = ask;
    this.#later = later;
    this.#clock = clock;
    this.#changed = changed;
    this.task = newTask(id);
    this.#subscription = client.follow(id, {
      onSnapshot: ({ tasks }) => this.#stands(tasks),
      onEvent: (record) => this.#heard(record),
      onReset: ({ tasks }) => this.#reset(tasks),
      onState: ({ state, status }) => this.#is(state, status),
    });
  }

  close() {
    this.#turn += 1;
    this.#asks += 1;
    this.#subscription.close();
  }

  /** What one may do with it may have become another thing. */
  async askRights() {
    const asks = ++this.#asks;
    let document = null;
    try {
      document = await this.#ask(`/api/tasks/${encodeURIComponent(this.#id)}`);
    } catch (trouble) {
      // Whoever may not see it may do nothing with it; from a gateway that cannot be asked nothing was heard.
      const { status } = /** @type {import("../net/ask.js").Trouble} */ (trouble);
      if (status !== 403 && status !== 404) return;
    }
    if (asks !== this.#asks) return;
    this.rights = rightsOf(document);
    this.#changed();
  }

  #heard(record) {
    this.#take(record);
    this.#clock?.heardTime?.(this.task.updated);
    this.#changed();
  }

  /** What no record tells; the records follow. */
  #stands(documents) {
    const document = this.#own(documents);
    foldNames(this.task, document);
    this.#knowRights(document);
    this.#changed();
  }

  #is(state, status) {
    if (state === "live") this.isLive = true;
    if (state === "gone") this.gone = status ?? 404;
    this.#changed();
  }

  #reset(documents) {
    const document = this.#own(documents);
    this.task = foldSnapshot(newTask(this.#id), document);
    this.records = [];
    this.#knowRights(document);
    this.#turn += 1;
    if (document) this.#reload(document, this.#turn);
    this.#changed();
  }

  #knowRights(document) {
    if (document === undefined) return;
    this.#asks += 1;
    this.rights = rightsOf(document);
  }

  async #reload(document, turn, tries = 0) {
    const stored = [];
    try {
      for (let after = "earliest", isLast = false; !isLast; ) {
        const page = await this.#ask(`/api/tasks/${encodeURIComponent(this.#id)}/events?after=${encodeURIComponent(after)}&limit=${size}`);
        if (turn !== this.#turn) return;
        stored.push(...page.events.filter(({ seq }) => seq <= document.lastSeq));
        after = page.next;
        isLast = page.complete || page.events.at(-1)?.seq >= document.lastSeq;
      }
    } catch {
      if (turn === this.#turn && tries < waits.length) {
        this.#later(() => turn === this.#turn && this.#reload(document, turn, tries + 1), waits[tries]);
      }
      return;
    }
    this.#rebuild(stored, document);
  }

  /** The stored records, what the document knows beyond them, and what was told since. */
  #rebuild(stored, document) {
    const told = this.records;
    this.task = foldNames(newTask(this.#id), document);
    this.records = [];
    for (const record of stored) this.#take(record);
    if (this.task.lastSeq < document.lastSeq) this.#lack(document.lastSeq);
    if (this.task.gaps.some(({ isLost }) => isLost)) foldSnapshot(this.task, document);
    for (const record of told) this.#take(record);
    this.#changed();
  }

  #take(record) {
    if (record.seq > this.task.lastSeq + 1) this.#lack(record.seq - 1);
    this.records.push(record);
    if (this.records.length > most + size) this.records.splice(0, size);
    fold(this.task, record);
  }

  /** Records up to this one are not stored any more. */
  #lack(through) {
    const from = this.task.lastSeq + 1;
    this.task.gaps.push({ seq: through, at: this.task.updated ?? 0, text: notStored(0, from, through).text, isLost: true });
  }

  #own(documents) {
    return documents?.find(({ id }) => id === this.#id);
  }
}
