// Where there is no SharedWorker: the tab that holds a lock has the hub, the others speak to it over a channel. When that tab goes, the
// lock goes to the next one, which begins a hub of its own; all tabs tell it what they follow, and how far.

import { Hub } from "./hub.js";

const name = "signalbox-hub";

/** `on`: message(message); begun(), whenever there is a hub that has heard nothing yet. */
export function lead(world, on, makeHub = (world) => new Hub(world)) {
  const key = world.newID();
  const channel = new world.BroadcastChannel(name);
  const waiting = new AbortController();
  let hub = null;
  let release = () => {};
  let isClosed = false;

  const answer = (to) => (message) => {
    if (isClosed) return;
    if (to === key) queueMicrotask(() => isClosed || on.message(message));
    else channel.postMessage({ to, message });
  };

  channel.onmessage = ({ data: { to, from, message } }) => {
    if (to === "hub") hub?.heard(from, message, answer(from));
    else if (to === key) on.message(message);
    else if (to === "all" && hub === null) on.begun();
  };

  world.locks.request(name, { signal: waiting.signal }, () => {
    if (isClosed) return undefined;
    hub = makeHub(world);
    channel.postMessage({ to: "all" });
    on.begun();
    return new Promise((resolve) => (release = () => resolve(undefined)));
  }).catch(() => {}); // Closed while it waited.

  return {
    post(message) {
      if (hub === null) channel.postMessage({ to: "hub", from: key, message });
      else hub.heard(key, message, answer(key));
    },
    close() {
      isClosed = true;
      hub?.close();
      hub = null;
      waiting.abort();
      channel.close();
      release();
    },
  };
}
