// What goes wrong in the page itself is said in the page: a part that died without a word looks like one that has nothing to say.

import { h } from "./dom.js";

/** Gives `failed(error)`, which puts a section into `place()`, one for each different error. */
export function trapErrors(place) {
  const told = new Set();
  function failed(error) {
    const text = String(error?.message ?? error ?? "unknown");
    console.error(error);
    if (told.has(text) || told.size >= 3) return;
    told.add(text);
    place().prepend(h("section", { class: "card notice bad", role: "alert" },
      h("div", {}, h("h2", {}, "This part of the page failed"), h("p", {}, text)),
      h("button", { class: "button", type: "button", onclick: () => location.reload() }, "Reload")));
  }
  // Browsers say this of observers that have more to do in the next frame.
  addEventListener("error", ({ error, message }) => /ResizeObserver loop/.test(message) || failed(error ?? message));
  addEventListener("unhandledrejection", ({ reason }) => failed(reason));
  return failed;
}
