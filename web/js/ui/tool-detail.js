// What stands below a row that is open: progress, arguments, result, attempts, the way to its first event.

import { instant, number, span, time } from "../core/format.js";
import { h, say, set } from "./dom.js";
import { percent } from "../core/row-words.js";

const mostText = 6000;

/** Draws into the element what there is to say of the row. What the reader may have selected stays where nothing has changed. */
export function fillDetail(element, row, task, now) {
  const parts = row.kind === "question" ? ofQuestion(row.question, task) : ofCall(row.call, task, now);
  const wanted = parts.filter(Boolean);
  const next = h("div", {}, wanted);
  if (next.childNodes.length === element.childNodes.length) {
    [...next.childNodes].forEach((node, index) => {
      if (!node.isEqualNode(element.childNodes[index])) patch(element, element.childNodes[index], node);
    });
  } else element.replaceChildren(...next.childNodes);
}

/** A progress bar is kept, so that it moves instead of beginning anew. */
function patch(element, old, node) {
  if (old.className === "prog" && node.className === "prog") {
    [...node.children].forEach((child, index) => {
      say(old.children[index], child.textContent);
      for (const { name, value } of child.attributes) set(old.children[index], name, value);
    });
  } else element.replaceChild(node, old);
}

function ofCall(call, task, now) {
  const isRunning = call.state === "running" || call.state === "waiting";
  const isPartial = call.to === null && call.output !== null;
  return [
    progress(call, isRunning),
    call.error && h("p", { class: "error" }, h("b", {}, "Error "), call.error),
    call.retry && h("p", {}, `Tried again ${when(call.retry.at)}, because: ${call.retry.why}`),
    attempts(call, now),
    h("div", { class: "io" },
      call.input === null ? null : box("Arguments", call.input),
      call.output === null || call.output === call.input ? null : box(isPartial ? "Partial result" : "Result", call.output),
    ),
    call.summary.length > 50 ? h("p", {}, call.summary) : null,
    h("p", { class: "foot" },
      `Began ${instant(new Date(call.from))}${call.agent === null ? "" : ` at ${call.agent}`}. `,
      call.recordCount === null ? null : `${number(call.recordCount)} rows looked at. `,
      eventLink(task, call.firstSeq)),
  ];
}

function ofQuestion(question, task) {
  const end = question.closed === null ? null : `Closed at ${time(question.closed)}: ${question.how}`;
  return [
    h("p", {}, question.form?.prompt || question.text),
    end && h("p", {}, `${end}${question.by ? ` by ${question.by}` : ""}.`),
    h("p", { class: "foot" }, `Asked ${instant(new Date(question.asked))}. `, eventLink(task, question.seq)),
  ];
}

function progress(call, isRunning) {
  if (!isRunning || !(call.total > 0)) return null;
  const text = `${call.message ? `${call.message} ` : ""}(${call.step ?? 0} of ${call.total})`;
  return h("div", { class: "prog" },
    h("span", {}, text), h("span", { class: "num" }, `${percent(call)}%`),
    h("progress", { max: call.total, value: call.step ?? 0, "aria-label": `Progress of ${call.tool}` }));
}

function attempts(call, now) {
  if (call.attempts.length < 2) return null;
  const word = { running: "running", done: "done", failed: "failed", stopped: "stopped" };
  return h("ol", { class: "attempts" }, call.attempts.map(({ from, to, state, error }, index) =>
    h("li", {}, `Attempt ${index + 1}: ${word[state]}, ${to === null ? "since" : span(to - from)}${
      to === null ? ` ${time(from)}` : ""}${error ? `: ${error}` : ""}`)));
}

function box(title, value) {
  return h("div", {}, h("h3", {}, title), h("pre", { tabindex: 0, "aria-label": title }, lines(value)));
}

/** An object as lines of names and values, all else as JSON. */
function lines(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return cut(text(value));
  const entries = Object.entries(value);
  if (entries.length === 0) return "none";
  return entries.flatMap(([name, one], index) => [index === 0 ? "" : "\n", `${name}: `, h("em", {}, cut(text(one)))]);
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 1)?.replace(/\n\s*/g, " ") ?? "";
}

function cut(words) {
  return words.length > mostText ? `${words.slice(0, mostText)}… (${number(words.length)} characters)` : words;
}

function when(at) {
  return at === null ? "soon" : `at ${time(at)}`;
}

function eventLink(task, seq) {
  return h("a", { href: `/tasks/${encodeURIComponent(task.id)}/events/${seq}` }, `See event ${seq}`);
}
