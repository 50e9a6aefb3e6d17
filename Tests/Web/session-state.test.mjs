import assert from "node:assert/strict";
import { test } from "node:test";
import { next, notice, rolesText, unknown, wordsOut } from "../../web/js/core/session-state.js";

const who = { principal: "alex", roles: ["analyst"], credential: "session", expires: "2026-11-21T14:05:00Z" };
const at = new Date("2026-11-21T14:05:00Z");
const clock = (date) => date.toISOString().slice(11, 16);
const after = (...events) => events.reduce(next, unknown);
const signedIn = { type: "who", who };
const nobody = { type: "who", who: null };

test("somebody is in, nobody is out", () => {
  assert.deepEqual(after(signedIn), { kind: "in", who, ends: null, crowd: null });
  assert.deepEqual(after(nobody), { kind: "out", reason: "none", detail: "" });
});

test("somebody who was in and is so no more had a session that has ended", () => {
  assert.equal(after(signedIn, nobody).reason, "ended");
});

test("a reason that is known stays when the gateway says no more than nobody", () => {
  for (const reason of ["expired", "revoked", "forbidden"]) {
    assert.equal(after(signedIn, { type: "bye", reason }, nobody, nobody).reason, reason);
  }
  assert.equal(after(signedIn, { type: "left" }, nobody).reason, "left");
});

test("a stream that ends for another reason ends no session", () => {
  for (const reason of ["draining", "slow", "", undefined, "none", "left"]) {
    const state = after(signedIn);
    assert.equal(next(state, { type: "bye", reason }), state);
  }
});

test("what is said of a session that is not there changes nothing", () => {
  for (const before of [unknown, after(nobody)]) {
    for (const event of [{ type: "bye", reason: "expired" }, { type: "expiring", at }, { type: "refreshed" }, { type: "crowded", streams: 4, limit: 6 }]) {
      assert.equal(next(before, event), before);
    }
  }
});

test("the end that was announced is shown until it is put off", () => {
  const near = after(signedIn, { type: "expiring", at });
  assert.deepEqual(notice(near, clock), { title: "Your session ends at 14:05", text: "Sign in again to go on.", canSignIn: true });
  assert.deepEqual(notice(next(near, signedIn), clock), notice(near, clock));
  assert.equal(notice(next(near, { type: "refreshed" }), clock), null);
});

test("an end that is no time is not shown", () => {
  assert.equal(notice(after(signedIn, { type: "expiring", at: new Date("soon") }), clock), null);
  assert.equal(notice(after(signedIn, { type: "expiring" }), clock), null);
});

test("a crowd is said, but the end of the session first", () => {
  const crowded = after(signedIn, { type: "crowded", streams: 5, limit: 6 });
  assert.match(notice(crowded, clock).title, /5 streams/);
  assert.match(notice(crowded, clock).text, /6 times/);
  assert.match(notice(next(crowded, { type: "expiring", at }), clock).title, /ends at/);
});

test("whoever signs in again begins anew", () => {
  const again = after(signedIn, { type: "expiring", at }, { type: "bye", reason: "expired" }, signedIn);
  assert.deepEqual(again, after(signedIn));
});

test("every way to be out has its words, and the gateway's own go first", () => {
  for (const reason of ["none", "left", "ended", "expired", "revoked", "forbidden"]) {
    const { title, text } = wordsOut({ reason, detail: "" });
    assert.ok(title.length > 5 && text.endsWith("."));
  }
  assert.equal(wordsOut(next(unknown, { type: "forbidden", detail: "No entry." })).text, "No entry.");
});

test("there is no notice for nobody", () => assert.equal(notice(after(nobody), clock), null));

test("an unknown event is a mistake of the page", () => assert.throws(() => next(unknown, { type: "x" }), TypeError));

const roles = [[[], ""], [["analyst"], "role analyst"], [["analyst", "viewer"], "roles analyst and viewer"], [["a", "b", "c"], "roles a, b and c"]];
for (const [list, text] of roles) {
  test(`${JSON.stringify(list)} reads ${JSON.stringify(text)}`, () => assert.equal(rolesText(list), text));
}
