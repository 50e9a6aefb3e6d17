// What single records do, above all those that no recorded run has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { foldSnapshot, newTask } from "../../../web/js/core/task.js";
import { artifact, folded, made, report, start, status } from "./records.mjs";

const states = (task) => task.calls.map(({ id, state }) => `${id} ${state}`);

test("a failed attempt that begins again is one call with two attempts", () => {
  const task = folded(made(
    report("tool_started", { tool: "comms_scan", callId: "c-1" }),
    report("tool_failed", { tool: "comms_scan", callId: "c-1", error: "upstream closed the stream" }),
    report("tool_started", { tool: "comms_scan", callId: "c-1" }),
    report("tool_completed", { tool: "comms_scan", callId: "c-1", summary: "412 messages" })));
  assert.deepEqual(states(task), ["c-1 done"]);
  assert.deepEqual(task.calls[0].attempts, [
    { from: start, to: start + 1000, state: "failed", error: "upstream closed the stream" },
    { from: start + 2000, to: start + 3000, state: "done", error: null },
  ]);
  assert.deepEqual([task.calls[0].error, task.calls[0].summary], [null, "412 messages"]);
  assert.deepEqual([task.calls[0].from, task.calls[0].to], [start, start + 3000]);
});

test("a retry that is announced is waited for; the end of the task ends it, too", () => {
  const records = made(
    report("tool_started", { tool: "comms_scan", callId: "c-1" }),
    report("tool_failed", { tool: "comms_scan", callId: "c-1", error: "gone", payload: { attempt: 1, retryInMs: 500 } }));
  const call = folded(records).calls[0];
  assert.deepEqual([call.state, call.to, call.retry], ["retrying", null, { why: "gone", at: start + 1500 }]);
  const over = folded(made(report("tool_started", { tool: "x", callId: "c-1" }),
    report("tool_failed", { tool: "x", callId: "c-1", error: "gone", payload: { retryInMs: 500 } }), status("CANCELED")));
  assert.deepEqual([over.calls[0].state, over.calls[0].retry, over.calls[0].to], ["stopped", null, start + 2000]);
});

test("agents below may use the same ids for their calls", () => {
  const task = folded(made(
    report("tool_started", { tool: "x", callId: "c-1", agent: "one", agentTask: "a" }),
    report("tool_started", { tool: "x", callId: "c-1", agent: "two", agentTask: "b" }),
    report("tool_completed", { tool: "x", callId: "c-1", agent: "two", agentTask: "b" })));
  assert.deepEqual(states(task), ["a/c-1 running", "b/c-1 done"]);
});

test("calls without ids are told apart by their tools and by their order", () => {
  const task = folded(made(
    report("tool_started", { tool: "x" }), report("tool_started", { tool: "y" }), report("tool_completed", { tool: "x" }),
    report("tool_started", { tool: "x" }), report("tool_failed", { tool: "x", error: "no" })));
  assert.deepEqual(states(task), ["x#1 done", "y#2 running", "x#3 failed"]);
});

test("progress of a call whose beginning was not told begins it", () => {
  const task = folded(made(report("tool_progress", { tool: "x", callId: "c-1", step: 2, total: 5, records: 7, message: "Half" })));
  const { state, step, total, recordCount, message, from } = task.calls[0];
  assert.deepEqual([state, step, total, recordCount, message, from], ["running", 2, 5, 7, "Half", start]);
});

test("progress that comes behind the end of a call does not begin it again", () => {
  const task = folded(made(report("tool_started", { tool: "x", callId: "c" }), report("tool_completed", { tool: "x", callId: "c" }),
    report("tool_progress", { tool: "x", callId: "c", step: 1 })));
  assert.deepEqual([task.calls[0].state, task.calls[0].step], ["done", null]);
});

test("the only call that runs waits for the question, and goes on behind it", () => {
  const records = made(
    report("tool_started", { tool: "ask_reviewer", callId: "c" }), status("INPUT_REQUIRED", "Sure?"),
    ["question", { question: "q1", state: "open", text: "Sure?" }], ["question", { question: "q1", state: "closed", how: "expired" }],
    status("WORKING"));
  const waiting = folded(records.slice(0, 3)).calls[0];
  assert.deepEqual([waiting.state, waiting.question], ["waiting", "q1"]);
  const after = folded(records).calls[0];
  assert.deepEqual([after.state, after.question], ["running", null]);
});

test("of several calls that run nobody knows which one waits", () => {
  const task = folded(made(report("tool_started", { tool: "x", callId: "a" }), report("tool_started", { tool: "x", callId: "b" }),
    status("INPUT_REQUIRED")));
  assert.deepEqual(states(task), ["a running", "b running"]);
});

test("a call that waits stops with the task", () => {
  const task = folded(made(report("tool_started", { tool: "x", callId: "a" }), status("INPUT_REQUIRED"), status("CANCELED")));
  assert.deepEqual(states(task), ["a stopped"]);
});

test("a phase that nobody told of is skipped, and told of later is past", () => {
  const records = made(report("analysis_started", { phase: "received" }), report("step_started", { phase: "evidence" }),
    report("step_started", { phase: "parsed" }), report("step_started", { phase: "received" }));
  const [received, parsed, evidence] = folded(records.slice(0, 2)).phases;
  assert.deepEqual([received.state, received.until, parsed.state, evidence.state], ["past", start + 1000, "skipped", "now"]);
  const later = folded(records).phases;
  assert.deepEqual([later[1], later[0].at], [{ name: "parsed", state: "past", at: start + 2000, until: start + 2000 }, start]);
  assert.equal(later[2].state, "now");
});

test("a final state is final: what the agent says later changes nothing", () => {
  const records = made(report("tool_started", { tool: "x", callId: "a" }), status("COMPLETED", "Done."), status("WORKING", "Not yet."),
    report("tool_started", { tool: "x", callId: "b" }), ["late", { statusUpdate: { status: { state: "TASK_STATE_FAILED" } } }]);
  const task = folded(records);
  assert.deepEqual([task.state, task.message, task.ended, task.lastSeq], ["completed", "Done.", start + 1000, 5]);
  assert.deepEqual(states(task), ["a stopped"]);
});

test("the gateway's failures have their code beside the sentence, agents' before it", () => {
  const gateways = folded(made(report("error", { error: "Nothing came.", payload: { code: "TIMEOUT" } }, "FAILED", "Nothing came.")));
  assert.deepEqual(gateways.failure, { code: "TIMEOUT", text: "Nothing came.", isFast: true });
  const agents = folded(made(status("REJECTED", "UNKNOWN_TYPE: Nobody knows it.")));
  assert.deepEqual([agents.failure.code, agents.failure.text], ["UNKNOWN_TYPE", "Nobody knows it."]);
  assert.equal(folded(made(status("FAILED", "NOTE: this is no code."))).failure.code, null);
});

test("a place in the queue is known until the task is handed over", () => {
  const records = made(
    ["command", { command: "submit", by: "kim", message: { parts: [{ filename: "a.xml" }] } }],
    report("progress", { message: "Waiting for a place: 1 task is before this one.", payload: { place: 2 } }, "SUBMITTED"),
    ["note", { note: "handed-over", agent: "orchestrator" }]);
  assert.deepEqual(records.map((_, index) => folded(records.slice(0, index + 1)).place), [null, 2, null]);
});

test("a report's title is the task's, and what it says of the alert is kept", () => {
  const payload = { alertId: "A-1", symbol: "VELQOR", trader: "", account: 7, kinds: ["x"] };
  const task = folded(made(
    report("routing", { title: "Insider trading, VELQOR", payload }), report("progress", { payload: { symbol: "NO" } })));
  assert.equal(task.title, "Insider trading, VELQOR");
  assert.deepEqual(task.facts, { alertId: "A-1", symbol: "VELQOR" });
});

test("a question: claimed, released, closed, open again", () => {
  const records = made(
    ["question", { question: "q1", state: "open", kind: "input", text: "Sure?", deadline: "2026-11-22T10:00:00Z" }],
    ["question", { question: "q1", state: "claimed", by: "kim", until: "2026-11-22T09:01:00Z" }],
    ["question", { question: "q1", state: "released" }],
    ["answer", { command: "answer", id: "c", by: "kim", question: "q1", text: "yes" }],
    ["question", { question: "q1", state: "closed", how: "answered", by: "kim" }],
    ["question", { question: "q1", state: "open", reopened: true, text: "Sure?" }]);
  const after = (count) => folded(records.slice(0, count)).questions[0];
  assert.deepEqual([after(2).claimedBy, after(2).claimedUntil], ["kim", Date.parse("2026-11-22T09:01:00Z")]);
  assert.deepEqual([after(3).claimedBy, after(3).claimedUntil], [null, null]);
  assert.deepEqual([after(5).state, after(5).how, after(5).by, after(5).answer], ["closed", "answered", "kim", { text: "yes" }]);
  assert.deepEqual([after(6).state, after(6).how, after(6).answer, after(6).asked], ["open", null, null, start]);
  assert.equal(after(6).deadline, Date.parse("2026-11-22T10:00:00Z"));
  assert.equal(folded(records).questions.length, 1);
});

test("a question's form has what every reader counts on, whatever the agent sent", () => {
  const choice = { name: "b", type: "choice", options: [{ value: "x" }, {}, "y"] };
  const form = { fields: [{ name: "a" }, { label: "no name" }, 7, choice], allow: "all" };
  const { form: read } = folded(made(["question", { question: "q1", state: "open", form }])).questions[0];
  assert.deepEqual(read, {
    prompt: "", allow: [],
    fields: [{ name: "a", label: "a", type: "text" }, { name: "b", label: "b", type: "choice", options: [{ value: "x", label: "x" }] }],
  });
});

test("commands of one name and two people are two commands", () => {
  const task = folded(made(
    ["command", { command: "cancel", id: "c", by: "ana" }], ["command", { command: "cancel", id: "c", by: "kim" }],
    ["verdict", { verdict: "stopped", command: "cancel", id: "c", by: "ana", afterMilliseconds: 200 }]));
  assert.deepEqual(task.commands.map(({ by, verdict }) => [by, verdict]), [["ana", "stopped"], ["kim", null]]);
});

test("a message to the agent keeps its words", () => {
  const message = { parts: [{ text: "Look" }, { text: "again" }] };
  const task = folded(made(["command", { command: "send", id: "c", by: "ana", message }]));
  assert.equal(task.commands[0].text, "Look\nagain");
});

test("the last review of each person counts, also behind the end", () => {
  const task = folded(made(status("COMPLETED"),
    ["command", { command: "review", id: "1", by: "ana", opinion: "accept" }],
    ["command", { command: "review", id: "2", by: "kim", opinion: "accept" }],
    ["command", { command: "review", id: "3", by: "ana", opinion: "disagree", why: "E2 is wrong" }],
    ["command", { command: "review", id: "4", by: "kim", opinion: "maybe" }]));
  assert.deepEqual(task.reviews, [
    { by: "kim", opinion: "accept", why: null, at: start + 2000, seq: 3 },
    { by: "ana", opinion: "disagree", why: "E2 is wrong", at: start + 3000, seq: 4 },
  ]);
  assert.deepEqual(task.commands, []);
});

test("an artifact: in pieces, replaced, and not at the cost of the record", () => {
  const records = made(
    artifact("r", [{ text: "a" }], { lastChunk: false }), artifact("r", [{ text: "b" }], { append: true }),
    artifact("r", [{ text: "c" }], { append: true, lastChunk: true }));
  assert.equal(folded(records.slice(0, 2)).artifacts.get("r").isWhole, false);
  const whole = folded(records).artifacts.get("r");
  assert.deepEqual([whole.parts.map(({ text }) => text), whole.isWhole], [["a", "b", "c"], true]);
  assert.equal(records[0].data.artifactUpdate.artifact.parts.length, 1);
  const other = folded(made(artifact("r", [{ text: "a" }]), artifact("r", [{ text: "b" }]))).artifacts.get("r");
  assert.deepEqual([other.parts, other.isWhole], [[{ text: "b" }], true]);
});

test("a gap says what may be missing, and shows how the task stands", () => {
  const task = folded(made(report("tool_started", { tool: "x", callId: "a" }), ["gap", {
    why: "The agent was away.", missing: ["2 artifacts"],
    task: { status: { state: "TASK_STATE_COMPLETED" }, artifacts: [{ artifactId: "r", parts: [{ text: "all" }] }] },
  }]));
  assert.deepEqual(task.gaps, [{ seq: 2, at: start + 1000, text: "The agent was away. (2 artifacts)", isLost: false }]);
  assert.deepEqual([task.state, task.calls[0].state, task.artifacts.get("r").isWhole], ["completed", "stopped", true]);
});

test("a task that its agent shows as paused is paused", () => {
  const metadata = { "https://signalbox.dev/a2a/extensions/pause/v1": { paused: true } };
  const shown = { status: { state: "TASK_STATE_WORKING" }, metadata };
  assert.equal(folded(made(["event", { task: shown }])).isPaused, true);
  assert.equal(folded(made(["event", { task: shown }], report("resumed"))).isPaused, false);
  assert.equal(folded(made(report("paused", { agentTask: "below", agent: "one" }))).isPaused, false);
});

test("words of a language model become one step, as they come", () => {
  const task = folded(made(report("llm_started", { message: "Asking." }), report("llm_chunk", { message: "The trader " }),
    report("llm_chunk", { message: "bought." }), report("llm_completed", { message: "Used." }), report("thinking", { message: "Hm." })));
  assert.deepEqual(task.reasoning.map(({ kind, text }) => [kind, text]),
    [["llm_started", "Asking."], ["llm_chunk", "The trader bought."], ["llm_completed", "Used."], ["thinking", "Hm."]]);
});

test("what a budget tells is a step, with nothing but words in it", () => {
  const task = folded(made(report("budget_warning", { message: "85 % are used.", payload: { cost: {}, limit: "x" } }), report("budget_exceeded")));
  assert.deepEqual(task.reasoning.map(({ kind, text }) => [kind, text]), [["budget_warning", "85 % are used."]]);
});

test("records that are known change nothing, and such without a number are none", () => {
  const records = made(status("WORKING"), status("COMPLETED"));
  const task = folded(records);
  const before = structuredClone(task);
  folded([...records, ...records], task);
  for (const record of [null, 7, "x", [], {}, { seq: "3" }, { seq: 2.5 }, { seq: NaN }]) folded([record], task);
  assert.deepEqual(task, before);
});

test("a document ahead of the records ends what they began", () => {
  const task = folded(made(report("tool_started", { tool: "x", callId: "a" }), report("step_started", { phase: "evidence" })));
  const snapshot = { seq: 9, task: { status: { state: "TASK_STATE_FAILED" } } };
  foldSnapshot(task, { lastSeq: 9, updated: "2026-11-22T09:10:00Z", state: "failed", snapshot });
  assert.deepEqual([task.state, task.lastSeq, task.calls[0].state, task.phases[2].state], ["failed", 9, "failed", "failed"]);
  assert.equal(task.ended, Date.parse("2026-11-22T09:10:00Z"));
});

test("a document that is none changes nothing", () => {
  for (const document of [null, undefined, 7, [], { lastSeq: "x" }, { snapshot: 3 }]) {
    assert.deepEqual(foldSnapshot(newTask("t"), document), newTask("t"));
  }
});

test("an answer without a task is what the agent said", () => {
  const said = (...parts) => ["event", { message: { parts } }];
  assert.equal(folded(made(said({ text: "Hello." }))).message, "Hello.");
  assert.equal(folded(made(said({ text: "Hello." }), said({ data: 3 }))).message, "Hello.");
});

test("what a tool says stands at the tool, what else is said is the task's", () => {
  const task = folded(made(
    report("progress", {}, "WORKING", "Looking."), report("tool_progress", { tool: "x", callId: "c" }, "WORKING", "x: 1"),
    status("WORKING")));
  assert.equal(task.message, "Looking.");
});

test("a task's last record, and when it was handed over first", () => {
  const task = folded(made(["note", { note: "handed-over", agent: "one" }], ["note", { note: "agent-found" }],
    ["note", { note: "handed-over", agent: "" }]));
  assert.deepEqual([task.updated, task.handedOver, task.agent], [start + 2000, start, "one"]);
});

test("who does not wait in the queue has no place in it, whoever says so", () => {
  const place = report("progress", { payload: { place: 2 } }, "SUBMITTED");
  assert.equal(folded(made(place, status("WORKING"))).place, null);
  assert.equal(folded(made(["note", { note: "handed-over", agent: "one" }], place)).place, null);
});

test("the end ends what belongs to it: the pause, the agents below, and artifacts in pieces", () => {
  const below = { agent: "one", agentTask: "a" };
  const records = (state) => made(report("paused"), report("progress", { ...below }), report("analysis_complete", { ...below }),
    report("progress", { agent: "two", agentTask: "b" }), artifact("r", [{ text: "a" }], { lastChunk: false }), status(state));
  const task = folded(records("COMPLETED"));
  assert.deepEqual(task.agents.map(({ name, ended }) => [name, ended - start]), [["one", 2000], ["two", 5000]]);
  assert.deepEqual([task.isPaused, task.artifacts.get("r").isWhole], [false, true]);
  assert.equal(folded(records("FAILED")).artifacts.get("r").isWhole, false);
});

test("a gap tells whether the task is paused; behind the end it tells nothing", () => {
  const uri = "https://signalbox.dev/a2a/extensions/pause/v1";
  const shown = (paused) => ({ status: { state: "TASK_STATE_WORKING" }, metadata: { [uri]: { paused } } });
  assert.equal(folded(made(["gap", { task: shown(true) }])).isPaused, true);
  assert.equal(folded(made(report("paused"), ["gap", { task: shown(false) }])).isPaused, false);
  assert.equal(folded(made(report("paused"), ["gap", { task: { status: {} } }])).isPaused, false);
  assert.equal(folded(made(report("paused"), ["gap", { why: "Away." }])).isPaused, true);
  const failed = { status: { state: "TASK_STATE_FAILED" }, artifacts: [{ artifactId: "r" }] };
  const over = folded(made(status("COMPLETED"), ["gap", { task: failed }]));
  assert.deepEqual([over.state, over.artifacts.size, over.gaps.length], ["completed", 0, 1]);
});

test("a document of a task without a snapshot has its state all the same", () => {
  const task = foldSnapshot(newTask("t"), { lastSeq: 4, state: "canceled", updated: "2026-11-22T09:10:00Z" });
  assert.deepEqual([task.state, task.final, task.lastSeq, task.updated], ["canceled", true, 4, Date.parse("2026-11-22T09:10:00Z")]);
  assert.equal(foldSnapshot(newTask("t"), { lastSeq: 4, state: "moon" }).state, "submitted");
});

test("a document of a task that has ended brings artifacts that were missed", () => {
  const artifacts = [{ artifactId: "r", parts: [{ text: "a" }] }];
  const snapshot = { seq: 9, task: { status: { state: "TASK_STATE_COMPLETED" }, artifacts } };
  const task = foldSnapshot(folded(made(status("COMPLETED", "Done."))), { lastSeq: 9, snapshot });
  assert.deepEqual([task.artifacts.get("r").parts.length, task.message, task.ended], [1, "Done.", start]);
});

test("a call's beginning and ends: what they bring with them", () => {
  const call = { tool: "x", callId: "c" };
  const started = folded(made(report("tool_started", { ...call, input: { a: 1 }, total: 4, message: "Begin" }))).calls[0];
  assert.deepEqual([started.input, started.total, started.message], [{ a: 1 }, 4, ""]);
  const begun = report("tool_started", { ...call, input: 1 });
  const ended = (type, members) => folded(made(begun, report(type, { ...call, ...members }))).calls[0];
  const done = ended("tool_completed", { records: 3, step: 2, durationMs: 12, message: "All", payload: { rows: 3 } });
  assert.deepEqual([done.recordCount, done.step, done.took, done.summary, done.input, done.output], [3, 2, 12, "All", 1, { rows: 3 }]);
  assert.equal(ended("tool_completed", { input: "gave" }).output, "gave");
  assert.equal(ended("tool_completed", { summary: "One", message: "Two" }).summary, "One");
  const failed = ended("tool_failed", { records: 3, durationMs: 12, message: "Gone" });
  assert.deepEqual([failed.recordCount, failed.took, failed.error, failed.state], [3, 12, "Gone", "failed"]);
  assert.equal(ended("tool_failed", { summary: "Half" }).error, "Half");
  assert.equal(ended("tool_failed", {}).error, "It failed.");
  assert.equal(ended("tool_failed", { error: "No", message: "Gone" }).error, "No");
  const denied = ended("tool_failed", { error: "No", payload: { denied: true, retryInMs: 5 } });
  assert.deepEqual([denied.state, denied.retry, denied.attempts[0].state], ["denied", null, "failed"]);
});

test("what began twice without an end in between began once", () => {
  const task = folded(made(...Array(2).fill(report("tool_started", { tool: "x", callId: "c" }))));
  assert.equal(task.calls[0].attempts.length, 1);
});

test("a call that waits and is heard of goes on; one of the same name elsewhere is another", () => {
  const call = { tool: "x", callId: "c" };
  const records = made(report("tool_started", call), status("INPUT_REQUIRED"), ["question", { question: "q1", state: "open" }],
    report("tool_progress", { ...call, step: 1 }, "INPUT_REQUIRED"));
  assert.deepEqual([folded(records).calls[0].state, folded(records).calls[0].question], ["running", null]);
  const two = folded(made(report("tool_started", { tool: "x" }), report("tool_started", { tool: "x", agent: "one" }),
    report("tool_completed", { tool: "x", agent: "one" })));
  assert.deepEqual(states(two), ["x#1 running", "one/x#2 done"]);
});

test("a report of a tool without a name and an id is none of a call", () => {
  assert.deepEqual(folded(made(report("tool_started", {}), report("tool_progress", { step: 1 }))).calls, []);
});

test("an artifact's report has the task's title, too; one line of it, and not all of a long one", () => {
  const titled = (title) => ["event", { artifactUpdate: {
    artifact: { artifactId: "r" }, metadata: { "https://signalbox.dev/a2a/extensions/progress/v1": { type: "progress", title } },
  } }];
  assert.equal(folded(made(titled("Wash trades,\u0000\n Umbren"))).title, "Wash trades, Umbren");
  assert.equal(folded(made(titled("x".repeat(500)))).title.length, 120);
  assert.equal(folded(made(titled("One"), titled("\u0007"), titled(7))).title, "One");
});

test("a document's reviews count as those of the records do", () => {
  const reviews = [
    { by: "ana", opinion: "accept", time: "2026-11-22T09:10:00Z", seq: 31 }, { by: "kim", opinion: "disagree", why: "E2", seq: 32 }, null,
  ];
  const task = foldSnapshot(newTask("t"), { lastSeq: 32, state: "completed", updated: "2026-11-22T09:11:00Z", reviews });
  assert.deepEqual(task.reviews, [
    { by: "ana", opinion: "accept", why: null, at: Date.parse("2026-11-22T09:10:00Z"), seq: 31 },
    { by: "kim", opinion: "disagree", why: "E2", at: Date.parse("2026-11-22T09:11:00Z"), seq: 32 },
  ]);
});

test("pieces of an artifact whose beginning was not told, and one that comes anew without its name", () => {
  const piece = (lastChunk) => folded(made(artifact("r", [{ text: "b" }], { append: true, lastChunk }))).artifacts.get("r");
  assert.deepEqual([piece(undefined).isWhole, piece(true).isWhole], [false, true]);
  const named = ["event", { artifactUpdate: { artifact: { artifactId: "r", name: "Report", description: "All of it." } } }];
  const again = folded(made(named, artifact("r", [{ text: "b" }]))).artifacts.get("r");
  assert.deepEqual([again.name, again.description, again.parts.length], ["Report", "All of it.", 1]);
  assert.deepEqual([piece(true).name, piece(true).description], ["r", ""]);
  assert.equal(folded(made(["event", { artifactUpdate: { artifact: { parts: [] } } }])).artifacts.size, 0);
});

test("what names no question, no command and no agent that is known changes nothing", () => {
  const task = folded(made(["question", { state: "open" }], ["command", { by: "ana" }], ["verdict", { verdict: "stopped", id: "x" }],
    ["answer", { by: "ana", question: "q9", text: "yes" }], ["note", { note: "delivered", id: "x" }], report("agent_handoff", {})));
  assert.deepEqual([task.questions, task.commands, task.agents], [[], [], []]);
});

test("a verdict that comes before what was delivered stays", () => {
  const command = { command: "cancel", id: "c", by: "ana" };
  const task = folded(made(
    ["command", command], ["verdict", { ...command, verdict: "refused" }], ["note", { ...command, note: "delivered" }]));
  assert.deepEqual([task.commands[0].state, task.commands[0].verdict], ["ended", "refused"]);
});

test("agents below: two at once, each with its own beginning and end", () => {
  const hand = (agent) => report("agent_handoff", { payload: { agent } });
  const task = folded(made(hand("one"), hand("two"), report("progress", { agent: "two", agentTask: "b" }),
    report("progress", { agent: "one", agentTask: "a" }), report("analysis_complete", { agent: "two", agentTask: "b" }),
    report("analysis_complete", { agent: "two", agentTask: "b" }), report("progress", { agent: "three", agentTask: "c" })));
  assert.deepEqual(task.agents.map(({ name, task, since, ended }) => [name, task, since - start, ended === null ? null : ended - start]),
    [["one", "a", 0, null], ["two", "b", 1000, 4000], ["three", "c", 6000, null]]);
});

test("the first file that was sent is the one that the task is about", () => {
  const parts = [{ text: "go" }, { filename: "a.xml" }, { filename: "b.xml" }];
  const submit = (by, message) => ["command", { command: "submit", by, message }];
  const task = folded(made(submit("ana", { parts }), submit("kim", { parts: [{ filename: "c.xml" }] })));
  assert.deepEqual([task.facts.file, task.owner], ["a.xml", "ana"]);
});

test("what is closed or given up is claimed by nobody", () => {
  const claim = { question: "q1", state: "claimed", by: "kim", until: "2026-11-22T09:01:00Z" };
  for (const state of ["released", "closed", "open"]) {
    const told = [{ question: "q1", state: "open" }, claim, { question: "q1", state }].map((data) => ["question", data]);
    const [question] = folded(made(...told)).questions;
    assert.deepEqual([question.claimedBy, question.claimedUntil], [null, null], state);
  }
});

test("what an agent below says of itself leaves the task's own pause alone", () => {
  assert.equal(folded(made(report("paused"), report("resumed", { agent: "one", agentTask: "a" }))).isPaused, true);
});

test("an agent below that is heard of first is not the one that was handed the work first", () => {
  const hand = (agent) => report("agent_handoff", { payload: { agent } });
  const task = folded(made(hand("one"), hand("two"), report("progress", { agent: "two", agentTask: "b" })));
  assert.deepEqual(task.agents.map(({ name, task }) => [name, task]), [["one", null], ["two", "b"]]);
});
