// The event log of a task.

import { beganAnew, describe, reconnected } from "../core/describe.js";
import { RecordList } from "./record-list.js";

const kinds = {
  trouble: { label: "Warnings and failures", holds: (record, { tone }) => tone === "warn" || tone === "bad" },
  people: { label: "People", holds: ({ kind }) => ["command", "verdict", "question", "answer"].includes(kind) },
  agents: { label: "Agents", holds: ({ kind }) => kind === "event" },
  gateway: { label: "Gateway", holds: ({ kind }) => ["gap", "late", "note"].includes(kind) },
};

/** A part: {element, draw(task, records), close()}, and key(key), show(seq). */
export function EventLog(app, place) {
  const log = new RecordList(app, place, { title: "Events", lineOf: describe, kinds, anew: () => beganAnew(app.clock.now()) });
  // Spoken it is already, for all pages.
  const unlisten = app.onResume(({ text }) => log.say(reconnected(app.clock.now(), text)));
  return {
    element: log.element,
    draw: (task, records) => log.draw(task, records),
    key: (key) => log.key(key),
    show: (seq) => log.show(seq),
    close() {
      unlisten();
      log.close();
    },
  };
}
