"""What comes over a WebSocket and waits for its reader."""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

from .errors import GatewayError
from .members import given
from .model import JSON, News, Question, QuestionClosed, Receipt, Record, Verdict

_One = TypeVar("_One")


class Queue(Generic[_One]):
    """What has come and was not read yet. It has an end, or ends with an error."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[_One | None] = asyncio.Queue()
        self._error: GatewayError | None = None

    def put(self, one: _One) -> None:
        """Adds one."""
        self._queue.put_nowait(one)

    def end(self, error: GatewayError | None = None) -> None:
        """Nothing more comes; whoever has read all is told why."""
        self._error = error
        self._queue.put_nowait(None)

    def __aiter__(self) -> AsyncIterator[_One]:
        return self

    async def __anext__(self) -> _One:
        one = await self._queue.get()
        if one is not None:
            return one
        self._queue.put_nowait(None)  # Whoever asks again is told the same.
        if self._error is not None:
            raise self._error
        raise StopAsyncIteration


class Subscription(Queue[News]):
    """The records of some tasks, or of all. It is over when all of them have ended, or with GatewayError.

    `status` and `missed` are what `resume` says on an event stream, of the last socket.
    """

    def __init__(self, id: str, tasks: tuple[str, ...], after: str | None = None) -> None:
        super().__init__()
        self.id = id
        self.tasks = tasks
        self.status = ""
        self.missed: int | None = None
        self.has_begun = False
        self._place = after
        self._last: dict[str, int] = {}

    @property
    def request(self) -> JSON:
        """What begins it, or has it go on behind what has come, on any socket."""
        said: JSON = {"tasks": list(self.tasks)} if self.tasks else {"all": True}
        return {"type": "subscribe", "id": self.id, **said, **given(after=self._place)}

    def begun(self, ack: JSON) -> None:
        """The gateway has answered."""
        self.has_begun = True
        self.status, self.missed = ack["status"], ack.get("missed")
        if self._place in (None, "earliest") and ack.get("status") == "continued":
            self._place = ack["from"]  # Cut off before the first record, it still begins at the right place.

    def put(self, one: News) -> None:
        """Adds one, and remembers the place behind it. What has come before is left out."""
        if isinstance(one, Record):
            if one.seq <= self._last.get(one.task, 0):
                return
            self._last[one.task] = one.seq
        else:
            self._last = {task.id: task.last_seq for task in one.tasks}
        self._place = one.cursor
        super().put(one)


class Inbox(Queue[Question | QuestionClosed]):
    """The questions that wait, `waiting` of them first, and then each whose state changes.

    `has_more`: others wait behind those. Behind a line that was lost, only what has changed meanwhile is told.
    """

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id
        self.waiting = 0
        self.has_more = False
        self.has_begun = False
        self._open: dict[tuple[str, str], Question] = {}
        self._before: dict[tuple[str, str], Question] = {}
        self._listed = 0

    @property
    def request(self) -> JSON:
        """What begins it, on any socket."""
        return {"type": "questions", "id": self.id}

    def begun(self, ack: JSON) -> None:
        """The gateway has answered: so many of the next questions are the list."""
        self.has_begun = True
        self.waiting, self.has_more = ack.get("waiting", 0), ack.get("more", False)
        self._before, self._listed = dict(self._open), self.waiting

    def heard(self, one: Question | QuestionClosed) -> None:
        """Tells it, unless it is known."""
        key = (one.task, one.question)
        if isinstance(one, Question):
            self._listed -= 1
            self._before.pop(key, None)
            if self._open.get(key) == one:
                return
            self._open[key] = one
        else:
            self._before.pop(key, None)
            if self._open.pop(key, None) is None and not self.has_more:
                return
        self.put(one)

    def gone(self) -> list[Question]:
        """Those that were known before and are not in the list, once that has come; each once."""
        if self._listed > 0:
            return []
        gone, self._before = list(self._before.values()), {}
        return gone


class Order:
    """A command that the gateway has taken: its receipt now, its verdict when there is one."""

    def __init__(self, receipt: Receipt, verdict: "asyncio.Future[Verdict]") -> None:
        self.receipt = receipt
        self._verdict = verdict

    async def verdict(self, within: float = 60) -> Verdict:
        """What came of it. Raises GatewayError `no-verdict` where nothing is known by then; that changes nothing."""
        try:
            return await asyncio.wait_for(asyncio.shield(self._verdict), within)
        except TimeoutError:
            raise GatewayError(
                f"There is no verdict on {self.receipt.command} {self.receipt.id} within {within:g} s. "
                "The records of the task will have it.",
                code="no-verdict",
            ) from None
