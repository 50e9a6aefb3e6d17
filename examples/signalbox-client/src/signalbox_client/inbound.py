"""What comes over a WebSocket and waits for its reader."""

import asyncio
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

from .errors import GatewayError
from .model import News, Question, QuestionClosed, Receipt, Verdict

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

    `status` and `missed` are what `resume` says on an event stream.
    """

    def __init__(self, id: str, tasks: tuple[str, ...]) -> None:
        super().__init__()
        self.id = id
        self.tasks = tasks
        self.status = ""
        self.missed: int | None = None


class Inbox(Queue[Question | QuestionClosed]):
    """The questions that wait, `waiting` of them first, and then each whose state changes.

    `has_more`: others wait behind those.
    """

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id
        self.waiting = 0
        self.has_more = False


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
