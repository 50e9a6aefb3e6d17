// The pill: what it says of each state of the connection, and what is said when the stream is back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pill, resumedText } from "../../web/js/core/pill.js";

const open = (more) => ({ stream: { kind: "open", missed: 0, away: 0, ...more }, socket: { kind: "open" } });
const at = (kind, more) => ({ stream: { kind, ...more }, socket: { kind: "open" } });

test("connecting, then live with the number of the task's last record", () => {
  const pill = new Pill();
  pill.heard(at("connecting"), 0);
  assert.equal(pill.view(0).text, "Connecting");
  pill.heard(open(), 10);
  assert.deepEqual([pill.view(10).text, pill.view(10, { seq: 1284 }).more, pill.view(10).lamp], ["Live", "event 1,284", "ok"]);
});

test("an interruption is hidden for a second and a half, then counted down", () => {
  const pill = new Pill();
  pill.heard(open(), 0);
  pill.heard(at("waiting", { until: 6000 }), 1000);
  assert.equal(pill.view(2499).text, "Live");
  assert.deepEqual([pill.view(2500).text, pill.view(2500).canRetry], ["Reconnecting in 4 s", true]);
  assert.equal(pill.view(5999).text, "Reconnecting in 1 s");
  pill.heard(at("connecting"), 6000);
  assert.equal(pill.view(6001).text, "Reconnecting");
});

test("a first try that fails is told at once", () => {
  const pill = new Pill();
  pill.heard(at("connecting"), 0);
  pill.heard(at("waiting", { until: 900 }), 10);
  assert.equal(pill.view(20).text, "Reconnecting in 1 s");
});

test("offline has no countdown", () => {
  const pill = new Pill();
  pill.heard(at("waiting", { until: 9000 }), 0);
  assert.deepEqual([pill.view(5000, { isOnline: false }).text, pill.view(5000, { isOnline: false }).canRetry], ["Offline", false]);
});

test("back: once, with what was missed", () => {
  const pill = new Pill();
  assert.equal(pill.heard(open(), 0), null);
  pill.heard(at("waiting", { until: 3000 }), 0);
  assert.equal(pill.heard(at("connecting"), 3000), null);
  assert.deepEqual(pill.heard(open({ missed: 4, away: 3800 }), 3800), { missed: 4, away: 3800 });
  assert.equal(pill.heard(open({ missed: 4, away: 3800 }), 3900), null);
});

test("draining is told at once, for as long as no gateway answers", () => {
  const pill = new Pill();
  pill.heard(open(), 0);
  pill.heard(at("waiting", { until: 3000, reason: "draining" }), 0);
  assert.deepEqual([pill.view(0).text, pill.view(0).canRetry], ["Draining", true], "one of the lines may be up a moment longer");
  pill.heard({ stream: { kind: "waiting", until: 3000, reason: "draining" }, socket: { kind: "waiting", until: 9, reason: "" } }, 10);
  assert.match(pill.view(1000).detail, /Next try in 2 s/);
  pill.heard({ stream: { kind: "connecting" }, socket: { kind: "waiting", until: 9, reason: "" } }, 3000);
  pill.heard({ stream: { kind: "waiting", until: 9000, reason: "" }, socket: { kind: "waiting", until: 9, reason: "" } }, 3010);
  assert.equal(pill.view(4000).text, "Draining", "a refused connection says nothing against it");
  pill.heard(open({ away: 5000 }), 5000);
  assert.equal(pill.view(5000).text, "Live");
});

test("where nothing is followed, the WebSocket's goodbye is enough", () => {
  const pill = new Pill();
  pill.heard({ stream: { kind: "idle" }, socket: { kind: "open" } }, 0);
  pill.heard({ stream: { kind: "idle" }, socket: { kind: "waiting", until: 2000, reason: "draining" } }, 0);
  assert.equal(pill.view(0).text, "Draining");
  pill.heard({ stream: { kind: "idle" }, socket: { kind: "open" } }, 2500);
  assert.equal(pill.view(2500).text, "Live");
});

test("crowded is told of this stream, for a minute", () => {
  const pill = new Pill();
  pill.heard(open(), 0);
  pill.crowded({ streams: 4, limit: 6 }, 0);
  assert.equal(pill.view(0).text, "Live", "there is room for two more");
  pill.crowded({ streams: 5, limit: 6 }, 0);
  assert.equal(pill.view(0).text, "Crowded");
  assert.equal(pill.view(60_000).text, "Live", "nobody says when it is over");
  pill.crowded({ streams: 5, limit: 6 }, 60_000);
  pill.heard(at("waiting", { until: 61_000 }), 60_000);
  pill.heard(open({ away: 1000 }), 61_000);
  assert.equal(pill.view(61_000).text, "Live", "the next stream is told anew");
});

test("signed out is no state of the line", () => {
  const pill = new Pill();
  pill.heard(open(), 0);
  pill.signedOut();
  pill.heard({ stream: { kind: "idle" }, socket: { kind: "idle" } }, 0);
  assert.deepEqual([pill.view(0, { seq: 12 }).text, pill.view(0, { seq: 12 }).more], ["Signed out", ""]);
});

test("complete, closed with its reason, and no WebSocket", () => {
  const pill = new Pill();
  pill.heard(at("finished"), 0);
  assert.equal(pill.view(0, { seq: 12 }).text, "Complete");
  assert.equal(pill.view(0).text, "Live", "the page follows no task: another tab's has ended");
  pill.heard(at("closed", { reason: "expired" }), 0);
  assert.deepEqual([pill.view(0).text, pill.view(0).detail], ["Closed", "Your session has ended."]);
  pill.heard({ stream: { kind: "open", away: 0 }, socket: { kind: "closed", reason: "forbidden" } }, 0);
  assert.match(pill.view(0).detail, /Commands go by requests/);
});

test("where nothing is followed, the WebSocket says how it stands", () => {
  const pill = new Pill();
  pill.heard({ stream: { kind: "idle" }, socket: { kind: "open" } }, 0);
  assert.equal(pill.view(0).text, "Live");
  pill.heard({ stream: { kind: "idle" }, socket: { kind: "waiting", until: 5 } }, 0);
  assert.equal(pill.view(0).text, "Reconnecting");
});

test("what is said when it is back", () => {
  assert.equal(resumedText({ missed: 4, away: 3800 }), "Reconnected after 3.8 s. 4 missed events loaded, none lost.");
  assert.equal(resumedText({ missed: 1, away: 400 }), "Reconnected after 0.4 s. 1 missed event loaded, none lost.");
  assert.match(resumedText({ missed: 1, away: 125_000 }), /^Reconnected after 2 m/);
  assert.equal(resumedText({ missed: 0, away: 1000 }), "Reconnected after 1.0 s. No events were missed.");
  assert.equal(resumedText({ missed: null, away: 1000 }), "Reconnected after 1.0 s. What was missed is loaded.");
});
