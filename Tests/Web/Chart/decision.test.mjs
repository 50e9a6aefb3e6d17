import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf } from "../../../web/js/chart/figure.js";
import { confidenceOf, decisionOf, defeatText, openSteps, readable, reasonsOf, verdictOf } from "../../../web/js/core/decision.js";
import { fileOf, filesOf, safeName } from "../../../web/js/core/download.js";
import { kpisOf } from "../../../web/js/core/kpis.js";
import { refusalText, reviewsOf } from "../../../web/js/core/reviews.js";
import { newTask } from "../../../web/js/core/task.js";
import { records, task } from "./recorded.mjs";

const kpis = (name) => {
  const one = task(name);
  return kpisOf(decisionOf(one), figuresOf(one)).map(({ label, value, source }) => [label, value, source]);
};

test("the four numbers of trading before news", () => assert.deepEqual(kpis("clear-insider"), [
  ["Bought", "18,500", "I4, quantity"], ["Before news", "18 h", "I7, hours to the event"],
  ["Price move", "+47.0%", "I8, abnormal return in percent, beyond the index"], ["Gain", "364k USD", "I9, amount"],
]));

test("the four numbers of trades among one owner's accounts", () => {
  assert.deepEqual(kpis("market-maker"), [
    ["Pairs", "1", "E1"], ["Shortest gap", "2.5 s", "E1, least of the pairs"], ["Price gap", "2 bp", "W4, price gap in basis points"],
    ["Net position", "0", "E2, behind the last trade"],
  ]);
  assert.deepEqual(kpis("layered-wash").map(([, value]) => value), ["3", "0 s", "0 bp", "0"]);
});

test("numbers that nobody said are not made up", () => {
  assert.deepEqual(kpisOf({ alert_type: "INSIDER_TRADING", evidence: [] }, []).map(({ value }) => value), ["–", "–", "–", "–"]);
  assert.deepEqual(kpisOf({ alert_type: "WASH_TRADE", evidence: null }, []).map(({ value }) => value), ["–", "–", "–", "–"]);
  assert.deepEqual(kpisOf({ alert_type: "SPOOFING" }, []), []);
  assert.deepEqual(kpisOf(null, []), []);
});

test("each advice has its own words, tone and sign", () => {
  const words = ["ESCALATE", "NEEDS_HUMAN_REVIEW", "CLOSE", "MERGE", "constructor"].map((determination) => {
    const { tone, sign, title } = verdictOf({ determination });
    return [tone, sign, title];
  });
  assert.deepEqual(words, [
    ["bad", "warning", "Escalate to Compliance"], ["warn", "waiting", "A person should review this"],
      ["ok", "done", "Close as a false positive"],
    ["plain", "denied", "Decided: MERGE"], ["plain", "denied", "Decided: constructor"],
  ]);
  assert.equal(verdictOf({ determination: "NEEDS_HUMAN_REVIEW", recommended_action: "REQUEST_MORE_DATA" }).action,
    "Recommended: ask for the data that is missing.");
  assert.equal(verdictOf({ determination: "NEEDS_HUMAN_REVIEW", recommended_action: "MONITOR" }).action, "Recommended: keep watching.");
});

test("the finding is what weighs most for the advice", () => {
  assert.equal(verdictOf(decisionOf(task("clear-insider"))).finding,
    "The register gives the trader, settlements clerk, no permission to trade.");
  assert.equal(verdictOf(decisionOf(task("market-maker"))).finding,
    "The owner is a market maker in the share, with a current licence and a separate book.");
});

test("reasons that were weakened say what by", () => {
  const reasons = reasonsOf(decisionOf(task("market-maker")));
  const owner = reasons.find(({ indicator }) => indicator === "W1");
  assert.deepEqual([owner.raw, owner.points, owner.isDefeated, owner.figures], [35, 5.25, true, ["E3"]]);
  assert.equal(defeatText(owner), "weakened by “Market maker's exemption”");
  assert.equal(reasons[0].indicator, "X1");
  assert.ok(reasons.every(({ call }) => /-call-\d+$/.test(call)));
});

test("the threshold is the one that the decision names", () => {
  assert.deepEqual(confidenceOf(decisionOf(task("clear-insider"))),
    { genuine: 91, uncertain: 9, falsePositive: 0, threshold: { side: "genuine", at: 70 } });
  assert.deepEqual(confidenceOf(decisionOf(task("market-maker"))).threshold, { side: "falsePositive", at: 70 });
  assert.equal(confidenceOf({ genuine_alert_confidence: 50, false_positive_confidence: 30 }).threshold, null);
  assert.equal(confidenceOf({}), null);
});

test("before the end there is no decision, and the open steps are named", () => {
  assert.equal(decisionOf(task("clear-insider", 20)), null);
  assert.match(openSteps(task("clear-insider", 20)), /^Five steps are open: trader_profile, market_data, trader_history and 2 more\.$/);
  const call = (tool, state) => ({ id: tool, tool, state });
  const open = { calls: [call("wash_trade_check", "running"), call("x", "done")], questions: [{ state: "open" }] };
  assert.equal(openSteps(open), "Two steps are open: wash_trade_check and your answer.");
  assert.equal(openSteps({ calls: [], questions: [] }), "");
});

test("times in sentences are readable", () => {
  assert.equal(readable("the event of 2026-09-16T07:00:00.000Z."), "the event of 16 Sep 2026, 07:00 UTC.");
  assert.equal(readable("2026-09-10T14:20:02.500Z, 2026-09-15"), "10 Sep 2026, 14:20:02.500 UTC, 15 Sep 2026");
  assert.equal(readable("IT-2026-0915-01, 2026-99-99"), "IT-2026-0915-01, 2026-99-99");
});

test("each artifact can be kept under its own name", () => {
  const files = filesOf(task("clear-insider"));
  assert.deepEqual(files.map(({ label, name, type }) => [label, name, type]), [
    ["Decision, JSON", "decision-IT-2026-0915-01.json", "application/json"],
    ["Suspicion report, JSON", "suspicion-report-IT-2026-0915-01.json", "application/json"],
    ["Report, HTML", "decision-IT-2026-0915-01.html", "text/html"], ["Figures, JSON", "figures-IT-2026-0915-01.json", "application/json"],
  ]);
  assert.equal(JSON.parse(files[0].text).determination, "ESCALATE");
  assert.match(files[2].text, /^<!DOCTYPE html>/i);
  assert.deepEqual(filesOf(task("clear-insider", 20)), []);
  assert.equal(safeName("../../.ssh/a\u202Eb.txt"), "a_b.txt");
  assert.equal(fileOf({ id: "x", parts: [{ text: "a" }, { text: "b" }] }, "t-1").text, "ab");
});

test("the last word of each counts, and an earlier one is remembered", () => {
  const review = (seq, by, opinion, why) => ({ seq, kind: "command", time: "2026-11-22T10:00:00Z",
    data: { command: "review", by, opinion, why } });
  const all = [...records("clear-insider"), review(60, "kim", "accept"), review(61, "lee", "disagree", "No."),
    review(62, "kim", "disagree", "Wrong.")];
  const people = reviewsOf(newTask("t"), all, [{ by: "kim", opinion: "disagree", why: "Wrong.", at: 1, seq: 62 }]);
  assert.deepEqual(people.map(({ by, opinion, why, before }) => [by, opinion, why, before]),
    [["lee", "disagree", "No.", []], ["kim", "disagree", "Wrong.", ["accept"]]]);
  assert.deepEqual(reviewsOf(newTask("t"), [], []), []);
});

test("a refusal says why", () => {
  assert.equal(refusalText({ status: 409, detail: "The task still runs.", problem: { code: "nothing-to-review" } }),
    "Not recorded: The task still runs.");
  assert.match(refusalText({ status: 403 }), /^Not allowed/);
  assert.match(refusalText({ status: 0, message: "There was no answer." }), /^Not confirmed: There was no answer\. Send it again/);
});
