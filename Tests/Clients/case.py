"""What the tests here have in common: the stage, a client of it, and tasks that do what the id of their message says."""

import asyncio
import os
import unittest
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from signalbox_client import Gateway, GatewayError, News, Question, Record, Submitted
from stage import Stage, stage

_Given = TypeVar("_Given")
DEADLINE = 30


class ClientCase(unittest.IsolatedAsyncioTestCase):
    """A client in `self.gateway`, closed after each test."""

    stage: Stage

    @classmethod
    def setUpClass(cls) -> None:
        cls.stage = stage()
        if cls.stage.gateway.process.poll() is not None:
            cls.stage.start_gateway()  # A test that killed it has failed since.

    async def asyncSetUp(self) -> None:
        asyncio.get_running_loop().slow_callback_duration = 5  # Reading certificates takes a moment, and is no news.
        self.gateway = await self.enterAsyncContext(self.stage.client())

    async def begin(self, behaviour: str, gateway: Gateway | None = None) -> Submitted:
        """A task of the conformance agent."""
        message = {"messageId": f"{behaviour}-{os.urandom(6).hex()}", "parts": [{"text": "Do it."}]}
        return await (gateway or self.gateway).submit(message=message, agent="conformance")

    async def at_work(self, task: str) -> None:
        """Its agent has said something; before that, a cancel never reaches it."""
        async for news in self.gateway.watch(task):
            if isinstance(news, Record) and news.origin == "conformance":
                return

    async def question(self, task: str) -> Question:
        """The first question that the task asks."""
        async for news in self.gateway.watch(task):
            if isinstance(news, Record) and news.kind == "question":
                return (await self.gateway.questions_of(task))[0]
        self.fail("The task has ended without a question.")

    async def stored(self, task: str) -> list[Record]:
        """All records of a task, by pages."""
        return [record async for record in self.gateway.records(task)]

    async def within(self, awaitable: Awaitable[_Given], seconds: float = DEADLINE) -> _Given:
        """No test waits for ever."""
        return await asyncio.wait_for(awaitable, seconds)

    async def refused(self, what: Callable[[], Awaitable[object]]) -> GatewayError:
        """The error that this ends with."""
        with self.assertRaises(GatewayError) as caught:
            await self.within(what())
        return caught.exception

    def assert_whole(self, told: list[Record], stored: list[Record]) -> None:
        """Each record once, in order, as the journal has it."""
        self.assertEqual([record.seq for record in told], list(range(1, len(stored) + 1)))
        self.assertEqual([(record.offset, record.kind, record.data) for record in told],
                         [(record.offset, record.kind, record.data) for record in stored])


async def records(news: AsyncIterator[News]) -> list[Record]:
    """All of a watch; anything but a record would be a surprise."""
    told = [one async for one in news]
    assert all(isinstance(one, Record) for one in told), told
    return [one for one in told if isinstance(one, Record)]
