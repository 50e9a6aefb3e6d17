"""An agent of A2A 0.3 alone, JSON-RPC with `message/stream`: it turns a text around, word by word.

    python turner.py --cert FILE --key FILE --ca FILE [--listen HOST:PORT]

The SDK speaks 0.3 beside 1.0. Here the card offers 0.3 only, and calls of 1.0 are refused, as an agent of that time does.
"""

import asyncio
import json
from typing import Any

from a2a.helpers.proto_helpers import get_message_text, new_task_from_user_message
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_jsonrpc_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types.a2a_pb2 import AgentCapabilities, AgentCard, AgentInterface, Part, Task
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from serving import serve

PACE = 0.05


class Turner(AgentExecutor):
    """Tells of each word, and gives the text turned around as an artifact."""

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """One message: a new task, or the answer to the question of one."""
        message, task = context.message, context.current_task
        assert message is not None
        if task is None:
            task = new_task_from_user_message(message)
            await event_queue.enqueue_event(task)
        updater = TaskUpdater(event_queue, task.id, task.context_id)
        words = get_message_text(message).split()
        if not words:
            await updater.requires_input(updater.new_agent_message([Part(text="Which text?")]))
            return
        for number, word in enumerate(words, 1):
            await asyncio.sleep(PACE)
            await updater.start_work(updater.new_agent_message([Part(text=f"Word {number} of {len(words)}: {word}")]))
        await updater.add_artifact(
            [Part(text=" ".join(reversed(words)))], artifact_id="turned", name="turned", last_chunk=True
        )
        await updater.complete()

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """The SDK ends `execute` behind this."""
        task = context.current_task
        assert isinstance(task, Task)
        await TaskUpdater(event_queue, task.id, task.context_id).cancel()


def make_card(url: str) -> dict[str, Any]:
    """The card as agents of 0.3 have it: one URL, one transport."""
    return {
        "protocolVersion": "0.3.0",
        "name": "turner",
        "description": "Turns a text around.",
        "version": "1.0.0",
        "url": f"{url}/",
        "preferredTransport": "JSONRPC",
        "capabilities": {"streaming": True},
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain"],
        "skills": [{"id": "turn", "name": "Turn", "description": "Turns a text around.", "tags": ["text"]}],
        "securitySchemes": {"mtls": {"type": "mutualTLS"}},
        "security": [{"mtls": []}],
    }


class OldMethodsOnly:
    """JSON-RPC of 0.3 names its methods with a slash; others are not known here."""

    def __init__(self, application: ASGIApp):
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._application(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        try:
            call = json.loads(body)
        except ValueError:
            call = None
        if isinstance(call, dict) and "/" not in str(call.get("method", "/")):
            error = {"code": -32601, "message": f"There is no method {call['method']} in A2A 0.3."}
            await JSONResponse({"jsonrpc": "2.0", "id": call.get("id"), "error": error})(scope, receive, send)
            return
        is_read = False

        async def again() -> dict[str, Any]:
            nonlocal is_read
            if is_read:
                return dict(await receive())
            is_read = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._application(scope, again, send)


def make_application(url: str) -> ASGIApp:
    """The agent, with its card."""

    async def card(_: Request) -> Response:
        return JSONResponse(make_card(url))

    handler = DefaultRequestHandler(
        agent_executor=Turner(),
        task_store=InMemoryTaskStore(),
        agent_card=AgentCard(
            name="turner",
            description="Turns a text around.",
            version="1.0.0",
            capabilities=AgentCapabilities(streaming=True),
            supported_interfaces=[AgentInterface(url=url, protocol_binding="JSONRPC", protocol_version="0.3")],
        ),
    )
    routes = [
        Route("/.well-known/agent-card.json", card),
        *create_jsonrpc_routes(handler, "/", enable_v0_3_compat=True),
    ]
    return OldMethodsOnly(Starlette(routes=routes))


if __name__ == "__main__":
    serve(make_application, "Turns texts around, as an agent of A2A 0.3.")
