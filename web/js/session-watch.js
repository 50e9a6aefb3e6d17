// The stream at /api/session/stream, on which the gateway says what becomes of this session. Open only while the page is looked at,
// because a browser connects to one server no more than six times.

const path = "/api/session/stream";
const patience = 15_000;

/** `report` is told events of core/session-state.js, and `{type: "lost"}` when the stream was refused. */
export function watchSession(report, { Source = globalThis.EventSource, later = setTimeout, never = clearTimeout } = {}) {
  let source = null;
  let timer = null;

  function close() {
    source?.close();
    source = null;
    never(timer);
    timer = null;
  }

  function open() {
    if (source !== null || timer !== null) return;
    source = new Source(path);
    listen("expiring", ({ at }) => ({ type: "expiring", at: new Date(at) }));
    listen("refreshed", () => ({ type: "refreshed" }));
    listen("crowded", ({ streams, limit }) => ({ type: "crowded", streams, limit }));
    listen("bye", ({ reason }) => ({ type: "bye", reason }));
    source.addEventListener("error", () => {
      // A connection that was lost is made again by the browser; one that was refused is not.
      if (source?.readyState !== 2) return;
      close();
      timer = later(() => {
        timer = null;
        open();
      }, patience);
      report({ type: "lost" });
    });
  }

  function listen(name, read) {
    source.addEventListener(name, ({ data }) => {
      let event;
      try {
        event = read(JSON.parse(data));
      } catch {
        return; // Of a newer gateway: what this page cannot read, it leaves alone.
      }
      report(event);
    });
  }

  return { open, close };
}
