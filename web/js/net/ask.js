// One question to the gateway: asked with a deadline, and answered with a document or with Trouble, which says why not.

const limit = 4000;

/** Why there is no document, in words for people. */
export class Trouble extends Error {
  /**
   * `status`: of the answer, 0 when there was none. `detail`: the gateway's own sentence. `retryAfter`: in seconds. `problem`: all that
   * the gateway said of it, by which programs go.
   */
  constructor(message, { status = 0, detail = "", retryAfter = 0, problem = {} } = {}) {
    super(message);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.problem = problem;
  }

  /** The gateway did answer, but not with a document. */
  get isAnswer() {
    return this.status !== 0;
  }
}

/**
 * The document at this path; null for an answer without one. `body` is sent as JSON.
 * @param {string} path
 * @param {{method?: string, body?: any, csrf?: string | null, fetch?: typeof globalThis.fetch}} options
 */
export async function ask(path, { method = "GET", body = undefined, csrf = undefined, fetch = globalThis.fetch } = {}) {
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (csrf) headers["x-signalbox-csrf"] = csrf;
  let response, text;
  try {
    response = await fetch(path, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers,
      cache: "no-store",
      redirect: "error",
      signal: /** @type {any} */ (AbortSignal).timeout(limit),
    });
    text = await response.text();
  } catch (error) {
    throw new Trouble(reason(error));
  }
  if (!response.ok) throw refusal(path, response, text);
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Trouble(`What ${path} gave is not JSON.`, { status: response.status });
  }
}

function reason(error) {
  if (error.name === "TimeoutError") return `There was no answer within ${limit / 1000} seconds.`;
  if (globalThis.navigator?.onLine === false) return "This computer is offline.";
  return "The connection was refused or broke off. " +
    "Either the gateway has stopped, or this browser no longer accepts its certificate.";
}

function refusal(path, response, text) {
  let title = response.statusText;
  let detail = "";
  let problem = {};
  try {
    problem = JSON.parse(text) ?? {}; // application/problem+json
    title = problem.title ?? title;
    detail = problem.detail ?? "";
  } catch {
    // Not JSON: the status line has to do.
  }
  return new Trouble(`The gateway answered ${response.status}${title ? ` (${title})` : ""} to ${path}.`, {
    status: response.status,
    detail: String(detail),
    retryAfter: Number(response.headers.get("retry-after")) || 0,
    problem,
  });
}
