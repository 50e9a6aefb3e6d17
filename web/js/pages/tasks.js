// All tasks: what needs an answer first, then what runs, then what has ended.

import { TaskList, choices, filterOf, grouped, pathOf } from "../core/task-list.js";
import { TaskPages } from "../core/task-pages.js";
import { SavedTasks } from "../core/saved-tasks.js";
import { number } from "../core/format.js";
import { may } from "../core/may.js";
import { Trouble } from "../net/ask.js";
import { h, list, say } from "../ui/dom.js";
import { FilterBar } from "../ui/task-filter.js";
import { makeRow, drawRow } from "../ui/task-row.js";

/** So many rows are drawn at first, and more at each press. */
const page = 100;

export function open(app, root, { query }) {
  const tasks = new TaskList();
  let filter = filterOf(query);
  let shown = page;
  const pages = new TaskPages(app.ask);
  const saved = new SavedTasks(() => globalThis.sessionStorage);
  let isKnown = false; // The gateway has said how things stand.
  let looking = null;
  let naming = null;
  let isClosed = false;

  const bar = FilterBar(filter, (now) => {
    filter = now;
    shown = page;
    pages.restart();
    look();
    app.go(pathOf(filter), { replace: true });
    redraw();
  });
  const count = h("span", { class: "badge" });
  const sections = h("div", { class: "task-groups" });
  const empty = h("div", { class: "card empty", hidden: true });
  const older = h("button", { class: "button", type: "button", hidden: true, onclick: more }, "Load older tasks");
  const note = h("p", { class: "muted", role: "status" });
  const begin = h("a", { class: "button primary", href: "/new", hidden: true }, "New alert");
  root.append(
    h("div", { class: "head" }, h("h1", {}, "Tasks", count), begin),
    bar.element, sections, empty, h("div", { class: "task-more" }, older, note));

  for (const one of app.session === null ? [] : saved.load(app.session.principal)) tasks.document(one);
  addEventListener("pagehide", save);
  const subscription = app.client.follow("all", {
    onSnapshot: (news) => stands(news),
    onReset(news) {
      tasks.clear();
      pages.restart(true);
      stands(news);
    },
    onEvent(record) {
      tasks.record(record);
      if (tasks.unnamed.size > 0) naming ??= setTimeout(name, 150);
      redraw();
    },
  });
  const unask = app.questions.on(redraw);
  const untick = app.onTick(redraw);

  function stands({ tasks: documents }) {
    // What was saved is how it stood then.
    if (!isKnown) tasks.clear();
    for (const one of documents) tasks.document(one);
    isKnown = true;
    look();
    redraw();
  }

  function save() {
    if (!isKnown || app.session === null) return;
    saved.save(app.session.principal, grouped(tasks.tasks.values(), filterOf(new URLSearchParams()), asked()).flatMap((group) => group.tasks));
  }

  /** Finds out whether there are older ones, once nobody types any more. */
  function look() {
    clearTimeout(looking ?? undefined);
    looking = null;
    if (!isKnown || !pages.isNew) return;
    const mine = looking = setTimeout(async () => {
      try {
        for (const one of await pages.read(filter)) tasks.document(one);
      } catch (error) {
        if (!(error instanceof Trouble)) throw error; // Then whoever asks for them is told.
      }
      if (looking === mine) looking = null;
      redraw();
    }, 300);
  }

  function redraw() {
    app.draw(draw);
  }

  /** Asks what tasks are called of which only records are known. */
  async function name() {
    try {
      const { tasks: documents } = await app.ask("/api/tasks?limit=100");
      for (const one of documents) if (tasks.tasks.has(one.id)) tasks.document(one);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
    }
    tasks.unnamed.clear();
    naming = null;
    redraw();
  }

  /** Shows more of what is here, and asks for more where that is all. */
  async function more() {
    shown += page;
    redraw();
    if (pages.isDone || pages.isBusy) return;
    say(note, "Loading older tasks…");
    try {
      for (let isNew = false; !isNew && !pages.isDone && !isClosed;) {
        for (const one of await pages.read(filter)) if (tasks.document(one)) isNew = true;
      }
      say(note, pages.isDone ? "These are all." : "");
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      say(note, `Older tasks could not be loaded. ${error.detail || error.message}`);
    }
    redraw();
  }

  function asked() {
    return new Map(app.questions.list.map(({ task, deadline }) => [task, Date.parse(deadline) || Infinity]));
  }

  function draw() {
    if (isClosed) return;
    const all = [...tasks.tasks.values()];
    const questions = new Map(app.questions.list.map((one) => [one.task, one]));
    const found = grouped(all, filter, asked());
    const total = found.reduce((sum, group) => sum + group.tasks.length, 0);
    const now = app.clock.now();
    let room = shown;
    for (const group of found) {
      group.shown = group.tasks.slice(0, Math.max(0, room));
      room -= group.shown.length;
    }
    say(count, isKnown ? number(total) : "");
    count.hidden = !isKnown;
    list(sections, found.filter((group) => group.shown.length > 0), (group) => group.name, makeGroup, (element, group) => {
      say(element.querySelector(".muted"), number(group.tasks.length));
      list(element.querySelector("ul"), group.shown, (task) => task.id, makeRow,
        (row, task) => drawRow(row, task, questions.get(task.id), now));
    });
    bar.draw({
      agents: choices(all, (task) => task.agent), types: choices(all, (task) => task.facts.alertType),
    });
    const mayBegin = may(app.session, "submit");
    begin.hidden = !mayBegin;
    drawEmpty(total, all.length, mayBegin);
    older.hidden = !isKnown || all.length === 0 || (total <= shown && (pages.isDone || looking !== null));
    app.place({ seq: null });
  }

  function drawEmpty(total, known, mayBegin) {
    empty.hidden = !isKnown || total > 0;
    const kind = empty.hidden ? "" : known > 0 ? "filter" : mayBegin ? "none" : "nothing";
    if (empty.dataset.kind === kind) return;
    empty.dataset.kind = kind;
    if (kind === "none") {
      empty.replaceChildren(h("span", {}, "No tasks yet. Upload an alert file to start one."),
        h("a", { class: "button primary", href: "/new" }, "New alert"));
    } else if (kind === "nothing") {
      empty.replaceChildren(h("span", {}, "There are no tasks that you may watch."));
    } else if (kind === "filter") {
      empty.replaceChildren(h("span", {}, "No task fits this filter."),
        h("button", { class: "button", type: "button", onclick: () => bar.clear() }, "Show all"));
    }
  }

  /** Focus goes from row to row, as with Tab but past nothing else. */
  function step(by) {
    const rows = [...sections.querySelectorAll("a.task-link")];
    const at = rows.indexOf(document.activeElement);
    rows[at === -1 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
    return rows.length > 0;
  }

  return {
    title: () => "Tasks",
    key(key) {
      if (key === "j" || key === "ArrowDown") return step(1);
      if (key === "k" || key === "ArrowUp") return step(-1);
      if (key === "/") return bar.focus();
      return false;
    },
    moveTo(place) {
      const now = filterOf(place.query);
      if (pathOf(now) !== pathOf(filter)) {
        bar.set(filter = now);
        shown = page;
        pages.restart();
        look();
      }
      redraw();
      return true;
    },
    close() {
      save();
      isClosed = true;
      removeEventListener("pagehide", save);
      clearTimeout(looking ?? undefined);
      clearTimeout(naming ?? undefined);
      subscription.close();
      unask();
      untick();
    },
  };
}

function makeGroup({ name, title }) {
  const id = `group-${name}`;
  return h("section", { class: name === "asks" ? "card task-group first" : "card task-group", "aria-labelledby": id },
    h("header", {}, h("h2", { id }, title), h("span", { class: "muted" })), h("ul"));
}
