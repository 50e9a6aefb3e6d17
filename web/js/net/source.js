// One event stream, read with fetch. The browser's own EventSource hides three things that are needed here: the status of an answer, the
// comments by which a quiet stream is told from a dead one, and how long the server asks to wait (`retry`).

import { EventParser } from "./event-parser.js";

/**
 * Opens a stream. `on.event({type, id, data})`; `on.alive()` for every piece that comes, heartbeats included; `on.end({status,
 * retryAfter, retry})` once, with status 0 when there was no answer, and times in milliseconds. Nothing is said after `close()`.
 * `retry`: what the server has asked for by now.
 */
export function openSource(world, path, on) {
  const abort = new AbortController();
  const parser = new EventParser();
  let isClosed = false;

  async function read() {
    const headers = { accept: "text/event-stream" };
    const options = { headers, cache: "no-store", redirect: "error", signal: abort.signal };
    // Only what the line does is caught: what a handler throws is a fault of this program, and has to be seen.
    const response = await world.fetch(path, options).catch(() => null);
    if (isClosed) return;
    if (response === null) return end({ status: 0 });
    if (response.status !== 200) {
      const retryAfter = (Number(response.headers.get("retry-after")) || 0) * 1000;
      end({ status: response.status, retryAfter });
      abort.abort(); // The refusal's body is of no use here.
      return;
    }
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    while (!isClosed) {
      const { done, value, isBroken } = await reader.read().catch(() => ({ isBroken: true }));
      if (isClosed) return;
      if (isBroken) return end({ status: 0 });
      if (done) return end({ status: 200 });
      on.alive();
      for (const event of parser.feed(decoder.decode(value, { stream: true }))) {
        if (!isClosed) on.event(event);
      }
    }
  }

  function end({ status, retryAfter = 0 }) {
    if (isClosed) return;
    isClosed = true;
    on.end({ status, retryAfter, retry: parser.retry ?? 0 });
  }

  read();
  return {
    close() {
      isClosed = true;
      abort.abort();
    },
    get retry() {
      return parser.retry ?? 0;
    },
  };
}
