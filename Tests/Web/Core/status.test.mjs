// Words, tones and icons of states.

import assert from "node:assert/strict";
import { test } from "node:test";
import { callStatus, headBadge, taskStatus } from "../../../web/js/core/status.js";
import { newTask } from "../../../web/js/core/task.js";
import { folded, made, recorded, report, status } from "./records.mjs";

const tasks = ["submitted", "working", "input-required", "auth-required", "completed", "failed", "canceled", "rejected"];
const calls = ["running", "retrying", "waiting", "done", "failed", "denied", "stopped"];

test("every state has a word, a tone and an icon, and one that nobody knows is shown by its name", () => {
  for (const [of, states] of [[taskStatus, tasks], [callStatus, calls]]) {
    for (const state of states) {
      const { word, tone, icon } = of(state);
      assert.ok(word.length > 0 && icon.length > 0 && ["ok", "warn", "bad", "run", "plain"].includes(tone), state);
    }
    for (const state of ["moon", "constructor", "__proto__"]) assert.deepEqual(of(state), { word: state, tone: "plain", icon: "queued" });
    assert.equal(of(undefined).word, "unknown");
  }
});

test("ends that differ have words and icons that differ", () => {
  for (const [of, ends] of [[taskStatus, tasks.slice(4)], [callStatus, calls.slice(3)]]) {
    assert.equal(new Set(ends.map((state) => of(state).word)).size, 4);
    assert.equal(new Set(ends.map((state) => of(state).icon)).size, 4);
  }
});

test("amber is for what a person must do, red for what went wrong, and for nothing else", () => {
  const of = (tone, states, status) => states.filter((state) => status(state).tone === tone);
  assert.deepEqual(of("warn", tasks, taskStatus), ["input-required", "auth-required"]);
  assert.deepEqual(of("bad", tasks, taskStatus), ["failed", "rejected"]);
  assert.deepEqual(of("warn", calls, callStatus), ["waiting"]);
  assert.deepEqual(of("bad", calls, callStatus), ["failed", "denied"]);
});

const word = (records) => headBadge(folded(records)).word;

test("the head's badge", () => {
  assert.equal(headBadge(newTask("t")).word, "Queued");
  assert.equal(word(made(report("progress", { payload: { place: 3 } }, "SUBMITTED"))), "Queued, place 3");
  assert.equal(word(made(status("WORKING"))), "Running");
  assert.equal(word(made(status("WORKING"), report("paused"))), "Paused");
  assert.equal(word(made(report("paused"), status("COMPLETED"))), "Finished");
  assert.equal(word(recorded("answered").slice(0, 48)), "Answer needed");
  assert.equal(word(recorded("lost-specialist")), "Failed");
  assert.equal(word(recorded("cancelled")), "Cancelled by operator at 15:22:54");
});

test("a cancelled task whose cancel nobody here asked for has no name", () => {
  assert.equal(word(made(status("CANCELED"))), "Cancelled at 09:00:00");
});

test("of several cancels that counts which has ended the task", () => {
  const cancel = (id, by) => ["command", { command: "cancel", id, by }];
  const stopped = ["verdict", { verdict: "stopped", id: "1", by: "ana" }];
  assert.equal(word(made(cancel("1", "ana"), stopped, cancel("2", "kim"), status("CANCELED"))), "Cancelled by ana at 09:00:03");
});
