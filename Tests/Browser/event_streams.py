"""Every event stream of the gateway's public listener that a browser's `EventSource` can open, as a table; and what the API says there
is."""

import dataclasses
import json

from promises import CONNECTED, HEARTBEAT

AREA = "/api/v1/agents/{agent}/tasks/{task}"
ONE_TASK = "/api/stream/{task}"

# Answers with streams to a POST: these are for clients that read the answer of a `fetch`, and have tests of their own.
POSTED = {
    "/chat": "GatewayTests/Workflows, and the workflow that it begins is followed here",
    "/api/v1/agents/{agent}/tasks": "GatewayTests/AgentArea",
    **{path: "GatewayTests/A2AFront and InteropTests" for path in (
        "/a2a", "/a2a/", "/a2a/{path...}", "/agents/{name}", "/agents/{name}/", "/agents/{name}/{path...}")},
}


@dataclasses.dataclass(frozen=True)
class Stream:
    """One way to hear of a task. `{other}` in a path is another task that is followed beside it, `{place}` where it begins."""

    title: str
    # As the API description has it.
    operation: str
    path: str
    # In which vocabulary it tells: docs/profiles.md.
    profile: str
    # What a browser that comes back behind the end of all its tasks is answered, by which it stays away; None: it never ends.
    last_answer: int | None = 204
    # Whether its events have places (`id`), so that it goes on where it was.
    has_places: bool = True
    # In 0.3, HTTP+JSON had another notation than JSON-RPC, in which profiles are: nearly that of 1.0.
    is_first_notation: bool = False

    def at(self, task, agent, other="", place=None):
        """Its address for this task, from its beginning on or from behind a place."""
        path = self.path.format(task=task, agent=agent, other=other, place=place or "earliest")
        if place is None or "{place}" in self.path:
            return path
        return f"{path}{'&' if '?' in path else '?'}after={place}"

    def document(self, event):
        """What stands in an event, as pages have it."""
        data = json.loads(event["data"])
        return _in_later_notation(data) if self.is_first_notation else data

    def is_quiet(self):
        """Where events have no names, nothing is said about the stream, because its clients would take it for one of them."""
        return self.profile in ("workflow", "a2a", "a2a-0.3")

    def is_opening(self, event):
        """What it begins with where it goes on in the middle; each one of AgentArea does."""
        if self.profile == "agentarea":
            return event["name"] == CONNECTED
        data = self.document(event)
        return {"a2a": "task" in data, "a2a-0.3": data.get("kind") == "task"}.get(self.profile, False)

    def is_heartbeat(self, event):
        """A sign of life, where the vocabulary has a word for it."""
        if self.profile == "agentarea":
            return event["name"] == HEARTBEAT
        return self.profile == "workflow" and self.document(event)["type"] == HEARTBEAT

    def has_heartbeats(self):
        """Whether silence is broken by an event; elsewhere it is by a comment, of which a page hears nothing."""
        return self.profile in ("workflow", "agentarea")


def _in_later_notation(value):
    """`parts` were called `content`, and the last status said that it is `final`."""
    if isinstance(value, list):
        return [_in_later_notation(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {"parts" if name == "content" else name: _in_later_notation(one) for name, one in value.items() if name != "final"}


def profiled(profile, more=""):
    """The stream of one task in this profile."""
    return Stream(f"?profile={profile}", ONE_TASK, f"/api/stream/{{task}}?profile={profile}", profile)


def subscription(title, operation, path, is_first_notation=False):
    """A subscription of A2A: no places; one who comes back is told how the task stands, and behind its end refused."""
    return Stream(title, operation, path, "a2a", last_answer=400, has_places=False, is_first_notation=is_first_notation)


# By what is opened at the same time: a browser opens no more than six connections to a server, and the page itself needs some of them.
TABLE = {
    "records": [
        Stream("one task", ONE_TASK, "/api/stream/{task}", "native"),
        Stream("several tasks", "/api/stream", "/api/stream?tasks={task},{other}", "native"),
        Stream("all tasks", "/api/stream", "/api/stream?all&after={place}", "native", last_answer=None),
    ],
    "names": [profiled("native"), profiled("simple"), profiled("agentarea")],
    "no_names": [profiled("workflow"), profiled("a2a"), profiled("a2a-0.3")],
    "others": [
        Stream("AgentArea", AREA + "/events/stream", AREA + "/events/stream", "agentarea"),
        # As pages of the alert analyzers say where they are.
        Stream("a place in the query", ONE_TASK, "/api/stream/{task}?profile=simple&lastEventId={place}", "simple"),
    ],
    "subscriptions": [
        subscription("A2A 1.0", "/agents/{name}/{path...}", "/agents/{agent}/tasks/{task}:subscribe?A2A-Version=1.0"),
        subscription("A2A 0.3", "/agents/{name}/{path...}", "/agents/{agent}/v1/tasks/{task}:subscribe", True),
        subscription("A2A by tenant", "/a2a/{path...}", "/a2a/{agent}/tasks/{task}:subscribe?A2A-Version=1.0"),
    ],
}

# It tells of no task, but of the right of whoever listens.
SESSION = "/api/session/stream"


def described(openapi, method):
    """The paths of the public listener whose answers are, or may be, streams of events, by the API's own description."""
    return {
        path for path, item in openapi["paths"].items()
        if method in item and "public" in item[method]["x-signalbox-listeners"] and "text/event-stream" in json.dumps(item[method])}


def described_profiles(openapi):
    """The words that `profile` takes."""
    parameters = openapi["paths"][ONE_TASK]["get"]["parameters"]
    return set(next(one["schema"]["enum"] for one in parameters if one["name"] == "profile"))
