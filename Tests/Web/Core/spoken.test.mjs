// Which changes of a task are spoken.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Spoken } from "../../../web/js/core/spoken.js";
import { fold, newTask } from "../../../web/js/core/task.js";
import { artifact, folded, made, recorded, report, status } from "./records.mjs";

function spokenOf(records, task = newTask("t-1"), spoken = new Spoken(task)) {
  return records.flatMap((record) => spoken.changes(fold(task, record)));
}

test("a run that asks: started, asked, finished with its verdict", () => {
  assert.deepEqual(spokenOf(recorded("answered")), [
    { text: "The task has started.", kind: "state" },
    { text: "Your answer is needed: Who is the ultimate owner of account A-9201?", kind: "question" },
    { text: "Finished. Escalate to Compliance, confidence 89 of 100.", kind: "state" },
  ]);
});

test("who may not answer is not told to", () => {
  const task = newTask("t-1");
  const spoken = new Spoken(task);
  const said = recorded("answered").flatMap((record) => spoken.changes(fold(task, record), false));
  assert.equal(said[1].text, "An answer is needed: Who is the ultimate owner of account A-9201?");
});

test("a run that was cancelled says by whom", () => {
  assert.deepEqual(spokenOf(recorded("cancelled")).at(-1), { text: "Cancelled by operator at 15:22:54.", kind: "state" });
});

test("what fails with its task is not told tool by tool", () => {
  const said = spokenOf(recorded("lost-specialist"));
  assert.deepEqual(said.map(({ kind }) => kind), ["state", "failure"]);
  assert.match(said[1].text, /^Failed: the agent insider-trading cannot work on the alert\..*\.$/);
});

test("a tool that fails while the task goes on is told, each attempt once", () => {
  const call = { tool: "x", callId: "c" };
  const attempt = [report("tool_started", call), report("tool_failed", { ...call, error: "No answer" })];
  assert.deepEqual(spokenOf(made(...attempt, status("WORKING"), ...attempt)).filter(({ kind }) => kind === "failure"),
    Array(2).fill({ text: "x failed: No answer.", kind: "failure" }));
});

test("what is so already when the page opens is not told", () => {
  const records = recorded("answered");
  const task = folded(records.slice(0, 50));
  assert.deepEqual(spokenOf(records.slice(50), task).map(({ text }) => text), ["Finished. Escalate to Compliance, confidence 89 of 100."]);
});

test("without a decision the agent's last words are said; a refusal says why", () => {
  assert.equal(spokenOf(made(status("COMPLETED", "All is done"))).at(-1).text, "Finished. All is done.");
  assert.equal(spokenOf(made(status("COMPLETED"))).at(-1).text, "Finished.");
  assert.deepEqual(spokenOf(made(status("REJECTED", "Nobody knows it."))), [{ text: "Refused: Nobody knows it.", kind: "failure" }]);
  const odd = spokenOf(made(artifact("decision", [{ data: { determination: "WAIT" } }]), status("COMPLETED"))).at(-1).text;
  assert.equal(odd, "Finished. Decided: WAIT.");
});

test("a question that is open again is asked again", () => {
  const question = (state) => ["question", { question: "q1", state, text: "Sure?\nNo?" }];
  assert.deepEqual(spokenOf(made(question("open"), question("claimed"), question("closed"), question("open"))),
    Array(2).fill({ text: "Your answer is needed: Sure?", kind: "question" }));
});
