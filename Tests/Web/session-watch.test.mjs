import assert from "node:assert/strict";
import { test } from "node:test";
import { watchSession } from "../../web/js/session-watch.js";

/** A browser's EventSource and timer, moved by hand. */
function browser() {
  const sources = [];
  const timers = [];
  class Source extends EventTarget {
    readyState = 1;

    constructor(path) {
      super();
      this.path = path;
      sources.push(this);
    }

    close() {
      this.readyState = 2;
    }

    say(name, data) {
      this.dispatchEvent(Object.assign(new Event(name), { data }));
    }

    fail(readyState) {
      this.readyState = readyState;
      this.dispatchEvent(new Event("error"));
    }
  }
  const events = [];
  const later = (run, delay) => timers.push({ run, delay });
  const never = (id) => id !== null && (timers[id - 1].run = () => {});
  const watch = watchSession((event) => events.push(event), { Source, later, never });
  return { watch, sources, timers, events };
}

test("one stream is opened, however often that is asked for", () => {
  const { watch, sources } = browser();
  watch.open();
  watch.open();
  assert.deepEqual(sources.map(({ path }) => path), ["/api/session/stream"]);
  watch.close();
  assert.equal(sources[0].readyState, 2);
  watch.open();
  assert.equal(sources.length, 2);
});

test("what the gateway says is passed on", () => {
  const { watch, sources, events } = browser();
  watch.open();
  sources[0].say("expiring", '{"at":"2026-11-21T14:05:00Z","inSeconds":60}');
  sources[0].say("refreshed", '{"expires":"2026-11-21T15:05:00Z"}');
  sources[0].say("crowded", '{"streams":4,"limit":6}');
  sources[0].say("bye", '{"reason":"revoked"}');
  assert.deepEqual(events, [
    { type: "expiring", at: new Date("2026-11-21T14:05:00Z") }, { type: "refreshed" },
    { type: "crowded", streams: 4, limit: 6 }, { type: "bye", reason: "revoked" },
  ]);
});

test("what cannot be read is left alone", () => {
  const { watch, sources, events } = browser();
  watch.open();
  for (const data of ["", "{", "null"]) sources[0].say("expiring", data);
  sources[0].say("something-new", "{}");
  assert.deepEqual(events, []);
});

test("a connection that broke off is the browser's to make again", () => {
  const { watch, sources, events, timers } = browser();
  watch.open();
  sources[0].fail(0);
  assert.deepEqual([events, timers.length], [[], 0]);
});

test("a stream that was refused is said once, and asked for again after a while, not at once", () => {
  const { watch, sources, events, timers } = browser();
  watch.open();
  sources[0].fail(2);
  assert.deepEqual(events, [{ type: "lost" }]);
  watch.open();
  assert.equal(sources.length, 1);
  assert.equal(timers[0].delay, 15_000);
  timers[0].run();
  assert.equal(sources.length, 2);
});

test("whoever closes the watch is not surprised by it later", () => {
  const { watch, sources, timers } = browser();
  watch.open();
  sources[0].fail(2);
  watch.close();
  timers[0].run();
  assert.equal(sources.length, 1);
});
