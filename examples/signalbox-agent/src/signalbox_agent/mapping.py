"""Events of LangGraph's `astream_events(version="v2")` as reports. A fold: no clock, no task, no network."""

from dataclasses import dataclass, replace
from typing import Any

from .reports import ArtifactChunk, Report, Update, input_of, plain, summary_of

CHUNK_SECONDS = 0.1
_MEMBERS = ("tool", "step", "total", "message", "title", "phase", "records", "summary", "error", "agent", "payload")


@dataclass(slots=True)
class _Call:
    """A tool, a model or a node that is under way."""

    kind: str
    name: str
    call_id: str
    place: str
    began: float
    where: dict[str, Any]
    words: str = ""
    said_at: float = 0.0


@dataclass(frozen=True, slots=True)
class _Held:
    place: str
    report: Report
    is_end: bool


class EventMapping:
    """Takes the events of one run of a graph, turn by turn, and gives the reports that they amount to.

    What a tool says through the stream writer travels on another way than that it has ended, and may come behind it. So ends are held,
    and what follows them in the same graph, until it has shown what the node came to, or `release` is called because nothing more comes.
    """

    def __init__(self, shows_nodes: bool = True) -> None:
        self._shows_nodes = shows_nodes
        self._calls: dict[str, _Call] = {}
        self._parked: dict[tuple[str, str, str], _Call] = {}
        self._held: list[_Held] = []
        self.output: Any = None

    def updates(self, event: dict[str, Any], now: float) -> list[Update]:
        """What one event amounts to; `now` is in seconds, of any clock that does not go back."""
        kind, data = event["event"], event.get("data") or {}
        match kind:
            case "on_tool_start":
                return self._begin(event, "tool", now, input=input_of(data.get("input")))
            case "on_tool_end":
                return self._end(event, now, summary=summary_of(data.get("output")))
            case "on_tool_error":
                return self._fail(event, data.get("error"), now)
            case "on_chat_model_start" | "on_llm_start":
                return self._begin(event, "llm", now)
            case "on_chat_model_stream" | "on_llm_stream":
                return self._chunk(event, data.get("chunk"), now)
            case "on_chat_model_end" | "on_llm_end":
                call = self._calls.get(event["run_id"])
                rest = self._words(call, now) if call else []
                return rest + self._end(event, now, payload=_usage(data.get("output")))
            case "on_custom_event":
                return self._custom(data, event["run_id"], _place(event), event.get("name"))
            case "on_chain_start" if self._is_node(event):
                return self._begin(event, "step", now) if self._shows_nodes else []
            case "on_chain_end" if self._is_node(event):
                output = data.get("output")
                changed = sorted(map(str, output)) if isinstance(output, dict) else None
                return self._end(event, now, payload={"changed": changed} if changed else None)
            case "on_chain_stream" if not event.get("parent_ids"):
                return self._streamed(data.get("chunk"))
            case "on_chain_end" if not event.get("parent_ids"):
                self.output = data.get("output")
        return []

    def release(self) -> list[Update]:
        """The ends that were held, where nothing has come for a moment."""
        held, self._held = self._held, []
        return self._released(held)

    def pause(self) -> list[Update]:
        """The graph waits for somebody. What has begun has not ended, and goes on under its old name when it begins again."""
        released = self.release()
        for call in self._calls.values():
            self._parked[(call.kind, call.place, call.name)] = call
        self._calls.clear()
        return released

    def finish(self, error: str | None, now: float) -> list[Update]:
        """The graph has ended. What has begun and not ended has failed with it."""
        ends: list[Update] = list(self.release())
        for call in [*self._calls.values(), *self._parked.values()]:
            if call.kind != "step":
                cause = error or "The graph ended while it was under way."
                ends.append(self._report(call, f"{call.kind}_failed", now, error=cause))
        self._calls.clear()
        self._parked.clear()
        return ends

    # Tools, models, nodes

    def _is_node(self, event: dict[str, Any]) -> bool:
        is_step = any(tag.startswith("graph:step:") for tag in event.get("tags") or ())
        return is_step and event["name"] == (event.get("metadata") or {}).get("langgraph_node")

    def _begin(self, event: dict[str, Any], kind: str, now: float, **members: Any) -> list[Update]:
        place, name = _place(event), str(event["name"])
        parked = self._parked.pop((kind, place, name), None)
        if parked:
            self._calls[event["run_id"]] = parked
            return []
        call = _Call(kind, name, event["run_id"], place, now, _where(event))
        self._calls[call.call_id] = call
        return self._say(place, self._report(call, f"{kind}_started", None, **members))

    def _end(self, event: dict[str, Any], now: float, **members: Any) -> list[Update]:
        call = self._calls.get(event["run_id"])
        if call is None:
            return []
        report = self._report(call, f"{call.kind}_completed", now, **members)
        if call.kind != "llm":
            return self._say(call.place, report, is_end=True)
        # All that a model says comes the way that its end comes.
        del self._calls[event["run_id"]]
        return self._say(call.place, report)

    def _fail(self, event: dict[str, Any], error: Any, now: float) -> list[Update]:
        call = self._calls.get(event["run_id"])
        # A tool that asks somebody ends with such an error, and begins again with the answer.
        if call is None or type(error).__name__ in ("GraphInterrupt", "NodeInterrupt"):
            return []
        cause = f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error)
        return self._say(call.place, self._report(call, "tool_failed", now, error=cause), is_end=True)

    # What is held

    def _say(self, place: str, report: Report, is_end: bool = False) -> list[Update]:
        if is_end or any(_graph(one.place) == _graph(place) for one in self._held):
            self._held.append(_Held(place, report, is_end))
            return []
        return [report]

    def _released(self, held: list[_Held]) -> list[Update]:
        """Whatever has ended has no more to say."""
        ended = {one.report.call_id for one in held if one.is_end}
        self._calls = {run: call for run, call in self._calls.items() if call.call_id not in ended}
        return [one.report for one in held]

    def _release_of(self, namespace: str, nodes: dict[str, Any]) -> list[Update]:
        """A graph has shown what these nodes came to: they have said all that they had to say."""
        prefixes = tuple(f"{namespace}|{node}:" if namespace else f"{node}:" for node in nodes)
        due: list[_Held] = []
        kept: list[_Held] = []
        for one in self._held:
            is_due = one.place.startswith(prefixes) if one.is_end else True
            blocked = any(_graph(other.place) == _graph(one.place) for other in kept)
            (due if is_due and not blocked else kept).append(one)
        self._held = kept
        return self._released(due)

    def _release_start_of(self, call: _Call) -> list[Update]:
        """Nothing is said of a call before it is said that it began."""
        starts = [at for at, one in enumerate(self._held) if not one.is_end and one.report.call_id == call.call_id]
        if not starts:
            return []
        due, self._held = self._held[: starts[0] + 1], self._held[starts[0] + 1 :]
        return self._released(due)

    def _chunk(self, event: dict[str, Any], chunk: Any, now: float) -> list[Update]:
        call = self._calls.get(event["run_id"])
        if call is None:
            return []
        content = (
            getattr(chunk, "content", None) or getattr(chunk, "text", None) or (chunk if isinstance(chunk, str) else "")
        )
        call.words += content if isinstance(content, str) else ""
        return self._words(call, now) if now - call.said_at >= CHUNK_SECONDS else []

    def _words(self, call: _Call, now: float) -> list[Update]:
        """Words are told ten times a second at most, for people read no quicker."""
        if not call.words:
            return []
        words, call.words, call.said_at = call.words, "", now
        return self._say(call.place, self._report(call, "llm_chunk", None, message=words))

    def _report(self, call: _Call, type: str, now: float | None, **members: Any) -> Report:
        taken = None if now is None else max(0, round((now - call.began) * 1000))
        tool = call.name if call.kind != "step" else None
        return Report(type, tool=tool, call_id=call.call_id, duration_ms=taken, **(call.where | members))

    # What the graph says itself

    def _streamed(self, chunk: Any) -> list[Update]:
        """The root shows (namespace, mode, what), in the order in which its nodes said and came to it."""
        if not isinstance(chunk, tuple) or len(chunk) != 3:
            return []
        namespace, mode, what = chunk
        place = "|".join(namespace)
        if mode == "custom":
            return self._custom(what, None, place, None)
        if mode == "updates" and isinstance(what, dict):
            return self._release_of(place, what)
        return []

    def _custom(self, what: Any, run_id: str | None, place: str, name: str | None) -> list[Update]:
        """What a node or tool wrote: a report, an artifact, a text, or any value."""
        where = _where_of(place)
        if isinstance(what, str):
            return [Report("progress", message=what, **where)]
        if not isinstance(what, dict):
            return [Report("progress", message=str(what), **where)]
        if what.get("type") == "artifact":
            return [_artifact(what)]
        call = self._call_of(what, run_id)
        members = {key: what[key] for key in _MEMBERS if what.get(key) is not None}
        for number in ("step", "total", "records"):
            if number in members and not isinstance(members[number], int):
                del members[number]
        kind = what.get("type")
        if call and kind in (None, "tool_progress", "progress"):
            if kind is None and not members:
                members["payload"] = plain(what)
            said = self._report(call, "tool_progress" if call.kind == "tool" else "progress", None)
            return [*self._release_start_of(call), replace(said, **members)]
        if isinstance(kind, str):
            return [Report(kind, call_id=what.get("callId"), **(where | members))]
        message = members.pop("message", None) or name or "progress"
        return [Report("progress", message=str(message), **(where | members | {"payload": plain(what)}))]

    def _call_of(self, what: dict[str, Any], run_id: str | None) -> _Call | None:
        """Whose it is: the call that it names or came from; else the only one that it can be."""
        named = what.get("callId") or run_id
        if named in self._calls:
            return self._calls[named]
        tools = [call for call in self._calls.values() if call.kind == "tool"]
        named_tool = what.get("tool")
        if named_tool:
            tools = [call for call in tools if call.name == named_tool]
        elif what.get("type") != "tool_progress":
            return None
        return tools[0] if len(tools) == 1 else None


def _graph(place: str) -> str:
    """The graph that the node at that place belongs to."""
    return place.rpartition("|")[0]


def _place(event: dict[str, Any]) -> str:
    return str((event.get("metadata") or {}).get("langgraph_checkpoint_ns") or "")


def _where_of(namespace: str) -> dict[str, Any]:
    """Whose the words are: the sub-graphs that they came through."""
    names = [part.split(":")[0] for part in namespace.split("|") if part]
    return {"agent": "/".join(names)} if names else {}


def _where(event: dict[str, Any]) -> dict[str, Any]:
    """The node is the phase, and the sub-graphs around it are the agent."""
    names = [part.split(":")[0] for part in _place(event).split("|") if part]
    if not names:
        return {}
    where: dict[str, Any] = {"phase": names[-1]}
    if len(names) > 1:
        where["agent"] = "/".join(names[:-1])
    return where


def _usage(output: Any) -> dict[str, Any] | None:
    usage = getattr(output, "usage_metadata", None)
    return {"usage": plain(usage)} if usage else None


def _artifact(what: dict[str, Any]) -> ArtifactChunk:
    name = what.get("name")
    text = what.get("text")
    return ArtifactChunk(
        artifact_id=str(what.get("artifactId") or name or "result"),
        name=str(name) if name is not None else None,
        text=None if text is None else str(text),
        data=plain(what.get("data")),
        append=bool(what.get("append", False)),
        last_chunk=bool(what.get("lastChunk", True)),
    )
