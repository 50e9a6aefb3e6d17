// Members of values that others made: each reader gives what it should, or nothing. Pure, and none of them throws.

/** The value itself, if it is an object that has members; else one that has none. */
export function object(value) {
  return isObject(value) ? value : nothing;
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const nothing = Object.freeze({});

export function array(value) {
  return Array.isArray(value) ? value : [];
}

/** @returns {string} */
export function text(value) {
  return typeof value === "string" ? value : "";
}

/** @returns {string | null} */
export function textOrNull(value) {
  return typeof value === "string" && value !== "" ? value : null;
}

/** @returns {number | null} */
export function numberOrNull(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/**
 * A count: 0, 1, 2, …
 * @returns {number | null}
 */
export function countOrNull(value) {
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/**
 * Milliseconds since 1970 of a time as the gateway writes it.
 * @returns {number | null}
 */
export function timeOrNull(value) {
  if (typeof value !== "string") return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/** What the text parts of a message or an artifact say together. */
export function partsText(holder) {
  return array(object(holder).parts).map((part) => text(object(part).text)).filter((words) => words !== "").join("\n");
}

const states = new Set([
  "submitted", "working", "input-required", "auth-required", "completed", "failed", "canceled", "rejected",
]);

/** "input-required" of TASK_STATE_INPUT_REQUIRED; null for what is no state. */
export function stateOrNull(value) {
  const name = text(value).replace(/^TASK_STATE_/, "").toLowerCase().replaceAll("_", "-");
  return states.has(name) ? name : null;
}

export function isFinal(state) {
  return state === "completed" || state === "failed" || state === "canceled" || state === "rejected";
}
