// Which tabs are there. A tab says when it goes, but not when it crashes: then the lock that it held is free, or, where there
// are no locks, it does not answer any more.

export const silence = { ask: 60_000, dead: 180_000, lastWords: 1000 };

export class Tabs {
  #world;
  #gone;
  #tabs = new Map();
  #timer = null;

  /** `gone(key)` is called for a tab that died. */
  constructor(world, gone) {
    this.#world = world;
    this.#gone = gone;
  }

  /** `lock`: the name of a lock that the tab holds for as long as it lives, or null. */
  add(key, { lock, ping }) {
    this.delete(key);
    const tab = { ping, heard: this.#world.now(), abort: null };
    this.#tabs.set(key, tab);
    if (lock !== null && this.#world.locks !== undefined) {
      tab.abort = new AbortController();
      const options = { signal: tab.abort.signal };
      // What it said last may be on its way still.
      const free = () => void this.#world.later(() => this.#tabs.get(key) === tab && this.#dead(key), silence.lastWords);
      this.#world.locks.request(lock, options, free).catch(() => {});
    } else {
      this.#watch();
    }
  }

  delete(key) {
    this.#tabs.get(key)?.abort?.abort();
    this.#tabs.delete(key);
  }

  heard(key) {
    const tab = this.#tabs.get(key);
    if (tab !== undefined) tab.heard = this.#world.now();
  }

  #watch() {
    if (this.#timer !== null) return;
    this.#timer = this.#world.later(() => {
      this.#timer = null;
      const now = this.#world.now();
      const asked = [...this.#tabs].filter(([, { abort }]) => abort === null);
      for (const [key, tab] of asked) {
        if (now - tab.heard >= silence.dead) this.#dead(key);
        else tab.ping();
      }
      if (asked.length > 0) this.#watch();
    }, silence.ask);
  }

  #dead(key) {
    this.delete(key);
    this.#gone(key);
  }
}
