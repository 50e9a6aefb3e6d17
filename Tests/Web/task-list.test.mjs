// The list of tasks: groups, order, filters and what rows say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { takePlace } from "../../web/js/return-place.js";
import { troubleWords } from "../../web/js/core/trouble-words.js";
import { TaskList, choices, filterOf, fits, grouped, pathOf, rowOf } from "../../web/js/core/task-list.js";

const doc = (id, more = {}) => ({
  id, title: `Task ${id}`, agent: "checker", owner: "kim", state: "working", final: false, opened: "2026-03-01T07:15:00Z",
  updated: "2026-03-01T07:15:09Z", lastSeq: 5, ...more,
});
const all = { state: "", agent: "", type: "", text: "" };
const listOf = (...documents) => {
  const list = new TaskList();
  for (const one of documents) list.document(one);
  return list;
};
const ids = (groups) => groups.map(({ name, tasks }) => `${name}:${tasks.map(({ id }) => id)}`);

test("who waits for an answer is first, the nearest deadline above; then what runs, the newest above; then what ended last", () => {
  const list = listOf(
    doc("old"), doc("new", { opened: "2026-03-01T08:00:00Z" }), doc("q1", { state: "input-required" }), doc("q2"),
    doc("e1", { state: "completed", final: true }), doc("e2", { state: "failed", final: true, updated: "2026-03-01T09:00:00Z" }),
  );
  const questions = new Map([["q1", 900], ["q2", 100]]);
  assert.deepEqual(ids(grouped(list.tasks.values(), all, questions)), ["asks:q2,q1", "runs:new,old", "ended:e2,e1"]);
});

test("groups without tasks are not there", () => {
  assert.deepEqual(ids(grouped(listOf(doc("a")).tasks.values(), all, new Map())), ["runs:a"]);
});

test("filters go together, text in any case, and the address keeps them", () => {
  const [task] = listOf(doc("a", { title: "Insider dealing, Halden" })).tasks.values();
  task.facts.alertType = "insider";
  for (const good of [{ text: "HALDEN" }, { agent: "checker", type: "insider", state: "working" }, { text: "kim" }]) {
    assert.equal(fits(task, { ...all, ...good }), true, JSON.stringify(good));
  }
  for (const bad of [{ text: "umbren" }, { agent: "other" }, { type: "wash" }, { state: "failed" }, { text: "halden", agent: "other" }]) {
    assert.equal(fits(task, { ...all, ...bad }), false, JSON.stringify(bad));
  }
  const filter = { ...all, state: "failed", text: "a & b" };
  assert.deepEqual(filterOf(new URL(pathOf(filter), "https://here").searchParams), filter);
  assert.equal(pathOf(all), "/");
});

test("a task whose question waits is found by that state", () => {
  const [task] = listOf(doc("a")).tasks.values();
  assert.equal(fits(task, { ...all, state: "input-required" }, true), true);
});

test("a document that is older than what is known changes the names only", () => {
  const list = listOf(doc("a", { lastSeq: 9, state: "completed", final: true }));
  assert.equal(list.document(doc("a", { lastSeq: 5, title: "Named" })), false);
  const task = list.tasks.get("a");
  assert.deepEqual([task.state, task.title], ["completed", "Named"]);
});

test("a task of which records alone are known wants its name, and goes on by its records", () => {
  const list = new TaskList();
  const record = (seq, state) => ({
    offset: seq, task: "t", seq, time: "2026-03-01T07:15:00Z", kind: "event", origin: "agent",
    data: { statusUpdate: { taskId: "t", status: { state, message: { parts: [{ text: "Said." }] } } } },
  });
  list.record(record(1, "TASK_STATE_WORKING"));
  assert.deepEqual([list.tasks.get("t").state, list.unnamed.has("t")], ["working", true]);
  list.record(record(2, "TASK_STATE_COMPLETED"));
  list.document(doc("t", { lastSeq: 1 }));
  assert.deepEqual([list.tasks.get("t").state, list.tasks.get("t").message, list.unnamed.size], ["completed", "Said.", 0]);
});

test("a row says state, time, and the running tool before the last message", () => {
  const [task] = listOf(doc("a")).tasks.values();
  const now = Date.parse("2026-03-01T07:17:31Z");
  assert.deepEqual([rowOf(task, false, now).word, rowOf(task, false, now).time], ["Running", "2 m 31 s"]);
  assert.equal(rowOf(task, true, now).word, "Answer needed");
  task.message = "First line\nsecond";
  assert.equal(rowOf(task, false, now).message, "First line");
  assert.equal(rowOf(task, true, now, "Who owns it?\nSay so.").message, "Who owns it?");
  task.calls.push({ state: "running", tool: "news_search", message: "reading", step: 2, total: 5 });
  assert.deepEqual([rowOf(task, false, now).message, rowOf(task, false, now).step], ["news_search: reading", { value: 2, max: 5 }]);
});

test("choices are there once, in order", () => {
  assert.deepEqual(choices(listOf(doc("a", { agent: "z" }), doc("b", { agent: "c" }), doc("d", { agent: "z" })).tasks.values(), ({ agent }) => agent), ["c", "z"]);
});

test("a thousand tasks are put in order well within a frame", () => {
  const list = listOf(...Array.from({ length: 1000 }, (_, n) => doc(`t${n}`, { final: n % 3 === 0, state: n % 3 === 0 ? "completed" : "working" })));
  grouped(list.tasks.values(), all, new Map());
  const start = performance.now();
  grouped(list.tasks.values(), { ...all, text: "9" }, new Map());
  assert.ok(performance.now() - start < 50);
});

test("each refusal has its own page; 429 and 503 say when", () => {
  assert.deepEqual([401, 403, 404, 429, 503, 0].map((status) => troubleWords({ status }).title).length, 6);
  assert.equal(new Set([401, 403, 404, 429, 503, 0, 500].map((status) => troubleWords({ status }).title)).size, 7);
  assert.deepEqual([troubleWords({ status: 429, retryAfter: 7 }).waitSeconds, troubleWords({ status: 404 }).canRetry], [7, false]);
  assert.equal(troubleWords({ status: 401 }).canSignIn, true);
});

test("after signing in one comes back, to this site alone, and only for an hour", () => {
  const storage = (path, at) => ({ getItem: () => JSON.stringify({ path, at }), removeItem() {} });
  const take = (now, ...storages) => takePlace(() => storages, now);
  assert.equal(take(1000, storage("/tasks/a?x=1", 0)), "/tasks/a?x=1");
  for (const path of ["//evil", "/\\evil", "https:evil", "tasks", null]) assert.equal(take(1, storage(path, 0)), "/");
  assert.equal(take(3_600_001, storage("/ops", 0)), "/");
  assert.equal(take(0, { getItem: () => "no json" }), "/");
  assert.equal(take(9, storage("/tasks/own", 1), storage("/agents", 5)), "/tasks/own", "the tab's own place goes first");
  assert.equal(take(3_600_001, storage("/tasks/own", 0), storage("/agents", 9)), "/agents");
  assert.equal(take(9, { getItem: () => null, removeItem() {} }, storage("/agents", 5)), "/agents");
});
