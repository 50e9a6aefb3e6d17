import assert from "node:assert/strict";
import { test } from "node:test";
import { Trouble } from "../../web/js/net/ask.js";
import { endSession, openSession, otherWays, whoIsThis } from "../../web/js/session.js";

const who = { principal: "alex", roles: ["analyst"], credential: "session", expires: "2026-11-21T14:05:00Z", csrf: "c1" };

/** Answers one after another: [status, document]. Keeps what it was asked. */
function gateway(...answers) {
  const asked = [];
  const fetch = async (path, options) => {
    asked.push({ path, method: options.method, headers: options.headers, body: options.body });
    const [status, document, headers] = answers.shift();
    return new Response(document === undefined ? null : JSON.stringify(document), { status, headers });
  };
  return { fetch, asked };
}

test("the gateway is asked who this is", async () => {
  const { fetch, asked } = gateway([200, who]);
  assert.deepEqual(await whoIsThis(fetch), who);
  assert.deepEqual([asked[0].path, asked[0].method, asked[0].body], ["/api/session", "GET", undefined]);
});

test("401 is nobody; anything else is trouble", async () => {
  assert.equal(await whoIsThis(gateway([401, { title: "Unauthorized" }]).fetch), null);
  await assert.rejects(whoIsThis(gateway([403, { detail: "No entry." }]).fetch), { status: 403, detail: "No entry." });
  await assert.rejects(whoIsThis(async () => { throw new TypeError("fetch failed"); }), { status: 0 });
});

for (const document of [null, {}, { principal: "a" }, { principal: 7, roles: [] }, { principal: "a", roles: [7] }]) {
  test(`${JSON.stringify(document)} names nobody`, () =>
    assert.rejects(whoIsThis(gateway([200, document]).fetch), (error) => error instanceof Trouble && error.status === 200));
}

test("a link is sent as JSON, in the body and nowhere else", async () => {
  const { fetch, asked } = gateway([200, who]);
  assert.deepEqual(await openSession("T0KEN", fetch), who);
  assert.equal(asked[0].path, "/api/session");
  assert.equal(asked[0].method, "POST");
  assert.equal(asked[0].body, '{"link":"T0KEN"}');
  assert.deepEqual(asked[0].headers, { accept: "application/json", "content-type": "application/json" });
});

test("a refused link is trouble with the status and the time to wait", async () => {
  const answer = gateway([429, { title: "Too Many Requests", detail: "Later." }, { "retry-after": "9" }]);
  await assert.rejects(openSession("x", answer.fetch), { status: 429, detail: "Later.", retryAfter: 9 });
});

test("signing out shows the page's token as it is at that moment", async () => {
  const { fetch, asked } = gateway([200, { ...who, csrf: "c2" }], [204]);
  await endSession(fetch);
  assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), ["GET /api/session", "DELETE /api/session"]);
  assert.equal(asked[1].headers["x-signalbox-csrf"], "c2");
});

test("signing out when nobody is signed in is done already", async () => {
  const { fetch, asked } = gateway([401]);
  await endSession(fetch);
  assert.equal(asked.length, 1);
  await endSession(gateway([200, who], [401]).fetch);
});

test("a sign-out that was refused is not taken for one", async () => {
  await assert.rejects(endSession(gateway([200, who], [503]).fetch), { status: 503 });
});

const ways = [
  [{ openId: "/api/session/openid" }, "/api/session/openid"], [{ openId: null }, null], [{}, null], [null, null],
  [{ openId: "https://elsewhere" }, null], [{ openId: "//elsewhere" }, null], [{ openId: "javascript:0" }, null],
];
for (const [document, openId] of ways) {
  test(`${JSON.stringify(document)} offers ${openId}`, async () =>
    assert.deepEqual(await otherWays(gateway([200, document]).fetch), { openId }));
}
