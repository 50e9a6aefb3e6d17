// Which key does what. Pure; the time is handed in.

const patience = 1500;

/** Those that work on every page, then those that the page itself takes. `keys` is what is shown and, joined, what is pressed. */
export const keyList = [
  { keys: ["?"], text: "Keys and legend", action: "help" },
  { keys: ["g", "t"], text: "Go to tasks", path: "/" },
  { keys: ["g", "n"], text: "Go to new alert", path: "/new" },
  { keys: ["g", "a"], text: "Go to agents", path: "/agents" },
  { keys: ["g", "o"], text: "Go to operations", path: "/ops" },
  { keys: ["t"], text: "Change the theme", action: "theme" },
  { keys: ["/"], text: "Filter the list", where: "Tasks" },
  { keys: ["j"], text: "Next row", where: "Tasks, one task" },
  { keys: ["k"], text: "Previous row", where: "Tasks, one task" },
  { keys: ["Enter"], text: "Open or close the row", where: "Tasks, one task" },
  { keys: ["a"], text: "Go to the question", where: "Tasks, one task" },
  { keys: ["Ctrl", "Enter"], text: "Send the answer", where: "In a question" },
  { keys: ["e"], text: "Next error", where: "One task" },
  { keys: ["c"], text: "Cancel, asks first", where: "One task" },
  { keys: ["f"], text: "Follow the events, on or off", where: "One task" },
  { keys: ["End"], text: "Latest event", where: "One task" },
  { keys: ["1"], text: "Timeline", where: "One task" },
  { keys: ["2"], text: "List", where: "One task" },
  { keys: ["3"], text: "Raw", where: "One task" },
  { keys: ["Esc"], text: "Close what is open", where: "Everywhere" },
];

/** Keys of two strokes, `g t`, and of one. */
export class Keys {
  #first = null;
  #until = 0;

  /** What to do: {path}, {action}, {isBegun: true} after the first of two, or null: it is the page's. */
  press(key, now) {
    const first = now <= this.#until ? this.#first : null;
    this.#first = null;
    const found = keyList.find(({ keys, path, action }) => (path ?? action) !== undefined && keys.join(" ") === [first, key].filter(Boolean).join(" "));
    if (found !== undefined) return found;
    if (first === null && keyList.some(({ keys, path }) => path !== undefined && keys[0] === key)) {
      this.#first = key;
      this.#until = now + patience;
      return { isBegun: true };
    }
    return null;
  }
}

/** Whether a key that was pressed there is somebody's writing and none of ours. */
export function isWriting({ tagName = "", type = "", isContentEditable = false } = {}) {
  if (isContentEditable || tagName === "TEXTAREA" || tagName === "SELECT") return true;
  return tagName === "INPUT" && !["checkbox", "radio", "button", "submit", "reset", "range", "file"].includes(type);
}
