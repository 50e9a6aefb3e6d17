// Timeline, List or Raw: which of them is shown, and that the address says so.

import { h, set } from "./dom.js";
import { RawView } from "./raw.js";

const names = { timeline: "Timeline", list: "List", raw: "Raw" };

/** `panels`: the elements of timeline and list, which stay on the page; Raw is made when it is asked for. */
export function Views(app, panels, changed) {
  let name = new URLSearchParams(location.search).get("view") ?? "timeline";
  if (!(name in names)) name = "timeline";
  let raw = null;
  const panel = h("div", { class: "views" }, panels.timeline, panels.list);
  const buttons = h("div", { class: "seg", role: "group", "aria-label": "View" },
    Object.entries(names).map(([key, label], index) =>
      h("button", { type: "button", "data-view": key, "aria-keyshortcuts": index + 1, onclick: () => show(key) }, label)));
  mark();

  function mark() {
    for (const button of buttons.children) set(button, "aria-pressed", String(button.dataset.view === name));
    if (raw !== null) raw.element.hidden = name !== "raw";
  }

  function show(next) {
    if (next === name) return;
    name = next;
    const query = new URLSearchParams(location.search);
    if (name === "timeline") query.delete("view");
    else query.set("view", name);
    const rest = query.toString();
    history.replaceState(history.state, "", `${location.pathname}${rest && `?${rest}`}${location.hash}`);
    mark();
    changed();
  }

  return {
    buttons, panel, show,
    get name() { return name; },
    is: (other) => name === other,
    drawRaw(task, records) {
      if (raw === null) panel.append((raw = RawView(app, { id: task.id })).element);
      raw.draw(task, records);
    },
    key(key) {
      // The records have keys of their own while the reader is in them.
      if (name === "raw" && raw?.element.contains(document.activeElement) && raw.key(key)) return true;
      const next = Object.keys(names)[Number(key) - 1];
      if (!/^[123]$/.test(key) || next === undefined) return false;
      show(next);
      return true;
    },
    close: () => raw?.close?.(),
  };
}
