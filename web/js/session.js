// Who is signed in with this browser, and what can be done about it: the documents at /api/session and below.

import { Trouble, ask } from "./net/ask.js";

const path = "/api/session";

/** Who the gateway takes this browser for: `{principal, roles, tenant, credential, csrf, expires}`; null for nobody. */
export async function whoIsThis(fetch = globalThis.fetch) {
  try {
    return check(await ask(path, { fetch }));
  } catch (error) {
    if (error instanceof Trouble && error.status === 401) return null;
    throw error;
  }
}

/** Signs in with the token of a sign-in link. Gives who that is, or throws Trouble. */
export async function openSession(link, fetch = globalThis.fetch) {
  return check(await ask(path, { method: "POST", body: { link }, fetch }));
}

/**
 * Signs this browser out. Nobody being signed in any more is as good. The page's token is asked for just before it is needed, because
 * it belongs to the session, and another tab may have signed in anew.
 */
export async function endSession(fetch = globalThis.fetch) {
  const who = await whoIsThis(fetch);
  if (who === null) return;
  try {
    await ask(path, { method: "DELETE", csrf: who.csrf, fetch });
  } catch (error) {
    if (!(error instanceof Trouble && error.status === 401)) throw error;
  }
}

/** The ways in besides a link: `{openId}`, the address of a sign-in with the organisation, or null. */
export async function otherWays(fetch = globalThis.fetch) {
  const ways = await ask(`${path}/ways`, { fetch });
  // Only a path of this gateway: the address becomes a link.
  return { openId: /^\/(?!\/)/.test(ways?.openId) ? ways.openId : null };
}

function check(document) {
  const isText = (value) => typeof value === "string";
  const fits = isText(document?.principal) && Array.isArray(document.roles) && document.roles.every(isText);
  if (fits) return document;
  throw new Trouble(`What ${path} gave does not fit this page. Reload the page to get the one that fits.`, { status: 200 });
}
