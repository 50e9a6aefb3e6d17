// A document that is asked for again and again while somebody looks, with a button to stop that. What was drawn last stays when an
// answer does not come.

import { timeOfDay } from "../core/format.js";
import { h, say } from "./dom.js";

/**
 * `ask()` gives the document; `draw(document)` is called for each, `refused(trouble)` where the first one does not come.
 * `everyMilliseconds` from one to the next. Gives {button, note, again(), close()}: elements for the page's head.
 */
export function polled(app, everyMilliseconds, { ask, draw, refused = (trouble) => {} }) {
  let isAsking = false;
  let isPaused = false;
  let isClosed = false;
  let next = 0;
  let drawn = null;
  const button = h("button", { type: "button", class: "button small quiet", onclick: toggle }, "Pause updates");
  const note = h("p", { class: "polled-note", hidden: true });

  async function again() {
    if (isAsking) return;
    isAsking = true;
    try {
      const document = await ask();
      if (isClosed) return;
      drawn = app.clock.now();
      tell("");
      draw(document);
    } catch (trouble) {
      if (isClosed) return;
      if (drawn === null) refused(trouble);
      else tell(`${trouble.message} What is shown is from ${timeOfDay(new Date(drawn))}.`);
    } finally {
      isAsking = false;
      next = performance.now() + everyMilliseconds;
    }
  }

  function toggle() {
    isPaused = !isPaused;
    say(button, isPaused ? "Resume updates" : "Pause updates");
    tell(isPaused && drawn !== null ? `Paused. What is shown is from ${timeOfDay(new Date(drawn))}.` : "");
    if (!isPaused) again();
  }

  function tell(text) {
    say(note, text);
    note.hidden = text === "";
  }

  // Ticks are a second apart, and not exactly.
  const untick = app.onTick(() => isPaused || performance.now() < next - 300 || again());
  again();
  return {
    button,
    note,
    again,
    close() {
      isClosed = true;
      untick();
    },
  };
}
