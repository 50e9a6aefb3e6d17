// How an agent is, how much work it has and how long certificates are good for, in words. Pure.

import { ago, count, date, number, span, time } from "./format.js";
import { array, countOrNull, numberOrNull, object, text, timeOrNull } from "./read.js";

const states = Object.assign(Object.create(null), {
  well: { word: "Well", tone: "ok", means: "" },
  unseen: { word: "Not seen yet", tone: "", means: "The gateway has not looked at it yet." },
  away: { word: "Away", tone: "bad", means: "New tasks fail at once until it is back." },
  quarantined: { word: "Quarantined", tone: "warn", means: "It gets no new tasks until this is mended." },
});

/** {word, tone} of the badge. States that this page does not know are shown as they are. */
export function stateOf(agent) {
  const state = text(object(agent).state);
  return states[state] ?? { word: state || "Not known", tone: "", means: "" };
}

/** Since when it is so, when it was last seen, and what that means. `now`: milliseconds since 1970. */
export function standing(agent, now) {
  const { word, means } = stateOf(agent);
  const since = timeOrNull(agent.since);
  const seen = timeOrNull(agent.lastSeen);
  const reason = text(agent.reason);
  return {
    head: since === null ? word : `${word} since ${moment(since, now)}`,
    seen: seen === null ? "" : `last seen ${ago(now - seen)}`,
    why: [reason, means].filter((words) => words !== "").join(" "),
  };
}

/** 09:42:08 of today; 21 Nov 2026, 09:42:08 of another day. */
export function moment(milliseconds, now) {
  const isToday = new Date(milliseconds).toISOString().slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  return isToday ? time(milliseconds) : `${date(milliseconds)}, ${time(milliseconds)}`;
}

/** 3 agents, all well. 3 agents, 1 away, 1 quarantined. */
export function summary(agents) {
  if (agents.length === 0) return "none connected";
  const words = Object.keys(states).filter((name) => name !== "well")
    .map((name) => [agents.filter(({ state }) => state === name).length, states[name].word.toLowerCase()])
    .filter(([many]) => many > 0).map(([many, word]) => `${many} ${word}`);
  const areAll = agents.every(({ state }) => state === "well");
  return [count(agents.length, "agent"), ...(areAll ? [agents.length === 1 ? "well" : "all well"] : words)].join(", ");
}

/** How long a certificate is still good: {text, tone}. */
export function daysLeft(certificate) {
  const days = numberOrNull(object(certificate).daysLeft);
  if (days === null) return { text: "not known", tone: "" };
  if (days < 0) return { text: `expired ${count(-days, "day")} ago`, tone: "bad" };
  return { text: days === 0 ? "expires today" : `${count(days, "day")} left`, tone: days <= 14 ? "warn" : "" };
}

const sides = { agent: "Its certificate", gateway: "The gateway's certificate for it" };
const uses = { server: "Server certificate", "client-authority": "Authority of client certificates", "revocation-list": "Revocation list" };

/** What a certificate of an agent or a listener is. */
export function certificateName({ side, use }) {
  return sides[side] ?? uses[use] ?? (text(use) || text(side) || "Certificate");
}

/** Of several the one that ends first; null where there is none. */
export function firstToEnd(certificates) {
  const known = array(certificates).filter((one) => numberOrNull(object(one).daysLeft) !== null);
  return known.length === 0 ? null : known.reduce((first, one) => (one.daysLeft < first.daysLeft ? one : first));
}

const overs = { minute: "in the last minute", "ten-minutes": "in the last ten minutes", start: "since the start" };

/** p50 14.2 ms, p95 47.5 ms, 19 in the last ten minutes. `measured`: {p50, p95, p99?, count, over}, or nothing. */
export function latency(measured) {
  const { p50, p95, p99, count: amount, over } = object(measured);
  if (numberOrNull(p95) === null) return "";
  const parts = [["p50", p50], ["p95", p95], ["p99", p99]].filter(([, value]) => numberOrNull(value) !== null);
  const words = parts.map(([name, value]) => `${name} ${milliseconds(value)}`).join(", ");
  return countOrNull(amount) === null ? words : `${words}, ${number(amount)} ${overs[over] ?? ""}`.trim();
}

/** 0.41 ms, 14.2 ms, 240 ms, 1.20 s. */
export function milliseconds(value) {
  if (numberOrNull(value) === null) return "–";
  if (value >= 1000) return span(value);
  return `${value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** 2 running, 1 waiting. */
export function workText(running, waiting) {
  if (running === null) return "";
  return waiting > 0 ? `${running} running, ${waiting} waiting` : `${running} running`;
}
