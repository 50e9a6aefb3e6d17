// The button that ends the gateway.

import { confirm } from "./confirm.js";
import { h, say } from "./dom.js";

/** `told(document)`: what the gateway answered; `said(text)`: what came of it. */
export function drainButton(app, { told, said }) {
  const button = h("button", { type: "button", class: "button danger", hidden: true }, "Drain…");
  button.addEventListener("click", async () => {
    const isSure = await confirm({
      title: "Drain this gateway?",
      text: "It tells balancers to send work elsewhere, ends every connection a few seconds later, and then stops. Nothing undoes this: "
        + "it has to be started again. Tasks stay in the journal.",
      yes: "Drain and stop", no: "Keep it running",
    });
    if (!isSure) return;
    button.disabled = true;
    say(button, "Draining…");
    try {
      told(await app.ask("/api/operations:drain", { method: "POST", body: {} }));
      said("The gateway drains, and stops in a few seconds.");
    } catch (trouble) {
      button.disabled = false;
      say(button, "Drain…");
      said(`The gateway was not drained. ${trouble.detail || trouble.message}`);
    }
  });
  return button;
}
