// All agents: how they are, what they can do, and what they are at.

import { firstToEnd, daysLeft, latency, standing, summary, workText } from "../core/agents.js";
import { array, object, text } from "../core/read.js";
import { fact, newTaskLink, refusalCard, stateBadge, tags } from "../ui/agent-parts.js";
import { h, say } from "../ui/dom.js";
import { operationsOrNull } from "../ui/operations.js";
import { polled } from "../ui/polled.js";

export function open(app, root) {
  const meta = h("p", { class: "meta" });
  const grid = h("div", { class: "agents" });
  const poll = polled(app, 5000, {
    async ask() {
      const [{ agents }, { tasks, next }, operations] = await Promise.all([
        app.ask("/api/agents"), app.ask("/api/tasks?final=false&limit=200"), operationsOrNull(app),
      ]);
      return { agents: array(agents), tasks, isPart: next !== undefined, operations };
    },
    draw({ agents, tasks, isPart, operations }) {
      say(meta, summary(agents));
      const measured = new Map(array(operations?.agents).map((agent) => [agent.name, agent]));
      const cards = agents.map((agent) => {
        const running = tasks.filter((task) => task.agent === agent.name).length;
        return agentCard(agent, { running, isPart, ...measured.get(agent.name) }, app.clock.now());
      });
      const none = h("p", { class: "card empty" }, "No agents are connected that you may use or watch.");
      keepFocus(grid, () => grid.replaceChildren(...(cards.length > 0 ? cards : [none])));
    },
    refused: (trouble) => grid.replaceChildren(refusalCard("The agents could not be read", trouble, () => poll.again())),
  });
  root.append(h("div", { class: "head" }, h("div", {}, h("h1", {}, "Agents"), meta), poll.button), poll.note, grid);
  return { title: () => "Agents", close: poll.close };
}

function agentCard(agent, { running, waiting = 0, isPart, handOver, certificates }, now) {
  const card = object(agent.card);
  const { head, seen, why } = standing(agent, now);
  const ends = firstToEnd(certificates);
  const name = text(agent.name);
  return h("article", { class: "card agent", "aria-label": name },
    h("header", {},
      h("h2", {}, h("a", { href: `/agents/${encodeURIComponent(name)}`, "data-focus": name }, name)),
      stateBadge(agent), agent.default === true && h("span", { class: "tag" }, "default"), newTaskLink(agent, "small")),
    h("div", { class: "agent-body" },
      text(card.description) && h("p", {}, card.description),
      why && h("p", { class: "agent-why" }, why),
      array(card.skills).length > 0 && tags([...new Set(array(card.skills).flatMap(({ tags }) => array(tags)))]),
      h("p", { class: "muted" }, [head, seen].filter(Boolean).join(", "))),
    h("dl", {},
      fact("Tasks", `${workText(running, waiting)}${isPart ? " or more" : ""}`),
      fact("Hand-over", latency(handOver)),
      ends && fact("Certificates", daysLeft(ends).text)));
}

// Cards are made anew with each answer; who has come to a link stays there.
function keepFocus(root, change) {
  const name = root.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  change();
  const links = [...root.querySelectorAll("[data-focus]")];
  if (name !== undefined) links.find((link) => link.dataset.focus === name)?.focus({ preventScroll: true });
}
