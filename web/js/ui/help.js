// The keys and what the signs mean: a page, and the same as a dialog.

import { keyList } from "../core/keys.js";
import { areKeysOn, setKeysOn } from "./keys.js";
import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { sign } from "./lamps.js";

const legend = [
  ["queued", "plain", "Queued", "It waits for a place at its agent."],
  ["running", "run", "Running", "The agent works on it."],
  ["waiting", "warn", "Answer needed", "A person has to act before it goes on."],
  ["paused", "plain", "Paused", "Somebody has paused it."],
  ["retrying", "run", "Retrying", "A tool failed and is tried again."],
  ["done", "ok", "Finished", "It is done, and its result is kept."],
  ["failed", "bad", "Failed", "It ended with an error, which is shown."],
  ["stopped", "plain", "Cancelled", "Somebody has ended it."],
  ["denied", "bad", "Refused", "It was not taken, or a tool was not allowed."],
];

/** {keys, signs}: two lists. */
function parts() {
  const keys = h("dl", { class: "keys" }, keyList.map((entry) => h("div", {},
    h("dt", {}, entry.text, entry.where && h("span", { class: "muted" }, ` · ${entry.where}`)),
    h("dd", {}, entry.keys.map((key) => h("kbd", {}, key))))));
  const box = h("input", { type: "checkbox", checked: areKeysOn(), onchange: (event) => setKeysOn(event.target.checked) });
  return {
    keys: [keys, h("label", { class: "check" }, box, "Use these keys. They work outside of inputs only.")],
    signs: h("ul", { class: "legend" }, legend.map(([name, tone, word, text]) =>
      h("li", {}, h("span", { class: `tone-${tone}` }, sign(name)), h("b", {}, word), h("span", {}, text)))),
  };
}

export function helpCards() {
  const { keys, signs } = parts();
  return [
    h("section", { class: "card" }, h("header", {}, h("h2", {}, "Keys")), keys),
    h("section", { class: "card" }, h("header", {}, h("h2", {}, "Signs")), signs),
  ];
}

/** Opens the dialog, unless one is open. */
export function showHelp() {
  if (document.querySelector("dialog[open]")) return;
  const { keys, signs } = parts();
  dialog({ title: "Keys and legend", className: "wide-dialog" }, (close) => [
    ...keys, signs,
    h("div", { class: "acts" }, h("button", { class: "button primary", type: "button", autofocus: true, onclick: () => close() }, "Close")),
  ]);
}
