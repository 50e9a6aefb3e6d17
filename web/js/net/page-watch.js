// What becomes of the page, as far as its connection goes: looked at, online again, left, and come back to.

/** `on`: seen(), online(), left(), back(). Gives a function that ends it. */
export function watchPage(page, on) {
  if (page === null) return () => {};
  const listeners = [
    [page.document, "visibilitychange", () => page.document.visibilityState === "visible" && on.seen()],
    [page, "online", () => on.online()],
    [page, "pagehide", () => on.left()],
    // Kept by the browser, as it was, and shown again.
    [page, "pageshow", ({ persisted }) => persisted && on.back()],
  ];
  for (const [target, name, handler] of listeners) target.addEventListener(name, handler);
  return () => listeners.forEach(([target, name, handler]) => target.removeEventListener(name, handler));
}
