"""The agent as `a2a-sdk` wants it: a request handler with a task for each piece of work."""

import asyncio
import logging
import uuid
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    GetTaskRequest,
    ListTasksRequest,
    ListTasksResponse,
    Message,
    SendMessageRequest,
    SubscribeToTaskRequest,
    Task,
    TaskState,
)
from a2a.utils.errors import (
    InvalidParamsError,
    TaskNotCancelableError,
    TaskNotFoundError,
    UnsupportedOperationError,
)

from .context import Agent, TaskContext
from .errors import AgentFailure, AgentRejection
from .feed import Event, TaskFeed
from .push import WithoutPush
from .questions import BadAnswer

log = logging.getLogger("signalbox_agent")

CANCEL_SECONDS = 5.0
TASK_LIMIT = 1000


@dataclass(slots=True)
class Entry:
    """A task with the work that is done for it."""

    feed: TaskFeed
    context: TaskContext
    heard: set[str]
    work: asyncio.Task[None] | None = None
    is_cancelled: bool = False
    readers: int = field(default=0)


class Desk(WithoutPush):
    """Takes messages, and has the agent work on them. Tasks live in memory: with the process they are gone."""

    def __init__(self, agent: Agent, task_limit: int = TASK_LIMIT):
        self._agent = agent
        self._limit = task_limit
        self._entries: dict[str, Entry] = {}
        self._is_stopping = False

    # Messages

    async def on_message_send(self, params: SendMessageRequest, context: ServerCallContext) -> Task | Message:
        """Begins a task or answers a question, and waits for the end or the next question, unless told not to."""
        entry, before = self._take(params.message, context)
        if not params.configuration.return_immediately:
            await entry.feed.wait_for_pause(before)
        return _shortened(entry.feed.task, params.configuration)

    async def on_message_send_stream(
        self, params: SendMessageRequest, context: ServerCallContext
    ) -> AsyncGenerator[Task | Event, None]:
        """The same, with all that is told on the way."""
        entry, before = self._take(params.message, context)
        async with aclosing(self._follow(entry, context, until_question_after=before)) as events:
            async for event in events:
                yield event

    async def on_subscribe_to_task(
        self, params: SubscribeToTaskRequest, context: ServerCallContext
    ) -> AsyncGenerator[Task | Event, None]:
        """The task as its readers know it, and everything since, to its end."""
        entry = self._find(params.id, context)
        # What nobody has heard, or may have lost, is told to whoever comes, also behind the end.
        if entry.feed.is_told:
            raise UnsupportedOperationError(
                message=f"The task {params.id} has ended; there is nothing more to hear of it."
            )
        async with aclosing(self._follow(entry, context)) as events:
            async for event in events:
                yield event

    async def _follow(
        self, entry: Entry, context: ServerCallContext, until_question_after: int | None = None
    ) -> AsyncGenerator[Task | Event, None]:
        is_open: Callable[[], bool] = context.state.get("is_open", _always)
        entry.readers += 1
        try:
            # Closed at once, not when somebody tidies up: who comes next has to know that a line broke.
            async with aclosing(entry.feed.follow(is_open, until_question_after=until_question_after)) as events:
                async for event in events:
                    yield event
        finally:
            entry.readers -= 1

    def _take(self, message: Message, context: ServerCallContext) -> tuple[Entry, int]:
        """The task of the message, and how much was told of it before."""
        if not message.parts:
            raise InvalidParamsError(message="The message has no parts: say at least one text.")
        if not message.task_id:
            return self._begin(message, context), 0
        entry = self._find(message.task_id, context)
        if message.context_id and message.context_id != entry.feed.context_id:
            raise InvalidParamsError(
                message=f"The task {entry.feed.id} belongs to another context than {message.context_id}."
            )
        if message.message_id in entry.heard:
            return entry, 0  # Heard before: it is answered as before.
        if entry.feed.has_ended:
            raise UnsupportedOperationError(message=f"The task {entry.feed.id} has ended: begin another one.")
        if entry.context.question is None:
            raise UnsupportedOperationError(
                message=f"The task {entry.feed.id} is at work and asks nothing: wait for its question, or cancel it."
            )
        try:
            entry.context.take_answer(message)
        except BadAnswer as error:
            raise InvalidParamsError(
                message=f"The answer does not fit the question, which stays open: {error}.",
                data={"violations": error.problems},
            ) from None
        entry.heard.add(message.message_id)
        entry.feed.hear(message)
        return entry, entry.feed.length

    def _begin(self, message: Message, context: ServerCallContext) -> Entry:
        owner = context.user.user_name
        for known in self._entries.values():
            if message.message_id in known.heard and known.feed.owner == owner:
                return known  # Whoever does not know whether it arrived sends it again.
        if self._is_stopping:
            raise UnsupportedOperationError(message="This agent is stopping and takes no new tasks.")
        self._make_room()
        message.task_id = uuid.uuid4().hex
        message.context_id = message.context_id or uuid.uuid4().hex
        feed = TaskFeed(message.task_id, message.context_id, owner, message)
        entry = Entry(feed, TaskContext(feed, message), {message.message_id})
        self._entries[feed.id] = entry
        entry.work = asyncio.create_task(self._work(entry), name=f"task {feed.id}")
        return entry

    def _make_room(self) -> None:
        """The task that ended first goes first."""
        for key, entry in list(self._entries.items()):
            if len(self._entries) < self._limit:
                return
            if entry.feed.has_ended and not entry.readers:
                del self._entries[key]
        if len(self._entries) >= self._limit:
            raise UnsupportedOperationError(
                message=f"This agent works on {self._limit} tasks already: try again later."
            )

    # Work

    async def _work(self, entry: Entry) -> None:
        feed = entry.feed
        feed.become(TaskState.TASK_STATE_WORKING)
        state, words = TaskState.TASK_STATE_COMPLETED, None
        try:
            entry.context.enter()
            words = await self._agent.run(entry.context)
        except asyncio.CancelledError:
            state, words = TaskState.TASK_STATE_FAILED, "The agent was stopped while it worked on this task."
        except AgentRejection as error:
            state, words = TaskState.TASK_STATE_REJECTED, str(error)
        except AgentFailure as error:
            state, words = TaskState.TASK_STATE_FAILED, str(error)
        except Exception as error:
            log.exception("task %s failed", feed.id)
            state, words = TaskState.TASK_STATE_FAILED, f"{type(error).__name__}: {error}"
        if entry.is_cancelled:
            # What ends in time after a cancel has been cancelled, whatever it said.
            state, words = TaskState.TASK_STATE_CANCELED, "Stopped as asked."
        feed.become(state, feed.says(words) if words else None)

    async def on_cancel_task(self, params: CancelTaskRequest, context: ServerCallContext) -> Task:
        """Stops the work, and waits for that. Work that does not heed it goes on, and the answer shows the task as it is."""
        entry = self._find(params.id, context)
        if entry.feed.state == TaskState.TASK_STATE_CANCELED:
            return entry.feed.task
        if entry.feed.has_ended or entry.work is None:
            raise TaskNotCancelableError(message=f"The task {params.id} has ended already.")
        entry.is_cancelled = True
        entry.context.stop.set()
        entry.work.cancel()
        _, unheeding = await asyncio.wait({entry.work}, timeout=CANCEL_SECONDS)
        if unheeding:
            entry.is_cancelled = False
        else:
            # Work that had not begun never says that it has ended.
            entry.feed.become(TaskState.TASK_STATE_CANCELED, entry.feed.says("Stopped as asked."))
        return entry.feed.task

    async def stop(self, grace: float) -> None:
        """Takes no new tasks, lets those under way end within the grace, and fails the rest."""
        self._is_stopping = True
        work = {entry.work for entry in self._entries.values() if entry.work and not entry.work.done()}
        if work:
            _, late = await asyncio.wait(work, timeout=grace)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1)

    # Looking

    async def on_get_task(self, params: GetTaskRequest, context: ServerCallContext) -> Task | None:
        """The task as it is now."""
        return _shortened(self._find(params.id, context).feed.task, params)

    async def on_list_tasks(self, params: ListTasksRequest, context: ServerCallContext) -> ListTasksResponse:
        """The caller's tasks, the one with the newest status first, all on one page."""
        owner = context.user.user_name
        tasks = [
            _shortened(entry.feed.task, params)
            for entry in self._entries.values()
            if entry.feed.owner == owner
            and (not params.context_id or entry.feed.context_id == params.context_id)
            and (not params.status or entry.feed.state == params.status)
        ]
        tasks.sort(key=lambda task: task.status.timestamp.ToNanoseconds(), reverse=True)
        if not params.include_artifacts:
            for task in tasks:
                task.ClearField("artifacts")
        return ListTasksResponse(tasks=tasks, page_size=len(tasks), total_size=len(tasks))

    def _find(self, task_id: str, context: ServerCallContext) -> Entry:
        entry = self._entries.get(task_id)
        # Somebody else's task answers as one that does not exist.
        if entry is None or entry.feed.owner != context.user.user_name:
            raise TaskNotFoundError(message=f"There is no task {task_id} here.")
        return entry


def _always() -> bool:
    return True


def _shortened(task: Task, request: Any) -> Task:
    """A copy with as much of the conversation as was asked for."""
    copy = Task()
    copy.CopyFrom(task)
    if request.HasField("history_length"):
        kept = list(copy.history)[-request.history_length :] if request.history_length > 0 else []
        copy.ClearField("history")
        copy.history.extend(kept)
    return copy
