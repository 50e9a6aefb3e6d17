import assert from "node:assert/strict";
import { test } from "node:test";
import { Sequence, bounds } from "../../../web/js/net/sequence.js";
import { upTo } from "./browser.mjs";
import { chance } from "./world.mjs";

const item = (seq) => ({ record: { seq }, cursor: `e.${seq}` });
const take = (sequence, seq, now = 0) => sequence.take(item(seq), now).map(({ record }) => record.seq);

test("what comes in order goes on at once", () => {
  const sequence = new Sequence(0);
  assert.deepEqual([1, 2, 3].flatMap((seq) => take(sequence, seq)), [1, 2, 3]);
  assert.deepEqual([sequence.last, sequence.cursor, sequence.due(0)], [3, "e.3", null]);
});

test("what is known is dropped", () => {
  const sequence = new Sequence(5);
  assert.deepEqual([1, 5, 6, 6, 2].flatMap((seq) => take(sequence, seq)), [6]);
});

test("what comes early waits, once, and goes on in order", () => {
  const sequence = new Sequence(0, "e.0");
  assert.deepEqual([3, 2, 3, 5].flatMap((seq) => take(sequence, seq)), []);
  assert.equal(sequence.cursor, "e.0");
  assert.deepEqual(take(sequence, 1), [1, 2, 3]);
  assert.equal(sequence.cursor, "e.3");
  assert.deepEqual(take(sequence, 4), [4, 5]);
  assert.equal(sequence.held.size, 0);
});

test("what is missing is due half a second after it was missed, and no more once it has come", () => {
  const sequence = new Sequence(0);
  take(sequence, 2, 1000);
  take(sequence, 3, 1400);
  assert.equal(sequence.due(1400), 100);
  assert.equal(sequence.due(1500), 0);
  take(sequence, 1, 1500);
  assert.equal(sequence.due(1500), null);
});

test("the next hole has its own half second", () => {
  const sequence = new Sequence(0);
  take(sequence, 2, 0);
  take(sequence, 4, 0);
  take(sequence, 1, 400);
  assert.equal(sequence.due(400), bounds.patience);
});

test("no more than 256 wait; then what is missing is due at once, and what was left out is among it", () => {
  const sequence = new Sequence(0);
  for (const seq of upTo(300, 2)) take(sequence, seq, 0);
  assert.equal(sequence.held.size, bounds.held);
  assert.equal(sequence.due(0), 0);
  assert.deepEqual(take(sequence, 1), upTo(257));
  assert.equal(sequence.due(0), 0);
  assert.deepEqual(upTo(300, 258).flatMap((seq) => take(sequence, seq)), upTo(300, 258));
  assert.equal(sequence.fetched(0), true);
  assert.equal(sequence.due(0), null);
});

test("all was fetched and something is missing still: that is told", () => {
  const sequence = new Sequence(0);
  take(sequence, 3);
  take(sequence, 1);
  assert.equal(sequence.fetched(0), false);
});

for (let seed = 1; seed <= 20; seed++) {
  test(`in any order, and with what comes twice, the same comes out (seed ${seed})`, () => {
    const random = chance(seed);
    const sent = [...upTo(100), ...upTo(100).filter(() => random() < 0.3)]
      .map((seq) => ({ seq, at: seq + random() * 40 })).sort((one, other) => one.at - other.at);
    const sequence = new Sequence(0);
    assert.deepEqual(sent.flatMap(({ seq }) => take(sequence, seq)), upTo(100));
  });
}
