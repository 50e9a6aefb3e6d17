// (task, record) to task: what the records of a task come to. Pure; whatever a record holds, nothing throws.

import { foldArtifact, wholeAtEnd } from "./artifacts.js";
import { endCalls, waitFor } from "./calls.js";
import { foldCommand, foldDelivered, foldVerdict } from "./task-commands.js";
import { endPhases, newPhases } from "./phases.js";
import { foldAnswer, foldQuestion } from "./questions.js";
import { array, countOrNull, isFinal, isObject, object, partsText, stateOrNull, text, textOrNull, timeOrNull } from "./read.js";
import { foldReport, foldTitle, reportOf } from "./reports.js";

const pauseURI = "https://signalbox.dev/a2a/extensions/pause/v1";

/**
 * A task of which nothing is known yet.
 * @param {string} id
 * @returns {import("../types.js").Task}
 */
export function newTask(id) {
  return {
    id, title: "", agent: "", owner: "", state: "submitted", final: false, isPaused: false, opened: null, handedOver: null,
    ended: null, updated: null, lastSeq: 0, records: 0, place: null, message: "", failure: null, facts: {}, phases: newPhases(),
    hasOtherPhases: false, calls: [], questions: [], commands: [], agents: [], artifacts: new Map(), reviews: [], gaps: [], reasoning: [],
  };
}

/**
 * Folds one record into the task, which it changes. Records up to `lastSeq` change nothing.
 * @param {import("../types.js").Task} task
 */
export function fold(task, record) {
  if (!isObject(record) || !Number.isSafeInteger(record.seq) || record.seq <= task.lastSeq) return task;
  task.lastSeq = record.seq;
  task.records += 1;
  const moment = { seq: record.seq, at: timeOrNull(record.time) ?? task.updated ?? 0 };
  task.updated = moment.at;
  task.opened ??= moment.at;
  const data = object(record.data);
  switch (record.kind) {
    case "event": foldEvent(task, data, moment); break;
    case "command": foldCommand(task, data, moment); break;
    case "verdict": foldVerdict(task, data, moment); break;
    case "question": foldQuestion(task, data, moment); break;
    case "answer": foldAnswer(task, data, moment); break;
    case "note": foldNote(task, data, moment); break;
    case "gap": foldGap(task, data, moment); break;
  }
  return task;
}

function foldEvent(task, data, moment) {
  if (task.final) return;
  if (isObject(data.statusUpdate)) foldUpdate(task, data.statusUpdate, moment);
  else if (isObject(data.artifactUpdate)) {
    foldArtifact(task, data.artifactUpdate, moment);
    foldTitle(task, reportOf(data.artifactUpdate));
  }
  else if (isObject(data.task)) foldShown(task, data.task, moment);
  else if (isObject(data.message)) task.message = partsText(data.message) || task.message;
}

function foldUpdate(task, update, moment) {
  const report = reportOf(update);
  if (report) foldReport(task, report, moment);
  foldStatus(task, object(update.status), moment, report);
}

/** @param {any} report */
function foldStatus(task, status, moment, report = null) {
  const words = partsText(status.message);
  // What a tool says stands at the tool.
  if (words !== "" && !report?.tool) task.message = words;
  const state = stateOrNull(status.state);
  if (state !== null) enter(task, state, moment, report);
}

/** @param {any} report */
function enter(task, state, moment, report = null) {
  const was = task.state;
  task.state = state;
  if (state !== "submitted") task.place = null;
  const isAsking = state === "input-required" || state === "auth-required";
  if (isAsking !== (was === "input-required" || was === "auth-required")) waitFor(task, isAsking);
  if (!isFinal(state)) return;
  task.final = true;
  task.isPaused = false;
  task.ended = moment.at;
  if (state === "failed" || state === "rejected") {
    task.failure = failureOf(task, object(report?.payload).code);
  }
  endCalls(task, state, moment);
  endPhases(task, state, moment);
  for (const agent of task.agents) agent.ended ??= moment.at;
  if (state === "completed") wholeAtEnd(task);
}

/** Agents put a code before their sentence, the gateway beside it. */
function failureOf(task, code) {
  const [, before, rest] = /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+): (.+)$/s.exec(task.message) ?? [];
  return { code: textOrNull(code) ?? before ?? null, text: rest ?? task.message, isFast: task.calls.length === 0 };
}

/** A whole task, as the agent or the gateway shows it. */
function foldShown(task, shown, moment) {
  for (const artifact of array(shown.artifacts)) foldArtifact(task, { artifact }, moment);
  const pause = object(object(shown.metadata)[pauseURI]).paused;
  if (typeof pause === "boolean") task.isPaused = pause;
  foldStatus(task, object(shown.status), moment);
}

function foldNote(task, data, moment) {
  if (data.note === "handed-over") {
    task.agent = text(data.agent) || task.agent;
    task.handedOver ??= moment.at;
    task.place = null;
  } else if (data.note === "delivered") {
    foldDelivered(task, data);
  }
}

/** The agent was lost for a while: how it stands now comes with the record. */
function foldGap(task, data, moment) {
  const missing = array(data.missing).filter((words) => typeof words === "string");
  const why = text(data.why) || "Events of the agent may be missing.";
  task.gaps.push({
    seq: moment.seq, at: moment.at, text: missing.length > 0 ? `${why} (${missing.join(", ")})` : why, isLost: false,
  });
  if (task.final || !isObject(data.task)) return;
  task.isPaused = object(object(data.task.metadata)[pauseURI]).paused === true;
  foldShown(task, data.task, moment);
}

/**
 * Takes what no record tells from a task's document (`GET /api/tasks/{id}`): whose it is, and what it is called. For readers to whom
 * all of its records are told.
 * @param {import("../types.js").Task} task
 */
export function foldNames(task, document) {
  if (!isObject(document)) return task;
  task.title = text(document.title) || task.title;
  task.agent = text(document.agent) || task.agent;
  task.owner = text(document.owner) || task.owner;
  task.opened = timeOrNull(document.opened) ?? task.opened;
  return task;
}

/**
 * Takes all of a task's document, for readers who begin in the middle, as after events that are no longer stored. Records that are in
 * it change nothing from then on.
 * @param {import("../types.js").Task} task
 */
export function foldSnapshot(task, document) {
  if (!isObject(document)) return task;
  foldNames(task, document);
  const snapshot = object(document.snapshot);
  const shown = object(snapshot.task);
  const seq = Number.isSafeInteger(snapshot.seq) ? snapshot.seq : document.lastSeq;
  if (!Number.isSafeInteger(seq) || seq < task.lastSeq) return task;
  const updated = timeOrNull(document.updated) ?? task.updated ?? 0;
  const moment = { seq, at: timeOrNull(object(shown.status).timestamp) ?? updated };
  task.lastSeq = seq;
  task.updated = updated;
  for (const review of array(document.reviews).map(object)) {
    foldCommand(task, { ...review, command: "review" }, { seq: countOrNull(review.seq) ?? seq, at: timeOrNull(review.time) ?? updated });
  }
  if (task.final) {
    for (const artifact of array(shown.artifacts)) foldArtifact(task, { artifact }, moment);
    return task;
  }
  foldShown(task, shown, moment);
  const state = stateOrNull(document.state);
  if (state !== null && state !== task.state && !task.final) enter(task, state, moment);
  return task;
}
