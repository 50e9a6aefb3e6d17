// What a sign-in link leads to, as words. Pure.

/**
 * What stands behind the # of the address: `{kind: "link", token}`, `{kind: "none"}`, or `{kind: "mangled"}` when that can be no
 * sign-in link, as when a line's end was lost on the way.
 */
export function linkIn(hash) {
  const token = hash.replace(/^#/, "");
  if (token === "") return { kind: "none" };
  return /^[A-Za-z0-9_-]{20,200}$/.test(token) ? { kind: "link", token } : { kind: "mangled" };
}

/** What to say about a link that did not open a session; `canRetry`: trying the same link once more may help. */
export function refusalWords({ status, detail, message, retryAfter }) {
  const seconds = Math.max(1, retryAfter);
  if (status === 0) return { state: "offline", title: "The gateway could not be reached", text: message, canRetry: true };
  if (status === 400 || status === 401) {
    return {
      state: "refused",
      title: "This link does not work any more",
      text: "A sign-in link works once, and only for a few minutes. This one was used already, is too old, or is not complete.",
      canRetry: false,
    };
  }
  if (status === 403) {
    return { state: "refused", title: "You may not come in", text: detail || "The gateway knows nobody by this link.", canRetry: false };
  }
  if (status === 429) {
    return { state: "busy", title: "Too many tries", text: `The gateway takes more in ${seconds} s. The link is still good.`, canRetry: true };
  }
  return { state: "offline", title: "The gateway could not sign you in", text: detail || message, canRetry: true };
}
