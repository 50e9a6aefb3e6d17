// Where the first rows of the list of tasks are kept over a reload (core/saved-tasks.js), and how they go with whoever saw them.

export const savedRows = "signalbox-tasks";

export function forgetRows(storage = () => globalThis.sessionStorage) {
  try {
    storage().removeItem(savedRows);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
