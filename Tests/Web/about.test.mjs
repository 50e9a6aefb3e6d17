import assert from "node:assert/strict";
import { test } from "node:test";
import { askAbout, check } from "../../web/js/about.js";
import { Trouble } from "../../web/js/net/ask.js";

const good = () => ({
  name: "signalbox",
  version: "0.1.0",
  started: "2026-11-21T09:42:08Z",
  uptimeSeconds: 12,
  tls: { version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" },
  listeners: [{ name: "public", url: "https://localhost:8443", clientCertificates: "none" }],
  agents: [],
  loops: 2,
  build: { swift: "6.3", libwebsockets: "4.1.6", openssl: "3.0.22" },
});
const answer = (status, body, statusText = "") => async () => new Response(body, { status, statusText });
const failure = (error) => async () => { throw error; };

test("a whole document comes back with the time the answer took", async () => {
  const times = [100, 104.5];
  const { about, milliseconds } = await askAbout(answer(200, JSON.stringify(good())), () => times.shift());
  assert.deepEqual(about, good());
  assert.equal(milliseconds, 4.5);
});

test("the request asks for JSON, follows no redirect and has a deadline", async () => {
  let seen;
  await askAbout(async (path, options) => {
    seen = { path, ...options };
    return new Response(JSON.stringify(good()));
  });
  assert.equal(seen.path, "/api/about");
  assert.equal(seen.redirect, "error");
  assert.equal(seen.cache, "no-store");
  assert.deepEqual(seen.headers, { accept: "application/json" });
  assert.ok(seen.signal instanceof AbortSignal);
});

const troubles = [
  ["a problem document", answer(503, '{"title":"Draining"}'), "The gateway answered 503 (Draining) to /api/about.", true],
  ["an error page", answer(502, "<html>", "Bad Gateway"), "The gateway answered 502 (Bad Gateway) to /api/about.", true],
  ["an error without a word", answer(500, ""), "The gateway answered 500 to /api/about.", true],
  ["text", answer(200, "hello"), "What /api/about gave is not JSON.", true],
  ["a deadline", failure(new DOMException("", "TimeoutError")), "There was no answer within 4 seconds.", false],
  ["a closed port", failure(new TypeError("fetch failed")), "The connection was refused or broke off.", false],
];
for (const [name, fetch, text, isAnswer] of troubles) {
  test(`${name} is told as a sentence`, () => assert.rejects(askAbout(fetch), (error) => {
    assert.ok(error instanceof Trouble);
    assert.ok(error.message.startsWith(text), error.message);
    assert.equal(error.isAnswer, isAnswer);
    return true;
  }));
}

const wrong = [
  ["version", (about) => delete about.version],
  ["started", (about) => { about.started = "yesterday"; }],
  ["uptimeSeconds", (about) => { about.uptimeSeconds = -1; }],
  ["loops", (about) => { about.loops = "2"; }],
  ["tls.cipher", (about) => { about.tls = null; }],
  ["build.openssl", (about) => delete about.build.openssl],
  ["listeners", (about) => { about.listeners = {}; }],
  ["listeners[1].url", (about) => about.listeners.push({ name: "admin", clientCertificates: "none" })],
  ["listeners[0].name", (about) => { about.listeners[0] = null; }],
  ["agents[0].name", (about) => about.agents.push("orchestrator")],
];
for (const [field, spoil] of wrong) {
  test(`a wrong ${field} is named`, () => {
    const about = good();
    spoil(about);
    const reason = field === "tls.cipher" ? "tls.version" : field;
    assert.throws(() => check(about), (error) => error.message.includes(`: ${reason} is missing or wrong.`));
  });
}
for (const document of [null, 7, "text", []]) {
  test(`${JSON.stringify(document)} is not a document`, () => assert.throws(() => check(document), Trouble));
}
