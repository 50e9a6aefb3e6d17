"""One task and all that was said of it: whoever comes back to it goes on where the last reader's line broke."""

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Callable
from datetime import datetime, timezone
from typing import Any

from a2a.server.tasks.task_manager import append_artifact_to_task
from a2a.types.a2a_pb2 import (
    Artifact,
    Message,
    Part,
    Role,
    Task,
    TaskArtifactUpdateEvent,
    TaskState,
    TaskStatus,
    TaskStatusUpdateEvent,
)
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct, Value

from .reports import PROGRESS_URI, ArtifactChunk, Report, Update, plain

Event = TaskStatusUpdateEvent | TaskArtifactUpdateEvent

TERMINAL = frozenset(
    (
        TaskState.TASK_STATE_COMPLETED,
        TaskState.TASK_STATE_CANCELED,
        TaskState.TASK_STATE_FAILED,
        TaskState.TASK_STATE_REJECTED,
    )
)
# So long before its line broke a reader may have taken what it has not written down.
DOUBT_SECONDS = 0.5
# So long after the end of a task its reader may come back that was killed before it had written the end down.
MISSED_SECONDS = 120.0
WAITING = frozenset((TaskState.TASK_STATE_INPUT_REQUIRED, TaskState.TASK_STATE_AUTH_REQUIRED))


class TaskFeed:
    """What was said of a task, in order, and how much of it somebody has taken.

    A2A replays nothing: a subscription shows the task as it is and what comes later, and reports that came between are lost. Here a
    subscription shows the task as its last reader knew it, and then everything since.

    A reader that was killed may have taken what it has not written down. What it took in the last moment is said again, with
    `"repeated": true` and the id of the message in `repeats`, by which a reader knows what it has; but for the last status and the
    artifacts, which are in the snapshot.
    """

    def __init__(self, task_id: str, context_id: str, owner: str, message: Message):
        self.id, self.context_id, self.owner = task_id, context_id, owner
        submitted = Task(id=task_id, context_id=context_id, history=[message])
        submitted.status.CopyFrom(_status(TaskState.TASK_STATE_SUBMITTED, None))
        self.task, self._known = submitted, _copy(submitted)
        self._events: list[Event] = []
        self._taken = 0
        self._taken_at: list[float] = []
        self._doubt = 0.0
        self._before_end = self._known
        self._changed = asyncio.Event()

    @property
    def state(self) -> TaskState:
        """What the task is, as of the last that was said."""
        return self.task.status.state

    @property
    def has_ended(self) -> bool:
        """Whether the task is in a state that it stays in."""
        return self.state in TERMINAL

    @property
    def is_told(self) -> bool:
        """Whether all is said, and heard so long ago that nobody comes back for it."""
        is_taken = self.has_ended and self._taken == len(self._events)
        return is_taken and time.monotonic() - self._taken_at[-1] > MISSED_SECONDS

    # What is said

    def tell(self, update: Update) -> None:
        """A report, or a piece of a result. Nothing is told of a task that has ended."""
        if self.has_ended:
            return
        if isinstance(update, ArtifactChunk):
            self._put(self._artifact(update))
            return
        # A report changes no state: whoever is asked something is asked it still.
        state = self.state if self.state in WAITING else TaskState.TASK_STATE_WORKING
        message = self.task.status.message if self.state in WAITING else self.says(update.text(), update.metadata())
        self._put(self._change(state, message, update.metadata()))

    def become(self, state: TaskState, message: Message | None = None, report: Report | None = None) -> None:
        """The task is in another state from now on."""
        if not self.has_ended:
            self._put(self._change(state, message, report.metadata() if report else None))

    def hear(self, message: Message) -> None:
        """Somebody has said something to the task; it is part of the conversation."""
        self.task.history.append(message)

    def says(self, text: str, metadata: dict[str, Any] | None = None) -> Message:
        """A message of the agent's in this task."""
        return Message(
            message_id=uuid.uuid4().hex,
            role=Role.ROLE_AGENT,
            task_id=self.id,
            context_id=self.context_id,
            parts=[Part(text=text)],
            metadata=metadata,
        )

    def _change(self, state: TaskState, message: Message | None, metadata: dict[str, Any] | None) -> Event:
        return TaskStatusUpdateEvent(
            task_id=self.id, context_id=self.context_id, status=_status(state, message), metadata=metadata
        )

    def _artifact(self, chunk: ArtifactChunk) -> Event:
        known = any(one.artifact_id == chunk.artifact_id for one in self.task.artifacts)
        part = Part(text=chunk.text)
        if chunk.text is None:
            part = Part(data=json_format.ParseDict(plain(chunk.data), Value()))
        artifact = Artifact(artifact_id=chunk.artifact_id, name=chunk.name or chunk.artifact_id, parts=[part])
        return TaskArtifactUpdateEvent(
            task_id=self.id,
            context_id=self.context_id,
            artifact=artifact,
            append=chunk.append and known,
            last_chunk=chunk.last_chunk,
        )

    def _put(self, event: Event) -> None:
        self._events.append(event)
        _fold(self.task, event)
        self._changed.set()
        self._changed = asyncio.Event()

    # Who hears it

    @property
    def length(self) -> int:
        """How many events there are."""
        return len(self._events)

    async def follow(
        self, is_open: Callable[[], bool], *, until_question_after: int | None = None
    ) -> AsyncGenerator[Task | Event, None]:
        """The task as its readers know it, and every event behind that, up to the end of the task.

        With `until_question_after`, up to the first question behind so many events as well. An event counts as taken when the line
        over which it went was open afterwards.
        """
        index, known, is_over = self._taken, self._known, False
        since, self._doubt = self._doubt, 0.0
        if self.has_ended and index == len(self._events):
            # Whoever comes to a task that has ended does not know that it has: the end is said again, too.
            index, known, since = index - 1, self._before_end, self._taken_at[-1] - DOUBT_SECONDS
        try:
            yield _copy(known)
            for again in self._in_doubt(since, index):
                yield _repeated(self._events[again], known)
                self._taken_at[again] = time.monotonic()
            while not is_over:
                while index < len(self._events) and not is_over:
                    event = self._events[index]
                    yield event
                    if not is_open():
                        return
                    index += 1
                    self._take(index)
                    is_question = (
                        until_question_after is not None and index > until_question_after and _ends(event, WAITING)
                    )
                    is_over = is_question or _ends(event, TERMINAL)
                if not is_over:
                    await self._changed.wait()
        finally:
            if not is_over:
                self._doubt = time.monotonic() - DOUBT_SECONDS

    def _in_doubt(self, since: float, count: int) -> list[int]:
        """The reports that a reader took just before its line broke, but for one that the snapshot has."""
        if not since:
            return []
        statuses = [at for at in range(count) if isinstance(self._events[at], TaskStatusUpdateEvent)]
        if statuses and _shows_its_report(self._events[statuses[-1]]):
            statuses.pop()
        return [at for at in statuses if self._taken_at[at] >= since and PROGRESS_URI in self._events[at].metadata]

    async def wait_for_pause(self, after: int) -> None:
        """Returns when the task has ended, or asks something behind so many events."""
        while not self.has_ended and not (self.length > after and self.state in WAITING):
            await self._changed.wait()

    def _take(self, count: int) -> None:
        while self._taken < count:
            if _ends(self._events[self._taken], TERMINAL):
                self._before_end = _copy(self._known)
            _fold(self._known, self._events[self._taken])
            self._taken_at.append(time.monotonic())
            self._taken += 1


def _status(state: TaskState, message: Message | None) -> TaskStatus:
    status = TaskStatus(state=state, message=message)
    status.timestamp.FromDatetime(datetime.now(timezone.utc))
    # Milliseconds are what everybody compares.
    status.timestamp.nanos -= status.timestamp.nanos % 1_000_000
    return status


def _repeated(event: Event, known: Task) -> Event:
    """The same report, which says that it may have been heard before. It changes no state: a question stays open."""
    again = TaskStatusUpdateEvent()
    assert isinstance(event, TaskStatusUpdateEvent)
    again.CopyFrom(event)
    if known.status.state in WAITING:
        again.status.CopyFrom(known.status)
    report = again.metadata[PROGRESS_URI]
    assert isinstance(report, Struct)
    report["repeated"] = True
    report["repeats"] = event.status.message.message_id
    return again


def _shows_its_report(event: Event) -> bool:
    # Amid a question the message is the question's, and the report is beside it.
    return isinstance(event, TaskStatusUpdateEvent) and PROGRESS_URI in event.status.message.metadata


def _copy(task: Task) -> Task:
    copy = Task()
    copy.CopyFrom(task)
    return copy


def _ends(event: Event, states: frozenset[TaskState]) -> bool:
    # A report amid a question says the question's state again, and is no question.
    return (
        isinstance(event, TaskStatusUpdateEvent) and event.status.state in states and PROGRESS_URI not in event.metadata
    )


def _fold(task: Task, event: Event) -> None:
    if isinstance(event, TaskArtifactUpdateEvent):
        append_artifact_to_task(task, event)
        return
    # Questions are part of the conversation; reports are not.
    if task.status.state in WAITING and event.status.message.message_id != task.status.message.message_id:
        task.history.append(task.status.message)
    task.status.CopyFrom(event.status)
