// Watches one task as any page would, with the browser's own EventSource, and tells the test all it hears, in order.

const { session, link, stream } = Object.fromEntries(new URLSearchParams(location.search));

let waiting = [];
let telling = Promise.resolve();

function tell(...words) {
  waiting.push(words.join("\t"));
  if (waiting.length === 1) telling = telling.then(report);
}

async function report() {
  const body = waiting.join("\n");
  waiting = [];
  await fetch("/report", { method: "POST", body });
}

const answer = await fetch(session, {
  method: "POST",
  credentials: "include",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ link }),
});
tell("signed-in", answer.status);

const source = new EventSource(stream, { withCredentials: true });
source.onopen = () => tell("open");
source.onmessage = (event) => tell("event", "message", event.lastEventId, event.data);
for (const name of ["resume", "snapshot", "reset", "grant", "expiring", "refreshed", "crowded", "bye"]) {
  source.addEventListener(name, (event) => tell("event", name, event.lastEventId, event.data));
}
source.onerror = () => tell(source.readyState === EventSource.CLOSED ? "closed" : "broken");
