"""The gateway as a script uses it: one object, whose methods are what docs/http-api.md has."""

import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import quote

from .control import Control
from .door import Door
from .members import answer_members, file_part, given
from .model import JSON, News, Question, Receipt, Record, RecordPage, Submitted, Task, TaskPage
from .stream import Watch


class Gateway:
    """One gateway, and by what right it is asked: a client certificate (`cert` and `key`) or a bearer `token`.

    `ca` is the authority of the gateway's own certificate, where it is none of the system's. Use it as `async with Gateway(…) as gateway`.
    Every method raises `GatewayError` for what is not done.
    """

    def __init__(
        self,
        url: str,
        *,
        ca: str | Path | None = None,
        cert: str | Path | None = None,
        key: str | Path | None = None,
        token: str | None = None,
        timeout: float = 30,
        proxy: str | None = None,
    ) -> None:
        self._door = Door(url, ca=ca, cert=cert, key=key, token=token, timeout=timeout, proxy=proxy)
        self.url = self._door.url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes its connections. No task is cancelled by that."""
        await self._door.http.aclose()

    # Tasks

    async def task_page(
        self,
        *,
        limit: int = 50,
        before: str | None = None,
        states: Sequence[str] = (),
        final: bool | None = None,
        agent: str | None = None,
        owner: str | None = None,
        text: str | None = None,
    ) -> TaskPage:
        """Some tasks, newest first; `before` is the `next` of the page before."""
        query = given(
            limit=limit,
            before=before,
            state=",".join(states) or None,
            agent=agent,
            owner=owner,
            text=text,
            final=None if final is None else str(final).lower(),
        )
        page = await self._door.ask("/api/tasks", query=query)
        return TaskPage(tasks=[Task.read(task) for task in page["tasks"]], next=page.get("next"), cursor=page["cursor"])

    async def tasks(
        self,
        *,
        states: Sequence[str] = (),
        final: bool | None = None,
        agent: str | None = None,
        owner: str | None = None,
        text: str | None = None,
        page: int = 200,
    ) -> AsyncIterator[Task]:
        """All tasks that one may watch and that these filters leave, newest first, read page by page."""
        before: str | None = None
        while True:
            found = await self.task_page(
                limit=page, before=before, states=states, final=final, agent=agent, owner=owner, text=text
            )
            for task in found.tasks:
                yield task
            if found.next is None:
                return
            before = found.next

    async def get(self, task: str) -> Task:
        """One task as it stands; `raw["snapshot"]` has all that its agent has told."""
        return Task.read(await self._door.ask(_path(task)))

    async def agents(self) -> list[JSON]:
        """The agents that one may begin tasks at or watch tasks of."""
        return list((await self._door.ask("/api/agents"))["agents"])

    async def submit(
        self,
        text: str | None = None,
        *,
        file: str | Path | None = None,
        message: JSON | None = None,
        agent: str | None = None,
        title: str | None = None,
        key: str | None = None,
    ) -> Submitted:
        """Begins a task with a text, with a file, with both, or with a message as A2A has it.

        `key` makes it safe to ask again: the same one begins nothing twice. Without one, each call begins a task.
        """
        if (message is None) == (text is None and file is None):
            raise ValueError("Say a `text`, a `file` or both, or a `message` of A2A.")
        if message is None:
            message = {
                "parts": [
                    *([{"text": text}] if text is not None else []),
                    *([file_part(Path(file))] if file is not None else []),
                ]
            }
        body = given(message=message, agent=agent, title=title, key=key)
        return Submitted.read(await self._door.ask("/api/tasks", body))

    # Records

    async def record_page(
        self, task: str, *, after: str = "earliest", limit: int = 500, kinds: Sequence[str] = ()
    ) -> RecordPage:
        """Some records of a task, oldest first. Go on with `after` = `next` until `complete`."""
        query = given(after=after, limit=limit, kind=",".join(kinds) or None)
        page = await self._door.ask(f"{_path(task)}/events", query=query)
        return RecordPage(
            records=[Record.read(record) for record in page["events"]], next=page["next"], complete=page["complete"]
        )

    async def records(self, task: str, *, after: str = "earliest", kinds: Sequence[str] = ()) -> AsyncIterator[Record]:
        """All records that a task has by now, oldest first, read page by page."""
        while True:
            page = await self.record_page(task, after=after, kinds=kinds)
            for record in page.records:
                yield record
            if page.complete:
                return
            after = page.next

    def watch(
        self, *tasks: str, after: str | None = None, tries: int | None = 5, silence: float = 40
    ) -> AsyncIterator[News]:
        """Tells each record of these tasks (100 at most) behind `after` once, in order, until all of them have ended.

        `after` is a cursor, `earliest` or `latest`; without it the whole history comes. A stream that breaks is opened again at its
        place, after 1, 2, 4, 8 and 16 s (`tries` times, None: for ever); one without a sign of life for `silence` seconds counts as
        broken. A `Reset` says that the place is lost: forget what you have. Trouble that stays, such as a task that is not there,
        ends it at once with GatewayError.
        """
        if not tasks:
            raise ValueError("Name a task. watch_all() watches all of them.")
        path = (
            f"/api/stream/{quote(tasks[0], safe='')}"
            if len(tasks) == 1
            else f"/api/stream?tasks={quote(','.join(tasks), safe=',')}"
        )
        return Watch(self._door, path, after=after, is_all=False, tries=tries, silence=silence).news()

    def watch_all(self, *, after: str | None = None, tries: int | None = 5, silence: float = 40) -> AsyncIterator[News]:
        """The same for every task that one may watch, from now on unless `after` says otherwise. It has no end of its own."""
        return Watch(self._door, "/api/stream?all", after=after, is_all=True, tries=tries, silence=silence).news()

    # Commands. `wait`: seconds to wait for the verdict; a receipt whose `verdict` is None says that there was none by then.

    async def cancel(self, task: str, *, why: str | None = None, wait: int = 30, id: str | None = None) -> Receipt:
        """Asks the task's agent to stop: `stopped`, `refused`, `ignored`, `too-late` or `undelivered`."""
        return await self._command(f"{_path(task)}:cancel", wait, id, why=why)

    async def pause(self, task: str, *, why: str | None = None, wait: int = 30, id: str | None = None) -> Receipt:
        """Asks the task's agent to wait: `paused`, `refused`, `too-late` or `undelivered`."""
        return await self._command(f"{_path(task)}:pause", wait, id, why=why)

    async def resume(self, task: str, *, wait: int = 30, id: str | None = None) -> Receipt:
        """Asks the task's agent to go on: `resumed`, `refused`, `too-late` or `undelivered`."""
        return await self._command(f"{_path(task)}:resume", wait, id)

    async def say(self, task: str, text: str, *, wait: int = 30, id: str | None = None) -> Receipt:
        """Says something to the task's agent: `taken`, `refused`, `too-late` or `undelivered`."""
        return await self._command(f"{_path(task)}/messages", wait, id, text=text)

    async def answer(
        self,
        task: str,
        question: str,
        *,
        values: Mapping[str, Any] | None = None,
        text: str | None = None,
        decline: bool = False,
        wait: int = 30,
        id: str | None = None,
    ) -> Receipt:
        """Answers a question with `values` for its form, with a `text`, or by declining. Verdicts are those of `say`.

        One that does not fit is refused with 422 `bad-answer`, `violations` saying what is wrong; whoever is second with 409 `answered`.
        """
        given = answer_members(values, text, decline)
        return await self._command(f"{_path(task)}/questions/{quote(question, safe='')}:answer", wait, id, **given)

    async def review(
        self, task: str, opinion: Literal["accept", "disagree"], *, why: str | None = None, id: str | None = None
    ) -> Receipt:
        """Says what one thinks of what a completed task has come to. Whoever disagrees says why. There is no verdict."""
        return await self._command(f"{_path(task)}:review", 0, id, opinion=opinion, why=why)

    async def _command(self, path: str, wait: int, id: str | None, **members: Any) -> Receipt:
        return Receipt.read(await self._door.ask(path, given(id=id or str(uuid.uuid4()), **members), wait=wait))

    # Questions

    async def questions(self, *, agent: str | None = None) -> AsyncIterator[Question]:
        """The questions that wait for an answer, of all tasks that one may watch, oldest first."""
        before: str | None = None
        while True:
            page = await self._door.ask("/api/questions", query=given(agent=agent, before=before, limit=200))
            for question in page["questions"]:
                yield Question.read(question)
            before = page.get("next")
            if before is None:
                return

    async def questions_of(self, task: str) -> list[Question]:
        """All questions of one task, also those that are closed."""
        page = await self._door.ask(f"{_path(task)}/questions")
        return [Question.read(question, task) for question in page["questions"]]

    def control(self, *, tries: int | None = 5) -> Control:
        """A WebSocket for watching and commanding: `async with gateway.control() as control`.

        A line that breaks is opened again after 1, 2, 4, 8 and 16 s (`tries` times in a row, None: for ever, 0: never), and everything
        goes on where it was.
        """
        return Control(self._door, tries)


def _path(task: str) -> str:
    return f"/api/tasks/{quote(task, safe='')}"
