// In place of a page that could not be had.

import { troubleWords } from "../core/trouble-words.js";
import { h, say } from "./dom.js";
import { keepPlace } from "../return-place.js";

/** Fills `root`. `retry()` is called by the button, and by itself when the gateway's time is up. Gives a function that ends that. */
export function troublePage(root, trouble, retry = () => location.reload()) {
  const { title, text, canRetry, canSignIn, waitSeconds } = troubleWords(trouble);
  let left = waitSeconds;
  const wait = h("p", { hidden: left === 0 });
  const tell = () => say(wait, `The page tries again in ${left} s.`);
  const timer = left > 0 && setInterval(() => {
    left -= 1;
    tell();
    if (left <= 0) again();
  }, 1000);
  const end = () => clearInterval(timer || undefined);
  function again() {
    end();
    retry();
  }
  tell();
  root.replaceChildren(h("section", { class: "card trouble" },
    h("h1", { tabindex: -1 }, title), h("p", {}, text), wait,
    h("div", { class: "acts" },
      canSignIn && h("a", { class: "button primary", href: "/sign-in", onclick: () => keepPlace() }, "Sign in"),
      canRetry && h("button", { class: "button primary", type: "button", onclick: again }, "Try again"),
      !canSignIn && h("a", { class: canRetry ? "button" : "button primary", href: "/" }, "All tasks"))));
  return end;
}
