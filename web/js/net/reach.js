// The way to the hub: a SharedWorker, else the tab that leads, else a hub of this tab's own.

import { stayAlone } from "./alone.js";
import { lead } from "./leader.js";
import { workerURL } from "./trusted.js";

const patience = 5000;

/** `on`: message(message); begun(), when there is another hub, which has to be told everything. */
export function reachHub(world, on) {
  if (world.SharedWorker === undefined) return within(world, on);
  let way = null;
  let isClosed = false;

  function fallBack() {
    world.never(timer);
    if (isClosed || way !== worker) return;
    worker.close();
    way = within(world, on);
    on.begun();
  }

  const worker = shared(world, {
    message(message) {
      world.never(timer);
      if (way === worker) on.message(message);
    },
    failed: () => queueMicrotask(fallBack),
  });
  way = worker;
  // A worker whose script could not be had says nothing, in some browsers not even that it failed.
  const timer = world.later(fallBack, patience);
  return {
    post: (message) => way.post(message),
    close() {
      isClosed = true;
      world.never(timer);
      way.close();
    },
  };
}

function within(world, on) {
  const canLead = world.locks !== undefined && world.BroadcastChannel !== undefined;
  return canLead ? lead(world, on) : stayAlone(world, on);
}

function shared(world, on) {
  let worker;
  try {
    worker = new world.SharedWorker(workerURL(world), { type: "module", name: "signalbox" });
  } catch {
    on.failed();
    return { post() {}, close() {} };
  }
  worker.onerror = on.failed;
  worker.port.onmessage = ({ data }) => on.message(data);
  return {
    post: (message) => worker.port.postMessage(message),
    close: () => worker.port.close(),
  };
}
