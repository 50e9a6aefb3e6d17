// Rounds make the stream fit what is followed. A round notes the stream's place, asks how the new tasks stand, and opens the stream
// again from that place: what happened after a task was looked at comes by the stream, what happened before is in its history, and numbers
// tell what is in both.

import { Backoff } from "./backoff.js";
import { overview } from "./history.js";

/** In milliseconds: to gather what a page asks for at once, and until the stream is made smaller. */
export const delays = { grow: 10, shrink: 5000 };
const mostNamed = 100;

export class Rounds {
  #world;
  #ask;
  #stream;
  #followed;
  #backoff;
  #timer = null;
  #due = Infinity;
  #turn = 0;
  #isGoing = false;

  /**
   * `followed`: trackers (a Map) and alls (a Set of readers), and what to do with what was found out: stands(tracker, document),
   * begin(reader, message), gone(tracker, status), drop(tracker).
   */
  constructor(world, ask, stream, followed) {
    this.#world = world;
    this.#ask = ask;
    this.#stream = stream;
    this.#followed = followed;
    this.#backoff = new Backoff(world.random);
  }

  plan(delay) {
    const due = this.#world.now() + delay;
    if (due >= this.#due) return;
    this.#due = due;
    this.#world.never(this.#timer);
    this.#timer = this.#world.later(() => {
      this.#due = Infinity;
      this.#go();
    }, delay);
  }

  /** What is under way is void. */
  clear() {
    this.#turn += 1;
    this.#world.never(this.#timer);
    this.#due = Infinity;
  }

  async #go() {
    if (this.#isGoing) return this.plan(delays.grow);
    this.#isGoing = true;
    const turn = this.#turn;
    try {
      await this.#fit(() => turn !== this.#turn);
      this.#backoff.reset();
    } catch (trouble) {
      if (trouble.status === undefined) throw trouble;
      if (turn === this.#turn) this.plan(this.#backoff.next(trouble.retryAfter * 1000));
    } finally {
      this.#isGoing = false;
    }
  }

  async #fit(isVoid) {
    const { trackers, alls } = this.#followed;
    // A hub that has just begun goes on where a tab's last one was.
    let from = this.#stream.after ?? this.#resume();
    if (alls.size === 0) {
      for (const tracker of [...trackers.values()]) if (tracker.readers.size === 0) this.#followed.drop(tracker);
    }
    const look = async (tracker) => {
      const document = await this.#look(tracker);
      if (document === null || isVoid()) return;
      from ??= document.cursor;
      this.#followed.stands(tracker, document);
    };
    const asked = [...trackers.values()].filter(({ readers }) => [...readers].some(({ waits, isDoubted }) => waits || isDoubted));
    // Only the answer that was asked for first has a place that is before all others.
    while (from === null && asked.length > 0 && !isVoid()) await look(asked.shift());
    await Promise.all(asked.map(look));
    if (isVoid()) return;
    const fresh = [...alls].filter(({ waits }) => waits);
    if (fresh.length > 0) {
      for (const reader of fresh) reader.kept = [];
      const document = await overview(this.#ask);
      if (isVoid()) return;
      from ??= document.cursor;
      const isReset = ({ start }) => start.isResumed === true;
      for (const reader of fresh) this.#followed.begin(reader, { type: "snapshot", isReset: isReset(reader), ...document });
    }
    this.#open(from);
  }

  #resume() {
    const resumed = [...this.#followed.alls].filter(({ waits, start }) => waits && start.isResumed && start.cursor);
    if (resumed.length === 0) return null;
    const offset = ({ start }) => Number(start.cursor.split(".").at(-1));
    const [first] = resumed.sort((one, other) => offset(one) - offset(other));
    for (const reader of resumed) this.#followed.begin(reader, null);
    return first.start.cursor;
  }

  async #look(tracker) {
    try {
      return await this.#ask(`/api/tasks/${encodeURIComponent(tracker.task)}`);
    } catch (trouble) {
      if (trouble.status !== 404 && trouble.status !== 403) throw trouble;
      this.#followed.gone(tracker, trouble.status);
      return null;
    }
  }

  #open(from) {
    const { trackers, alls } = this.#followed;
    const tasks = [...trackers.values()].filter(({ readers }) => readers.size > 0).map(({ task }) => task).sort();
    if (tasks.length === 0 && alls.size === 0) return this.#stream.close();
    const isAll = alls.size > 0 || tasks.length > mostNamed;
    const path = isAll ? "/api/stream?all" : `/api/stream?tasks=${tasks.map(encodeURIComponent).join(",")}`;
    if (path !== this.#stream.path) this.#stream.follow(path, from);
  }
}
