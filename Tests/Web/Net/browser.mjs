// Tabs of one browser at one gateway, each with the real client, and with what its page was told.

import assert from "node:assert/strict";
import { connect } from "../../../web/js/net/client.js";
import { Hub } from "../../../web/js/net/hub.js";
import { serve } from "../../../web/js/net/worker.js";
import { Gateway } from "./gateway.mjs";
import { Channels, Clock, Locks, Page, chance, settle, sharedWorker } from "./world.mjs";

/** `kind`: "worker", "leader" or "alone". */
export function browser({ kind = "worker", seed = 1, hasLocks = kind !== "alone", sockets = true, brokenWorker = null } = {}) {
  const clock = new Clock();
  const gateway = new Gateway(clock);
  const random = chance(seed);
  const locks = new Locks();
  const channels = new Channels();
  let ids = 0;
  const base = () => ({
    now: () => clock.time, later: clock.later, never: clock.never, random, newID: () => `id-${++ids}`,
    fetch: gateway.fetch, WebSocket: sockets ? gateway.WebSocket : undefined, socketURL: "wss://box.test/ws", page: null,
  });
  const worker = { ...base(), locks: hasLocks ? locks.tab() : undefined };
  const SharedWorker = sharedWorker((scope) => serve(scope, new Hub(worker)));

  function tab() {
    const mine = locks.tab();
    const channel = channels.tab();
    const page = new Page();
    const world = { ...base(), page, locks: hasLocks ? mine : undefined };
    let isDead = false;
    // What a dead tab had planned does not happen.
    world.later = (run, delay) => clock.later(() => isDead || run(), delay);
    const made = [];
    world.fetch = async (...arguments_) => {
      if (isDead) return new Promise(() => {});
      const response = await gateway.fetch(...arguments_);
      const stream = gateway.streams.at(-1);
      if (arguments_[0].startsWith("/api/stream")) made.push({ close: () => stream?.fail() });
      return response;
    };
    if (sockets) world.WebSocket = class extends gateway.WebSocket {
      constructor(...arguments_) {
        super(...arguments_);
        made.push(this);
      }
    };
    if (kind === "worker") {
      world.SharedWorker = class extends SharedWorker {
        constructor(...arguments_) {
          super(...arguments_);
          made.push({ close: () => this.kill() });
        }
      };
    }
    if (brokenWorker !== null) world.SharedWorker = brokenSharedWorker(brokenWorker);
    if (kind === "leader" || brokenWorker !== null) world.BroadcastChannel = channel.Channel;
    const client = connect({ world });
    const heard = { verdicts: [], sessions: [], links: [], questions: [] };
    client.onVerdict((verdict) => heard.verdicts.push(verdict));
    client.onSession((event) => heard.sessions.push(event));
    client.onLink((link) => heard.links.push(link));
    client.onQuestion((question) => heard.questions.push(question));
    /** A crash: nothing is said, locks and connections are gone. */
    const kill = () => {
      isDead = true;
      for (const one of made) one.close();
      channel.drop();
      mine.drop();
    };
    return { client, page, heard, kill, follow: (tasks, options) => watch(client, tasks, options) };
  }
  return { clock, gateway, random, tab, settle, world: worker };
}

/** Follows, and keeps what comes. */
export function watch(client, tasks, options) {
  const seen = { events: [], pictures: [], resets: [], states: [] };
  seen.subscription = client.follow(tasks, {
    onEvent: (record) => seen.events.push(record),
    onSnapshot: (picture) => seen.pictures.push(picture),
    onReset: (picture) => {
      seen.resets.push(picture);
      const names = picture.tasks.map(({ id }) => id);
      seen.events = tasks === "all" ? [] : seen.events.filter(({ task }) => !names.includes(task));
    },
    onState: (state) => seen.states.push(state),
  }, options);
  Object.defineProperty(seen, "seqs", { get: () => seen.events.map(({ seq }) => seq) });
  return seen;
}

export const upTo = (last, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

export function same(actual, expected, message) {
  assert.equal(JSON.stringify(actual), JSON.stringify(expected), message);
}

function brokenSharedWorker(how) {
  return class {
    port = { postMessage() {}, close() {} };

    constructor() {
      if (how === "throws") throw new TypeError("refused");
      if (how === "says that it failed") setImmediate(() => this.onerror());
    }
  };
}
