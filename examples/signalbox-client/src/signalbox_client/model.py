"""What the gateway tells, as values. Members that a later gateway adds are in `raw`."""

from dataclasses import dataclass
from typing import Any, TypeAlias

JSON: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands. `cursor` is where a stream or a page of records goes on behind what this says."""

    id: str
    title: str
    agent: str
    owner: str
    state: str
    final: bool
    opened: str
    updated: str
    last_seq: int
    cursor: str
    raw: JSON

    @classmethod
    def read(cls, raw: JSON) -> "Task":
        """From the gateway's document."""
        return cls(
            id=raw["id"],
            title=raw.get("title", ""),
            agent=raw.get("agent", ""),
            owner=raw.get("owner", ""),
            state=raw["state"],
            final=raw["final"],
            opened=raw.get("opened", ""),
            updated=raw.get("updated", ""),
            last_seq=raw.get("lastSeq", 0),
            cursor=raw.get("cursor", ""),
            raw=raw,
        )


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Some tasks, newest first; `next` is the `before` of the page behind it, None where this is the last."""

    tasks: list[Task]
    next: str | None
    cursor: str


@dataclass(frozen=True, slots=True)
class Record:
    """Something that happened to a task. `seq` is 1, 2, 3, … without a hole.

    `cursor` is the place behind it; None for records of pages, where the page has one.
    """

    task: str
    seq: int
    offset: int
    time: str
    kind: str
    origin: str
    data: JSON
    cursor: str | None

    @classmethod
    def read(cls, raw: JSON, cursor: str | None = None) -> "Record":
        """From the gateway's document."""
        return cls(
            task=raw["task"],
            seq=raw["seq"],
            offset=raw["offset"],
            time=raw["time"],
            kind=raw["kind"],
            origin=raw["origin"],
            data=raw["data"],
            cursor=cursor,
        )

    @property
    def state(self) -> str | None:
        """The state that this says the task is in, such as `completed`; None where it says none."""
        if self.kind != "event":
            return None
        inner = self.data.get("statusUpdate") or self.data.get("task") or {}
        name = (inner.get("status") or {}).get("state")
        return None if name is None else str(name).removeprefix("TASK_STATE_").lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records of a task, oldest first. Go on with `after` = `next` until `complete`."""

    records: list[Record]
    next: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How the watched tasks stand where a watch begins at the end; what happens later follows."""

    cursor: str
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class Reset:
    """Forget what you have of these tasks, and begin with this: the place was of another journal, or is lost."""

    cursor: str
    tasks: list[Task]


News: TypeAlias = Record | Snapshot | Reset


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a command: `stopped`, `taken`, `refused` (then `why` has the agent's words), …"""

    verdict: str
    why: str | None
    after_milliseconds: int | None
    seq: int | None

    @classmethod
    def read(cls, raw: JSON) -> "Verdict":
        """From a receipt, a message or a record."""
        return cls(
            verdict=raw["verdict"],
            why=raw.get("why"),
            after_milliseconds=raw.get("afterMilliseconds"),
            seq=raw.get("seq"),
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """A command that is in the journal, as record `seq`. `verdict` is None where nothing has come of it yet, or nothing ever does."""

    id: str
    task: str
    command: str
    seq: int | None
    repeated: bool
    verdict: Verdict | None

    @classmethod
    def read(cls, raw: JSON) -> "Receipt":
        """From the gateway's document."""
        verdict = raw.get("verdict")
        return cls(
            id=raw["id"],
            task=raw["task"],
            command=raw["command"],
            seq=raw.get("seq"),
            repeated=raw.get("repeated", False),
            verdict=None if verdict is None else Verdict.read(verdict),
        )


@dataclass(frozen=True, slots=True)
class Submitted:
    """A task that was begun. `cursor` is where its stream begins."""

    id: str
    context: str
    cursor: str

    @classmethod
    def read(cls, raw: JSON) -> "Submitted":
        """From the gateway's document, over HTTP or WebSocket."""
        return cls(id=raw.get("task") or raw["id"], context=raw.get("context", ""), cursor=raw["cursor"])


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an agent. `form` says what fits; without one, whatever is said is an answer."""

    task: str
    question: str
    kind: str
    text: str
    form: JSON | None
    deadline: str | None
    agent: str | None
    may_answer: bool
    state: str
    raw: JSON

    @classmethod
    def read(cls, raw: JSON, task: str | None = None) -> "Question":
        """From the gateway's document; `task` where that leaves it out."""
        return cls(
            task=task or raw["task"],
            question=raw["question"],
            kind=raw["kind"],
            text=raw.get("text", ""),
            form=raw.get("form"),
            deadline=raw.get("deadline"),
            agent=raw.get("agent"),
            may_answer=raw.get("mayAnswer", False),
            state=raw.get("state", "open"),
            raw=raw,
        )


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """A question that waits no more: `how` is `answered`, `expired`, `withdrawn`, `elsewhere` or `ended`."""

    task: str
    question: str
    how: str
    by: str | None
