"""An agent on the public a2a-sdk alone: it counts the words of a text, line by line, and knows nothing of Signalbox.

python word_counter.py --cert FILE --key FILE --ca FILE [--listen HOST:PORT]
"""

import asyncio

from a2a.helpers.proto_helpers import get_message_text, new_task_from_user_message
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types.a2a_pb2 import AgentCapabilities, AgentCard, AgentInterface, AgentSkill, Message, Part, Task
from starlette.applications import Starlette

from serving import serve

PACE = 0.05


class WordCounter(AgentExecutor):
    """Tells of each line, gives the count as an artifact, and asks for a text where it got none."""

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """One message: a new task, or the answer to the question of one."""
        message, task = context.message, context.current_task
        assert message is not None
        if task is None:
            task = new_task_from_user_message(message)
            await event_queue.enqueue_event(task)
        updater = TaskUpdater(event_queue, task.id, task.context_id)
        lines = [line for line in get_message_text(message).splitlines() if line.strip()]
        if not lines:
            await updater.requires_input(self._says(updater, "Which text shall I count?"))
            return
        count = 0
        for number, line in enumerate(lines, 1):
            await asyncio.sleep(PACE)
            count += len(line.split())
            await updater.start_work(self._says(updater, f"Line {number} of {len(lines)}"))
        await updater.add_artifact([Part(text=f"{count} words")], artifact_id="count", name="count", last_chunk=True)
        await updater.complete(self._says(updater, f"There are {count} words."))

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """The SDK ends `execute` behind this."""
        task = context.current_task
        assert isinstance(task, Task)
        await TaskUpdater(event_queue, task.id, task.context_id).cancel()

    @staticmethod
    def _says(updater: TaskUpdater, text: str) -> Message:
        return updater.new_agent_message([Part(text=text)])


def make_card(url: str) -> AgentCard:
    """What the agent says of itself: A2A 1.0, and no extension."""
    return AgentCard(
        name="word-counter",
        description="Counts the words of a text.",
        version="1.0.0",
        supported_interfaces=[AgentInterface(url=f"{url}/a2a", protocol_binding="JSONRPC", protocol_version="1.0")],
        capabilities=AgentCapabilities(streaming=True),
        default_input_modes=["text/plain"],
        default_output_modes=["text/plain"],
        skills=[AgentSkill(id="count", name="Count", description="Counts words.", tags=["text"])],
    )


def make_application(url: str) -> Starlette:
    """The agent as the SDK serves it."""
    card = make_card(url)
    handler = DefaultRequestHandler(agent_executor=WordCounter(), task_store=InMemoryTaskStore(), agent_card=card)
    return Starlette(routes=[*create_agent_card_routes(card), *create_jsonrpc_routes(handler, "/a2a")])


if __name__ == "__main__":
    serve(make_application, "Counts words, as an A2A agent.")
