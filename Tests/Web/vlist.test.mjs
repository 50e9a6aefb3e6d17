// The arithmetic of the event log: what is in view, what stays where it is, and when it follows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { atFirst, latestText, next, shown } from "../../web/js/core/follow.js";
import { anchored, bottom, centred, isAtEnd, range, revealed, seen, turn } from "../../web/js/core/vlist.js";

// Numbers that look random and are the same each time.
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

function lists(count, seed, each) {
  const pick = random(seed);
  for (let run = 0; run < count; run++) {
    const list = { row: [22, 24, 44][pick(3)], view: pick(700), count: pick(3) === 0 ? pick(10) : pick(100_000), top: 0 };
    list.top = pick(bottom(list) + 1);
    each(list, pick);
  }
}

test("all rows in view are in the page, and never many more", () => {
  lists(3000, 1, (list) => {
    const { first, last } = range(list, 8);
    assert.ok(first >= 0 && first <= last && last <= list.count);
    assert.ok(last - first <= Math.ceil(list.view / list.row) + 17);
    for (let row = Math.floor(list.top / list.row); row * list.row < list.top + list.view && row < list.count; row++) {
      assert.ok(row >= first && row < last, JSON.stringify({ list, first, last, row }));
    }
    const whole = seen(list);
    for (const row of [whole.first, whole.last].filter((row) => row >= 0 && whole.first <= whole.last)) {
      assert.ok(row * list.row >= list.top && (row + 1) * list.row <= list.top + list.view + 1);
    }
  });
});

test("a place beyond the end, as after a filter, is the end", () => {
  assert.deepEqual(range({ top: 99_999, view: 240, row: 24, count: 20 }, 2), { first: 8, last: 20 });
  assert.deepEqual(range({ top: 99_999, view: 240, row: 24, count: 0 }, 2), { first: 0, last: 0 });
});

test("turning one range into another leaves exactly the rows of the other", () => {
  const pick = random(2);
  for (let run = 0; run < 5000; run++) {
    const [from, to] = [0, 0].map(() => {
      const first = pick(60);
      return { first, last: first + pick(30) };
    });
    const { dropFront, dropBack, addFront, addBack } = turn(from, to);
    const kept = Array.from({ length: from.last - from.first }, (_, at) => from.first + at).slice(dropFront);
    kept.length -= dropBack;
    const front = Array.from({ length: addFront }, (_, at) => to.first + at);
    const back = Array.from({ length: addBack }, (_, at) => to.last - addBack + at);
    assert.deepEqual([...front, ...kept, ...back], Array.from({ length: to.last - to.first }, (_, at) => to.first + at));
  }
});

test("lines that come or go before what is read leave it where it is", () => {
  lists(2000, 3, (list, pick) => {
    const row = pick(list.count + 1);
    const change = pick(500) - 250;
    const after = Math.max(0, row + change);
    const grown = { ...list, count: Math.max(after, list.count + after - row) };
    const top = anchored(grown, row, after);
    const isFree = top > 0 && top < bottom(grown);
    if (isFree) assert.equal(after * list.row - top, row * list.row - list.top);
    assert.ok(top >= 0 && top <= bottom(grown));
  });
});

test("a row that was asked for is in view, and one that is there already moves nothing", () => {
  lists(2000, 4, (list, pick) => {
    if (list.count === 0 || list.view < list.row) return;
    const row = pick(list.count);
    for (const top of [centred(list, row), revealed(list, row)]) {
      assert.ok(row * list.row >= top && (row + 1) * list.row <= top + list.view, JSON.stringify({ list, row, top }));
    }
    const top = revealed(list, row);
    assert.equal(revealed({ ...list, top }, row), top);
  });
});

test("the end is where less than half a row is left", () => {
  const list = { view: 240, row: 24, count: 100 };
  assert.ok(isAtEnd({ ...list, top: 2160 }));
  assert.ok(isAtEnd({ ...list, top: 2149 }));
  assert.ok(!isAtEnd({ ...list, top: 2147 }));
  assert.ok(isAtEnd({ view: 240, row: 24, count: 3, top: 0 }));
});

test("it follows until the reader looks back, says how much is new, and follows again at the end", () => {
  let state = next(atFirst, { type: "came", last: 100, known: 0 });
  state = next(state, { type: "up", canScroll: true });
  assert.equal(state.isOn, false);
  state = next(state, { type: "came", last: 137, known: 0 });
  assert.equal(latestText(state, 137), "Jump to latest, 37 new");
  assert.equal(shown(state, 137), 137);
  state = next(state, { type: "scrolled", isUp: false, isAtEnd: false, seen: 120 });
  assert.equal(latestText(state, 137), "Jump to latest, 17 new");
  state = next(state, { type: "scrolled", isUp: false, isAtEnd: true, seen: 137 });
  assert.equal(state.isOn, true);
});

test("what is older than the page is not new, wherever the page begins", () => {
  const state = next(next(atFirst, { type: "shown" }), { type: "came", last: 52, known: 50 });
  assert.equal(latestText(state, 52), "Jump to latest, 2 new");
});

test("a wheel turned where nothing can be scrolled ends nothing", () => {
  assert.equal(next(atFirst, { type: "up", canScroll: false }).isOn, true);
});

test("what is paused shows nothing new, and does not begin again at its end", () => {
  let state = next(next(atFirst, { type: "came", last: 40, known: 0 }), { type: "pause", last: 40 });
  assert.equal(shown(state, 1041), 40);
  assert.equal(latestText(state, 1041), "Jump to latest, 1,001 new");
  state = next(state, { type: "scrolled", isUp: false, isAtEnd: true, seen: 40 });
  assert.equal(state.isOn, false);
  state = next(state, { type: "latest", last: 1041 });
  assert.deepEqual([state.isOn, shown(state, 1041)], [true, 1041]);
});

test("whatever happens, it is not on and paused, and what was seen is never unseen", () => {
  const pick = random(5);
  for (let run = 0; run < 300; run++) {
    let state = atFirst;
    let last = 0;
    for (let step = 0; step < 60; step++) {
      const before = state;
      last += pick(5);
      state = next(state, [
        { type: "came", last, known: pick(last + 1) }, { type: "up", canScroll: pick(2) === 0 }, { type: "pause", last }, { type: "latest", last }, { type: "shown" },
        { type: "scrolled", isUp: pick(2) === 0, isAtEnd: pick(2) === 0, seen: pick(last + 1) },
      ][pick(6)]);
      assert.ok(!(state.isOn && state.pausedAt !== null));
      assert.ok(state.seen >= before.seen && state.seen <= last);
      assert.ok(shown(state, last) <= last);
    }
  }
});
