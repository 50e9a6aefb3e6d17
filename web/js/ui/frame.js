// Draws once per frame: one set of what is to be drawn, one request for a frame, and a budget, beyond which the rest has the next frame.
// A hidden page draws nothing; it keeps what is to be drawn.

const budget = 6;

/** In milliseconds `now`; `request(handler)` calls in the next frame; `failed(error)` is told what a drawing threw. */
export class Frame {
  #wanted = new Set();
  #isAsked = false;
  #world;

  constructor({ request = requestAnimationFrame, now = () => performance.now(), isHidden = () => document.hidden, failed }) {
    this.#world = { request, now, isHidden, failed };
  }

  add = (draw) => {
    this.#wanted.add(draw);
    this.#ask();
  };

  /** The page is looked at again. */
  shown() {
    this.#ask();
  }

  #ask() {
    if (this.#isAsked || this.#wanted.size === 0 || this.#world.isHidden()) return;
    this.#isAsked = true;
    const { request } = this.#world;
    request(() => this.#run());
  }

  #run() {
    this.#isAsked = false;
    const end = this.#world.now() + budget;
    // What is asked for by a drawing itself has the next frame.
    for (const draw of [...this.#wanted]) {
      this.#wanted.delete(draw);
      try {
        draw();
      } catch (error) {
        this.#world.failed(error);
      }
      if (this.#world.now() >= end) break;
    }
    this.#ask();
  }
}
