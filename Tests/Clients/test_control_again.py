"""A WebSocket that is lost: everything goes on where it was, over cut lines and over gateways that are killed or end."""

import asyncio
import json
import signal
import unittest
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from case import DEADLINE, ClientCase, records
from relay import Relay
from websockets import Subprotocol
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_sockets

from signalbox_client import (
    Control,
    Gateway,
    GatewayError,
    Question,
    QuestionClosed,
    Record,
    Reset,
    Snapshot,
    Subscription,
    backoff,
)


class CameBackTests(ClientCase):
    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        steps = backoff.STEPS
        backoff.STEPS = (0.1,)
        self.addCleanup(setattr, backoff, "STEPS", steps)

    @asynccontextmanager
    async def through(self, tries: int | None = None) -> AsyncIterator[tuple[Relay, Control]]:
        """A control whose line can be cut."""
        port = self.stage.configuration["listeners"]["public"]["port"]
        async with Relay(port) as relay:
            async with Gateway(relay.url, ca=self.stage.ca, cert=self.stage.cert, key=self.stage.key) as gateway:
                async with gateway.control(tries=tries) as control:
                    yield relay, control

    async def some(self, subscription: Subscription, count: int) -> list[Record]:
        """So many of its records."""
        told: list[Record] = []
        while len(told) < count:
            news = await self.within(anext(subscription))
            self.assertIsInstance(news, Record)
            assert isinstance(news, Record)
            told.append(news)
        return told

    async def restart(self) -> None:
        """The gateway is killed, and another one goes on with its journal."""
        self.stage.gateway.kill()
        await asyncio.to_thread(self.stage.start_gateway)

    async def test_a_subscription_misses_nothing_and_repeats_nothing_when_the_gateway_is_killed(self) -> None:
        async with self.gateway.control(tries=None) as control:
            tasks = [(await self.begin("test-endless")).id for _ in range(2)]
            together = await control.subscribe(*tasks)
            told = await self.some(together, 10)
            for _ in range(2):
                await self.restart()
                told += await self.some(together, 20)
            for task in tasks:
                order = await control.cancel(task, why="It has told enough.")
                self.assertEqual((await order.verdict()).verdict, "stopped")
            told += await self.within(records(together))
            for task in tasks:
                self.assert_whole([one for one in told if one.task == task], await self.stored(task))

    async def test_so_does_one_of_all_tasks_and_one_whose_gateway_drains(self) -> None:
        async with self.gateway.control(tries=None) as control:
            everything = await control.subscribe()
            self.assertIsInstance(await self.within(anext(everything)), Snapshot)
            told: dict[str, list[Record]] = {}
            for words in ("Hello.", "Hello again."):
                task = await self.within(control.submit(words, agent="conformance"))
                mine = told[task.id] = []
                while not (mine and mine[-1].state == "completed"):
                    news = await self.within(anext(everything))
                    if isinstance(news, Record) and news.task == task.id:
                        mine.append(news)
                # What is in the hands of a gateway that goes is another matter.
                self.stage.gateway.process.send_signal(signal.SIGTERM)
                await asyncio.to_thread(self.stage.gateway.process.wait, 30)
                await asyncio.to_thread(self.stage.start_gateway)
            for id, mine in told.items():
                self.assert_whole(mine, (await self.stored(id))[: len(mine)])

    async def test_what_happens_to_any_task_while_the_line_is_cut_is_told_behind_it(self) -> None:
        async with self.through() as (relay, control):
            everything = await control.subscribe()
            self.assertIsInstance(await self.within(anext(everything)), Snapshot)
            relay.cut()
            task = await self.begin("test-progress")
            await self.within(records(self.gateway.watch(task.id)))
            relay.mend()
            stored = await self.stored(task.id)
            self.assert_whole(await self.some(everything, len(stored)), stored)
            self.assertEqual(everything.status, "continued")

    async def test_a_command_while_the_line_is_cut_arrives_once_when_it_is_back(self) -> None:
        async with self.through() as (relay, control):
            task = await self.begin("test-endless")
            await self.at_work(task.id)
            relay.cut()
            asked = asyncio.create_task(control.cancel(task.id, why="Wrong file.", id="away-1"))
            begun = asyncio.create_task(control.submit("Hello.", agent="conformance"))
            await self.within(relay.tried.wait())
            self.assertFalse(asked.done() or begun.done())
            relay.mend()
            order = await self.within(asked)
            self.assertEqual((await order.verdict()).verdict, "stopped")
            commands = [
                one for one in await self.stored(task.id) if one.kind == "command" and one.data["command"] == "cancel"
            ]
            self.assertEqual([one.data["id"] for one in commands], ["away-1"])
            self.assertTrue((await self.within(begun)).id)

    async def test_a_command_whose_answer_was_lost_is_the_same_command(self) -> None:
        """The line is cut behind each sending, before the answer can be read: whatever arrived counts once."""
        async with self.through() as (relay, control):
            before = [task.id async for task in self.gateway.tasks(agent="conformance")]
            for cut in range(5):
                asked = asyncio.create_task(control.submit(f"Number {cut}.", agent="conformance"))
                for _ in range(cut + 1):
                    await asyncio.sleep(0)
                relay.cut()
                await self.within(relay.tried.wait())
                relay.mend()
                self.assertTrue((await self.within(asked)).id)
            after = [task.id async for task in self.gateway.tasks(agent="conformance")]
            self.assertEqual(len(after) - len(before), 5)

    async def test_a_verdict_that_falls_while_the_line_is_cut_is_asked_for(self) -> None:
        async with self.through() as (relay, control):
            task = await self.begin("test-late-cancel")
            await self.at_work(task.id)
            order = await control.cancel(task.id)
            self.assertIsNone(order.receipt.verdict)
            relay.cut()
            await self.within(records(self.gateway.watch(task.id)))
            relay.mend()
            self.assertEqual((await order.verdict(20)).verdict, "stopped")

    async def test_the_inbox_tells_what_has_changed_meanwhile_and_nothing_twice(self) -> None:
        async with self.through() as (relay, control):
            stays, closes = await self.begin("test-ask"), await self.begin("test-question")
            for task in (stays, closes):
                await self.question(task.id)
            inbox = await control.questions()
            told = [await self.within(anext(inbox)) for _ in range(inbox.waiting)]
            self.assertTrue({stays.id, closes.id} <= {one.task for one in told})
            relay.cut()
            await self.gateway.answer(closes.id, "q1", values={"cleared": "yes"})
            comes = await self.begin("test-ask")
            await self.question(comes.id)
            relay.mend()
            news = [await self.within(anext(inbox)) for _ in range(2)]
            self.assertEqual({one.task for one in news}, {closes.id, comes.id})
            closed = next(one for one in news if one.task == closes.id)
            assert isinstance(closed, QuestionClosed)
            self.assertEqual((closed.how, closed.by), ("answered", "operator"))
            self.assertIsInstance(next(one for one in news if one.task == comes.id), Question)
            for task in (stays, comes):
                await self.gateway.cancel(task.id)
            ends = [await self.within(anext(inbox)) for _ in range(2)]
            self.assertEqual({one.task for one in ends}, {stays.id, comes.id})

    async def test_a_place_of_another_journal_is_told_as_a_reset(self) -> None:
        async with self.through() as (relay, control):
            task = await self.begin("test-ask")
            await self.question(task.id)
            subscription = await control.subscribe(task.id)
            await self.some(subscription, 2)
            subscription._place = "another.7"
            relay.cut()
            relay.mend()
            news = await self.within(anext(subscription))
            while isinstance(news, Record):  # Those that had come before.
                news = await self.within(anext(subscription))
            self.assertIsInstance(news, Reset)
            self.assertEqual(subscription.status, "reset")
            await self.gateway.cancel(task.id)
            rest = await self.within(records(subscription))
            self.assertEqual(rest[-1].seq, (await self.gateway.get(task.id)).last_seq)

    async def test_it_is_given_up_after_so_many_tries_and_all_that_waits_is_told(self) -> None:
        async with self.through(tries=2) as (relay, control):
            task = await self.begin("test-ask")
            subscription, inbox = await control.subscribe(task.id), await control.questions()
            relay.cut()
            lost = await self.refused(lambda: control.cancel(task.id))
            self.assertEqual(lost.code, "line-lost")
            for reader in (subscription, inbox):
                with self.assertRaises(GatewayError) as caught:
                    async with asyncio.timeout(30):
                        async for _ in reader:
                            pass
                self.assertEqual(caught.exception.code, "line-lost")
            relay.mend()
            self.assertEqual((await self.refused(lambda: control.subscribe(task.id))).code, "line-lost")
            await self.gateway.cancel(task.id)

    async def test_one_that_is_closed_stays_closed(self) -> None:
        async with self.through() as (relay, control):
            backoff.STEPS = (60,)
            relay.cut()
            asked = asyncio.create_task(control.subscribe())
            async with asyncio.timeout(DEADLINE):
                while not control._line._backoff._made:  # It waits for its next try from then on.
                    await asyncio.sleep(0.01)
            await self.within(control.close(), 5)
            self.assertEqual((await self.refused(lambda: asked)).code, "closed")
            self.assertEqual((await self.refused(control.questions)).code, "closed")


class GoodbyeTests(unittest.IsolatedAsyncioTestCase):
    """What a gateway says before it closes decides whether one comes back; a server here says it."""

    async def opened_after(self, reason: str) -> tuple[int, str]:
        """How often the client has come, and the code with which it has ended."""
        steps = backoff.STEPS
        backoff.STEPS = (0.01,)
        self.addCleanup(setattr, backoff, "STEPS", steps)
        opened = 0

        async def serve(socket: ServerConnection) -> None:
            nonlocal opened
            opened += 1
            await socket.send(json.dumps({"type": "welcome", "protocol": "signalbox.v1"}))
            await socket.send(json.dumps({"type": "bye", "reason": reason if opened < 3 else "expired"}))
            await socket.close(4001)

        async with serve_sockets(serve, "127.0.0.1", 0, subprotocols=[Subprotocol("signalbox.v1")]) as server:
            async with Gateway(f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}") as gateway:
                async with gateway.control() as control:
                    with self.assertRaises(GatewayError) as caught:
                        await asyncio.wait_for(control.subscribe("t"), DEADLINE)
                    return opened, caught.exception.code

    async def test_a_right_that_is_over_is_not_tried_again(self) -> None:
        for reason in ("expired", "revoked", "forbidden", "flood", "too-long"):
            self.assertEqual(await self.opened_after(reason), (1, reason))

    async def test_a_gateway_that_goes_and_a_reader_that_was_slow_come_back(self) -> None:
        for reason in ("draining", "slow", "failed"):
            self.assertEqual(await self.opened_after(reason), (3, "expired"))


class TurnTests(unittest.IsolatedAsyncioTestCase):
    async def test_a_subscription_without_a_turn_is_asked_again_on_the_first_socket_and_on_the_next(self) -> None:
        asked: list[tuple[int, str | None]] = []
        sockets = 0

        async def serve(socket: ServerConnection) -> None:
            nonlocal sockets
            sockets += 1
            await socket.send(json.dumps({"type": "welcome", "protocol": "signalbox.v1"}))
            async for text in socket:
                message = json.loads(text)
                asked.append((sockets, message.get("after")))
                if len(asked) in (1, 3):
                    refusal = {"code": "try-later", "message": "Later.", "retryAfter": 1}
                    await socket.send(json.dumps({"type": "nack", "id": message["id"], **refusal}))
                    continue
                begun = {"status": "continued", "from": "e.0", "to": "e.0", "missed": 0}
                await socket.send(
                    json.dumps({"type": "ack", "id": message["id"], "subscription": message["id"], **begun})
                )
                if len(asked) == 2:
                    await socket.send(json.dumps({"type": "bye", "reason": "draining"}))
                    await socket.close(4009)
                    return
                end = {"type": "end", "subscription": message["id"], "reason": "finished"}
                await socket.send(json.dumps(end))

        async with serve_sockets(serve, "127.0.0.1", 0, subprotocols=[Subprotocol("signalbox.v1")]) as server:
            async with Gateway(f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}") as gateway:
                async with gateway.control() as control:
                    subscription = await asyncio.wait_for(control.subscribe("t"), DEADLINE)
                    heard = [news async for news in subscription]
        self.assertEqual(heard, [])
        self.assertEqual(asked, [(1, None), (1, None), (2, "e.0"), (2, "e.0")])
