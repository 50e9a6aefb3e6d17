// Gives the reader a file.

import { h } from "./dom.js";

/** @param {{name: string, type: string, text: string | Uint8Array}} file */
export function save({ name, type, text }) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // Not at once: the browser may still be at reading it.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
