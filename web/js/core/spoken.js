// Which changes of a task are spoken: started, a tool failed, a question, cancelled, finished with its verdict. Pure.

import { decisionOf, verdictOf } from "./decision.js";
import { headBadge } from "./status.js";
import { numberOrNull } from "./read.js";

/** How a task stands for a listener; what is so already when the page opens is read, not announced. */
export class Spoken {
  #state;
  #failures;
  #open;
  #seq;

  constructor(task) {
    this.#know(task);
  }

  /** What has changed since the last time: [{text, kind}], as Announcer takes them. `mayAnswer`: whether whoever listens may. */
  changes(task, mayAnswer = true) {
    if (task.lastSeq === this.#seq) return [];
    const said = [];
    const open = questionsOf(task);
    for (const [id, question] of open) {
      if (!this.#open.has(id)) said.push({ text: `${mayAnswer ? "Your" : "An"} answer is needed: ${stopped(promptOf(question))}`, kind: "question" });
    }
    const failures = failuresOf(task);
    // What ends with the task is not told tool by tool.
    if (!task.final) {
      for (const { tool, error } of failures.slice(this.#failures)) {
        said.push({ text: error ? `${tool} failed: ${stopped(error)}` : `${tool} failed.`, kind: "failure" });
      }
    }
    if (task.state !== this.#state) said.push(...stateWords(task, this.#state));
    this.#know(task, open, failures);
    return said;
  }

  #know(task, open = questionsOf(task), failures = failuresOf(task)) {
    this.#state = task.state;
    this.#open = new Set(open.keys());
    this.#failures = failures.length;
    this.#seq = task.lastSeq;
  }
}

function stateWords(task, before) {
  switch (task.state) {
    case "working": return before === "submitted" ? [{ text: "The task has started.", kind: "state" }] : [];
    case "completed": return [{ text: `Finished. ${verdictOfTask(task)}`.trim(), kind: "state" }];
    case "canceled": return [{ text: stopped(headBadge(task).word), kind: "state" }];
    case "failed": return [{ text: `Failed: ${stopped(task.failure?.text || "no reason was given")}`, kind: "failure" }];
    case "rejected": return [{ text: `Refused: ${stopped(task.failure?.text || "no reason was given")}`, kind: "failure" }];
    default: return [];
  }
}

/** Of the decision, where there is one, in the words of its card; else the agent's last words. */
function verdictOfTask(task) {
  const decision = decisionOf(task);
  if (decision === null) return stopped(task.message);
  const sure = numberOrNull(decision.confidence);
  return `${verdictOf(decision).title}${sure === null ? "" : `, confidence ${sure} of 100`}.`;
}

function questionsOf(task) {
  return new Map(task.questions.filter(({ state }) => state === "open").map((question) => [question.id, question]));
}

function promptOf(question) {
  return question.form?.prompt || question.text.split("\n", 1)[0];
}

/** Each failed attempt, in the order of calls that have failed. */
function failuresOf(task) {
  const failures = [];
  for (const { tool, attempts } of task.calls) {
    for (const { state, error, to } of attempts) if (state === "failed") failures.push({ tool, error, to });
  }
  return failures.sort((a, b) => a.to - b.to);
}

/** A sentence ends once. */
function stopped(words) {
  return words === "" || /[.?!…]$/.test(words) ? words : `${words}.`;
}
