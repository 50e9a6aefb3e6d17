// The decision: what is open before it, and then the advice with the reasons for and against it.

import { confidenceOf, decisionOf, openSteps, readable, verdictOf } from "../core/decision.js";
import { instant, timeOfDay } from "../core/format.js";
import { text, timeOrNull } from "../core/read.js";
import { isOtherWork } from "../core/station-texts.js";
import { ConfidenceBar } from "./confidence-bar.js";
import { detailsOf } from "./decision-details.js";
import { h, say, set } from "./dom.js";
import { jumps } from "./jump.js";
import { sign } from "./lamps.js";
import { reasonsList } from "./reasons.js";
import { Review } from "./review.js";

/** A part: {element, draw(task, records), close?()}. */
export function DecisionCard(app, { id }) {
  let stamp = "";
  const time = h("span", { class: "r muted" });
  const pending = h("p", { class: "pend" }, h("b"), h("span"));
  const shown = h("div", { class: "decided" });
  const review = Review(app, id);
  const notice = h("p", { class: "decision-notice muted" });
  const body = h("div", { class: "dec" }, pending, shown, review.element, notice);
  const element = h("section", { class: "card decision", id: "decision", "aria-labelledby": "decision-title", onclick: jumps },
    h("header", {}, h("h2", { id: "decision-title" }, "Decision"), time), body);

  function draw(task, records) {
    const decision = decisionOf(task);
    // A decision counts when its task is through: until then the agent may say another.
    const isDecided = decision !== null && task.state === "completed";
    pending.hidden = isDecided;
    shown.hidden = notice.hidden = decision === null;
    if (!isDecided) drawPending(task, decision);
    const next = decision === null ? "" : `${task.id} ${task.artifacts.get("decision").seq} ${task.state}`;
    if (next !== stamp) {
      stamp = next;
      if (decision !== null) drawDecision(decision, isDecided);
    }
    review.element.hidden = true;
    if (isDecided) review.draw(task, records);
    // Agents that decide nothing have no such card once they are through, and other work never has one.
    element.hidden = decision === null && (task.state === "completed" || isOtherWork(task));
  }

  function drawPending(task, decision) {
    const [head, rest] = pendingWords(task, decision !== null);
    say(pending.firstChild, head);
    say(pending.lastChild, rest === "" ? "" : ` ${rest}`);
    set(pending, "class", `pend ${task.final ? "ended" : ""}`);
    say(time, "");
  }

  function drawDecision(decision, isDecided) {
    const verdict = verdictOf(decision);
    const at = timeOrNull(decision.timestamp);
    say(time, at === null ? "" : timeOfDay(new Date(at)));
    set(time, "title", at === null ? null : instant(new Date(at)));
    const confidence = confidenceOf(decision);
    shown.replaceChildren(
      h("div", { class: `verdict ${isDecided ? verdict.tone : "plain"}` }, sign(verdict.sign),
        h("div", {}, h("b", {}, verdict.title), h("p", {}, verdict.finding), verdict.action && h("p", { class: "muted" }, verdict.action))),
      ...(confidence === null ? [] : [ConfidenceBar(confidence)]),
      reasonsList(decision),
      ...detailsOf(decision));
    say(notice, readable(text(decision.notice)));
  }
  // Paper cannot be unfolded.
  let unfolded = [];
  const before = () => {
    unfolded = [...element.querySelectorAll("details:not([open])")];
    for (const one of unfolded) one.open = true;
  };
  const after = () => unfolded.splice(0).forEach((one) => (one.open = false));
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return {
    element, draw,
    close() {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      review.close();
    },
  };
}

/** [bold, rest] of a task without a decision that counts. */
function pendingWords(task, hasDecision) {
  const draft = hasDecision ? "What the agent had come to by then is below, and is no result." : "";
  switch (task.state) {
    case "failed": return ["No decision: the task has failed.", draft];
    case "canceled": return ["No decision: the task was cancelled.", draft];
    case "rejected": return ["No decision: the task was refused.", draft];
    case "completed": return ["The task has finished without a decision.", ""];
    default: return ["Not decided yet.", `${openSteps(task)} Nothing here is final until the task has finished.`.trim()];
  }
}
