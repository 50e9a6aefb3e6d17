// What can be taken away from a task's page: its records, and what other parts offer.

import { number } from "../core/format.js";
import { allRecords } from "./all-records.js";
import { h, list, set } from "./dom.js";
import { save } from "./save.js";

export function ExportMenu(app, id) {
  /** Others add to it: {label, href} or {label, make() → {name, type, text}}, which may take its time. */
  const downloads = [];
  let offered = () => [];
  const own = [
    { label: "Records, JSON", make: async () => file("json", "application/json", JSON.stringify({ events: await all() }, null, 1)) },
    { label: "Records, one a line (NDJSON)",
      make: async () => file("ndjson", "application/x-ndjson", (await all()).map((one) => `${JSON.stringify(one)}\n`).join("")) },
  ];
  const items = h("ul");
  const words = h("p", { role: "status" });
  const panel = h("div", { class: "card menu", id: "export-menu", hidden: true }, items, words);
  const button = h("button", { type: "button", class: "button", "aria-expanded": "false", "aria-controls": "export-menu", onclick: toggle },
    "Export");
  const element = h("div", { class: "export", hidden: true, onkeydown: escape, onfocusout: left }, button, panel);

  const all = () => allRecords(app, id, (count) => (words.textContent = `${number(count)} records…`));
  const file = (ending, type, text) => ({ name: `${id}.${ending}`, type, text });

  function toggle() {
    open(panel.hidden);
  }

  function open(isOpen) {
    panel.hidden = !isOpen;
    set(button, "aria-expanded", String(isOpen));
    if (!isOpen) return;
    words.textContent = "";
    list(items, [...offered(), ...downloads, ...own], ({ label }) => label, makeItem);
    items.querySelector("a, button")?.focus();
  }

  function makeItem({ label, href, make }) {
    if (href !== undefined) return h("li", {}, h("a", { href, download: true }, label));
    const one = h("button", { type: "button", onclick: () => take(one, make) }, label);
    return h("li", {}, one);
  }

  async function take(one, make) {
    if (one.getAttribute("aria-disabled") === "true") return;
    set(one, "aria-disabled", "true");
    try {
      save(await make());
      open(false);
      button.focus();
    } catch (trouble) {
      words.textContent = `Not exported: ${trouble.detail || trouble.message}`;
    } finally {
      set(one, "aria-disabled", null);
    }
  }

  function escape(event) {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    open(false);
    button.focus();
  }

  function left({ relatedTarget }) {
    if (relatedTarget !== null && !element.contains(relatedTarget)) open(false);
  }

  return {
    element, downloads,
    /** `offers()`: more of them, asked for each time. */
    offer: (offers) => (offered = offers),
    draw: (task) => (element.hidden = task.records === 0),
  };
}
