// The tables of the operations page: agents, listeners, refusals.

import { certificateName, daysLeft, firstToEnd, latency, moment, standing, workText } from "../core/agents.js";
import { count } from "../core/format.js";
import { array, text, timeOrNull } from "../core/read.js";
import { fact, stateBadge } from "./agent-parts.js";
import { h } from "./dom.js";

function card(title, detail, ...content) {
  return h("section", { class: "card" }, h("header", {}, h("h2", {}, title), h("span", { class: "muted" }, detail)), content);
}

/** On phones each row becomes a block, whose cells carry the names of their columns. */
function table(title, heads, rows) {
  for (const row of rows) [...row.cells].forEach((cell, column) => (cell.dataset.head = heads[column]));
  return h("table", { class: "stack", "aria-label": title },
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows));
}

export function agentsCard({ agents, agentsLeftOut: others = 0 }, now) {
  const rows = array(agents).map((agent) => {
    const { head, why } = standing(agent, now);
    const ends = firstToEnd(agent.certificates);
    const left = ends === null ? { text: "–", tone: "" } : daysLeft(ends);
    return h("tr", {},
      h("td", {}, h("a", { class: "name", title: agent.name, href: `/agents/${encodeURIComponent(agent.name)}` }, agent.name), why && h("span", { class: "line" }, why)),
      h("td", { class: "brief" }, stateBadge(agent), h("span", { class: "line" }, head.replace(/^.*(?= since )/, "").trim())),
      h("td", { class: "brief" }, workText(agent.running, agent.waiting)),
      h("td", {}, latency(agent.handOver) || "–"),
      h("td", { class: "brief" }, left.tone ? h("span", { class: `tone ${left.tone}` }, left.text) : left.text));
  });
  const more = others > 0 && h("p", { class: "empty" }, `${count(others, "agent")} more.`);
  return card("Agents", String(rows.length + others),
    rows.length === 0 ? h("p", { class: "empty" }, "No agents are connected.")
      : table("Agents", ["Agent", "State", "Tasks", "Hand-over", "Certificates"], rows), more);
}

export function refusalsCard({ refusals, mayAdminister }, now) {
  const heads = ["Time, UTC", "Status", "Why", "Asked for", ...(mayAdminister ? ["By"] : [])];
  const rows = array(refusals).map((refusal) => h("tr", {},
    h("td", {}, moment(timeOrNull(refusal.time) ?? now, now)),
    h("td", {}, String(refusal.status)),
    h("td", {}, text(refusal.code), refusal.count > 1 && h("span", { class: "muted" }, ` ${refusal.count} times`)),
    h("td", { class: "mono" }, text(refusal.route)),
    mayAdminister && h("td", {}, [text(refusal.who), text(refusal.from)].filter(Boolean).join(" from ") || "–")));
  return card("Refused lately", String(rows.length),
    rows.length === 0 ? h("p", { class: "empty" }, "Nothing was refused.") : table("Refused lately", heads, rows));
}

export function listenersCard(listeners) {
  return card("Listeners", String(array(listeners).length), h("ul", { class: "names" }, array(listeners).map((listener) => h("li", {},
    h("b", {}, text(listener.name)), ownTag(listener),
    h("span", { class: "line mono" }, text(listener.url)),
    h("span", { class: "line" }, listener.connections !== undefined && `${count(listener.connections, "connection")}. `,
      `Client certificates: ${text(listener.clientCertificates)}.`),
    array(listener.certificates).map((one) => {
      const { text: left, tone } = daysLeft(one);
      return h("span", { class: "line" }, `${certificateName(one)}: `, tone ? h("span", { class: `tone ${tone}` }, left) : left);
    })))));
}

function ownTag({ url }) {
  return (url === location.origin || url === `${location.origin}/`) && h("span", { class: "tag" }, "this page");
}

/** A card of names and values: [name, value, tone]. */
export function factsCard(title, facts) {
  const toned = ([name, value, tone]) => fact(name, tone ? h("span", { class: `tone ${tone}` }, value) : value);
  return card(title, "", h("dl", {}, facts.map(toned)));
}
