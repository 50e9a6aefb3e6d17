// Who is signed in, and what becomes of the connections when that changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, same, upTo } from "./browser.mjs";

const ends = {
  "the stream says so": (gateway) => gateway.openStreams[0].event("bye", { reason: "revoked" }),
  "the WebSocket is closed with 4001": (gateway) => gateway.socket.end(4001, "revoked"),
  "a page of history is answered with 401": (gateway) => {
    gateway.openStreams[0].offset += 1;
    gateway.happen("a");
    gateway.happen("a");
  },
  "the stream is answered with 401": (gateway) => gateway.openStreams[0].fail(),
  "the next WebSocket finds nobody": (gateway) => gateway.socket.end(1006),
};

for (const [name, end] of Object.entries(ends)) {
  test(`nobody is signed in any more (${name}): all is closed, nothing is tried again, all tabs are told once`, async () => {
    const { clock, gateway, tab } = browser();
    gateway.happen("a");
    const tabs = [tab(), tab()];
    for (const one of tabs) one.follow("a");
    await clock.turn(100);
    gateway.who = null;
    end(gateway);
    await clock.turn(5000);
    same([gateway.openStreams.length, gateway.openSockets.length], [0, 0]);
    for (const { heard } of tabs) {
      same(heard.sessions.map(({ type }) => type), ["in", "lost"]);
      same(heard.links.at(-1), { stream: { kind: "idle" }, socket: { kind: "idle" } });
    }
    const before = gateway.asked.length + gateway.sockets.length;
    await clock.turn(600_000);
    assert.equal(gateway.asked.length + gateway.sockets.length, before);
  });
}

for (const reason of ["expired", "revoked"]) {
  test(`bye ${reason}: the reason is told, and the gateway is not asked for another opinion`, async () => {
    const { clock, gateway, tab } = browser();
    gateway.happen("a");
    const one = tab();
    one.follow("a");
    await clock.turn(100);
    const before = gateway.asked.length;
    gateway.openStreams[0].event("bye", { reason });
    await clock.turn(60_000);
    same([one.heard.sessions.at(-1), gateway.asked.length - before], [{ type: "lost", reason }, 0]);
  });
}

test("signed in again as the same person: it goes on where it was", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const [one, other] = [tab(), tab()];
  const [seen, all] = [one.follow("a"), other.follow("a")];
  await clock.turn(100);
  const who = gateway.who;
  gateway.who = null;
  gateway.cut();
  await clock.turn(5000);
  gateway.happen("a");
  gateway.who = who;
  one.client.retry();
  await clock.turn(1000);
  same([seen.seqs, all.seqs, seen.resets.length], [upTo(2), upTo(2), 0]);
  assert.deepEqual([gateway.openStreams.length, gateway.openSockets.length], [1, 1]);
});

test("a new tab after a sign-in wakes the others", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const seen = tab().follow("a");
  await clock.turn(100);
  const who = gateway.who;
  gateway.who = null;
  gateway.cut();
  await clock.turn(5000);
  gateway.who = who;
  gateway.happen("a");
  tab();
  await clock.turn(1000);
  same(seen.seqs, upTo(2));
});

test("somebody else is signed in: nothing of what the last one saw goes on, and all begins anew", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const one = tab();
  const seen = one.follow("a");
  await clock.turn(100);
  gateway.who = { ...gateway.who, principal: "kim" };
  gateway.openStreams[0].fail();
  await clock.turn(5000);
  same(one.heard.sessions, [{ type: "in", principal: "alex" }, { type: "changed", principal: "kim" }]);
  same([seen.resets.length, seen.seqs], [1, [1]]);
  assert.equal(gateway.openStreams.length, 1);
});

test("commands of the one who was signed in are refused, and not sent for the next", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const one = tab();
  one.follow("a");
  await clock.turn(100);
  gateway.answersCommands = false;
  const result = one.client.command({ type: "cancel", task: "a" }).catch((nack) => nack);
  await clock.turn(0);
  gateway.who = { ...gateway.who, principal: "kim" };
  gateway.socket.end(1006);
  gateway.answersCommands = true;
  await clock.turn(60_000);
  assert.equal((await result).code, "not-signed-in");
  assert.equal(gateway.commands.size, 0);
  assert.deepEqual(gateway.socket.sent.filter(({ type }) => type === "cancel"), []);
});

test("a command while nobody is signed in is refused at once", async () => {
  const { clock, gateway, tab } = browser();
  const one = tab();
  await clock.turn(100);
  gateway.who = null;
  gateway.cut();
  await clock.turn(5000);
  const result = one.client.command({ type: "cancel", task: "a" }).catch((nack) => nack);
  await clock.turn(100);
  assert.equal((await result).code, "not-signed-in");
});

test("an end that is near and a longer right are told, from either way", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const one = tab();
  one.follow("a");
  await clock.turn(100);
  gateway.openStreams[0].event("expiring", { at: "2026-11-21T14:05:00Z", inSeconds: 60 });
  await clock.turn(0);
  gateway.socket.say({ type: "refreshed", expires: "2026-11-21T15:05:00Z" });
  await clock.turn(0);
  same(one.heard.sessions.slice(1), [
    { type: "expiring", at: "2026-11-21T14:05:00Z", inSeconds: 60 }, { type: "refreshed", expires: "2026-11-21T15:05:00Z" },
  ]);
});

test("another right is told, and the questions are read again; what each new stream says of its own right is not", async () => {
  const { clock, gateway, tab } = browser();
  gateway.happen("a");
  const question = { task: "a", question: "q1", title: "a", kind: "input", text: "Well?", mayAnswer: true };
  gateway.questions = [question];
  const one = tab();
  one.follow("a");
  await clock.turn(100);
  gateway.cut();
  await clock.turn(60_000);
  same(one.heard.sessions.map(({ type }) => type), ["in"]);
  gateway.questions = [{ ...question, mayAnswer: false }];
  gateway.openStreams[0].event("grant", { principal: "alex", roles: ["viewer"] });
  await clock.turn(100);
  same(one.heard.sessions.slice(1), [{ type: "rights", principal: "alex", roles: ["viewer"] }]);
  same(one.heard.questions.at(-1).question.mayAnswer, false);
});
