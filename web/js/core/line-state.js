// Whether the way to the gateway is there, as the connection tells of it. Pure.

/** Whether commands cannot leave: neither line is open, and one of them waits. A try (`before`: was it so?) changes nothing yet. */
export function isDown(link, before = false) {
  const kinds = [link?.stream?.kind, link?.socket?.kind];
  if (kinds.includes("open")) return false;
  return kinds.includes("waiting") || (before && kinds.includes("connecting"));
}
