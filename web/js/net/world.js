// What the modules here need of a browser, in one place, so that tests can give them another.

/** The browser as it is, in a page or in a worker. */
export function browserWorld(scope = globalThis) {
  const { location } = scope;
  return {
    // Not performance.now(): in some browsers it stands still while the computer sleeps, and sleep is what has to be noticed.
    now: () => Date.now(),
    later: (run, delay) => setTimeout(run, delay),
    never: (timer) => clearTimeout(timer),
    random: () => Math.random(),
    newID: () => scope.crypto.randomUUID(),
    fetch: (path, options) => scope.fetch(path, options),
    socketURL: `${location.protocol === "http:" ? "ws" : "wss"}://${location.host}/ws`,
    locks: scope.navigator.locks,
    WebSocket: scope.WebSocket,
    SharedWorker: scope.SharedWorker,
    BroadcastChannel: scope.BroadcastChannel,
    trustedTypes: scope.trustedTypes,
    page: scope.document === undefined ? null : scope,
  };
}
