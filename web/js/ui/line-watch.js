// Whether anything can be sent to the gateway just now, for those parts that have buttons for it.

import { isDown } from "../core/line-state.js";

export const downWords = "Not possible while the connection is down.";

/** `{isDown, close()}`; `changed()` is called whenever it is otherwise. */
export function LineWatch(app, changed) {
  let isCut = false;
  let isBegun = false; // How it stands at first is there to be read.
  const close = app.client.onLink((link) => {
    const now = isDown(link, isCut);
    if (now === isCut) return;
    isCut = now;
    if (isBegun) changed();
  });
  isBegun = true;
  return {
    get isDown() {
      return isCut;
    },
    close,
  };
}
