// One question: its head with the time that is left, what is asked and why, the form, and what became of the answer.

import { modelOf, read } from "../core/form.js";
import { may } from "../core/may.js";
import { deadlineWarning, expiryText, fuse, questionState, undeliveredText } from "../core/question-state.js";
import { instant, left } from "../core/format.js";
import { h, say, set, svg } from "./dom.js";
import { AnswerSender } from "./answer-sender.js";
import { QuestionClaim } from "./question-claim.js";
import { QuestionForm } from "./question-form.js";

export function QuestionCard(app, task, id, drafts) {
  const name = `question-${id}`.replace(/[^\w-]/g, "_");
  const title = h("h2", { id: `${name}-title`, tabindex: "-1" });
  const timer = h("span", { class: "left", "aria-hidden": "true" });
  const bar = svg("rect", { x: 0, y: 0, width: "100%", height: 4 });
  const fuseElement = h("div", { class: "fuse", "aria-hidden": "true" }, svg("svg", {}, bar));
  const prompt = h("p", { class: "q" });
  const why = h("p", { class: "why" });
  const fields = h("div", { class: "place-of-fields" });
  const state = h("p", { class: "state", id: `${name}-state` });
  const sendButton = h("button", { class: "button primary", type: "submit" }, h("span", {}, "Send answer"), h("kbd", { "aria-hidden": "true" }, "Ctrl ↵"));
  const declineButton = h("button", { class: "button quiet", type: "button", onclick: () => send(true) }, "I cannot answer");
  const buttons = h("div", { class: "send" }, sendButton, declineButton);
  const expiry = h("p", { class: "hint expiry" });
  const form = h("form", { novalidate: true, onsubmit: submit, onkeydown: hotkey }, h("div", {}, prompt, why), fields, state, buttons, expiry);
  const element = h("section", { class: "card ask", "aria-labelledby": title.id }, h("header", {}, sign(), title, timer), fuseElement, form);

  const claim = QuestionClaim(app, task, id, element);
  const sender = AnswerSender(app, task, id, changed);
  let question = null;
  let isDown = false;
  let folded = null;
  let controls = null;
  let model = [];
  let signature = "";
  let draftOf = null; // Whose draft is in the form.
  let touched = false;
  let before = null;

  function changed() {
    if (question !== null) app.draw(redraw);
  }

  function redraw() {
    draw(folded, question, isDown);
  }

  function draw(wholeTask, now, isDownNow) {
    [folded, question, isDown] = [wholeTask, now, isDownNow];
    const me = app.session?.principal ?? null;
    build(me);
    sender.heard(wholeTask.commands);
    const shown = questionState({
      question, me, now: app.clock.now(), attempt: app.isReplay ? null : sender.attempt, undelivered: undeliveredText(wholeTask, question),
      mayAnswer: may(app.rights, "answer"), isDown,
    });
    set(element, "data-kind", shown.kind);
    set(element, "data-tone", shown.tone);
    say(title, shown.title);
    say(prompt, question.form?.prompt || question.text);
    drawWhy();
    drawTime(shown);
    say(state, shown.text);
    set(state, "role", shown.kind === "refused" || shown.kind === "again" ? "alert" : null);
    state.hidden = shown.text === "";
    const isOpen = question.state === "open";
    const isShown = isOpen && shown.kind !== "watching" && shown.kind !== "sent";
    fields.hidden = !isShown;
    buttons.hidden = !isShown;
    // A disabled control would lose the focus, so the buttons are only marked; fields are locked while the answer is on its way.
    set(sendButton, "aria-disabled", shown.canSend ? null : "true");
    set(declineButton, "aria-disabled", shown.canSend ? null : "true");
    set(sendButton, "aria-describedby", shown.text ? state.id : null);
    declineButton.hidden = !question.form?.allow.includes("decline");
    say(sendButton.firstChild, question.kind === "auth" ? "Tell the agent" : "Send answer");
    controls?.lock(!shown.canType);
    say(expiry, isOpen ? expiryText(question) : "");
    expiry.hidden = expiry.textContent === "";
    if (!isOpen) finish(me);
    else claim.renew(question, me);
  }

  function drawWhy() {
    const agent = folded.calls.find((call) => call.question === id)?.agent ?? folded.agent;
    const reason = question.kind === "auth"
      ? "It is given somewhere else. Tell the agent when it was." : question.form?.why ?? "";
    const text = `${reason}${reason && agent ? " " : ""}`;
    if (why.dataset.text === `${text}|${agent}`) return;
    why.dataset.text = `${text}|${agent}`;
    why.replaceChildren(text, ...(agent ? ["Asked by ", h("b", {}, agent), "."] : []));
  }

  function drawTime(shown) {
    const now = app.clock.now();
    const isOpen = question.state === "open";
    const part = isOpen ? fuse(question, now) : null;
    fuseElement.hidden = part === null;
    if (part !== null) set(bar, "width", `${(part * 100).toFixed(2)}%`);
    say(timer, isOpen && question.deadline !== null ? left(question.deadline - now) : "");
    set(timer, "title", question.deadline === null ? null : `Until ${instant(question.deadline)}`);
    const warning = isOpen && shown.canType ? deadlineWarning(question.deadline, before, now) : null;
    if (warning && !app.isReplay) app.announce(`${warning}: ${question.form?.prompt || question.text}`, "question");
    before = now;
  }

  /** Only another form is built anew; what was typed under the same names goes with it. */
  function build(me) {
    const wanted = JSON.stringify(question.form?.fields ?? null);
    if (controls === null || wanted !== signature) {
      const kept = controls?.typed() ?? null;
      signature = wanted;
      model = modelOf(question.form?.fields?.length ? question.form.fields : [freeText(question)]);
      controls = QuestionForm(model, name, typing);
      if (kept) controls.fill(kept);
      fields.replaceChildren(controls.element);
    }
    if (me === null || draftOf === me || question.state !== "open") return;
    draftOf = me;
    const draft = touched ? null : drafts.load(me, task, id);
    if (draft) controls.fill(draft);
  }

  function typing() {
    touched = true;
    claim.begin();
    keep();
    if (element.querySelector("[aria-invalid], .wrong:not([hidden])")) controls.show(read(model, controls.typed(), controls.unfinished()).errors);
  }

  function keep() {
    if (draftOf !== null) drafts.save(draftOf, task, id, controls.typed());
  }

  function finish(me) {
    claim.forget();
    if (me !== null && question.by === me && question.how === "answered") drafts.drop(me, task, id);
  }

  function submit(event) {
    event.preventDefault();
    send(false);
  }

  function hotkey(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send(false);
  }

  async function send(isDeclined) {
    if (sendButton.getAttribute("aria-disabled") === "true" || question?.state !== "open" || app.isReplay) return;
    keep();
    /** @type {any} */
    let content = { decline: true };
    if (!isDeclined) {
      const { values, errors } = read(model, controls.typed(), controls.unfinished());
      const first = controls.show(errors);
      if (first !== null) return controls.focus(first);
      content = question.form?.fields?.length ? { values } : { text: values[freeName] };
    }
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const nack = await sender.send(content);
    // What is locked or hidden loses the focus. Whoever has gone elsewhere meanwhile stays there.
    const isHere = document.activeElement === document.body || element.contains(document.activeElement);
    if (nack === null) {
      if (isHere) title.focus();
      return;
    }
    controls.lock(false);
    const errors = Object.fromEntries((nack.violations ?? []).map(({ field, description }) => [field, `Not accepted: this ${description}.`]));
    const first = controls.show(errors);
    if (!isHere) return;
    if (first !== null) controls.focus(first);
    else focused.focus();
  }

  return {
    element, draw,
    focus() {
      element.scrollIntoView({ block: "nearest" });
      controls?.focus();
    },
    close() {
      claim.close();
    },
  };
}

const freeName = "text";

function freeText({ kind }) {
  return { name: freeName, label: kind === "auth" ? "Message to the agent" : "Your answer", type: "longtext", required: true };
}

function sign() {
  return svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" },
    svg("path", { d: "M9 1.8l7.6 13.4H1.4z", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linejoin": "round" }),
    svg("path", { d: "M9 7v3.6", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round" }),
    svg("circle", { cx: 9, cy: 12.8, r: 1, fill: "currentColor" }));
}
