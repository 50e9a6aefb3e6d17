// A browser without a browser: its clock is turned by hand, its chance has a seed, its tabs die when they are told to.

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle() {
  for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
}

export class Clock {
  #timers = new Map();
  #ids = 0;
  time = 1_000_000;

  later = (run, delay) => {
    this.#timers.set(++this.#ids, { at: this.time + Math.max(0, delay), run });
    return this.#ids;
  };

  never = (id) => this.#timers.delete(id);

  /** Turns on, from timer to timer, and lets each one's consequences happen at its time. */
  async turn(milliseconds) {
    const end = this.time + milliseconds;
    await settle();
    for (;;) {
      const next = [...this.#timers].filter(([, { at }]) => at <= end).sort(([a, one], [b, other]) => one.at - other.at || a - b)[0];
      if (next === undefined) break;
      const [id, { at, run }] = next;
      this.#timers.delete(id);
      this.time = Math.max(this.time, at);
      run();
      await settle();
    }
    this.time = end;
  }

  /** The computer sleeps: time goes on, and nothing happens. */
  sleep(milliseconds) {
    this.time += milliseconds;
  }

  get waiting() {
    return this.#timers.size;
  }
}

/** Web Locks: first come, first served. */
export class Locks {
  #locks = new Map(); // name → {holder, queue}

  /** As one tab sees them; `drop()` is the tab's death. */
  tab() {
    const held = new Set();
    return {
      request: (name, ...rest) => this.#request(name, rest.length > 1 ? rest[0] : {}, rest.at(-1), held),
      drop: () => held.forEach((end) => end()),
    };
  }

  #request(name, { signal } = {}, run, held) {
    return new Promise((resolve, reject) => {
      const lock = this.#locks.get(name) ?? { isHeld: false, queue: [] };
      this.#locks.set(name, lock);
      let isOver = false;
      const grant = () => {
        lock.isHeld = true;
        let isFree = false;
        const free = () => {
          if (isFree) return;
          isFree = true;
          held.delete(free);
          lock.isHeld = false;
          lock.queue.shift()?.();
        };
        held.add(free);
        Promise.resolve().then(() => (isOver ? undefined : run({ name }))).then(resolve, reject).finally(free);
      };
      const stop = () => {
        isOver = true;
        lock.queue = lock.queue.filter((one) => one !== grant);
        reject(new DOMException("stopped", "AbortError"));
      };
      held.add(() => {
        isOver = true;
        lock.queue = lock.queue.filter((one) => one !== grant);
      });
      signal?.addEventListener("abort", stop);
      if (lock.isHeld) lock.queue.push(grant);
      else grant();
    });
  }
}

/** BroadcastChannel, among the tabs of one browser. */
export class Channels {
  #all = new Set();

  tab() {
    const mine = new Set();
    const all = this.#all;
    let isDead = false;
    class Channel {
      onmessage = null;

      constructor(name) {
        this.name = name;
        all.add(this);
        mine.add(this);
      }

      postMessage(data) {
        const text = JSON.stringify(data);
        if (isDead) return;
        if (!all.has(this)) throw new DOMException("closed", "InvalidStateError");
        for (const other of all) {
          if (other !== this && other.name === this.name) setImmediate(() => all.has(other) && other.onmessage?.({ data: JSON.parse(text) }));
        }
      }

      close() {
        all.delete(this);
      }
    }
    const drop = () => {
      isDead = true;
      mine.forEach((channel) => channel.close());
    };
    return { Channel, drop };
  }
}

/** The window of a tab, as far as it is asked for. */
export class Page extends EventTarget {
  document = Object.assign(new EventTarget(), { visibilityState: "visible" });

  show(isVisible) {
    this.document.visibilityState = isVisible ? "visible" : "hidden";
    this.document.dispatchEvent(new Event("visibilitychange"));
  }
}

/** SharedWorker, whose worker is `serve(scope)`. */
export function sharedWorker(serve) {
  const scope = new EventTarget();
  let isServed = false;
  return class {
    constructor(path, options) {
      this.path = path;
      this.options = options;
      const [near, far] = [{ onmessage: null }, { onmessage: null }];
      let isClosed = false;
      const pass = (to) => (data) => {
        const text = JSON.stringify(data);
        setImmediate(() => isClosed || to.onmessage?.({ data: JSON.parse(text) }));
      };
      near.postMessage = pass(far);
      far.postMessage = pass(near);
      near.close = () => setImmediate(() => setImmediate(() => (isClosed = true)));
      this.port = near;
      this.kill = () => (isClosed = true);
      if (!isServed) serve(scope);
      isServed = true;
      scope.dispatchEvent(Object.assign(new Event("connect"), { ports: [far] }));
    }
  };
}
