// Starts the site: one connection, one router, one page at a time.

import { Pill, resumedText } from "./core/pill.js";
import { makeApp } from "./ui/app.js";
import { Bar } from "./ui/bar.js";
import { trapErrors } from "./ui/failures.js";
import { showHelp } from "./ui/help.js";
import { listenToKeys } from "./ui/keys.js";
import { Notices } from "./ui/notices.js";
import { QuestionBar } from "./ui/question-bar.js";
import { startRouter } from "./ui/router.js";
import { watchSession } from "./ui/session-pages.js";
import { watchVersion } from "./ui/version.js";
import { takePlace } from "./return-place.js";

const root = document.getElementById("main");
const failed = trapErrors(() => root);
const app = makeApp({ failed });
const bar = Bar({ retry: () => app.client.retry(), signOut: () => session.signOut(), help: showHelp });
const notices = Notices(document.getElementById("notices"), app.announce);
app.toast = notices.toast;
const questionBar = QuestionBar(app);
document.querySelector(".top").append(questionBar.element);
const lookAtVersion = watchVersion(app, notices);
let router = null;

const session = watchSession(app, {
  bar, notices,
  on: {
    in() {
      if (router !== null) return;
      // An organisation's sign-in comes back to the first page.
      const kept = takePlace();
      if (kept !== "/" && location.pathname === "/" && location.search === "") history.replaceState(null, "", kept);
      router = startRouter(app, root, { moved: (path) => bar.here(path), failed, title: titled });
      lookAtVersion();
    },
    other(who) {
      router?.again();
      notices.toast(`You are signed in as ${who.principal} now. What was shown before is gone.`);
    },
    out() {
      bar.asks(0);
      pill.signedOut();
      drawPill();
      return router?.stop() ?? root;
    },
  },
});

const asking = () => app.questions.list.filter(({ mayAnswer }) => mayAnswer !== false).length;

/** A question that waits is seen from any tab. */
function titled(title) {
  const count = asking();
  const first = count === 0 || /^\(\d+\)/.test(title) ? "" : `(${count}) Answer needed · `;
  return `${first}${title} · Signalbox`;
}

let told = new Set();
app.questions.on(() => {
  bar.asks(asking());
  app.titleChanged();
  const open = new Set(app.questions.list.filter(({ mayAnswer }) => mayAnswer !== false).map(({ task, question }) => `${task} ${question}`));
  // The page of a task speaks of its own questions, and of what they ask.
  const isElsewhere = (key) => location.pathname.split("/")[2] !== encodeURIComponent(key.split(" ", 1)[0]);
  if ([...open].some((key) => !told.has(key) && isElsewhere(key))) app.announce("Your answer is needed.", "question");
  told = open;
});

const pill = new Pill();
let isTrying = false;
const drawPill = () => bar.link(pill.view(Date.now(), { isOnline: navigator.onLine, seq: app.here.seq }));
app.client.onLink((link) => {
  const back = pill.heard(link, Date.now());
  drawPill();
  if (link.stream.kind === "waiting" && !isTrying) {
    isTrying = true;
    setTimeout(() => isTrying && app.announce("Connection lost. Reconnecting."), 1500);
  }
  if (["open", "finished", "idle"].includes(link.stream.kind)) isTrying = false;
  if (back === null) return;
  app.announce(resumedText(back));
  app.resumed({ ...back, text: resumedText(back) });
  app.doubtRights(); // Another policy may be in force by now.
  lookAtVersion();
});
app.client.onSession((event) => {
  if (event.type === "crowded") pill.crowded(event, Date.now());
});
setInterval(() => document.hidden || drawPill(), 500);
for (const type of ["online", "offline"]) addEventListener(type, drawPill);
drawPill();

listenToKeys({
  go: (path) => router !== null && app.go(path),
  act: (action) => (action === "help" ? showHelp() : bar.theme.click()),
  page: (key, event) => router?.page()?.key?.(key, event) === true || questionBar.key(key),
});
document.documentElement.dataset.started = "";
session.look();
