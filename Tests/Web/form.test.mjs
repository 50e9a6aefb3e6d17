// Forms of questions: what is taken of each type, what is not, and what is sent.

import assert from "node:assert/strict";
import test from "node:test";

import { parseDuration, durationText } from "../../web/js/core/duration.js";
import { answerText, modelOf, read, readField } from "../../web/js/core/form.js";

const field = (type, more = {}) => modelOf([{ name: "f", label: "F", type, ...more }])[0];
const options = [{ value: "yes", label: "Yes" }, { value: "no", label: "No" }];
const good = (one, typed, value) => assert.deepEqual(readField(one, typed), { value });
const bad = (one, typed, error) => assert.match(readField(one, typed).error ?? "", error, `${typed}`);

test("two to five options are radios, more are a select", () => {
  const many = (amount) => Array.from({ length: amount }, (_, index) => ({ value: `${index}` }));
  assert.equal(field("choice", { options: many(5) }).control, "radios");
  assert.equal(field("choice", { options: many(6) }).control, "select");
});

test("a choice is one of its options by value", () => {
  good(field("choice", { options }), "no", "no");
  bad(field("choice", { options }), "", /Choose one/);
  bad(field("choice", { options }), "maybe", /Choose one/);
});

test("yes and no are a boolean", () => {
  good(field("boolean"), "yes", true);
  good(field("boolean"), "no", false);
  bad(field("boolean"), "", /yes or no/);
});

test("several choices are a list; at least one where it is required", () => {
  good(field("multichoice", { options }), ["no", "yes"], ["no", "yes"]);
  bad(field("multichoice", { options }), [], /at least one/);
  bad(field("multichoice", { options }), ["other"], /options/);
  assert.deepEqual(readField(field("multichoice", { options, required: false }), []), {});
});

test("texts have at most as many characters as people count", () => {
  good(field("text", { maxLength: 3 }), "abc", "abc");
  good(field("longtext", { maxLength: 1 }), "e\u0301", "e\u0301");
  bad(field("text", { maxLength: 3 }), "abcd", /4 characters. At most 3/);
  bad(field("text"), "  ", /filled in/);
  good(field("longtext"), " a\nb ", " a\nb ");
});

test("whole numbers have bounds, and are 64 bits long", () => {
  const one = field("integer", { min: 1, max: 2000 });
  for (const [typed, value] of [["1", 1], ["2000", 2000], ["1,500", 1500], [" +7 ", 7]]) good(one, typed, value);
  bad(one, "0", /at least 1/);
  bad(one, "2001", /at most 2000/);
  for (const typed of ["1.5", "1e3", "x", "1,5", "0x10"]) bad(one, typed, /whole number/);
  good(field("integer"), "9223372036854775807", "9223372036854775807");
  bad(field("integer"), "9223372036854775808", /too large/);
  good(field("integer"), "9007199254740991", 9007199254740991);
});

test("numbers have a point", () => {
  good(field("decimal", { min: -1, max: 13 }), "12.5", 12.5);
  good(field("decimal"), ".5", 0.5);
  for (const typed of ["1,5", "Infinity", "NaN", "1e400", "."]) bad(field("decimal"), typed, /number with a point/);
  bad(field("decimal", { max: 1 }), "1.01", /at most 1/);
});

test("money keeps its digits", () => {
  good(field("money"), "1,234.50", "1234.50");
  bad(field("money"), "1.23456", /four digits/);
  bad(field("money", { min: 0 }), "-1", /at least 0/);
});

test("days are those of the calendar", () => {
  good(field("date"), "2028-02-29", "2028-02-29");
  for (const typed of ["2027-02-29", "0000-01-01", "1.3.2026", "2026-13-01"]) bad(field("date"), typed, /Write a day/);
  bad(field("date", { min: "2026-03-02" }), "2026-03-01", /before 2026-03-02/);
  good(field("date", { min: "2026-03-01", max: "2026-03-01" }), "2026-03-01", "2026-03-01");
});

test("times are UTC, wherever the reader is", () => {
  good(field("datetime"), "2026-03-01T09:30", "2026-03-01T09:30:00Z");
  good(field("datetime"), "2026-03-01T09:30:15", "2026-03-01T09:30:15Z");
  for (const typed of ["2026-03-01", "2026-03-01T24:00", "2026-02-30T09:00", "2026-03-01T09:60"]) bad(field("datetime"), typed, /in UTC/);
  bad(field("datetime", { max: "2026-03-01T14:32:00Z" }), "2026-03-01T14:33", /after 2026-03-01 14:32 UTC/);
  assert.equal(field("datetime", { default: "2026-03-01T10:30:00+01:00" }).initial, "2026-03-01T09:30");
});

test("lengths of time are read as people write them", () => {
  for (const [typed, value] of [["90 s", "PT1M30S"], ["1 h 30 m", "PT1H30M"], ["1:30", "PT1H30M"], ["PT2H", "PT2H"], ["2 days", "P2D"], ["0 s", "PT0S"]]) {
    good(field("duration"), typed, value);
  }
  for (const typed of ["90", "1 m 1 h", "1 h 1 h", "soon", "P", "PT"]) bad(field("duration"), typed, /length of time/);
  bad(field("duration", { max: "PT1H" }), "61 m", /at most PT1H/);
  for (let seconds = 0; seconds < 400_000; seconds += 977) assert.equal(parseDuration(durationText(seconds)), seconds);
});

test("a file is named on one line, and a type that is not known is a text with its schema under it", () => {
  good(field("file"), "case/7.pdf", "case/7.pdf");
  bad(field("file"), "a\u0000b", /one line/);
  const unknown = field("colour");
  assert.equal(unknown.type, "text");
  assert.match(unknown.raw, /"colour"/);
  good(unknown, "red", "red");
});

test("nothing is sent of what is optional and empty; what is half filled in is an error", () => {
  const model = modelOf([{ name: "a", type: "text", required: false }, { name: "b", type: "date", required: false }]);
  assert.deepEqual({ ...read(model, { a: "", b: "" }).values }, {});
  assert.match(read(model, { a: "", b: "" }, new Set(["b"])).errors.b, /not complete/);
});

test("hostile names are names, and hostile schemas make no trouble", () => {
  const model = modelOf([{ name: "__proto__", type: "text" }, { name: "toString", type: "text" }, null, 7, { label: "none" }]);
  const { values, errors } = read(model, JSON.parse('{"__proto__":"x","toString":"y"}'));
  assert.equal(JSON.stringify(values), '{"__proto__":"x","toString":"y"}');
  assert.equal(Object.keys(errors).length, 0);
  assert.deepEqual(modelOf("x"), []);
});

test("what is taken is of the schema's kind, whatever was typed", () => {
  const kinds = {
    boolean: (value) => typeof value === "boolean", integer: (value) => Number.isSafeInteger(value) || /^-?\d{16,19}$/.test(value),
    decimal: Number.isFinite, date: (value) => /^\d{4}-\d\d-\d\d$/.test(value) && new Date(value).toISOString().startsWith(value),
    datetime: (value) => !Number.isNaN(Date.parse(value)) && value.endsWith("Z"), money: (value) => Number.isFinite(Number(value)),
    choice: (value) => ["yes", "no"].includes(value), duration: (value) => parseDuration(value) !== null, text: (value) => value.length <= 5,
  };
  const letters = ["1", "2", "0", "-", ":", ".", ",", "T", "h", "m", " ", "yes", "no", "2026-03-0", "e", "+", "Z", "P"];
  let state = 7;
  const random = (limit) => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
  let taken = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const typed = Array.from({ length: 1 + random(6) }, () => letters[random(letters.length)]).join("");
    for (const [type, isKind] of Object.entries(kinds)) {
      const result = readField(field(type, { options, maxLength: 5 }), typed);
      if (result.value === undefined) continue;
      taken += 1;
      assert.ok(isKind(result.value), `${type}: ${typed} → ${result.value}`);
    }
  }
  assert.ok(taken > 1000);
});

test("an answer is told by its labels", () => {
  const form = { fields: [{ name: "a", label: "Cleared", type: "choice", options }, { name: "b", label: "Note", type: "text" }] };
  assert.equal(answerText(form, { values: { a: "no" } }), "No");
  assert.equal(answerText(form, { values: { a: "no", b: "seen" } }), "Cleared: No; Note: seen");
  assert.equal(answerText(null, { text: "fine" }), "fine");
});
