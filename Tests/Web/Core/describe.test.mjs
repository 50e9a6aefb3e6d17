// The log's lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beganAnew, describe, notStored, reconnected } from "../../../web/js/core/describe.js";
import { artifact, made, recorded, report, start, status } from "./records.mjs";

const lines = {
  "a file was submitted": [["command", { command: "submit", by: "ana", message: { parts: [{ filename: "halden.xml", text: "<a/>" }] } }],
    "halden.xml submitted by ana"],
  "words were submitted": [["command", { command: "submit", by: "ana", message: { parts: [{ text: "go" }] } }], "a task submitted by ana"],
  "a cancel": [["command", { command: "cancel", id: "c", by: "ana" }], "cancel requested by ana"],
  "a cancel with a reason": [["command", { command: "cancel", by: "ana", why: "Wrong file." }], "cancel requested by ana: Wrong file"],
  "it left": [["note", { note: "delivered", command: "cancel" }], "cancel delivered"],
  "it stopped": [["verdict", { verdict: "stopped", command: "cancel", afterMilliseconds: 204 }], "cancel stopped after 0.20 s"],
  "it was refused": [["verdict", { verdict: "refused", command: "cancel", afterMilliseconds: 400, why: "Writing." }],
    "cancel refused after 0.40 s: Writing", "bad"],
  "it was too late": [["verdict", { verdict: "too-late", command: "cancel" }], "cancel too late"],
  "a pause": [["verdict", { verdict: "paused", command: "pause", afterMilliseconds: 12_000 }], "paused after 12.0 s"],
  "a message": [["command", { command: "send", by: "ana", message: { parts: [{ text: "Look\n again" }] } }], "message by ana: Look again"],
  "an acceptance": [["command", { command: "review", by: "ana", opinion: "accept" }], "ana accepts the decision"],
  "a disagreement": [["command", { command: "review", by: "ana", opinion: "disagree", why: "E2." }], "ana disagrees with the decision: E2"],
  "the hand-over": [["note", { note: "handed-over", agent: "orchestrator" }], "handed over to orchestrator"],
  "a lost agent": [["note", { note: "agent-lost", why: "It closed." }], "agent lost: It closed", "warn"],
  "a found agent": [["note", { note: "agent-found" }], "agent found again"],
  "a task left behind": [["note", { note: "abandoned", agent: "checker", outcome: "It was canceled." }],
    "left at checker: It was canceled"],
  "a task left behind somewhere": [["note", { note: "abandoned" }], "left at the agent"],
  "a question in a state that nobody knows": [["question", { question: "q1", state: "moved" }], "q1: moved"],
  "another note": [["note", { note: "moved", why: "Somewhere." }], "moved: Somewhere"],
  "a tool's start": [report("tool_started", { tool: "market_data" }), "market_data started"],
  "a tool's step": [report("tool_progress", { tool: "market_data", step: 2, total: 4, message: "Read the market's index." }),
    "market_data 2 of 4: Read the market's index"],
  "a tool's rows": [report("tool_progress", { tool: "market_data", records: 29_731 }), "market_data: 29,731 records"],
  "a tool's end": [report("tool_completed", { tool: "news_search", summary: "1 material item." }), "news_search done: 1 material item"],
  "a tool's failure": [report("tool_failed", { tool: "news_search", error: "It is silent." }), "news_search failed: It is silent", "bad"],
  "a failed attempt": [
    report("tool_failed", { tool: "comms_scan", error: "upstream closed the stream", payload: { attempt: 1, retryInMs: 500 } }),
    "comms_scan attempt 1 failed: upstream closed the stream, retrying in 0.50 s", "bad"],
  "a report that names a tool and is none of it": [report("progress", { tool: "market_data", message: "Chosen." }), "Chosen"],
  "a tool without a name": [report("tool_started", { message: "Something began." }), "Something began"],
  "an agent below": [report("step_started", { agent: "wash-trade", message: "Weighing what was found." }),
    "wash-trade: Weighing what was found"],
  "a report of a kind that nobody knows": [report("moon_phase", {}), "moon phase"],
  "a model that failed": [report("llm_failed", { message: "The template is used." }), "The template is used", "warn"],
  "most of a budget": [report("budget_warning", { message: "85 % of this task's budget are used: 0.85 of 1.00 USD.", payload: { cost: 0.85 } }),
    "85 % of this task's budget are used: 0.85 of 1.00 USD", "warn"],
  "a budget used up, without a word": [report("budget_exceeded", { agent: "wash-trade" }), "wash-trade: budget exceeded", "warn"],
  "a state": [status("WORKING"), "task state working"],
  "a question's state": [status("INPUT_REQUIRED", "Who?\nWhy?"), "task state input-required", "warn"],
  "the good end": [status("COMPLETED", "Escalate."), "task state completed: Escalate", "good"],
  "the bad end": [status("FAILED", "No price."), "task state failed: No price", "bad"],
  "an end of the gateway's": [report("error", { error: "Nothing came." }, "FAILED", "Nothing came."),
    "task state failed: Nothing came", "bad"],
  "an artifact": [artifact("r", [], {}), "artifact r"],
  "a piece of one": [artifact("r", [], { append: true }), "artifact r, another piece"],
  "the last piece": [artifact("r", [], { append: true, lastChunk: true }), "artifact r, the last piece"],
  "an answer without a task": [["event", { message: { parts: [{ text: "Hello." }] } }], "answered: Hello"],
  "a question": [["question", { question: "q1", state: "open", form: { prompt: "Sure?" }, deadline: "2026-11-22T09:52:15Z" }],
    "q1 needs an answer, answer by 09:52:15: Sure?", "warn"],
  "a question once more": [["question", { question: "q1", state: "open", reopened: true, text: "Sure?" }],
    "q1 is open again: Sure?", "warn"],
  "a claim": [["question", { question: "q1", state: "claimed", by: "kim" }], "q1: kim is answering"],
  "a claim given up": [["question", { question: "q1", state: "released" }], "q1: nobody is answering any more"],
  "an answered question": [["question", { question: "q1", state: "closed", how: "answered", by: "kim" }], "q1 closed, answered by kim"],
  "an expired question": [["question", { question: "q1", state: "closed", how: "expired" }], "q1 expired without an answer"],
  "an answer": [["answer", { question: "q1", by: "kim", values: { crossed: "no", days: 3, is: true } }],
    "q1 answered by kim: crossed no, days 3, is true"],
  "an answer in words": [["answer", { question: "q1", by: "kim", text: "No." }], "q1 answered by kim: No"],
  "a refusal to answer": [["answer", { question: "q1", by: "kim", declined: true }], "q1 declined by kim"],
  "a gap": [["gap", { why: "The agent was away." }], "events may be missing: The agent was away", "warn"],
  "what came late": [["late", status("WORKING", "Still here.")[1]], "after the end: task state working: Still here"],
  "a kind that nobody knows": [["weather", { text: "Rain." }], "weather: Rain"],
  "a kind without words": [["weather", { wind: 3 }], 'weather: {"wind":3}'],
};

for (const [name, [record, text, tone = "plain"]] of Object.entries(lines)) {
  test(`${name}: ${text}`, () => {
    assert.deepEqual(describe(made(record)[0]), { seq: 1, at: start, kind: record[0], tone, text });
  });
}

test("a line is one line, and no longer than 300", () => {
  const { text } = describe(made(status("WORKING", "a\n\n\tb ".repeat(500)))[0]);
  assert.equal(text.length, 300);
  assert.match(text, /^task state working: a b a b .*…$/);
});

test("no line of a recorded run shows JSON or an id in place of words", () => {
  for (const name of ["answered", "cancelled", "lost-specialist", "paused", "tools"]) {
    for (const record of recorded(name)) assert.doesNotMatch(describe(record).text, /[{}[\]]|undefined|null/, name);
  }
});

test("what the page itself says between the records", () => {
  assert.deepEqual(reconnected(5, "Reconnected after 3.8 s. 4 missed events loaded, none lost."), { seq: null, at: 5, kind: "system",
    tone: "system", text: "Reconnected after 3.8 s. 4 missed events loaded, none lost." });
  assert.equal(notStored(5, 412, 530).text, "Events 412 to 530 are no longer stored. The state shown is complete.");
  assert.equal(notStored(5, 7, 7).text, "Event 7 is no longer stored. The state shown is complete.");
  assert.equal(beganAnew(5).tone, "system");
});
