// What a task has made, whole or piece by piece. Pure.

import { array, isObject, object, text, textOrNull } from "./read.js";

export function foldArtifact(task, update, { seq, at }) {
  const artifact = object(update.artifact);
  const id = textOrNull(artifact.artifactId);
  if (id === null) return;
  const parts = array(artifact.parts).filter(isObject);
  const known = task.artifacts.get(id);
  const isWhole = update.append === true ? update.lastChunk === true : update.lastChunk !== false;
  if (update.append === true && known) {
    for (const part of parts) known.parts.push(part);
    Object.assign(known, { seq, at, isWhole });
    return;
  }
  task.artifacts.set(id, {
    id, name: text(artifact.name) || known?.name || id, description: text(artifact.description) || known?.description || "",
    parts, seq, at, isWhole,
  });
}

/** Nothing more comes. */
export function wholeAtEnd(task) {
  for (const artifact of task.artifacts.values()) artifact.isWhole = true;
}
