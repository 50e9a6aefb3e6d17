// Reports of agents that were written elsewhere, in the words that everything here goes by. Pure. The same as Sources/A2A/Progress has; a
// test compares the two.

import { isObject, object } from "./read.js";

/** What others call the kinds of reports. */
export const aliases = Object.assign(Object.create(null), {
  workflow_started: "analysis_started", complete: "analysis_complete", task_complete: "analysis_complete",
  workflow_completed: "analysis_complete", workflow_error: "error",
  routing_started: "routing", routing_completed: "routing", step_start: "step_started",
  node_started: "step_started", evaluation_started: "step_started", step_complete: "step_completed",
  node_completed: "step_completed", agent_thinking: "thinking", reasoning_step: "thinking",
  tool_start: "tool_started", data_loading: "tool_progress", data_loaded: "tool_progress",
  step_progress: "tool_progress", tool_complete: "tool_completed", tool_end: "tool_completed", tool_error: "tool_failed",
  llm_token: "llm_chunk",
});

/** What others call the members, and where else than in the report they put them. */
const members = {
  tool: ["tool_name"], callId: ["tool_call_id", "call_id"], step: ["step_number"],
  message: ["description", "thought", "thinking", "context"], phase: ["stage", "planning_stage"],
  durationMs: ["duration_ms", "execution_time_ms"], records: ["record_count"], input: ["tool_input"],
  summary: ["result_summary", "output_summary", "tool_output"], error: ["error_message"], agent: ["source_agent"],
};

/** The report as agents of this house would have written it; null for what is none. */
export function canonical(report) {
  if (!isObject(report)) return null;
  const name = report.type ?? report.event_type;
  if (typeof name !== "string") return null;
  const isForeign = typeof report.event_type === "string" || aliases[name] !== undefined;
  if (!isForeign) return report;
  const places = typeof report.event_type === "string" ? [report, object(report.payload)] : [report];
  const told = { ...report, type: aliases[name] ?? name };
  for (const [member, others] of Object.entries(members)) told[member] ??= first(places, others);
  const seconds = first(places, ["duration_seconds"]);
  if (typeof seconds === "number") told.durationMs ??= Math.round(seconds * 1000);
  if (told.type === "error" && (told.tool !== undefined || told.phase === "tool")) told.type = "tool_failed";
  if (name === "tool_end" && first(places, ["success"]) === false) told.type = "tool_failed";
  return told;
}

function first(places, names) {
  for (const name of names) {
    for (const place of places) if (place[name] !== undefined && place[name] !== null && place[name] !== "") return place[name];
  }
  return undefined;
}
