// The open questions that this person may see: the whole list when the WebSocket opens, then what becomes of it.

const patience = 5000;

export class Inbox {
  #world;
  #ask;
  #say;
  #open = new Map();
  #closed = new Set(); // Since the list was asked for.
  #turn = 0;

  /** `say` tells all tabs `{type: "question", …}` or `{type: "question-closed", …}`. */
  constructor(world, ask, say) {
    this.#world = world;
    this.#ask = ask;
    this.#say = say;
  }

  get all() {
    return [...this.#open.values()].map(message);
  }

  heard({ type, task, question, how, by }) {
    if (type === "question") {
      this.#closed.delete(key({ task, question: question.question }));
      this.#set({ task, ...question });
    } else {
      this.#closed.add(key({ task, question }));
      this.#delete({ task, question, how, by });
    }
  }

  /** Reads the list anew: what was closed while nobody listened is closed now. */
  async refresh() {
    const turn = ++this.#turn;
    this.#closed.clear();
    try {
      await this.#read(turn);
    } catch (trouble) {
      if (trouble.status === undefined) throw trouble;
      this.#world.later(() => turn === this.#turn && this.refresh(), patience);
    }
  }

  async #read(turn) {
    const listed = new Map();
    let before = "";
    do {
      const page = await this.#ask(`/api/questions?limit=200${before}`);
      if (turn !== this.#turn) return;
      for (const question of page.questions) listed.set(key(question), question);
      before = page.next === undefined ? "" : `&before=${encodeURIComponent(page.next)}`;
    } while (before !== "");
    const known = new Set(this.#open.keys());
    for (const [name, question] of listed) if (!this.#closed.has(name)) this.#set(question);
    for (const name of known) {
      const question = this.#open.get(name);
      // Live news of a question is newer than the list.
      if (!listed.has(name) && question !== undefined && question.heardIn !== turn) this.#delete({ ...question, how: "unknown" });
    }
  }

  clear() {
    this.#turn += 1;
    this.#open.clear();
  }

  #set(question) {
    const name = key(question);
    const before = this.#open.get(name);
    const after = { ...question, heardIn: this.#turn };
    this.#open.set(name, after);
    if (before === undefined || text(before) !== text(after)) this.#say(message(after));
  }

  #delete({ task, question, how, by }) {
    if (!this.#open.delete(key({ task, question }))) return;
    this.#say({ type: "question-closed", task, question, how, ...(by === undefined ? {} : { by }) });
  }
}

const key = ({ task, question }) => `${task}/${question}`;
const bare = ({ heardIn, ...question }) => question;
const text = (question) => JSON.stringify(bare(question));
const message = (question) => ({ type: "question", task: question.task, question: bare(question) });
