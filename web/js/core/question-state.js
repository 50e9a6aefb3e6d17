// In which state the card of a question is, and what it says. Pure.
//
// What the gateway has said goes first. What this page has asked for is shown as asked for, until a record says what came of it.

import { ago, time } from "./format.js";
import { answerText } from "./form.js";

/**
 * `question`: of the folded task. `attempt`: null, or this page's last answer: {state: "sending" | "taken" | "refused", seq, message}.
 * `undelivered`: why the last answer did not count, for a question that was opened again. `mayAnswer`: as the gateway said it last.
 * Gives {kind, tone, title, text, canSend, canType}.
 * @param {any} how
 */
export function questionState({ question, attempt = null, undelivered = null, me = null, mayAnswer = true, isDown = false, now }) {
  if (question.state === "closed") return closed(question, me, now);
  const open = { kind: "open", tone: "warn", title: "Your answer is needed", text: "", canSend: true, canType: true };
  if (!mayAnswer) {
    return {
      ...open, kind: "watching", title: "An answer is needed", canSend: false, canType: false,
      text: "Only somebody who may answer questions of this task can answer it. You can watch.",
    };
  }
  if (attempt?.state === "sending") {
    return { ...open, kind: "sending", title: "Sending your answer", canSend: false, canType: false, text: "Sending…" };
  }
  if (attempt?.state === "taken") {
    return { ...open, kind: "sent", tone: "plain", title: "Answer sent", canSend: false, canType: false, text: "The gateway has it. Waiting for its record." };
  }
  if (question.deadline !== null && now >= question.deadline) {
    return { ...open, kind: "late", canSend: false, title: "Time is up", text: "Time is up. Waiting for what the agent does without an answer." };
  }
  if (isDown) {
    return { ...open, kind: "down", canSend: false, text: "Not connected. Your answer is kept here, and can be sent when the line is back." };
  }
  const head = question.kind === "auth" ? { ...open, kind: "auth", title: "A permission is needed" } : open;
  if (attempt?.state === "refused") return { ...head, kind: "refused", text: `Not accepted: ${attempt.message}` };
  if (undelivered !== null) return { ...head, kind: "again", text: undelivered };
  if (question.claimedBy && question.claimedBy !== me && question.claimedUntil > now) {
    return {
      ...head, kind: "claimed",
      text: `${question.claimedBy} is answering, until ${time(question.claimedUntil)} UTC. You can answer as well; the first answer counts.`,
    };
  }
  return head;
}

function closed({ how, by, why, closed: at, answer, form }, me, now) {
  const over = { kind: how, tone: "plain", canSend: false, canType: false };
  const told = answerText(form, answer);
  const said = told ? `: ${told}` : "";
  switch (how) {
    case "answered":
      if (by === me && me !== null) {
        const [title, rest] = answer?.declined ? ["You declined to answer", ""] : ["Answer accepted", said];
        return { ...over, kind: "accepted", tone: "ok", title, text: `${title} at ${time(at)} UTC${rest}${stop(rest)}` };
      }
      return {
        ...over, kind: "answered", title: answer?.declined ? "Declined" : "Answered",
        text: `${answer?.declined ? "Declined" : "Answered"} by ${by ?? "somebody"} ${ago(now - at)}${answer?.declined ? "." : `${said}${stop(said)}`}`,
      };
    case "expired": return { ...over, title: "Time is up", text: "Time is up. The agent went on without an answer." };
    case "withdrawn": return { ...over, title: "Question withdrawn", text: `The agent asked something else in its place at ${time(at)} UTC.` };
    case "elsewhere": return { ...over, title: "Answer no longer needed", text: "The agent went on without an answer from here." };
    case "ended": return { ...over, title: "Answer no longer needed", text: `The task ended at ${time(at)} UTC before anybody answered.` };
    default: return { ...over, kind: "closed", title: "Question closed", text: why || `The question was closed at ${time(at)} UTC.` };
  }
}

const stop = (said) => (/[.!?]$/.test(said) ? "" : ".");

/** Why the last answer to this question did not count; null where none was given, or nothing came of it yet. */
export function undeliveredText(task, question) {
  if (question.state !== "open") return null;
  const last = task.commands.findLast((one) => one.command === "answer" && one.question === question.id);
  if (!last || last.verdictSeq === null) return null;
  if (last.verdict === "refused") return `The agent did not take the answer of ${last.by}: ${last.verdictWhy ?? "it gave no reason"}${stop(last.verdictWhy ?? "")}`;
  return last.verdict === "undelivered" ? `The answer of ${last.by} did not reach the agent. Please send it again.` : null;
}

const marks = [[300_000, "5 minutes"], [60_000, "1 minute"], [30_000, "30 seconds"]];

/** What is spoken of a deadline that has come nearer since `before`: at three moments only, and the nearest where several were passed. */
export function deadlineWarning(deadline, before, now) {
  if (deadline === null || before === null || now >= deadline) return null;
  const passed = marks.filter(([at]) => deadline - before > at && deadline - now <= at);
  return passed.length === 0 ? null : `${passed[passed.length - 1][1]} left to answer`;
}

/** How much of the time is left, from 1 to 0; null without a deadline. */
export function fuse({ asked, deadline }, now) {
  if (deadline === null || deadline <= asked) return null;
  return Math.max(0, Math.min(1, (deadline - now) / (deadline - asked)));
}

/** What happens when nobody answers. */
export function expiryText({ deadline, form }) {
  if (deadline === null) return "";
  const follows = typeof form?.onExpiry === "string" ? form.onExpiry.trim() : "";
  const head = `If nobody answers by ${time(deadline)} UTC`;
  if (follows === "") return `${head}, the agent goes on without an answer.`;
  // A whole sentence says by itself that nobody has answered.
  if (/^\p{Lu}/u.test(follows)) return `Answer by ${time(deadline)} UTC. ${follows}${/[.!?]$/.test(follows) ? "" : "."}`;
  return `${head}: ${follows}${/[.!?]$/.test(follows) ? "" : "."}`;
}
