// Whether this page is older than the gateway that it talks to.

import { Trouble } from "../net/ask.js";

/** `look()`: asks the gateway, and says so below the bar when it is another version than when the page came. */
export function watchVersion(app, notices) {
  let first = null;
  return async function look() {
    try {
      const { version } = await app.ask("/api/about");
      first ??= version;
      notices.set("version", version === first ? null : {
        title: `This page is older than the server (version ${first}, server ${version})`, text: "Reload to update.",
        action: { text: "Reload", run: () => location.reload() },
      });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error; // Not reached, or not allowed: nothing is known.
    }
  };
}
