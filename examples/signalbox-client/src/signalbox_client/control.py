"""Watching and commanding over one WebSocket, as docs/websocket.md has it."""

import asyncio
import itertools
import json
import uuid
from collections.abc import Mapping
from typing import Any, Literal, Self

import websockets
from websockets.asyncio.client import ClientConnection

from .door import Door
from .errors import GatewayError
from .inbound import Inbox, Order, Subscription
from .members import answer_members, given
from .model import JSON, Question, QuestionClosed, Receipt, Record, Reset, Snapshot, Submitted, Task, Verdict


class Control:
    """One WebSocket: `async with gateway.control() as control`.

    It is not opened again by itself: when the line is lost, all that waits for it ends with GatewayError, `line-lost` or the reason that
    the gateway gave. Another one goes on with the cursors of the last records, and with the ids of commands that had no answer. What
    is not read is kept in memory.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._ids = itertools.count(1)
        self._answers: dict[str, asyncio.Future[JSON]] = {}
        self._verdicts: dict[tuple[str, str], asyncio.Future[Verdict]] = {}
        self._subscriptions: dict[str, Subscription] = {}
        self._inboxes: dict[str, Inbox] = {}
        self._reading: asyncio.Task[None] | None = None
        self._bye: str | None = None
        self._trouble: GatewayError | None = None
        self.welcome: JSON = {}

    async def __aenter__(self) -> Self:
        try:
            self._socket: ClientConnection = await websockets.connect(
                self._door.socket_url,
                ssl=self._door.tls,
                subprotocols=[websockets.Subprotocol("signalbox.v1")],
                additional_headers=self._door.headers,
                proxy=self._door.proxy,
                compression=None,
                max_size=None,
                open_timeout=self._door.timeout,
            )
            self.welcome = json.loads(await self._socket.recv())
        except websockets.InvalidStatus as error:
            raise _refused(error) from error
        except (OSError, TimeoutError, websockets.WebSocketException) as error:
            raise await self._door.why(error) from error
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the WebSocket. No task is cancelled by that."""
        await self._socket.close()
        if self._reading is not None:
            await self._reading

    # Watching

    async def subscribe(self, *tasks: str, after: str | None = None) -> Subscription:
        """Watches up to 1,000 tasks; without any, all that one may watch. `after` is a cursor, `earliest` or `latest`."""
        subscription = Subscription(f"s{next(self._ids)}", tasks)
        # It is known before the answer comes, because records may come in the same breath.
        self._subscriptions[subscription.id] = subscription
        try:
            said = {"tasks": list(tasks)} if tasks else {"all": True}
            ack = await self._tell({"type": "subscribe", "id": subscription.id, **said, **given(after=after)})
        except GatewayError:
            self._subscriptions.pop(subscription.id, None)
            raise
        subscription.status, subscription.missed = ack["status"], ack.get("missed")
        return subscription

    async def questions(self) -> Inbox:
        """The inbox: what waits for an answer, and what becomes of it."""
        inbox = Inbox(f"q{next(self._ids)}")
        self._inboxes[inbox.id] = inbox
        try:
            ack = await self._tell({"type": "questions", "id": inbox.id})
        except GatewayError:
            self._inboxes.pop(inbox.id, None)
            raise
        inbox.waiting, inbox.has_more = ack.get("waiting", 0), ack.get("more", False)
        return inbox

    async def unsubscribe(self, one: Subscription | Inbox) -> None:
        """Ends it: nothing more comes of it, and it is over for whoever reads it."""
        await self._tell({"type": "unsubscribe", "id": f"u{next(self._ids)}", "subscription": one.id})
        self._subscriptions.pop(one.id, None)
        self._inboxes.pop(one.id, None)
        one.end()

    # Commands: `id` is made where none is given; the same one again is the same command, on any socket and over HTTP.

    async def submit(
        self,
        text: str | None = None,
        *,
        message: JSON | None = None,
        agent: str | None = None,
        title: str | None = None,
        key: str | None = None,
    ) -> Submitted:
        """Begins a task. `key` makes it safe to ask again."""
        members = given(text=text, message=message, agent=agent, title=title, key=key)
        return Submitted.read(await self._tell({"type": "submit", "id": str(uuid.uuid4()), **members}))

    async def cancel(self, task: str, *, why: str | None = None, id: str | None = None) -> Order:
        """Asks the task's agent to stop."""
        return await self._order("cancel", task, id, why=why)

    async def pause(self, task: str, *, why: str | None = None, id: str | None = None) -> Order:
        """Asks the task's agent to wait."""
        return await self._order("pause", task, id, why=why)

    async def resume(self, task: str, *, id: str | None = None) -> Order:
        """Asks the task's agent to go on."""
        return await self._order("resume", task, id)

    async def say(self, task: str, text: str, *, id: str | None = None) -> Order:
        """Says something to the task's agent."""
        return await self._order("say", task, id, text=text)

    async def answer(
        self,
        task: str,
        question: str,
        *,
        values: Mapping[str, Any] | None = None,
        text: str | None = None,
        decline: bool = False,
        id: str | None = None,
    ) -> Order:
        """Answers a question with `values` for its form, with a `text`, or by declining."""
        return await self._order("answer", task, id, question=question, **answer_members(values, text, decline))

    async def claim(self, task: str, question: str, *, id: str | None = None) -> Receipt:
        """Tells everybody that one is answering. There is no verdict."""
        return (await self._order("claim", task, id, question=question)).receipt

    async def review(
        self, task: str, opinion: Literal["accept", "disagree"], *, why: str | None = None, id: str | None = None
    ) -> Receipt:
        """Says what one thinks of what a completed task has come to. There is no verdict."""
        return (await self._order("review", task, id, opinion=opinion, why=why)).receipt

    async def _order(self, kind: str, task: str, id: str | None, **members: Any) -> Order:
        id = id or str(uuid.uuid4())
        is_first = (task, id) not in self._verdicts
        # It waits before the answer comes, because the verdict may come in the same breath.
        verdict = self._verdicts.setdefault((task, id), asyncio.get_running_loop().create_future())
        try:
            receipt = Receipt.read(await self._tell({"type": kind, "id": id, "task": task, **given(**members)}))
        except (GatewayError, ValueError):
            if is_first:
                self._verdicts.pop((task, id), None)
            raise
        if receipt.verdict is not None and not verdict.done():
            verdict.set_result(receipt.verdict)
        return Order(receipt, verdict)

    async def _tell(self, message: JSON) -> JSON:
        if self._trouble is not None:
            raise self._trouble
        if message["id"] in self._answers:
            raise ValueError(
                f"The id {message['id']!r} is under way on this WebSocket. Wait for its answer, or choose another."
            )
        answer: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self._answers[message["id"]] = answer
        try:
            await self._socket.send(json.dumps(message))
        except websockets.ConnectionClosed:
            pass  # Whoever reads has noticed, or is about to, and says why.
        try:
            return await answer
        finally:
            self._answers.pop(message["id"], None)

    # What comes

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                said = json.loads(text)
                for message in said if isinstance(said, list) else [said]:
                    self._heard(message)
            self._over(None)
        except websockets.ConnectionClosedError as error:
            self._over(GatewayError.of_line(error, self._door.url))
        except (ValueError, KeyError, TypeError) as error:  # Those who wait must hear of it.
            self._over(GatewayError.unreadable(error))
            await self._socket.close()

    def _heard(self, message: JSON) -> None:
        match message["type"]:
            case "ack" | "nack":
                answer = self._answers.get(message.get("id") or "")
                if answer is not None and not answer.done():
                    if message["type"] == "ack":
                        answer.set_result(message)
                    else:
                        answer.set_exception(GatewayError.of_nack(message))
            case "event":
                record = Record.read(message["record"], message["cursor"])
                reader = self._reader_of(record.task)
                if reader is not None:
                    reader.put(record)
            case "snapshot" | "reset" as kind:
                tasks = [Task.read(task) for task in message["tasks"]]
                news = (Reset if kind == "reset" else Snapshot)(cursor=message["cursor"], tasks=tasks)
                self._subscriptions[message["subscription"]].put(news)
            case "end":
                self._end(message["subscription"], message["reason"])
            case "verdict":
                verdict = self._verdicts.pop((message["task"], message["id"]), None)
                if verdict is not None and not verdict.done():
                    verdict.set_result(Verdict.read(message))
            case "question":
                for inbox in self._inboxes.values():
                    inbox.put(Question.read(message["question"], message["task"]))
            case "question-closed":
                closed = QuestionClosed(
                    task=message["task"], question=message["question"], how=message["how"], by=message.get("by")
                )
                for inbox in self._inboxes.values():
                    inbox.put(closed)
            case "bye":
                self._bye = message["reason"]
            case _:
                pass  # Of a later gateway, or about the right to this socket.

    def _reader_of(self, task: str) -> Subscription | None:
        """A task comes once on a socket: by the subscription that names it, else by that of all."""
        named = (one for one in self._subscriptions.values() if task in one.tasks)
        return next(named, None) or next((one for one in self._subscriptions.values() if not one.tasks), None)

    def _end(self, id: str, reason: str) -> None:
        one: Subscription | Inbox | None = self._subscriptions.pop(id, None) or self._inboxes.pop(id, None)
        if one is not None:
            error = GatewayError(f"The gateway has ended the subscription ({reason}).", code=reason)
            one.end(None if reason == "finished" else error)

    def _over(self, error: GatewayError | None) -> None:
        """The socket is closed: everybody who waits for something is told why."""
        said = (
            None
            if self._bye is None
            else GatewayError(f"The gateway has closed the WebSocket ({self._bye}).", code=self._bye)
        )
        self._trouble = said or error or GatewayError("This WebSocket is closed.", code="closed")
        waiting: list[asyncio.Future[Any]] = [*self._answers.values(), *self._verdicts.values()]
        for future in waiting:
            if not future.done():
                future.set_exception(self._trouble)
                future.exception()  # Nobody may be waiting for it, and that is no mistake.
        readers: list[Subscription | Inbox] = [*self._subscriptions.values(), *self._inboxes.values()]
        for reader in readers:
            reader.end(self._trouble)


def _refused(error: websockets.InvalidStatus) -> GatewayError:
    response = error.response
    try:
        problem = json.loads(bytes(response.body or b""))
    except ValueError:
        problem = {}
    return GatewayError.of_problem(problem, response.status_code, response.headers.get("retry-after"))
