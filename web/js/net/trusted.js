// The one URL that may become a script here. Browsers with Trusted Types ask for a policy; the gateway's page policy names it.

export const workerPath = "/js/net/worker.js";

let policy = null; // A page may make it once.

/** The worker's address in the form that this browser takes. */
export function workerURL({ trustedTypes }) {
  if (trustedTypes === undefined) return workerPath;
  policy ??= trustedTypes.createPolicy("signalbox", {
    createScriptURL(url) {
      if (url === workerPath) return url;
      throw new TypeError(`${url} is no script of this page.`);
    },
  });
  return policy.createScriptURL(workerPath);
}
