// Buttons that copy a text, and say that they have.

import { h, say } from "./dom.js";

/** `text()` gives what is copied. */
export function copyButton(app, label, text, attributes = {}) {
  const button = h("button", { type: "button", class: "button small quiet", ...attributes }, label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      told(app, button, label, "Copied");
    } catch {
      told(app, button, label, "Not copied");
    }
  });
  return button;
}

function told(app, button, label, word) {
  say(button, word);
  app.announce(word);
  setTimeout(() => say(button, label), 1500);
}
