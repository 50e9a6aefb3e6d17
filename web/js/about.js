// The document at /api/about: asked for, checked, and turned into a value or a sentence that says why not.

import { Trouble, ask } from "./net/ask.js";

const path = "/api/about";

/** Asks the gateway. Gives `{about, milliseconds}` or throws Trouble, within four seconds. */
export async function askAbout(fetch = globalThis.fetch, now = () => performance.now()) {
  const start = now();
  const about = await ask(path, { fetch });
  return { milliseconds: now() - start, about: check(about) };
}

const kinds = {
  text: (value) => typeof value === "string",
  time: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
  number: (value) => Number.isFinite(value) && value >= 0,
  list: Array.isArray,
};
const fields = {
  version: "text",
  started: "time",
  uptimeSeconds: "number",
  loops: "number",
  agents: "list",
  listeners: "list",
  "tls.version": "text",
  "tls.cipher": "text",
  "build.swift": "text",
  "build.libwebsockets": "text",
  "build.openssl": "text",
};

/** The document itself, if it has all that the page shows. */
export function check(document) {
  for (const [field, kind] of Object.entries(fields)) {
    const value = field.split(".").reduce((part, name) => part?.[name], document);
    if (!kinds[kind](value)) mismatch(field);
  }
  document.listeners.forEach((listener, index) => {
    for (const name of ["name", "url", "clientCertificates"]) {
      if (!kinds.text(listener?.[name])) mismatch(`listeners[${index}].${name}`);
    }
  });
  document.agents.forEach((agent, index) => {
    if (!kinds.text(agent?.name)) mismatch(`agents[${index}].name`);
  });
  return document;
}

function mismatch(field) {
  throw new Trouble(
    `What ${path} gave does not fit this page: ${field} is missing or wrong. ` +
      "Reload the page to get the one that fits.",
    { status: 200 },
  );
}
