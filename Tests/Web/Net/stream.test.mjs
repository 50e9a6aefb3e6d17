// How the stream breaks, and what is done about it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, same, upTo } from "./browser.mjs";

async function watching(options) {
  const all = browser(options);
  all.gateway.happen("a");
  all.one = all.tab();
  all.seen = all.one.follow("a");
  await all.clock.turn(100);
  all.state = () => all.one.heard.links.at(-1).stream;
  all.opened = () => all.gateway.streams.length;
  return all;
}

test("a broken line: a countdown, the same place, and what was missed is said and there", async () => {
  const { clock, gateway, seen, state } = await watching();
  gateway.happen("b");
  gateway.happen("a");
  await clock.turn(0);
  gateway.openStreams[0].fail();
  gateway.happen("a");
  gateway.happen("a");
  await clock.turn(0);
  assert.equal(state().kind, "waiting");
  const wait = state().until - clock.time;
  assert.ok(wait >= 1000 && wait <= 2500, `${wait}`);
  same(seen.seqs, upTo(2));
  await clock.turn(wait);
  same(seen.seqs, upTo(4));
  assert.match(gateway.openStreams[0].path, /&after=e1\.3$/);
  same([state().kind, state().missed, state().away], ["open", 2, wait]);
});

test("`retry` of the server is the least that is waited", async () => {
  const { clock, gateway, state } = await watching();
  for (let round = 0; round < 5; round++) {
    gateway.openStreams[0].text("retry: 7000\n\n");
    await clock.turn(6000);
    gateway.openStreams[0].fail();
    await clock.turn(0);
    assert.ok(state().until - clock.time >= 7000);
    await clock.turn(40_000);
  }
});

test("a gateway that is away is tried at growing distances, 30 s at most, for ever", async () => {
  const { clock, gateway, seen } = await watching();
  gateway.isDown = true;
  gateway.cut();
  const before = gateway.asked.length;
  await clock.turn(600_000);
  const tries = gateway.asked.slice(before).filter(({ path }) => path.startsWith("/api/stream")).length;
  assert.ok(tries >= 20 && tries <= 80, `${tries} tries in 10 minutes`);
  gateway.isDown = false;
  gateway.happen("a");
  await clock.turn(31_000);
  same(seen.seqs, upTo(2));
});

test("try now does not wait", async () => {
  const { clock, gateway, one, state } = await watching();
  gateway.openStreams[0].fail();
  await clock.turn(0);
  one.client.retry();
  await clock.turn(0);
  assert.equal(state().kind, "open");
});

test("a draining server: bye, and back a little later; nobody is asked to sign in", async () => {
  const { clock, gateway, one, seen, state } = await watching();
  gateway.openStreams[0].event("bye", { reason: "draining" });
  gateway.socket.say({ type: "bye", reason: "draining" });
  gateway.socket.end(4009);
  await clock.turn(0);
  same([state().kind, one.heard.links.at(-1).socket.kind], ["waiting", "waiting"]);
  same([state().reason, one.heard.links.at(-1).socket.reason], ["draining", "draining"]);
  gateway.happen("a");
  await clock.turn(5000);
  same([seen.seqs, gateway.openStreams.length, gateway.openSockets.length], [upTo(2), 1, 1]);
  assert.ok(one.heard.sessions.every(({ type }) => type === "in"));
});

test("a `retry` that comes with the farewell is waited for, and the one of the beginning is not", async () => {
  for (const [said, least, most] of [["", 1000, 2000], ["retry: 9000\n\n", 9000, 10_000]]) {
    const { clock, gateway, state } = await watching();
    if (said !== "") gateway.openStreams[0].text(said);
    gateway.openStreams[0].event("bye", { reason: "try-later" });
    await clock.turn(0);
    const left = state().until - clock.time;
    assert.ok(state().kind === "waiting" && left >= least && left <= most, `${said} ${left}`);
    gateway.happen("a");
    await clock.turn(left);
    assert.equal(state().kind, "open");
  }
});

test("429: what Retry-After says is waited, and longer distances do not come before it", async () => {
  const { clock, gateway, state } = await watching();
  gateway.instead = (path) => (path.startsWith("/api/stream") ? gateway.problem(429, "too-many-requests", {}, { "retry-after": "17" }) : undefined);
  gateway.openStreams[0].fail();
  await clock.turn(2500);
  const left = state().until - clock.time;
  assert.ok(state().kind === "waiting" && left > 14_000 && left <= 18_000, `${left}`);
  gateway.instead = () => undefined;
  await clock.turn(left);
  assert.equal(state().kind, "open");
});

test("something new that is followed does not break a Retry-After", async () => {
  const { clock, gateway, one, opened } = await watching();
  gateway.happen("b");
  gateway.instead = (path) => (path.startsWith("/api/stream") ? gateway.problem(429, "too-many-requests", {}, { "retry-after": "17" }) : undefined);
  gateway.openStreams[0].fail();
  await clock.turn(3000);
  gateway.instead = () => undefined;
  const before = opened();
  const other = one.follow("b");
  await clock.turn(5000);
  assert.equal(opened(), before);
  await clock.turn(15_000);
  assert.equal(opened(), before + 1);
  same(other.seqs, [1]);
});

test("a finished task: the stream ends, and nobody asks again", async () => {
  const { clock, gateway, state, seen } = await watching();
  gateway.happen("a");
  gateway.end("a");
  gateway.openStreams[0].event("bye", { reason: "finished" });
  await clock.turn(0);
  const before = gateway.asked.length;
  await clock.turn(300_000);
  assert.equal(gateway.asked.slice(before).filter(({ path }) => path.startsWith("/api/stream")).length, 0);
  same([state().kind, seen.seqs], ["finished", upTo(2)]);
});

test("a task that was finished before it is followed: its history, and 204 is the end", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  gateway.happen("a");
  gateway.end("a");
  const one = tab();
  const seen = one.follow("a");
  await clock.turn(60_000);
  same([seen.seqs, one.heard.links.at(-1).stream.kind, gateway.openStreams.length], [upTo(2), "finished", 0]);
  const other = one.follow("a");
  await clock.turn(1000);
  same(other.seqs, upTo(2));
});

test("heartbeats keep a quiet stream, for hours", async () => {
  const { clock, gateway, opened } = await watching();
  const before = opened();
  for (let beat = 0; beat < 500; beat++) {
    await clock.turn(15_000);
    gateway.openStreams[0].heartbeat();
  }
  assert.equal(opened(), before);
});

test("silence of 25 s is a dead line, and nothing is lost by it", async () => {
  const { clock, gateway, opened, seen } = await watching();
  const before = opened();
  gateway.openStreams[0].isHeld = true;
  gateway.happen("a");
  await clock.turn(24_000);
  assert.equal(opened(), before);
  await clock.turn(1500);
  same([opened(), seen.seqs], [before + 1, upTo(2)]);
});

test("heartbeats that are further apart are learnt, not fought", async () => {
  const { clock, gateway, opened } = await watching();
  const beat = async () => {
    await clock.turn(60_000);
    gateway.openStreams[0].heartbeat();
  };
  for (let count = 0; count < 5; count++) await beat();
  const before = opened();
  for (let count = 0; count < 50; count++) await beat();
  assert.equal(opened(), before);
});

test("a tab that is looked at after a long silence does not wait to be told", async () => {
  const { clock, gateway, one, opened, seen, settle } = await watching();
  const before = opened();
  gateway.openStreams[0].isHeld = true;
  gateway.happen("a");
  clock.sleep(26_000);
  one.page.show(true);
  await settle(); // Timers of sleepers come late.
  same([opened(), seen.seqs], [before + 1, upTo(2)]);
});

test("a tab that is looked at after a short silence changes nothing", async () => {
  const { clock, one, opened } = await watching();
  const before = opened();
  clock.sleep(20_000);
  one.page.show(true);
  await clock.turn(0);
  assert.equal(opened(), before);
});

test("hidden tabs: alone the connections are closed and come back; with others they stay", async () => {
  for (const [kind, open] of [["worker", 1], ["leader", 1], ["alone", 0]]) {
    const { clock, gateway, one, seen } = await watching({ kind });
    one.page.show(false);
    await clock.turn(100);
    same([gateway.openStreams.length, gateway.openSockets.length], [open, open], kind);
    gateway.happen("a");
    one.page.show(true);
    await clock.turn(100);
    same([seen.seqs, seen.resets.length, gateway.openStreams.length], [upTo(2), 0, 1], kind);
  }
});

test("what cannot be read on a stream does not end it", async () => {
  const { clock, gateway, seen } = await watching();
  const stream = gateway.openStreams[0];
  stream.text("data: {\n\nevent: expiring\ndata: nonsense\n\nevent: of-a-newer-server\ndata: {}\n\n");
  gateway.happen("a");
  await clock.turn(0);
  same([seen.seqs, stream.isOpen], [upTo(2), true]);
});
