// The document at /api/about: asked for, checked, and turned into a value or a sentence that says why not.

const path = "/api/about";
const limit = 4000;

/** Why there is no document, in words for people. `isAnswer`: the gateway did answer, but not with a document. */
export class Trouble extends Error {
  constructor(message, isAnswer) {
    super(message);
    this.isAnswer = isAnswer;
  }
}

/** Asks the gateway. Gives `{about, milliseconds}` or throws Trouble, within four seconds. */
export async function askAbout(fetch = globalThis.fetch, now = () => performance.now()) {
  const start = now();
  let response, text;
  try {
    response = await fetch(path, {
      cache: "no-store",
      redirect: "error",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(limit),
    });
    text = await response.text();
  } catch (error) {
    throw new Trouble(reason(error), false);
  }
  const milliseconds = now() - start;
  if (!response.ok) throw new Trouble(refusal(response, text), true);
  return { about: check(parse(text)), milliseconds };
}

function reason(error) {
  if (error.name === "TimeoutError") return `There was no answer within ${limit / 1000} seconds.`;
  if (globalThis.navigator?.onLine === false) return "This computer is offline.";
  return "The connection was refused or broke off. " +
    "Either the gateway has stopped, or this browser no longer accepts its certificate.";
}

function refusal(response, text) {
  let title = response.statusText;
  try {
    title = JSON.parse(text).title ?? title; // application/problem+json
  } catch {
    // Not JSON: the status line has to do.
  }
  return `The gateway answered ${response.status}${title ? ` (${title})` : ""} to ${path}.`;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Trouble(`What ${path} gave is not JSON.`, true);
  }
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
    true,
  );
}
