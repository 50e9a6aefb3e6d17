// The document of operations, for those who may read it. Who may not does not ask: each refusal is counted.

import { may } from "../core/may.js";
import { Trouble } from "../net/ask.js";

/** Throws Trouble; of 403 also where the gateway has said before that this person may not. */
export async function askOperations(app) {
  if (app.session !== null && !may(app.session, "observe")) throw new Trouble("This needs the right to observe.", { status: 403 });
  try {
    return await app.ask("/api/operations");
  } catch (trouble) {
    if (trouble.status === 403) app.doubtRights();
    throw trouble;
  }
}

/** The same beside other things: null where it is not known that this person may read it, or when it does not come. */
export async function operationsOrNull(app) {
  return may(app.session, "observe") ? askOperations(app).catch(() => null) : null;
}
