"""Records as they come, over an event stream that is opened again, at its place, whenever the line is lost."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import NoReturn

import httpx
from httpx_sse import ServerSentEvent, aconnect_sse

from .backoff import Backoff
from .door import LOST, Door, refusal
from .errors import GatewayError
from .model import News, Record, Reset, Snapshot, Task

# The gateway closes the stream, and to come back helps.
_COME_BACK = ("draining", "slow", "failed", "try-later")
_FINAL_REASONS = {
    "expired": "The right to watch has come to its end. Show a newer token or certificate.",
    "revoked": "The credential is not good any more. Sign in again.",
    "forbidden": "The policy does not let you see this any more. Ask an operator.",
    "removed": "A task's time had come before all of it was sent. It is gone.",
}


class _Finished(Exception):
    """All tasks of the stream have ended, and everything was sent."""


class Watch:
    """One watch: its place, and what was told already."""

    def __init__(
        self, door: Door, path: str, *, after: str | None, is_all: bool, tries: int | None, silence: float
    ) -> None:
        self._door = door
        self._path = path
        self._cursor = after
        self._is_all = is_all
        self._last: dict[str, int] = {}
        self._backoff = Backoff(tries)
        self._silence = silence
        self._retry = 0.0  # Seconds that the gateway wants between two tries; another figure for each client.
        self._missing: tuple[str, int] | None = None

    async def news(self) -> AsyncIterator[News]:
        """Everything behind the place, in order and once, until all the tasks have ended."""
        while True:
            try:
                async for news in self._once():
                    yield news
                raise GatewayError(f"The stream of {self._door.url} broke off.", code="line-lost")
            except _Finished:
                return
            except GatewayError as error:
                wait = self._backoff.next(error.retry_after, self._retry) if error.is_worth_another_try else None
                if wait is None:
                    raise
            await asyncio.sleep(wait)

    async def _once(self) -> AsyncIterator[News]:
        headers = {} if self._cursor is None else {"Last-Event-ID": self._cursor}
        timeout = httpx.Timeout(self._door.timeout, read=self._silence)
        try:
            async with aconnect_sse(self._door.http, "GET", self._path, headers=headers, timeout=timeout) as source:
                if source.response.status_code == 204:
                    raise _Finished
                if not source.response.is_success:
                    await source.response.aread()
                    raise refusal(source.response)
                async for event in source.aiter_sse():
                    news = self._heard(event)
                    if news is not None:
                        yield news
        except (ValueError, KeyError, TypeError) as error:
            raise GatewayError.unreadable(error) from error
        except LOST as error:
            raise await self._door.why(error) from error

    def _heard(self, event: ServerSentEvent) -> News | None:
        if event.retry is not None:
            self._retry = event.retry / 1000
        if not event.data:
            return None  # httpx-sse makes an event of each heartbeat, which is a comment.
        match event.event:
            case "message":
                return self._record(Record.read(json.loads(event.data), event.id))
            case "resume":
                self._backoff.worked()
                if self._cursor in (None, "earliest"):
                    self._cursor = (
                        event.id
                    )  # Cut off before the first record, the watch still begins at the right place.
                return None
            case "reset" | "snapshot":
                return self._picture(event)
            case "bye":
                self._bye(json.loads(event.data).get("reason", "failed"))
            case _:
                return None  # About the stream's right, or of a later gateway.

    def _record(self, record: Record) -> Record | None:
        last = self._last.get(record.task)
        if last is not None and record.seq <= last:
            return None
        if last is not None and record.seq > last + 1 and not self._is_all:
            # Never told with a hole: the same place is asked for once more, and what is missing comes, or a reset.
            is_again = self._missing == (record.task, last + 1)
            self._missing = (record.task, last + 1)
            raise GatewayError(
                f"Record {last + 1} of task {record.task} is missing. Tell whoever runs the gateway.",
                code="record-missing" if is_again else "line-lost",
            )
        self._last[record.task] = record.seq
        self._cursor = record.cursor
        return record

    def _picture(self, event: ServerSentEvent) -> Snapshot | Reset:
        said = json.loads(event.data)
        tasks = [Task.read(task) for task in said["tasks"]]
        self._last = {task.id: task.last_seq for task in tasks}
        self._cursor = said["cursor"]
        return (Reset if event.event == "reset" else Snapshot)(cursor=said["cursor"], tasks=tasks)

    def _bye(self, reason: str) -> NoReturn:
        if reason == "finished":
            raise _Finished
        if reason in _COME_BACK:
            raise GatewayError(f"The gateway has closed the stream ({reason}).", code="line-lost")
        raise GatewayError(_FINAL_REASONS.get(reason, f"The gateway has closed the stream ({reason})."), code=reason)
