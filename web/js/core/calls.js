// Calls of tools: attempts, steps, ends. Pure.

import { countOrNull, numberOrNull, object, text, textOrNull } from "./read.js";

/** The calls of a task by their keys; what is not in it is found again in the task, as after a copy. */
const indexes = new WeakMap();

function indexOf(task) {
  let index = indexes.get(task);
  if (!index || index.size !== task.calls.length) {
    index = new Map(task.calls.map((call) => [call.id, call]));
    indexes.set(task, index);
  }
  return index;
}

export function foldTool(task, report, moment) {
  const tool = textOrNull(report.tool);
  const id = callId(task, report, tool);
  if (id === null) return;
  const index = indexOf(task);
  let call = index.get(id);
  if (!call) {
    call = newCall(id, tool ?? id, report, moment);
    task.calls.push(call);
    index.set(id, call);
  } else if (report.type === "tool_started" && !isRunning(call)) {
    begin(call, moment);
  }
  call.lastSeq = moment.seq;
  const take = takers[report.type];
  if (take) take(call, report, moment);
}

/** Agents below may use the same ids. One that says no id means its only call of that tool. */
function callId(task, report, tool) {
  const below = textOrNull(report.agentTask) ?? textOrNull(report.agent);
  const own = textOrNull(report.callId);
  if (own) return below ? `${below}/${own}` : own;
  if (!tool) return null;
  const prefix = below ? `${below}/${tool}` : tool;
  if (report.type !== "tool_started") {
    const open = task.calls.findLast((call) => call.id.startsWith(`${prefix}#`) && call.tool === tool && isRunning(call));
    if (open) return open.id;
  }
  return `${prefix}#${task.calls.length + 1}`;
}

function newCall(id, tool, report, { at, seq }) {
  return {
    id, tool, agent: textOrNull(report.agent), agentTask: textOrNull(report.agentTask), state: "running",
    attempts: [{ from: at, to: null, state: "running", error: null }], step: null, total: null, took: null, recordCount: null, message: "",
    summary: "", error: null, retry: null, input: null, output: null, from: at, to: null, firstSeq: seq, lastSeq: seq, question: null,
  };
}

/** It has failed and is tried once more. */
function begin(call, { at }) {
  call.attempts.push({ from: at, to: null, state: "running", error: null });
  Object.assign(call, {
    state: "running", step: null, total: null, took: null, message: "", summary: "", error: null, retry: null, to: null,
  });
}

const takers = {
  tool_started(call, report) {
    if (report.input !== undefined) call.input = report.input;
    takeSteps(call, report);
  },
  tool_progress(call, report) {
    if (!isRunning(call)) return;
    takeSteps(call, report);
    if (call.state === "waiting") Object.assign(call, { state: "running", question: null });
  },
  tool_completed(call, report, moment) {
    takeSteps(call, report);
    call.summary = text(report.summary) || text(report.message);
    call.output = report.payload ?? report.input ?? null;
    close(call, "done", null, moment);
  },
  tool_failed(call, report, moment) {
    takeSteps(call, report);
    const error = text(report.error) || text(report.message) || text(report.summary) || "It failed.";
    const payload = object(report.payload);
    close(call, payload.denied === true ? "denied" : "failed", error, moment);
    const wait = numberOrNull(payload.retryInMs);
    if (wait !== null && call.state === "failed") {
      Object.assign(call, { state: "retrying", to: null, retry: { why: error, at: moment.at + Math.max(0, wait) } });
    }
  },
};

function takeSteps(call, report) {
  call.took = numberOrNull(report.durationMs) ?? call.took;
  call.step = countOrNull(report.step) ?? call.step;
  call.total = countOrNull(report.total) ?? call.total;
  call.recordCount = countOrNull(report.records) ?? call.recordCount;
  if (report.type !== "tool_started") call.message = text(report.message) || call.message;
}

function close(call, state, error, { at }) {
  const attempt = call.attempts.at(-1);
  if (attempt.state === "running") Object.assign(attempt, { to: at, state: state === "denied" ? "failed" : state, error });
  Object.assign(call, { state, error, to: at, retry: null, question: null });
}

export function isRunning(call) {
  return call.state === "running" || call.state === "waiting";
}

/** The task begins, or ceases, to wait for somebody. Only where one call runs is it known which one waits. */
export function waitFor(task, isAsking) {
  const open = task.calls.filter(isRunning);
  if (!isAsking) for (const call of open) Object.assign(call, { state: "running", question: null });
  else if (open.length === 1) open[0].state = "waiting";
}

/** The question has its name a record later. */
export function nameQuestion(task, question) {
  for (const call of task.calls) if (call.state === "waiting") call.question ??= question;
}

/** What runs when the task ends runs no more. */
export function endCalls(task, state, moment) {
  const end = state === "failed" || state === "rejected" ? "failed" : "stopped";
  for (const call of task.calls) {
    if (isRunning(call)) close(call, end, null, moment);
    else if (call.state === "retrying") Object.assign(call, { state: end, to: moment.at, retry: null });
  }
}
