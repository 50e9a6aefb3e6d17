"""What an agent's code does its work with: it tells, asks, and gives results."""

import asyncio
import contextvars
import threading
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

from a2a.helpers.proto_helpers import get_message_text
from a2a.types.a2a_pb2 import Message, TaskState
from google.protobuf import json_format

from .errors import QuestionDeclined, QuestionExpired
from .feed import TaskFeed
from .questions import QUESTIONS_URI, BadAnswer, Question
from .reports import ArtifactChunk, Report, Update, input_of, summary_of

_stop: contextvars.ContextVar[threading.Event | None] = contextvars.ContextVar("signalbox_stop", default=None)


def is_cancelled() -> bool:
    """Whether the task that this code works for was cancelled. A tool in a thread asks, since nothing can interrupt it there."""
    stop = _stop.get()
    return stop is not None and stop.is_set()


class Agent(Protocol):
    """Whatever does the work. What `run` returns is the agent's last word, and the task is completed."""

    async def run(self, context: "TaskContext") -> str | None:
        """Does the work of one task."""


class FunctionAgent:
    """An agent that is one coroutine function: `async def work(context): …`."""

    def __init__(self, work: Callable[["TaskContext"], Awaitable[str | None]]):
        self._work = work

    async def run(self, context: "TaskContext") -> str | None:
        """Calls the function."""
        return await self._work(context)


class Decline:
    """What `ask` keeps where somebody will not answer."""


class TaskContext:
    """One task, for the code that works on it."""

    def __init__(self, feed: TaskFeed, message: Message):
        self._feed = feed
        self.message = message
        self.stop = threading.Event()
        self.question: tuple[str, Question, asyncio.Future[dict[str, Any] | Decline]] | None = None
        self._asked = 0
        self._asking = asyncio.Lock()

    def enter(self) -> None:
        """Makes `is_cancelled` speak of this task, in this coroutine and in all that it starts."""
        _stop.set(self.stop)

    @property
    def task_id(self) -> str:
        """The task's id at this agent."""
        return self._feed.id

    @property
    def text(self) -> str:
        """What was said to begin the task."""
        return get_message_text(self.message)

    @property
    def data(self) -> list[Any]:
        """The values of the message's data parts."""
        return [json_format.MessageToDict(part.data) for part in self.message.parts if part.HasField("data")]

    # Telling

    def tell(self, update: Update) -> None:
        """Any report or piece of a result."""
        self._feed.tell(update)

    def progress(self, message: str, **members: Any) -> None:
        """Says what is being done; `title`, `phase`, `step`, `total` and `payload` may go with it."""
        self.tell(Report("progress", message=message, **members))

    def artifact(self, artifact_id: str, *, text: str | None = None, data: Any = None, name: str | None = None) -> None:
        """Puts a result into the task: a text, or a value that JSON has."""
        self.tell(ArtifactChunk(artifact_id, name=name, text=text, data=data))

    @asynccontextmanager
    async def tool(self, name: str, given: Any = None) -> AsyncIterator["ToolCall"]:
        """Tells that a tool began, and that it was completed or has failed, with its duration."""
        call = ToolCall(self, name)
        self.tell(Report("tool_started", tool=name, call_id=call.id, input=input_of(given)))
        try:
            yield call
        except BaseException as error:
            cause = "cancelled" if isinstance(error, asyncio.CancelledError) else f"{type(error).__name__}: {error}"
            self.tell(Report("tool_failed", tool=name, call_id=call.id, error=cause, duration_ms=call.milliseconds))
            raise
        self.tell(
            Report("tool_completed", tool=name, call_id=call.id, summary=call.summary, duration_ms=call.milliseconds)
        )

    # Asking

    async def ask(self, question: Question | str | dict[str, Any]) -> Any:
        """Asks the task's people, and waits: a text for a question without fields, else a dict of the fields' values.

        Questions that are asked at the same time are shown one after the other.
        """
        if not isinstance(question, Question):
            question = Question.of(question)
        async with self._asking:
            self._asked += 1
            answer = await self._answered(f"question-{self._asked}", question)
        if isinstance(answer, Decline):
            if question.has_default:
                return question.default
            raise QuestionDeclined(f"Nobody wants to answer: {question.prompt}")
        return answer["answer"] if question.takes_text else answer

    async def _answered(self, identifier: str, question: Question) -> dict[str, Any] | Decline:
        answer: asyncio.Future[dict[str, Any] | Decline] = asyncio.get_running_loop().create_future()
        deadline = datetime.now(timezone.utc) + timedelta(seconds=question.seconds)
        shown = self._feed.says(question.text(), {QUESTIONS_URI: question.form(identifier, deadline)})
        self.question = (identifier, question, answer)
        self._feed.become(TaskState.TASK_STATE_INPUT_REQUIRED, shown)
        try:
            return await asyncio.wait_for(answer, question.seconds)
        except TimeoutError:
            if question.has_default:
                return Decline()
            raise QuestionExpired(f"Nobody answered in time: {question.prompt}") from None
        finally:
            self.question = None
            self._feed.become(TaskState.TASK_STATE_WORKING)

    def take_answer(self, message: Message) -> None:
        """Reads the answer to the open question out of a message. Raises BadAnswer where it does not fit, and the question stays open."""
        assert self.question is not None, "nothing is asked"
        identifier, question, answer = self.question
        if answer.done():
            raise BadAnswer({identifier: "is answered already"})
        said = json_format.MessageToDict(message.metadata).get(QUESTIONS_URI)
        if isinstance(said, dict):
            if said.get("questionId", identifier) != identifier:
                raise BadAnswer({str(said["questionId"]): f'is not open; the open question is "{identifier}"'})
            if said.get("decline") is True:
                if not question.may_decline:
                    raise BadAnswer({identifier: "cannot be declined: give an answer"})
                answer.set_result(Decline())
                return
            values = said.get("values")
            if not isinstance(values, dict):
                raise BadAnswer({identifier: "was answered without an object of values"})
            answer.set_result(question.read(values))
            return
        objects = [
            value
            for value in (json_format.MessageToDict(part.data) for part in message.parts if part.HasField("data"))
            if isinstance(value, dict)
        ]
        if len(objects) == 1:
            answer.set_result(question.read(objects[0]))
        else:
            answer.set_result(question.read_text(get_message_text(message)))


class ToolCall:
    """One call of a tool that is under way."""

    def __init__(self, context: TaskContext, name: str):
        self._context, self._name = context, name
        self.id = uuid.uuid4().hex
        self.summary: str | None = None
        self._began = time.monotonic()

    @property
    def milliseconds(self) -> int:
        """How long it has taken until now."""
        return int((time.monotonic() - self._began) * 1000)

    def progress(
        self,
        message: str | None = None,
        *,
        step: int | None = None,
        total: int | None = None,
        records: int | None = None,
    ) -> None:
        """Says how far it is."""
        self._context.tell(
            Report(
                "tool_progress",
                tool=self._name,
                call_id=self.id,
                message=message,
                step=step,
                total=total,
                records=records,
            )
        )

    def gave(self, value: Any) -> None:
        """What came of it, for the line that says that it was completed."""
        self.summary = summary_of(value)
