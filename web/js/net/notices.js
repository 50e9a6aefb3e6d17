// What a page is told beside its tasks: verdicts, questions, its session, the link. Whoever asks late is told how it stands.

export class Notices {
  #handlers = { verdict: new Set(), question: new Set(), session: new Set(), link: new Set() };
  #questions = new Map();
  #link = null;
  #who = null;

  /** Gives a function that ends it. */
  listen(kind, handler) {
    for (const value of this.#standing(kind)) handler(value);
    this.#handlers[kind].add(handler);
    return () => this.#handlers[kind].delete(handler);
  }

  verdict(verdict) {
    this.#tell("verdict", verdict);
  }

  /** All of a hub that is new to this tab. */
  welcome({ principal, link, questions }) {
    const isNew = principal !== null && this.#who?.principal !== principal;
    if (isNew) this.session({ type: this.#who?.principal === undefined ? "in" : "changed", principal });
    this.link(link);
    for (const question of questions) this.question(question);
  }

  question(message) {
    const isOpen = message.type === "question";
    const key = `${message.task}/${isOpen ? message.question.question : message.question}`;
    if (isOpen && JSON.stringify(this.#questions.get(key)) === JSON.stringify(message)) return;
    if (isOpen) this.#questions.set(key, message);
    else if (!this.#questions.delete(key)) return;
    this.#tell("question", message);
  }

  session(event) {
    if (["in", "changed", "lost"].includes(event.type)) {
      this.#who = event;
      if (event.type !== "in") this.#questions.clear();
    }
    this.#tell("session", event);
  }

  link(link) {
    this.#link = link;
    this.#tell("link", link);
  }

  #standing(kind) {
    if (kind === "question") return [...this.#questions.values()];
    return [{ session: this.#who, link: this.#link }[kind] ?? []].flat();
  }

  #tell(kind, value) {
    for (const handler of this.#handlers[kind]) handler(value);
  }
}
