// What pages follow, through the real client and hub.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../../../web/js/net/hub.js";
import { browser, same, upTo } from "./browser.mjs";

const many = (gateway, task, count) => Array.from({ length: count }, () => gateway.happen(task));
const paths = (gateway, part) => gateway.asked.filter(({ path }) => path.includes(part)).map(({ path }) => path);

for (const kind of ["worker", "leader", "alone"]) {
  test(`${kind}: history, then what happens, in order and once`, async () => {
    const { clock, gateway, tab } = browser({ kind });
    many(gateway, "a", 5);
    const one = tab();
    const seen = one.follow("a");
    await clock.turn(100);
    same(seen.seqs, upTo(5));
    same(seen.pictures.map(({ tasks }) => tasks[0].lastSeq), [5]);
    same(seen.states, [{ task: "a", state: "live" }]);
    for (const task of ["a", "b", "a"]) gateway.happen(task);
    await clock.turn(0);
    same(seen.seqs, upTo(7));
    assert.deepEqual(seen.events, gateway.records.filter(({ task }) => task === "a"));
    same([gateway.openStreams.length, gateway.openSockets.length], [1, 1]);
    one.client.close();
    await clock.turn(100);
    same([gateway.openStreams.length, gateway.openSockets.length], [0, 0]);
  });
}

for (const kind of ["worker", "leader"]) {
  test(`${kind}: ten tabs are one stream and one WebSocket, and each is told what it follows`, async () => {
    const { clock, gateway, tab } = browser({ kind });
    for (const task of ["a", "b", "c"]) many(gateway, task, 3);
    const wanted = [["a"], ["a", "b"], ["b", "c"], "all", ["c"], ["a"], ["a", "b", "c"], ["b"], "all", ["c", "a"]];
    const tabs = wanted.map((tasks) => ({ tasks, seen: tab().follow(tasks) }));
    await clock.turn(200);
    for (const task of ["a", "b", "c"]) gateway.happen(task);
    await clock.turn(0);
    same([gateway.openStreams.length, gateway.openSockets.length], [1, 1]);
    for (const { tasks, seen } of tabs) {
      for (const task of ["a", "b", "c"]) {
        const expected = tasks === "all" ? [4] : tasks.includes(task) ? upTo(4) : [];
        same(seen.events.filter((record) => record.task === task).map(({ seq }) => seq), expected, `${tasks}: ${task}`);
      }
    }
  });
}

test("what is followed later joins the stream from its place: no gap for it, no duplicate for the others", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 2);
  many(gateway, "b", 2);
  const one = tab().follow("a");
  await clock.turn(100);
  const other = tab().follow("b");
  gateway.happen("a");
  gateway.happen("b");
  await clock.turn(100);
  gateway.happen("b");
  gateway.happen("a");
  await clock.turn(0);
  same([one.seqs, other.seqs], [upTo(4), upTo(4)]);
  assert.match(gateway.openStreams[0].path, /tasks=a,b&after=e1\.\d+$/);
});

test("a tab that comes late gets what the hub has kept, and asks for no page of it", async () => {
  const { clock, gateway, tab } = browser();
  gateway.tasks.set("a", { title: "a", final: false });
  const one = tab().follow("a");
  await clock.turn(100);
  many(gateway, "a", 20);
  await clock.turn(0);
  const before = paths(gateway, "/events").length;
  const late = tab().follow("a");
  await clock.turn(100);
  same([one.seqs, late.seqs], [upTo(20), upTo(20)]);
  assert.equal(paths(gateway, "/events").length, before);
});

test("more than the hub keeps is read from the store, page by page", async () => {
  const { clock, gateway, tab } = browser();
  gateway.tasks.set("a", { title: "a", final: false });
  tab().follow("a");
  await clock.turn(100);
  for (let round = 0; round < 70; round++) {
    many(gateway, "a", 100);
    await clock.turn(0);
  }
  const late = tab().follow("a");
  await clock.turn(1000);
  assert.equal(late.events.length, 7000);
  assert.ok(late.seqs.every((seq, index) => seq === index + 1));
  assert.ok(paths(gateway, "/events").length >= 2);
});

test("from a number on, and from now on", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 6);
  const [some, none] = [tab().follow("a", { after: 4 }), tab().follow("a", { after: "latest" })];
  await clock.turn(100);
  same([some.seqs, none.seqs], [[5, 6], []]);
  gateway.happen("a");
  await clock.turn(0);
  same([some.seqs, none.seqs], [[5, 6, 7], [7]]);
  same([none.pictures[0].tasks[0].lastSeq, none.subscription.last("a")], [6, 7]);
});

test("all: how they stand, then what happens to any, new ones too", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 3);
  const seen = tab().follow("all");
  await clock.turn(100);
  same(seen.pictures.map(({ tasks }) => tasks.map(({ id, lastSeq }) => [id, lastSeq])), [[["a", 3]]]);
  gateway.happen("a");
  gateway.happen("new");
  await clock.turn(0);
  same(seen.events.map(({ task, seq }) => [task, seq]), [["a", 4], ["new", 1]]);
});

test("more tasks than a stream names are read with one stream of all, and nothing else is shown", async () => {
  const { clock, gateway, tab } = browser();
  const names = Array.from({ length: 130 }, (_, index) => `t${index}`);
  for (const name of [...names, "other"]) gateway.happen(name);
  const seen = tab().follow(names);
  await clock.turn(2000);
  for (const name of [...names, "other"]) gateway.happen(name);
  await clock.turn(0);
  assert.match(gateway.openStreams[0].path, /\?all&/);
  assert.equal(seen.events.length, 260);
  assert.ok(seen.events.every(({ task }) => task !== "other"));
});

test("a task that is not there is told to whoever asked, and to nobody else", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 2);
  const one = tab();
  const [there, both] = [one.follow("a"), one.follow(["a", "nowhere"])];
  await clock.turn(200);
  same(both.states.filter(({ state }) => state === "gone"), [{ task: "nowhere", state: "gone", status: 404 }]);
  gateway.happen("a");
  await clock.turn(0);
  same([there.seqs, both.seqs], [upTo(3), upTo(3)]);
});

test("a task that is removed under the stream is told, and the rest goes on", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 2);
  many(gateway, "b", 2);
  const seen = tab().follow(["a", "b"]);
  await clock.turn(100);
  gateway.tasks.delete("a");
  gateway.openStreams[0].event("bye", { reason: "removed" });
  await clock.turn(3000);
  same(seen.states.filter(({ state }) => state === "gone"), [{ task: "a", state: "gone", status: 404 }]);
  gateway.happen("b");
  await clock.turn(0);
  same(seen.events.filter(({ task }) => task === "b").map(({ seq }) => seq), upTo(3));
});

test("a record that the stream left out is fetched after half a second, and shown in its place", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 2);
  const seen = tab().follow("a");
  await clock.turn(100);
  const before = paths(gateway, "/events").length;
  gateway.openStreams[0].offset += 1;
  many(gateway, "a", 3);
  await clock.turn(400);
  same(seen.seqs, upTo(2));
  await clock.turn(200);
  same(seen.seqs, upTo(5));
  assert.equal(paths(gateway, "/events").length, before + 1);
});

test("what comes out of order within half a second asks for nothing", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 1);
  const seen = tab().follow("a");
  await clock.turn(100);
  const before = gateway.asked.length;
  const stream = gateway.openStreams[0];
  stream.isHeld = true;
  const [two, three] = many(gateway, "a", 2);
  stream.record(three);
  await clock.turn(300);
  stream.record(two);
  stream.record(two);
  await clock.turn(2000);
  same(seen.seqs, upTo(3));
  assert.equal(gateway.asked.length, before);
});

test("a journal that was put back from a copy: forget what you have, and begin with this", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 9);
  const one = tab();
  const [seen, all] = [one.follow("a"), one.follow("all")];
  await clock.turn(100);
  gateway.records.length = 4;
  gateway.epoch = "e2";
  gateway.cut();
  await clock.turn(5000);
  same([seen.resets.length, all.resets.length], [1, 1]);
  same(seen.resets[0].tasks.map(({ lastSeq }) => lastSeq), [4]);
  gateway.happen("a");
  await clock.turn(0);
  same([seen.seqs, all.seqs], [[5], [5]]);
});

test("nothing is told after a subscription is closed, and the stream is made smaller after a while", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 1);
  many(gateway, "b", 1);
  const one = tab();
  const [kept, closed] = [one.follow("a"), one.follow("b")];
  await clock.turn(100);
  closed.subscription.close();
  gateway.happen("b");
  gateway.happen("a");
  await clock.turn(6000);
  same([kept.seqs, closed.seqs], [upTo(2), upTo(1)]);
  assert.match(gateway.openStreams[0].path, /tasks=a&/);
  same(gateway.openStreams.length, 1);
});

test("a history that cannot be had at the moment comes later, and is whole", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 10);
  gateway.pageSize = 3;
  let fails = 3;
  gateway.instead = (path) => (path.includes("/events") && --fails >= 0 ? gateway.problem(503, "not-ready") : undefined);
  const seen = tab().follow("a");
  await clock.turn(60_000);
  same(seen.seqs, upTo(10));
});

test("a page that the store breaks off in the middle of a history is asked for from where it was", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 10);
  gateway.pageSize = 3;
  let pages = 0;
  gateway.instead = (path) => (path.includes("/events") && ++pages === 3 ? gateway.problem(503, "not-ready") : undefined);
  const seen = tab().follow("a");
  await clock.turn(60_000);
  same(seen.seqs, upTo(10));
  const asked = paths(gateway, "/events").map((path) => /after=([^&]*)/.exec(path)[1]);
  same(asked, ["earliest", "e1.3", "e1.6", "e1.6", "e1.9"]);
});

test("what happens while history is read waits for it, and asks for nothing", async () => {
  const { clock, gateway, tab } = browser();
  many(gateway, "a", 4);
  let answer = null;
  gateway.instead = (path) => (path.includes("/events") && answer === null
    ? new Promise((resolve) => (answer = async () => resolve(await gateway.fetch(path)))) : undefined);
  const seen = tab().follow("a");
  await clock.turn(100);
  many(gateway, "a", 3);
  await clock.turn(100);
  same(seen.seqs, []);
  await answer();
  await clock.turn(100);
  same([seen.seqs, paths(gateway, "/events").length], [upTo(7), 2]);
});

test("a place in all tasks is given only while none of them lacks a record", async () => {
  const { clock, gateway, world } = browser();
  for (const task of ["a", "b"]) gateway.happen(task);
  const hub = new Hub(world);
  const told = [];
  const post = ({ items = [] }) => told.push(...items.map(({ record: { task, seq }, cursor }) => `${task}${seq} ${cursor ?? "nowhere"}`));
  const follows = [{ sub: "s", starts: [{ task: null, after: "latest" }] }];
  hub.heard("tab", { type: "hello", lock: null, follows, presences: [], commands: [] }, post);
  await clock.turn(100);
  gateway.happen("a");
  gateway.openStreams[0].offset += 1;
  gateway.happen("a");
  for (const task of ["a", "b"]) gateway.happen(task);
  await clock.turn(1000);
  gateway.happen("a");
  await clock.turn(100);
  same(told, ["a2 e1.3", "b2 nowhere", "a3 nowhere", "a4 nowhere", "a5 e1.7"]);
  hub.close();
});

test("all: a record that the stream left out, of a task that was not heard of before, is a new beginning", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const seen = tab().follow("all");
  await clock.turn(100);
  gateway.openStreams[0].offset += 1;
  gateway.happen("a");
  gateway.happen("a");
  await clock.turn(100);
  same([seen.seqs, seen.resets.map(({ tasks }) => tasks[0].lastSeq)], [[], [3]]);
  gateway.happen("a");
  await clock.turn(0);
  same(seen.seqs, [4]);
});
