// Keys: sequences, their patience, and where they are somebody's writing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys, isWriting, keyList } from "../../web/js/core/keys.js";

test("two keys after each other go somewhere; the first alone does nothing", () => {
  const keys = new Keys();
  assert.deepEqual(keys.press("g", 0), { isBegun: true });
  assert.equal(keys.press("o", 100).path, "/ops");
  assert.equal(keys.press("o", 200), null);
});

test("the second key has a second and a half", () => {
  const keys = new Keys();
  keys.press("g", 0);
  assert.equal(keys.press("n", 1501), null);
  keys.press("g", 2000);
  assert.equal(keys.press("n", 3500).path, "/new");
});

test("t alone changes the theme, and g t goes to the tasks", () => {
  const keys = new Keys();
  assert.equal(keys.press("t", 0).action, "theme");
  keys.press("g", 1);
  assert.equal(keys.press("t", 2).path, "/");
});

test("a wrong second key is the page's, and ends the sequence", () => {
  const keys = new Keys();
  keys.press("g", 0);
  assert.equal(keys.press("j", 1), null);
  assert.equal(keys.press("a", 2), null);
});

test("what pages take is passed on", () => {
  for (const { keys, path, action } of keyList) {
    if ((path ?? action) === undefined && keys.length === 1) assert.equal(new Keys().press(keys[0], 0), null, keys[0]);
  }
});

test("in inputs keys are writing, on buttons and boxes they are not", () => {
  assert.equal(isWriting({ tagName: "INPUT", type: "text" }), true);
  assert.equal(isWriting({ tagName: "TEXTAREA" }), true);
  assert.equal(isWriting({ tagName: "SELECT" }), true);
  assert.equal(isWriting({ tagName: "DIV", isContentEditable: true }), true);
  assert.equal(isWriting({ tagName: "INPUT", type: "checkbox" }), false);
  assert.equal(isWriting({ tagName: "BUTTON" }), false);
});
