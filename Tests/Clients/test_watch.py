"""Watching: each record once and in order, over lost lines and dead gateways, and a reset is told."""

import asyncio
import shutil

import httpx
from case import ClientCase, records
from httpx_sse import aconnect_sse

from signalbox_client import News, Record, Reset, Snapshot


class WatchTests(ClientCase):
    async def test_a_task_is_told_to_its_end_without_gap_or_duplicate(self) -> None:
        task = await self.begin("test-progress")
        told = await self.within(records(self.gateway.watch(task.id)))
        self.assert_whole(told, await self.stored(task.id))
        self.assertEqual(told[-1].state, "completed")
        # Whoever has seen the end is told at once that there is no more.
        self.assertEqual(await self.within(records(self.gateway.watch(task.id, after=told[-1].cursor)), 5), [])
        self.assert_whole(told[:4] + await records(self.gateway.watch(task.id, after=told[3].cursor)), told)

    async def test_a_gateway_that_is_killed_and_started_again_loses_nothing_and_repeats_nothing(self) -> None:
        task = await self.begin("test-endless")
        told: list[Record] = []
        has_some, has_more = asyncio.Event(), asyncio.Event()

        async def watch() -> None:
            async for news in self.gateway.watch(task.id):
                self.assertIsInstance(news, Record)
                assert isinstance(news, Record)
                told.append(news)
                if news.seq >= 8:
                    has_some.set()
                if has_some.is_set() and news.seq >= killed_at + 8:
                    has_more.set()

        killed_at = 1_000_000
        watching = asyncio.create_task(watch())
        await self.within(has_some.wait())
        self.stage.gateway.kill()
        killed_at = told[-1].seq
        await asyncio.to_thread(self.stage.start_gateway)
        await self.within(has_more.wait())
        await self.gateway.cancel(task.id, why="It has told enough.")
        await self.within(watching)
        self.assert_whole(told, await self.stored(task.id))
        self.assertEqual(told[-1].kind, "verdict")

    async def test_a_cursor_of_another_journal_is_answered_with_a_reset(self) -> None:
        task = await self.begin("test-endless")
        told: list[News] = []
        async for news in self.gateway.watch(task.id, after="another.7"):
            told.append(news)
            if len(told) == 6:
                break
        reset, rest = told[0], told[1:]
        assert isinstance(reset, Reset)
        self.assertEqual([one.id for one in reset.tasks], [task.id])
        first = reset.tasks[0].last_seq + 1
        self.assertEqual([one.seq for one in rest if isinstance(one, Record)], list(range(first, first + 5)))
        await self.gateway.cancel(task.id)

    async def test_a_journal_that_is_put_back_while_somebody_watches_is_told_as_a_reset(self) -> None:
        task = await self.begin("test-ask")
        question = await self.question(task.id)
        state, copy = self.stage.folder / "state", self.stage.folder / "copy"
        self.stage.gateway.kill()
        shutil.copytree(state, copy)
        await asyncio.to_thread(self.stage.start_gateway)

        watch = aiter(self.gateway.watch(task.id))
        noise = await self.begin("test-progress")  # The place of the watch is then well beyond the copy's end.
        await self.within(records(self.gateway.watch(noise.id)))
        async with self.gateway.control() as control:
            await control.claim(task.id, question.question)
        news = await self.within(anext(watch))
        while not (isinstance(news, Record) and news.data.get("state") == "claimed"):
            news = await self.within(anext(watch))

        self.stage.gateway.kill()
        shutil.rmtree(state)
        shutil.move(copy, state)
        await asyncio.to_thread(self.stage.start_gateway)
        reset = await self.within(anext(watch))
        assert isinstance(reset, Reset)
        self.assertEqual(reset.tasks[0].id, task.id)
        self.assertLess(reset.tasks[0].last_seq, news.seq)
        await self.gateway.cancel(task.id)
        rest = await self.within(records(watch))
        self.assertEqual([one.seq for one in rest], [one.seq for one in await self.stored(task.id)][reset.tasks[0].last_seq:])

    async def test_latest_begins_with_how_it_stands(self) -> None:
        task = await self.begin("test-slow")
        told = [news async for news in self.gateway.watch(task.id, after="latest")]
        snapshot, rest = told[0], [one for one in told[1:] if isinstance(one, Record)]
        assert isinstance(snapshot, Snapshot)
        last = (await self.gateway.get(task.id)).last_seq
        self.assertEqual([one.seq for one in rest], list(range(snapshot.tasks[0].last_seq + 1, last + 1)))

    async def test_several_tasks_and_all_of_them(self) -> None:
        everything = self.gateway.watch_all()
        self.assertIsInstance(await anext(aiter(everything)), Snapshot)
        tasks = [(await self.begin("test-progress")).id for _ in range(3)]
        named = await self.within(records(self.gateway.watch(*tasks)))
        for task in tasks:
            self.assert_whole([one for one in named if one.task == task], await self.stored(task))
        told: list[Record] = []
        async for news in everything:
            if isinstance(news, Record) and news.task in tasks:
                told.append(news)
            if len(told) == len(named):
                break
        self.assertEqual(sorted((one.task, one.seq) for one in told), sorted((one.task, one.seq) for one in named))

    async def test_trouble_that_stays_ends_it_at_once(self) -> None:
        unknown = await self.refused(lambda: records(self.gateway.watch("no-such-task")))
        self.assertEqual((unknown.status, unknown.code), (404, "not-found"))
        self.assertIn("Task not found", unknown.detail)
        task = await self.begin("test-progress")
        cursor = await self.refused(lambda: records(self.gateway.watch(task.id, after="bogus")))
        self.assertEqual((cursor.status, cursor.code), (400, "bad-cursor"))
        page = await self.refused(lambda: self.gateway.record_page(task.id, after="another.7"))
        self.assertEqual((page.status, page.code), (410, "cursor-lost"))

    async def test_httpx_sse_alone_reads_the_stream(self) -> None:
        task = await self.begin("test-progress")
        async with aconnect_sse(self.gateway._door.http, "GET", f"{self.stage.url}/api/stream/{task.id}") as source:
            events = [event async for event in source.aiter_sse()]
        names = [event.event for event in events if event.event != "message"]
        self.assertEqual(names, ["grant", "resume", "bye"])
        told = [Record.read(event.json(), event.id) for event in events if event.event == "message"]
        self.assert_whole(told, await self.stored(task.id))
        self.assertIsNotNone(events[0].retry)
        # What it sends when it comes back is the last id; nothing is left, so it may stay away.
        response: httpx.Response = await self.gateway._door.http.get(
            f"/api/stream/{task.id}", headers={"Last-Event-ID": events[-1].id})
        self.assertEqual(response.status_code, 204)
