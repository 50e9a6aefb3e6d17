// The same message once more, as a task of its own.

/** Gives what the gateway made: {id, …}. Throws Trouble. */
export async function runAgain(app, task) {
  const { events } = await app.ask(`/api/tasks/${encodeURIComponent(task.id)}/events?limit=20&kind=command`);
  const first = events.find(({ data }) => data.command === "submit")?.data.message;
  if (!first) throw new Error("What this task was given is not in its record, so it cannot be given again.");
  // Ids are the first task's own; the gateway finds others.
  const { parts, metadata, extensions } = first;
  const message = { role: "ROLE_USER", parts, ...(metadata ? { metadata } : {}), ...(extensions ? { extensions } : {}) };
  return app.ask("/api/tasks", { method: "POST", body: { agent: task.agent, message } });
}
