// The list of tasks: which are shown, in which order, and what a row says. Pure.

import { ago, duration, span } from "./format.js";
import { titleOf } from "./head-texts.js";
import { foldFacts, foldOutline } from "./outline.js";
import { fold, foldNames, newTask } from "./task.js";
import { taskStatus } from "./status.js";

export const groups = [
  { name: "asks", title: "Needs an answer" },
  { name: "runs", title: "Running" },
  { name: "ended", title: "Ended" },
];

const asking = ["input-required", "auth-required"];

/** The group of a task; `hasQuestion`: one of its questions waits. */
function groupOf({ state, final }, hasQuestion) {
  if (final) return "ended";
  return hasQuestion || asking.includes(state) ? "asks" : "runs";
}

/** The tasks that are known, from documents and from records. */
export class TaskList {
  /** @type {Map<string, import("../types.js").Task>} */
  tasks = new Map();
  // What was asked for by nothing but records has neither owner nor title.
  unnamed = new Set();

  clear() {
    this.tasks.clear();
    this.unnamed.clear();
  }

  /**
   * Takes a document of GET /api/tasks; older than what is known, it gives the names and facts only. Whether the task is new.
   * @param {import("../types.js").TaskDocument} document
   */
  document(document) {
    const known = this.tasks.get(document.id);
    const task = known ?? newTask(document.id);
    this.unnamed.delete(document.id);
    foldNames(task, document);
    foldFacts(task, document);
    if (known === undefined || document.lastSeq > task.lastSeq) {
      task.state = document.state;
      task.final = document.final === true;
      task.updated = Date.parse(document.updated) || task.updated;
      task.ended = task.final ? task.updated : null;
      task.lastSeq = document.lastSeq;
      foldOutline(task, document);
    }
    this.tasks.set(document.id, task);
    return known === undefined;
  }

  record(record) {
    let task = this.tasks.get(record.task);
    if (task === undefined) {
      task = newTask(record.task);
      this.tasks.set(record.task, task);
      this.unnamed.add(record.task);
    }
    fold(task, record);
    // What a list does not show is not kept.
    if (task.final) {
      task.calls = [];
      task.artifacts.clear();
      task.reasoning = [];
    }
  }
}

/** What is asked for in the address: {state, agent, type, text}, each "" for all. */
export function filterOf(query) {
  const get = (name) => (query.get(name) ?? "").slice(0, 200);
  return { state: get("state"), agent: get("agent"), type: get("type"), text: get("text") };
}

/** The address of a filter. */
export function pathOf(filter) {
  const query = String(new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== "")));
  return query === "" ? "/" : `/?${query}`;
}

export function fits(task, filter, hasQuestion = false) {
  const words = filter.text.toLowerCase();
  if (filter.state !== "" && filter.state !== task.state && !(filter.state === "input-required" && hasQuestion)) return false;
  if (filter.agent !== "" && filter.agent !== task.agent) return false;
  if (filter.type !== "" && filter.type !== task.facts.alertType) return false;
  return words === "" || [titleOf(task), task.id, task.owner, ...Object.values(task.facts)].some((text) => text.toLowerCase().includes(words));
}

/** [{name, title, tasks, shown}] of what is to be shown. Who waits longest for an answer is first; else the newest. */
export function grouped(tasks, filter, questions) {
  /** @type {Record<string, any[]>} */
  const found = { asks: [], runs: [], ended: [] };
  for (const task of tasks) {
    const hasQuestion = questions.has(task.id);
    if (fits(task, filter, hasQuestion)) found[groupOf(task, hasQuestion)].push(task);
  }
  const until = (task) => questions.get(task.id) ?? Infinity;
  found.asks.sort((one, other) => until(one) - until(other) || 0 || newest(one, other));
  found.runs.sort(newest);
  found.ended.sort((one, other) => (other.ended ?? 0) - (one.ended ?? 0) || newest(one, other));
  return groups.map((group) => ({ ...group, tasks: found[group.name], shown: found[group.name] })).filter((group) => group.tasks.length > 0);
}

function newest(one, other) {
  return (other.opened ?? Infinity) - (one.opened ?? Infinity) || (one.id < other.id ? 1 : -1);
}

/** What a row says: {title, word, tone, icon, facts, message, time, spoken, step}. `asked`: what a question of it that waits asks. */
export function rowOf(task, hasQuestion, now, asked = "") {
  const status = task.final || !task.isPaused ? taskStatus(hasQuestion && !task.final ? "input-required" : task.state)
    : { word: "Paused", tone: "plain", icon: "paused" };
  const { facts } = task;
  const call = task.calls.findLast(({ state }) => state === "running" || state === "retrying");
  const began = task.opened ?? now;
  return {
    ...status,
    word: task.state === "submitted" && task.place !== null ? `Queued, place ${task.place}` : status.word,
    title: titleOf(task),
    facts: [facts.alertType, facts.symbol ?? facts.instrument, facts.trader && `trader ${facts.trader}`, facts.account].filter(Boolean).join(" · "),
    message: said(task, call, hasQuestion ? asked : "").split("\n", 1)[0],
    step: call && !task.final && call.total > 0 ? { value: call.step ?? 0, max: call.total } : null,
    time: task.final ? ago(now - (task.ended ?? now)) : duration((now - began) / 1000),
    took: task.final && task.ended !== null && task.opened !== null ? span(task.ended - task.opened) : "",
  };
}

/** Whoever has to answer reads the question; else what goes on, or what was said last. */
function said(task, call, asked) {
  if (task.final) return task.message;
  if (asked !== "") return asked;
  return call ? [call.tool, call.message].filter(Boolean).join(": ") : task.message;
}

/** All values that a filter can have in these tasks, sorted. */
export function choices(tasks, value) {
  return [...new Set([...tasks].map(value).filter(Boolean))].sort();
}
