// The replay of a finished task: its clock, and the task as it was at a moment.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ReplayClock, countBy, courseOf } from "../../web/js/core/replay.js";
import { Replayed } from "../../web/js/core/replayed.js";
import { fold, newTask } from "../../web/js/core/task.js";

const start = Date.parse("2026-03-01T09:42:08.000Z");
const uri = "https://signalbox.dev/a2a/extensions/progress/v1";

function record(seq, after, kind, data) {
  return { offset: seq, task: "t", seq, time: new Date(start + after).toISOString(), kind, origin: "x", data };
}
const report = (seq, after, type, more) =>
  record(seq, after, "event", { statusUpdate: { status: { state: "TASK_STATE_WORKING" }, metadata: { [uri]: { type, ...more } } } });

const records = [
  record(1, 0, "command", { command: "submit", by: "ana", message: { parts: [] } }),
  report(2, 100, "tool_started", { tool: "load", callId: "1", phase: "evidence" }),
  report(3, 1100, "tool_completed", { tool: "load", callId: "1", summary: "All." }),
  report(4, 1200, "tool_started", { tool: "weigh", callId: "2" }),
  report(5, 121_200, "tool_completed", { tool: "weigh", callId: "2" }),
  record(6, 121_300, "event", { statusUpdate: { status: { state: "TASK_STATE_COMPLETED" } } }),
];

function whole() {
  const task = newTask("t");
  for (const one of records) fold(task, one);
  return task;
}

test("idle time is passed in a second, and places and times fit each other", () => {
  const course = courseOf(whole(), records);
  assert.ok(course.length > 2000 && course.length < 4000, `${course.length}`);
  assert.equal(course.timeAt(0), start);
  assert.equal(course.timeAt(course.length), start + 121_300);
  let before = 0;
  for (let place = 0; place <= course.length; place += 10) {
    const time = course.timeAt(place);
    assert.ok(time >= before);
    assert.ok(Math.abs(course.placeAt(time) - place) < 1e-6, `${place}`);
    before = time;
  }
});

test("a history without time has a course, too", () => {
  const course = courseOf(newTask("t"), [records[0]]);
  assert.deepEqual([course.length, course.timeAt(5), course.placeAt(start + 5)], [0, start, 0]);
});

test("the clock goes at its speed, stands, and goes on from there", () => {
  const clock = new ReplayClock(courseOf(whole(), records));
  assert.deepEqual([clock.isPlaying, clock.place(50)], [false, 0]);
  clock.play(1000);
  assert.equal(clock.place(1500), 500);
  clock.setSpeed(5, 1500);
  assert.equal(clock.place(1600), 1000);
  clock.pause(1600);
  assert.equal(clock.place(9999), 1000);
  clock.play(10_000);
  assert.equal(clock.place(10_010), 1050);
  clock.seek(200, 10_010);
  assert.equal(clock.place(10_020), 250);
});

test("the clock stops at the end, and begins anew from there", () => {
  const course = courseOf(whole(), records);
  const clock = new ReplayClock(course);
  clock.play(0);
  assert.equal(clock.place(1e9), course.length);
  assert.ok(clock.isAtEnd(1e9));
  clock.pause(1e9);
  clock.play(2e9);
  assert.equal(clock.place(2e9 + 10), 10);
  clock.seek(-5, 2e9);
  assert.equal(clock.place(2e9), 0);
});

test("the records up to a time are those that had come by then", () => {
  assert.deepEqual([start - 1, start, start + 99, start + 100, start + 1e9].map((time) => countBy(records, time)), [0, 1, 1, 2, 6]);
});

test("the task is as it was at that moment, forwards and back, as if all were folded anew", () => {
  const past = new Replayed("t", records, { title: "Alert", agent: "one", owner: "ana" });
  for (const after of [0, 1150, 150, 121_300, 121_250, 1200, 99, 5000]) {
    const anew = newTask("t");
    for (const one of records.filter(({ time }) => Date.parse(time) <= start + after)) fold(anew, one);
    const task = past.goTo(start + after);
    assert.deepEqual({ ...task, title: "", agent: "", owner: "" }, { ...anew, title: "", agent: "", owner: "" }, `${after}`);
    assert.deepEqual([task.title, task.agent, task.owner], ["Alert", "one", "ana"]);
    assert.equal(past.records.length, anew.records);
  }
});

test("going back in ten thousand records takes less than a frame or two", () => {
  const many = [records[0], ...Array.from({ length: 10_000 }, (_, index) =>
    report(index + 2, index, "tool_progress", { tool: "load", callId: `${index % 40}`, step: index, total: 10_000 }))];
  const past = new Replayed("t", many, newTask("t"));
  past.goTo(start + 10_000);
  const before = performance.now();
  past.goTo(start + 9000);
  assert.ok(performance.now() - before < 200, `${performance.now() - before} ms`);
  assert.equal(past.records.length, 9002);
});
