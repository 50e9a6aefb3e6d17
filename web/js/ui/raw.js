// The records of a task as the gateway gave them.

import { RecordList } from "./record-list.js";

const kinds = Object.fromEntries(Object.entries({
  event: "Events of agents", command: "Commands", verdict: "Verdicts", question: "Questions", answer: "Answers", gap: "Gaps",
  late: "Late events", note: "Notes",
}).map(([name, label]) => [name, { label, holds: ({ kind }) => kind === name }]));

// The beginnings of records, as lines: some records are a megabyte.
const lines = new WeakMap();

function lineOf(record) {
  let line = lines.get(record);
  if (line === undefined) {
    const { kind, origin, data } = record;
    line = { tone: "plain", text: JSON.stringify({ kind, origin, data }).slice(0, 300) };
    lines.set(record, line);
  }
  return line;
}

/** A part: {element, draw(task, records), close()}, and key(key), show(seq). `task`: its id. */
export function RawView(app, { id }) {
  const textOf = (record) => JSON.stringify(record);
  return new RecordList(app, { id }, { title: "Raw records", kinds, lineOf, textOf, hasDetailText: false });
}
