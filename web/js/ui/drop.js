// A button of the bar with a sheet below it: opened and closed by the button, closed by Escape and by what is pressed elsewhere.

import { h, set } from "./dom.js";

let count = 0;

/** {element, button, sheet, close()}. `fill(sheet)` is called whenever it is opened. */
export function Drop(button, fill, className = "") {
  const id = `sheet-${++count}`;
  const sheet = h("div", { class: "card sheet", id, hidden: true });
  const element = h("div", { class: `drop ${className}` }, button, sheet);
  set(button, "aria-expanded", "false");
  set(button, "aria-controls", id);
  function turn(isOpen) {
    if (isOpen) fill(sheet);
    sheet.hidden = !isOpen;
    set(button, "aria-expanded", String(isOpen));
  }
  button.addEventListener("click", () => turn(sheet.hidden));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || sheet.hidden) return;
    event.stopPropagation();
    turn(false);
    button.focus();
  });
  document.addEventListener("pointerdown", (event) => sheet.hidden || element.contains(event.target) || turn(false));
  sheet.addEventListener("click", (event) => event.target.closest("a") && turn(false));
  return { element, button, sheet, close: () => turn(false) };
}
