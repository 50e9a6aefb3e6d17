// Where alerts come from: dropped and chosen files, pasted text, and the gateway's samples.

import { Trouble } from "../net/ask.js";
import { bytes } from "../core/format.js";
import { h } from "./dom.js";

/** `{element, samples, close()}`. `add(files)` and `addText(name, text)` take what was given; `begin(files)` starts it as well. */
export function AlertSources(app, { add, addText, begin }) {
  const input = /** @type {HTMLInputElement} */ (h("input", {
    type: "file", multiple: true, accept: ".xml,application/xml,text/xml", hidden: true, "aria-label": "Alert files",
    onchange() {
      add([...input.files]);
      input.value = ""; // The same file may be chosen again.
    },
  }));
  const area = /** @type {HTMLTextAreaElement} */ (h("textarea", { class: "inp mono", id: "paste", rows: 5, spellcheck: "false" }));
  const pasteNote = h("p", { class: "wrong", id: "paste-note", role: "alert" });
  const zone = h("div", { class: "drop-zone" },
    h("p", { class: "drop-word" }, "Drop alert files here"),
    h("p", { class: "hint" }, "XML, up to 1 MB each. Several at once, or pasted with Ctrl+V."),
    h("button", { class: "button primary", type: "button", onclick: () => input.click() }, "Choose files"), input);
  const paste = h("details", { class: "paste" }, h("summary", {}, "Paste the text of an alert"),
    h("label", { class: "hidden", for: area.id }, "Text of the alert"), area, pasteNote,
    h("button", { class: "button small", type: "button", onclick: usePasted }, "Add to the list"));
  const element = h("section", { class: "card sources", "aria-label": "Choose alerts" }, zone, paste);
  const samples = h("section", { class: "card samples", "aria-labelledby": "samples-title", hidden: true });

  function usePasted() {
    if (area.value.trim() === "") {
      pasteNote.textContent = "Paste the alert into the field first.";
      area.focus();
      return;
    }
    pasteNote.textContent = "";
    addText("pasted.xml", area.value);
    area.value = "";
  }

  async function loadSamples() {
    let found;
    try {
      found = (await app.ask("/api/samples"))?.samples;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      return; // A gateway without samples has none to show.
    }
    if (!Array.isArray(found) || found.length === 0) return;
    const note = h("p", { class: "wrong", role: "alert" });
    samples.replaceChildren(h("header", {}, h("h2", { id: "samples-title" }, "Sample alerts"), h("span", { class: "muted" }, "a click starts one")),
      h("ul", {}, found.map((sample) => h("li", {}, h("button", { type: "button", class: "sample", "data-sample": sample.name, onclick: () => useSample(sample, note) },
        h("b", {}, sample.title || sample.name), h("span", { class: "muted" }, ` ${bytes(Number(sample.size) || 0)}`),
        h("span", { class: "line" }, sample.description ?? ""))))), note);
    samples.hidden = false;
  }

  async function useSample({ name }, note) {
    try {
      const answer = await fetch(`/api/samples/${encodeURIComponent(name)}`, { redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      note.textContent = "";
      begin([new File([await answer.blob()], /\.xml$/i.test(name) ? name : `${name}.xml`)]);
    } catch {
      note.textContent = `${name} could not be loaded. Try again.`;
    }
  }

  // Files may be dropped anywhere on the page: beside the zone, the browser would leave the page to show them.
  function over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  }
  function out(event) {
    if (event.relatedTarget === null) zone.classList.remove("over");
  }
  function dropped(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.remove("over");
    add([...event.dataTransfer.files]);
  }
  /** @type {[string, (event: any) => void][]} */
  const events = [["dragover", over], ["dragleave", out], ["drop", dropped]];
  for (const [type, handler] of events) document.addEventListener(type, handler);
  loadSamples();
  return {
    element, samples,
    close() {
      for (const [type, handler] of events) document.removeEventListener(type, handler);
    },
  };
}
