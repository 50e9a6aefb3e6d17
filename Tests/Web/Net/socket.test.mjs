// The WebSocket: how it is opened, kept and opened again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, same } from "./browser.mjs";

async function connected(options) {
  const all = browser(options);
  all.one = all.tab();
  await all.clock.turn(100);
  all.state = () => all.one.heard.links.at(-1).socket;
  return all;
}

test("it offers the protocol and the session's token", async () => {
  const { gateway } = await connected();
  same([gateway.socket.url, gateway.socket.protocols], ["wss://box.test/ws", ["signalbox.v1", "csrf.T0KEN"]]);
});

test("without a session's token (a client certificate) it offers none", async () => {
  const { gateway, clock } = await connected();
  gateway.who = { principal: "alex", roles: [], credential: "certificate" };
  gateway.socket.end(1006);
  await clock.turn(3000);
  same(gateway.socket.protocols, ["signalbox.v1"]);
});

test("it is open when the gateway has said welcome, and not before", async () => {
  const { clock, gateway, tab } = browser();
  gateway.socketsFail = true;
  const one = tab();
  await clock.turn(20);
  assert.notEqual(one.heard.links.at(-1)?.socket.kind, "open");
});

test("the token is asked for anew each time", async () => {
  const { clock, gateway } = await connected();
  gateway.who = { ...gateway.who, csrf: "NEW" };
  gateway.socket.end(1006);
  await clock.turn(3000);
  same(gateway.socket.protocols, ["signalbox.v1", "csrf.NEW"]);
});

for (const code of [1006, 1001, 1011, 4008, 4009, 4010]) {
  test(`${code}: it is opened again after a short while`, async () => {
    const { clock, gateway, state } = await connected();
    gateway.socket.end(code);
    await clock.turn(0);
    const wait = state().until - clock.time;
    assert.ok(wait >= 1000 && wait <= 2000, `${wait}`);
    await clock.turn(wait);
    same([state().kind, gateway.openSockets.length], ["open", 1]);
  });
}

test("4029: too much was said; there is a longer pause", async () => {
  const { clock, gateway, state } = await connected();
  gateway.socket.end(4029);
  await clock.turn(29_000);
  assert.equal(state().kind, "waiting");
  await clock.turn(3000);
  assert.equal(state().kind, "open");
});

test("4003: it may not, and does not try again until somebody says so", async () => {
  const { clock, gateway, one, state } = await connected();
  gateway.socket.end(4003);
  await clock.turn(600_000);
  same([state(), gateway.sockets.length], [{ kind: "closed", reason: "forbidden" }, 1]);
  one.client.retry();
  await clock.turn(100);
  assert.equal(state().kind, "open");
});

test("20 s of hearing nothing are a ping, and an answer is a life", async () => {
  const { clock, gateway } = await connected();
  const pings = () => gateway.sockets[0].sent.filter(({ type }) => type === "ping").length;
  await clock.turn(19_000);
  assert.equal(pings(), 0);
  await clock.turn(1500);
  assert.equal(pings(), 1);
  await clock.turn(200_000);
  assert.ok(pings() >= 9);
  assert.equal(gateway.sockets.length, 1);
});

test("a ping that is not answered in 10 s is a dead line: another one, and a stream that says nothing either, too", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const one = tab();
  one.follow("a");
  await clock.turn(100);
  for (let beat = 0; beat < 5; beat++) {
    await clock.turn(60_000);
    gateway.openStreams[0].heartbeat(); // So far apart that a stream's silence alone tells nothing for long.
  }
  await clock.turn(200);
  const streams = gateway.streams.length;
  gateway.answersCommands = false;
  await clock.turn(29_000);
  const before = [gateway.sockets.length, gateway.streams.length];
  gateway.answersCommands = true;
  await clock.turn(14_000);
  same([before, gateway.sockets.length, gateway.openSockets.length, gateway.streams.length], [[1, streams], 2, 1, streams + 1]);
});

test("a handshake that does not end is given up after 10 s", async () => {
  const { clock, gateway, tab } = browser();
  gateway.socketsHang = true;
  const one = tab();
  await clock.turn(9000);
  const count = gateway.sockets.length;
  gateway.socketsHang = false;
  await clock.turn(4000);
  same([count, gateway.sockets.length, one.heard.links.at(-1).socket.kind], [1, 2, "open"]);
});

test("several commands of one moment go as one message, and several events come as one", async () => {
  const { clock, gateway, one } = await connected();
  const frames = [];
  const send = gateway.socket.send.bind(gateway.socket);
  gateway.socket.send = (text) => {
    frames.push(JSON.parse(text));
    send(text);
  };
  gateway.socketsFail = true;
  gateway.socket.end(1006);
  const results = ["a", "b"].map((task) => one.client.command({ type: "cancel", task }));
  await clock.turn(0);
  gateway.socketsFail = false;
  await clock.turn(1990);
  await Promise.all(results);
  assert.deepEqual(gateway.socket.sent.filter(({ type }) => type === "cancel").map(({ task }) => task), ["a", "b"]);
  gateway.socket.say({ type: "nack", id: null, code: "bad-message", message: "?" }, null, { type: "of-a-newer-server" });
  await clock.turn(0);
  assert.equal(gateway.openSockets.length, 1);
});

for (const [name, end] of [["its reason", (socket) => socket.end(4001, "revoked")], ["what was said before", (socket) => {
  socket.say({ type: "bye", reason: "revoked" });
  socket.end(4001);
}]]) {
  test(`4001: it is over, and ${name} is told; nothing is asked any more`, async () => {
    const { clock, gateway, one } = await connected();
    const before = gateway.asked.length;
    end(gateway.socket);
    await clock.turn(60_000);
    same([one.heard.sessions.at(-1), gateway.asked.length - before, gateway.sockets.length], [{ type: "lost", reason: "revoked" }, 0, 1]);
  });
}
