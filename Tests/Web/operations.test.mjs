// What the pages about agents and operations say: words, rates, and the small lines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sparkline } from "../../web/js/chart/sparkline.js";
import {
  certificateName, daysLeft, firstToEnd, latency, milliseconds, moment, standing, stateOf, summary, workText,
} from "../../web/js/core/agents.js";
import { condensed, rate, rateText, requests, series, times } from "../../web/js/core/rates.js";

const now = Date.parse("2026-03-01T07:15:09.000Z");

test("an agent's state is said with its reason, and with what that means for new tasks", () => {
  const agent = { state: "away", since: "2026-03-01T07:12:40.000Z", lastSeen: "2026-03-01T07:14:39.000Z", reason: "It refuses connections." };
  assert.deepEqual(standing(agent, now), {
    head: "Away since 07:12:40", seen: "last seen 30 s ago", why: "It refuses connections. New tasks fail at once until it is back.",
  });
  assert.equal(standing({ ...agent, state: "quarantined" }, now).why, "It refuses connections. It gets no new tasks until this is mended.");
  assert.deepEqual(standing({ state: "unseen" }, now), {
    head: "Not seen yet", seen: "", why: "The gateway has not looked at it yet.",
  });
  assert.equal(standing({ state: "well", since: "2026-02-27T23:59:59.000Z" }, now).head, "Well since 27 Feb 2026, 23:59:59");
});

test("a state that is not known is shown as it came, and one that is no state as such", () => {
  assert.deepEqual([stateOf({ state: "resting" }).word, stateOf({ state: 4 }).word, stateOf(null).word], ["resting", "Not known", "Not known"]);
  assert.equal(stateOf({ state: "constructor" }).word, "constructor");
});

test("the summary counts what is not well", () => {
  const agents = (...states) => states.map((state) => ({ state }));
  assert.equal(summary([]), "none connected");
  assert.equal(summary(agents("well")), "1 agent, well");
  assert.equal(summary(agents("well", "well", "well")), "3 agents, all well");
  assert.equal(summary(agents("well", "away", "quarantined", "away")), "4 agents, 2 away, 1 quarantined");
});

test("days left are words, and what ends soon stands out", () => {
  const said = (days) => Object.values(daysLeft({ daysLeft: days }));
  assert.deepEqual(said(29), ["29 days left", ""]);
  assert.deepEqual(said(15), ["15 days left", ""]);
  assert.deepEqual(said(14), ["14 days left", "warn"]);
  assert.deepEqual(said(1), ["1 day left", "warn"]);
  assert.deepEqual(said(0), ["expires today", "warn"]);
  assert.deepEqual(said(-1), ["expired 1 day ago", "bad"]);
  assert.deepEqual(said("soon"), ["not known", ""]);
  assert.equal(firstToEnd([{ daysLeft: 29 }, { daysLeft: null }, { daysLeft: -2 }]).daysLeft, -2);
  assert.equal(firstToEnd(undefined), null);
  assert.equal(certificateName({ use: "revocation-list" }), "Revocation list");
  assert.equal(certificateName({ side: "agent" }), "Its certificate");
  assert.equal(certificateName({}), "Certificate");
});

test("lengths of time are as exact as they are short", () => {
  assert.deepEqual([0.41, 9.994, 14.2, 240.4, 1200].map(milliseconds), ["0.41 ms", "9.99 ms", "14.2 ms", "240 ms", "1.20 s"]);
  assert.equal(milliseconds(null), "–");
  assert.equal(latency({ p50: 14.2, p95: 47.5, count: 1900, over: "ten-minutes" }), "p50 14.2 ms, p95 47.5 ms, 1,900 in the last ten minutes");
  assert.equal(latency({ p50: 0.4, p95: 2, p99: 3, count: 1, over: "later" }), "p50 0.40 ms, p95 2.00 ms, p99 3.00 ms, 1");
  assert.equal(latency(undefined), "");
  assert.deepEqual([workText(2, 0), workText(2, 1), workText(null, null)], ["2 running", "2 running, 1 waiting", ""]);
  assert.equal(moment(now, now), "07:15:09");
});

test("a rate is the difference over the time, and nothing where the gateway was started anew", () => {
  const at = (monotonicMilliseconds, events, started = "a") => ({ started, monotonicMilliseconds, counters: { events } });
  const read = ({ events }) => events;
  assert.equal(rate(at(1000, 10), at(3000, 60), read), 25);
  assert.equal(rate(null, at(3000, 60), read), null);
  assert.equal(rate(at(1000, 10), at(3000, 60, "b"), read), null);
  assert.equal(rate(at(3000, 60), at(3000, 60), read), null);
  assert.equal(rate(at(1000, 60), at(3000, 10), read), null);
  assert.equal(requests({ requests: { "2xx": 900, "5xx": 2, other: "x" } }), 902);
  assert.deepEqual([null, 0, 0.43, 9.94, 12.4, 1284.4].map(rateText), ["–", "0", "0.4", "9.9", "12", "1,284"]);
});

test("a history is taken as it is, and what is no history is none", () => {
  const history = { every: 5, from: "2026-03-01T07:05:10.000Z", series: { a: [1, null, "x", 4] } };
  assert.deepEqual(series(history, "a"), [1, null, null, 4]);
  assert.deepEqual(series(history, "b"), []);
  assert.deepEqual(series(undefined, "a"), []);
  assert.deepEqual(times(history, 2).map((time) => new Date(time).toISOString().slice(11, 19)), ["07:05:10", "07:05:15"]);
  assert.deepEqual(times({}, 2), []);
});

test("a table's row is the mean of what is known, and the newest row is a whole one", () => {
  assert.deepEqual(condensed([9, 1, 3, null, 5], 2), [9, 2, 5]);
  assert.deepEqual(condensed([null, null, 4, 4], 2), [null, 4]);
  assert.deepEqual(condensed([], 6), []);
});

test("a small line goes from left to right within its frame, with gaps where nothing is known", () => {
  const frame = { width: 100, height: 20, length: 6, margin: 2 };
  const { line, area, last, low, high } = sparkline([0, 5, null, 10], frame);
  assert.equal(line, "M40.4 18L59.6 10M98 2h0");
  assert.equal(area, "M40.4 20L40.4 18L59.6 10V20ZM98 20L98 2V20Z");
  assert.deepEqual([last, low, high], [{ x: 98, y: 2 }, 0, 10]);
  assert.deepEqual(sparkline([null, null], frame).line, null);
  assert.deepEqual(sparkline([0, 0], frame).last, { x: 98, y: 18 }); // Nothing all the time lies on the ground.
  for (let seed = 1; seed < 50; seed++) {
    const values = Array.from({ length: seed % 7 }, (_, index) => ((seed * 7919 + index * 104729) % 1000) / 3);
    for (const [, x, y] of (sparkline(values, frame).line ?? "").matchAll(/([\d.-]+) ([\d.-]+)/g)) {
      assert.ok(x >= 2 && x <= 98 && y >= 2 && y <= 18, `${x} ${y}`);
    }
  }
});
