// The operations page: what the gateway does just now, and how it has gone. People without the right see what everybody may know.

import { askAbout } from "../about.js";
import { array, text } from "../core/read.js";
import { connectionCard, runningText, versionsCard } from "../ui/about-facts.js";
import { refusalCard } from "../ui/agent-parts.js";
import { h, say, set } from "../ui/dom.js";
import { drainButton } from "../ui/drain.js";
import { askOperations } from "../ui/operations.js";
import { agentsCard, factsCard, listenersCard, refusalsCard } from "../ui/ops-tables.js";
import { OpsTiles, journalFacts } from "../ui/ops-tiles.js";
import { polled } from "../ui/polled.js";

const phases = {
  starting: ["Starting", ""], ready: ["Ready", "ok"], draining: ["Draining", "warn"], stopping: ["Stopping", "warn"],
};

export function open(app, root) {
  const badge = h("span", { class: "badge" });
  const meta = h("p", { class: "meta" });
  const said = h("p", { class: "polled-note", role: "status", hidden: true });
  const tiles = OpsTiles();
  const [main, side, numbers] = [h("div", { class: "mainc" }), h("div", { class: "side" }), h("div", {})];
  let isForbidden = false; // As of the last answer: who may read it later sees it then.
  let asked = 0;
  let about = null;

  const drain = drainButton(app, {
    told: (document) => draw({ operations: document, about }),
    said(words) {
      say(said, words);
      said.hidden = false;
    },
  });

  async function ask() {
    // What the gateway is made of does not change; how quickly it answers does.
    if (asked++ % 5 === 0 || isForbidden) about = await askAbout();
    try {
      const operations = await askOperations(app);
      isForbidden = false;
      return { operations, about };
    } catch (trouble) {
      if (trouble.status !== 403) throw trouble;
      isForbidden = true;
      return { operations: null, about };
    }
  }

  function draw({ operations, about }) {
    const [word, tone] = phases[operations?.phase] ?? [text(operations?.phase) || "Running", ""];
    say(badge, word);
    set(badge, "class", `badge ${tone}`);
    say(meta, runningText(operations ?? about.about));
    drain.element.hidden = operations?.mayAdminister !== true;
    const now = app.clock.now();
    if (operations === null) {
      put(numbers, h("section", { class: "card notice" }, h("div", {},
        h("h2", {}, "You may not see how the gateway is doing"),
        h("p", {}, "Its numbers are for people whose role has the right “observe”. What is below everybody may know."))));
      put(main, listenersCard(about.about.listeners), namesCard(about.about.agents));
      put(side, connectionCard(about), versionsCard(about));
      return;
    }
    tiles.draw(operations);
    if (tiles.element.parentNode === null) numbers.replaceChildren(tiles.element);
    put(main, pendingCard(operations), agentsCard(operations, now), refusalsCard(operations, now),
      factsCard("Journal and process", journalFacts(operations)));
    put(side, listenersCard(operations.listeners), connectionCard(about), versionsCard(about));
  }

  const poll = polled(app, 2000, {
    ask, draw,
    refused: (trouble) => put(numbers, refusalCard("The gateway could not be asked", trouble, () => poll.again())),
  });
  root.append(
    h("div", { class: "head" }, h("div", {}, h("h1", {}, "Operations ", badge), meta), h("div", { class: "acts" }, poll.button, drain.element)),
    poll.note, said, numbers, h("div", { class: "cols" }, main, side));
  return {
    title: () => "Operations",
    close() {
      poll.close();
      drain.close();
    },
  };
}

/** Gives each place of an element its card, and leaves those alone that are there already: focus and selection stay. */
function put(element, ...cards) {
  const wanted = cards.filter(Boolean);
  wanted.forEach((card, place) => {
    const old = element.children[place];
    if (old === undefined) element.append(card);
    else if (!old.isEqualNode(card)) old.replaceWith(card);
  });
  while (element.children.length > wanted.length) element.lastElementChild.remove();
}

function namesCard(agents) {
  return h("section", { class: "card" },
    h("header", {}, h("h2", {}, "Agents"), h("span", { class: "muted" }, String(array(agents).length))),
    h("ul", { class: "names" }, array(agents).map(({ name }) =>
      h("li", {}, h("a", { href: `/agents/${encodeURIComponent(name)}` }, text(name))))));
}

function pendingCard({ settingsPending }) {
  const names = array(settingsPending).map(text);
  return names.length > 0 && h("section", { class: "card notice warn" }, h("div", {},
    h("h2", {}, "Settings wait for a restart"), h("p", { class: "mono" }, names.join(", "))));
}
