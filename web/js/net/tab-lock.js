// A lock that a page holds for as long as it lives: whoever waits for it learns when the page is gone, however it went.

/** `start(name)` is called once it is held, with null where there are no locks. Gives a function that frees it. */
export function holdTabLock(world, start) {
  let free = () => {};
  let isStarted = false;
  const begin = (lock) => {
    isStarted = true;
    start(lock);
  };
  if (world.locks === undefined) {
    begin(null);
    return free;
  }
  const name = `signalbox-tab-${world.newID()}`;
  const hold = () => {
    begin(name);
    return new Promise((resolve) => (free = () => resolve(undefined)));
  };
  world.locks.request(name, hold).catch(() => isStarted || begin(null));
  return () => free();
}
