// The bar with which a finished task is gone through once more, and the task as it was at that moment.

import { number, precise, span, time } from "../core/format.js";
import { ReplayClock, courseOf, speeds } from "../core/replay.js";
import { Replayed } from "../core/replayed.js";
import { allRecords } from "./all-records.js";
import { h, say, set } from "./dom.js";

/** `redraw`: draws the page, which asks `shown()` what to show. */
export function Replay(app, redraw) {
  let [course, clock, past] = [null, null, null];
  let [task, records] = [null, []]; // As the page has them now.
  let isClosed = false;
  let frame = 0;

  const start = h("button", { type: "button", class: "button", hidden: true, onclick: begin }, "Replay");
  const play = h("button", { type: "button", class: "button small", onclick: toggle });
  const pace = h("div", { class: "seg", role: "group", "aria-label": "Speed" },
    speeds.map((speed) => h("button", { type: "button", onclick: () => setSpeed(speed) }, `${speed}×`)));
  const slider = h("input", { type: "range", min: 0, max: 1000, step: 1, "aria-label": "Moment of the replay", oninput: scrub });
  const words = h("b", { class: "num" });
  const element = h("section", { class: "card replay", "aria-label": "Replay", hidden: true },
    h("p", {}, words), play, pace, slider, h("button", { type: "button", class: "button small", onclick: leave }, "Back to the end"));
  const wall = () => performance.now();
  const isOn = () => clock !== null;

  async function begin() {
    if (start.getAttribute("aria-disabled") === "true") return;
    const whole = await history();
    if (whole === null || isClosed) return;
    course = courseOf(task, whole);
    clock = new ReplayClock(course);
    past = new Replayed(task.id, whole, task);
    clock.play(wall());
    app.announce("Replay has begun. Commands are off meanwhile.", "state");
    run();
    redraw();
    play.focus();
  }

  /** The page keeps the newest records only: of a long task the others are read again. */
  async function history() {
    if (records[0]?.seq === 1) return records.slice();
    set(start, "aria-disabled", "true");
    try {
      return await allRecords(app, task.id, (count) => say(start, `Loading, ${number(count)} records…`));
    } catch (trouble) {
      app.announce(`The replay could not be loaded: ${trouble.detail || trouble.message}`, "failure");
      set(start, "title", `Not loaded: ${trouble.detail || trouble.message}`);
      return null;
    } finally {
      set(start, "aria-disabled", null);
      say(start, "Replay");
    }
  }

  function leave() {
    if (!isOn()) return;
    cancelAnimationFrame(frame);
    const hadFocus = element.contains(document.activeElement);
    clock = null;
    past = null;
    redraw();
    if (hadFocus) start.focus();
  }

  function run() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (!isOn() || !clock.isPlaying) return;
      if (clock.isAtEnd(wall())) clock.pause(wall());
      redraw();
      run();
    });
  }

  function toggle() {
    if (clock.isPlaying) clock.pause(wall());
    else clock.play(wall());
    run();
    redraw();
  }

  function setSpeed(speed) {
    clock.setSpeed(speed, wall());
    redraw();
  }

  function scrub() {
    clock.seek((Number(slider.value) / 1000) * course.length, wall());
    app.draw(redraw);
  }

  function shown() {
    if (!isOn()) return null;
    past.goTo(clock.time(wall()));
    return past;
  }

  function draw(now, all) {
    // Another history than that which is gone through: the task begins anew.
    if (isOn() && all !== records) return leave();
    [task, records] = [now, all];
    start.hidden = isOn() || !task.final || records.length < 2;
    element.hidden = !isOn();
    if (!isOn()) return;
    const at = clock.time(wall());
    const text = `${time(at)} UTC`;
    say(words, `Replay, ${text}`);
    say(play, clock.isPlaying ? "Pause" : "Play");
    for (const button of pace.children) set(button, "aria-pressed", String(button.textContent === `${clock.speed}×`));
    if (course.length > 0) slider.value = String(Math.round((1000 * clock.place(wall())) / course.length));
    set(slider, "aria-valuetext", `${precise(at).slice(0, 10)} UTC, ${span(at - course.start)} after the start`);
  }

  return {
    element, start, draw, shown,
    get isOn() { return isOn(); },
    /** The time of the replay; null where there is none. */
    now: () => (isOn() ? clock.time(wall()) : null),
    key(key) {
      if (key !== "Escape" || !isOn()) return false;
      leave();
      return true;
    },
    close() {
      isClosed = true;
      cancelAnimationFrame(frame);
    },
  };
}
