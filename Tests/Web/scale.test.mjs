// The waterfall's axis, its folds, its ticks and the bars of its rows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { idleTimes, marksOf } from "../../web/js/core/idle.js";
import { mostRows, piecesOf, rowId, rowsOf, unfold } from "../../web/js/core/rows.js";
import { axisOf, bar, cuts, expectedEnd, tick } from "../../web/js/core/scale.js";
import { newTask } from "../../web/js/core/task.js";

const start = 1_700_000_000_000;

function call(id, from, to, more = {}) {
  const state = more.state ?? (to === null ? "running" : "done");
  return {
    id, tool: more.tool ?? id, agent: null, agentTask: null, state, step: null, total: null, took: null, message: "", summary: "",
    error: null, retry: null, input: null, output: null, from: start + from, to: to === null ? null : start + to, firstSeq: 1, lastSeq: 1,
    question: null, ...more,
    attempts: more.attempts
      ?? [{ from: start + from, to: to === null ? null : start + to, state: to === null ? "running" : "done", error: null }],
  };
}

function task(calls, { ended = null, ...more } = {}) {
  const end = ended === null ? null : start + ended;
  return { ...newTask("t"), opened: start, ended: end, final: ended !== null, records: 9, calls, ...more };
}

/** Numbers that are the same in each run. */
function dice(seed) {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % most;
  };
}

test("without idle time the axis is even", () => {
  const axis = axisOf(task([call("a", 0, 2000), call("b", 2000, 8000)], { ended: 8000 }), start + 8000);
  assert.deepEqual(axis.folds, []);
  assert.equal(axis.at(start + 2000), 25);
  assert.deepEqual(bar(axis, start + 2000, start + 8000), { x: 25, width: 75 });
});

test("what took no time can be seen, at the very end as well", () => {
  const axis = axisOf(task([call("a", 0, 8000), call("b", 8000, 8000)], { ended: 8000 }), start + 8000);
  assert.deepEqual(bar(axis, start + 8000, start + 8000), { x: 99.1, width: 0.9 });
  assert.deepEqual(bar(axis, start, start), { x: 0, width: 0.9 });
});

test("idle time over ten seconds becomes a band of 5 %", () => {
  const axis = axisOf(task([call("a", 0, 2000), call("b", 2000, 120_000)], { ended: 120_000 }), start + 120_000);
  assert.equal(axis.folds.length, 1);
  assert.equal(axis.folds[0].width, 5);
  const piece = bar(axis, start + 2000, start + 120_000);
  assert.deepEqual(cuts(axis, piece), [axis.folds[0].x + 2.5]);
  assert.deepEqual(cuts(axis, bar(axis, start, start + 2000)), []);
});

test("ten seconds are not yet idle, and what is between two ends is busy", () => {
  assert.deepEqual(idleTimes([0, 10_000]), []);
  assert.equal(idleTimes([0, 10_001]).length, 1);
  assert.deepEqual(idleTimes([0, 9000, 18_000, 27_000]), []);
});

test("many idle times leave room for what happens: only the longest are folded", () => {
  const marks = Array.from({ length: 40 }, (_, index) => index * 60_000 + index * index);
  const idle = idleTimes(marks);
  assert.equal(idle.length, 8);
  assert.ok(idle.every(({ from, to }, index) => to > from && (index === 0 || from > idle[index - 1].to)));
  assert.ok(idle.at(-1).to > marks.at(-2));
});

test("the live axis ends at now, and waiting is folded as well", () => {
  const axis = axisOf(task([call("a", 0, 2000), call("b", 2000, null)]), start + 151_000);
  assert.equal(axis.at(start + 151_000), 100);
  assert.equal(axis.now, start + 151_000);
  assert.equal(axis.folds.length, 1);
  assert.deepEqual(axis.ticks.at(-1), { time: start + 151_000, x: 100, isEnd: true, isNow: true });
});

test("what is expected is shown only of a call that tells how far it is", () => {
  const silent = call("a", 0, null);
  const telling = call("b", 0, null, { step: 3, total: 4 });
  assert.equal(expectedEnd(silent, start + 6000), null);
  assert.equal(expectedEnd({ ...telling, step: 0 }, start + 6000), null);
  assert.equal(expectedEnd({ ...telling, state: "waiting" }, start + 6000), null);
  assert.equal(expectedEnd(telling, start + 6000), start + 8000);
  const axis = axisOf(task([telling]), start + 6000);
  assert.equal(axis.at(start + 8000), 100);
  assert.equal(axis.at(start + 6000), 84);
  const row = { kind: "call", call: telling };
  assert.deepEqual(piecesOf(row, axis, start + 6000).map(({ kind, x, width }) => [kind, x, width]), [["run", 0, 84], ["rest", 84, 16]]);
});

test("ticks are 3 to 5 round times, and none stands in another's way", () => {
  for (const length of [700, 976, 1200, 4900, 5100, 9900, 26_000, 59_000]) {
    const marks = Array.from({ length: 12 }, (_, index) => call(`c${index}`, (index * length) / 12, ((index + 1) * length) / 12));
    const { ticks } = axisOf(task(marks, { ended: length }), start + length);
    assert.ok(ticks.length >= 3 && ticks.length <= 6, `${length}: ${ticks.length}`);
    const places = ticks.map(({ x }) => x);
    for (const [index, x] of places.entries()) if (index > 0) assert.ok(x - places[index - 1] >= 13 - 1e-9, `${length}: ${places}`);
    assert.ok(ticks.every(({ time, isEnd }) => isEnd || (time - start) % 100 === 0));
  }
});

test("ticks are short", () => {
  const times = [0, 500, 4000, 90_000, 120_000, 3_600_000, 90_000_000];
  assert.deepEqual(times.map(tick), ["0 s", "0.5 s", "4 s", "1 m 30 s", "2 m", "1 h", "1 d 1 h"]);
});

test("whatever a task has done, bars stay within the axis and keep their order", () => {
  const roll = dice(7);
  for (let round = 0; round < 400; round += 1) {
    const calls = Array.from({ length: roll(12) }, (_, index) => {
      const from = roll(round % 2 === 0 ? 9000 : 400_000);
      const to = roll(4) === 0 ? null : from + roll(60_000);
      return call(`c${index}`, from, to, { step: roll(5), total: roll(6) });
    });
    const now = start + roll(500_000);
    const whole = task(calls, { ended: roll(2) === 0 ? 460_000 : null });
    const axis = axisOf(whole, whole.ended ?? now);
    let before = -1;
    for (const { x, width } of axis.pieces) {
      assert.ok(x >= before && width >= 0 && x + width <= 100 + 1e-6, `round ${round}`);
      before = x;
    }
    const marks = marksOf(whole, now).map((mark) => axis.at(mark));
    assert.deepEqual(marks, [...marks].sort((a, b) => a - b), `round ${round}`);
    for (const row of rowsOf(whole)) {
      for (const { x, width } of piecesOf(row, axis, now)) {
        assert.ok(x >= 0 && width > 0 && x + width <= 100 + 1e-6, `round ${round}: ${x} ${width}`);
      }
    }
  }
});

test("attempts are pieces of their own, and waiting for a person is one kind", () => {
  const attempts = [
    { from: start, to: start + 1000, state: "failed", error: "no" }, { from: start + 2000, to: null, state: "running", error: null },
  ];
  const one = call("a", 0, null, { state: "waiting", attempts });
  const axis = axisOf(task([one]), start + 4000);
  assert.deepEqual(piecesOf(rowsOf(task([one]))[0], axis, start + 4000).map(({ kind }) => kind), ["bad", "wait"]);
});

test("calls of an agent below stand under it, and can be folded", () => {
  const agents = [{ name: "wash", task: "1", since: start, ended: null }];
  const whole = task([call("a", 0, 1000), call("b", 0, 1000, { agent: "wash" })], { agents });
  const rows = rowsOf(whole).map(({ kind, name, depth }) => [kind, name, depth]);
  assert.deepEqual(rows, [["call", "a", 0], ["agent", "wash", 0], ["call", "b", 1]]);
  const shut = rowsOf(whole, new Set(["agent wash"]));
  assert.deepEqual(shut.map(({ kind, name }) => [kind, name]), [["call", "a"], ["agent", "wash"]]);
  const axis = axisOf(whole, start + 2000);
  assert.deepEqual(piecesOf(shut[1], axis, start + 2000).map(({ kind }) => kind), ["done"]);
});

test("whoever goes to a call finds its row, however it was folded", () => {
  const shown = (whole, one, shut) => {
    unfold(one, shut);
    return rowsOf(whole, shut).some(({ call: of }) => of === one);
  };
  const agents = [{ name: "wash", task: "1", since: start, ended: null }];
  const few = task([call("a", 0, 1000), call("b", 0, 1000, { agent: "wash" })], { agents });
  for (const one of few.calls) for (const shut of [[], ["agent wash"]]) assert.ok(shown(few, one, new Set(shut)));
  const many = task(Array.from({ length: mostRows + 2 }, (_, index) =>
    call(`c${index}`, index, index + 1, { tool: `tool ${index % 2}`, agent: index % 2 === 0 ? null : "wash" })), { agents });
  for (const one of many.calls) for (const shut of [[], ["agent wash"], ["name tool 0"]]) assert.ok(shown(many, one, new Set(shut)));
  assert.equal(rowId("task/agent/7"), "call-7");
});

test("a question that no call waits for has a row", () => {
  const question = { id: "q1", asked: start + 1000, closed: null, state: "open", text: "", form: null };
  const rows = rowsOf(task([], { questions: [question] }));
  assert.deepEqual(rows.map(({ kind }) => kind), ["question"]);
  assert.deepEqual(rowsOf(task([call("a", 0, null, { question: "q1" })], { questions: [question] })).map(({ kind }) => kind), ["call"]);
});

test("more than 200 calls are grouped by name, with few pieces each", () => {
  const calls = Array.from({ length: 5000 }, (_, index) =>
    call(`c${index}`, index * 100, index * 100 + 50, { tool: `tool ${index % 3}` }));
  const whole = task(calls, { ended: 500_000 });
  const rows = rowsOf(whole);
  assert.deepEqual(rows.map(({ kind, name }) => [kind, name]), [["name", "tool 0"], ["name", "tool 1"], ["name", "tool 2"]]);
  const axis = axisOf(whole, start + 500_000);
  for (const row of rows) assert.ok(piecesOf(row, axis, start + 500_000).length <= 61);
  assert.equal(rowsOf(whole, new Set([rows[0].key])).length, 3 + mostRows);
});

