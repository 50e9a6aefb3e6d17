// Where somebody was when they had to sign in: kept for a while, and gone to once. A link to sign in may open another tab.

const key = "signalbox-return";
const life = 3_600_000;

export function keepPlace(path = location.pathname + location.search) {
  try {
    localStorage.setItem(key, JSON.stringify({ path, at: Date.now() }));
  } catch {
    // Storage is switched off: the first page has to do.
  }
}

/** The kept address, a path of this site, or "/". It is forgotten. */
export function takePlace(storage = globalThis.localStorage, now = Date.now()) {
  try {
    const { path, at } = JSON.parse(storage.getItem(key));
    storage.removeItem(key);
    return /^\/(?![/\\])/.test(path) && now - at < life && now >= at ? path : "/";
  } catch {
    return "/";
  }
}
