// How long to wait before the next try: longer each time, and never as long as everybody else (full jitter).

export class Backoff {
  #random;
  #least;
  #most;
  #tries = 0;

  constructor(random, { least = 1000, most = 30_000 } = {}) {
    this.#random = random;
    this.#least = least;
    this.#most = most;
  }

  /** Milliseconds to wait. `atLeast`: what the server asked for; those who were told the same do not come back together either. */
  next(atLeast = 0) {
    this.#tries += 1;
    const ceiling = Math.min(this.#most, this.#least * 2 ** this.#tries);
    const wait = this.#least + this.#random() * (ceiling - this.#least);
    return Math.round(Math.max(wait, atLeast > 0 ? atLeast + this.#random() * this.#least : 0));
  }

  /** It worked: the next failure is a first one. */
  reset() {
    this.#tries = 0;
  }
}
