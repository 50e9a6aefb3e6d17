// One task: what it does, what it asks, what it found. The page owns what is heard of it and hands its parts the folded task.

import { TaskFeed } from "../core/feed.js";
import { may } from "../core/may.js";
import { Spoken } from "../core/spoken.js";
import { h } from "../ui/dom.js";
import { Arrangement } from "../ui/arrangement.js";
import { gonePage } from "../ui/task-gone.js";
import { Replay } from "../ui/replay.js";
import { TaskHead } from "../ui/task-head.js";
import { Stations } from "../ui/stations.js";
import { Tools } from "../ui/tools.js";
import { EventLog } from "../ui/log.js";
import { QuestionCards } from "../ui/question.js";
import { DecisionCard } from "../ui/decision.js";
import { EvidenceCard } from "../ui/evidence.js";

/** In milliseconds: what takes longer than this to come is announced by its outline. */
const patience = 150;

export function open(app, root, { params }) {
  const { id } = params;
  const outline = outlineOf();
  let gone = null;
  let isClosed = false;

  // Parts see the time of the replay while there is one, and know that there is one; and what one may do with this task.
  const own = Object.create(app, {
    clock: { value: { now: () => replay.now() ?? app.clock.now() } },
    isReplay: { get: () => replay.isOn },
    rights: { get: () => feed.rights },
  });
  const replay = Replay(app, draw);
  const parts = [TaskHead, Stations, Tools, EventLog, QuestionCards, DecisionCard, EvidenceCard].map((make) => make(own, params));
  const [head, stations, tools, log, questions, decision, evidence] = parts;
  // What there is to take away changes with the task, so the parts are asked when the menu opens.
  head.offer(() => parts.flatMap((part) => (part === head ? [] : part.downloads ?? [])));
  const page = Arrangement({ tools, log, questions, decision, evidence });
  const whole = h("div", { class: "task-page" }, head.element, replay.element, stations.element, page.element);
  head.buttons.prepend(replay.start);
  const waits = setTimeout(() => root.append(outline), patience);
  let spoken = null; // What is so already when the page opens is read, not announced.

  function draw() {
    if (isClosed) return; // Asked for before, and the next page is there already.
    if (feed.gone !== null) return showGone();
    // The first picture has all that is there already: it is drawn when that was told.
    if (!isKnown()) return;
    show(whole);
    const shown = replay.shown();
    const [task, records] = shown === null ? [feed.task, feed.records] : [shown.task, shown.records];
    page.arrange(task, replay.isOn);
    for (const part of parts) part.draw(task, records);
    replay.draw(feed.task, feed.records);
    speak();
    app.place({ seq: feed.task.lastSeq || null });
    app.titleChanged();
  }

  function speak() {
    if (spoken === null) spoken = feed.isLive ? new Spoken(feed.task) : null;
    else for (const { text, kind } of spoken.changes(feed.task, may(feed.rights, "answer"))) app.announce(text, kind);
  }

  /** In place of what was there. Whoever came here by a link hears the head. */
  function show(element) {
    if (element.isConnected) return;
    clearTimeout(waits);
    const isFocused = document.activeElement === root;
    root.replaceChildren(element);
    if (!isFocused) return;
    const head = root.querySelector("h1");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }

  function showGone() {
    show((gone ??= gonePage(app, id, feed.gone)));
    app.titleChanged();
  }

  const redraw = () => app.draw(draw);
  const isKnown = () => feed.isLive || whole.isConnected;
  const feed = new TaskFeed(id, { client: app.client, ask: app.ask, clock: app.clock, changed: redraw });
  const untick = app.onTick(() => feed.task.final || redraw());
  const undoubt = app.onRights(() => feed.askRights());
  page.narrow.addEventListener("change", redraw);

  return {
    title: () => (feed.gone === null ? titleOf(feed.task) : "No such task"),
    key: (key, event) => whole.isConnected && [replay, ...parts].some((part) => part.key?.(key, event) === true),
    moveTo(place) {
      if (place.params.id !== id) return false;
      if (place.params.seq !== undefined) log.show(Number(place.params.seq));
      return true;
    },
    close() {
      isClosed = true;
      clearTimeout(waits);
      feed.close();
      untick();
      undoubt();
      page.narrow.removeEventListener("change", redraw);
      for (const part of [replay, ...parts]) part.close?.();
    },
  };
}

/** What a tab shows of a task: how it ended goes first. That an answer is needed, every page says. */
function titleOf({ title, facts, state, id }) {
  const name = title || facts.file || `Task ${id}`;
  const words = { completed: "Finished: ", failed: "Failed: ", canceled: "Cancelled: ", rejected: "Refused: " };
  return `${words[state] ?? ""}${name}`;
}

/** The outline of a page that is on its way. */
function outlineOf() {
  return h("div", { class: "outline", role: "status" },
    h("span", { class: "hidden" }, "Loading the task"),
    h("div", { class: "bone title" }), h("div", { class: "bone" }), h("div", { class: "bone tall" }));
}
