// A record as one line of the event log, in short plain words. Pure; whatever a record holds, nothing throws.

import { time, span, count } from "./format.js";
import { array, isFinal, isObject, numberOrNull, object, partsText, stateOrNull, text, textOrNull, timeOrNull } from "./read.js";
import { reportOf } from "./reports.js";

const limit = 300;

/** @returns {import("../types.js").LogLine} */
export function describe(record) {
  const { seq, time: written, kind, data } = object(record);
  const [words, tone = "plain"] = (kinds[text(kind)] ?? unknown)(object(data), text(kind));
  return { seq: Number.isSafeInteger(seq) ? seq : null, at: timeOrNull(written) ?? 0, kind: text(kind), tone, text: line(words) };
}

const kinds = Object.assign(Object.create(null), {
  event: eventLine, command: commandLine, verdict: verdictLine, question: questionLine, answer: answerLine, note: noteLine,
  gap: (data) => [said("events may be missing", text(data.why)), "warn"],
  late: (data) => [`after the end: ${eventLine(data)[0]}`],
});

function eventLine(data) {
  if (isObject(data.statusUpdate)) {
    const report = reportOf(data.statusUpdate);
    return report ? reportLine(report, data.statusUpdate) : statusLine(data.statusUpdate.status);
  }
  if (isObject(data.task)) return statusLine(data.task.status);
  if (isObject(data.artifactUpdate)) return artifactLine(data.artifactUpdate);
  if (isObject(data.message)) return [said("answered", partsText(data.message))];
  return unknown(data, "event");
}

function statusLine(status) {
  const state = stateOrNull(object(status).state);
  // What is asked stands in the question's own record.
  const words = state === "input-required" || state === "auth-required" ? "" : partsText(object(status).message);
  return [said(`task state ${state ?? "unknown"}`, words), stateTones[state] ?? "plain"];
}

const stateTones = { "input-required": "warn", "auth-required": "warn", completed: "good", failed: "bad", rejected: "bad" };

/** What each kind of report says; all others say their message. */
function reportLine(report, update) {
  const tool = textOrNull(report.tool);
  const state = stateOrNull(object(update.status).state);
  if (tool && report.type.startsWith("tool_")) return toolLine(tool, report);
  const words = text(report.error) || text(report.message) || partsText(object(update.status).message) || report.type.replaceAll("_", " ");
  const agent = textOrNull(report.agent);
  const spoken = agent ? said(agent, words) : words;
  if (state && isFinal(state)) return [said(`task state ${state}`, words), stateTones[state] ?? "plain"];
  return [spoken, reportTones[report.type] ?? "plain"];
}

const reportTones = { error: "bad", llm_failed: "warn", budget_warning: "warn", budget_exceeded: "warn", input_required: "warn" };

function toolLine(tool, report) {
  const { step, total } = report;
  switch (report.type) {
    case "tool_started": return [`${tool} started`];
    case "tool_completed": return [said(`${tool} done`, text(report.summary) || text(report.message))];
    case "tool_failed": return [failedLine(tool, report), "bad"];
    default: {
      const place = Number.isSafeInteger(step) ? ` ${Number.isSafeInteger(total) ? `${step} of ${total}` : step}` : "";
      const rows = Number.isSafeInteger(report.records) ? count(report.records, "record") : "under way";
      return [said(`${tool}${place}`, text(report.message) || rows)];
    }
  }
}

function failedLine(tool, report) {
  const { attempt, retryInMs } = object(report.payload);
  const which = Number.isSafeInteger(attempt) ? ` attempt ${attempt}` : "";
  const wait = numberOrNull(retryInMs);
  const words = said(`${tool}${which} failed`, text(report.error) || text(report.message));
  return wait === null ? words : `${trimmed(words)}, retrying in ${span(wait)}`;
}

function artifactLine({ artifact, append, lastChunk }) {
  const name = text(object(artifact).name) || text(object(artifact).artifactId) || "without a name";
  const piece = append === true ? (lastChunk === true ? ", the last piece" : ", another piece") : "";
  return [`artifact ${name}${piece}`];
}

function commandLine(data) {
  const by = text(data.by) || "somebody";
  const why = text(data.why);
  switch (data.command) {
    case "submit": {
      const file = array(object(data.message).parts).map((part) => text(object(part).filename)).find((name) => name !== "");
      return [`${file ?? "a task"} submitted by ${by}`];
    }
    case "send": return [said(`message by ${by}`, partsText(data.message))];
    case "review": return [said(data.opinion === "disagree" ? `${by} disagrees with the decision` : `${by} accepts the decision`, why)];
    default: return [said(`${text(data.command) || "a command"} requested by ${by}`, why)];
  }
}

const verdictTones = { refused: "bad", ignored: "bad", undelivered: "bad" };

function verdictLine(data) {
  const took = numberOrNull(data.afterMilliseconds);
  const verdict = text(data.verdict).replaceAll("-", " ") || "a verdict";
  const words = verdict === "paused" || verdict === "resumed" ? verdict : `${text(data.command)} ${verdict}`.trim();
  return [said(took === null ? words : `${words} after ${span(took)}`, text(data.why)), verdictTones[text(data.verdict)] ?? "plain"];
}

function questionLine(data) {
  const name = text(data.question) || "a question";
  const by = text(data.by);
  switch (data.state) {
    case "open": {
      const deadline = timeOrNull(data.deadline);
      const until = deadline === null ? "" : `, answer by ${time(deadline)}`;
      const words = text(object(data.form).prompt) || text(data.text);
      return [said(`${name} ${data.reopened === true ? "is open again" : "needs an answer"}${until}`, words), "warn"];
    }
    case "claimed": return [`${name}: ${by || "somebody"} is answering`];
    case "released": return [`${name}: nobody is answering any more`];
    case "closed": {
      const how = text(data.how);
      return [said(`${name} ${closings[how] ?? `closed${how && `, ${how}`}`}${by && ` by ${by}`}`, text(data.why))];
    }
    default: return [said(name, text(data.state))];
  }
}

const closings = Object.assign(Object.create(null), {
  expired: "expired without an answer", withdrawn: "withdrawn by the agent", ended: "closed with the end of the task",
  elsewhere: "closed: the agent went on without an answer from here",
});

function answerLine(data) {
  const head = `${text(data.question) || "answer"} answered by ${text(data.by) || "somebody"}`;
  if (data.declined === true) return [`${text(data.question) || "answer"} declined by ${text(data.by) || "somebody"}`];
  if (isObject(data.values)) {
    return [said(head, Object.entries(data.values).map(([name, value]) => `${name} ${plain(value)}`).join(", "))];
  }
  return [said(head, text(data.text) || partsText(data.message))];
}

function noteLine(data) {
  switch (data.note) {
    case "handed-over": return [`handed over to ${text(data.agent) || "the agent"}`];
    case "delivered": return [`${text(data.command) || "command"} delivered`];
    case "agent-lost": return [said("agent lost", text(data.why)), "warn"];
    case "agent-found": return ["agent found again"];
    case "abandoned": return [said(`left at ${text(data.agent) || "the agent"}`, text(data.outcome))];
    default: return unknown(data, text(data.note) || "note");
  }
}

function unknown(data, kind) {
  for (const name of ["message", "text", "summary", "reason", "why"]) if (textOrNull(data[name])) return [said(kind, data[name])];
  return [said(kind, plain(data))];
}

/** A value as it is written down, without the rest of what is long. */
function plain(value) {
  if (typeof value === "string") return value;
  try {
    return (JSON.stringify(value) ?? "").slice(0, limit);
  } catch {
    return "";
  }
}

function said(head, words) {
  return words === "" ? head : `${head}: ${words}`;
}

function trimmed(words) {
  return words.replace(/\.+$/, "");
}

/** One line, that ends without a full stop. */
function line(words) {
  const one = words.slice(0, limit * 2).replace(/\s+/g, " ").trim();
  return trimmed(one.length > limit ? `${one.slice(0, limit - 1)}…` : one);
}

// What the page itself has to say, between the records.

const own = (at, text, tone = "system") => ({ seq: null, at, kind: "system", tone, text });

/** The line is back; `words` say for how long it was away, and what came late. */
export function reconnected(at, words) {
  return own(at, words);
}

/** The server has these records no longer; what is shown comes from its snapshot. */
export function notStored(at, from, to) {
  const which = from === to ? `Event ${from} is` : `Events ${from} to ${to} are`;
  return own(at, `${which} no longer stored. The state shown is complete.`);
}

/** The server's journal is another one, or has lost records that were shown. */
export function beganAnew(at) {
  return own(at, "The server has begun anew. What it still knows was loaded again.");
}
