// A command that was refused, or of which nothing is known.

export class Nack extends Error {
  /** `code`: by which programs go. The rest is what the gateway said beside it: `violations`, `by`, `at`, `until`, `how`, `retryAfter`. */
  constructor({ code, message, ...rest }) {
    super(message);
    this.name = "Nack";
    Object.assign(this, rest);
    this.code = code;
  }
}

/** The same from an answer over HTTP. */
export function refusalOf(trouble) {
  const { type, title, status, detail, code, ...rest } = trouble.problem;
  const retryAfter = trouble.retryAfter > 0 ? { retryAfter: trouble.retryAfter } : {};
  return { ...retryAfter, ...rest, code: code ?? `http-${trouble.status}`, message: trouble.detail || trouble.message };
}

export const reasons = {
  late: {
    code: "no-answer",
    message: "The gateway did not answer within 30 seconds. It may have the command all the same; " +
      "if so, its verdict is shown when it comes.",
  },
  signedOut: { code: "not-signed-in", message: "You are not signed in any more. Sign in, then try again." },
  unknown: {
    code: "outcome-unknown",
    message: "The connection broke before the gateway answered. Look at the list of tasks before you try again.",
  },
  noSocket: {
    code: "no-socket",
    message: "This needs a WebSocket, and the gateway cannot be reached over one at the moment. Try again later.",
  },
  closed: { code: "closed", message: "This page has closed its connection." },
};
