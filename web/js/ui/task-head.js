// The head of a task's page: what it is, how it stands, who is there, and what can be done with it.

import { actsOf } from "./task-acts.js";
import { metaOf, titleOf } from "../core/head-texts.js";
import { may } from "../core/may.js";
import { headBadge } from "../core/status.js";
import { h, list, say, set } from "./dom.js";
import { sign } from "./lamps.js";

/** A part. Its `downloads`, {label, href} or {label, make() → {name, type, text}}, are in the export menu besides the records. */
export function TaskHead(app, { id }) {
  const name = h("span");
  const badge = h("span", { class: "badge", hidden: true });
  const title = h("h1", {}, name, badge);
  const meta = h("ul", { class: "meta" });
  const others = h("p", { class: "others", hidden: true });
  const failure = h("div", { class: "card notice bad", role: "group", "aria-label": "Why it failed", hidden: true });
  const acts = actsOf(app, id);
  const element = h("div", { class: "task-head" },
    h("nav", { class: "crumb", "aria-label": "Breadcrumb" }, h("a", { href: "/" }, "Tasks"), h("span", { "aria-hidden": "true" }, "/"),
      h("span", { class: "mono" }, id)),
    h("div", { class: "head" }, h("div", { class: "about" }, title, meta, others), acts.element),
    failure);
  let watchers = [];
  let last = null;
  const unwatch = app.client.onPresence(id, (now) => {
    watchers = now.watchers ?? [];
    if (last !== null) drawOthers(last);
  });

  function draw(task) {
    last = task;
    const now = app.clock.now();
    say(name, titleOf(task));
    drawBadge(headBadge(task), task.records > 0);
    list(meta, metaOf(task, now), ({ label }) => label, makeFact, drawFact);
    drawOthers(task);
    drawFailure(task);
    acts.draw(task);
  }

  function drawBadge({ word, tone, icon }, isKnown) {
    badge.hidden = !isKnown;
    if (badge.textContent === word) return;
    set(badge, "class", `badge ${tone}`);
    badge.replaceChildren(sign(tone === "warn" ? "warning" : icon), word);
  }

  function drawOthers(task) {
    const names = [...new Set(watchers.map(({ principal }) => principal))].filter((one) => one !== app.session?.principal);
    others.hidden = task.final || names.length === 0;
    const more = names.length > 5 ? ` and ${names.length - 5} others` : "";
    say(others, others.hidden ? "" : `Also watching: ${names.slice(0, 5).join(", ")}${more}`);
  }

  function drawFailure({ failure: why, state, facts }) {
    failure.hidden = why === null;
    const mayBegin = may(app.session, "submit");
    const stamp = JSON.stringify([why, mayBegin]);
    if (why === null || failure.dataset.stamp === stamp) return;
    failure.dataset.stamp = stamp;
    const words = failureWords(why, state, facts);
    failure.replaceChildren(sign("failed"), h("div", {},
      h("h2", {}, words.title), words.text && h("p", {}, words.text),
      words.canMend && mayBegin ? h("p", {}, h("a", { class: "button", href: "/new" }, "Upload a corrected file")) : null));
  }

  return {
    element, draw,
    buttons: acts.buttons,
    key: acts.key,
    downloads: acts.downloads,
    offer: acts.offer,
    close() {
      unwatch();
      acts.close();
    },
  };
}

/** What the agent says of a file that it could not read. */
const unreadable = /^Failed to parse alert XML: */;

function failureWords({ text, isFast }, state, facts) {
  const isFile = unreadable.test(text);
  const reason = text.replace(unreadable, "") || "The agent gave no reason.";
  const whole = /[.?!]$/.test(reason) ? reason : `${reason}.`;
  const what = isFile ? "The file was refused" : state === "rejected" ? "The task was refused" : "The task has failed";
  const end = isFast ? "Nothing was run." : "";
  if (isFile) return { title: `${what}: ${whole}`, text: end, canMend: true };
  return { title: what, text: `${whole} ${end}`.trim(), canMend: isFast && facts.file !== undefined };
}

function makeFact({ label }) {
  return h("li", {}, `${label} `, h("b"));
}

function drawFact(item, { text, spoken }) {
  const value = item.lastChild;
  if (spoken === undefined) return say(value, text);
  // It ticks for the eye; whoever listens is told once since when.
  if (value.childElementCount === 0) value.replaceChildren(h("span", { "aria-hidden": "true" }), h("span", { class: "hidden" }));
  say(value.children[0], text);
  say(value.children[1], spoken);
}
