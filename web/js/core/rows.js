// The rows of the waterfall: which there are, in which order, and the pieces of their bars. Pure.

import { bar, expectedEnd } from "./scale.js";

/** More calls than this are shown by the names of their tools. */
export const mostRows = 200;
const mostPieces = 60;

/**
 * The rows to be shown: {key, kind, name, depth, calls, call?, question?, agent?, isOpen?}. `kind`: call, question, agent (the calls of an
 * agent below the task's own stand under it), name (calls of one tool). `shut`: the keys of groups that are folded in a way that is not
 * their usual one: an agent's rows are shown, those of a name are not.
 */
export function rowsOf(task, shut = new Set()) {
  const own = task.calls.filter(({ agent }) => agent === null);
  const rows = group(own, 0, "", task.calls.length > mostRows, shut);
  for (const [name, calls] of below(task)) {
    const key = `agent ${name}`;
    const isOpen = !shut.has(key);
    const agent = task.agents.find((one) => one.name === name) ?? { name, task: null, since: calls[0].from, ended: null };
    rows.push({ key, kind: "agent", name, depth: 0, calls, agent, isOpen, at: agent.since });
    if (isOpen) rows.push(...group(calls, 1, `${name} `, task.calls.length > mostRows, shut));
  }
  const waited = new Set(task.calls.map(({ question }) => question));
  for (const question of task.questions) {
    if (waited.has(question.id)) continue;
    rows.push({ key: `question ${question.id}`, kind: "question", name: question.id, depth: 0, calls: [], question, at: question.asked });
  }
  return rows;
}

/** The name of a call's row within the page, to which links lead. */
export const rowId = (id) => `call-${id.split("/").at(-1)}`;

/** Changes the folding so that the row of a call is among the rows. */
export function unfold({ agent, tool }, shut) {
  if (agent !== null) shut.delete(`agent ${agent}`);
  shut.add(`name ${agent === null ? "" : `${agent} `}${tool}`);
}

/** The calls of each agent below the task's own, in the order in which the agents came. */
function below(task) {
  const groups = new Map(task.agents.map(({ name }) => [name, []]));
  for (const call of task.calls) {
    if (call.agent === null) continue;
    if (!groups.has(call.agent)) groups.set(call.agent, []);
    groups.get(call.agent).push(call);
  }
  return groups;
}

function group(calls, depth, prefix, isGrouped, shut) {
  const single = (call, deep) =>
    ({ key: `call ${call.id}`, kind: "call", name: call.tool, depth: deep, calls: [call], call, at: call.from });
  if (!isGrouped) return calls.map((call) => single(call, depth));
  const names = new Map();
  for (const call of calls) {
    if (!names.has(call.tool)) names.set(call.tool, []);
    names.get(call.tool).push(call);
  }
  return [...names].flatMap(([name, own]) => {
    if (own.length === 1) return [single(own[0], depth)];
    const key = `name ${prefix}${name}`;
    const isOpen = shut.has(key);
    const head = { key, kind: "name", name, depth, calls: own, isOpen, at: own[0].from };
    // Of a group that is opened the newest are shown: thousands of rows help nobody.
    return isOpen ? [head, ...own.slice(-mostRows).map((call) => single(call, depth + 1))] : [head];
  });
}

/** The pieces of a row's bar, from left to right: {kind, x, width}. `kind`: done, run, bad, stop, wait, rest (what is expected). */
export function piecesOf(row, axis, now) {
  if (row.kind === "question") return [{ kind: "wait", ...bar(axis, row.question.asked, row.question.closed ?? now) }];
  if (row.kind === "agent" && !row.isOpen) return merge(row.calls.flatMap((call) => callPieces(call, axis, now)));
  if (row.kind === "agent") {
    const { since, ended } = row.agent;
    return [{ kind: "agent", ...bar(axis, since, ended ?? now) }];
  }
  return row.kind === "name" ? merge(row.calls.flatMap((call) => callPieces(call, axis, now))) : callPieces(row.call, axis, now);
}

const kinds = { running: "run", done: "done", failed: "bad", stopped: "stop" };

function callPieces(call, axis, now) {
  const pieces = call.attempts.map(({ from, to, state }) => {
    const isWaiting = state === "running" && call.state === "waiting";
    return { kind: isWaiting ? "wait" : kinds[state], ...bar(axis, from, to ?? now) };
  });
  const end = expectedEnd(call, now);
  if (end !== null) {
    const x = axis.at(now);
    if (axis.at(end) > x) pieces.push({ kind: "rest", x, width: axis.at(end) - x });
  }
  return pieces;
}

/** Bars of many calls as few: those that touch and are of one kind become one. */
function merge(pieces) {
  const sorted = pieces.filter(({ kind }) => kind !== "rest").sort((a, b) => a.x - b.x);
  const merged = [];
  for (const piece of sorted) {
    const last = merged.at(-1);
    const isClose = last !== undefined && piece.x <= last.x + last.width + (merged.length >= mostPieces ? 100 : 0.2);
    if (isClose && (last.kind === piece.kind || merged.length >= mostPieces)) {
      last.width = Math.max(last.width, piece.x + piece.width - last.x);
    } else merged.push({ ...piece });
  }
  return merged;
}
