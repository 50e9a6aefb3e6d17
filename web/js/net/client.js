// What pages use: the same, whether the hub is in a SharedWorker, in this tab or in another one.

import { Notices } from "./notices.js";
import { Orders } from "./orders.js";
import { watchPage } from "./page-watch.js";
import { PresenceHandlers } from "./presence-handlers.js";
import { reachHub } from "./reach.js";
import { Subscription } from "./subscription.js";
import { holdTabLock } from "./tab-lock.js";
import { browserWorld } from "./world.js";

/** Connects this page. `world` and `reach` are for tests. */
export function connect({ world = browserWorld(), reach = reachHub } = {}) {
  return new Client(world, reach);
}

class Client {
  #hub;
  #orders;
  #subscriptions = new Map();
  #presences = new PresenceHandlers((message) => this.#post(message));
  #notices = new Notices();
  #lock = null;
  #principal = null;
  #isReady = false;
  #isClosed = false;
  #count = 0;
  #ends = [];

  constructor(world, reach) {
    this.#orders = new Orders(world, (message) => this.#post(message));
    this.#hub = reach(world, { message: (message) => this.#heard(message), begun: () => this.#hello() });
    const free = holdTabLock(world, (lock) => {
      this.#lock = lock;
      this.#isReady = true;
      this.#hello();
    });
    const [seen, left] = ["visible", "leave"].map((type) => () => this.#post({ type }));
    const unlisten = watchPage(world.page, { seen, left, online: () => this.retry(), back: () => this.#hello() });
    this.#ends = [unlisten, () => this.#hub.close(), free];
  }

  /**
   * Follows a task, several, or "all". `handlers`: onSnapshot and onReset ({cursor, tasks}), onEvent(record), onState({task, state}).
   * `after`: the number of the last record that is known already (0), or "latest" for what happens from now on.
   */
  follow(tasks, handlers, { after = 0 } = {}) {
    const sub = `s${++this.#count}`;
    const subscription = new Subscription(sub, tasks, handlers, after, (message, closed) => {
      if (closed !== null) this.#subscriptions.delete(sub);
      this.#post(message);
    });
    this.#subscriptions.set(sub, subscription);
    this.#post(subscription.request);
    return subscription;
  }

  /** Gives a command. The promise ends with the receipt, or with a Nack. The verdict comes to `onVerdict`. */
  command(message) {
    return this.#orders.give(message);
  }

  /** Each of these is told how it stands, and what comes from now on; it gives a function that ends it. */
  onVerdict(handler) {
    return this.#notices.listen("verdict", handler);
  }

  onQuestion(handler) {
    return this.#notices.listen("question", handler);
  }

  onSession(handler) {
    return this.#notices.listen("session", handler);
  }

  onLink(handler) {
    return this.#notices.listen("link", handler);
  }

  /** `handler({task, watchers})`, at each change. */
  onPresence(task, handler) {
    return this.#presences.add(task, handler);
  }

  /** Not to wait for the next try: somebody pressed "Try now", or has signed in again. */
  retry() {
    this.#post({ type: "retry" });
  }

  close() {
    if (this.#isClosed) return;
    this.#post({ type: "leave" });
    this.#isClosed = true;
    this.#orders.close();
    for (const end of this.#ends) end();
  }

  #hello() {
    if (!this.#isReady || this.#isClosed) return;
    this.#hub.post({
      type: "hello",
      lock: this.#lock,
      follows: [...this.#subscriptions.values()].map(({ request }) => request),
      presences: this.#presences.tasks,
      commands: this.#orders.commands,
    });
  }

  /** Before the hello nothing is said: it says all. */
  #post(message) {
    if (!this.#isReady || this.#isClosed) return false;
    this.#hub.post(message);
    return true;
  }

  #heard(message) {
    if (this.#isClosed) return;
    switch (message.type) {
      case "welcome":
        this.#is(message.principal);
        return this.#notices.welcome(message);
      case "unknown": return this.#hello();
      case "ping": return this.#post({ type: "pong" });
      case "ack":
      case "nack": return this.#orders.heard(message);
      case "verdict": return this.#orders.isNews(message.verdict) ? this.#notices.verdict(message.verdict) : undefined;
      case "question":
      case "question-closed": return this.#notices.question(message);
      case "presence": return this.#presences.heard(message);
      case "session":
        this.#is(message.event.principal ?? null);
        return this.#notices.session(message.event);
      case "link": return this.#notices.link(message.link);
      default: return this.#subscriptions.get(message.sub)?.heard(message);
    }
  }

  /** What was shown is somebody else's: all begins anew. */
  #is(principal) {
    if (principal === null || principal === this.#principal) return;
    const isOther = this.#principal !== null;
    this.#principal = principal;
    if (!isOther) return;
    for (const subscription of this.#subscriptions.values()) subscription.forget();
    this.#hello();
  }
}
