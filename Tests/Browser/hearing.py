"""A browser's own `EventSource`, opened in a page of the gateway, and all that it hears."""

from promises import ABOUT_THE_STREAM, all_names

# An `EventSource` reports lost lines as events called `error`, as streams may call theirs: those that were sent are of another class.
SCRIPT = """
globalThis.hearings ??= [];
globalThis.hear = (path, names) => {
  const source = new EventSource(path);
  const hearing = { source, opened: 0, lost: 0, events: [] };
  source.onopen = () => (hearing.opened += 1);
  for (const name of names) source.addEventListener(name, (event) => {
    if (event instanceof MessageEvent) hearing.events.push({ name, data: event.data, id: event.lastEventId, line: hearing.opened });
  });
  source.onerror = (event) => { if (!(event instanceof MessageEvent)) hearing.lost += 1; };
  return hearings.push(hearing) - 1;
};
"""

OPEN, CLOSED = 1, 2


class Hearing:
    """One `EventSource`. It is never touched again: what it does behind a lost line or the end, it does by itself."""

    def __init__(self, browser, path):
        self.browser, self.path = browser, path
        browser.run(f"if (globalThis.hear === undefined) {{ {SCRIPT} }}")
        self.number = browser.run("return hear(arguments[0], arguments[1])", path, all_names())

    def _ask(self, expression):
        return self.browser.run(f"const hearing = hearings[arguments[0]]; return {expression}", self.number)

    @property
    def state(self):
        """Its `readyState`."""
        return self._ask("hearing.source.readyState")

    @property
    def opened(self):
        """How often it has had a line."""
        return self._ask("hearing.opened")

    @property
    def events(self):
        """All that it has heard, in order: `name`, `data`, `id` (the last place that was said) and `line`, counted from 1."""
        return self._ask("hearing.events")

    @property
    def told(self):
        """The same without what is about the stream."""
        return [one for one in self.events if one["name"] not in ABOUT_THE_STREAM]

    def about(self, line=None):
        """What was said about the stream, on one line or on all."""
        return [one for one in self.events if one["name"] in ABOUT_THE_STREAM and line in (None, one["line"])]

    def close(self):
        """As a page does that has seen enough."""
        self._ask("hearing.source.close()")
