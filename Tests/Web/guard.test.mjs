// What a page says before its modules run, in browsers that cannot run them or do not get them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const source = readFileSync(new URL("../../web/js/guard.js", import.meta.url), "utf8");

/** Runs the script in a browser that lacks `without`, has `event` happen, and gives the texts that are shown. */
function shown({ without = "", event = ["DOMContentLoaded", {}], isStarted = false }) {
  const make = (tag) => ({ tag, children: [], noModule: true, textContent: "", appendChild(child) { this.children.push(child); return child; } });
  const main = make("main");
  const listeners = new Map();
  const root = { replaceChildren() {}, hasAttribute: (name) => name === "data-started" && isStarted };
  const create = (tag) => {
    const element = make(tag);
    if (without === "noModule") delete element.noModule;
    return element;
  };
  if (without === "replaceChildren") delete root.replaceChildren;
  const window = { fetch() {}, ReadableStream: class {} };
  delete window[without];
  const document = { documentElement: root, createElement: create, getElementById: (id) => (id === "main" ? main : null) };
  runInNewContext(source, { document, window, addEventListener: (name, listener) => listeners.set(name, listener) });
  listeners.get(event[0])(event[1]);
  return main.children.flatMap((card) => card.children.map((child) => child.textContent));
}

const old = ["This browser is too old", "Your browser does not support real-time streaming. Please use a modern browser."];
const lost = ["The page could not be loaded", "Streaming component failed to load. Please refresh the page."];

test("a browser that cannot stream is told so in the words of before", () => {
  for (const without of ["noModule", "fetch", "ReadableStream", "replaceChildren"]) assert.deepEqual(shown({ without }), old, without);
  assert.deepEqual(shown({}), []);
});

test("a component that does not load is said, and nothing is said of anything else that fails", () => {
  assert.deepEqual(shown({ event: ["error", { target: { tagName: "SCRIPT" } }] }), lost);
  assert.deepEqual(shown({ event: ["error", { target: { tagName: "IMG" } }] }), []);
  assert.deepEqual(shown({ event: ["error", { target: { tagName: "SCRIPT" } }], isStarted: true }), []);
});
