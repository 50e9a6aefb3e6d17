// The browser for a page of another origin, which the gateway lists in `origins`: addresses are the gateway's, the session's cookie is sent
// along, and what tabs share has the gateway's name in it, so that two gateways on one page do not mix.

import { browserWorld } from "./world.js";

/** `origin`: of the gateway, such as "https://localhost:8443". */
export function worldFor(origin, scope = globalThis) {
  const { locks } = scope.navigator;
  const named = (name) => `${name} ${origin}`;
  return {
    ...browserWorld(scope),
    fetch: (path, options) => scope.fetch(`${origin}${path}`, { ...options, credentials: "include" }),
    socketURL: `${origin.replace(/^http/, "ws")}/ws`,
    SharedWorker: undefined, // Its script would have to be of the page's own origin: a tab leads.
    locks: locks === undefined ? undefined : {
      request: (name, ...rest) => /** @type {any} */ (locks).request(named(name), ...rest),
    },
    BroadcastChannel: scope.BroadcastChannel === undefined ? undefined : class extends scope.BroadcastChannel {
      constructor(name) {
        super(named(name));
      }
    },
  };
}
