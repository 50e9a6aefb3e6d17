// A row of a list of records: one link to the record's own address, which opens it here, and a button that copies that address.

import { precise } from "../core/format.js";
import { copyButton } from "./copy.js";
import { h, say, set } from "./dom.js";

/** `link(seq)`: the address of a record; `choose(seq)`: the reader wants to see it. */
export function makeRow(app, { link, choose }) {
  const [time, number, text] = ["time", "seq", "text"].map((name) => h("span", { class: `log-${name}` }));
  const anchor = h("a", { tabindex: -1 }, time, number, text);
  const row = h("div", { class: "log-row" }, anchor);
  const copy = copyButton(app, "Copy link", () => location.origin + link(row.seq), { tabindex: -1 });
  row.append(copy);
  row.parts = { anchor, time, number, text, copy };
  anchor.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || row.seq === null) return;
    event.preventDefault();
    choose(row.seq);
  });
  return row;
}

/** `seq`: null for what the page itself says; `time`: of a record, as it has it; `href`: null where there is nothing to open. */
export function fillRow(row, { seq, time: written, line, href, isMarked, isActive }) {
  const { anchor, time, number, text, copy } = row.parts;
  row.seq = seq;
  say(time, seq === null ? precise(line.at) : written.slice(11, 23));
  say(number, seq === null ? "" : String(seq));
  say(text, line.text);
  set(row, "data-tone", line.tone);
  set(row, "data-mark", isMarked);
  set(anchor, "href", href);
  set(anchor, "aria-current", isMarked && "true");
  set(anchor, "tabindex", isActive && href !== null ? 0 : -1);
  set(copy, "tabindex", isActive ? 0 : -1);
  copy.hidden = href === null;
}
