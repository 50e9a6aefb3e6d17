// Which line of a log is where: records, what the page says between them, what a filter leaves, and what is read again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Found } from "../../web/js/core/found.js";
import { Lines } from "../../web/js/core/lines.js";
import { OlderPages, recordAt } from "../../web/js/core/older.js";

const record = (seq) => ({ seq, offset: seq * 3, kind: seq % 7 === 0 ? "note" : "event" });
const records = (from, through) => Array.from({ length: through - from + 1 }, (_, at) => record(from + at));
const all = (lines) => Array.from({ length: lines.count }, (_, index) => lines.at(index));

test("what the page says stands behind the records that were there", () => {
  const lines = new Lines();
  lines.last = 2;
  lines.say("one", 2);
  lines.say("two", 2);
  lines.last = 4;
  lines.say("three", 4);
  lines.last = 5;
  assert.deepEqual(all(lines).map(({ seq, line }) => seq ?? line), [1, 2, "one", "two", 3, 4, "three", 5]);
  for (let seq = 1; seq <= 5; seq++) assert.equal(lines.at(lines.indexOf(seq)).seq, seq);
  lines.last = 3; // Paused.
  assert.deepEqual(all(lines).map(({ seq, line }) => seq ?? line), [1, 2, "one", "two", 3]);
});

test("a page that says much forgets what it said first, and no record with it", () => {
  const lines = new Lines();
  for (lines.last = 1; lines.last <= 300; lines.last++) lines.say(`${lines.last}`, lines.last);
  lines.last = 300;
  assert.equal(lines.count, 500);
  assert.deepEqual(all(lines).filter(({ seq }) => seq).map(({ seq }) => seq), records(1, 300).map(({ seq }) => seq));
});

test("a filter leaves what fits, in order, with what the page said", () => {
  const found = new Found(({ kind }) => kind === "note");
  const lines = new Lines();
  lines.last = 30;
  const said = lines.say("reconnected", 20);
  found.begin(records(1, 30), [said]);
  lines.only(found.upTo(30));
  assert.deepEqual(all(lines).map(({ seq, line }) => seq ?? line), [7, 14, "reconnected", 21, 28]);
  assert.equal(lines.indexOf(21), 3);
  assert.equal(lines.indexOf(22), 4);
  records(31, 40).forEach((one) => found.came(one));
  lines.only(found.upTo(34));
  assert.deepEqual(all(lines).map(({ seq }) => seq), [7, 14, undefined, 21, 28]);
  lines.only(found.upTo(40));
  assert.deepEqual(all(lines).map(({ seq }) => seq), [7, 14, undefined, 21, 28, 35]);
});

test("older records that fit come before the others, page by page, and the newest of them are kept", () => {
  const found = new Found(({ kind }) => kind === "note", 3);
  found.begin(records(41, 50), []);
  assert.equal(found.found(records(1, 6)), false);
  assert.equal(found.found(records(7, 20)), true);
  assert.deepEqual(found.upTo(50).map(({ seq }) => seq), [7, 14, 42, 49]);
  found.found(records(21, 40));
  assert.deepEqual(found.upTo(50).map(({ seq }) => seq), [21, 28, 35, 42, 49]);
  assert.equal(found.get(7), undefined);
  assert.equal(found.get(28).seq, 28);
});

test("a record is found by its number, whatever the page has forgotten", () => {
  const kept = records(501, 700);
  assert.equal(recordAt(kept, 501), kept[0]);
  assert.equal(recordAt(kept, 700), kept.at(-1));
  for (const seq of [1, 500, 701]) assert.equal(recordAt(kept, seq), undefined);
  assert.equal(recordAt([], 1), undefined);
});

test("older pages are read from the nearest place that is known, and the ones looked at last are kept", () => {
  const older = new OlderPages();
  records(1, 10_000).forEach((one) => older.mark(one));
  assert.equal(older.placeBefore(1), null);
  assert.equal(older.placeBefore(500), null);
  assert.equal(older.placeBefore(501), 500 * 3);
  assert.equal(older.placeBefore(9_999), 9_500 * 3);
  for (let page = 0; page < 20; page++) {
    older.keep(records(page * 500 + 1, page * 500 + 500));
    older.get(1); // Looked at again and again.
  }
  assert.equal(older.get(1).seq, 1);
  assert.equal(older.get(10_000).seq, 10_000);
  assert.equal(older.get(700), undefined);
});

test("a record that is stored no more is asked for once", () => {
  const older = new OlderPages();
  older.keepFor(30, { events: [...records(1, 20), ...records(41, 60)], complete: false });
  assert.deepEqual([20, 30, 41].map((seq) => older.get(seq)?.seq), [20, undefined, 41]);
  assert.deepEqual([older.isGone(30), older.isGone(31)], [true, false]);
  older.keepFor(900, { events: records(61, 100), complete: false });
  assert.equal(older.isGone(900), false); // The page ends before it.
});

test("where nothing was marked, reading walks on from the last page", () => {
  const older = new OlderPages();
  records(7_001, 12_000).forEach((one) => older.mark(one)); // What came last is known first.
  older.keep(records(1, 500));
  assert.equal(older.placeBefore(3_000), 1500);
});
