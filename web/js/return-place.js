// Where somebody was when they had to sign in: kept for a while, and gone to once. A link to sign in may open another tab, so it is kept
// for the browser as well as for the tab, which goes back to its own place and not to that of a neighbour.

const key = "signalbox-return";
const life = 3_600_000;
const ofBrowser = () => [sessionStorage, localStorage];

export function keepPlace(path = location.pathname + location.search) {
  try {
    const [own, shared] = ofBrowser();
    const kept = JSON.stringify({ path, at: Date.now() });
    own.setItem(key, kept);
    // A tab that nobody looks at does not speak for the browser.
    if (!document.hidden) shared.setItem(key, kept);
  } catch {
    // Storage is switched off: the first page has to do.
  }
}

/** The kept address, a path of this site, or "/". It is forgotten. `storages`: the tab's own, then the browser's. */
export function takePlace(storages = ofBrowser, now = Date.now()) {
  try {
    const kept = storages().map((storage) => {
      const one = JSON.parse(storage.getItem(key));
      storage.removeItem(key);
      return one;
    });
    const isGood = (one) => /^\/(?![/\\])/.test(one?.path) && now - one.at < life && now >= one.at;
    return kept.find(isGood)?.path ?? "/";
  } catch {
    return "/";
  }
}
