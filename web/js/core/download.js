// What of a task can be kept as a file: {label, name, type, text}. Pure.

import { array, object, text } from "./read.js";

const known = [
  ["decision", "Decision, JSON"], ["suspicion-report", "Suspicion report, JSON"], ["report", "Report, HTML"], ["figures", "Figures, JSON"],
];

/** The artifacts that our agents make, as far as they are there and whole. */
export function filesOf(task) {
  return known.flatMap(([id, label]) => {
    const artifact = task?.artifacts.get(id);
    return artifact?.isWhole ? [{ label, ...fileOf(artifact, task.id) }] : [];
  });
}

/** A whole artifact as one file. */
export function fileOf(artifact, task) {
  const parts = array(artifact.parts).map(object);
  const named = text(parts.find(({ filename }) => text(filename) !== "")?.filename);
  const words = parts.map((part) => text(part.text)).join("");
  const data = parts.filter((part) => part.data !== undefined).map(({ data }) => data);
  const type = text(parts[0]?.mediaType) || (data.length > 0 ? "application/json" : "text/plain");
  const body = data.length > 0 && words === "" ? JSON.stringify(data.length === 1 ? data[0] : data, null, 2) : words;
  const ending = type === "text/html" ? "html" : data.length > 0 ? "json" : "txt";
  return { name: safeName(named) || `${safeName(artifact.id) || "artifact"}-${task}.${ending}`, type, text: body };
}

/** Without ways to other folders, and nothing that hides in a name. */
export function safeName(name) {
  return name.replace(/^.*[/\\]/, "").replace(/[^\w.,() +-]/g, "_").replace(/^\.+/, "").slice(0, 120);
}

/** The bytes of base64, or null where it is none. */
export function bytesOf(raw) {
  try {
    return Uint8Array.from(atob(raw), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}
