// What somebody who reads a list of rows does with it, by wheel, finger, pointer and keys, in the words of the list.

const back = ["PageUp", "Home", "ArrowUp"];

/**
 * Tells what the reader of `element` does: `scrolled()`, by whatever means; `back()`, looks at what came before; `end()`, wants the last row;
 * `arrow(step)`, goes one row up (-1) or down (1). `idle` of what it gives: for how many milliseconds the reader has done nothing.
 * @param {HTMLElement} element
 * @param {{scrolled(): void, back(): void, end(): void, arrow(step: number): void}} on
 */
export function Gestures(element, on) {
  let touched = -Infinity;
  for (const type of ["wheel", "touchstart", "touchmove", "touchend", "pointerdown", "pointermove", "keydown"]) {
    element.addEventListener(type, () => (touched = performance.now()), { passive: true });
  }
  element.addEventListener("scroll", () => on.scrolled(), { passive: true });
  element.addEventListener("wheel", (event) => event.deltaY < 0 && on.back(), { passive: true });
  let finger = 0;
  element.addEventListener("touchstart", (event) => (finger = event.touches[0].clientY), { passive: true });
  element.addEventListener("touchmove", (event) => event.touches[0].clientY > finger && on.back(), { passive: true });
  element.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (back.includes(event.key)) on.back();
    // The browser would go to where the end was when the key was pressed.
    if (event.key === "End") {
      event.preventDefault();
      on.end();
    }
    // The arrow keys go from row to row; all others scroll, as in any window.
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      on.arrow(event.key === "ArrowUp" ? -1 : 1);
    }
  });
  return { get idle() { return performance.now() - touched; } };
}
