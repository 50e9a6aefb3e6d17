// What everybody may know of the gateway: this page's connection to it, and what it is made of.

import { duration } from "../core/format.js";
import { factsCard } from "./ops-tables.js";

/** `answer`: {about, milliseconds} of js/about.js. */
export function connectionCard({ about, milliseconds }) {
  return factsCard("Your connection", [
    ["TLS", about.tls.version], ["Cipher", about.tls.cipher],
    ["Answered in", milliseconds < 1 ? "under 1 ms" : `${Math.round(milliseconds)} ms`],
  ]);
}

export function versionsCard({ about }) {
  return factsCard("Versions", [
    ["Signalbox", about.version], ["Swift", about.build.swift], ["libwebsockets", about.build.libwebsockets],
    ["OpenSSL", about.build.openssl],
  ]);
}

/** Running for 4 h 02 m, version 0.9.0, 4 loops. */
export function runningText({ version, uptimeSeconds, loops }) {
  return `Version ${version}, running for ${duration(uptimeSeconds)}, ${loops} ${loops === 1 ? "loop" : "loops"}`;
}
