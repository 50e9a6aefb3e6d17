"""A LangGraph graph as an agent. Needs the packages langgraph and langchain-core."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import ensure_config
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.config import get_stream_writer
from langgraph.types import Command, Interrupt

from .context import TaskContext
from .errors import AgentFailure
from .mapping import EventMapping
from .reports import ArtifactChunk

QUIET_SECONDS = 0.05


def report_progress(message: str | None = None, **members: Any) -> None:
    """Says through the stream writer how far the tool is in which this is called: step, total, records, payload.

    It names the call, so that two calls of one tool at the same time are told apart.
    """
    callbacks = ensure_config().get("callbacks")
    run = getattr(callbacks, "parent_run_id", None)
    said = {"type": "tool_progress", "message": message, "callId": str(run) if run else None} | members
    get_stream_writer()({name: value for name, value in said.items() if value is not None})


class GraphAgent:
    """Runs a compiled graph for each task, and tells what it does.

    `make_input` makes the graph's input of the task; without it, the text is put into `messages`. `result` names the member of the
    final state that becomes the artifact of that name; without it, it is the last message's text, or else all of the state.
    """

    def __init__(
        self,
        graph: Any,
        make_input: Callable[[TaskContext], Any] | None = None,
        result: str | None = None,
        shows_nodes: bool = True,
        recursion_limit: int = 100,
    ):
        # Without a checkpointer a graph could not go on with an answer.
        self._own = None if graph.checkpointer else InMemorySaver()
        self._graph = graph.copy({"checkpointer": self._own}) if self._own else graph
        self._make_input = make_input or (lambda context: {"messages": [("user", context.text)]})
        self._result, self._shows_nodes, self._limit = result, shows_nodes, recursion_limit

    async def run(self, context: TaskContext) -> str | None:
        """Does the work of one task: runs the graph from question to question to its end."""
        mapping = EventMapping(self._shows_nodes)
        config: RunnableConfig = {"configurable": {"thread_id": context.task_id}, "recursion_limit": self._limit}
        given: Any = self._make_input(context)
        try:
            while True:
                await self._turn(given, config, mapping, context)
                interrupts = (await self._graph.aget_state(config)).interrupts
                if not interrupts:
                    break
                _tell(context, mapping.pause())
                given = Command(resume=await _answers(context, interrupts))
        except BaseException as error:
            cause = "cancelled" if isinstance(error, asyncio.CancelledError) else f"{type(error).__name__}: {error}"
            _tell(context, mapping.finish(cause, time.monotonic()))
            raise
        finally:
            # What a task has come to is the gateway's to keep; a checkpointer of somebody else's is theirs.
            if self._own:
                await self._own.adelete_thread(context.task_id)
        _tell(context, mapping.finish(None, time.monotonic()))
        return self._tell_result(context, mapping.output)

    async def _turn(self, given: Any, config: RunnableConfig, mapping: EventMapping, context: TaskContext) -> None:
        events = self._graph.astream_events(
            given, config, version="v2", stream_mode=["custom", "updates"], subgraphs=True
        )
        async for event in _with_silence(events):
            _tell(context, mapping.release() if event is None else mapping.updates(event, time.monotonic()))

    def _tell_result(self, context: TaskContext, output: Any) -> str | None:
        if self._result:
            if not isinstance(output, dict) or output.get(self._result) is None:
                raise AgentFailure(f'The graph ended without "{self._result}" in its state.')
            name, value = self._result, output[self._result]
        else:
            name, value = "result", output
            if isinstance(output, dict) and output.get("messages"):
                value = getattr(output["messages"][-1], "content", output["messages"][-1])
        text = value if isinstance(value, str) else None
        context.tell(ArtifactChunk(name, text=text, data=None if text is not None else value))
        return text if text is not None and len(text) <= 500 else None


async def _answers(context: TaskContext, interrupts: tuple[Interrupt, ...]) -> Any:
    """Asks all that the graph waits for; those of parallel nodes one after the other."""
    answers = {}
    for one in interrupts:
        answers[one.id] = await context.ask(one.value)
    return answers


def _tell(context: TaskContext, updates: list[Any]) -> None:
    for update in updates:
        context.tell(update)


async def _with_silence(events: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The events, and None wherever nothing has come for a moment. A cancel goes through to the graph, and is waited for."""
    coming: asyncio.Task[Any] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(events))
            is_told = False
            while not coming.done():
                await asyncio.wait({coming}, timeout=None if is_told else QUIET_SECONDS)
                if not coming.done():
                    is_told = True
                    yield None
            try:
                event = coming.result()
            except StopAsyncIteration:
                return
            yield event
    finally:
        if coming is not None and not coming.done():
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()
