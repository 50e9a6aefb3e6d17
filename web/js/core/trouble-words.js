// What a refusal of the gateway means to somebody who only wanted to see a page. Pure.

/** {title, text, canRetry, canSignIn, waitSeconds}. `trouble`: of net/ask.js, or {status}. */
export function troubleWords({ status = 0, detail = "", message = "", retryAfter = 0 }) {
  const seconds = Math.max(1, Math.ceil(retryAfter));
  const words = (title, text, more = {}) => ({ title, text: detail || text, canRetry: false, canSignIn: false, waitSeconds: 0, ...more });
  switch (status) {
    case 0: return { ...words("The gateway could not be reached", message), text: message, canRetry: true };
    case 401: return words("You are not signed in", "Sign in to go on.", { canSignIn: true });
    case 403: return words("You may not see this", "The gateway's policy does not let you. Ask an operator, or sign in as somebody who may.");
    case 404: return words("There is no such page", "The address leads nowhere, or what was there has been removed.");
    case 429: return words("Too many requests", "The gateway has a limit for each person, and it is reached.", { canRetry: true, waitSeconds: seconds });
    case 503: return words("The gateway has no room just now", "It is starting, stopping or full.", { canRetry: true, waitSeconds: seconds });
    default: return words("The gateway did not answer this", message || `It said ${status}.`, { canRetry: true });
  }
}
