// Who is signed in, for as long as the page is open: kept in `app.session`, and shown in the bar; a page of its own when nobody is.

import { notice as noticeOf, wordsOut } from "../core/session-state.js";
import { timeOfDay } from "../core/format.js";
import { Trouble } from "../net/ask.js";
import { endSession, whoIsThis } from "../session.js";
import { keepPlace } from "../return-place.js";
import { forgetRows } from "../saved-rows.js";
import { h } from "./dom.js";

/** `on`: in(session), other(session) when it is somebody else, out() → the element for the page that says so. */
export function watchSession(app, { bar, notices, on }) {
  let isOut = false;
  let hasBeenIn = false;
  let ends = null;

  async function look() {
    try {
      const who = await whoIsThis();
      if (who === null) return lost(hasBeenIn ? "ended" : "none");
      const before = app.session;
      const other = before !== null && before.principal !== who.principal;
      app.session = who;
      hasBeenIn = true;
      if (isOut) return location.reload(); // All of it begins anew: simple, and nothing of before is left.
      bar.who(who);
      if (other) on.other(who);
      else on.in(who);
      if (before !== null && !other && `${before.may}` !== `${who.may}`) app.doubtRights();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.status === 403) lost("forbidden", error.detail);
      else on.in(null); // The gateway cannot be reached: the pill says so, and the page says what it has.
    }
  }

  function lost(reason, detail = "") {
    if (isOut) return;
    isOut = true;
    app.session = null;
    forgetRows();
    bar.who(null);
    notices.set("session", null);
    if (reason !== "left" && reason !== "none") keepPlace();
    if (reason === "none" && location.pathname !== "/") keepPlace();
    const { title, text } = wordsOut({ reason: reason in known ? reason : "ended", detail });
    on.out().replaceChildren(h("section", { class: "card trouble" },
      h("h1", { tabindex: -1 }, title), h("p", {}, text),
      reason !== "left" && h("p", {}, "After signing in you come back to this page."),
      h("div", { class: "acts" }, h("a", { class: "button primary", href: "/sign-in" }, reason === "none" ? "Sign in" : "Sign in again"))));
    document.title = `${title} · Signalbox`;
    app.announce(`${title}. ${text}`, "failure");
  }

  function tell() {
    const says = noticeOf({ kind: "in", ends, crowd: null }, timeOfDay);
    notices.set("session", says && { title: says.title, text: says.text, action: { text: "Sign in again", run: again } });
  }

  function again() {
    keepPlace();
    location.assign("/sign-in");
  }

  app.client.onSession((event) => {
    if (event.type === "lost") return lost(event.reason);
    if (event.type === "expiring") ends = new Date(event.at);
    if (event.type === "refreshed") ends = null;
    if (["expiring", "refreshed"].includes(event.type)) return tell();
    if (event.type === "crowded") return;
    if (event.type === "rights") return app.doubtRights();
    if (app.session?.principal !== event.principal) look();
  });
  app.onRights(look);
  // Somebody may have signed in, or out, in another tab meanwhile.
  document.addEventListener("visibilitychange", () => document.hidden || look());
  addEventListener("pageshow", ({ persisted }) => persisted && look());

  return {
    look,
    async signOut() {
      try {
        await endSession();
        lost("left");
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        notices.toast(`You are still signed in. ${error.message}`);
      }
    },
  };
}

const known = { none: 1, left: 1, ended: 1, expired: 1, revoked: 1, forbidden: 1 };
