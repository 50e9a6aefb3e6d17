// What an agent says it is doing, under Signalbox's extension. Pure.

import { canonical } from "./aliases.js";
import { foldTool } from "./calls.js";
import { reach } from "./phases.js";
import { countOrNull, object, text, textOrNull } from "./read.js";

const uri = "https://signalbox.dev/a2a/extensions/progress/v1";

/** The report of a status update or of its message; null where there is none. */
export function reportOf(update) {
  const metadata = object(update.metadata);
  // An agent that knows nothing of the extension has its kind of report right in the metadata.
  const foreign = typeof metadata.event_type === "string" ? metadata : undefined;
  return canonical(metadata[uri] ?? object(object(object(update.status).message).metadata)[uri] ?? foreign);
}

/** What reports may say of what the task is about. */
export const factNames = ["alertId", "alertType", "symbol", "instrument", "trader", "traderId", "account"];

/** Reports that are steps of an agent's reasoning. */
const steps = new Set(["routing", "agent_handoff", "step_started", "thinking", "llm_started", "llm_completed", "llm_failed",
  "budget_warning", "budget_exceeded"]);

export function foldReport(task, report, moment) {
  const payload = object(report.payload);
  foldTitle(task, report);
  if (report.type === "routing" || report.phase === "parsed") {
    for (const name of factNames) if (textOrNull(payload[name])) task.facts[name] = payload[name];
  }
  if (task.handedOver === null) task.place = countOrNull(payload.place) ?? task.place;
  foldAgent(task, report, moment);
  if (typeof report.phase === "string") reach(task, report.phase, moment);
  if (report.type.startsWith("tool_")) foldTool(task, report, moment);
  else if (report.type === "paused" && !report.agentTask) task.isPaused = true;
  else if (report.type === "resumed" && !report.agentTask) task.isPaused = false;
  foldReasoning(task, report, moment);
}

/** As the gateway takes it: one line, of 120 characters at most. */
export function foldTitle(task, report) {
  const title = text(report?.title).replace(/[\p{Cc}]/gu, "").slice(0, 120).trim();
  task.title = title || task.title;
}

/** Agents below the task's own: named by the hand-over, known by what they report. */
function foldAgent(task, report, { at }) {
  if (report.type === "agent_handoff") {
    const name = textOrNull(object(report.payload).agent);
    if (name) task.agents.push({ name, task: null, since: at, ended: null });
  }
  const name = textOrNull(report.agent);
  if (!name) return;
  const id = textOrNull(report.agentTask);
  let agent = task.agents.find((one) => one.name === name && one.task === id);
  if (!agent) {
    agent = task.agents.find((one) => one.name === name && one.task === null);
    if (agent) agent.task = id;
    else task.agents.push((agent = { name, task: id, since: at, ended: null }));
  }
  if (report.type === "analysis_complete") agent.ended ??= at;
}

function foldReasoning(task, report, { seq, at }) {
  const words = text(report.message) || text(report.error);
  const agent = textOrNull(report.agent);
  const last = task.reasoning.at(-1);
  if (report.type === "llm_chunk" && words !== "") {
    if (last?.kind === "llm_chunk" && last.agent === agent) last.text += words;
    else task.reasoning.push({ seq, at, agent, text: words, kind: "llm_chunk" });
  } else if (steps.has(report.type) && words !== "") {
    task.reasoning.push({ seq, at, agent, text: words, kind: report.type });
  }
}
