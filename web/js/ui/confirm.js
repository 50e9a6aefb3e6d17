// A question whose answer is yes or no.

import { confirm as ask } from "./dialog.js";

/** Asks, and gives whether the answer was yes. Escape is no. */
export async function confirm({ title, text, yes, no }) {
  return (await ask({ title, text, action: yes, keep: no, danger: true })) !== null;
}
