// Whether a log goes along with what comes. Any wish to look back ends it, and so does Pause; only the end of the log, or a wish to be
// there, begins it again. Pure.
//
//   {isOn, pausedAt, seen}   `pausedAt`: the number at which the reader paused, or null; `seen`: the newest that the reader had in view

export const atFirst = { isOn: true, pausedAt: null, seen: 0 };

export function next(state, event) {
  switch (event.type) {
    case "came": // Records up to `last` are there, of which those up to `known` are older than the page.
      return { ...state, seen: Math.max(state.seen, state.isOn ? event.last : event.known) };
    case "up": // A wheel, a finger or a key, before anything has moved.
      return state.isOn && event.canScroll ? { ...state, isOn: false } : state;
    case "scrolled": { // By the reader; `seen`: the newest that is in view.
      const seen = Math.max(state.seen, event.seen);
      if (event.isUp) return { ...state, isOn: false, seen };
      return event.isAtEnd && state.pausedAt === null ? { ...state, isOn: true, seen } : { ...state, seen };
    }
    case "pause":
      return { isOn: false, pausedAt: event.last, seen: event.last };
    case "shown": // A place was asked for.
      return { ...state, isOn: false };
    case "latest":
      return { isOn: true, pausedAt: null, seen: Math.max(state.seen, event.last) };
    default:
      throw new TypeError(`There is no event ${event.type}.`);
  }
}

/** How far the log goes, of the records up to `last`. */
export function shown(state, last) {
  return state.pausedAt === null ? last : Math.min(last, state.pausedAt);
}

/** What the button says that leads to the end. */
export function latestText(state, last) {
  const unseen = last - state.seen;
  return unseen > 0 ? `Jump to latest, ${unseen.toLocaleString("en-GB")} new` : "Jump to latest";
}
