// What is said below the bar and stays until it is no longer so, and what is said at the foot for a while.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { sign } from "./lamps.js";

const shown = 6000;

/** {set(name, notice), toast(text)}. `notice`: {tone, title, text, action: {text, run}}, or null when it is over. */
export function Notices(place, announce) {
  const holders = new Map();
  const toasts = h("div", { class: "toasts" });
  document.body.append(toasts);

  function set(name, notice) {
    const stamp = notice === null ? "" : `${notice.title} ${notice.text ?? ""}`;
    const old = holders.get(name);
    if ((old?.stamp ?? "") === stamp) return;
    old?.element.remove();
    holders.delete(name);
    if (notice === null) return;
    const { tone = "warn", title, text, action } = notice;
    const element = h("section", { class: `card notice ${tone}` }, sign(tone === "bad" ? "failed" : "warning"),
      h("div", {}, h("h2", {}, title), text && h("p", { class: "muted" }, text)),
      action && h("button", { class: "button", type: "button", onclick: action.run }, action.text));
    place.append(element);
    holders.set(name, { stamp, element });
    announce(`${title}. ${text ?? ""}`.replaceAll("..", "."), tone === "bad" ? "failure" : "state");
  }

  function toast(text) {
    const close = h("button", { class: "icon", type: "button", "aria-label": "Close" }, icon("close"));
    const element = h("p", { class: "toast" }, text, close);
    let timer;
    const end = () => element.remove();
    const wait = () => (timer = setTimeout(end, shown));
    close.addEventListener("click", end);
    // Who reads or is at the button has the time that it takes.
    for (const type of ["pointerenter", "focusin"]) element.addEventListener(type, () => clearTimeout(timer));
    for (const type of ["pointerleave", "focusout"]) element.addEventListener(type, wait);
    toasts.append(element);
    while (toasts.childElementCount > 3) toasts.firstElementChild.remove();
    announce(text);
    wait();
  }

  return { set, toast };
}
