// What people think of a decision: buttons for those who may say it, and what was said. Nothing stands before the server has it.

import { may } from "../core/may.js";
import { refusalText, reviewsOf } from "../core/reviews.js";
import { instant } from "../core/format.js";
import { confirm } from "./dialog.js";
import { h, list, say, set } from "./dom.js";
import { LineWatch, downWords } from "./line-watch.js";

export function Review(app, id) {
  let task = null;
  let records = [];
  let sending = null; // {opinion, why, id}: what was asked for and is not answered yet.
  let failed = null; // The same, with `text`: why it was not taken.
  const said = []; // As the server confirmed it; the record may come later, or not at all once the stream has ended.

  const accept = h("button", { type: "button", class: "button primary", onclick: () => give("accept", null) });
  const disagree = h("button", { type: "button", class: "button", onclick: object });
  const words = h("p", { class: "review-words", role: "status" });
  const people = h("ul", { class: "reviews" });
  const element = h("div", { class: "review" }, people, h("div", { class: "row2" }, accept, disagree), words);

  const line = LineWatch(app, redraw);

  async function object() {
    if (sending !== null || line.isDown) return;
    const given = await confirm({
      title: "Disagree with this decision", action: "Send",
      text: "The decision stays as it is. Your view is kept beside it, with your name.",
      field: { label: "A reason", help: "Up to 500 characters. It is kept with the task.", isRequired: true, maxLength: 500, value: failed?.why },
    });
    // Lines become one: the record takes no control characters.
    if (given !== null) give("disagree", given.value.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").trim());
  }

  async function give(opinion, why) {
    if (sending !== null || line.isDown) return;
    // The same again is the same command: it is not counted twice when an answer got lost.
    const isAgain = failed !== null && failed.opinion === opinion && failed.why === why;
    sending = { opinion, why, id: isAgain ? failed.id : crypto.randomUUID() };
    failed = null;
    redraw();
    try {
      const receipt = await app.ask(`/api/tasks/${encodeURIComponent(id)}:review`,
        { method: "POST", body: { id: sending.id, opinion, ...(why === null ? {} : { why }) } });
      said.push({ by: app.session?.principal ?? "you", opinion, why, at: app.clock.now(), seq: receipt?.seq ?? Infinity });
      app.announce(opinion === "accept" ? "Your acceptance is recorded." : "Your disagreement is recorded.");
    } catch (trouble) {
      failed = { ...sending, text: refusalText(trouble) };
      if (trouble.status === 403) app.doubtRights();
    }
    sending = null;
    redraw();
  }

  function redraw() {
    if (task !== null) draw(task, records);
  }

  function draw(now, all) {
    [task, records] = [now, all];
    const me = app.session?.principal;
    const reviews = reviewsOf(task, records, said);
    const mine = reviews.find(({ by }) => by === me);
    const isAllowed = task.state === "completed" && may(app.rights, "review") && app.isReplay !== true;
    const isBusy = sending !== null;
    show(accept, isAllowed && mine?.opinion !== "accept", sending?.opinion === "accept" ? "Sending…" : "Accept decision", isBusy);
    show(disagree, isAllowed, sending?.opinion === "disagree" ? "Sending…" : mine?.opinion === "disagree" ? "Change the reason…"
      : "Disagree…", isBusy);
    set(accept, "class", mine ? "button" : "button primary");
    const rest = isBusy ? "Sent, and not confirmed yet." : isAllowed && line.isDown ? downWords : "";
    say(words, failed?.text ?? rest);
    set(words, "class", `review-words ${failed ? "bad" : "plain"}`);
    list(people, reviews, ({ by }) => by, () => h("li", {}, h("b"), h("span"), h("q")), drawReview);
    element.hidden = !isAllowed && reviews.length === 0;
  }

  function show(button, isShown, label, isBusy) {
    button.hidden = !isShown;
    say(button, label);
    set(button, "aria-disabled", isBusy || line.isDown ? "true" : null);
  }

  function drawReview(item, { by, opinion, why, at, before }) {
    const [name, what, reason] = item.children;
    set(item, "class", opinion);
    say(name, by === app.session?.principal ? `You (${by})` : by);
    const changed = before.length > 0 ? `, after ${before.map((one) => (one === "accept" ? "accepting" : "disagreeing")).join(" and ")}`
      : "";
    say(what, ` ${opinion === "accept" ? "accepted this" : "disagreed"} on ${instant(at)}${changed}`);
    say(reason, why ?? "");
    reason.hidden = !why;
  }
  return { element, draw, close: line.close };
}
