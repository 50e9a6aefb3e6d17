// What every page is given.

import { Announcer } from "../core/announce.js";
import { Clock } from "../core/clock.js";
import { connect } from "../net/client.js";
import { ask } from "../net/ask.js";
import { whoIsThis } from "../session.js";
import { Frame } from "./frame.js";

/** The page's one app: see App in types.d.ts. `failed(error)` is told of drawings that threw. */
export function makeApp({ failed }) {
  const client = connect();
  const clock = new Clock();
  const fetch = clock.listening(globalThis.fetch);
  const frame = new Frame({ failed });
  document.addEventListener("visibilitychange", () => frame.shown());
  const announcer = new Announcer({
    // Also where it says the same again.
    say: (text) => document.getElementById("announcer").replaceChildren(text),
    now: () => performance.now(),
    later(handler, milliseconds) {
      const timer = setTimeout(handler, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const resumed = new Set();
  const doubting = new Set();
  const app = {
    client,
    clock,
    session: null,
    announce: (text, kind) => announcer.add(text, kind),
    go: (path) => {}, // Main gives it a router.
    draw: frame.add,
    onTick(handler) {
      const timer = setInterval(() => document.hidden || handler(), 1000);
      return () => clearInterval(timer);
    },
    ask: async (path, options = {}) => ask(path, { ...options, fetch, csrf: options.method ? (await whoIsThis())?.csrf : undefined }),
    titleChanged: () => {},
    toast: (text) => announcer.add(text),
    here: { seq: null },
    place(place) {
      app.here = place;
    },
    onResume(handler) {
      resumed.add(handler);
      return () => resumed.delete(handler);
    },
    resumed(news) {
      for (const handler of resumed) handler(news);
    },
    onRights(handler) {
      doubting.add(handler);
      return () => doubting.delete(handler);
    },
    doubtRights() {
      for (const handler of doubting) handler();
    },
    questions: waiting(client),
  };
  return app;
}

/** The questions that wait, as App has them. */
function waiting(client) {
  const open = new Map();
  const listeners = new Set();
  const questions = {
    list: [],
    on(handler) {
      listeners.add(handler);
      handler(questions.list);
      return () => listeners.delete(handler);
    },
  };
  function tell() {
    questions.list = [...open.values()];
    for (const handler of listeners) handler(questions.list);
  }
  client.onQuestion((message) => {
    const key = `${message.task} ${message.question.question ?? message.question}`;
    if (message.type === "question") open.set(key, { task: message.task, ...message.question });
    else open.delete(key);
    tell();
  });
  client.onSession(({ type }) => {
    if (type !== "lost" && type !== "changed") return;
    open.clear();
    tell();
  });
  return questions;
}
