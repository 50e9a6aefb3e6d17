// Whoever is signed in: shown in the bar, told when the session is about to end, and signed out.

import { timeOfDay } from "./core/format.js";
import { next, notice, rolesText, unknown, wordsOut } from "./core/session-state.js";
import { Trouble } from "./net/ask.js";
import { watchSession } from "./session-watch.js";
import { endSession, whoIsThis } from "./session.js";
import { write } from "./ui/dom.js";

const element = (id) => document.getElementById(id);

/** `signedIn` and `signedOut` are called when that becomes so; `announce` speaks a sentence. */
export function connectSession({ signedIn, signedOut, announce }) {
  let state = unknown;
  const watch = watchSession((event) => (event.type === "lost" ? look() : change(event)));

  function change(event) {
    const before = state;
    state = next(state, event);
    if (state === before) return;
    draw(before);
    if (state.kind === "in") {
      if (!document.hidden) watch.open();
      if (before.kind === "out") signedIn();
    } else if (state.kind === "out" && before.kind !== "out") {
      watch.close();
      signedOut();
    }
  }

  function draw(before) {
    const isIn = state.kind === "in";
    element("who").hidden = !isIn;
    element("signed-out").hidden = isIn;
    if (isIn) {
      write("who-name", state.who.principal);
      write("who-roles", rolesText(state.who.roles));
      element("sign-out").hidden = state.who.credential !== "session";
    } else {
      const words = wordsOut(state);
      write("signed-out-title", words.title);
      write("signed-out-text", words.text);
      announce(`${words.title}. ${words.text}`);
    }
    const said = notice(before, timeOfDay);
    const says = notice(state, timeOfDay);
    element("session").hidden = says === null;
    if (says === null) return;
    write("session-title", says.title);
    write("session-text", says.text);
    element("session-again").hidden = !says.canSignIn;
    if (says.title !== said?.title) announce(`${says.title}. ${says.text}`);
  }

  /** Asks the gateway who this is. That it cannot be reached, the rest of the page says. */
  async function look() {
    try {
      change({ type: "who", who: await whoIsThis() });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      heard(error);
    }
  }

  /** Takes in what a refusal means for the session; whether that is all it means. */
  function heard({ status, detail }) {
    if (status === 401) change({ type: "who", who: null });
    if (status === 403) change({ type: "forbidden", detail });
    return status === 401 || status === 403;
  }

  async function signOut() {
    const button = element("sign-out");
    button.disabled = true;
    // That the stream ends now is no news.
    watch.close();
    try {
      await endSession();
      change({ type: "left" });
      element("sign-in").focus();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (heard(error)) return;
      announce(`You are still signed in. ${error.message}`);
      watch.open();
    } finally {
      button.disabled = false;
    }
  }

  element("sign-out").addEventListener("click", signOut);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) watch.close();
    else look();
  });
  look();
  return { heard, look };
}
