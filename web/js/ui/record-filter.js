// Which lines of a list are wanted: a kind, a text, or both. What is not in memory is read through, page by page, from the beginning.

import { Found } from "../core/found.js";
import { h, say, set } from "./dom.js";

/**
 * `kinds`: {name: {label, holds(record, line)}}. `lineOf(record)` gives {tone, text}, `textOf(record)` what is searched, `memory()` gives
 * {records, own}; `changed()`: other lines than before are wanted, or more were found.
 */
export function RecordFilter({ kinds, lineOf, textOf, older, memory, changed }) {
  let found = null;
  let isLooking = false;
  let trouble = false;
  let read = 0;
  const kind = h("select", { "aria-label": "Kind of events", oninput: begin },
    h("option", { value: "" }, "All events"), Object.entries(kinds).map(([name, { label }]) => h("option", { value: name }, label)));
  const text = h("input", {
    type: "search", "aria-label": "Text in events", placeholder: "Text in events", autocomplete: "off", spellcheck: "false", oninput: begin,
    onkeydown: (event) => event.key === "Escape" && toggle(false),
  });
  const element = h("div", { class: "log-filter", hidden: true }, kind, text);
  const button = h("button", { type: "button", class: "link", "aria-expanded": "false", onclick: () => toggle(element.hidden) }, "Filter");

  function begin() {
    const words = text.value.trim().toLowerCase();
    const chosen = kinds[kind.value];
    found = null;
    if (words !== "" || chosen !== undefined) {
      found = new Found((record) => {
        if (chosen !== undefined && !chosen.holds(record, lineOf(record))) return false;
        return words === "" || textOf(record).toLowerCase().includes(words);
      });
      const { records, own } = memory();
      found.begin(records, own);
      lookBack(found, records[0]?.seq ?? 1);
    }
    changed();
  }

  async function lookBack(mine, end) {
    [isLooking, trouble, read] = [end > 1, false, 0];
    try {
      for (let offset = null; read < end - 1 && mine === found; ) {
        const page = await older.page(offset);
        if (mine !== found || page.events.length === 0) break;
        mine.found(page.events.filter((record) => record.seq < end));
        ({ seq: read, offset } = page.events.at(-1));
        changed();
      }
    } catch {
      trouble = mine === found;
    }
    if (mine !== found) return;
    isLooking = false;
    changed();
  }

  function toggle(isOpen) {
    element.hidden = !isOpen;
    set(button, "aria-expanded", String(isOpen));
    if (isOpen) return text.focus();
    filter.clear();
    button.focus();
  }

  const filter = {
    element,
    button,
    get isOn() {
      return found !== null;
    },
    came: (record) => found?.came(record),
    said: (own) => found?.said(own),
    get: (seq) => found?.get(seq),
    found: (last) => found?.upTo(last) ?? null,
    /** Everything begins anew. */
    begin,
    /** All lines are wanted. */
    clear() {
      if (found === null) return;
      [kind.value, text.value] = ["", ""];
      begin();
    },
    note() {
      if (found === null) return "";
      if (isLooking) return `Looking through older events: ${read.toLocaleString("en-GB")} read.`;
      return trouble ? "Older events could not be read. What is shown is what the page has." : "";
    },
    open: () => toggle(true),
    close: () => (found = null),
  };
  return filter;
}
