// Draws a checked document of /api/about. What it is given is all that it knows.

import { count, instant } from "./core/format.js";
import { drawing, fill, h, write } from "./ui/dom.js";

const certificates = { none: "Not asked for", optional: "Optional", required: "Required" };

export function drawFacts({ about, milliseconds }) {
  const started = new Date(about.started);
  const answered = milliseconds < 1 ? "under 1 ms" : `${Math.round(milliseconds)} ms`;
  write("started", instant(started));
  document.getElementById("started").dateTime = about.started;

  write("route-browser", `${about.tls.version}, answered in ${answered}`);
  write("route-gateway", `version ${about.version}, ${count(about.loops, "loop")}`);
  write("route-agents", about.agents.length === 0 ? "none connected" : `${about.agents.length} connected`);

  write("listeners-count", String(about.listeners.length));
  fill("listeners", ...about.listeners.map(listenerRow));
  write("agents-count", String(about.agents.length));
  fill("agents", about.agents.length === 0 ? noAgents() : h("ul", { class: "names" }, ...about.agents.map(agentRow)));

  fill("connection",
    fact("TLS", about.tls.version),
    fact("Cipher", about.tls.cipher, "mono"),
    fact("Answered in", answered));
  fill("versions",
    fact("Signalbox", about.version),
    fact("Swift", about.build.swift),
    fact("libwebsockets", about.build.libwebsockets),
    fact("OpenSSL", about.build.openssl));
}

function listenerRow({ name, url, clientCertificates }) {
  const label = h("div", {}, h("b", {}, name));
  if (url === location.origin || url === `${location.origin}/`) label.append(h("span", { class: "tag" }, "this page"));
  return h("tr", {},
    h("td", {}, label, h("span", { class: "line mono" }, url)),
    h("td", {}, certificates[clientCertificates] ?? clientCertificates));
}

function agentRow({ name }) {
  return h("li", {}, h("b", {}, name));
}

function noAgents() {
  return h("p", { class: "empty" }, drawing("drawing-no-agents"),
    h("span", {}, "No agents are connected: this gateway was started alone."));
}

function fact(name, value, kind = "") {
  return h("div", {}, h("dt", {}, name), h("dd", kind ? { class: kind } : {}, value));
}
