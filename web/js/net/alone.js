// Where there are no locks either: a hub in each tab, without connections while the tab is hidden, because a browser has only six.

import { Hub } from "./hub.js";

export function stayAlone(world, on, makeHub = (world) => new Hub(world)) {
  const key = "tab";
  const hub = makeHub(world);
  const document = world.page?.document;
  const isHidden = () => document?.visibilityState === "hidden";
  let isClosed = false;
  const answer = (message) => queueMicrotask(() => isClosed || on.message(message));

  function turn() {
    if (isHidden()) hub.leave(key);
    else on.begun();
  }
  document?.addEventListener("visibilitychange", turn);

  return {
    post(message) {
      if (!isHidden()) hub.heard(key, message, answer);
    },
    close() {
      isClosed = true;
      document?.removeEventListener("visibilitychange", turn);
      hub.close();
    },
  };
}
