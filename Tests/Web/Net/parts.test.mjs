// The small parts: backoff, the format of streams, commands as requests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../../web/js/net/backoff.js";
import { EventParser } from "../../../web/js/net/event-parser.js";
import { expectsVerdict, isOnceOnly, requestFor } from "../../../web/js/net/requests.js";
import { chance } from "./world.mjs";

const waits = (random, count, atLeast) => {
  const backoff = new Backoff(random);
  return Array.from({ length: count }, () => backoff.next(atLeast));
};

test("waits are between 1 s and a ceiling that doubles up to 30 s", () => {
  assert.deepEqual(waits(() => 0, 7), [1000, 1000, 1000, 1000, 1000, 1000, 1000]);
  assert.deepEqual(waits(() => 0.999999, 7), [2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("the whole range is used", () => {
  const all = Array.from({ length: 200 }, (_, seed) => waits(chance(seed), 5).at(-1));
  assert.ok(Math.min(...all) < 3000 && Math.max(...all) > 28_000);
});

test("what the server asks for is the least, and those who were told the same come back one after another", () => {
  const all = Array.from({ length: 50 }, (_, seed) => waits(chance(seed), 1, 20_000)[0]);
  assert.ok(all.every((wait) => wait >= 20_000 && wait <= 21_000));
  assert.ok(new Set(all).size > 40);
});

test("after a success it begins anew", () => {
  const backoff = new Backoff(() => 1);
  backoff.next();
  backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 2000);
});

const text = "retry: 1500\r\n: comment\nid: e.1\rdata: {\"a\":\r\ndata:  1}\n\nevent: bye\ndata\nid: e.2\n\nid: e.3\n\nevent: x\n\ndata: ü\n\n";
const events = [
  { type: "message", id: "e.1", data: "{\"a\":\n 1}" }, { type: "bye", id: "e.2", data: "" }, { type: "message", id: "e.3", data: "ü" },
];

test("a stream is read by the rules of its format", () => {
  const parser = new EventParser();
  assert.deepEqual(parser.feed(text), events);
  assert.equal(parser.retry, 1500);
});

test("wherever it is cut, it is the same", () => {
  for (let cut = 0; cut <= text.length; cut++) {
    const parser = new EventParser();
    assert.deepEqual([...parser.feed(text.slice(0, cut)), ...parser.feed(text.slice(cut))], events, `cut at ${cut}`);
  }
  const parser = new EventParser();
  assert.deepEqual([...text].flatMap((letter) => parser.feed(letter)), events);
});

test("an unfinished event says nothing", () => assert.deepEqual(new EventParser().feed("data: 1\n"), []));

const requests = [
  [{ type: "submit", agent: "x", text: "do", key: "c1" }, "/api/tasks", { agent: "x", text: "do", key: "c1" }],
  [{ type: "cancel", task: "t/1", why: "w" }, "/api/tasks/t%2F1:cancel", { id: "c1", why: "w" }],
  [{ type: "cancel", filter: "mine", dryRun: true }, "/api/tasks:cancel", { filter: "mine", dryRun: true }],
  [{ type: "say", task: "t", text: "hi" }, "/api/tasks/t/messages", { id: "c1", text: "hi" }],
  [{ type: "answer", task: "t", question: "q1", values: { a: 1 } }, "/api/tasks/t/questions/q1:answer", { id: "c1", values: { a: 1 } }],
  [{ type: "answer", task: "t", question: "q1", decline: true }, "/api/tasks/t/questions/q1:answer", { id: "c1", decline: true }],
  [{ type: "claim", task: "t", question: "q1" }, "/api/tasks/t/questions/q1:claim", { id: "c1" }],
  [{ type: "release", task: "t", question: "q1" }, "/api/tasks/t/questions/q1:release", {}],
  [{ type: "pause", task: "t" }, "/api/tasks/t:pause", { id: "c1" }],
  [{ type: "resume", task: "t" }, "/api/tasks/t:resume", { id: "c1" }],
  [{ type: "review", task: "t", opinion: "accept" }, "/api/tasks/t:review", { id: "c1", opinion: "accept" }],
  [{ type: "review", task: "t", opinion: "disagree", why: "w" }, "/api/tasks/t:review", { id: "c1", opinion: "disagree", why: "w" }],
];
for (const [message, path, body] of requests) {
  test(`${message.type} ${JSON.stringify(message)} is a POST to ${path}`, () =>
    assert.deepEqual(requestFor({ ...message, id: "c1" }), { path, body }));
}

test("what only a WebSocket takes is no request", () => assert.equal(requestFor({ type: "refresh", id: "r", token: "t" }), null));

test("which commands have a verdict, and which must not be sent twice", () => {
  const kinds = ["submit", "cancel", "say", "answer", "claim", "release", "pause", "resume", "review"];
  assert.deepEqual(kinds.filter((type) => expectsVerdict({ type })), ["cancel", "say", "answer", "pause", "resume"]);
  assert.deepEqual(kinds.filter((type) => isOnceOnly({ type })), []);
  assert.deepEqual([true, false].map((dryRun) => isOnceOnly({ type: "cancel", filter: "all", dryRun })), [false, true]);
  assert.equal(expectsVerdict({ type: "cancel", filter: "all" }), false);
});
