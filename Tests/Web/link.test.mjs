import assert from "node:assert/strict";
import { test } from "node:test";
import { linkIn, refusalWords } from "../../web/js/core/link.js";

const token = "A9-_" + "z".repeat(39);

test("a link's token is what stands behind the number sign", () => {
  assert.deepEqual(linkIn(`#${token}`), { kind: "link", token });
});

for (const hash of ["", "#"]) {
  test(`${JSON.stringify(hash)} is no link`, () => assert.deepEqual(linkIn(hash), { kind: "none" }));
}

const mangled = ["#short", `#${token}%20`, `#${token}=`, `##${token}`, `#${token}\n`, `#${"a".repeat(201)}`, "#<img src=x>", "#é".padEnd(30, "é")];
for (const hash of mangled) {
  test(`${JSON.stringify(hash.slice(0, 20))} is a mangled link`, () => assert.deepEqual(linkIn(hash), { kind: "mangled" }));
}

const trouble = (status, more = {}) => ({ status, detail: "", message: "A message.", retryAfter: 0, ...more });

test("a link that opens nothing is not tried again, and no reason is guessed", () => {
  for (const status of [400, 401]) {
    const words = refusalWords(trouble(status, { detail: "The gateway's own words." }));
    assert.equal(words.state, "refused");
    assert.equal(words.canRetry, false);
    assert.match(words.text, /once/);
  }
});

test("whoever is known and may not come in is told why", () => {
  const words = refusalWords(trouble(403, { detail: "Nobody of that name." }));
  assert.deepEqual([words.state, words.text, words.canRetry], ["refused", "Nobody of that name.", false]);
  assert.notEqual(refusalWords(trouble(403)).text, "");
});

test("too many tries are said with the time to wait", () => {
  assert.match(refusalWords(trouble(429, { retryAfter: 17 })).text, /in 17 s/);
  assert.match(refusalWords(trouble(429)).text, /in 1 s/);
  assert.equal(refusalWords(trouble(429)).canRetry, true);
});

test("no answer, and an answer that says nothing about the link, leave it as good as it was", () => {
  for (const status of [0, 500, 503]) {
    const words = refusalWords(trouble(status));
    assert.deepEqual([words.state, words.text, words.canRetry], ["offline", "A message.", true]);
  }
});
