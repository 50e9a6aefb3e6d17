// What a task's document tells a list comes to the same row as all of its records.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TaskList, rowOf } from "../../web/js/core/task-list.js";
import { recorded } from "./Core/records.mjs";

const now = Date.parse("2026-11-22T16:00:00Z");
const doc = (more) => ({
  id: "t", title: "", agent: "a", owner: "kim", state: "working", final: false, opened: "2026-11-22T15:00:00Z", updated: "2026-11-22T15:00:01Z",
  lastSeq: 5, cursor: "", ...more,
});
const taskOf = (document) => {
  const list = new TaskList();
  list.document(doc(document));
  return [list.tasks.get("t"), list];
};

// Made by the gateway's tests, of the same records (Tests/GatewayTests/Records/RecordedOutlineTests.swift).
const told = readFileSync(new URL("records/outlines.ndjson", import.meta.url), "utf8").trim().split("\n").map((line) => JSON.parse(line));

test("at each moment of recorded tasks a document gives the row that their records give", () => {
  assert.ok(told.length > 50);
  for (const { records: name, through, ...document } of told) {
    const list = new TaskList();
    const records = recorded(name);
    for (const record of records.slice(0, through)) list.record({ ...record, task: "t" });
    const heard = list.tasks.get("t");
    const [read] = taskOf({ ...document, lastSeq: through });
    const row = (task) => {
      const { word, icon, tone, facts, message, step } = rowOf(task, false, now);
      return { word, icon, tone, facts, message: cut(message), step };
    };
    assert.deepEqual(row(read), row(heard), `${name} ${through}`);
    // And both go on alike.
    const readOn = new TaskList();
    readOn.document(doc({ ...document, lastSeq: through }));
    for (const record of records.slice(through, through + 4)) for (const one of [list, readOn]) one.record({ ...record, task: "t" });
    assert.deepEqual(row(readOn.tasks.get("t")), row(list.tasks.get("t")), `${name} behind ${through}`);
  }
});

/** As the gateway bounds it. */
function cut(message) {
  return message.slice(0, 110);
}

test("a document says what was said last, what it is about, and what runs", () => {
  const [task] = taskOf({
    message: "Read.", facts: { alertType: "Wash", symbol: "V", other: "x", account: 7 },
    calls: [{ tool: "news", callId: "1", agent: "wash", agentTask: "w", message: "reading", step: 2, total: 5 }],
  });
  const row = rowOf(task, false, now);
  assert.deepEqual([row.facts, row.message, row.step], ["Wash · V", "news: reading", { value: 2, max: 5 }]);
  const [queued] = taskOf({ state: "submitted", place: 3, message: "Waiting." });
  assert.deepEqual([rowOf(queued, false, now).word, rowOf(queued, false, now).message], ["Queued, place 3", "Waiting."]);
  assert.equal(rowOf(taskOf({ paused: true })[0], false, now).word, "Paused");
  assert.equal(rowOf(taskOf({ paused: true, final: true, state: "canceled" })[0], false, now).word, "Cancelled");
});

test("who waits for an answer shows no tool at work", () => {
  const [task] = taskOf({ state: "input-required", message: "Who?", calls: [{ tool: "news", callId: "1" }] });
  assert.deepEqual([task.calls[0].state, rowOf(task, false, now).message], ["waiting", "Who?"]);
});

test("an older document changes no words, and adds the facts that are missing", () => {
  const [task, list] = taskOf({ lastSeq: 9, message: "New.", facts: { symbol: "V" } });
  list.document(doc({ lastSeq: 4, message: "Old.", facts: { symbol: "W", trader: "T. Voss" }, calls: [{ tool: "old" }] }));
  assert.deepEqual([task.message, task.facts, task.calls], ["New.", { symbol: "V", trader: "T. Voss" }, []]);
});

test("a newer document ends what ran before, and one without words keeps those that are known", () => {
  const [task, list] = taskOf({ message: "Said.", calls: [{ tool: "news", callId: "1" }] });
  list.document(doc({ lastSeq: 8 }));
  assert.deepEqual([task.message, task.calls], ["Said.", []]);
});

test("whatever a document holds, nothing throws", () => {
  for (const bad of [null, 7, "x", [], {}]) {
    const [task] = taskOf({ message: bad, facts: bad, calls: bad === null ? [null, 7, "x", [], {}, { tool: 7 }, { tool: "", callId: "" }] : bad, paused: bad, place: bad });
    assert.equal(typeof rowOf(task, false, now).message, "string");
  }
});
