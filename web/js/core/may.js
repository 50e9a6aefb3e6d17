// What somebody may do, as the gateway's documents say it: the session's, of anything at all, and a task's, of that one. Pure.

/**
 * Of a task of which nothing was said.
 * @type {import("../types.js").TaskRights}
 */
export const nothing = Object.freeze({ may: Object.freeze([]), pausable: false });

/**
 * Whether a document says that whoever asked for it may do this. What says nothing lets nothing: the gateway would refuse it.
 * @param {{may?: any} | null | undefined} document
 * @param {string} word an action of the policy, of the session's document; a command, or `submit`, of a task's.
 */
export function may(document, word) {
  const words = document?.may;
  return Array.isArray(words) && words.includes(word);
}

/**
 * The rights in a task's document.
 * @param {any} document
 * @returns {import("../types.js").TaskRights}
 */
export function rightsOf(document) {
  const words = Array.isArray(document?.may) ? document.may.filter((word) => typeof word === "string") : [];
  return { may: words, pausable: document?.pausable === true };
}
