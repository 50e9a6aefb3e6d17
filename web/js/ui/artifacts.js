// What agents other than ours have made: text as text, data as JSON, files to take away. What comes in pieces grows as it comes.

import { bytesOf, safeName } from "../core/download.js";
import { bytes } from "../core/format.js";
import { array, object, text } from "../core/read.js";
import { clean } from "../chart/text.js";
import { h, list, say } from "./dom.js";
import { save } from "./save.js";

/** Those that have cards of their own. */
const known = new Set(["figures", "decision", "report", "suspicion-report"]);
const longest = 200_000;

export function Artifacts() {
  const items = h("ul", { class: "artifacts" });
  const element = h("section", { class: "card", "aria-labelledby": "artifacts-title", hidden: true },
    h("header", {}, h("h2", { id: "artifacts-title" }, "Artifacts")), items);

  function draw(task) {
    const isOurs = task.artifacts.has("decision") || task.artifacts.has("figures");
    const others = [...task.artifacts.values()].filter(({ id }) => !isOurs || !known.has(id));
    element.hidden = others.length === 0;
    list(items, others, ({ id }) => id, make, (item, artifact) => update(item, artifact, task.final));
  }
  return { element, draw };
}

function make() {
  return h("li", {}, h("h3"), h("p", { class: "muted" }), h("div", { class: "parts" }));
}

function update(item, artifact, isEnd) {
  const state = artifact.isWhole ? "" : isEnd ? " (not finished)" : " (still coming)";
  const stamp = `${artifact.seq} ${artifact.parts.length} ${state}`;
  if (item.dataset.stamp === stamp) return;
  item.dataset.stamp = stamp;
  const [name, about, parts] = item.children;
  say(name, `${clean(artifact.name || artifact.id, 200)}${state}`);
  say(about, clean(artifact.description, 500));
  about.hidden = artifact.description === "";
  list(parts, joined(artifact.parts), ({ index, kind }) => `${index} ${kind}`, makePart, updatePart);
}

/** Pieces of text that follow each other are one text. */
function joined(parts) {
  const all = [];
  for (const part of array(parts).map(object)) {
    const last = all.at(-1);
    if (typeof part.text === "string") {
      if (last?.kind === "text") last.pieces.push(part.text);
      else all.push({ index: all.length, kind: "text", pieces: [part.text] });
    } else if (part.data !== undefined) all.push({ index: all.length, kind: "data", part });
    else all.push({ index: all.length, kind: "file", part });
  }
  return all;
}

function makePart({ kind }) {
  return kind === "file" ? h("p") : h("pre", { class: "mono", tabindex: 0 });
}

function updatePart(element, { kind, pieces, part }) {
  if (kind !== "file") {
    const whole = kind === "text" ? pieces.join("") : JSON.stringify(part.data, null, 2);
    return say(element, whole.length > longest ? `${whole.slice(0, longest)}\n… ${bytes(whole.length - longest)} more` : whole);
  }
  if (element.childElementCount > 0) return;
  const name = safeName(text(part.filename)) || "file";
  const content = typeof part.raw === "string" ? bytesOf(part.raw) : null;
  if (content !== null) {
    const type = text(part.mediaType) || "application/octet-stream";
    element.append(h("button", { type: "button", class: "button small", onclick: () => save({ name, type, text: content }) },
      `Download ${name}`),
      h("span", { class: "muted" }, ` ${bytes(content.length)}`));
  } else {
    // An address that an agent gave is told, not followed.
    element.append(text(part.url) === "" ? "A part without content." : `${name}: `,
      h("span", { class: "mono" }, clean(text(part.url), 500)));
  }
}
