// What is spoken, and when.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "../../../web/js/core/announce.js";
import { chance } from "../Net/world.mjs";

function stage() {
  let now = 0;
  let timer = null;
  const said = [];
  const announcer = new Announcer({
    say: (text) => said.push([now, text]),
    now: () => now,
    later(handler, wait) {
      assert.equal(timer, null, "one timer at a time");
      const mine = (timer = { at: now + wait, handler });
      return () => (timer = timer === mine ? null : timer);
    },
  });
  const wait = (milliseconds) => {
    for (const end = now + milliseconds; now < end; ) {
      const due = timer !== null && timer.at <= end ? timer : null;
      now = due?.at ?? end;
      if (due) {
        timer = null;
        due.handler();
      }
    }
  };
  return { announcer, said, wait };
}

test("the first is said at once, the next 5 s later", () => {
  const { announcer, said, wait } = stage();
  announcer.add("The task has started.");
  wait(100);
  announcer.add("Finished.");
  wait(10_000);
  assert.deepEqual(said, [[0, "The task has started."], [5000, "Finished."]]);
});

test("questions go before failures, and failures before states", () => {
  const { announcer, said, wait } = stage();
  announcer.add("Started.");
  announcer.add("Resumed.");
  announcer.add("a failed.", "failure");
  announcer.add("Sure?", "question");
  wait(20_000);
  assert.deepEqual(said, [[0, "Started."], [5000, "Sure?"], [10_000, "a failed."], [15_000, "Resumed."]]);
});

test("of states only the newest is worth saying; of questions and failures it is said how many", () => {
  const { announcer, said, wait } = stage();
  for (const text of ["0", "1", "2", "3"]) announcer.add(text);
  for (const text of ["a failed.", "b failed.", "b failed.", "c failed."]) announcer.add(text, "failure");
  for (const text of ["Sure?", "Really?"]) announcer.add(text, "question");
  wait(60_000);
  assert.deepEqual(said.map(([, text]) => text), ["0", "Sure? And 1 more question.", "a failed. And 2 more failures.", "3"]);
});

test("after a long silence nothing waits", () => {
  const { announcer, said, wait } = stage();
  announcer.add("1");
  wait(60_000);
  announcer.add("2");
  assert.deepEqual(said, [[0, "1"], [60_000, "2"]]);
});

test("another page: what waited is not said, and the pause stays", () => {
  const { announcer, said, wait } = stage();
  announcer.add("1");
  announcer.add("2", "failure");
  announcer.clear();
  wait(1000);
  announcer.add("3");
  wait(20_000);
  assert.deepEqual(said, [[0, "1"], [5000, "3"]]);
});

test("nothing is nothing, and a kind that nobody knows is a state", () => {
  const { announcer, said, wait } = stage();
  announcer.add("");
  announcer.add(undefined);
  announcer.add("1", "weather");
  wait(20_000);
  assert.deepEqual(said, [[0, "1"]]);
});

test("never two within 5 s, and what is said last is never lost", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const { announcer, said, wait } = stage();
    const random = chance(seed);
    for (let number = 0; number < 200; number++) {
      announcer.add(`n${number}`, ["question", "failure", "state"][Math.floor(random() * 3)]);
      wait(Math.floor(random() * 4000));
    }
    announcer.add("the last one");
    wait(30_000);
    for (let index = 1; index < said.length; index++) assert.ok(said[index][0] - said[index - 1][0] >= 5000);
    assert.equal(said.at(-1)[1], "the last one");
  }
});
