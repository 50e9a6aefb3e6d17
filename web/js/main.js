// Starts the page and keeps it fresh.
// Its state is loading, loaded, unreachable or signed-out; what is drawn follows from that and from the last good answer.

import { askAbout } from "./about.js";
import { duration, timeOfDay } from "./core/format.js";
import { drawFacts } from "./facts.js";
import { Trouble } from "./net/ask.js";
import { connectSession } from "./person.js";
import { connectThemeButton } from "./theme.js";
import { write } from "./ui/dom.js";

const interval = 5000;
const element = (id) => document.getElementById(id);

let state = { kind: "loading" };
let last = null; // The last good answer; it stays on the page while the gateway is away.
let isPaused = false;
let isAsking = false;
let nextTry = 0;
let timer = 0;

async function ask() {
  if (isAsking || state.kind === "signed-out") return;
  isAsking = true;
  clearTimeout(timer);
  try {
    last = { ...(await askAbout()), at: new Date(), received: performance.now() };
    change({ kind: "loaded" });
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (person.heard(error)) return;
    change({ kind: "unreachable", reason: error.message, words: error.isAnswer ? wrongAnswer : noAnswer });
  } finally {
    isAsking = false;
    plan();
  }
}

function plan() {
  clearTimeout(timer);
  if (isPaused || document.hidden || state.kind === "signed-out") return;
  nextTry = performance.now() + interval;
  timer = setTimeout(ask, interval);
  tick();
}

function change(next) {
  const before = state.kind;
  state = next;
  draw();
  if (before === next.kind) return;
  if (before === "unreachable") person.look();
  if (next.kind === "unreachable") announce(`${next.words.title}. ${next.reason}`);
  else if (next.kind === "loaded") announce(before === "loading" ? "The gateway is running." : "The gateway answers again.");
}

function announce(text) {
  write("announcer", text);
}

const noAnswer = { title: "The gateway could not be reached", badge: "No answer", stop: "no answer" };
const wrongAnswer = { title: "The gateway's answer is of no use here", badge: "Wrong answer", stop: "wrong answer" };

const badges = { loading: "Connecting", loaded: "Running", "signed-out": "Signed out" };

function draw() {
  const main = element("main");
  main.dataset.state = state.kind;
  main.classList.toggle("never-loaded", last === null);
  main.classList.toggle("paused", isPaused);
  element("facts").setAttribute("aria-busy", String(state.kind === "loading"));
  const badge = state.words?.badge ?? badges[state.kind];
  write("badge", badge);
  document.title = state.kind === "loaded" || state.kind === "loading" ? "Signalbox gateway" : `${badge}: Signalbox gateway`;

  element("trouble").hidden = state.kind !== "unreachable";
  if (state.kind === "unreachable") {
    write("trouble-title", state.words.title);
    write("trouble-reason", state.reason);
    write("route-gateway", state.words.stop);
    write("route-agents", "not known");
    write("route-browser", "waiting for an answer");
    write("trouble-last", last === null ? "" : `What is below is its last answer, of ${timeOfDay(last.at)}.`);
  } else if (state.kind === "loaded") {
    main.classList.toggle("no-agents", last.about.agents.length === 0);
    drawFacts(last);
  }
  tick();
}

// What changes by itself every second: the uptime and the countdown.
function tick() {
  const pill = element("pill");
  pill.dataset.lamp = isPaused ? "off" : { loaded: "ok", unreachable: "warn" }[state.kind] ?? "off";
  if (state.kind === "signed-out") pillText("Signed out", "");
  else if (isPaused) pillText("Paused", last ? `since ${timeOfDay(last.at)}` : "");
  else if (state.kind === "loaded") pillText("Connected", `asked at ${timeOfDay(last.at)}`);
  else if (state.kind === "loading" || isAsking) pillText("Connecting", "");
  else pillText(`Next try in ${Math.max(1, Math.ceil((nextTry - performance.now()) / 1000))} s`, "");

  if (state.kind === "loaded" && !isPaused) {
    write("uptime", duration(last.about.uptimeSeconds + (performance.now() - last.received) / 1000));
  }
}

function pillText(text, detail) {
  write("pill-text", text);
  write("pill-detail", detail);
}

function pauseOrResume() {
  isPaused = !isPaused;
  write("pause", isPaused ? "Resume updates" : "Pause updates");
  draw();
  if (isPaused) clearTimeout(timer);
  else ask();
}

const blankFacts = element("facts").cloneNode(true);

// Who is signed in decides whether there is anything to ask for.
const person = connectSession({
  signedIn() {
    if (state.kind !== "signed-out") return;
    change({ kind: "loading" });
    ask();
  },
  signedOut() {
    clearTimeout(timer);
    // Whoever comes next at this browser is not to find what was shown to somebody else.
    last = null;
    element("facts").replaceWith(blankFacts.cloneNode(true));
    change({ kind: "signed-out" });
  },
  announce,
});

write("place", location.host);
connectThemeButton(element("theme"), element("theme-text"));
element("pause").addEventListener("click", pauseOrResume);
element("retry").addEventListener("click", ask);
document.addEventListener("visibilitychange", () => (document.hidden || isPaused ? clearTimeout(timer) : ask()));
setInterval(() => document.hidden || tick(), 1000);
ask();
