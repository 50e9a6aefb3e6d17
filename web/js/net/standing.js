// Who is signed in, as the gateway says it, and what follows from it when that changes.

import { whoIsThis } from "../session.js";
import { Trouble, ask } from "./ask.js";

export class Standing {
  #fetch;
  #on;
  #principal = null;
  #isTold = false;
  isLost = false;

  /** `on`: forget(), for what the last one saw; say(event); changed(), when all tabs have to begin anew; over(). */
  constructor({ fetch }, on) {
    this.#fetch = fetch;
    this.#on = on;
  }

  get principal() {
    return this.isLost ? null : this.#principal;
  }

  /** The document at this path. */
  ask = async (path) => {
    try {
      return await ask(path, { fetch: this.#fetch });
    } catch (trouble) {
      if (trouble.status === 401) this.lose("ended");
      throw trouble;
    }
  };

  /** The token without which a browser session changes nothing; null where none is needed. */
  token = async () => {
    const who = await whoIsThis(this.#fetch);
    if (who === null) {
      this.lose("ended");
      throw new Trouble("Nobody is signed in.", { status: 401 });
    }
    this.is(who.principal);
    return who.csrf ?? null;
  };

  /** Somebody else than before begins with nothing of what that one saw. */
  is(principal) {
    if (principal === this.#principal && this.#isTold) return;
    const isOther = this.#principal !== null && principal !== this.#principal;
    this.#principal = principal;
    this.#isTold = true;
    if (isOther) this.#on.forget();
    this.#on.say({ type: isOther ? "changed" : "in", principal });
    if (isOther) this.#on.changed();
  }

  /** Nobody is signed in any more. */
  lose = (reason) => {
    if (this.isLost) return;
    this.isLost = true;
    this.#isTold = false;
    this.#on.forget();
    this.#on.over();
    this.#on.say({ type: "lost", reason });
  };
}
