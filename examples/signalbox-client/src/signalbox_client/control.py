"""Watching and commanding over WebSocket, as docs/websocket.md has it."""

import asyncio
import itertools
import random
import uuid
from collections.abc import Coroutine, Mapping
from typing import Any, Literal, Self

from .door import Door
from .errors import GatewayError
from .inbound import Inbox, Order, Subscription
from .line import Line
from .members import answer_members, given
from .model import JSON, Question, QuestionClosed, Receipt, Record, Reset, Snapshot, Submitted, Task, Verdict

# Nothing comes of these but their answers.
_WITHOUT_VERDICT = ("claim", "review")


class Control:
    """One WebSocket: `async with gateway.control() as control`.

    When the line is lost it is opened again: each subscription goes on behind its last record, the inbox tells what has changed, commands
    that had no answer are sent again under their ids, and verdicts are asked for. When it cannot be had again, all that waits for it
    ends with GatewayError, `line-lost` or the reason that the gateway gave. What is not read is kept in memory.
    """

    def __init__(self, door: Door, tries: int | None = 5) -> None:
        self._door = door
        self._line = Line(door, self, tries)
        self._ids = itertools.count(1)
        self._verdicts: dict[tuple[str, str], asyncio.Future[Verdict]] = {}
        self._commands: dict[tuple[str, str], JSON] = {}  # Those whose verdict is not known.
        self._subscriptions: dict[str, Subscription] = {}
        self._inboxes: dict[str, Inbox] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def welcome(self) -> JSON:
        """What the gateway said when the socket was opened last: who one is, until when, and the limits."""
        return self._line.welcome

    async def __aenter__(self) -> Self:
        await self._line.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the WebSocket. No task is cancelled by that."""
        for task in self._tasks:
            task.cancel()
        await self._line.close()

    # Watching

    async def subscribe(self, *tasks: str, after: str | None = None) -> Subscription:
        """Watches up to 1,000 tasks; without any, all that one may watch. `after` is a cursor, `earliest` or `latest`."""
        subscription = Subscription(f"s{next(self._ids)}", tasks, after)
        # It is known before the answer comes, because records may come in the same breath.
        self._subscriptions[subscription.id] = subscription
        try:
            subscription.begun(await self._ask_in_turn(subscription))
        except GatewayError:
            self._subscriptions.pop(subscription.id, None)
            raise
        return subscription

    async def _ask_in_turn(self, subscription: Subscription) -> JSON:
        """The answer to a subscription, which is asked again for as long as the gateway has no turn for it."""
        while True:
            try:
                return await self._line.ask(subscription.request)
            except GatewayError as error:
                if error.code != "try-later":
                    raise
                await asyncio.sleep((error.retry_after or 1.0) * random.uniform(1.0, 1.5))

    async def questions(self) -> Inbox:
        """The inbox: what waits for an answer, and what becomes of it."""
        inbox = Inbox(f"q{next(self._ids)}")
        self._inboxes[inbox.id] = inbox
        try:
            inbox.begun(await self._line.ask(inbox.request))
        except GatewayError:
            self._inboxes.pop(inbox.id, None)
            raise
        return inbox

    async def unsubscribe(self, one: Subscription | Inbox) -> None:
        """Ends it: nothing more comes of it, and it is over for whoever reads it."""
        await self._line.ask({"type": "unsubscribe", "id": f"u{next(self._ids)}", "subscription": one.id})
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
        """Begins a task. `key` makes it safe to ask again; one is made where none is given, because a lost line asks again, too."""
        id = str(uuid.uuid4())
        members = given(text=text, message=message, agent=agent, title=title, key=key or id)
        return Submitted.read(await self._line.ask({"type": "submit", "id": id, **members}))

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
        command = {"type": kind, "id": id, "task": task, **given(**members)}
        is_first = (task, id) not in self._verdicts
        # It waits before the answer comes, because the verdict may come in the same breath.
        verdict = self._verdicts.setdefault((task, id), asyncio.get_running_loop().create_future())
        try:
            receipt = Receipt.read(await self._line.ask(command))
        except (GatewayError, ValueError):
            if is_first:
                self._verdicts.pop((task, id), None)
            raise
        if receipt.verdict is not None:
            self._settle(task, id, receipt.verdict)
        elif kind in _WITHOUT_VERDICT:
            self._verdicts.pop((task, id), None)
        elif not verdict.done():
            self._commands[task, id] = command
        return Order(receipt, verdict)

    def _settle(self, task: str, id: str, outcome: Verdict | GatewayError) -> None:
        self._commands.pop((task, id), None)
        verdict = self._verdicts.pop((task, id), None)
        if verdict is None or verdict.done():
            return
        if isinstance(outcome, Verdict):
            verdict.set_result(outcome)
        else:
            verdict.set_exception(outcome)
            verdict.exception()  # Nobody may be waiting for it, and that is no mistake.

    # What the line tells

    def heard(self, message: JSON) -> None:
        """One message that answers nothing that waits."""
        match message["type"]:
            case "ack" | "nack":
                self._resumed(message)
            case "event":
                record = Record.read(message["record"], message["cursor"])
                reader = self._reader_of(record.task)
                if reader is not None:
                    reader.put(record)
            case "snapshot" | "reset" as kind:
                subscription = self._subscriptions.get(message["subscription"])
                tasks = [Task.read(task) for task in message["tasks"]]
                if subscription is not None:
                    subscription.put((Reset if kind == "reset" else Snapshot)(cursor=message["cursor"], tasks=tasks))
            case "end":
                self._end(message["subscription"], message["reason"])
            case "verdict":
                self._settle(message["task"], message["id"], Verdict.read(message))
            case "question":
                for inbox in self._inboxes.values():
                    inbox.heard(Question.read(message["question"], message["task"]))
                    self._look_for_closed(inbox)
            case "question-closed":
                closed = QuestionClosed(
                    task=message["task"], question=message["question"], how=message["how"], by=message.get("by")
                )
                for inbox in self._inboxes.values():
                    inbox.heard(closed)
            case _:
                pass  # Of a later gateway, or about the right to this socket.

    def places(self) -> list[JSON]:
        """Each subscription behind its last record, and the inbox anew."""
        subscriptions = [one.request for one in self._subscriptions.values() if one.has_begun]
        return subscriptions + [one.request for one in self._inboxes.values() if one.has_begun]

    def came_back(self) -> None:
        """Commands whose verdict is not known are sent again: they count once, and the verdict comes to this socket."""
        if self._commands:
            self._in_background(self._ask_for_verdicts())

    def is_over(self, trouble: GatewayError) -> None:
        """Everybody who waits for something is told why nothing comes."""
        for task, id in list(self._verdicts):
            self._settle(task, id, trouble)
        readers: list[Subscription | Inbox] = [*self._subscriptions.values(), *self._inboxes.values()]
        for reader in readers:
            reader.end(trouble)

    def _resumed(self, message: JSON) -> None:
        """The answer to a place: it goes on there, or is over."""
        one = self._subscriptions.get(message["id"] or "") or self._inboxes.get(message["id"] or "")
        if one is None:
            return
        if message["type"] == "ack":
            one.begun(message)
            if isinstance(one, Inbox):
                self._look_for_closed(one)
        elif isinstance(one, Subscription) and message["code"] == "try-later":
            one.has_begun = False  # Another socket is told its place by whoever asks for its turn, and by nobody else.
            self._in_background(self._go_on_in_turn(one, message))
        else:
            self._subscriptions.pop(one.id, None)
            self._inboxes.pop(one.id, None)
            one.end(GatewayError.of_nack(message))

    async def _go_on_in_turn(self, one: Subscription, nack: JSON) -> None:
        await asyncio.sleep((nack.get("retryAfter") or 1.0) * random.uniform(1.0, 1.5))
        if one.id not in self._subscriptions:
            return  # Nobody wants it any more.
        try:
            one.begun(await self._ask_in_turn(one))
        except GatewayError as error:
            self._subscriptions.pop(one.id, None)
            one.end(error)

    async def _ask_for_verdicts(self) -> None:
        for (task, id), command in list(self._commands.items()):
            try:
                receipt = Receipt.read(await self._line.ask(command))
            except ValueError:
                continue  # Somebody has just sent it again.
            except GatewayError as error:
                self._settle(task, id, error)
                continue
            if receipt.verdict is not None:
                self._settle(task, id, receipt.verdict)

    def _look_for_closed(self, inbox: Inbox) -> None:
        """Of questions that are not in the list any more the gateway knows what became of them."""
        for question in inbox.gone():
            self._in_background(self._find_closed(inbox, question))

    async def _find_closed(self, inbox: Inbox, known: Question) -> None:
        try:
            page = await self._door.ask(f"/api/tasks/{known.task}/questions")
        except GatewayError:
            page = {"questions": []}  # The task is not there any more, and with it the question.
        now = next(
            (one for one in page["questions"] if one["question"] == known.question), {"state": "closed", "how": "ended"}
        )
        if now["state"] == "closed":
            inbox.heard(QuestionClosed(task=known.task, question=known.question, how=now["how"], by=now.get("by")))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _reader_of(self, task: str) -> Subscription | None:
        """A task comes once on a socket: by the subscription that names it, else by that of all."""
        named = (one for one in self._subscriptions.values() if task in one.tasks)
        return next(named, None) or next((one for one in self._subscriptions.values() if not one.tasks), None)

    def _end(self, id: str, reason: str) -> None:
        one: Subscription | Inbox | None = self._subscriptions.pop(id, None) or self._inboxes.pop(id, None)
        if one is not None:
            error = GatewayError(f"The gateway has ended the subscription ({reason}).", code=reason)
            one.end(None if reason == "finished" else error)
