// The cancel button: what it shows is what was asked for and what the gateway has said, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { next, patience, unasked, verdictText, viewOf } from "../../web/js/core/cancel-state.js";
import { newTask } from "../../web/js/core/task.js";

const at = Date.parse("2026-03-01T09:45:00.000Z");
const running = { tool: "wash_trade_check", to: null };
const task = (more = {}) => ({ ...newTask("t"), state: "working", records: 5, agent: "one", calls: [running], ...more });
const command = (more = {}) => ({
  id: "c", command: "cancel", by: "kim", at, seq: 7, state: "requested", verdict: null, verdictWhy: null, afterMilliseconds: null, ...more,
});
const verdict = (word, more = {}) => command({ state: "ended", verdict: word, ...more });

test("nothing was pressed", () => {
  assert.deepEqual(viewOf(unasked, task(), at), { label: "Cancel task", isBusy: false, text: "", tone: "plain" });
});

test("pressed: it waits, and after five seconds it says for what", () => {
  const asked = next(unasked, { type: "pressed", at });
  assert.deepEqual(viewOf(asked, task(), at + patience - 1), { label: "Cancelling…", isBusy: true, text: "", tone: "plain" });
  assert.equal(viewOf(asked, task(), at + patience).text, "Still cancelling: wash_trade_check has not stopped yet.");
});

test("pressed twice, it is the same cancel: the time goes on", () => {
  const asked = next(unasked, { type: "pressed", at });
  assert.equal(next(asked, { type: "pressed", at: at + 4000 }), asked);
});

test("the receipt claims nothing: the record of the command does", () => {
  const taken = next(next(unasked, { type: "pressed", at }), { type: "taken" });
  assert.equal(viewOf(taken, task(), at).isBusy, false);
  assert.equal(viewOf(taken, task({ commands: [command()] }), at + 1000).isBusy, true);
  assert.equal(viewOf(unasked, task({ commands: [command({ state: "delivered" })] }), at + 1000).isBusy, true, "somebody else's");
});

test("several that run are named without a long list, and none gives the agent", () => {
  const asked = next(unasked, { type: "pressed", at });
  const late = (calls) => viewOf(asked, task({ calls }), at + patience).text;
  assert.equal(late([running, { tool: "b", to: null }]), "Still cancelling: wash_trade_check and b have not stopped yet.");
  assert.equal(late([running, { tool: "b", to: null }, { tool: "c", to: null }]),
    "Still cancelling: wash_trade_check and 2 others have not stopped yet.");
  assert.equal(late([{ tool: "b", to: 5 }]), "Still cancelling: one has not stopped yet.");
});

test("each verdict has its words", () => {
  const ended = task({ state: "completed", final: true, ended: Date.parse("2026-03-01T09:46:18.000Z") });
  const words = (word, more) => verdictText(verdict(word, more), ended).text;
  assert.equal(words("stopped", { afterMilliseconds: 1800 }), "Stopped in 1.80 s.");
  assert.equal(words("refused", { verdictWhy: "It writes to the ledger." }), "Refused: It writes to the ledger.");
  assert.equal(words("refused"), "Refused: the agent said no.");
  assert.equal(words("ignored"), "Ignored: the agent did not stop, so the gateway has ended the task.");
  assert.equal(words("too-late"), "Too late: the task finished at 09:46:18.");
  assert.equal(words("undelivered", { verdictWhy: "no connection" }), "Not delivered: no connection.");
  assert.match(words("some-new-word"), /some-new-word/);
});

test("refused by the agent, it can be pressed again, and the words stand beside it", () => {
  const view = viewOf(unasked, task({ commands: [verdict("refused", { verdictWhy: "Not now." })] }), at);
  assert.deepEqual(view, { label: "Cancel task", isBusy: false, text: "Refused: Not now.", tone: "bad" });
});

test("not taken by the gateway: the button is back, with the reason", () => {
  const asked = next(unasked, { type: "pressed", at });
  const forbidden = next(asked, { type: "refused", nack: { code: "forbidden", message: "Only kim may." }, task: task() });
  assert.deepEqual(viewOf(forbidden, task(), at), { label: "Cancel task", isBusy: false, text: "Not allowed: Only kim may.", tone: "bad" });
  const ended = task({ state: "completed", final: true, ended: Date.parse("2026-03-01T09:46:18.000Z") });
  assert.equal(next(asked, { type: "refused", nack: { code: "task-ended", message: "" }, task: ended }).text,
    "Too late: the task finished at 09:46:18.");
  assert.equal(next(asked, { type: "refused", nack: { code: "no-answer", message: "No answer." }, task: ended }).text, "No answer.");
});

test("the end of the task ends the waiting, whatever was pressed", () => {
  const asked = next(unasked, { type: "pressed", at });
  assert.equal(viewOf(asked, task({ final: true, state: "completed" }), at + 9000).isBusy, false);
});

test("there is no other event", () => assert.throws(() => next(unasked, { type: "other" }), /no event other/));
