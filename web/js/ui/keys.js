// Keys that were pressed outside of inputs: to the shell first, then to the page.

import { Keys, isWriting } from "../core/keys.js";

const key = "signalbox-keys";
let isOn = stored();

function stored() {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true;
  }
}

export const areKeysOn = () => isOn;

export function setKeysOn(value) {
  isOn = value;
  try {
    localStorage.setItem(key, value ? "on" : "off");
  } catch {
    // Storage is switched off: it lasts as long as the page.
  }
}

/** `on`: go(path), act(action), page(key, event) → whether the page took it. */
export function listenToKeys(on) {
  const keys = new Keys();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isWriting(/** @type {HTMLElement} */ (event.target)) || document.querySelector("dialog[open]")) return;
    // Escape and the keys that every page has anyway are not ours to switch off.
    if (!isOn && event.key.length === 1) return;
    const found = keys.press(event.key, performance.now());
    if (found === null ? !on.page(event.key, event) : false) return;
    event.preventDefault();
    if (found?.path) on.go(found.path);
    else if (found?.action) on.act(found.action);
  });
}
