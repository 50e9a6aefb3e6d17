// The pages of the list of tasks, and the rows that are kept over a reload.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SavedTasks } from "../../web/js/core/saved-tasks.js";
import { TaskList, rowOf } from "../../web/js/core/task-list.js";
import { TaskPages } from "../../web/js/core/task-pages.js";
import { forgetRows } from "../../web/js/saved-rows.js";
import { newTask } from "../../web/js/core/task.js";

const all = { state: "", agent: "", type: "", text: "" };

/** A gateway with `count` tasks, ten on a page. */
function gateway(count) {
  const asked = [];
  const ask = async (path) => {
    const query = new URL(path, "https://here").searchParams;
    asked.push(path);
    const from = Number(query.get("before") ?? count);
    const tasks = Array.from({ length: Math.min(10, from) }, (_, index) => ({ id: `t${from - index - 1}` }));
    return { tasks, ...(from > 10 ? { next: String(from - 10) } : {}), cursor: "c" };
  };
  return { ask, asked };
}

test("pages follow each other, and behind the last there is none", async () => {
  const { ask, asked } = gateway(25);
  const pages = new TaskPages(ask);
  assert.deepEqual([pages.isNew, pages.isDone], [true, false]);
  assert.equal((await pages.read(all)).length, 10);
  assert.deepEqual([pages.isNew, pages.isDone], [false, false]);
  assert.equal((await pages.read(all)).at(-1).id, "t5");
  assert.equal((await pages.read(all)).length, 5);
  assert.deepEqual([pages.isNew, pages.isDone], [false, true]);
  assert.deepEqual(asked, ["/api/tasks?limit=100", "/api/tasks?limit=100&before=15", "/api/tasks?limit=100&before=5"]);
});

test("where all were read, no filter makes it ask again; after a reset it does", async () => {
  const pages = new TaskPages(gateway(3).ask);
  await pages.read(all);
  pages.restart();
  assert.deepEqual([pages.isNew, pages.isDone], [false, true]);
  pages.restart(true);
  assert.deepEqual([pages.isNew, pages.isDone], [true, false]);
});

test("that a filter has found all says nothing of the others", async () => {
  const { ask, asked } = gateway(3);
  const pages = new TaskPages(ask);
  await pages.read({ ...all, state: "failed", text: "a b" });
  assert.equal(pages.isDone, true);
  pages.restart();
  assert.deepEqual([pages.isNew, pages.isDone], [true, false]);
  assert.deepEqual(asked, ["/api/tasks?limit=100&state=failed&text=a+b"]);
});

test("what comes for the filter of before is not taken", async () => {
  let answer;
  const pages = new TaskPages(() => new Promise((resolve) => (answer = resolve)));
  const read = pages.read(all);
  assert.equal(pages.isBusy, true);
  pages.restart();
  answer({ tasks: [{ id: "old" }] });
  assert.deepEqual([await read, pages.isNew, pages.isDone, pages.isBusy], [[], true, false, false]);
});

test("a page that cannot be read leaves all as it was", async () => {
  let isBad = true;
  const { ask } = gateway(5);
  const pages = new TaskPages(async (path) => {
    if (isBad) throw new Error("away");
    return ask(path);
  });
  await assert.rejects(pages.read(all), /away/);
  assert.deepEqual([pages.isBusy, pages.isNew], [false, true]);
  isBad = false;
  assert.equal((await pages.read(all)).length, 5);
});

const storage = (items = new Map()) => ({
  items, getItem: (key) => items.get(key) ?? null, setItem: (key, value) => items.set(key, value), removeItem: (key) => items.delete(key),
});
const task = (id, more = {}) => ({
  ...newTask(id), title: `Task ${id}`, agent: "a", owner: "kim", state: "working", opened: 1000, updated: 2000, lastSeq: 3, ...more,
});

test("the first twenty rows come back as they were, for whom they were shown alone", () => {
  const saved = new SavedTasks(() => kept);
  const kept = storage();
  saved.save("kim", Array.from({ length: 30 }, (_, number) => task(`t${number}`, {
    message: "First.\nSecond.", facts: { symbol: "V", file: "a.xml" }, place: 2, artifacts: new Map([["file", { parts: ["secret"] }]]),
    questions: [{ answer: "secret" }], commands: [{ text: "secret" }], calls: [{ tool: "x", output: "secret", state: "running" }],
  })));
  const list = new TaskList();
  for (const one of saved.load("kim")) list.document(one);
  assert.equal(list.tasks.size, 20);
  const row = rowOf(list.tasks.get("t0"), false, 5000);
  assert.deepEqual([row.title, row.word, row.message, row.facts, row.time], ["Task t0", "Running", "First.", "V", "4 s"]);
  assert.deepEqual(saved.load("ana"), []);
  assert.ok(![...kept.items.values()].join("").includes("secret"));
  forgetRows(() => kept);
  assert.deepEqual([saved.load("kim"), kept.items.size], [[], 0]);
});

test("an ended task has its end, and one without a title its file's name", () => {
  const kept = storage();
  const saved = new SavedTasks(() => kept);
  saved.save("kim", [task("t", { title: "", facts: { file: "a.xml" }, state: "completed", final: true, ended: 61_000, updated: 90_000, message: "Done." })]);
  const list = new TaskList();
  list.document(saved.load("kim")[0]);
  const row = rowOf(list.tasks.get("t"), false, 90_000);
  assert.deepEqual([row.title, row.word, row.message, row.took], ["a.xml", "Finished", "Done.", "1 m 00 s"]);
});

test("without a storage, and with nonsense in it, there is nothing", () => {
  for (const text of ["no json", "7", "null", "[]", '{"person":"kim","tasks":7}', '{"person":"kim","tasks":[null,7,{},{"id":"t"}]}']) {
    assert.deepEqual(new SavedTasks(() => storage(new Map([["signalbox-tasks", text]]))).load("kim"), [], text);
  }
  const none = new SavedTasks(() => { throw new Error("denied"); });
  none.save("kim", [task("t")]);
  forgetRows(() => { throw new Error("denied"); });
  assert.deepEqual(none.load("kim"), []);
});
