// Tabs that come, go and die; the one that leads; ways to the hub.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Hub } from "../../../web/js/net/hub.js";
import { browser, same, upTo } from "./browser.mjs";

for (const end of ["close", "kill"]) {
  const bye = (one) => (end === "close" ? one.client.close() : one.kill());

  test(`the leader's end (${end}): the next takes over; no gap, no duplicate, no new beginning`, async () => {
    const { clock, gateway, tab } = browser({ kind: "leader" });
    for (const task of ["a", "b", "a"]) gateway.happen(task);
    const leader = tab();
    const [two, three] = [tab(), tab()];
    const seen = [two.follow("a"), three.follow(["a", "b"]), three.follow("all"), two.follow("b", { after: "latest" })];
    await clock.turn(100);
    for (const task of ["a", "b"]) gateway.happen(task);
    await clock.turn(0);
    bye(leader);
    for (const task of ["a", "b", "a"]) gateway.happen(task);
    await clock.turn(1000);
    gateway.happen("b");
    await clock.turn(0);
    same([gateway.openStreams.length, gateway.openSockets.length], [1, 1]);
    same(seen.map(({ resets, pictures }) => [resets.length, pictures.length]), [[0, 1], [0, 2], [0, 1], [0, 1]]);
    const seqs = (watched, name) => watched.events.filter(({ task }) => task === name).map(({ seq }) => seq);
    same(seqs(seen[0], "a"), upTo(5));
    same([seqs(seen[1], "a"), seqs(seen[1], "b")], [upTo(5), upTo(4)]);
    same([seqs(seen[2], "a"), seqs(seen[2], "b")], [upTo(5, 3), upTo(4, 2)]);
    same(seqs(seen[3], "b"), upTo(4, 2));
  });

  test(`the leader's end (${end}) in the middle of a command of another tab: it is given again, and counts once`, async () => {
    const { clock, gateway, tab } = browser({ kind: "leader" });
    gateway.happen("a");
    const [leader, two] = [tab(), tab()];
    await clock.turn(100);
    gateway.socket.say = () => {}; // It has it, and the answer is lost with the leader.
    let receipt = null;
    two.client.command({ type: "cancel", task: "a" }).then((value) => (receipt = value));
    await clock.turn(0);
    same([gateway.commands.size, receipt], [1, null]);
    bye(leader);
    await clock.turn(1000);
    same([gateway.commands.size, receipt?.repeated, gateway.openSockets.length], [1, true, 1]);
    gateway.judge([...gateway.commands.keys()][0], "stopped");
    await clock.turn(0);
    same(two.heard.verdicts.map(({ verdict }) => verdict), ["stopped"]);
  });
}

test("a new hub goes on from the place of the tab that is furthest behind", async () => {
  const { clock, gateway, world } = browser();
  for (let count = 0; count < 12; count++) gateway.happen("a");
  const hub = new Hub(world);
  const told = [[], []];
  ["e1.10", "e1.9"].forEach((cursor, tab) => {
    const follows = [{ sub: "s", starts: [{ task: null, cursor, isResumed: true }] }];
    const post = ({ type, items = [] }) => told[tab].push(...(type === "snapshot" ? [type] : items.map(({ record }) => record.seq)));
    hub.heard(`tab-${tab}`, { type: "hello", lock: null, follows, presences: [], commands: [] }, post);
  });
  await clock.turn(100);
  same(told, [[10, 11, 12], [10, 11, 12]]);
  hub.close();
});

test("the journal is another one when the next tab leads, with as many records: that is a new beginning", async () => {
  const { clock, gateway, tab } = browser({ kind: "leader" });
  for (let count = 0; count < 3; count++) gateway.happen("a");
  const [leader, two] = [tab(), tab()];
  const seen = two.follow("a");
  await clock.turn(100);
  gateway.happen("a");
  await clock.turn(0);
  gateway.epoch = "e2";
  gateway.records.length = 2;
  for (let count = 0; count < 2; count++) gateway.happen("a");
  leader.kill();
  await clock.turn(1000);
  same([seen.resets.length, seen.resets[0]?.tasks[0].lastSeq, seen.seqs], [1, 4, []]);
});

test("a command that its tab has given up is not sent later, by another hub either", async () => {
  const { clock, gateway, tab } = browser({ kind: "leader" });
  gateway.happen("a");
  const [leader, two] = [tab(), tab()];
  await clock.turn(100);
  gateway.isDown = true;
  gateway.cut();
  let code = null;
  two.client.command({ type: "cancel", task: "a" }).catch((nack) => (code = nack.code));
  await clock.turn(20_000);
  leader.kill();
  await clock.turn(11_000);
  assert.equal(code, "no-answer");
  gateway.isDown = false;
  await clock.turn(60_000);
  same([gateway.commands.size, gateway.openSockets.length], [0, 1]);
});

test("after a history alone the next hub knows the place, and reads none of it again", async () => {
  const { clock, gateway, tab } = browser({ kind: "leader" });
  for (let count = 0; count < 3; count++) gateway.happen("a");
  const [leader, two] = [tab(), tab()];
  const seen = two.follow("a");
  await clock.turn(100);
  leader.kill();
  gateway.happen("a");
  await clock.turn(1000);
  same(seen.seqs, upTo(4));
  assert.match(gateway.asked.filter(({ path }) => path.includes("/events")).at(-1).path, /after=e1\.3&/);
});

test("leaders that die one after another, with events between all steps", async () => {
  const { clock, gateway, tab } = browser({ kind: "leader" });
  gateway.happen("a");
  const tabs = Array.from({ length: 5 }, tab);
  const seen = tabs.map((one) => one.follow("a"));
  for (const one of tabs.slice(0, 4)) {
    await clock.turn(37);
    gateway.happen("a");
    one.kill();
    gateway.happen("a");
  }
  await clock.turn(2000);
  same([seen[4].seqs, gateway.openStreams.length], [upTo(9), 1]);
});

test("a tab that dies is noticed by its lock: its tasks leave the stream, and with the last tab everything is closed", async () => {
  const { clock, gateway, tab } = browser();
  for (const task of ["a", "b"]) gateway.happen(task);
  const [one, two] = [tab(), tab()];
  one.follow("a");
  two.follow("b");
  await clock.turn(100);
  one.kill();
  await clock.turn(7000);
  assert.match(gateway.openStreams[0].path, /tasks=b&/);
  two.kill();
  await clock.turn(1100);
  same([gateway.openStreams.length, gateway.openSockets.length], [0, 0]);
});

test("without locks a dead tab is noticed by its silence, and a living one is not taken for dead", async () => {
  const { clock, gateway, tab } = browser({ hasLocks: false });
  for (const task of ["a", "b"]) gateway.happen(task);
  const [one, two] = [tab(), tab()];
  one.follow("a");
  const seen = two.follow("b");
  await clock.turn(100);
  const beat = setBeat(clock, gateway);
  one.kill();
  await beat(300_000);
  assert.match(gateway.openStreams[0].path, /tasks=b&/);
  gateway.happen("b");
  await clock.turn(0);
  same(seen.seqs, upTo(2));
});

test("a tab that was taken for dead says all again", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const [one, two] = [tab(), tab()];
  const seen = one.follow("a");
  two.follow("a");
  await clock.turn(100);
  one.page.dispatchEvent(new Event("pagehide"));
  await clock.turn(0);
  gateway.happen("a");
  await clock.turn(0);
  same(seen.seqs, [1]);
  one.page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  await clock.turn(100);
  same([seen.seqs, seen.resets.length], [upTo(2), 0]);
  two.page.dispatchEvent(new Event("pagehide"));
  await clock.turn(0);
  const again = two.follow("a");
  await clock.turn(100);
  same(again.seqs, upTo(2));
});

test("the browser is online again: nobody waits", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const one = tab();
  one.follow("a");
  await clock.turn(100);
  gateway.isDown = true;
  gateway.cut();
  await clock.turn(100_000);
  gateway.isDown = false;
  one.page.dispatchEvent(new Event("online"));
  await clock.turn(0);
  same([gateway.openStreams.length, gateway.openSockets.length], [1, 1]);
});

for (const how of ["throws", "says that it failed", "says nothing"]) {
  test(`a SharedWorker that ${how} is done without`, async () => {
    const { clock, gateway, tab } = browser({ kind: "worker", brokenWorker: how });
    gateway.happen("a");
    const [one, two] = [tab(), tab()];
    const seen = [one.follow("a"), two.follow("a")];
    await clock.turn(6000);
    gateway.happen("a");
    await clock.turn(100);
    same([seen[0].seqs, seen[1].seqs, gateway.openStreams.length], [upTo(2), upTo(2), 1]);
  });
}

test("the worker's address goes through the policy of Trusted Types, which takes no other", async () => {
  const made = [];
  const { workerURL, workerPath } = await import("../../../web/js/net/trusted.js");
  const trustedTypes = { createPolicy: (name, rules) => {
    made.push(name);
    assert.throws(() => rules.createScriptURL("/elsewhere.js"), TypeError);
    return { createScriptURL: (url) => ({ trusted: rules.createScriptURL(url) }) };
  } };
  assert.equal(workerURL({}), workerPath);
  same([workerURL({ trustedTypes }), workerURL({ trustedTypes })], [{ trusted: workerPath }, { trusted: workerPath }]);
  same(made, ["signalbox"]);
});

function setBeat(clock, gateway) {
  return async (milliseconds) => {
    for (let time = 0; time < milliseconds; time += 15_000) {
      await clock.turn(15_000);
      for (const stream of gateway.openStreams) stream.heartbeat();
    }
  };
}
