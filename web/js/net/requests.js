// Commands as requests, for when there is no WebSocket. The same id over either way is the same command. Pure.

/** What a command's verdict is waited for; the receipt of any other says all. */
const withVerdict = ["cancel", "say", "answer", "pause", "resume"];

export function expectsVerdict({ type, filter }) {
  return withVerdict.includes(type) && filter === undefined;
}

/** Sent twice, it could do twice: a round over many tasks finds others the second time. */
export function isOnceOnly({ type, filter, dryRun }) {
  return type === "cancel" && filter !== undefined && dryRun !== true;
}

/** `{path, body}` of a POST, or null for what only a WebSocket takes. */
export function requestFor(message) {
  const { type, task, question, id, ...rest } = message;
  const path = `/api/tasks/${encodeURIComponent(task)}`;
  const asked = `${path}/questions/${encodeURIComponent(question)}`;
  switch (type) {
    case "submit":
      return { path: "/api/tasks", body: rest };
    case "cancel":
      return rest.filter === undefined ? { path: `${path}:cancel`, body: { id, ...rest } } : { path: "/api/tasks:cancel", body: rest };
    case "say":
      return { path: `${path}/messages`, body: { id, ...rest } };
    case "pause":
    case "resume":
    case "review":
      return { path: `${path}:${type}`, body: { id, ...rest } };
    case "answer":
    case "claim":
      return { path: `${asked}:${type}`, body: { id, ...rest } };
    case "release":
      return { path: `${asked}:release`, body: rest };
    default:
      return null;
  }
}
