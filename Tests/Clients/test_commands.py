"""Commands over HTTP and over WebSocket: receipts, verdicts, questions, and what is refused."""

import asyncio
import os
import tempfile
from pathlib import Path

from case import ClientCase, records

from signalbox_client import GatewayError, Question, QuestionClosed, Record


class CommandTests(ClientCase):
    async def test_a_cancel_over_http_has_a_verdict_and_counts_once(self) -> None:
        task = await self.begin("test-endless")
        receipt = await self.gateway.cancel(task.id, why="Wrong file.", id="stop-1")
        assert receipt.verdict is not None
        self.assertEqual((receipt.verdict.verdict, receipt.repeated), ("stopped", False))
        again = await self.gateway.cancel(task.id, why="Wrong file.", id="stop-1")
        self.assertEqual((again.seq, again.repeated, again.verdict), (receipt.seq, True, receipt.verdict))
        late = await self.refused(lambda: self.gateway.cancel(task.id))
        self.assertEqual((late.status, late.code), (409, "task-ended"))
        self.assertEqual((await self.gateway.get(task.id)).state, "canceled")

    async def test_a_refusal_of_the_agent_is_a_verdict_with_its_words(self) -> None:
        task = await self.begin("test-refuse-cancel")
        await self.at_work(task.id)
        receipt = await self.gateway.cancel(task.id)
        assert receipt.verdict is not None
        self.assertEqual(receipt.verdict.verdict, "refused")
        self.assertTrue(receipt.verdict.why)

    async def test_pause_resume_review_and_words(self) -> None:
        task = await self.begin("test-pause")
        tools = 0
        async for news in self.gateway.watch(task.id):
            if "tool_started" not in str(news):
                continue
            tools += 1  # It waits for a message to end with.
            if tools == 1:
                paused = await self.gateway.pause(task.id, why="Lunch.")
                resumed = await self.gateway.resume(task.id)
                self.assertEqual([one.verdict and one.verdict.verdict for one in (paused, resumed)], ["paused", "resumed"])
            said = await self.gateway.say(task.id, f"Go on behind tool {tools}.")
            self.assertEqual(said.verdict and said.verdict.verdict, "taken")
        self.assertEqual(tools, 5)
        review = await self.gateway.review(task.id, "disagree", why="It is not so.")
        self.assertIsNone(review.verdict)
        self.assertEqual((await self.gateway.get(task.id)).raw["reviews"][0]["opinion"], "disagree")

    async def test_a_question_is_answered_once_and_a_bad_answer_says_what_is_wrong(self) -> None:
        task = await self.begin("test-question")
        question = await self.question(task.id)
        self.assertIn(task.id, [one.task async for one in self.gateway.questions(agent="conformance")])
        self.assertTrue(question.may_answer or question.form)
        bad = await self.refused(lambda: self.gateway.answer(task.id, question.question, values={"colour": "red"}))
        self.assertEqual((bad.status, bad.code), (422, "bad-answer"))
        self.assertEqual({one["field"] for one in bad.violations}, {"cleared", "colour"})
        good = await self.gateway.answer(task.id, question.question, values={"cleared": "yes"})
        self.assertEqual(good.verdict and good.verdict.verdict, "taken")
        second = await self.refused(lambda: self.gateway.answer(task.id, question.question, values={"cleared": "no"}))
        self.assertEqual((second.status, second.code, second.problem["by"]), (409, "answered", "operator"))
        told = await self.within(records(self.gateway.watch(task.id)))
        self.assertEqual(told[-1].state or (await self.gateway.get(task.id)).state, "completed")

    async def test_a_key_begins_nothing_twice_and_files_arrive_whole(self) -> None:
        key = os.urandom(6).hex()
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("note.txt", "Grüße".encode()), ("raw.bin", b"\xff\x00\xfe")):
                file = Path(folder, name)
                file.write_bytes(content)
                first = await self.gateway.submit(file=file, agent="conformance", title=f"The file {name}", key=f"{key}-{name}")
                again = await self.gateway.submit(file=file, agent="conformance", title=f"The file {name}", key=f"{key}-{name}")
                self.assertEqual(first.id, again.id)
                self.assertEqual((await self.gateway.get(first.id)).title, f"The file {name}")
                part = (await self.stored(first.id))[0].data["message"]["parts"][0]
                self.assertEqual(part["filename"], name)
                self.assertEqual(part.get("text", part.get("raw")), {"note.txt": "Grüße", "raw.bin": "/wD+"}[name])

    async def test_lists_go_from_page_to_page(self) -> None:
        begun = [(await self.begin("test-progress")).id for _ in range(5)]
        found = [task.id async for task in self.gateway.tasks(agent="conformance", page=2)]
        self.assertEqual(found[:5], begun[::-1])
        self.assertEqual(len(found), len(set(found)))
        self.assertEqual([one["name"] for one in await self.gateway.agents()], ["conformance"])
        bad = await self.refused(lambda: self.gateway.task_page(states=("asleep",)))
        self.assertEqual((bad.status, bad.code), (400, "bad-query"))


class ControlTests(ClientCase):
    async def test_commands_have_acks_and_verdicts(self) -> None:
        async with self.gateway.control() as control:
            self.assertEqual(control.welcome["principal"], "operator")
            task = await self.begin("test-endless")
            order = await control.cancel(task.id, why="Wrong file.", id="stop-2")
            self.assertEqual((order.receipt.command, order.receipt.repeated), ("cancel", False))
            verdict = await order.verdict()
            self.assertEqual(verdict.verdict, "stopped")
            # The same command over HTTP is the same one.
            again = await self.gateway.cancel(task.id, why="Wrong file.", id="stop-2")
            self.assertEqual((again.repeated, again.verdict and again.verdict.seq), (True, verdict.seq))
            late = await self.refused(lambda: control.cancel(task.id))
            self.assertEqual((late.status, late.code), (0, "task-ended"))
            unknown = await self.refused(lambda: control.pause("no-such-task"))
            self.assertEqual(unknown.code, "not-found")

    async def test_many_tasks_are_watched_over_one_socket(self) -> None:
        async with self.gateway.control() as control:
            tasks = [(await self.begin("test-progress")).id for _ in range(4)]
            together, alone = await control.subscribe(*tasks[:3]), await control.subscribe(tasks[3])
            self.assertEqual(together.status, "continued")
            told = await self.within(records(together))
            for task in tasks[:3]:
                self.assert_whole([one for one in told if one.task == task], await self.stored(task))
            self.assert_whole(await self.within(records(alone)), await self.stored(tasks[3]))
            unknown = await self.refused(lambda: control.subscribe("no-such-task"))
            self.assertEqual(unknown.code, "not-found")

            everything = await control.subscribe()
            await self.within(anext(everything))  # How all of it stands.
            more = await control.submit("Hello.", agent="conformance", title="By socket")
            news = await self.within(anext(everything))
            self.assertEqual((isinstance(news, Record) and news.task, isinstance(news, Record) and news.seq), (more.id, 1))
            await control.unsubscribe(everything)
            await self.within(self.drained(everything))

    async def drained(self, news: object) -> None:
        """Reads on to the end, which has to come."""
        async for _ in news:  # type: ignore[attr-defined]
            pass

    async def test_the_inbox_tells_of_questions_and_answers_go_the_same_way(self) -> None:
        async with self.gateway.control() as control:
            inbox = await control.questions()
            task = await self.begin("test-question")
            news = await self.within(anext(inbox))
            while not (isinstance(news, Question) and news.task == task.id):
                news = await self.within(anext(inbox))
            self.assertTrue(news.may_answer)
            bad = await self.refused(lambda: control.answer(task.id, "q1", values={"cleared": "perhaps"}))
            self.assertEqual((bad.code, [one["field"] for one in bad.violations]), ("bad-answer", ["cleared"]))
            await control.claim(task.id, "q1")
            order = await control.answer(task.id, "q1", values={"cleared": "no"})
            self.assertEqual((await order.verdict()).verdict, "taken")
            closed = await self.within(anext(inbox))
            while not isinstance(closed, QuestionClosed):
                closed = await self.within(anext(inbox))
            self.assertEqual((closed.task, closed.how, closed.by), (task.id, "answered", "operator"))

    async def test_a_line_that_is_not_to_be_opened_again_ends_all_that_waits(self) -> None:
        async with self.gateway.control(tries=0) as control:
            task = await self.begin("test-ask")
            await self.question(task.id)
            subscription = await control.subscribe(task.id)
            told: list[Record] = []

            async def watch() -> None:
                async for news in subscription:
                    assert isinstance(news, Record)
                    told.append(news)

            watching = asyncio.create_task(watch())
            await control.subscribe()  # Behind its answer the history of the first one has begun to come.
            self.stage.gateway.kill()
            with self.assertRaises(GatewayError) as caught:
                await self.within(watching)
            self.assertEqual(caught.exception.code, "line-lost")
            after = await self.refused(lambda: control.cancel(task.id))
            self.assertEqual(after.code, "line-lost")
            await asyncio.to_thread(self.stage.start_gateway)
        async with self.gateway.control() as control:
            rest = await control.subscribe(task.id, after=told[-1].cursor if told else None)
            await self.gateway.cancel(task.id)
            self.assert_whole(told + await self.within(records(rest)), await self.stored(task.id))
