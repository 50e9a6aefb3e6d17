"""The desk and its tasks, without a line: readers that go away and come back, questions, cancels, somebody else's tasks."""

import asyncio
import logging
import unittest
import unittest.mock
from collections.abc import Awaitable, Callable
from typing import Any

from a2a.auth.user import User
from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    GetTaskRequest,
    ListTasksRequest,
    Message,
    Part,
    SendMessageRequest,
    SubscribeToTaskRequest,
    Task,
    TaskState,
    TaskStatusUpdateEvent,
)
from a2a.utils.errors import (
    ExtendedAgentCardNotConfiguredError,
    InvalidParamsError,
    PushNotificationNotSupportedError,
    TaskNotCancelableError,
    TaskNotFoundError,
    UnsupportedOperationError,
)
from signalbox_agent import PROGRESS_URI, AgentFailure, AgentRejection, FunctionAgent, TaskContext, is_cancelled
from signalbox_agent.desk import Desk

Work = Callable[[TaskContext], Awaitable[str | None]]


class Somebody(User):
    def __init__(self, name: str):
        self.name = name

    @property
    def is_authenticated(self) -> bool:
        return True

    @property
    def user_name(self) -> str:
        return self.name


class Line:
    """A reader's connection, which a test cuts."""

    def __init__(self, who: str = "gateway"):
        self.is_cut = False
        self.context = ServerCallContext(user=Somebody(who), state={"is_open": lambda: not self.is_cut})


async def following(stream: Any) -> Any:
    """The next event; one that does not come fails the test."""
    return await asyncio.wait_for(anext(stream), 10)


def said(identifier: str, text: str, task: str = "") -> SendMessageRequest:
    return SendMessageRequest(message=Message(message_id=identifier, task_id=task, parts=[Part(text=text)]))


def words(event: Any) -> str:
    """An event in a line."""
    if isinstance(event, Task):
        return f"task {TaskState.Name(event.status.state).removeprefix('TASK_STATE_')}"
    if isinstance(event, TaskStatusUpdateEvent):
        text = event.status.message.parts[0].text if event.status.message.parts else ""
        return f"{TaskState.Name(event.status.state).removeprefix('TASK_STATE_')} {text}".strip()
    return f"artifact {event.artifact.artifact_id}"


class DeskTests(unittest.IsolatedAsyncioTestCase):
    def desk(self, work: Work) -> Desk:
        return Desk(FunctionAgent(work))

    async def begin(self, desk: Desk, line: Line, identifier: str = "m1") -> tuple[Any, Task]:
        stream: Any = desk.on_message_send_stream(said(identifier, "Go."), line.context)
        return stream, await anext(stream)

    async def rest(self, stream: Any) -> list[str]:
        async with asyncio.timeout(10):
            return [words(event) async for event in stream]

    async def test_a_task_from_beginning_to_end(self) -> None:
        async def work(context: TaskContext) -> str:
            context.progress("one")
            async with context.tool("count", {"a": 1}) as tool:
                tool.progress("half", step=1, total=2)
                tool.gave(7)
            context.artifact("result", data={"x": 1})
            return "Done."

        stream, task = await self.begin(self.desk(work), Line())
        self.assertEqual(words(task), "task SUBMITTED")
        self.assertEqual(
            await self.rest(stream),
            [
                "WORKING",
                "WORKING one",
                "WORKING count: started.",
                "WORKING count 1/2: half",
                "WORKING count: 7",
                "artifact result",
                "COMPLETED Done.",
            ],
        )

    async def test_who_comes_back_goes_on_where_the_line_broke(self) -> None:
        goes_on = asyncio.Event()

        async def work(context: TaskContext) -> None:
            for number in range(1, 4):
                context.progress(f"step {number}")
            await goes_on.wait()
            for number in range(4, 7):
                context.progress(f"step {number}")

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        heard = [words(await following(stream)) for _ in range(3)]
        line.is_cut = True  # While the third one was on its way.
        self.assertEqual(await self.rest(stream), [])
        goes_on.set()
        await desk.on_message_send(said("m1", "Go."), Line().context)  # Waits for the end, and is not another task.
        again = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context)
        heard_again = await self.rest(again)
        self.assertEqual(heard, ["WORKING", "WORKING step 1", "WORKING step 2"])
        self.assertEqual(heard_again, ["task WORKING", *(f"WORKING step {n}" for n in range(2, 7)), "COMPLETED"])
        missed = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context)
        self.assertEqual(
            await self.rest(missed), ["task WORKING", *(f"WORKING step {n}" for n in range(1, 6)), "COMPLETED"]
        )
        with (
            unittest.mock.patch("signalbox_agent.feed.MISSED_SECONDS", 0),
            self.assertRaises(UnsupportedOperationError),
        ):
            await following(desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context))

    async def test_the_snapshot_is_what_the_last_reader_knew(self) -> None:
        async def work(context: TaskContext) -> None:
            context.progress("one")
            context.progress("two")
            await asyncio.Event().wait()

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        known = [await following(stream) for _ in range(3)][1]
        await stream.aclose()
        again: Any = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context)
        self.assertEqual((await following(again)).status, known.status)
        self.assertEqual(words(await following(again)), "WORKING two")
        await again.aclose()

    async def test_what_a_reader_took_just_before_its_line_broke_is_said_again(self) -> None:
        async def work(context: TaskContext) -> None:
            for number in range(1, 4):
                context.progress(f"step {number}")
            await asyncio.Event().wait()

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        told = [await following(stream) for _ in range(4)]
        reading = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)  # All is taken, and it waits for more.
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        again: Any = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context)
        snapshot, *repeated = [await following(again) for _ in range(3)]
        self.assertEqual(snapshot.status.message.parts[0].text, "step 3")
        self.assertEqual(snapshot.status.message.metadata[PROGRESS_URI]["message"], "step 3")
        self.assertEqual(
            [(words(one), one.metadata[PROGRESS_URI]["repeated"]) for one in repeated],
            [("WORKING step 1", True), ("WORKING step 2", True)],
        )
        self.assertEqual(
            [one.metadata[PROGRESS_URI]["repeats"] for one in repeated],
            [one.status.message.message_id for one in told if words(one) in ("WORKING step 1", "WORKING step 2")],
        )
        await again.aclose()

    async def test_a_report_amid_a_question_is_said_again_beside_it(self) -> None:
        async def work(context: TaskContext) -> None:
            context.progress("before")
            asked = asyncio.ensure_future(context.ask("Who?"))
            await asyncio.sleep(0)
            context.progress("meanwhile")
            await asked

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        told = [one async for one in stream]
        subscription: Any = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context)
        self.assertEqual([words(await following(subscription)) for _ in range(2)][0], "task INPUT_REQUIRED")
        reading = asyncio.ensure_future(anext(subscription))
        await asyncio.sleep(0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        again: Any = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), Line().context)
        snapshot, *repeated = [await following(again) for _ in range(3)]
        self.assertEqual(words(snapshot), "task INPUT_REQUIRED")
        reports = [one.metadata[PROGRESS_URI] for one in repeated]
        self.assertEqual([one["message"] for one in reports], ["before", "meanwhile"])
        question = snapshot.status.message.message_id
        before = next(one.status.message.message_id for one in told if words(one) == "WORKING before")
        self.assertEqual([one["repeats"] for one in reports], [before, question])
        self.assertEqual({one.status.message.message_id for one in repeated}, {question})
        await again.aclose()

    async def test_a_question_and_its_answer(self) -> None:
        async def work(context: TaskContext) -> str:
            first = await context.ask("Who?")
            second = await context.ask({"prompt": "Sure?", "fields": [{"name": "sure", "type": "boolean"}]})
            return f"{first} {second['sure']}"

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        self.assertEqual(await self.rest(stream), ["WORKING", "INPUT_REQUIRED Who?"])
        stream = desk.on_message_send_stream(said("m2", "Ada", task.id), line.context)
        self.assertEqual(
            await self.rest(stream), ["task INPUT_REQUIRED", "WORKING", "INPUT_REQUIRED Sure?\nsure: boolean"]
        )
        with self.assertRaisesRegex(InvalidParamsError, "yes or no"):
            await desk.on_message_send(said("m3", "perhaps", task.id), line.context)
        ended = await desk.on_message_send(said("m4", "yes", task.id), line.context)
        assert isinstance(ended, Task)
        self.assertEqual(ended.status.message.parts[0].text, "Ada True")
        repeated = await desk.on_message_send(said("m4", "yes", task.id), line.context)
        self.assertEqual(repeated, ended)
        self.assertEqual(
            [one.parts[0].text for one in ended.history], ["Go.", "Ada", "Who?", "yes", "Sure?\nsure: boolean"]
        )

    async def test_a_question_stays_open_when_reports_before_it_are_said_again(self) -> None:
        async def work(context: TaskContext) -> str:
            context.progress("one")
            context.progress("two")
            return str(await context.ask("Who?"))

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        self.assertEqual((await self.rest(stream))[-1], "INPUT_REQUIRED Who?")
        reader: Any = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), line.context)
        await following(reader)
        await reader.aclose()
        again: Any = desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), line.context)
        self.assertEqual(
            [words(await following(again)) for _ in range(3)],
            ["task INPUT_REQUIRED", "INPUT_REQUIRED Who?", "INPUT_REQUIRED Who?"],
        )
        await again.aclose()

    async def test_nobody_answers(self) -> None:
        async def patient(context: TaskContext) -> str:
            return str(await context.ask({"prompt": "Who?", "deadline": 0.01, "default": "nobody"}))

        async def strict(context: TaskContext) -> str:
            return str(await context.ask({"prompt": "Who?", "deadline": 0.01}))

        for work, state, text in (
            (patient, "COMPLETED", "nobody"),
            (strict, "FAILED", "Nobody answered in time: Who?"),
        ):
            desk, line = self.desk(work), Line()
            stream, task = await self.begin(desk, line)
            await self.rest(stream)
            rest = await self.rest(desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), line.context))
            self.assertEqual(rest[-1], f"{state} {text}")

    async def test_a_cancel_is_seen_by_the_work(self) -> None:
        seen: list[bool] = []

        async def work(context: TaskContext) -> None:
            try:
                async with context.tool("wait"):
                    await asyncio.Event().wait()
            finally:
                seen.append(is_cancelled())

        desk, line = self.desk(work), Line()
        stream, task = await self.begin(desk, line)
        for _ in range(2):
            await following(stream)
        ended = await desk.on_cancel_task(CancelTaskRequest(id=task.id), line.context)
        self.assertEqual((words(ended), seen), ("task CANCELED", [True]))
        self.assertEqual(await self.rest(stream), ["WORKING wait: failed: cancelled", "CANCELED Stopped as asked."])
        self.assertEqual(await desk.on_cancel_task(CancelTaskRequest(id=task.id), line.context), ended)

    async def test_a_cancel_comes_before_the_work_has_begun_or_after_its_end(self) -> None:
        async def work(context: TaskContext) -> None:
            return None

        desk, line = self.desk(work), Line()
        _, task = await self.begin(desk, line)
        self.assertEqual(words(await desk.on_cancel_task(CancelTaskRequest(id=task.id), line.context)), "task CANCELED")
        other = await desk.on_message_send(said("m2", "Go."), line.context)
        assert isinstance(other, Task)
        with self.assertRaises(TaskNotCancelableError):
            await desk.on_cancel_task(CancelTaskRequest(id=other.id), line.context)

    async def test_errors_end_a_task_with_their_cause(self) -> None:
        for error, expected in (
            (KeyError("rows"), "FAILED KeyError: 'rows'"),
            (AgentFailure("No data."), "FAILED No data."),
            (AgentRejection("Not for me."), "REJECTED Not for me."),
        ):

            async def work(context: TaskContext, error: Exception = error) -> None:
                raise error

            logging.getLogger("signalbox_agent").disabled = True
            self.addCleanup(setattr, logging.getLogger("signalbox_agent"), "disabled", False)
            stream, _ = await self.begin(self.desk(work), Line())
            self.assertEqual((await self.rest(stream))[-1], expected)

    async def test_somebody_elses_task_is_not_there(self) -> None:
        async def work(context: TaskContext) -> None:
            await asyncio.Event().wait()

        desk, line, other = self.desk(work), Line(), Line("somebody else")
        _, task = await self.begin(desk, line)
        for call in (
            desk.on_get_task(GetTaskRequest(id=task.id), other.context),
            desk.on_cancel_task(CancelTaskRequest(id=task.id), other.context),
            desk.on_message_send(said("m9", "x", task.id), other.context),
            following(desk.on_subscribe_to_task(SubscribeToTaskRequest(id=task.id), other.context)),
        ):
            with self.assertRaises(TaskNotFoundError):
                await call
        self.assertEqual(len((await desk.on_list_tasks(ListTasksRequest(), other.context)).tasks), 0)
        self.assertEqual(
            [one.id for one in (await desk.on_list_tasks(ListTasksRequest(), line.context)).tasks], [task.id]
        )

    async def test_a_task_at_work_takes_no_message(self) -> None:
        async def work(context: TaskContext) -> None:
            await asyncio.Event().wait()

        desk, line = self.desk(work), Line()
        _, task = await self.begin(desk, line)
        with self.assertRaisesRegex(UnsupportedOperationError, "asks nothing"):
            await desk.on_message_send(said("m2", "Faster!", task.id), line.context)

    async def test_what_is_not_offered_is_refused_as_that(self) -> None:
        async def work(_: TaskContext) -> None:
            pass

        desk, line = self.desk(work), Line()
        for name in ("create", "get", "list", "delete"):
            plural = "s" if name == "list" else ""
            with self.assertRaises(PushNotificationNotSupportedError):
                await getattr(desk, f"on_{name}_task_push_notification_config{plural}")(None, line.context)
        with self.assertRaises(ExtendedAgentCardNotConfiguredError):
            await desk.on_get_extended_agent_card(None, line.context)

    async def test_the_oldest_task_that_has_ended_makes_room(self) -> None:
        async def work(context: TaskContext) -> None:
            if context.text != "Go.":
                await asyncio.Event().wait()

        desk, line = Desk(FunctionAgent(work), task_limit=2), Line()
        first = await desk.on_message_send(said("m1", "Go."), line.context)
        for identifier in ("m2", "m3"):
            await following(desk.on_message_send_stream(said(identifier, "Stay."), line.context))
        with self.assertRaises(TaskNotFoundError):
            assert isinstance(first, Task)
            await desk.on_get_task(GetTaskRequest(id=first.id), line.context)
        with self.assertRaisesRegex(UnsupportedOperationError, "2 tasks"):
            await desk.on_message_send(said("m4", "Go."), line.context)

    async def test_a_stop_fails_what_is_under_way(self) -> None:
        async def work(context: TaskContext) -> None:
            await asyncio.Event().wait()

        desk, line = self.desk(work), Line()
        stream, _ = await self.begin(desk, line)
        await following(stream)
        await desk.stop(0)
        self.assertEqual(await self.rest(stream), ["FAILED The agent was stopped while it worked on this task."])
        with self.assertRaisesRegex(UnsupportedOperationError, "stopping"):
            await desk.on_message_send(said("m2", "Go."), line.context)


if __name__ == "__main__":
    unittest.main()
