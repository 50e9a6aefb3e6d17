// In which state a question's card is, its spoken moments, and its draft.

import assert from "node:assert/strict";
import test from "node:test";

import { Drafts } from "../../web/js/core/drafts.js";
import { deadlineWarning, expiryText, fuse, questionState, undeliveredText } from "../../web/js/core/question-state.js";
import { isDown } from "../../web/js/core/line-state.js";

const now = Date.UTC(2026, 2, 1, 9, 30);
const open = {
  id: "q1", state: "open", kind: "input", deadline: now + 60_000, asked: now - 60_000, claimedBy: null, claimedUntil: null,
  how: null, by: null, why: null, closed: null, answer: null, form: { fields: [{ name: "a", label: "A", type: "text" }] },
};
const closed = (how, more) => ({ ...open, state: "closed", how, closed: now - 12_000, ...more });
const state = (question, more = {}) => questionState({ question, me: "ana", now, ...more });

test("open, watched, claimed, asked for a permission, without a line, late", () => {
  assert.equal(state(open).kind, "open");
  assert.equal(state(open, { mayAnswer: false }).kind, "watching");
  assert.equal(state({ ...open, kind: "auth" }).kind, "auth");
  assert.equal(state(open, { isDown: true }).canSend, false);
  assert.equal(state(open, { isDown: true }).canType, true);
  assert.equal(state(open, { now: now + 60_000 }).kind, "late");
  const claimed = { ...open, claimedBy: "kim", claimedUntil: now + 1000 };
  assert.match(state(claimed).text, /^kim is answering, until 09:30:01 UTC/);
  assert.equal(state(claimed).canSend, true);
  assert.equal(state({ ...claimed, claimedBy: "ana" }).kind, "open");
  assert.equal(state(claimed, { now: now + 1000 }).kind, "open");
});

test("an answer is sending, sent, and accepted only when the record says so", () => {
  assert.equal(state(open, { attempt: { state: "sending" } }).canSend, false);
  assert.equal(state(open, { attempt: { state: "taken" } }).kind, "sent");
  assert.equal(state(open, { attempt: { state: "refused", message: "No." } }).text, "Not accepted: No.");
  const done = state(closed("answered", { by: "ana", answer: { values: { a: "No" } } }), { attempt: { state: "refused" } });
  assert.deepEqual([done.kind, done.text], ["accepted", "Answer accepted at 09:29:48 UTC: No."]);
});

test("who declined is told so", () => {
  const { title, text } = state(closed("answered", { by: "ana", answer: { declined: true } }));
  assert.deepEqual([title, text], ["You declined to answer", "You declined to answer at 09:29:48 UTC."]);
});

test("what closed a question is said in its own words", () => {
  assert.equal(state(closed("answered", { by: "kim", answer: { values: { a: "No" } } })).text, "Answered by kim 12 s ago: No.");
  assert.equal(state(closed("answered", { by: "kim", answer: { declined: true } })).text, "Declined by kim 12 s ago.");
  assert.equal(state(closed("expired")).text, "Time is up. The agent went on without an answer.");
  for (const how of ["withdrawn", "elsewhere", "ended", "something"]) {
    assert.equal(state(closed(how)).canSend, false);
    assert.notEqual(state(closed(how)).text, "");
  }
});

test("why an answer did not count is said once the question is open again", () => {
  const commands = [{ command: "answer", question: "q1", by: "ana", verdict: "refused", verdictWhy: "Too short", verdictSeq: 9 }];
  assert.equal(undeliveredText({ commands }, open), "The agent did not take the answer of ana: Too short.");
  assert.equal(undeliveredText({ commands }, { ...open, id: "q2" }), null);
  assert.equal(undeliveredText({ commands }, closed("ended")), null);
});

test("the time left is spoken at five minutes, one minute and thirty seconds, once each", () => {
  const spoken = [];
  let before = null;
  for (let at = now - 400_000; at < now + 5000; at += 1000) {
    const said = deadlineWarning(now, before, at);
    if (said) spoken.push(said);
    before = at;
  }
  assert.deepEqual(spoken, ["5 minutes left to answer", "1 minute left to answer", "30 seconds left to answer"]);
  assert.equal(deadlineWarning(now, now - 400_000, now - 20_000), "30 seconds left to answer");
  assert.equal(deadlineWarning(null, now, now), null);
});

test("the fuse burns from one to nothing, and what follows is told", () => {
  assert.equal(fuse(open, now), 0.5);
  assert.equal(fuse(open, now + 90_000), 0);
  assert.equal(fuse({ ...open, deadline: null }, now), null);
  assert.equal(expiryText({ ...open, form: { onExpiry: "it is not known" } }), "If nobody answers by 09:31:00 UTC: it is not known.");
  assert.equal(expiryText({ ...open, form: { onExpiry: "Without an answer it fails" } }), "Answer by 09:31:00 UTC. Without an answer it fails.");
  assert.equal(expiryText({ ...open, deadline: null }), "");
});

test("the line is down when neither way is open and one of them waits", () => {
  assert.equal(isDown({ stream: { kind: "waiting" }, socket: { kind: "connecting" } }), true);
  assert.equal(isDown({ stream: { kind: "open" }, socket: { kind: "waiting" } }), false);
  assert.equal(isDown({ stream: { kind: "connecting" }, socket: { kind: "connecting" } }), false);
  assert.equal(isDown({ stream: { kind: "connecting" }, socket: { kind: "connecting" } }, true), true, "a try is no success");
  assert.equal(isDown({ stream: { kind: "finished" }, socket: { kind: "closed" } }), false, "commands go by requests");
  assert.equal(isDown({ stream: { kind: "idle" }, socket: { kind: "open" } }, true), false);
  assert.equal(isDown(null), false);
});

test("a draft is its person's and its question's, and storage that fails loses nothing else", () => {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  const drafts = new Drafts(() => storage);
  drafts.save("ana", "t1", "q1", { a: "x" });
  assert.deepEqual(drafts.load("ana", "t1", "q1"), { a: "x" });
  for (const other of [["kim", "t1", "q1"], ["ana", "t2", "q1"], ["ana", "t1", "q2"]]) assert.equal(drafts.load(...other), null);
  drafts.drop("ana", "t1", "q1");
  assert.equal(kept.size, 0);
  drafts.save("ana", "t1", "q1", [1]);
  assert.equal(drafts.load("ana", "t1", "q1"), null);
  const broken = new Drafts(() => { throw new Error("switched off"); });
  broken.save("ana", "t", "q", {});
  assert.equal(broken.load("ana", "t", "q"), null);
});
