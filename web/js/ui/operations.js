// The document of operations, for those who may read it. Who may not is refused once, and not asked about again: each refusal is counted.

let mayRead = null;

export async function askOperations(app) {
  try {
    const document = await app.ask("/api/operations");
    mayRead = true;
    return document;
  } catch (trouble) {
    if (trouble.status === 403) mayRead = false;
    throw trouble;
  }
}

/** The same beside other things: null where it is not known that this person may read it, or when it does not come. */
export async function operationsOrNull(app) {
  if (mayRead !== true && !app.session?.rights?.includes("observe")) return null;
  return askOperations(app).catch(() => null);
}
