// The SharedWorker: one hub for all tabs of this browser.

import { Hub } from "./hub.js";
import { browserWorld } from "./world.js";

/** Connects every port that `scope` is given. */
export function serve(scope, hub) {
  let count = 0;
  scope.addEventListener("connect", ({ ports: [port] }) => {
    const key = `tab-${++count}`;
    port.onmessage = ({ data }) => hub.heard(key, data, (message) => port.postMessage(message));
  });
}

if (globalThis.SharedWorkerGlobalScope !== undefined) serve(globalThis, new Hub(browserWorld()));
