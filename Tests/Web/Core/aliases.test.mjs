// Reports of agents that were written elsewhere.

import assert from "node:assert/strict";
import test from "node:test";
import { aliases, canonical } from "../../../web/js/core/aliases.js";
import { reportOf } from "../../../web/js/core/reports.js";

test("a report in our own words stays as it is", () => {
  const report = { type: "tool_started", tool: "load", payload: { description: "x" } };
  assert.equal(canonical(report), report);
  assert.equal(canonical({ type: 7 }), null);
  assert.equal(canonical("tool_started"), null);
});

test("each other name means the same everywhere", () => {
  for (const [name, kind] of Object.entries(aliases)) assert.equal(canonical({ type: name })?.type, kind);
});

test("an agent without the extension says it right in the metadata", () => {
  const metadata = { event_type: "tool_complete", tool_name: "load", payload: { output_summary: "40 rows", duration_seconds: 1.5 } };
  const report = reportOf({ metadata, status: {} });
  assert.equal(report.type, "tool_completed");
  assert.equal(report.tool, "load");
  assert.equal(report.summary, "40 rows");
  assert.equal(report.durationMs, 1500);
});

test("a tool that failed has failed, however it is said", () => {
  assert.equal(canonical({ event_type: "error", stage: "tool" }).type, "tool_failed");
  assert.equal(canonical({ event_type: "tool_end", success: false }).type, "tool_failed");
  assert.equal(canonical({ event_type: "error", message: "All is lost." }).type, "error");
});
