// What else a decision stands on, folded away: each is there only where the decision has it.

import { readable } from "../core/decision.js";
import { array, isObject, numberOrNull, object, text } from "../core/read.js";
import { instant } from "../core/format.js";
import { timeOrNull } from "../core/read.js";
import { h } from "./dom.js";

const words = (value) => array(value).filter((one) => typeof one === "string" && one !== "").map(readable);
const points = (lines) => h("ul", { class: "points" }, lines.map((line) => h("li", {}, line)));
const facts = (pairs) => h("dl", { class: "facts-list" }, pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined)
  .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));

export function detailsOf(decision) {
  const gaps = array(decision.data_gaps).map(object);
  return [
    section("Data that is missing",
      gaps.map((gap) => `${readable(text(gap.statement) || text(gap.source))}${gap.mandatory === true ? " A decision needs it." : ""}`),
        true),
    section("Where the alert differs from the data", words(decision.mismatches), true),
    answers(array(decision.human_input).map(object)),
    section("What took weight away", words(decision.risk_mitigating_factors)),
    narrative(decision),
    baseline(decision.trader_baseline_analysis), market(decision.market_context),
    network(decision),
    precedent(decision.similar_precedent),
    section("Provisions to look at", words(decision.regulatory_flags)),
    basis(decision),
  ].filter((one) => one !== null);
}

function folded(title, content, count = null, isOpen = false) {
  return h("details", { class: "more", open: isOpen }, h("summary", {}, title, count === null ? null
    : h("span", { class: "muted" }, ` ${count}`)), content);
}

function section(title, lines, isOpen = false) {
  return lines.length === 0 ? null : folded(title, points(lines), lines.length, isOpen);
}

function answers(list) {
  return list.length === 0 ? null : folded("What people answered", h("ul", { class: "points" }, list.map((one) => {
    const at = timeOrNull(one.at);
    return h("li", {}, text(one.question), " ", h("b", {}, text(one.answer).replaceAll("_", " ")),
      h("span", { class: "muted" }, ` ${text(one.by) || "somebody"}${at === null ? "" : `, ${instant(new Date(at))}`}`));
  })), list.length, true);
}

function narrative(decision) {
  const whole = readable(text(decision.reasoning_narrative));
  if (whole === "") return null;
  const who = { llm: "Words by a language model; every number in them was checked.",
    mixed: "Words in part by a language model; every number in them was checked." };
  return folded("In words", [...whole.split(/\n{2,}/).map((paragraph) => h("p", {}, paragraph)),
    Object.hasOwn(who, decision.interpretation) ? h("p", { class: "muted" }, who[decision.interpretation]) : null]);
}

function baseline(value) {
  if (!isObject(value)) return null;
  return folded("The trader's usual trading",
    facts([["Volume", readable(text(value.typical_volume))], ["Sectors", readable(text(value.typical_sectors))],
    ["How often", readable(text(value.typical_frequency))], ["What differs", readable(text(value.deviation_assessment))]]));
}

function market(value) {
  if (!isObject(value)) return null;
  const news = array(value.news_timeline).map(object).map((one) =>
    `${readable(text(one.time))}, ${text(one.source)}: ${text(one.headline)}${one.scheduled === true ? " (announced beforehand)" : ""}`);
  return folded("The market around it",
    [facts([["Price", readable(text(value.volatility_assessment))], ["Others", readable(text(value.peer_activity_summary))]]),
    news.length > 0 && points(news)]);
}

function network(decision) {
  const [links, timing, flow, before] = ["relationship_network", "timing_patterns", "counterparty_pattern", "historical_patterns"]
    .map((name) => object(decision[name]));
  const impact = numberOrNull(decision.volume_impact_percentage);
  const all = [["Accounts", text(links.pattern_description)], ["Time", text(timing.description)],
    ["Market", [text(timing.market_phase), text(timing.liquidity_assessment) &&
    `${text(timing.liquidity_assessment)} liquidity`].filter(Boolean).join(", ")], ["Trades", text(flow.description)],
      ["Before", text(before.historical_analysis)],
    ["Share of volume", impact === null ? "" : `${impact}%`]];
  return all.some(([, value]) => value !== "") ? folded("The pattern", facts(all)) : null;
}

function precedent(value) {
  if (!isObject(value)) return null;
  const about = (item) => ` (${text(item.id)}, alike to ${numberOrNull(item.similarity) ?? "?"} of 100, ${ended(item.determination)})`;
  const one = (item) => [h("p", {}, h("b", {}, text(item.title)), about(item)), h("p", { class: "muted" }, readable(text(item.reasoning)))];
  return folded("Cases like it", [...one(value), ...(isObject(value.runner_up) ? one(value.runner_up) : [])]);
}

function ended(determination) {
  const known = { ESCALATE: "escalated", CLOSE: "closed", NEEDS_HUMAN_REVIEW: "reviewed by a person" };
  return Object.hasOwn(known, determination) ? known[determination] : text(determination).toLowerCase();
}

function basis(decision) {
  const score = object(decision.score);
  const sum = (value) => (numberOrNull(value) === null ? "" : String(Math.round(value * 10) / 10));
  const flags = words(decision.hard_flags);
  return folded("How it was reckoned",
    facts([["For a genuine alert", sum(score.suspicion_points)], ["Against it", sum(score.mitigation_points)],
    ["Doubt", sum(score.doubt_points)], ["Bars closing", flags.join(", ")], ["Policy", text(decision.policy_version)],
    ["Alert", text(decision.alert_id)], ["Decision", text(decision.decision_id)]]));
}
