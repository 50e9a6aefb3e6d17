// The button that ends the gateway.

import { confirm } from "./dialog.js";
import { h, say, set } from "./dom.js";
import { LineWatch, downWords } from "./line-watch.js";

/** `{element, close()}`. `told(document)`: what the gateway answered; `said(text)`: what came of it. */
export function drainButton(app, { told, said }) {
  const button = h("button", { type: "button", class: "button danger", hidden: true }, "Drain…");
  let isAsked = false;
  const line = LineWatch(app, () => {
    // The one that answers now is another one, or has never heard of it.
    if (!line.isDown) isAsked = false;
    draw();
  });

  function draw() {
    say(button, isAsked ? "Draining…" : "Drain…");
    set(button, "aria-disabled", isAsked || line.isDown ? "true" : null);
    set(button, "title", line.isDown ? downWords : null);
  }

  button.addEventListener("click", async () => {
    if (isAsked) return;
    if (line.isDown) return said(downWords);
    const given = await confirm({
      title: "Drain this gateway?",
      text: "It tells balancers to send work elsewhere, ends every connection a few seconds later, and then stops. Nothing undoes this: "
        + "it has to be started again. Tasks stay in the journal.",
      action: "Drain and stop", keep: "Keep it running", danger: true,
    });
    if (given === null) return;
    isAsked = true;
    draw();
    try {
      told(await app.ask("/api/operations:drain", { method: "POST", body: {} }));
      said("The gateway drains, and stops in a few seconds.");
    } catch (trouble) {
      isAsked = false;
      draw();
      said(`The gateway was not drained. ${trouble.detail || trouble.message}`);
    }
  });
  draw();
  return { element: button, close: line.close };
}
