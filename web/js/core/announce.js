// What is said to those who do not see: merged, so that nobody is talked over. Pure; the clock is handed in.
//
// At most one sentence each 5 s. Questions go first, then failures, then how things stand, of which only the newest is worth saying.

const pause = 5000;
const ranks = ["question", "failure", "state"];
const nouns = { question: "question", failure: "failure" };

export class Announcer {
  #say;
  #now;
  #later;
  #free = -Infinity;
  // Ends what is to come.
  /** @type {(() => void) | null} */
  #timer = null;
  // What waits, by kind.
  /** @type {Record<string, string[]>} */
  #waiting = { question: [], failure: [], state: [] };

  /** `say(text)` speaks. `later(handler, milliseconds)` calls once, and gives a function that ends it. */
  constructor({ say, now, later }) {
    this.#say = say;
    this.#now = now;
    this.#later = later;
  }

  add(text, kind = "state") {
    if (typeof text !== "string" || text === "") return;
    const waiting = this.#waiting[kind] ?? this.#waiting.state;
    if (waiting === this.#waiting.state) waiting.length = 0;
    if (!waiting.includes(text)) waiting.push(text);
    if (this.#timer === null) this.#next();
  }

  /** Nothing that waits is worth saying any more: another page was opened. */
  clear() {
    for (const waiting of Object.values(this.#waiting)) waiting.length = 0;
    this.#timer?.();
    this.#timer = null;
  }

  #next() {
    this.#timer = null;
    const kind = ranks.find((one) => this.#waiting[one].length > 0);
    if (kind === undefined) return;
    const wait = this.#free - this.#now();
    if (wait > 0) {
      this.#timer = this.#later(() => this.#next(), wait);
      return;
    }
    this.#free = this.#now() + pause;
    this.#say(merged(this.#waiting[kind].splice(0), kind));
    // What still waits has its turn.
    if (ranks.some((one) => this.#waiting[one].length > 0)) this.#timer = this.#later(() => this.#next(), pause);
  }
}

/** @param {string[]} sentences */
function merged([first, ...rest], kind) {
  if (rest.length === 0) return first;
  return `${first} And ${rest.length} more ${nouns[kind]}${rest.length === 1 ? "" : "s"}.`;
}
