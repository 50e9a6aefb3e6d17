"""Real graphs of other shapes than the example's, at a desk without a line: who asks, who is stopped, who speaks."""

import asyncio
import threading
import unittest
from typing import Annotated, Any, TypedDict

from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import CancelTaskRequest, Message, Part, SendMessageRequest, Task, TaskState
from google.protobuf import json_format
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.tools import tool
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt
from signalbox_agent import PROGRESS_URI, is_cancelled
from signalbox_agent.desk import Desk
from signalbox_agent.langgraph import GraphAgent, report_progress


def joined(before: list[str], more: list[str]) -> list[str]:
    return [*before, *more]


class State(TypedDict, total=False):
    said: Annotated[list[str], joined]


@tool
async def ask_in_tool(what: str) -> str:
    """A tool that asks somebody."""
    return f"{what} {interrupt('Tool?')}"


def graph_of(*nodes: tuple[str, Any], parallel: bool = False) -> Any:
    """The nodes one after the other, or all at once."""
    graph: Any = StateGraph(State)
    for name, action in nodes:
        graph.add_node(name, action)
    names = [name for name, _ in nodes]
    edges = [(START, name) for name in names] + [(name, END) for name in names]
    for before, after in edges if parallel else zip([START, *names], [*names, END]):
        graph.add_edge(before, after)
    return graph.compile()


class GraphTests(unittest.IsolatedAsyncioTestCase):
    async def send(self, desk: Desk, text: str, task: str = "", at_once: bool = False) -> Task:
        self.count = getattr(self, "count", 0) + 1
        message = Message(message_id=f"m{self.count}", task_id=task, parts=[Part(text=text)])
        request = SendMessageRequest(message=message)
        request.configuration.return_immediately = at_once
        answer = await asyncio.wait_for(desk.on_message_send(request, ServerCallContext()), 20)
        assert isinstance(answer, Task)
        return answer

    def desk(self, graph: Any) -> Desk:
        return Desk(GraphAgent(graph, lambda _: {"said": []}, result="said"))

    def reports(self, desk: Desk, task: Task) -> list[dict[str, Any]]:
        """What was said of the task."""
        events = [json_format.MessageToDict(event) for event in desk._entries[task.id].feed._events]
        return [event["metadata"][PROGRESS_URI] for event in events if "metadata" in event]

    def said(self, task: Task) -> Any:
        self.assertEqual(TaskState.Name(task.status.state), "TASK_STATE_COMPLETED", task.status)
        return json_format.MessageToDict(task.artifacts[0].parts[0].data)

    async def test_a_tool_that_asks_is_one_call(self) -> None:
        async def node(state: State) -> State:
            return {"said": [await ask_in_tool.ainvoke({"what": "it"})]}

        desk = self.desk(graph_of(("node", node)))
        task = await self.send(desk, "Go.")
        self.assertEqual(task.status.message.parts[0].text, "Tool?")
        task = await self.send(desk, "yes", task.id)
        self.assertEqual(self.said(task), ["it yes"])
        types = [one["type"] for one in self.reports(desk, task)]
        self.assertEqual(types, ["step_started", "tool_started", "tool_completed", "step_completed"])

    async def test_nodes_that_ask_at_once_are_asked_for_one_after_the_other(self) -> None:
        def asking(name: str) -> Any:
            async def node(state: State) -> State:
                return {"said": [f"{name}={interrupt(name)}"]}

            return node

        desk = self.desk(graph_of(("a", asking("a")), ("b", asking("b")), parallel=True))
        task = await self.send(desk, "Go.")
        first = task.status.message.parts[0].text
        task = await self.send(desk, f"to {first}", task.id)
        second = task.status.message.parts[0].text
        task = await self.send(desk, f"to {second}", task.id)
        self.assertEqual(sorted(self.said(task)), ["a=to a", "b=to b"])

    async def test_a_sub_graph_that_asks(self) -> None:
        async def inner(state: State) -> State:
            return {"said": [interrupt({"prompt": "Deep?"})]}

        desk = self.desk(graph_of(("outer", graph_of(("inner", inner)))))
        task = await self.send(desk, "Go.")
        task = await self.send(desk, "very", task.id)
        self.assertEqual(self.said(task), ["very"])
        steps = [(one["type"], one["phase"], one.get("agent")) for one in self.reports(desk, task)]
        self.assertEqual(
            steps,
            [
                ("step_started", "outer", None),
                ("step_started", "inner", "outer"),
                ("step_completed", "inner", "outer"),
                ("step_completed", "outer", None),
            ],
        )

    async def test_a_tool_in_a_thread_sees_the_cancel(self) -> None:
        seen = threading.Event()

        @tool
        def count(limit: int) -> str:
            """A plain function, which runs in a thread."""
            report_progress("counting", step=1, total=limit)
            while not is_cancelled():
                threading.Event().wait(0.01)
            seen.set()
            return "stopped"

        async def node(state: State) -> State:
            return {"said": [await count.ainvoke({"limit": 2})]}

        desk = self.desk(graph_of(("node", node)))
        task = await self.send(desk, "Go.", at_once=True)
        feed = desk._entries[task.id].feed
        async with asyncio.timeout(20):
            while "tool_progress" not in [one["type"] for one in self.reports(desk, task)]:
                await feed._changed.wait()
        ended = await desk.on_cancel_task(CancelTaskRequest(id=task.id), ServerCallContext())
        self.assertEqual(TaskState.Name(ended.status.state), "TASK_STATE_CANCELED")
        self.assertTrue(await asyncio.to_thread(seen.wait, 10))

    async def test_a_language_model_is_heard(self) -> None:
        model = GenericFakeChatModel(messages=iter([AIMessage("one two three")]))

        async def node(state: State) -> State:
            return {"said": [str((await model.ainvoke("Count.")).content)]}

        desk = self.desk(graph_of(("node", node)))
        task = await self.send(desk, "Go.")
        self.assertEqual(self.said(task), ["one two three"])
        models = [one for one in self.reports(desk, task) if one["type"].startswith("llm_")]
        self.assertEqual((models[0]["type"], models[-1]["type"]), ("llm_started", "llm_completed"))
        words = "".join(one["message"] for one in models if one["type"] == "llm_chunk")
        self.assertEqual(words, "one two three")


if __name__ == "__main__":
    unittest.main()
