// Links from a sentence to what it stands on: a figure, or the row of a tool.

/** An event of the document: what has the id `detail` is to be shown, as it is about to be gone to. */
export const wanted = "wanted";

/** A click handler for all links of the kind `#E1` and `#call-…` in an element. */
export function jumps(event) {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const id = decodeURIComponent(link.hash.slice(1));
  // Whoever has it may not show it just now: it is asked to, before anybody looks for it.
  document.dispatchEvent(new CustomEvent(wanted, { detail: id }));
  const target = document.getElementById(id);
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  history.replaceState(history.state, "", link.hash);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
  const focused = target.matches("figure") ? target : target.querySelector("button, a") ?? target;
  focused.focus({ preventScroll: true });
}
