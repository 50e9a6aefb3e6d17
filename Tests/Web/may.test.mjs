// What somebody may do is what the gateway's documents say, and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { may, nothing, rightsOf } from "../../web/js/core/may.js";

test("what a document says one may do, one may; whatever one's roles are called", () => {
  const session = { principal: "ana", roles: ["viewer"], may: ["watch", "submit"] };
  assert.deepEqual(["watch", "submit", "cancel", "observe"].map((word) => may(session, word)), [true, true, false, false]);
  assert.equal(may({ principal: "olaf", roles: ["operator", "admin"], may: [] }, "cancel"), false);
});

for (const document of [null, undefined, {}, { may: null }, { may: "cancel" }, { may: { cancel: true } }, nothing]) {
  test(`${JSON.stringify(document)} lets nothing`, () => assert.equal(may(document, "cancel"), false));
}

test("of a task's document the rights are taken, and what is no word is none", () => {
  assert.deepEqual(rightsOf({ id: "t", may: ["cancel", 7, null, "pause"], pausable: true }), { may: ["cancel", "pause"], pausable: true });
  assert.deepEqual(rightsOf({ id: "t", may: ["cancel"], pausable: "yes" }), { may: ["cancel"], pausable: false });
  assert.deepEqual([rightsOf({ id: "t" }), rightsOf(null)], [nothing, nothing]);
});
