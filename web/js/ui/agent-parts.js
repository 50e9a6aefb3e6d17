// Pieces of the pages about agents.

import { certificateName, daysLeft, stateOf } from "../core/agents.js";
import { array, object, text } from "../core/read.js";
import { h } from "./dom.js";

/** The badge of an agent's state. */
export function stateBadge(agent) {
  const { word, tone } = stateOf(agent);
  return h("span", { class: `badge ${tone}` }, word);
}

/** A name and its value, as a row of a `<dl>`; nothing where there is no value. */
export function fact(name, value, kind = "") {
  if (value === "" || value === null || value === undefined) return null;
  return h("div", {}, h("dt", {}, name), h("dd", { class: kind || null }, value));
}

/** The rows of certificates, each with what is left. */
export function certificateFacts(certificates) {
  return array(certificates).map((one) => {
    const { text: left, tone } = daysLeft(one);
    return fact(certificateName(object(one)), tone ? h("span", { class: `tone ${tone}` }, left) : left);
  });
}

/** Texts as small tags. */
export function tags(values) {
  const words = array(values).map(text).filter((word) => word !== "");
  return words.length === 0 ? null : h("p", { class: "tags" }, words.map((word) => h("span", { class: "tag" }, word)));
}

/** "New task", where this person may begin one. */
export function newTaskLink(agent, kind = "small") {
  return agent.mayBegin === true && h("a", { class: `button ${kind}`, href: `/new?agent=${encodeURIComponent(agent.name)}` }, "New task");
}

/** A page's own word that it has nothing to show. */
export function refusalCard(title, trouble, again) {
  return h("section", { class: "card notice bad" },
    h("div", {}, h("h2", {}, title), h("p", {}, trouble.detail || trouble.message)),
    again && h("button", { type: "button", class: "button", onclick: again }, "Try again"));
}
