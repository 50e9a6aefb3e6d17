// What recorded runs come to, against states that were written down by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { foldSnapshot, newTask } from "../../../web/js/core/task.js";
import { folded, names, read, recorded } from "./records.mjs";

const at = (time) => Date.parse(time);
const phases = (task) => task.phases.map(({ name, state }) => `${name} ${state}`).join(", ");
const calls = (task) => task.calls.map(({ tool, state }) => `${tool} ${state}`).join(", ");

test("a finished run: who, when, what it is about", () => {
  const task = folded(recorded("insider-trading"));
  assert.equal(task.state, "completed");
  assert.equal(task.final, true);
  assert.equal(task.agent, "orchestrator");
  assert.equal(task.owner, "operator");
  assert.deepEqual(task.facts, { file: "clear-insider.xml", alertId: "IT-2026-0915-01", alertType: "Insider Trading" });
  assert.equal(task.opened, at("2026-11-22T15:04:58.626Z"));
  assert.equal(task.handedOver, at("2026-11-22T15:04:58.637Z"));
  assert.equal(task.ended, at("2026-11-22T15:04:59.602Z"));
  assert.deepEqual([task.lastSeq, task.records], [54, 54]);
  assert.match(task.message, /^ESCALATE \(genuine 91/);
  assert.equal(task.failure, null);
});

test("a finished run: its phases are told once, though the agent below begins with the first again", () => {
  const { phases } = folded(recorded("insider-trading"));
  const moments = ["58.638", "58.642", "58.649", "59.573", "59.573", "59.602"].map((time) => at(`2026-11-22T15:04:${time}Z`));
  assert.deepEqual(phases, ["received", "parsed", "evidence", "review", "decision"].map((name, index) => ({
    name, state: "past", at: moments[index], until: moments[index + 1],
  })));
});

test("a finished run: its calls beside each other, whole", () => {
  const task = folded(recorded("insider-trading"));
  assert.equal(calls(task), "read_alert done, trader_profile done, market_data done, trader_history done, market_news done, " +
    "peer_trades done, related_parties done");
  const below = "f5cbc60f-7c71-4074-babe-8995c58d5c63";
  const [from, to] = [at("2026-11-22T15:04:58.965Z"), at("2026-11-22T15:04:59.572Z")];
  assert.deepEqual(task.calls[2], {
    id: `${below}/f5cbc60f-call-3`, tool: "market_data", agent: "insider-trading", agentTask: below, state: "done",
    attempts: [{ from, to, state: "done", error: null }], step: 4, total: 4, took: 603, recordCount: 49,
    message: "The first trade's phase is continuous, the day's liquidity high.",
    summary: "The first trade's phase is continuous, the day's liquidity high.",
    error: null, retry: null, input: { symbol: "VELQOR" }, output: null, from, to, firstSeq: 17, lastSeq: 46, question: null,
  });
  assert.deepEqual(task.agents, [{ name: "insider-trading", task: below, since: at("2026-11-22T15:04:58.649Z"), ended: task.ended }]);
});

test("a finished run: its artifacts and its reasoning", () => {
  const task = folded(recorded("insider-trading"));
  assert.deepEqual([...task.artifacts.values()].map(({ id, name, seq, isWhole }) => [id, name, seq, isWhole]), [
    ["figures", "Figures", 50, true], ["report", "Report", 51, true], ["suspicion-report", "Suspicion report", 52, true],
    ["decision", "Decision", 53, true],
  ]);
  assert.equal(task.artifacts.get("decision").parts[0].data.determination, "ESCALATE");
  assert.deepEqual(task.reasoning.map(({ seq, agent, text }) => [seq, agent, text]), [
    [7, null, "The alert IT-2026-0915-01 is about insider trading."],
    [8, null, "The alert IT-2026-0915-01 goes to the agent insider-trading."],
    [15, "insider-trading", "Gathering evidence."],
    [48, "insider-trading", "Weighing what was found."],
    [49, "insider-trading", "Writing the decision."],
  ]);
});

test("a run that asks: the question is open, and the task waits in its review", () => {
  const task = folded(recorded("answered").slice(0, 48));
  assert.equal(task.state, "input-required");
  assert.equal(task.final, false);
  const [question] = task.questions;
  assert.deepEqual([question.id, question.state, question.kind, question.seq, question.how], ["q1", "open", "input", 48, null]);
  assert.equal(question.deadline, at("2026-11-22T15:27:37.443Z"));
  assert.equal(question.form.prompt, "Who is the ultimate owner of account A-9201?");
  assert.deepEqual(question.form.fields.map(({ name, type }) => [name, type]), [["answer", "choice"], ["other", "text"]]);
  assert.deepEqual(question.form.allow, ["answer", "decline"]);
  assert.equal(phases(task), "received past, parsed past, evidence past, review now, decision todo");
});

test("a run that was answered: by whom, with what, and that the agent has it", () => {
  const task = folded(recorded("answered"));
  const [question] = task.questions;
  assert.deepEqual([question.state, question.how, question.by], ["closed", "answered", "operator"]);
  assert.equal(question.closed, at("2026-11-22T15:22:52.858Z"));
  assert.deepEqual(question.answer, { values: { answer: "O-9200" } });
  assert.deepEqual(task.commands, [{
    id: "c-answer", command: "answer", by: "operator", why: null, at: at("2026-11-22T15:22:52.858Z"), seq: 49, state: "ended",
    verdict: "taken", verdictWhy: null, afterMilliseconds: 7, verdictSeq: 53, text: null, question: "q1",
  }]);
  assert.equal(task.state, "completed");
});

test("a run that was cancelled: what ran has stopped, what came later is not reached", () => {
  const task = folded(recorded("cancelled"));
  assert.equal(task.state, "canceled");
  assert.equal(task.failure, null);
  assert.equal(calls(task), "read_alert done, market_data stopped, trader_profile stopped, trader_history stopped, market_news stopped, " +
    "peer_trades stopped, related_parties stopped");
  assert.equal(task.calls[1].to, task.ended);
  assert.equal(task.calls[1].attempts[0].state, "stopped");
  assert.equal(phases(task), "received past, parsed past, evidence failed, review skipped, decision skipped");
  const [cancel] = task.commands;
  assert.deepEqual(
    [cancel.command, cancel.by, cancel.why, cancel.state, cancel.verdict, cancel.afterMilliseconds, cancel.verdictSeq],
    ["cancel", "operator", "wrong file", "ended", "stopped", 18, 37]);
});

test("a cancel goes from requested over delivered to its verdict", () => {
  const states = recorded("cancelled").map((_, index, records) => folded(records.slice(0, index + 1)).commands[0]?.state);
  assert.deepEqual(states.slice(32), [undefined, "requested", "delivered", "delivered", "ended"]);
});

test("a run whose specialist was lost: why, and what ran has failed with it", () => {
  const task = folded(recorded("lost-specialist"));
  assert.equal(task.state, "failed");
  assert.equal(task.failure.code, "AGENT_UNAVAILABLE");
  assert.match(task.failure.text, /^the agent insider-trading cannot work on the alert\./);
  assert.equal(task.failure.isFast, false);
  assert.deepEqual(task.calls.map(({ state }) => state), ["done", ...Array(6).fill("failed")]);
  assert.equal(phases(task), "received past, parsed past, evidence failed, review skipped, decision skipped");
});

test("a broken file fails fast: nothing was run", () => {
  const task = folded(recorded("broken"));
  assert.deepEqual(task.failure, {
    code: null, isFast: true,
    text: "Failed to parse alert XML: line 7, column 26: `&` stands here by itself. Write `&amp;` for it.",
  });
  assert.equal(phases(task), "received failed, parsed skipped, evidence skipped, review skipped, decision skipped");
});

test("a tool that fails does not fail its task, and pieces become one artifact", () => {
  const task = folded(recorded("tools"));
  assert.equal(calls(task), "count_rows done, read_news done, ask_oracle failed");
  assert.deepEqual([task.calls[2].error, task.calls[2].attempts[0].error], ["The oracle is silent.", "The oracle is silent."]);
  assert.equal(task.calls[0].recordCount, 30);
  assert.equal(task.state, "completed");
  const [artifact] = task.artifacts.values();
  assert.deepEqual([artifact.parts.length, artifact.isWhole, artifact.seq], [3, true, 22]);
});

test("a pause holds from the agent's word until its next", () => {
  const records = recorded("paused");
  const paused = records.map((_, index) => folded(records.slice(0, index + 1)).isPaused);
  assert.deepEqual(paused, [...Array(8).fill(false), ...Array(4).fill(true), false]);
  const task = folded(records);
  assert.deepEqual(task.commands.map(({ command, verdict }) => [command, verdict]), [["pause", "paused"], ["resume", "resumed"]]);
  assert.equal(task.calls[0].state, "running");
});

test("questions that were declined, and that expired", () => {
  assert.deepEqual(folded(recorded("declined")).questions[0].answer, { declined: true });
  const [expired] = folded(recorded("expired")).questions;
  assert.deepEqual([expired.state, expired.how, expired.by, expired.answer], ["closed", "expired", null, null]);
});

test("a permission that is given elsewhere has no form", () => {
  const task = folded(recorded("sign-in"));
  assert.equal(task.state, "auth-required");
  assert.deepEqual([task.questions[0].kind, task.questions[0].form], ["auth", null]);
});

test("a cancel that was refused changes nothing but what is known of it", () => {
  const task = folded(recorded("cancel-refused"));
  assert.equal(task.state, "completed");
  assert.equal(task.commands[0].verdict, "refused");
  assert.match(task.commands[0].verdictWhy, /The decision is being written/);
});

test("a document alone says how a task stands", () => {
  const task = foldSnapshot(newTask("t-1"), read("insider-trading.task.json"));
  assert.deepEqual([task.state, task.final, task.agent, task.owner, task.lastSeq], ["completed", true, "orchestrator", "operator", 54]);
  assert.equal(task.opened, at("2026-11-22T15:04:58.626Z"));
  assert.equal(task.ended, at("2026-11-22T15:04:59.589Z"));
  assert.equal(task.artifacts.get("decision").parts[0].data.determination, "ESCALATE");
  assert.match(task.message, /^ESCALATE/);
});

test("a document changes nothing that later records have said", () => {
  const document = { ...read("insider-trading.task.json"), title: "An alert" };
  const records = recorded("insider-trading");
  const early = { ...document, lastSeq: 20, snapshot: { seq: 20, task: { status: { state: "TASK_STATE_WORKING" } } } };
  const task = foldSnapshot(folded(records), early);
  assert.deepEqual({ ...task, title: "" }, folded(records));
  assert.equal(task.title, "An alert");
});

for (const name of names) {
  test(`${name}: a beginning and then the rest come to the same as all at once`, () => {
    const records = recorded(name);
    const whole = folded(records);
    for (let cut = 0; cut <= records.length; cut += 5) {
      assert.deepEqual(folded(records.slice(cut), folded(records.slice(0, cut))), whole);
      // Also where the task was copied in between.
      assert.deepEqual(folded(records.slice(cut), structuredClone(folded(records.slice(0, cut)))), whole);
    }
  });
}
