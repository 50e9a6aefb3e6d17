"""One WebSocket to the gateway, which is opened again when it is lost; what waits for an answer is said again."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from typing import Protocol

import websockets
from websockets.asyncio.client import ClientConnection

from .backoff import Backoff
from .door import Door
from .errors import GatewayError
from .model import JSON

# The gateway closes the socket, and to come back helps.
_COME_BACK = ("draining", "slow", "failed")


class Owner(Protocol):
    """Who has the line."""

    def heard(self, message: JSON) -> None:
        """Something that answers nothing that waits."""

    def places(self) -> list[JSON]:
        """What another socket is told first, so that everything goes on where it was."""

    def came_back(self) -> None:
        """Another socket has taken the place of one that was lost."""

    def is_over(self, trouble: GatewayError) -> None:
        """There will be no other one."""


@dataclass(slots=True)
class _Waiting:
    message: JSON
    answer: asyncio.Future[JSON]
    said_on: int


class Line:
    """Asks, and hears. An answer is waited for over any number of sockets: each question has an id, under which it counts once."""

    def __init__(self, door: Door, owner: Owner, tries: int | None) -> None:
        self._door = door
        self._owner = owner
        self._backoff = Backoff(tries)
        self._waiting: dict[str, _Waiting] = {}
        self._sending = asyncio.Lock()
        self._socket: ClientConnection | None = None
        self._number = 0  # Of the socket: 1 is the first.
        self._bye: str | None = None
        self._trouble: GatewayError | None = None
        self._is_closing = False
        self._running: asyncio.Task[None] | None = None
        self.welcome: JSON = {}

    async def open(self) -> None:
        """The first socket. What keeps it from being opened is told at once."""
        await self._connect()
        self._running = asyncio.create_task(self._run())

    async def close(self) -> None:
        """There will be no other socket."""
        self._is_closing = True
        if self._socket is not None:
            await self._socket.close()
        if self._running is not None:
            self._running.cancel()  # It may be waiting for the next try.
            await asyncio.wait({self._running})
        self._end(GatewayError("This WebSocket is closed.", code="closed"))

    async def ask(self, message: JSON) -> JSON:
        """The gateway's answer. While there is no socket, it is waited for one."""
        if self._trouble is not None:
            raise self._trouble
        if message["id"] in self._waiting:
            raise ValueError(
                f"The id {message['id']!r} is under way on this WebSocket. Wait for its answer, or choose another."
            )
        waiting = _Waiting(message, asyncio.get_running_loop().create_future(), 0)
        self._waiting[message["id"]] = waiting
        try:
            async with self._sending:
                await self._say_waiting([waiting])
            return await waiting.answer
        finally:
            self._waiting.pop(message["id"], None)

    # Sockets, one after the other

    async def _connect(self) -> None:
        self._bye = None
        try:
            socket = await websockets.connect(
                self._door.socket_url,
                ssl=self._door.tls,
                subprotocols=[websockets.Subprotocol("signalbox.v1")],
                additional_headers=self._door.headers,
                proxy=self._door.proxy,
                compression=None,
                max_size=None,
                open_timeout=self._door.timeout,
            )
            self.welcome = json.loads(await socket.recv())
        except websockets.InvalidStatus as error:
            raise _refused(error) from error
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            raise await self._door.why(error) from error
        self._socket = socket
        self._number += 1

    async def _run(self) -> None:
        try:
            await self._keep_open()
        except Exception as error:  # A mistake of this package: nobody is left waiting.
            self._end(GatewayError.unreadable(error))
            raise

    async def _keep_open(self) -> None:
        trouble = await self._hear()
        while not self._is_closing:
            wait = self._backoff.next(trouble.retry_after) if trouble.is_worth_another_try else None
            if wait is None:
                self._end(trouble)
                return
            await asyncio.sleep(wait)
            try:
                await self._connect()
            except GatewayError as error:
                trouble = error
                continue
            self._backoff.worked()
            going_on = asyncio.create_task(self._go_on())
            trouble = await self._hear()
            await going_on

    async def _go_on(self) -> None:
        """Places first, then what had no answer, then whatever else there is to say."""
        async with self._sending:
            for message in self._owner.places():
                await self._say(message)
            await self._say_waiting(list(self._waiting.values()))
        self._owner.came_back()

    async def _say_waiting(self, waiting: list[_Waiting]) -> None:
        for one in waiting:
            if one.said_on != self._number and not one.answer.done():
                one.said_on = self._number
                await self._say(one.message)

    async def _say(self, message: JSON) -> None:
        # Where the socket is lost, whoever reads notices, and it is said again on the next one.
        with contextlib.suppress(websockets.ConnectionClosed):
            if self._socket is not None:
                await self._socket.send(json.dumps(message))

    # What comes

    async def _hear(self) -> GatewayError:
        """Hears until the socket is lost, and gives why that was."""
        assert self._socket is not None
        trouble = GatewayError(f"The WebSocket of {self._door.url} broke off.", code="line-lost")
        try:
            async for text in self._socket:
                said = json.loads(text)
                for message in said if isinstance(said, list) else [said]:
                    self._heard(message)
        except websockets.ConnectionClosedError as error:
            trouble = GatewayError.of_line(error, self._door.url)
        except (ValueError, KeyError, TypeError) as error:  # Those who wait must hear of it.
            trouble = GatewayError.unreadable(error)
            await self._socket.close()
        if self._bye is not None:
            code = "line-lost" if self._bye in _COME_BACK else self._bye
            trouble = GatewayError(f"The gateway has closed the WebSocket ({self._bye}).", code=code)
        return trouble

    def _heard(self, message: JSON) -> None:
        waiting = self._waiting.get(message.get("id") or "")
        match message["type"]:
            case "ack" if waiting is not None:
                if not waiting.answer.done():
                    waiting.answer.set_result(message)
            case "nack" if waiting is not None:
                if not waiting.answer.done():
                    waiting.answer.set_exception(GatewayError.of_nack(message))
            case "bye":
                self._bye = message["reason"]
            case _:
                self._owner.heard(message)

    def _end(self, trouble: GatewayError) -> None:
        if self._trouble is not None:
            return
        self._trouble = trouble
        for waiting in self._waiting.values():
            if not waiting.answer.done():
                waiting.answer.set_exception(trouble)
                waiting.answer.exception()  # Nobody may be waiting for it, and that is no mistake.
        self._owner.is_over(trouble)


def _refused(error: websockets.InvalidStatus) -> GatewayError:
    response = error.response
    try:
        problem = json.loads(bytes(response.body or b""))
    except ValueError:
        problem = {}
    return GatewayError.of_problem(problem, response.status_code, response.headers.get("retry-after"))
