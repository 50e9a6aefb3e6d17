// What a decision says, as its card shows it. Pure; whatever a decision holds, nothing throws.

import { months } from "./format.js";
import { array, isObject, numberOrNull, object, text } from "./read.js";

/** The decision's document, or null while there is none. */
export function decisionOf(task) {
  for (const part of array(task.artifacts.get("decision")?.parts)) {
    const data = object(part).data;
    if (isObject(data) && typeof data.determination === "string") return data;
  }
  return null;
}

const verdicts = {
  ESCALATE: { tone: "bad", sign: "warning", title: "Escalate to Compliance" },
  NEEDS_HUMAN_REVIEW: { tone: "warn", sign: "waiting", title: "A person should review this" },
  CLOSE: { tone: "ok", sign: "done", title: "Close as a false positive" },
};
const actions = {
  MONITOR: "Recommended: keep watching.", REQUEST_MORE_DATA: "Recommended: ask for the data that is missing.",
};

/** {tone, sign, title, finding, action}: the advice, and what weighs most for it. */
export function verdictOf(decision) {
  const name = text(decision.determination);
  const known = Object.hasOwn(verdicts, name) ? verdicts[name]
    : { tone: "plain", sign: "denied", title: `Decided: ${name || "no word given"}` };
  const action = Object.hasOwn(actions, decision.recommended_action) ? actions[decision.recommended_action] : "";
  return { ...known, finding: finding(decision, name), action };
}

function finding(decision, name) {
  const side = name === "CLOSE" ? "mitigation" : "suspicion";
  const first = reasonsOf(decision).filter((one) => one.side === side)[0];
  return first?.statement ?? readable(array(decision.key_findings).find((one) => typeof one === "string") ?? "");
}

/** The reasons, those that weigh most first. `points` after what took weight from it, `raw` before. */
export function reasonsOf(decision) {
  const all = array(decision.evidence).map(object);
  const titles = new Map(all.map((one) => [text(one.indicator), text(one.title)]));
  return all.map((one) => {
    const points = numberOrNull(one.points) ?? 0;
    const raw = numberOrNull(one.raw_points) ?? points;
    return {
      indicator: text(one.indicator), title: text(one.title), side: one.side === "mitigation" ? "mitigation" : "suspicion",
      statement: readable(text(one.statement) || text(one.title)), points, raw, isDefeated: points < raw,
      by: array(one.defeated_by).filter((by) => typeof by === "string").map((by) => titles.get(by) || by),
      tool: text(one.tool), call: text(one.tool_call_id), figures: array(one.figures).filter((id) => typeof id === "string"),
      inputs: array(one.inputs).map(object).map((input) => ({ name: text(input.name), text: readable(text(input.text)) })),
    };
  }).sort((a, b) => b.points - a.points);
}

/** Why a reason has lost weight. */
export function defeatText({ by }) {
  const why = by.length > 0 ? by.map((one) => `“${one}”`).join(" and ") : "another fact";
  return `weakened by ${why}`;
}

export function pointsText(points) {
  const tenths = Math.round(points * 10) / 10;
  return `${tenths} point${tenths === 1 ? "" : "s"}`;
}

/** {genuine, uncertain, falsePositive} of 100, or null; `threshold`: {side, at} of the policy, where the decision speaks of it. */
export function confidenceOf(decision) {
  const share = (value) => Math.max(0, Math.min(100, value));
  const [genuine, falsePositive] = [numberOrNull(decision.genuine_alert_confidence), numberOrNull(decision.false_positive_confidence)];
  if (genuine === null || falsePositive === null) return null;
  const uncertain = numberOrNull(decision.uncertainty) ?? 100 - genuine - falsePositive;
  return { genuine: share(genuine), uncertain: share(uncertain), falsePositive: share(falsePositive), threshold: thresholdOf(decision) };
}

function thresholdOf(decision) {
  const words = array(decision.reasoning_sources).flat().map((piece) => text(object(piece).text)).join("")
    || text(decision.reasoning_narrative);
  const escalates = /genuine alert is escalated from (\d+) on/.exec(words);
  if (escalates) return { side: "genuine", at: Math.min(100, Number(escalates[1])) };
  const closes = /false positive is closed from (\d+) on/.exec(words);
  return closes ? { side: "falsePositive", at: Math.min(100, Number(closes[1])) } : null;
}

/** Times in sentences as people read them: 16 Sep 2026, 07:00 UTC. */
export function readable(sentence) {
  return sentence.replace(/(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d+)?Z)?/g, (whole, year, month, day, minutes, seconds, rest) => {
    const name = months[Number(month) - 1];
    if (name === undefined || Number(day) < 1 || Number(day) > 31) return whole;
    const date = `${Number(day)} ${name} ${year}`;
    if (minutes === undefined) return date;
    const exact = rest && Number(rest) > 0 ? `${seconds}${rest}` : seconds && seconds !== ":00" ? seconds : "";
    return `${date}, ${minutes}${exact} UTC`;
  });
}

/** What is open before there is a decision: calls under way, and answers. */
export function openSteps(task) {
  const tools = task.calls.filter(({ state }) => state === "running" || state === "retrying").map(({ tool }) => tool);
  const waits = task.questions.filter(({ state }) => state === "open").length;
  const names = [...new Set(tools)];
  if (waits > 0) names.push(waits === 1 ? "your answer" : `${waits} answers`);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const list = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : shown[0];
  const counts = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
  if (names.length === 0) return "";
  return names.length === 1 ? `One step is open: ${list}.` : `${counts[names.length] ?? names.length} steps are open: ${list}.`;
}
