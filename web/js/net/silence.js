// Whether a stream that says nothing is quiet or dead: heartbeats tell, once it is known how far apart they are.

const patience = 25_000;
const longest = 600_000;

export class Silence {
  #world;
  #dead;
  #timer = null;
  #lastSign = 0;
  #longestGap = 0;
  #vain = 1;

  /** `dead` is called when a stream has been silent for too long. */
  constructor(world, dead) {
    this.#world = world;
    this.#dead = dead;
  }

  /** Whether somebody who looks now should not trust it; `limit`: after this long at the most. */
  isSuspicious(limit = Infinity) {
    return this.#world.now() - this.#lastSign >= Math.min(limit, this.#patience);
  }

  begin() {
    this.#lastSign = this.#world.now();
    this.#watch();
  }

  /** Something came. */
  sign() {
    const now = this.#world.now();
    this.#longestGap = Math.max(this.#longestGap, now - this.#lastSign);
    this.#lastSign = now;
    this.#vain = 1;
  }

  end() {
    this.#world.never(this.#timer);
  }

  /** The server may be set to heartbeats that are further apart than ours should be: one that came shows it. */
  get #patience() {
    return Math.max(patience, this.#longestGap * 1.6);
  }

  /** Longer each time that nothing but silence followed: a heartbeat has to have its chance. */
  #watch() {
    this.end();
    const limit = Math.min(longest, this.#patience * this.#vain);
    this.#timer = this.#world.later(() => {
      if (this.#world.now() - this.#lastSign < limit) return this.#watch();
      this.#vain *= 2;
      this.#dead();
    }, Math.max(1, this.#lastSign + limit - this.#world.now()));
  }
}
