// How the connection stands, in a word: from what the client says of its stream, the browser's own view, and the time. Pure.

import { span } from "./format.js";

/** In milliseconds: an interruption that is over by then is not shown. */
const blip = 1500;
/** How long it is worth saying that the browser is crowded. The gateway says it when a stream opens, and never that it is over. */
const crowdLasts = 60_000;

export class Pill {
  #stream = { kind: "idle" };
  #socket = { kind: "idle" };
  #wasOpen = false;
  // When the stream was lost; null while it is not.
  /** @type {number | null} */
  #lostAt = null;
  /** @type {{streams: number, limit: number, at: number} | null} */
  #crowd = null;
  // The gateway said that it goes away, and none has come since.
  #isDraining = false;
  #isOut = false;

  /** Takes `{stream, socket}`. Gives {missed, away} when the stream is back after it was lost, else null. */
  heard({ stream, socket }, now) {
    const before = this.#stream;
    this.#stream = stream;
    this.#socket = socket;
    this.#hearDraining();
    // The next stream is told anew.
    if (stream.kind !== "open" && stream.kind !== "connecting") this.#crowd = null;
    if (stream.kind === "open") {
      const isBack = before.kind !== "open" && this.#lostAt !== null && stream.away > 0;
      this.#wasOpen = true;
      this.#lostAt = null;
      return isBack ? { missed: stream.missed, away: stream.away } : null;
    }
    if (["idle", "finished", "closed"].includes(stream.kind)) this.#lostAt = null;
    else if (this.#wasOpen || stream.kind === "waiting") this.#lostAt ??= now;
    if (stream.kind === "idle" || stream.kind === "finished") this.#wasOpen = false;
    return null;
  }

  /** Nobody is signed in, so nothing is connected, and nothing is tried. */
  signedOut() {
    this.#isOut = true;
  }

  /** {streams, limit}: the browser has hardly a connection left for more tabs. */
  crowded({ streams, limit }, now) {
    this.#crowd = streams >= limit - 1 ? { streams, limit, at: now } : null;
  }

  /** Whether commands and watching work just now. */
  get isLive() {
    return ["open", "finished", "idle"].includes(this.#stream.kind);
  }

  /**
   * {lamp, text, more, canRetry, detail}. `isOnline`: the browser's word; `seq`: of the followed task.
   * @param {number} now
   * @param {{isOnline?: boolean, seq?: number | null}} told
   */
  view(now, { isOnline = true, seq = null } = {}) {
    const more = seq === null ? "" : `event ${seq.toLocaleString("en-GB")}`;
    const is = (lamp, text, detail, canRetry = false) => ({ lamp, text, more, canRetry, detail });
    const { kind, until, reason } = this.#stream;
    if (this.#isOut) return { ...is("", "Signed out", "Nobody is signed in here, so nothing is connected."), more: "" };
    // The stream is that of all tabs: what has ended in another one says nothing of a page that follows no task.
    if (kind === "finished" && seq !== null) return is("done", "Complete", "All that is followed here has ended. Nothing more will come.");
    if (!isOnline) return is("warn", "Offline", "This computer is offline. The page goes on by itself when it is online again.");
    if (kind === "closed") return is("bad", "Closed", closedWords(reason), true);
    if (this.#isDraining) return this.#draining(is, now);
    const isBlip = this.#lostAt !== null && now - this.#lostAt < blip && this.#wasOpen;
    if (kind === "open" || isBlip) return this.#live(is, now);
    if (kind === "waiting" && until > now) {
      const seconds = Math.ceil((until - now) / 1000);
      return is("warn", `Reconnecting in ${seconds} s`, "Connection lost. What is on the page is how it stood then.", true);
    }
    if (kind === "waiting" || this.#lostAt !== null) return is("warn", "Reconnecting", "Connection lost. Reconnecting…", true);
    if (kind === "idle" || kind === "finished") return this.#idle(is, now);
    return is("", "Connecting", "Connecting to the gateway…");
  }

  /** From the gateway's goodbye until one answers again. */
  #hearDraining() {
    const lines = [this.#stream, this.#socket];
    if (lines.some(({ kind }) => kind === "open")) this.#isDraining = false;
    if (lines.some(({ kind, reason }) => kind === "waiting" && reason === "draining")) this.#isDraining = true;
    if (lines.every(({ kind }) => kind !== "waiting" && kind !== "connecting")) this.#isDraining = false;
  }

  /** That it goes is certain, so no blip is hidden. */
  #draining(is, now) {
    const until = this.#stream.until ?? this.#socket.until ?? 0;
    const next = until > now ? ` Next try in ${Math.ceil((until - now) / 1000)} s.` : "";
    return is("warn", "Draining", `The gateway is stopping. This page goes on by itself with the one that comes after it.${next}`, true);
  }

  #live(is, now) {
    if (this.#crowd !== null && now - this.#crowd.at < crowdLasts) {
      const { streams, limit } = this.#crowd;
      return is("warn", "Crowded", `This browser holds ${streams} streams, and connects to one server no more than ${limit} times. Close some tabs.`);
    }
    const socket = ["open", "idle", "connecting"].includes(this.#socket.kind) ? "" : " Commands go by requests: the WebSocket is not open.";
    return is("ok", "Live", `Everything comes as it happens.${socket}`);
  }

  /** Nothing is followed on this page; the WebSocket tells whether the gateway is there. */
  #idle(is, now) {
    if (this.#socket.kind === "open") return this.#live(is, now);
    if (this.#socket.kind === "waiting") return is("warn", "Reconnecting", "Connection lost. Reconnecting…", true);
    if (this.#socket.kind === "closed") return is("", "Not live", "No WebSocket can be opened. Commands go by requests.", true);
    return is("", "Connecting", "Connecting to the gateway…");
  }
}

function closedWords(reason) {
  const words = { expired: "Your session has ended.", ended: "Your session has ended.", revoked: "Your session was ended.", forbidden: "The gateway does not let you watch this." };
  return words[reason] ?? "The stream was closed and is not opened again by itself.";
}

/** Reconnected after 3.8 s. 4 missed events loaded, none lost. */
export function resumedText({ missed, away }) {
  const after = `Reconnected after ${away < 60_000 ? `${(away / 1000).toFixed(1)} s` : span(away)}.`;
  if (missed === null || missed === undefined) return `${after} What was missed is loaded.`;
  if (missed === 0) return `${after} No events were missed.`;
  return `${after} ${missed.toLocaleString("en-GB")} missed event${missed === 1 ? "" : "s"} loaded, none lost.`;
}
