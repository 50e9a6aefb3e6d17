// The words of the waterfall's rows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf, lengthOf, lineOf, percent, stateOf, tagOf, timeOf } from "../../web/js/core/row-words.js";

const base = {
  id: "1", tool: "load", state: "done", attempts: [{ from: 0, to: 3000, state: "done", error: null }], step: null, total: null, took: null,
  message: "Reading.", summary: "All read.", error: null, retry: null, from: 0, to: 3000, question: null,
};
const row = (more = {}) => ({ kind: "call", name: "load", call: { ...base, ...more }, calls: [{ ...base, ...more }] });
const open = { id: "q1", state: "open", how: null, by: null, asked: 0, closed: null, deadline: 600_000, text: "Why?\nx" };
const question = (more = {}) => ({ kind: "question", calls: [], question: { ...open, ...more } });
const agent = (states, ended = null) => ({ kind: "agent", name: "wash", calls: states.map((state) => ({ state })), agent: { since: 0, ended } });

test("one line says how a call stands", () => {
  const task = { questions: [{ id: "q1", form: { prompt: "Was it cleared?" }, text: "" }] };
  assert.equal(lineOf(row(), task), "All read.");
  assert.equal(lineOf(row({ state: "running", summary: "" }), task), "Reading.");
  assert.equal(lineOf(row({ state: "failed", error: "No line." }), task), "No line.");
  assert.equal(lineOf(row({ state: "retrying", retry: { why: "cut off", at: 5 } }), task), "Failed: cut off");
  assert.equal(lineOf(row({ state: "waiting", question: "q1" }), task), "Was it cleared?");
  assert.equal(lineOf(question(), task), "Why?");
});

test("a call that tells how far it is has percent and what is left; one that ended has its own time", () => {
  const running = { state: "running", to: null, step: 1, total: 4, attempts: [{ from: 0, to: null, state: "running" }] };
  assert.deepEqual(timeOf(row(running), 3000), { time: "3.00 s", more: "25%, 9 s left" });
  assert.deepEqual(timeOf(row({ ...running, total: null }), 3000), { time: "3.00 s", more: "" });
  assert.equal(percent({ step: 7, total: 4 }), 100);
  assert.equal(lengthOf({ ...base, took: 2990 }, 9000), 2990);
  assert.equal(lengthOf({ ...base, took: 990, attempts: [base.attempts[0], base.attempts[0]] }, 9000), 3000, "two attempts and the wait");
});

test("attempts are counted", () => {
  const attempts = [base.attempts[0], base.attempts[0]];
  assert.deepEqual(tagOf(row({ attempts })), { text: "retried once", tone: "" });
  assert.deepEqual(tagOf(row({ attempts: [...attempts, ...attempts] })), { text: "retried 3 times", tone: "" });
  assert.equal(timeOf(row({ attempts }), 0).more, "2 attempts");
  assert.equal(tagOf(row()), null);
});

test("a question waits, and says how it ended", () => {
  assert.deepEqual(tagOf(question()), { text: "waiting for an answer", tone: "warn" });
  assert.deepEqual(timeOf(question(), 60_000), { time: "1 m 00 s", more: "of 10 m 00 s" });
  const closed = (how, by = null) => question({ state: "closed", closed: 5000, how, by });
  assert.equal(tagOf(closed("answered", "kim")).text, "answered by kim");
  assert.equal(tagOf(closed("expired")).text, "no answer in time");
  assert.deepEqual([stateOf(question()), stateOf(closed("answered")), stateOf(closed("expired")), stateOf(closed("ended"))],
    ["waiting", "done", "failed", "stopped"]);
});

test("a group stands as that which most needs a look", () => {
  const state = (...states) => stateOf({ kind: "name", calls: states.map((one) => ({ state: one })) });
  assert.deepEqual([state("done", "failed"), state("running", "failed"), state("waiting", "running"), state("done")],
    ["failed", "running", "waiting", "done"]);
  assert.equal(stateOf(agent(["done"])), "running", "it has not ended");
  assert.equal(stateOf(agent(["done"]), true), "waiting");
  assert.equal(stateOf(agent(["done", "running"]), true), "running");
  assert.equal(stateOf(agent(["done", "failed"], 5)), "failed");
});

test("the head counts, and a question without a call is one that waits", () => {
  const calls = [{ state: "done" }, { state: "done" }, { state: "running" }, { state: "failed", question: "q2" }];
  assert.equal(countsOf(calls, [{ id: "q1", state: "open" }, { id: "q2", state: "open" }]), "2 done, 1 running, 1 waiting, 1 failed");
  assert.equal(countsOf([]), "");
});
