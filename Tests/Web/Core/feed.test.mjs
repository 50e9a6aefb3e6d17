// What a page hears of one task, also when the gateway begins anew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TaskFeed } from "../../../web/js/core/feed.js";
import { folded, made, report, start, status } from "./records.mjs";

const id = "t-1";
const all = made(
  status("WORKING"), report("tool_started", { tool: "x", callId: "a" }), report("tool_completed", { tool: "x", callId: "a" }),
  report("step_started", { phase: "evidence", message: "Looking." }), status("COMPLETED", "Done."), ["note", { note: "moved" }]);

function stage(ask = async () => assert.fail("nothing is asked")) {
  const world = { handlers: null, closed: 0, changes: 0, waits: [], asked: [], times: [] };
  world.feed = new TaskFeed(id, {
    client: { follow: (task, handlers) => (assert.equal(task, id), (world.handlers = handlers), { close: () => (world.closed += 1) }) },
    ask: (path) => (world.asked.push(path), ask(path, world)),
    later: (handler, wait) => world.waits.push({ handler, wait }),
    clock: { heardTime: (time) => world.times.push(time) },
    changed: () => (world.changes += 1),
  });
  return world;
}

const document = (lastSeq, state = "working") => ({
  id, title: "An alert", agent: "orchestrator", owner: "ana", state, opened: new Date(start).toISOString(), lastSeq,
  updated: new Date(start + lastSeq * 1000).toISOString(),
  snapshot: { seq: lastSeq, task: { status: { state: `TASK_STATE_${state.toUpperCase()}` } } },
});
const settled = () => new Promise(setImmediate);
const whole = (records) => ({ ...folded(records), title: "An alert", agent: "orchestrator", owner: "ana" });

/** A gateway that has these records, two a page. */
const gateway = (records) => async (path) => {
  const after = new URL(path, "https://x").searchParams.get("after");
  const from = after === "earliest" ? 0 : Number(after);
  return { events: records.slice(from, from + 2), next: String(from + 2), complete: from + 2 >= records.length };
};

test("names come with the snapshot, everything else with the records", () => {
  const { feed, handlers, ...world } = stage();
  handlers.onSnapshot({ tasks: [{ ...document(3), id: "other", title: "No" }, document(3)] });
  assert.equal(feed.task.title, "An alert");
  assert.deepEqual([feed.task.state, feed.task.lastSeq, feed.isLive], ["submitted", 0, false]);
  for (const record of all) handlers.onEvent(record);
  handlers.onState({ state: "live" });
  assert.deepEqual(feed.task, whole(all));
  assert.deepEqual([feed.records, feed.isLive, world.asked], [all, true, []]);
});

test("after a reset how it stands is shown at once, and all that is stored soon", async () => {
  const { feed, handlers, asked } = stage(gateway(all));
  handlers.onSnapshot({ tasks: [document(4)] });
  for (const record of all.slice(0, 4)) handlers.onEvent(record);
  const before = feed.records;
  handlers.onReset({ tasks: [document(4)] });
  assert.deepEqual([feed.task.state, feed.task.lastSeq, feed.records], ["working", 4, []]);
  assert.notEqual(feed.records, before);
  handlers.onEvent(all[4]); // While the others are on their way.
  await settled();
  handlers.onEvent(all[5]);
  assert.deepEqual(feed.task, whole(all));
  assert.deepEqual(feed.records, all);
  assert.deepEqual(asked, ["earliest", "2"].map((after) => `/api/tasks/t-1/events?after=${after}&limit=500`));
});

test("where records are no longer stored, it is said which, and the state is whole all the same", async () => {
  const { feed, handlers } = stage(gateway(all.slice(2, 4)));
  handlers.onReset({ tasks: [document(5, "completed")] });
  assert.deepEqual([feed.task.state, feed.task.title, feed.records], ["completed", "An alert", []]);
  await settled();
  assert.deepEqual(feed.task.gaps.map(({ text, isLost }) => [text, isLost]), [
    ["Events 1 to 2 are no longer stored. The state shown is complete.", true],
    ["Event 5 is no longer stored. The state shown is complete.", true],
  ]);
  assert.deepEqual([feed.task.state, feed.task.lastSeq, feed.task.final], ["completed", 5, true]);
  assert.deepEqual(feed.records, all.slice(2, 4));
});

test("a page that does not come is asked for again, with patience that ends", async () => {
  let isDown = true;
  const { feed, handlers, waits } = stage((path) => (isDown ? Promise.reject(new Error("no")) : gateway(all)(path)));
  handlers.onReset({ tasks: [document(6, "completed")] });
  await settled();
  assert.deepEqual(waits.map(({ wait }) => wait), [1000]);
  isDown = false;
  waits[0].handler();
  await settled();
  assert.deepEqual(feed.task, whole(all));
});

test("what was on its way when another reset came is void", async () => {
  const held = [];
  const { feed, handlers } = stage((path) => new Promise((resolve) => held.push(() => resolve(gateway(all.slice(0, 2))(path)))));
  handlers.onReset({ tasks: [document(2)] });
  handlers.onReset({ tasks: [document(1)] });
  held[0]();
  await settled();
  assert.deepEqual(feed.records, []);
  held[1]();
  await settled();
  assert.deepEqual(feed.records, all.slice(0, 1));
});

test("a closed feed asks no more", async () => {
  const world = stage(async () => Promise.reject(new Error("no")));
  world.handlers.onReset({ tasks: [document(2)] });
  world.feed.close();
  await settled();
  assert.deepEqual([world.closed, world.waits], [1, []]);
});

test("a task that is not there is told of", () => {
  const { feed, handlers } = stage();
  handlers.onState({ state: "gone", status: 404 });
  assert.equal(feed.gone, 404);
});

test("of a long task the newest records are kept, and the task is whole", () => {
  const { feed, handlers } = stage();
  const long = made(...Array(12_000).fill(status("WORKING")));
  for (const record of long) handlers.onEvent(record);
  assert.ok(feed.records.length >= 5000 && feed.records.length <= 5500, `${feed.records.length}`);
  assert.deepEqual([feed.records.at(-1), feed.task.records, feed.task.gaps], [long.at(-1), 12_000, []]);
});

test("each thing that is heard is told on, and the clock hears each record's time", async () => {
  const world = stage(gateway(all.slice(0, 2)));
  const { feed, handlers } = world;
  assert.deepEqual([feed.gone, world.changes], [null, 0]);
  handlers.onSnapshot({ tasks: [document(2)] });
  assert.equal(world.changes, 1);
  handlers.onEvent(all[0]);
  handlers.onEvent(all[1]);
  assert.deepEqual([world.changes, world.times], [3, [start, start + 1000]]);
  handlers.onState({ state: "live" });
  assert.equal(world.changes, 4);
  handlers.onReset({ tasks: [document(2)] });
  assert.equal(world.changes, 5);
  await settled();
  assert.equal(world.changes, 6);
  handlers.onState({ state: "gone" });
  assert.deepEqual([feed.gone, world.changes], [404, 7]);
});

test("a reset without the task leaves nothing of what was", () => {
  const { feed, handlers } = stage();
  for (const record of all.slice(0, 3)) handlers.onEvent(record);
  handlers.onReset({ tasks: [] });
  assert.deepEqual([feed.task.lastSeq, feed.task.calls, feed.records], [0, [], []]);
});

test("pages that never come are not asked for for ever; what the document says stays", async () => {
  const { feed, handlers, waits, asked } = stage(async () => Promise.reject(new Error("no")));
  handlers.onReset({ tasks: [document(6, "completed")] });
  await settled();
  for (let index = 0; index < waits.length && index < 20; index++) {
    waits[index].handler();
    await settled();
  }
  assert.deepEqual([waits.map(({ wait }) => wait), asked.length], [[1000, 2000, 4000, 8000, 16_000], 6]);
  assert.deepEqual([feed.task.state, feed.task.lastSeq], ["completed", 6]);
});

test("what one may do with it is what its document says, and is asked for again", async () => {
  const answers = [];
  const { feed, handlers, asked } = stage(async (path) => {
    if (path.includes("/events")) return { events: [], next: "0", complete: true };
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  assert.deepEqual(feed.rights, { may: [], pausable: false });
  handlers.onSnapshot({ tasks: [{ ...document(2), may: ["cancel", "pause"], pausable: true }] });
  assert.deepEqual(feed.rights, { may: ["cancel", "pause"], pausable: true });
  handlers.onReset({ tasks: [{ ...document(0), may: ["answer"], pausable: false }] });
  await settled();
  assert.deepEqual(feed.rights, { may: ["answer"], pausable: false }, "of another person, or by another policy");
  asked.length = 0;
  for (const [answer, may] of [
    [{ ...document(2), may: ["cancel"] }, ["cancel"]],
    [Object.assign(new Error("No connection."), { status: 0 }), ["cancel"]],
    [Object.assign(new Error("Draining."), { status: 503 }), ["cancel"]],
    [Object.assign(new Error("Not found."), { status: 404 }), []],
  ]) {
    answers.push(answer);
    await feed.askRights();
    assert.deepEqual(feed.rights.may, may, `${answer.message ?? "a document"}`);
  }
  assert.deepEqual(asked, Array(4).fill("/api/tasks/t-1"));
});

test("an answer that comes behind a newer one does not count", async () => {
  const held = [];
  const world = stage(() => new Promise((resolve) => held.push(resolve)));
  const { feed, handlers } = world;
  const asks = [feed.askRights(), feed.askRights()];
  held[1]({ may: ["cancel"] });
  held[0]({ may: ["answer"] });
  await Promise.all(asks);
  assert.deepEqual(feed.rights.may, ["cancel"]);
  const late = feed.askRights();
  handlers.onSnapshot({ tasks: [{ ...document(2), may: [] }] });
  held[2]({ may: ["answer"] });
  await late;
  assert.deepEqual(feed.rights.may, []);
  const closed = feed.askRights();
  feed.close();
  const changes = world.changes;
  held[3]({ may: ["answer"] });
  await closed;
  assert.deepEqual([feed.rights.may, world.changes], [[], changes]);
});
