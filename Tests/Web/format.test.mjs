import assert from "node:assert/strict";
import { test } from "node:test";
import { count, duration, instant, timeOfDay } from "../../web/js/core/format.js";

const durations = [
  [-5, "0 s"], [0, "0 s"], [0.9, "0 s"], [59.9, "59 s"], [60, "1 m 00 s"], [151, "2 m 31 s"], [3599, "59 m 59 s"],
  [3600, "1 h 00 m"], [86399, "23 h 59 m"], [86400, "1 d 00 h"], [400 * 86400 + 3600, "400 d 01 h"],
];
for (const [seconds, text] of durations) {
  test(`${seconds} seconds are ${text}`, () => assert.equal(duration(seconds), text));
}

test("times are said in UTC, wherever the browser is", () => {
  const date = new Date("2026-11-21T01:02:03+02:00");
  assert.equal(instant(date), "20 Nov 2026, 23:02:03 UTC");
  assert.equal(timeOfDay(date), "23:02:03 UTC");
});

test("midnight is hour 00", () => assert.equal(timeOfDay(new Date("2026-11-21T00:00:00Z")), "00:00:00 UTC"));

test("one thing has no s", () => {
  assert.equal(count(1, "loop"), "1 loop");
  assert.equal(count(0, "loop"), "0 loops");
});
