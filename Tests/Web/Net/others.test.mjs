// What pages of others are given: client.js and the timeline, over the real connection of the pages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, connect } from "../../../web/js/client.js";
import { worldFor } from "../../../web/js/net/elsewhere.js";
import { startPolling, startStreaming } from "../../../web/js/progress-page.js";
import { ProgressTimeline, canStream, mostTries, texts } from "../../../web/js/progress-timeline.js";
import { browser, same, upTo } from "./browser.mjs";

const uri = "https://signalbox.dev/a2a/extensions/progress/v1";
const says = (state, report = undefined) => ({
  data: { statusUpdate: { status: { state: `TASK_STATE_${state.toUpperCase().replace("-", "_")}` }, ...(report ? { metadata: { [uri]: report } } : {}) } },
});
const end = (gateway, task, state = "completed") => {
  gateway.end(task);
  return gateway.happen(task, says(state));
};

function pages(options) {
  const { tab, ...rest } = browser(options);
  const client = new Client(tab().client);
  const watch = (task, after = undefined) => {
    const told = { seqs: [], states: [], ends: [], resets: 0, lives: 0, errors: [] };
    const { close } = client.watch(task, {
      onRecord: ({ seq }) => told.seqs.push(seq), onState: (state) => told.states.push(state), onEnd: (state) => told.ends.push(state),
      onReset: () => (told.resets += 1), onLive: () => (told.lives += 1), onError: ({ code }) => told.errors.push(code),
    }, { after });
    return Object.assign(told, { close });
  };
  return { ...rest, tab, client, watch };
}

test("a task is watched to its end, which is told once and behind its records", async () => {
  const { clock, gateway, watch } = pages();
  gateway.happen("a", says("working"));
  const told = watch("a");
  await clock.turn(100);
  same([told.seqs, told.states, told.lives], [[1], ["working"], 1]);
  gateway.happen("a", says("input-required"));
  end(gateway, "a");
  gateway.happen("a", { kind: "verdict" });
  await clock.turn(100);
  same([told.seqs, told.states, told.ends], [upTo(4), ["working", "input-required", "completed"], ["completed"]]);
  told.close();
  gateway.happen("a", { kind: "note" });
  await clock.turn(100);
  same(told.seqs, upTo(4));
});

test("a task that has ended is told from its first record, from any, or only its end", async () => {
  const { clock, gateway, watch } = pages();
  gateway.happen("a", says("working"));
  end(gateway, "a");
  gateway.happen("a", { kind: "note" });
  const [all, rest, latest] = [watch("a"), watch("a", 2), watch("a", "latest")];
  await clock.turn(200);
  same([all.seqs, rest.seqs, latest.seqs], [upTo(3), [3], []]);
  same([all.ends, rest.ends, latest.ends], [["completed"], ["completed"], ["completed"]]);
});

test("a lost line is bridged, a new journal is told, and what is not there is an error", async () => {
  const { clock, gateway, watch } = pages();
  gateway.happen("a");
  const [told, none] = [watch("a"), watch("none")];
  await clock.turn(100);
  same([told.seqs, none.errors], [[1], ["not-found"]]);
  gateway.cut();
  gateway.happen("a");
  await clock.turn(40_000);
  same([told.seqs, told.resets], [[1, 2], 0]);
  gateway.epoch = "e2";
  gateway.cut();
  await clock.turn(40_000);
  assert.equal(told.resets, 1);
  gateway.who = null;
  gateway.cut();
  await clock.turn(40_000);
  same(told.errors, ["not-signed-in"]);
});

test("commands have receipts and verdicts; what is refused is an error with its code", async () => {
  const { clock, gateway, client } = pages();
  gateway.happen("a");
  await clock.turn(100);
  const giving = client.cancel("a", { why: "Wrong file." });
  await clock.turn(100);
  const order = await giving;
  same([order.task, order.command, gateway.commands.get(order.id).message.why], ["a", "cancel", "Wrong file."]);
  gateway.judge(order.id, "stopped");
  assert.equal((await order.verdict).verdict, "stopped");
  const others = [client.pause("a"), client.resume("a"), client.answer("a", "q1", { text: "yes" }), client.say("a", "Hello.")];
  await clock.turn(100);
  same((await Promise.all(others)).map(({ command }) => command), ["pause", "resume", "answer", "say"]);
  const waiting = (await others[0]).verdict;
  client.close();
  await assert.rejects(waiting, { code: "closed" });
  await assert.rejects(client.cancel("a"), { code: "closed" });
});

test("a review is a command without a verdict, over either way, and what is refused is an error with its code", async () => {
  for (const sockets of [true, false]) {
    const { clock, gateway, client } = pages({ sockets });
    gateway.happen("a", says("working"));
    end(gateway, "a");
    await clock.turn(100);
    const given = [client.review("a", "accept"), client.review("a", "disagree", { why: "The clerk was on leave." })];
    await clock.turn(5000);
    const [accepted, disagreed] = await Promise.all(given);
    same([accepted.verdict, accepted.command, disagreed.command], [null, "review", "review"]);
    const said = ({ id }) => {
      const { opinion, why = null } = gateway.commands.get(id).message;
      return [opinion, why];
    };
    same([said(accepted), said(disagreed)], [["accept", null], ["disagree", "The clerk was on leave."]]);
    gateway.answersCommands = false;
    gateway.instead = (path) => (path.endsWith(":review") ? gateway.problem(409, "nothing-to-review") : undefined);
    const refused = assert.rejects(client.review("a", "accept"), { code: "nothing-to-review" });
    await clock.turn(5000);
    if (sockets) gateway.socket.say({ type: "nack", id: gateway.socket.sent.at(-1).id, code: "nothing-to-review", message: "It is too early." });
    await refused;
  }
});

test("a task that is begun is known by its id over either way", async () => {
  for (const sockets of [true, false]) {
    const { clock, gateway, client } = pages({ sockets });
    await clock.turn(100);
    gateway.command = ({ id }) => (sockets ? { task: `task-${id}` } : { id: `task-${id}`, repeated: false });
    gateway.instead = (path, { method } = {}) => (path === "/api/tasks" && method === "POST" ? gateway.json({ id: "task-x" }, 201) : undefined);
    const giving = client.submit({ text: "Hello.", agent: "checker" });
    await clock.turn(5000);
    const { task, verdict } = await giving;
    assert.match(task, /^task-/);
    assert.equal(verdict, null);
  }
});

test("the timeline tells steps, events and the end", async () => {
  const { clock, gateway, client } = pages();
  const told = { steps: [], statuses: [], events: [], results: [], errors: [] };
  const timeline = new ProgressTimeline({
    onStepStart: ({ number, title }) => told.steps.push([number, title]), onStatus: (text) => told.statuses.push(text),
    onEvent: (event) => told.events.push(event), onComplete: (result) => told.results.push(result), onError: (error) => told.errors.push(error),
  }, { client });
  gateway.happen("a", says("working"));
  timeline.connect("a");
  await clock.turn(100);
  gateway.happen("a", says("working", { type: "tool_started", tool: "reader", callId: "1" }));
  gateway.happen("a", says("working", { type: "tool_progress", tool: "reader", callId: "1", step: 1, total: 2, message: "half" }));
  await clock.turn(0);
  same(timeline.steps.map(({ status, progress, description }) => [status, progress, description]), [["in-progress", 0.5, "half"]]);
  gateway.happen("a", says("working", { type: "tool_completed", tool: "reader", callId: "1", durationMs: 1500, summary: "read" }));
  end(gateway, "a");
  await clock.turn(100);
  same(told.steps, [[1, "reader"]]);
  same(timeline.steps, [{ number: 1, title: "reader", status: "completed", description: "read", progress: 0.5, duration: 1.5, error: null }]);
  same(told.events, timeline.events);
  same(timeline.events[2], {
    event_id: 3, task_id: "a", state: "working", message: "half", final: false, timestamp: "2026-11-21T08:00:00.000Z",
    metadata: { tool_name: "reader", step: 1, total: 2, event_type: "tool_progress" },
  });
  same(timeline.events.map(({ final }) => final), [false, false, false, false, true]);
  same(told.results.map(({ task_id, state }) => [task_id, state]), [["a", "completed"]]);
  same(told.statuses, [texts.starting, texts.running, texts.complete]);
  assert.equal(told.errors.length, 0);
});

test("the timeline gives up after five tries, each told, and begins to count anew when the line is back", async () => {
  const { clock, gateway, client } = pages();
  const [attempts, errors, statuses] = [[], [], []];
  const timeline = new ProgressTimeline({
    onReconnect: (attempt) => attempts.push(attempt), onError: ({ message }) => errors.push(message), onStatus: (text) => statuses.push(text),
  }, { client });
  gateway.happen("a", says("working"));
  timeline.connect("a");
  await clock.turn(100);
  gateway.cut();
  await clock.turn(40_000);
  same([attempts, errors], [[1], []]);
  gateway.isDown = true;
  gateway.cut();
  await clock.turn(200_000);
  same([attempts, errors], [[1, 1, 2, 3, 4, 5], [texts.givenUp]]);
  assert.equal(mostTries, 5);
  same(statuses.at(-1), `Error: ${texts.givenUp}`);
});

test("a task that fails, and one that is not there, end the timeline with their own words", async () => {
  const { clock, gateway, client } = pages();
  const errors = [];
  const follow = (task) => new ProgressTimeline({ onError: ({ message }) => errors.push(message) }, { client }).connect(task);
  gateway.happen("a", { data: { statusUpdate: { status: { state: "TASK_STATE_FAILED", message: { parts: [{ text: "The market data is missing." }] } } } } });
  gateway.end("a");
  follow("a");
  follow("none");
  await clock.turn(200);
  same(errors.sort(), ["The market data is missing.", "There is no such task, or you may not see it. Check its id, and as whom you are signed in."]);
});

test("a browser that cannot stream, and a component that does not load, are said at once", async (context) => {
  assert.equal(canStream(), true);
  assert.equal(canStream({ fetch() {} }), false);
  const places = Object.fromEntries(["error-section", "error-message", "result-section", "result", "progress-status"]
    .map((id) => [id, { hidden: true, textContent: "", dataset: {} }]));
  globalThis.document = { getElementById: (id) => places[id] ?? null };
  context.after(() => delete globalThis.document);
  assert.equal(startPolling, startStreaming);
  await startStreaming("a", { load: () => Promise.reject(new TypeError("404")) });
  same([places["error-section"].hidden, places["error-message"].textContent], [false, "Streaming component failed to load. Please refresh the page."]);
  const { ReadableStream } = globalThis;
  delete globalThis.ReadableStream;
  context.after(() => (globalThis.ReadableStream = ReadableStream));
  await startStreaming("a");
  same(places["error-message"].textContent, texts.unsupported);
  let callbacks;
  class Timeline {
    constructor(given) { callbacks = given; }
    connect() {}
    close() {}
  }
  await startPolling("a", { load: async () => ({ ProgressTimeline: Timeline }) });
  assert.equal(places["error-section"].hidden, true);
  callbacks.onStatus(texts.running, "info");
  callbacks.onComplete({ task_id: "a" });
  same([places["progress-status"].textContent, places["result-section"].hidden, places.result.textContent], [texts.running, false, '{\n  "task_id": "a"\n}']);
});

test("another origin: its addresses, the cookie sent along, and names of its own for what tabs share", async () => {
  const asked = [];
  class BroadcastChannel {
    constructor(name) { asked.push(name); }
  }
  const scope = {
    location: { protocol: "https:", host: "page.test" }, crypto, BroadcastChannel,
    navigator: { locks: { request: (name) => asked.push(name) } }, fetch: (path, options) => asked.push([path, options.credentials]), SharedWorker: class {},
  };
  const world = worldFor("https://box.test:8443", scope);
  world.fetch("/api/tasks", {});
  new world.BroadcastChannel("hub");
  world.locks.request("lock", () => {});
  same(asked, [["https://box.test:8443/api/tasks", "include"], "hub https://box.test:8443", "lock https://box.test:8443"]);
  same([world.socketURL, world.SharedWorker], ["wss://box.test:8443/ws", undefined]);
  assert.throws(() => { globalThis.location = { origin: "https://page.test" }; connect("box.test"); }, /is no origin. It looks like/);
  delete globalThis.location;
});
