// The bar: where one is, whether an answer is wanted, how the connection stands, and who is signed in.

import { may } from "../core/may.js";
import { rolesText } from "../core/session-state.js";
import { timeOfDay } from "../core/format.js";
import { connectThemeButton } from "../theme.js";
import { Drop } from "./drop.js";
import { h, say, set } from "./dom.js";
import { icon } from "./icons.js";

const places = [["/", "Tasks"], ["/new", "New alert"], ["/agents", "Agents"], ["/ops", "Operations"]];

/** Fills the bar that is in the page. `on`: retry(), signOut(), help(). Gives {here(path), asks(count), link(view), who(session)}. */
export function Bar(on) {
  const nav = document.getElementById("nav");
  const asks = h("span", { class: "asks", hidden: true });
  nav.querySelector("a").append(asks);
  let path = "/";
  let count = 0;
  let view = null;
  let session = null;

  const lamp = h("span", { class: "lamp", "aria-hidden": "true" });
  const state = h("span");
  const more = h("span", { class: "muted num more" });
  const pill = h("button", { class: "pill", type: "button" }, h("span", { class: "hidden" }, "Connection: "), lamp, state, more);
  const detail = h("p");
  const events = h("p", { class: "muted" });
  const retry = h("button", { class: "button", type: "button", onclick: on.retry }, "Try now");
  const pillDrop = Drop(pill, (sheet) => sheet.append(detail, events, retry));

  const name = h("b");
  const person = h("button", { class: "icon", type: "button", "aria-label": "Signed in", hidden: true }, icon("person"));
  const roles = h("p", { class: "muted" });
  const until = h("p", { class: "muted" });
  const signOut = h("button", { class: "button", type: "button" }, "Sign out");
  signOut.addEventListener("click", async () => {
    signOut.disabled = true;
    await on.signOut();
    signOut.disabled = false;
  });
  const personDrop = Drop(person, (sheet) => sheet.append(h("p", {}, name), roles, until, signOut));

  const help = h("button", { class: "icon key-help", type: "button", "aria-label": "Keys and legend", title: "Keys and legend",
    onclick: on.help }, icon("keyboard"));
  const themeText = h("span", { class: "hidden" });
  const theme = h("button", { class: "icon", type: "button", id: "theme" }, icon("theme"), themeText);
  connectThemeButton(theme, themeText);
  const menu = h("button", { class: "icon", type: "button", "aria-label": "Menu" }, icon("menu"));
  const menuDrop = Drop(menu, (sheet) => sheet.replaceChildren(h("nav", { "aria-label": "Pages" },
    ...[...places, ["/help", "Keys and legend"]].filter(([to]) => mayGo(to)).map(([to, text]) => h("a", { href: to, "aria-current": isHere(to) && "page" }, text,
      to === "/" && count > 0 && h("span", { class: "asks" }, `${count} to answer`))))), "small-menu");
  document.getElementById("bar-end").replaceChildren(pillDrop.element, help, theme, personDrop.element, menuDrop.element);

  const mayGo = (to) => to !== "/new" || session === null || may(session, "submit");
  const isHere = (to) => (to === "/" ? path === "/" || path.startsWith("/tasks") : path === to || path.startsWith(`${to}/`));

  return {
    theme,
    here(now) {
      path = now;
      for (const link of nav.children) set(link, "aria-current", isHere(link.getAttribute("href")) ? "page" : null);
    },
    asks(now) {
      count = now;
      asks.hidden = now === 0;
      if (now > 0) asks.replaceChildren(String(now), h("span", { class: "hidden" }, now === 1 ? " needs an answer" : " need an answer"));
    },
    link(now) {
      view = now;
      set(pill, "data-lamp", view.lamp);
      say(state, view.text);
      say(more, view.more);
      say(detail, view.detail);
      say(events, view.more === "" ? "" : `Last number of this task: ${view.more}.`);
      retry.hidden = !view.canRetry;
    },
    who(now) {
      session = now;
      for (const link of nav.children) set(link, "hidden", !mayGo(link.getAttribute("href")));
      person.hidden = session === null;
      if (session === null) return personDrop.close();
      set(person, "aria-label", `Signed in as ${session.principal}`);
      set(person, "title", session.principal);
      say(name, session.principal);
      const words = rolesText(session.roles ?? []);
      say(roles, words && words[0].toUpperCase() + words.slice(1));
      say(until, session.expires ? `Signed in until ${timeOfDay(new Date(session.expires))}` : "");
      signOut.hidden = session.credential !== "session";
    },
  };
}
