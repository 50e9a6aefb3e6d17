import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ago, bytes, count, date, duration, instant, left, number, precise, span, time, timeOfDay,
} from "../../web/js/core/format.js";

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

const spans = [
  [-3, "0.00 s"], [4, "0.00 s"], [40, "0.04 s"], [1214, "1.21 s"], [9994, "9.99 s"], [9995, "10.0 s"], [12_340, "12.3 s"],
  [59_949, "59.9 s"], [59_950, "1 m 00 s"], [151_400, "2 m 31 s"], [3_599_600, "1 h 00 m"],
];
for (const [milliseconds, text] of spans) test(`${milliseconds} ms took ${text}`, () => assert.equal(span(milliseconds), text));

test("what is left counts the second that has begun", () => {
  assert.deepEqual([87_001, 598_000, 1, 0, -5].map(left),
    ["1 m 28 s left", "9 m 58 s left", "1 s left", "no time left", "no time left"]);
});

test("how long ago it was", () => {
  assert.deepEqual([0, 4999, 5000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000 * 2].map(ago),
    ["just now", "just now", "5 s ago", "59 s ago", "1 m ago", "59 m ago", "1 h ago", "2 d ago"]);
});

test("times of the log are said in UTC, to the millisecond", () => {
  const at = Date.parse("2026-11-22T09:42:10.604Z");
  assert.deepEqual([precise(at), time(at), date(at)], ["09:42:10.604", "09:42:10", "22 Nov 2026"]);
  for (const none of [null, NaN, Infinity, 1e300, "x", undefined]) assert.deepEqual([precise(none), time(none), date(none)], ["", "", ""]);
});

test("numbers and sizes", () => {
  assert.deepEqual([number(29_731), number(0.87), number(-1234.5)], ["29,731", "0.87", "-1,234.5"]);
  assert.equal(count(1284, "event"), "1,284 events");
  assert.deepEqual([0, 1, 312, 999, 1000, 12_400, 999_949, 999_950, 8_000_000, 12_400_000, 5e15].map(bytes),
    ["0 bytes", "1 byte", "312 bytes", "999 bytes", "1 KB", "12.4 KB", "999.9 KB", "1 MB", "8 MB", "12.4 MB", "5,000 TB"]);
});
