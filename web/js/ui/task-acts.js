// The buttons of a task: cancel, pause, resume, run again, export. Each is there when it makes sense and is allowed.

import { next as nextCancel, unasked, verdictText, viewOf, refusal } from "../core/cancel-state.js";
import { may } from "../core/may.js";
import { confirm } from "./dialog.js";
import { h, say, set } from "./dom.js";
import { ExportMenu } from "./export-menu.js";
import { LineWatch, downWords } from "./line-watch.js";
import { runAgain } from "./run-again.js";

export function actsOf(app, id) {
  let task = null;
  let cancel = unasked;
  let pausing = { isBusy: false, text: "" };
  let again = { isBusy: false, text: "" };

  const draws = () => task !== null && draw(task);
  const redraw = () => app.draw(draws);
  const cancelButton = h("button", { type: "button", class: "button danger", "aria-keyshortcuts": "c", onclick: pressCancel });
  const pauseButton = h("button", { type: "button", class: "button", onclick: pressPause });
  const againButton = h("button", { type: "button", class: "button", onclick: pressAgain }, "Run again");
  const words = h("p", { class: "act-words", role: "status" });
  const menu = ExportMenu(app, id);
  const buttons = h("div", { class: "acts" }, menu.element, againButton, pauseButton, cancelButton);
  const element = h("div", { class: "act-side" }, buttons, words);
  const line = LineWatch(app, redraw);

  function draw(now) {
    task = now;
    const isReplay = app.isReplay === true;
    const view = viewOf(cancel, task, app.clock.now());
    const isRunning = !task.final && task.records > 0;
    const canCancel = isRunning && may(app.rights, "cancel");
    show(cancelButton, canCancel, view.label, view.isBusy, isReplay);
    set(cancelButton, "disabled", isReplay || (line.isDown && !view.isBusy));
    const mayPause = app.rights?.pausable === true && may(app.rights, task.isPaused ? "resume" : "pause");
    const canPause = isRunning && mayPause && (task.isPaused || task.state === "working") && !view.isBusy;
    show(pauseButton, canPause, pauseLabel(), pausing.isBusy || isPausing(), isReplay);
    const canRepeat = task.final && task.agent !== "" && may(app.rights, "submit");
    show(againButton, canRepeat, again.isBusy ? "Starting…" : "Run again", again.isBusy, isReplay);
    menu.draw(task);
    const offline = line.isDown && canCancel ? downWords : "";
    const text = isReplay ? "Commands are off during the replay." : view.text || pausing.text || pauseVerdict() || again.text || offline;
    say(words, text);
    set(words, "class", `act-words ${view.text ? view.tone : pausing.text || again.text ? "bad" : "plain"}`);
  }

  function show(button, isShown, label, isBusy, isReplay) {
    button.hidden = !isShown;
    say(button, label);
    set(button, "aria-disabled", isBusy ? "true" : null);
    set(button, "disabled", isReplay || line.isDown);
    set(button, "title", line.isDown ? downWords : null);
  }

  async function pressCancel() {
    const isUnderWay = viewOf(cancel, task, app.clock.now()).isBusy;
    const done = task.calls.filter(({ state }) => state === "done").length;
    if (!isUnderWay && done > 0) {
      const steps = `${done} finished step${done === 1 ? " stays" : "s stay"} in the record.`;
      const given = await confirm({ title: "Cancel this task?", text: steps, action: "Cancel task", keep: "Keep it running", danger: true });
      if (given === null) return;
    }
    give(() => (cancel = nextCancel(cancel, { type: "pressed", at: app.clock.now() })));
    try {
      await app.client.command({ type: "cancel", task: id });
      give(() => (cancel = nextCancel(cancel, { type: "taken" })));
    } catch (nack) {
      give(() => (cancel = nextCancel(cancel, { type: "refused", nack, task })));
      doubt(nack);
    }
  }

  function give(change) {
    change();
    redraw();
  }

  const lastPause = () => task.commands.findLast(({ command }) => command === "pause" || command === "resume");
  const isPausing = () => !task.final && lastPause() !== undefined && lastPause().state !== "ended";

  function pauseLabel() {
    const isUnderWay = pausing.isBusy || isPausing();
    if (!isUnderWay) return task.isPaused ? "Resume" : "Pause";
    return (pausing.command ?? lastPause()?.command) === "resume" ? "Resuming…" : "Pausing…";
  }

  /** What came of the last pause, while it is the last that was heard of any command. */
  function pauseVerdict() {
    const last = lastPause();
    if (!last?.verdict || task.final || last !== task.commands.at(-1)) return "";
    return verdictText(last, task).text;
  }

  async function pressPause() {
    if (pausing.isBusy || isPausing()) return;
    const command = task.isPaused ? "resume" : "pause";
    give(() => (pausing = { isBusy: true, text: "", command }));
    try {
      await app.client.command({ type: command, task: id });
      give(() => (pausing = { isBusy: false, text: "" }));
    } catch (nack) {
      give(() => (pausing = { isBusy: false, text: refusal(nack, task) }));
      doubt(nack);
    }
  }

  /** A button that was refused should not have been there. */
  function doubt({ code }) {
    if (code === "forbidden") app.doubtRights();
  }

  async function pressAgain() {
    if (again.isBusy) return;
    give(() => (again = { isBusy: true, text: "" }));
    try {
      const made = await runAgain(app, task);
      app.go(`/tasks/${encodeURIComponent(made.id)}`);
    } catch (trouble) {
      give(() => (again = { isBusy: false, text: trouble.detail || trouble.message }));
      doubt(trouble);
    }
  }

  return {
    element, draw, buttons,
    downloads: menu.downloads,
    offer: menu.offer,
    key(key) {
      if (key !== "c" || cancelButton.hidden || cancelButton.disabled) return false;
      pressCancel();
      return true;
    },
    close: line.close,
  };
}
