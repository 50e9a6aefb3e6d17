// For pages of others: tasks that are watched and commanded, over the connection that all tabs share. docs/clients.md has how it is used.

import { isFinal, object, stateOrNull } from "./core/read.js";
import { connect as connectPage } from "./net/client.js";
import { worldFor } from "./net/elsewhere.js";
import { Nack, reasons } from "./net/nack.js";
import { expectsVerdict } from "./net/requests.js";

/** @typedef {import("./types.js").JournalRecord} JournalRecord */
/** @typedef {import("./types.js").TaskStateName} TaskStateName */
/** @typedef {{verdict: string, why?: string, afterMilliseconds?: number, seq?: number}} Verdict */
/** @typedef {{task: string, context?: string, cursor?: string, seq?: number, command?: string, repeated?: boolean}} Receipt */
/**
 * A command that the gateway has. `verdict` is what comes of it; nothing does of a submit or a review, whose `verdict` is null.
 * @typedef {Receipt & {id: string, verdict: Promise<Verdict> | null}} Order
 */
/**
 * @typedef {object} Handlers
 * @property {(record: JournalRecord) => void} [onRecord] Each record once, in order.
 * @property {(state: TaskStateName) => void} [onState] At each change.
 * @property {(reset: {cursor: string, task: any}) => void} [onReset] Forget what you have, and begin with this.
 * @property {() => void} [onLive] All that is stored was told; from here on it comes as it happens.
 * @property {(state: TaskStateName) => void} [onEnd] Once, when all up to the end was told. Reviews and the like may follow.
 * @property {(error: Nack) => void} [onError] It is not there, or not to be seen (`not-found`), or nobody is signed in (`not-signed-in`).
 */

/**
 * Connects this page to the gateway that this module came from, or to another one. That has to list this page's origin in `origins`,
 * unless it is its own.
 * @param {string} [origin] such as "https://localhost:8443"
 */
export function connect(origin = new URL(import.meta.url).origin) {
  if (origin === globalThis.location.origin) return new Client(connectPage());
  if (!/^https?:\/\/[^/?#]+$/.test(origin)) throw new TypeError(`${origin} is no origin. It looks like https://localhost:8443, without a path.`);
  return new Client(connectPage({ world: /** @type {any} */ (worldFor(origin)) }));
}

export class Client {
  #page;
  #verdicts = new Map();
  #watches = new Set();
  #ends;

  /** `page`: what net/client.js gives, for whoever needs all of it. */
  constructor(page) {
    this.page = this.#page = page;
    this.#ends = [
      page.onVerdict(({ id, ...verdict }) => this.#judge(id, verdict)),
      page.onSession((event) => this.#session(event)),
    ];
  }

  /**
   * Watches a task. `after`: the number of the last record that is known already, or "latest" for what happens from now on.
   * @param {string} task
   * @param {Handlers} handlers
   * @param {{after?: number | "latest"}} options
   * @returns {{close(): void, readonly last: number | null}}
   */
  watch(task, handlers, { after = 0 } = {}) {
    const watch = new Watch(handlers, after);
    const subscription = this.#page.follow(task, watch.heard, { after });
    this.#watches.add(watch);
    const close = () => {
      watch.isClosed = true;
      subscription.close();
      this.#watches.delete(watch);
    };
    return { close, get last() { return subscription.last(task); } };
  }

  /**
   * Begins a task. With the same `key` it is begun once, however often it is asked for.
   * @param {{text?: string, message?: any, agent?: string, title?: string, key?: string}} work
   */
  submit(work) {
    return this.#give({ type: "submit", ...work });
  }

  /**
   * Asks the task's agent to stop: `stopped`, `refused`, `ignored`, `too-late` or `undelivered`.
   * @param {string} task
   * @param {{why?: string}} options
   */
  cancel(task, { why = undefined } = {}) {
    return this.#give({ type: "cancel", task, why });
  }

  /**
   * Asks the task's agent to wait.
   * @param {string} task
   * @param {{why?: string}} options
   */
  pause(task, { why = undefined } = {}) {
    return this.#give({ type: "pause", task, why });
  }

  /**
   * Asks the task's agent to go on.
   * @param {string} task
   */
  resume(task) {
    return this.#give({ type: "resume", task });
  }

  /**
   * Says something to the task's agent.
   * @param {string} task
   * @param {string} text
   */
  say(task, text) {
    return this.#give({ type: "say", task, text });
  }

  /**
   * Answers a question. What does not fit is refused with `bad-answer` and its `violations`; whoever is second with `answered`.
   * @param {string} task
   * @param {string} question
   * @param {{values?: Record<string, any>, text?: string, decline?: true}} answer
   */
  answer(task, question, answer) {
    return this.#give({ type: "answer", task, question, ...answer });
  }

  /**
   * Says what one thinks of what a completed task has come to. Whoever disagrees says why; the last word of each person counts.
   * @param {string} task
   * @param {"accept" | "disagree"} opinion
   * @param {{why?: string}} options
   */
  review(task, opinion, { why = undefined } = {}) {
    return this.#give({ type: "review", task, opinion, why });
  }

  /**
   * Each open question, and each that is closed, of all tasks that this person may see. Gives a function that ends it.
   * @param {(news: any) => void} handler
   */
  onQuestion(handler) {
    return this.#page.onQuestion(handler);
  }

  /**
   * How the two lines are: {stream, socket}, each {kind, …}. Gives a function that ends it.
   * @param {(link: any) => void} handler
   */
  onLink(handler) {
    return this.#page.onLink(handler);
  }

  /** Not to wait for the next try. */
  retry() {
    this.#page.retry();
  }

  /** Ends all of it. No task is cancelled by that. */
  close() {
    for (const end of this.#ends) end();
    this.#page.close();
    for (const { reject } of this.#verdicts.values()) reject(new Nack(reasons.closed));
    this.#verdicts.clear();
  }

  /** @returns {Promise<Order>} */
  async #give(command) {
    const id = crypto.randomUUID();
    // It waits before the answer comes: the verdict may be there first.
    const verdict = expectsVerdict(command) ? new Promise((resolve, reject) => this.#verdicts.set(id, { resolve, reject })) : null;
    verdict?.catch(() => {}); // Whoever does not ask for it does not hear of it.
    const said = Object.fromEntries(Object.entries({ ...command, id }).filter(([, value]) => value !== undefined));
    try {
      return { ...(await this.#page.command(said)), id, verdict };
    } catch (nack) {
      this.#verdicts.delete(id);
      throw nack;
    }
  }

  #judge(id, verdict) {
    this.#verdicts.get(id)?.resolve(verdict);
    this.#verdicts.delete(id);
  }

  #session({ type }) {
    if (type !== "lost") return;
    for (const watch of this.#watches) watch.fail(reasons.signedOut);
  }
}

const gone = { code: "not-found", message: "There is no such task, or you may not see it. Check its id, and as whom you are signed in." };

/** What one handler of a page has been told of a task. */
class Watch {
  isClosed = false;
  #handlers;
  #after;
  #state = null;
  #end = null; // {state, seq}, once it is known that there is one.
  #isEnded = false;

  /** @param {Handlers} handlers @param {number | "latest"} after */
  constructor(handlers, after) {
    this.#handlers = handlers;
    this.#after = after;
  }

  heard = {
    onSnapshot: ({ tasks: [task] }) => this.#picture(task, this.#after === "latest" ? task.lastSeq : this.#after),
    onReset: ({ cursor, tasks: [task] }) => {
      this.#isEnded = false;
      this.#end = null;
      this.#tell("onReset", { cursor, task });
      this.#picture(task, task.lastSeq);
    },
    onEvent: (record) => this.#record(record),
    onState: ({ state }) => {
      if (state === "gone") this.fail(gone);
      else this.#tell("onLive", undefined);
    },
  };

  fail(reason) {
    this.#tell("onError", new Nack(reason));
  }

  /** How it stands: `told` is the number of the last record that is in what the page has. */
  #picture(task, told) {
    if (!isFinal(task.state)) return told < task.lastSeq ? undefined : this.#change(task.state);
    this.#end = { state: task.state, seq: task.lastSeq };
    if (told >= task.lastSeq) this.#finish();
  }

  #record(record) {
    this.#tell("onRecord", record);
    const { statusUpdate, task } = object(record.data);
    const state = record.kind === "event" ? stateOrNull(object(object(statusUpdate ?? task).status).state) : null;
    if (state !== null && !this.#isEnded) {
      this.#change(state);
      if (isFinal(state)) this.#end ??= { state, seq: record.seq };
    }
    if (this.#end !== null && record.seq >= this.#end.seq) this.#finish();
  }

  #change(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#tell("onState", state);
  }

  #finish() {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#change(this.#end.state);
    this.#tell("onEnd", this.#end.state);
  }

  #tell(name, value) {
    if (!this.isClosed) this.#handlers[name]?.(value);
  }
}
