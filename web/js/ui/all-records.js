// All stored records of a task, read page by page: the page itself keeps only the newest.

/** `read(count)`: after each page. Throws Trouble. */
export async function allRecords(app, id, read = (count) => {}) {
  const records = [];
  for (let after = "earliest"; ;) {
    const page = await app.ask(`/api/tasks/${encodeURIComponent(id)}/events?limit=500&after=${encodeURIComponent(after)}`);
    records.push(...page.events);
    read(records.length);
    if (page.complete) return records;
    after = page.next;
  }
}
