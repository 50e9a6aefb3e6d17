// The server's time of day, for countdowns and running clocks: this computer's own clock may be wrong. Pure; that clock is handed in.
//
// Each thing heard bounds how far the two clocks are apart. A record that is here was written before now; an answer's `Date` header, a
// whole second, lies between the moments in which it was asked for and came. The smallest correction within all bounds is taken, which
// is none where the clocks agree.

const tolerance = 2000;

export class Clock {
  #local;
  #low = -Infinity;
  #high = Infinity;

  /** `local()`: this computer's time in milliseconds since 1970. */
  constructor(local = () => Date.now()) {
    this.#local = local;
  }

  /** The server's time in milliseconds since 1970, as far as it is known. */
  now() {
    return this.#local() + this.offset;
  }

  /** What is added to this computer's time. */
  get offset() {
    return Math.max(this.#low, Math.min(this.#high, 0));
  }

  /** An answer's `Date` header, asked for and received at these moments of this computer's. */
  heardDate(header, asked, received) {
    const time = Date.parse(header ?? "");
    if (!Number.isNaN(time)) this.#bound(time - received, time + 1000 - asked);
  }

  /** The time of a record that has just come. */
  heardTime(milliseconds) {
    if (Number.isFinite(milliseconds)) this.#bound(milliseconds - this.#local(), Infinity);
  }

  /** `fetch`, which listens to the answers' dates. */
  listening(fetch) {
    return async (...request) => {
      const asked = this.#local();
      const answer = await fetch(...request);
      this.heardDate(answer.headers.get("date"), asked, this.#local());
      return answer;
    };
  }

  #bound(low, high) {
    // One of the clocks was set: what was heard before says nothing any more.
    if (low > this.#high + tolerance || high < this.#low - tolerance) [this.#low, this.#high] = [low, high];
    else {
      this.#low = Math.max(this.#low, low);
      this.#high = Math.max(this.#low, Math.min(this.#high, high));
    }
  }
}
