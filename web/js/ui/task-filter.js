// The filters of the list of tasks.

import { taskStatus } from "../core/status.js";
import { h } from "./dom.js";

const states = ["submitted", "working", "input-required", "auth-required", "completed", "failed", "canceled", "rejected"];
const none = { state: "", agent: "", type: "", text: "" };

/** `changed(filter)`. Gives {element, draw({agents, types}), set(filter), clear(), focus()}. */
export function FilterBar(filter, changed) {
  let now = { ...filter };
  const text = h("input", { class: "input", type: "search", "aria-label": "Filter by text", placeholder: "Title, trader, owner, id", maxlength: 200 });
  const selects = {
    state: chooser("state", "All states", states.map((name) => [name, taskStatus(name).word])),
    agent: chooser("agent", "All agents"),
    type: chooser("type", "All types"),
  };
  text.addEventListener("input", () => take("text", text.value.trim()));
  const element = h("div", { class: "task-filter", role: "search", "aria-label": "Tasks" }, text, Object.values(selects));

  function chooser(name, all, options = []) {
    const select = h("select", { class: "input", "aria-label": `Filter by ${name}`, onchange: () => take(name, select.value) }, h("option", { value: "" }, all));
    offer(select, options);
    return select;
  }

  function take(name, value) {
    now = { ...now, [name]: value };
    changed(now);
  }

  function show() {
    text.value = now.text;
    for (const [name, select] of Object.entries(selects)) {
      if (![...select.options].some(({ value }) => value === now[name])) offer(select, [[now[name], now[name]]]);
      select.value = now[name];
    }
  }

  show();
  return {
    element,
    draw({ agents, types }) {
      // What is on offer stays while somebody chooses.
      for (const [name, values] of [["agent", agents], ["type", types]]) {
        const select = selects[name];
        offer(select, values.map((value) => [value, value]));
        select.hidden = name === "type" && select.options.length < 2;
      }
    },
    set(filter) {
      now = { ...filter };
      show();
    },
    clear() {
      now = { ...none };
      show();
      changed(now);
    },
    focus() {
      text.focus();
      text.select();
      return true;
    },
  };
}

/** Adds the options that are not there yet. */
function offer(select, options) {
  const there = new Set([...select.options].map(({ value }) => value));
  for (const [value, text] of options) if (!there.has(value)) select.append(h("option", { value }, text));
}
