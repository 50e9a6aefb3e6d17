// One record in full, under the list that it was chosen from.

import { instant } from "../core/format.js";
import { copyButton } from "./copy.js";
import { h, say } from "./dom.js";

// More than that nobody reads, and the browser would take seconds to lay it out.
const most = 100_000;

/** `closed()`: the reader is done with it. `link(seq)`: its address. */
export function RecordDetail(app, { link, closed }) {
  let record = null;
  const title = h("h3", {});
  const text = h("p", {});
  const more = h("p", { class: "muted" });
  const body = h("pre", { class: "mono", tabindex: 0, "aria-label": "The record as it was received" });
  const close = h("button", { type: "button", class: "button small quiet", onclick: closed }, "Close");
  const element = h("div", { class: "log-detail", role: "region", "aria-label": "Chosen event", hidden: true },
    h("div", { class: "log-detail-head" }, title,
      copyButton(app, "Copy link", () => location.origin + link(record.seq)),
      copyButton(app, "Copy JSON", () => JSON.stringify(record, null, 2)),
      close),
    text, body, more);
  return {
    element,
    close,
    get seq() {
      return element.hidden ? null : record.seq;
    },
    open(next, line) {
      record = next;
      const json = JSON.stringify(record, null, 2);
      say(title, `Event ${record.seq.toLocaleString("en-GB")}, ${instant(new Date(record.time))}, from ${record.origin}`);
      say(text, line);
      say(body, json.slice(0, most));
      say(more, json.length <= most ? "" : `These are the first ${most.toLocaleString("en-GB")} of ` +
        `${json.length.toLocaleString("en-GB")} characters. Copy JSON takes all of them.`);
      more.hidden = json.length <= most;
      text.hidden = line === "";
      body.scrollTop = 0;
      element.hidden = false;
    },
    hide() {
      element.hidden = true;
    },
  };
}
