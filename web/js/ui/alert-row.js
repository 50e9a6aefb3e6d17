// One file on the page of new alerts.

import { badge, canStart, isUnderWay } from "../core/upload-state.js";
import { bytes } from "../core/format.js";
import { h, say, set } from "./dom.js";

/** `{element, draw(taskState, canSend)}`: whether there is an agent, and a line to the gateway. */
export function AlertRow(entry, { start, remove }) {
  const word = h("span", { class: "badge" });
  const text = h("p", { class: "alert-text", id: `alert-${entry.id}` });
  const progress = h("progress", { max: 1, "aria-label": `Sending ${entry.name}` });
  const startButton = h("button", { class: "button small primary", type: "button", onclick: start, "aria-describedby": text.id });
  const removeButton = h("button", { class: "button small", type: "button", onclick: remove }, "Remove", h("span", { class: "hidden" }, ` ${entry.name}`));
  const link = h("a", { class: "button small", hidden: true });
  const label = h("span", {}, "Start");
  startButton.append(label, h("span", { class: "hidden" }, ` ${entry.name}`));
  link.append("Open task", h("span", { class: "hidden" }, ` of ${entry.name}`));
  const size = h("span", { class: "muted" }, bytes(entry.size));
  const element = h("li", { class: "alert" },
    h("div", { class: "alert-name" }, h("b", {}, entry.name), size, word),
    h("div", { class: "alert-acts" }, startButton, link, removeButton), text, progress);

  return {
    element,
    draw(taskState, canSend) {
      const { word: said, tone } = badge(entry, taskState);
      say(word, said);
      set(word, "class", `badge ${tone}`);
      say(text, entry.text);
      set(text, "class", entry.state === "bad" || entry.state === "refused" ? "alert-text wrong" : "alert-text");
      text.hidden = entry.text === "";
      progress.hidden = entry.state !== "sending";
      // All has left, and the gateway has not answered yet: how long that takes nobody knows.
      if (entry.sent < 1) progress.value = entry.sent;
      else progress.removeAttribute("value");
      startButton.hidden = !canStart(entry);
      set(startButton, "disabled", !canSend);
      say(label, entry.state === "refused" ? "Start again" : "Start");
      link.hidden = entry.state !== "started";
      if (entry.task) set(link, "href", `/tasks/${encodeURIComponent(entry.task)}`);
      removeButton.hidden = isUnderWay(entry);
      say(removeButton.firstChild, entry.state === "started" ? "Take off the list" : "Remove");
    },
  };
}
