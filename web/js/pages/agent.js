// One agent: how it is, what its card says, and what it is at.

import { latency, moment, standing } from "../core/agents.js";
import { ago } from "../core/format.js";
import { array, object, text, timeOrNull } from "../core/read.js";
import { certificateFacts, fact, newTaskLink, refusalCard, stateBadge, tags } from "../ui/agent-parts.js";
import { h, say } from "../ui/dom.js";
import { operationsOrNull } from "../ui/operations.js";
import { polled } from "../ui/polled.js";

export function open(app, root, { params: { name } }) {
  const path = encodeURIComponent(name);
  const head = h("span", { class: "agent-head" });
  const meta = h("p", { class: "meta" });
  const action = h("span", {});
  const [skills, tasks, side] = [0, 0, 0].map(() => h("div", { class: "column" }));
  const body = h("div", { class: "cols" }, h("div", { class: "mainc" }, tasks, skills), h("div", { class: "side" }, side));
  let shown = "";
  const poll = polled(app, 5000, {
    async ask() {
      const [agent, running, failed, operations] = await Promise.all([
        app.ask(`/api/agents/${path}`), app.ask(`/api/tasks?agent=${path}&final=false&limit=50`),
        app.ask(`/api/tasks?agent=${path}&state=failed&limit=1`), operationsOrNull(app),
      ]);
      return { agent, running, failed, measured: object(array(operations?.agents).find((one) => one.name === name)) };
    },
    draw({ agent, running, failed, measured }) {
      const now = app.clock.now();
      const card = object(agent.card);
      const { head: state, seen, why } = standing(agent, now);
      head.replaceChildren(stateBadge(agent), agent.default === true ? h("span", { class: "tag" }, "default") : "");
      say(meta, [text(card.description), why].filter(Boolean).join(" "));
      change(action, newTaskLink(agent, "primary"));
      change(tasks, taskCard(running.tasks, running.next !== undefined, now), failed.tasks.length > 0 && failureCard(failed.tasks[0], now));
      // The card seldom changes, and who reads it shall not lose the place.
      if (JSON.stringify(card) !== shown) skills.replaceChildren(skillsCard(array(card.skills)));
      shown = JSON.stringify(card);
      change(side, factsCard({ agent, card, state, seen, measured, now }));
    },
    refused(trouble) {
      const title = trouble.status === 404 ? "There is no such agent, or none that you may use or watch" : "The agent could not be read";
      body.replaceChildren(refusalCard(title, trouble, () => poll.again()));
    },
  });
  root.append(
    h("p", { class: "crumbs" }, h("a", { href: "/agents" }, "Agents"), " / ", h("span", { class: "mono" }, name)),
    h("div", { class: "head" }, h("div", {}, h("h1", {}, name, " ", head), meta), h("div", { class: "acts" }, poll.button, action)),
    poll.note, body);
  return { title: () => name, close: poll.close };
}

/** Gives an element these children, and leaves the page alone when they are there already. */
function change(element, ...children) {
  const next = element.cloneNode(false);
  next.append(...children.filter(Boolean));
  if (!next.isEqualNode(element)) element.replaceChildren(...next.childNodes);
}

function taskCard(tasks, isPart, now) {
  return h("section", { class: "card" },
    h("header", {}, h("h2", {}, "Tasks under way"), h("span", { class: "muted" }, `${tasks.length}${isPart ? " or more" : ""}`)),
    tasks.length === 0
      ? h("p", { class: "empty" }, "None.")
      : h("ul", { class: "names" }, tasks.map((task) => h("li", {},
        taskLink(task), h("span", { class: "muted" }, ` ${text(task.state).replaceAll("-", " ")}, ${openedText(task, now)}`)))));
}

function openedText(task, now) {
  const opened = timeOrNull(task.opened);
  return opened === null ? "" : `began ${ago(now - opened)}`;
}

function failureCard(task, now) {
  const ended = moment(timeOrNull(task.updated) ?? now, now);
  return h("section", { class: "card" }, h("header", {}, h("h2", {}, "Failed last")),
    h("ul", { class: "names" }, h("li", {}, taskLink(task), h("span", { class: "muted" }, ` ${ended}`))));
}

function taskLink(task) {
  return h("a", { href: `/tasks/${encodeURIComponent(task.id)}` }, text(task.title).replace(/\s+/g, " ").slice(0, 120) || task.id);
}

function skillsCard(skills) {
  return h("section", { class: "card" },
    h("header", {}, h("h2", {}, "Skills"), h("span", { class: "muted" }, String(skills.length))),
    skills.length === 0 ? h("p", { class: "empty" }, "Its card names none.") : h("ul", { class: "names" }, skills.map(skillItem)));
}

function skillItem(skill) {
  const { id, name, description, tags: words, examples } = object(skill);
  const lines = array(examples).map(text).filter((line) => line !== "");
  return h("li", {},
    h("h3", {}, text(name) || text(id)), text(description) && h("p", {}, description), tags(words),
    lines.length > 0 && h("details", {}, h("summary", {}, lines.length === 1 ? "Example" : `${lines.length} examples`),
      h("ul", { class: "examples" }, lines.map((line) => h("li", { class: "mono" }, line)))));
}

function factsCard({ agent, card, state, seen, measured, now }) {
  const error = object(measured.lastError);
  const modes = (list) => array(list).map(text).join(", ");
  return h("section", { class: "card" }, h("header", {}, h("h2", {}, "How it is")),
    h("dl", {},
      fact("State", state), fact("Looked at", seen.replace(/^last seen /, "")),
      fact("Hand-over", latency(measured.handOver)),
      fact("Last trouble", text(error.text) && `${error.text} (${moment(timeOrNull(error.time) ?? now, now)})`),
      certificateFacts(measured.certificates),
      fact("Version", text(card.version)), fact("A2A", text(card.protocol)),
      fact("Streams", card.streaming === true ? "yes" : card.streaming === false ? "no" : ""),
      fact("Takes", modes(card.inputModes)), fact("Gives", modes(card.outputModes))));
}
