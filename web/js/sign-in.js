// The page at /sign-in: takes the token of a link out of the address, opens a session with it, and goes on to the first page.
// Nothing happens without the script, so what merely fetches the page, as previews of messages do, uses up no link.

import { linkIn, refusalWords } from "./core/link.js";
import { instant } from "./core/format.js";
import { Trouble } from "./net/ask.js";
import { openSession, otherWays, whoIsThis } from "./session.js";
import { takePlace } from "./return-place.js";
import { connectThemeButton } from "./theme.js";
import { write } from "./ui/dom.js";

const element = (id) => document.getElementById(id);

let link = { kind: "none" };

/** Takes the link out of the address at once: neither the history nor a look over the shoulder is to have it. */
function takeLink() {
  link = linkIn(location.hash);
  if (location.hash !== "") history.replaceState(null, "", location.pathname);
}

async function begin() {
  takeLink();
  if (link.kind !== "none") show({ state: "trying", title: "Signing in", text: "The gateway is looking at your link." });
  try {
    const who = await whoIsThis();
    if (who !== null) showAlready(who);
    else if (link.kind === "link") await useLink();
    else if (link.kind === "mangled") showMangled();
    else showNothing();
  } catch (error) {
    showTrouble(error);
  }
}

async function useLink() {
  show({ state: "trying", title: "Signing in", text: "The gateway is looking at your link." });
  try {
    const who = await openSession(link.token);
    show({ state: "in", title: `Welcome, ${who.principal}`, text: "You are signed in." });
    location.replace(takePlace());
  } catch (error) {
    showTrouble(error);
  }
}

/** A link that somebody else has sent is not to make this browser another's without a word. */
function showAlready(who) {
  const isSession = who.credential === "session";
  const how = isSession ? `. Left alone, the session ends on ${instant(new Date(who.expires))}` : " by this browser's certificate";
  show({
    state: "in",
    title: "You are signed in",
    text: `As ${who.principal}${how}.`,
    goOn: true,
    useLink: isSession && link.kind === "link",
    ways: isSession && link.kind !== "link",
  });
}

function showNothing() {
  show({ state: "none", title: "Sign in", text: `To go on at ${location.host}, the gateway has to know you.`, ways: true });
}

function showMangled() {
  show({
    state: "refused",
    title: "This is no whole link",
    text: "Something of it was lost on its way here. Open it as it was sent to you, to its last letter.",
    ways: true,
  });
}

function showTrouble(error) {
  if (!(error instanceof Trouble)) throw error;
  const words = refusalWords(error);
  show({ ...words, again: words.canRetry, ways: !words.canRetry });
}

function show({ state, title, text, goOn = false, useLink = false, again = false, ways = false }) {
  element("main").dataset.state = state;
  document.title = `${title}: Signalbox`;
  write("title", title);
  write("text", text);
  element("go-on").hidden = !goOn;
  element("use-link").hidden = !useLink;
  element("again").hidden = !again;
  element("ways").hidden = !ways;
  write("announcer", `${title}. ${text}`);
  if (ways) offerOrganisation();
}

async function offerOrganisation() {
  try {
    const { openId } = await otherWays();
    if (openId === null) return;
    element("organisation").href = openId;
    element("organisation").hidden = false;
  } catch (error) {
    // The other way in is on the page anyway.
    if (!(error instanceof Trouble)) throw error;
  }
}

connectThemeButton(element("theme"), element("theme-text"));
element("use-link").addEventListener("click", useLink);
element("again").addEventListener("click", () => (link.kind === "link" ? useLink() : begin()));
// Another link that is opened in this tab changes nothing but the fragment.
addEventListener("hashchange", () => location.hash !== "" && begin());
// A page that is made ready in advance is not looked at yet.
if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
else begin();
