// Whatever comes, in whatever order: the same state, nothing thrown, and members of the kinds that every reader counts on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../../../web/js/core/describe.js";
import { Spoken } from "../../../web/js/core/spoken.js";
import { callStatus, headBadge } from "../../../web/js/core/status.js";
import { fold, foldSnapshot, newTask } from "../../../web/js/core/task.js";
import { Sequence } from "../../../web/js/net/sequence.js";
import { chance } from "../Net/world.mjs";
import { folded, made, names, read, recorded, report } from "./records.mjs";

/** Some twice, and all in another order. */
function shuffled(records, random) {
  const items = [...records, ...records.filter(() => random() < 0.3)].map((record) => ({ record }));
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}

for (const name of names) {
  test(`${name}: in any order, and with what comes twice, it comes to the same`, () => {
    const records = recorded(name);
    const whole = folded(records);
    for (let seed = 1; seed <= 20; seed++) {
      const sequence = new Sequence(0);
      const task = newTask("t-1");
      for (const item of shuffled(records, chance(seed))) for (const { record } of sequence.take(item, 0)) fold(task, record);
      assert.deepEqual(task, whole, `seed ${seed}`);
    }
  });
}

const hostile = [
  null, true, false, 0, -1, 1.5, 1e300, "", "x", "TASK_STATE_COMPLETED", "constructor", "__proto__", "toString",
  "<img src=x onerror=alert(1)>", "2026-13-45T99:99:99Z", "\u0000\ud800\u202e", "x".repeat(5000), [], [null], [[[]]], {},
  JSON.parse('{"__proto__":{"polluted":1}}'),
  { length: 3 }, { toString: 1 }, { state: 3 },
];
const words = [
  "event", "command", "verdict", "question", "answer", "note", "gap", "late", "open", "closed", "claimed", "released",
  "tool_started", "tool_progress", "tool_completed", "tool_failed", "thinking", "llm_chunk", "agent_handoff", "routing", "review", "q1",
  "handed-over",
];

/** A copy in which some members, anywhere, are other values. */
function broken(value, random, rate) {
  const one = (list) => structuredClone(list[Math.floor(random() * list.length)]);
  if (random() < rate) return one(random() < 0.3 ? words : hostile);
  if (Array.isArray(value)) return value.map((one) => broken(one, random, rate));
  if (typeof value !== "object" || value === null) return value;
  const copy = {};
  for (const [name, member] of Object.entries(value)) if (random() > rate / 2) copy[name] = broken(member, random, rate);
  return copy;
}

const isText = (value) => typeof value === "string";
const isTextOrNull = (value) => value === null || isText(value);
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const isNumberOrNull = (value) => value === null || isNumber(value);
const kinds = {
  id: isText, title: isText, agent: isText, owner: isText, state: isText, message: isText, final: (value) => typeof value === "boolean",
  isPaused: (value) => typeof value === "boolean", opened: isNumberOrNull, handedOver: isNumberOrNull, ended: isNumberOrNull,
  updated: isNumberOrNull, place: isNumberOrNull, lastSeq: isNumber, records: isNumber,
};
const memberKinds = {
  calls: {
    id: isText, tool: isText, agent: isTextOrNull, agentTask: isTextOrNull, state: isText, message: isText, summary: isText,
    error: isTextOrNull, step: isNumberOrNull, total: isNumberOrNull, took: isNumberOrNull, recordCount: isNumberOrNull, from: isNumber,
    to: isNumberOrNull, firstSeq: isNumber, lastSeq: isNumber, question: isTextOrNull,
  },
  questions: {
    id: isText, text: isText, state: (value) => value === "open" || value === "closed", deadline: isNumberOrNull, asked: isNumber,
    closed: isNumberOrNull, how: isTextOrNull, by: isTextOrNull, why: isTextOrNull, claimedBy: isTextOrNull, claimedUntil: isNumberOrNull,
    form: (value) => value === null || (isText(value.prompt) && value.allow.every(isText) && value.fields.every((field) =>
      isText(field.name) && isText(field.label) && isText(field.type) &&
      (field.options === undefined || field.options.every((one) => isText(one.value) && isText(one.label))))),
  },
  commands: {
    id: isText, command: isText, by: isText, why: isTextOrNull, at: isNumber, state: isText, verdict: isTextOrNull,
    verdictWhy: isTextOrNull, afterMilliseconds: isNumberOrNull, text: isTextOrNull, question: isTextOrNull,
  },
  agents: { name: isText, task: isTextOrNull, since: isNumber, ended: isNumberOrNull },
  reviews: { by: isText, opinion: isText, why: isTextOrNull, at: isNumber },
  gaps: { seq: isNumber, at: isNumber, text: isText },
  reasoning: { seq: isNumber, at: isNumber, agent: isTextOrNull, text: isText, kind: isText },
  phases: { name: isText, state: isText, at: isNumberOrNull, until: isNumberOrNull },
};

function check(task) {
  for (const [name, holds] of Object.entries(kinds)) assert.ok(holds(task[name]), `${name}: ${JSON.stringify(task[name])}`);
  for (const [list, members] of Object.entries(memberKinds)) {
    for (const one of task[list]) {
      for (const [name, holds] of Object.entries(members)) assert.ok(holds(one[name]), `${list} ${name}: ${JSON.stringify(one[name])}`);
    }
  }
  for (const fact of Object.values(task.facts)) assert.ok(isText(fact));
  for (const { id, name, description, parts } of task.artifacts.values()) {
    assert.ok(isText(id) && isText(name) && isText(description) && parts.every((part) => typeof part === "object" && part !== null));
  }
  assert.equal(new Set(task.calls.map(({ id }) => id)).size, task.calls.length);
  assert.equal(task.phases.length, 5);
  if (task.failure) assert.ok(isText(task.failure.text) && isTextOrNull(task.failure.code));
  if (task.final) assert.ok(task.calls.every(({ state }) => !["running", "waiting", "retrying"].includes(state)));
}

test("nothing that a record holds makes anything throw, or a member of another kind", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = chance(seed);
    const task = newTask("t-1");
    const spoken = new Spoken(task);
    for (const record of recorded(names[seed % names.length])) {
      const bad = broken(record, random, seed % 3 === 0 ? 0.15 : 0.03);
      if (bad && typeof bad === "object" && random() < 0.9) bad.seq = record.seq;
      fold(task, bad);
      const line = describe(bad);
      assert.ok(isText(line.text) && isNumber(line.at) && isText(line.kind) && line.text.length <= 300, JSON.stringify(line));
      for (const { text, kind } of spoken.changes(task)) assert.ok(isText(text) && isText(kind));
    }
    foldSnapshot(task, broken(read("insider-trading.task.json"), random, 0.05));
    check(task);
    const badge = headBadge(task);
    assert.ok(isText(badge.word) && isText(badge.tone) && isText(badge.icon));
    for (const { state } of task.calls) assert.ok(isText(callStatus(state).word));
  }
  assert.equal({}.polluted, undefined);
});

test("records of real runs leave members of the right kinds", () => {
  for (const name of names) check(folded(recorded(name)));
});

test("what is not a record at all makes nothing throw", () => {
  for (const value of [...hostile, undefined, () => 1]) {
    assert.ok(isText(describe(value).text));
    assert.equal(fold(newTask("t"), value).records, 0);
    for (const kind of ["event", "command", "verdict", "question", "answer", "note", "gap", "late", "constructor", value]) {
      assert.ok(isText(describe({ seq: 1, time: value, kind, data: value }).text));
      check(folded([{ seq: 1, time: value, kind, data: value }]));
    }
  }
});

test("a hundred thousand records cost little each", (context) => {
  const tool = (number) => ({ tool: "market_data", callId: `c-${number}`, agent: "insider-trading", agentTask: "a" });
  const records = [];
  for (let number = 0; number < 10_000; number++) {
    records.push(report("tool_started", { ...tool(number), input: { symbol: "VELQOR" } }));
    for (let step = 1; step <= 8; step++) {
      records.push(report("tool_progress", { ...tool(number), step, total: 8, message: "Read the prices." }));
    }
    records.push(report("tool_completed", { ...tool(number), durationMs: 5, summary: "Done." }));
  }
  const all = made(...records);
  const begun = performance.now();
  const task = folded(all);
  const each = ((performance.now() - begun) * 1000) / all.length;
  assert.equal(task.calls.length, 10_000);
  context.diagnostic(`${all.length} records, ${each.toFixed(1)} µs each`);
});
