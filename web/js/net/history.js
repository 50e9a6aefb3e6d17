// The stored records of a task, page by page, from a place on.

const size = 500;

/** Pages `{items, cursor, isLast}`; the last item of each has the place behind it. `ask(path)` gives a document or throws Trouble. */
export async function* pages(ask, task, cursor) {
  let after = cursor ?? "earliest";
  for (;;) {
    const page = await ask(`/api/tasks/${encodeURIComponent(task)}/events?after=${encodeURIComponent(after)}&limit=${size}`);
    const items = page.events.map((record) => ({ record }));
    if (items.length > 0) items.at(-1).cursor = page.next;
    after = page.next;
    yield { items, cursor: after, isLast: page.complete };
    if (page.complete) return;
  }
}

/** How all tasks stand: those that run, up to 1000, and the newest of the rest. */
export async function overview(ask) {
  const newest = await ask("/api/tasks?limit=100");
  const tasks = new Map(newest.tasks.map((task) => [task.id, task]));
  let before = "";
  for (let page = 0; page < 5; page++) {
    const running = await ask(`/api/tasks?final=false&limit=200${before}`);
    for (const task of running.tasks) tasks.set(task.id, task);
    if (running.next === undefined) break;
    before = `&before=${encodeURIComponent(running.next)}`;
  }
  // The cursor was taken before the first list was read: what came later is on a stream from there.
  return { cursor: newest.cursor, tasks: [...tasks.values()] };
}
