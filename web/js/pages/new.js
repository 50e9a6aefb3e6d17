// New alerts: files, pasted text or samples, each checked, given to an agent, and watched from there.

import { Trouble } from "../net/ask.js";
import { beginTask } from "../net/upload.js";
import { largestAlert, partOf, tooLarge } from "../core/alert-file.js";
import { canStart, firstAgent, isUnderWay, isUnfinished, newEntry } from "../core/upload-state.js";
import { count } from "../core/format.js";
import { whoIsThis } from "../session.js";
import { AlertRow } from "../ui/alert-row.js";
import { AlertSources } from "../ui/alert-sources.js";
import { h, list, say, set } from "../ui/dom.js";
import { LineWatch } from "../ui/line-watch.js";

/** Files that are sent at the same time. */
const atOnce = 3;

/** What was chosen and not started outlives a look at another page; a reload loses files, of which the browser warns. */
const entries = [];
let nextId = 0;
let owner = null;

export function open(app, root, { query }) {
  const person = app.session?.principal ?? null;
  // Nothing of one person's is shown to the next.
  if (owner !== null && owner !== person) entries.length = 0;
  owner = person;
  const rows = new Map();
  const states = new Map();
  let agents = null;
  let sending = 0;
  let isClosed = false;
  let subscription = null;
  const waiting = [];

  const sources = AlertSources(app, { add: addFiles, addText, begin });
  const select = h("select", { class: "inp", id: "agent", onchange: redraw });
  const agentNote = h("p", { class: "hint", role: "status" }, "Asking which agents there are…");
  const startAll = h("button", { class: "button primary", type: "button", onclick: startReady }, "Start all");
  const rowList = h("ul", { class: "alerts" });
  const heading = h("h2", { id: "alerts-title", tabindex: "-1" });
  const note = h("p", { class: "wrong", role: "alert" });
  const files = h("section", { class: "card alert-files", "aria-labelledby": heading.id, hidden: true },
    h("header", {}, heading, startAll), rowList);
  const choice = h("div", { class: "card agent-choice" }, h("label", { class: "form-label", for: "agent" }, "Agent"), select, agentNote);
  root.append(h("div", { class: "new-alert" },
    h("div", { class: "head" }, h("div", {}, h("h1", {}, "New alert"),
      h("p", { class: "meta" }, "Give an alert file to an agent, and watch it work."))),
    h("div", { class: "cols" }, h("div", { class: "mainc" }, sources.element, note, files), h("div", { class: "side" }, choice, sources.samples))));

  async function loadAgents() {
    try {
      agents = ((await app.ask("/api/agents"))?.agents ?? []).filter(({ mayBegin }) => mayBegin === true);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (!isClosed) agentNote.replaceChildren(`${error.detail || error.message} `, h("button", { class: "link", type: "button", onclick: loadAgents }, "Try again"));
      return;
    }
    if (isClosed) return;
    select.replaceChildren(...agents.map(({ name }) => h("option", { value: name }, name)));
    const wanted = query.get("agent");
    select.value = agents.some(({ name }) => name === wanted) ? wanted : firstAgent(agents) ?? "";
    redraw();
  }

  async function addFiles(chosen) {
    const wrong = [];
    for (const file of chosen) {
      // A file that is too large is not read.
      const bytes = file.size > largestAlert ? null : await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => undefined);
      if (bytes === null) entries.push({ ...newEntry(file.name, new Uint8Array(0), ""), size: file.size, text: tooLarge(file.name, file.size), id: nextId++ });
      else if (bytes === undefined) wrong.push(file.name);
      else add(file.name, bytes);
    }
    say(note, wrong.length > 0 ? `Cannot be read: ${wrong.join(", ")}. A folder is no file.` : "");
    redraw();
  }

  /** Samples are there to be tried: nobody has to press twice. */
  async function begin(chosen) {
    const known = new Set(entries);
    await addFiles(chosen);
    for (const entry of entries) if (!known.has(entry)) start(entry);
  }

  function addText(name, text) {
    add(name, new TextEncoder().encode(text));
    redraw();
  }

  function add(name, bytes) {
    entries.push({ ...newEntry(name, bytes, crypto.randomUUID()), id: nextId++ });
  }

  function redraw() {
    app.draw(draw);
  }

  function draw() {
    if (isClosed) return;
    const agent = agents?.find(({ name }) => name === select.value);
    select.disabled = !agents?.length;
    if (agents !== null) say(agentNote, agentText(agent));
    files.hidden = entries.length === 0;
    const ready = entries.filter(canStart);
    say(heading, count(entries.length, "alert"));
    startAll.hidden = entries.filter(canStart).length < 2;
    say(startAll, `Start all ${ready.length}`);
    const canSend = Boolean(agent) && !line.isDown;
    set(startAll, "disabled", !canSend);
    list(rowList, entries, ({ id }) => id, (entry) => {
      const row = AlertRow(entry, { start: () => start(entry), remove: () => remove(entry) });
      rows.set(entry.id, row);
      return row.element;
    }, (_, entry) => rows.get(entry.id).draw(states.get(entry.task), canSend));
  }

  function agentText(agent) {
    if (line.isDown) return "Nothing can be started while the connection is down. What you chose stays here.";
    if (agents.length === 0) return "There is no agent that you may give work to. Ask an operator.";
    if (agent?.state === "away") return `${agent.name} cannot be reached at the moment: a task would fail at once.`;
    if (agent?.state === "quarantined") return `${agent.name} takes no tasks: ${agent.reason ?? "it is not trusted"}.`;
    return agent?.card?.description ?? "";
  }

  function start(entry) {
    if (!canStart(entry) || !select.value || line.isDown) return;
    // The key goes with the agent that was asked first: another one is another task.
    if (entry.agent !== null && entry.agent !== select.value) entry.key = crypto.randomUUID();
    Object.assign(entry, { state: "queued", agent: select.value, sent: 0, text: "" });
    waiting.push(entry);
    pump();
    redraw();
  }

  function startReady() {
    for (const entry of entries) start(entry);
    heading.focus();
  }

  function pump() {
    while (sending < atOnce && waiting.length > 0) send(waiting.shift());
  }

  async function send(entry) {
    sending += 1;
    entry.state = "sending";
    try {
      const who = await whoIsThis();
      const message = { parts: [partOf(entry.name, entry.bytes)] };
      const { id } = await beginTask({ agent: entry.agent, key: entry.key, message }, {
        csrf: who?.csrf,
        progress(part) {
          entry.sent = part;
          redraw();
        },
      });
      Object.assign(entry, { state: "started", task: id, text: "", bytes: new Uint8Array(0) });
      app.announce(`${entry.name} started`, "state");
      // Straight to the task, where there is one file only and nobody has gone elsewhere.
      if (entries.length === 1 && !isClosed) {
        entries.length = 0;
        return app.go(`/tasks/${encodeURIComponent(id)}`);
      }
      watch();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      Object.assign(entry, { state: "refused", text: error.detail || error.message });
      app.announce(`${entry.name} was not started: ${entry.text}`, "failure");
    } finally {
      sending -= 1;
      pump();
      redraw();
    }
  }

  function remove(entry) {
    const index = entries.indexOf(entry);
    if (index < 0 || isUnderWay(entry)) return;
    entries.splice(index, 1);
    rows.delete(entry.id);
    if (entry.task) watch();
    heading.focus();
    redraw();
  }

  function watch() {
    subscription?.close();
    subscription = null;
    const tasks = entries.map(({ task }) => task).filter(Boolean);
    if (tasks.length === 0 || isClosed) return;
    const take = ({ tasks: all }) => {
      for (const { id, state } of all) states.set(id, state);
      redraw();
    };
    subscription = app.client.follow(tasks, {
      onSnapshot: take, onReset: take, onState() {},
      onEvent({ task, data }) {
        const state = (data?.statusUpdate?.status ?? data?.task?.status)?.state;
        if (typeof state === "string") states.set(task, state.replace("TASK_STATE_", "").toLowerCase().replaceAll("_", "-"));
        redraw();
      },
    }, { after: "latest" });
  }

  function warn(event) {
    if (entries.some(isUnfinished)) event.preventDefault();
  }

  function pasted(event) {
    if (event.target.closest?.("input, textarea, select")) return;
    const chosen = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (chosen.length > 0) addFiles(chosen);
    else if (text.trim() !== "") addText("pasted.xml", text);
    else return;
    event.preventDefault();
  }

  addEventListener("beforeunload", warn);
  document.addEventListener("paste", pasted);
  const line = LineWatch(app, redraw);
  const untick = app.onTick(redraw); // What was begun from here before one went elsewhere goes on.
  loadAgents();
  watch();
  redraw();
  return {
    title: () => "New alert",
    close() {
      isClosed = true;
      subscription?.close();
      document.removeEventListener("paste", pasted);
      line.close();
      sources.close();
      untick();
      // What was not started is there again when one comes back; until then a reload still warns.
      if (!entries.some(isUnfinished)) removeEventListener("beforeunload", warn);
    },
  };
}
