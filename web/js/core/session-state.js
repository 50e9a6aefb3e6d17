// Whether somebody is signed in, from what the gateway says one thing after another. Pure.
//
//   {kind: "unknown"}                              nothing heard yet
//   {kind: "in", who, ends, crowd}                 `ends`: a Date once the end is near; `crowd`: {streams, limit} or null
//   {kind: "out", reason, detail}                  `reason`: none, left, ended, expired, revoked, forbidden

export const unknown = { kind: "unknown" };

/** The ends of which a stream's last event tells; at any other the browser connects again. */
const endings = ["expired", "revoked", "forbidden"];

export function next(state, event) {
  const isIn = state.kind === "in";
  switch (event.type) {
    case "who":
      if (event.who !== null) return { ends: null, crowd: null, ...(isIn ? state : {}), kind: "in", who: event.who };
      // A reason that is known already says more than the fact alone.
      return state.kind === "out" ? state : out(isIn ? "ended" : "none");
    case "forbidden":
      return out("forbidden", event.detail);
    case "left":
      return out("left");
    case "bye":
      return isIn && endings.includes(event.reason) ? out(event.reason) : state;
    case "expiring":
      return isIn && isTime(event.at) ? { ...state, ends: event.at } : state;
    case "refreshed":
      return isIn ? { ...state, ends: null } : state;
    case "crowded":
      return isIn ? { ...state, crowd: { streams: event.streams, limit: event.limit } } : state;
    default:
      throw new TypeError(`There is no event ${event.type}.`);
  }
}

function out(reason, detail = "") {
  return { kind: "out", reason, detail };
}

function isTime(value) {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

const known = "This page shows what the gateway is running to people whom it knows.";
const outWords = {
  none: { title: "You are not signed in", text: known },
  left: { title: "You have signed out", text: "This browser is no longer signed in. The streams of its session are closed." },
  ended: { title: "You are signed out", text: "Your session has ended. Sign in again to go on." },
  expired: { title: "Your session has ended", text: "Its time is over. Sign in again to go on." },
  revoked: { title: "Your session was ended", text: "It was ended from another page or by an operator. Sign in again to go on." },
  forbidden: { title: "You may not see this page", text: "The gateway's policy does not let you in any more. Ask an operator." },
};

/** What to say to somebody who is out. */
export function wordsOut({ reason, detail }) {
  const { title, text } = outWords[reason];
  return { title, text: detail || text };
}

/** What somebody who is in should know about the session: `{title, text, canSignIn}`, or null. */
export function notice(state, clock) {
  if (state.kind !== "in") return null;
  if (state.ends !== null) {
    return { title: `Your session ends at ${clock(state.ends)}`, text: "Sign in again to go on.", canSignIn: true };
  }
  if (state.crowd === null) return null;
  return {
    title: `This browser holds ${state.crowd.streams} streams`,
    text: `It connects to one server no more than ${state.crowd.limit} times, so the next page may wait for ever. Close some tabs.`,
    canSignIn: false,
  };
}

/** role analyst, roles analyst and viewer: as a person says them; nothing for none. */
export function rolesText(roles) {
  if (roles.length === 0) return "";
  return roles.length === 1 ? `role ${roles[0]}` : `roles ${roles.slice(0, -1).join(", ")} and ${roles.at(-1)}`;
}
