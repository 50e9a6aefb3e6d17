// The numbers of the operations page, each with its last ten minutes, and all of those as a table.

import { latency, milliseconds } from "../core/agents.js";
import { bytes, count, number, time } from "../core/format.js";
import { condensed, rate, rateText, requests, series, times } from "../core/rates.js";
import { numberOrNull, object } from "../core/read.js";
import { h } from "./dom.js";
import { SparkTile } from "./spark.js";

const whole = (value) => (value === null ? "–" : number(Math.round(value)));

const perSecond = (now, before, read) => rateText(rate(before, now, read));

/** `value` and `detail` of the newest document, and the one before it; `name`: of the history's series. */
const tiles = [
  {
    label: "Running tasks", name: "tasksRunning", describe: whole, value: ({ tasks }) => whole(tasks.running),
    detail: ({ tasks: { ended } }) => `${whole(ended.completed)} completed, ${whole(ended.failed)} failed since the start`,
  },
  { label: "Waiting for a place", name: "tasksWaiting", describe: whole, value: ({ tasks }) => whole(tasks.waiting), detail: () => "" },
  { label: "Open questions", name: "questionsOpen", describe: whole, value: ({ tasks }) => whole(tasks.questionsOpen), detail: () => "" },
  {
    label: "Connections", name: "connections", describe: whole, value: ({ connections }) => whole(connections.open),
    detail: ({ connections }) => transports(connections.byTransport),
  },
  {
    label: "Events per second", name: "eventsPerSecond", describe: rateText,
    value: (now, before) => perSecond(now, before, ({ events }) => events),
    detail: ({ counters }) => `${number(counters.events)} handed out since the start`,
  },
  {
    label: "Requests per second", name: "requestsPerSecond", describe: rateText, value: (now, before) => perSecond(now, before, requests),
    detail: ({ counters }) => `${number(requests(counters))} answered since the start`,
  },
  {
    label: "Commit p95", name: "commitP95", describe: milliseconds, value: ({ journal }) => milliseconds(journal.commit?.p95 ?? null),
    detail: ({ journal }) => latency(journal.commit) || "Nothing was committed yet",
  },
  {
    label: "Hub queue", name: "hubQueue", describe: whole, value: ({ hub }) => whole(hub.queue),
    detail: ({ hub }) => `${count(hub.overflows, "overflow")}, ${count(hub.slowReaders, "slow reader")}`,
  },
];

const kinds = { sse: "SSE", webSocket: "WebSocket", http: "HTTP", a2a: "A2A" };

function transports(numbers) {
  return Object.entries(object(numbers)).map(([name, value]) => `${kinds[name] ?? name} ${whole(numberOrNull(value))}`).join(", ");
}

/** {element, draw(document)}. */
export function OpsTiles() {
  const drawn = tiles.map((tile) => ({ ...tile, part: SparkTile(tile.label) }));
  const table = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "The last ten minutes" });
  const twin = h("details", { class: "card twin" }, h("summary", {}, "The last ten minutes as a table"), table);
  let newest = null;
  let before = null;
  const draw = () => {
    if (twin.open) table.replaceChildren(historyTable(newest.history));
  };
  twin.addEventListener("toggle", draw);
  return {
    element: h("div", { class: "ops-numbers" }, h("div", { class: "tiles" }, drawn.map(({ part }) => part.element)), twin),
    draw(document) {
      [before, newest] = [newest, document];
      for (const { part, value, detail, name, describe } of drawn) {
        part.draw({ value: value(newest, before), detail: detail(newest), values: series(newest.history, name), describe });
      }
      draw();
    },
  };
}

// One row for half a minute: 120 rows of eight numbers are no table for people.
function historyTable(history) {
  const every = 6;
  const columns = tiles.map(({ name, ...tile }) => ({ ...tile, values: condensed(series(history, name), every) }));
  const length = Math.max(...tiles.map(({ name }) => series(history, name).length));
  const ends = times(history, length).filter((_, index) => (length - 1 - index) % every === 0);
  return h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Until, UTC"), columns.map(({ label }) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, ends.map((end, row) => h("tr", {}, h("th", { scope: "row" }, time(end)),
      columns.map(({ values, describe }) => h("td", {}, describe(values[row] ?? null)))))));
}

/** Journal and disk: names and values. */
export function journalFacts({ journal, hub, process }) {
  const { continued = 0, reset = 0, snapshot = 0 } = object(hub.resumes);
  return [
    ["Journal", bytes(journal.bytes)],
    ["Free on its disk", bytes(journal.diskFreeBytes)],
    ["Commit", latency(journal.commit)],
    ["Waiting to be stored", number(journal.waitingJobs)],
    ["Commits that failed", number(journal.failedCommits), journal.failedCommits > 0 ? "bad" : ""],
    ["Streams resumed", `${number(continued)} in place, ${number(snapshot)} from a snapshot, ${number(reset)} reset`],
    ["Memory", bytes(process.residentBytes)],
    ["Open files", `${Number.isFinite(process.openDescriptors) ? number(process.openDescriptors) : "–"} of ${number(process.descriptorLimit)}`],
  ];
}
