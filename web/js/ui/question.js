// The questions of a task: a card for each that is open, and for each that was closed while the page looked or had an answer.

import { Drafts } from "../core/drafts.js";
import { h, list } from "./dom.js";
import { LineWatch } from "./line-watch.js";
import { QuestionCard } from "./question-card.js";

/** A part: {element, draw(task, records), close?()}. */
export function QuestionCards(app) {
  const element = h("div", { class: "questions" });
  const cards = new Map();
  const drafts = new Drafts(() => globalThis.sessionStorage);
  let last = null;
  const redraw = () => last !== null && app.draw(drawLast);
  const line = LineWatch(app, redraw);
  const ends = [
    line.close,
    app.questions.on(redraw),
    app.onTick(redraw),
  ];

  function drawLast() {
    draw(last);
  }

  function draw(task) {
    last = task;
    // What waits goes first; behind it the newest.
    const shown = [...task.questions].sort((one, other) =>
      Number(one.state === "closed") - Number(other.state === "closed") || (one.state === "closed" ? other.seq - one.seq : one.seq - other.seq));
    element.hidden = shown.length === 0;
    list(element, shown, ({ id }) => id, (question) => {
      const card = QuestionCard(app, task.id, question.id, drafts);
      cards.set(question.id, card);
      return card.element;
    }, (_, question) => cards.get(question.id).draw(task, question, line.isDown));
  }

  return {
    element, draw,
    key(key) {
      const open = key === "a" && last?.questions.find(({ state }) => state === "open");
      if (!open) return false;
      cards.get(open.id)?.focus();
      return true;
    },
    close() {
      for (const end of ends) end?.();
      for (const card of cards.values()) card.close();
    },
  };
}
