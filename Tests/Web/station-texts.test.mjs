// What stands under the stations, and in the head.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatheringText } from "../../web/js/core/gathering.js";
import { metaOf, titleOf } from "../../web/js/core/head-texts.js";
import { hasStations, stationsOf } from "../../web/js/core/station-texts.js";
import { fold, newTask } from "../../web/js/core/task.js";

const uri = "https://signalbox.dev/a2a/extensions/progress/v1";
const at = Date.parse("2026-03-01T09:42:08.000Z");
const after = (time) => (time === null ? null : at + time);
const phase = (name, state, from = null, until = null) => ({ name, state, at: after(from), until: after(until) });
const done = [phase("received", "past", 0, 10), phase("parsed", "past", 10, 50), phase("evidence", "past", 50, 6950)];
const task = (phases, more = {}) => ({ ...newTask("t"), opened: at, phases, ...more });
const texts = (one, now = at + 10_000) => stationsOf(one, now).map(({ text }) => text);

test("a task at work: what is past has its time, what runs counts, what is to come has not started", () => {
  const open = [phase("evidence", "now", 50), phase("review", "todo"), phase("decision", "todo")];
  const one = task([done[0], done[1], ...open], { calls: [{}, {}, {}] });
  assert.deepEqual(texts(one, at + 3050), ["09:42:08", "0.04 s", "3 tools, 3.00 s", "not started", "not started"]);
});

test("a question is asked, and answered", () => {
  const question = { state: "open", asked: at + 7000, closed: null, how: null };
  const open = task([...done, phase("review", "now", 7000), phase("decision", "todo")], { calls: [{}], questions: [question] });
  assert.equal(texts(open)[3], "1 answer needed");
  const answered = { ...question, state: "closed", how: "answered", closed: at + 249_000 };
  const ended = task([...done, phase("review", "past", 7000, 249_000), phase("decision", "past", 249_000, 250_000)],
    { questions: [answered], final: true, state: "completed", ended: at + 250_000 });
  assert.deepEqual(texts(ended).slice(3), ["answered in 4 m 02 s", "09:46:18"]);
  assert.equal(texts({ ...ended, questions: [{ ...answered, how: "expired" }] })[3], "no answer");
  assert.equal(texts({ ...ended, questions: [{ ...answered, how: "withdrawn" }] })[3], "closed without an answer");
  assert.equal(texts({ ...ended, questions: [] })[3], "no answer needed");
});

test("the end of the task that was not reached has its own words", () => {
  const ends = (state) => texts(task([phase("received", "failed", 0, 5), phase("parsed", "skipped"), ...["evidence", "review", "decision"]
    .map((name) => phase(name, "skipped"))], { state, final: true, ended: at + 5 }));
  assert.deepEqual(ends("failed").slice(0, 2), ["failed", "not reached"]);
  assert.equal(ends("canceled")[0], "cancelled");
  assert.equal(ends("rejected")[0], "refused");
});

test("an agent that tells of no phases has no line, once it is at work", () => {
  assert.deepEqual(stationsOf(task([]), at).map(({ state }) => state), ["now", ...Array(4).fill("todo")]);
  const lines = [task([]), task([], { state: "working" }), task(done, { state: "working" })];
  assert.deepEqual(lines.map(hasStations), [true, false, true]);
});

test("an agent with phases of its own has no line, whatever the names of some, unless it received an alert", () => {
  const said = (phases) => phases.reduce((one, phase, index) => fold(one, {
    seq: index + 1, time: new Date(at).toISOString(), kind: "event",
    data: { statusUpdate: { status: { state: "TASK_STATE_WORKING" }, metadata: { [uri]: { type: "progress", phase } } } },
  }), newTask("t"));
  const lines = [["analysis", "planning", "execution", "review"], ["review"], ["received", "triage", "parsed"], ["triage", "evidence"]];
  assert.deepEqual(lines.map((phases) => hasStations(said(phases))), [false, true, true, false]);
  const calls = [{ state: "running" }];
  const [talk, alert] = [said(lines[0]), said(lines[2])];
  assert.equal(gatheringText({ ...talk, calls }, "look_up"), "Being gathered by look_up.");
  assert.equal(gatheringText({ ...alert, calls }, "look_up"), "Being gathered by look_up. The figures come with the decision.");
  assert.deepEqual([gatheringText({ ...talk, calls }, ""), gatheringText({ ...alert, calls }, ""), gatheringText(alert, "")],
    ["", "The figures come with the decision.", "Nothing has been gathered yet."]);
  assert.deepEqual(["completed", "failed"].map((state) => gatheringText({ ...alert, calls, state, final: true }, "")),
    ["No figures were made.", "The task ended before its figures were made."]);
});

test("the head has what is known, and a running time that is spoken once", () => {
  const one = task([], { agent: "orchestrator", owner: "ana", facts: { trader: "T-1187", file: "a.xml" } });
  assert.deepEqual(metaOf(one, at + 151_000).map(({ label, text }) => [label, text]),
    [["Trader", "T-1187"], ["File", "a.xml"], ["Agent", "orchestrator"], ["Running", "2 m 31 s"], ["Started by", "ana"]]);
  assert.equal(metaOf(one, at).find(({ label }) => label === "Running").spoken, "since 1 Mar 2026, 09:42:08 UTC");
  assert.equal(metaOf({ ...one, final: true, ended: at + 61_000 }, at + 999_000).find(({ label }) => label === "Took").text, "1 m 01 s");
  assert.equal(titleOf(one), "a.xml");
  assert.equal(titleOf({ ...one, title: "Insider dealing" }), "Insider dealing");
});
