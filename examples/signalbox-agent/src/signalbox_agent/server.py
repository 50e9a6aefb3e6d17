"""Serves an agent: the command line, TLS, the card, the end."""

import argparse
import asyncio
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence

import uvicorn
from a2a.auth.user import User
from a2a.server.context import ServerCallContext
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes, create_rest_routes
from a2a.server.routes.common import DefaultServerCallContextBuilder
from starlette.applications import Starlette
from starlette.requests import Request

from .cards import Profile, make_card
from .context import Agent
from .desk import Desk
from .tls import EXTENSION, Door, NamingProtocol, server_context


class _Caller(User):
    def __init__(self, name: str):
        self._name = name

    @property
    def is_authenticated(self) -> bool:
        return bool(self._name)

    @property
    def user_name(self) -> str:
        return self._name


class _Callers(DefaultServerCallContextBuilder):
    """A caller is the first name in its certificate, and its tasks are its alone."""

    def build(self, request: Request) -> ServerCallContext:
        context = super().build(request)
        line = request.scope.get("extensions", {}).get(EXTENSION)
        context.user = _Caller(line.names[0] if line and line.names else "")
        if line:
            context.state["is_open"] = line.is_open
        return context


class _Server(uvicorn.Server):
    """Says that it listens, and lets tasks end before its lines do."""

    def __init__(self, config: uvicorn.Config, desk: Desk, options: argparse.Namespace, url: str):
        super().__init__(config)
        self._desk, self._options, self._url = desk, options, url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._url, flush=True)
        if self._options.ready_file:
            made = f"{self._options.ready_file}.new"
            with open(made, "w") as file:
                json.dump({"pid": os.getpid(), "url": self._url}, file)
            os.replace(made, self._options.ready_file)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._desk.stop(self._options.grace)
        await super().shutdown(sockets)
        if self._options.ready_file and os.path.exists(self._options.ready_file):
            os.remove(self._options.ready_file)

    def stop_with_standard_input(self) -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)


def make_application(
    agent: Agent, profile: Profile, base: str, allowed: Sequence[str] = (), versions: Sequence[str] = ("1.0",)
) -> tuple[Door, Desk]:
    """The ASGI application of an agent, for those who serve it themselves, and its desk."""
    desk = Desk(agent)
    callers, legacy = _Callers(), "0.3" in versions
    routes = [
        *create_agent_card_routes(make_card(profile, base, versions), cache_control="max-age=60"),
        *create_jsonrpc_routes(desk, "/a2a", callers, enable_v0_3_compat=legacy),
        *create_rest_routes(desk, callers, path_prefix="/rest", enable_v0_3_compat=legacy),
    ]
    return Door(Starlette(routes=routes), allowed), desk


def serve(agent: Agent, profile: Profile, arguments: Sequence[str] | None = None) -> None:
    """Reads the command line, and serves the agent until it is told to stop."""
    options = _options(profile, arguments)
    logging.basicConfig(level=options.log_level.upper(), stream=sys.stderr)
    host, _, port = options.listen.rpartition(":")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), int(port)))
        tls = server_context(options.cert, options.key, options.ca, options.crl)
    except (OSError, ValueError) as error:
        sys.exit(
            f"{profile.name}: cannot serve {options.listen} with {options.cert}, {options.key}, {options.ca}: {error}"
        )
    url = options.origin or f"https://localhost:{listener.getsockname()[1]}"
    application, desk = make_application(agent, profile, url, options.allow, options.versions.split(","))
    config = uvicorn.Config(
        application,
        http=NamingProtocol,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=2,
        ssl_certfile=options.cert,
        ssl_keyfile=options.key,
        ssl_ca_certs=options.ca,
        ssl_context_factory=lambda _config, _default: tls,
    )
    server = _Server(config, desk, options, url)
    if options.stop_at_stdin_end:
        threading.Thread(target=server.stop_with_standard_input, daemon=True).start()
    asyncio.run(server.serve(sockets=[listener]))


def _options(profile: Profile, arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=profile.description)
    parser.add_argument(
        "--listen", default="127.0.0.1:0", metavar="HOST:PORT", help="port 0, the default, takes a free one"
    )
    parser.add_argument("--cert", required=True, metavar="FILE", help="the agent's certificate")
    parser.add_argument("--key", required=True, metavar="FILE", help="its key")
    parser.add_argument("--ca", required=True, metavar="FILE", help="the authority of callers' certificates")
    parser.add_argument("--crl", metavar="FILE", help="the revocation list of that authority")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="SAN",
        help="a URI or DNS name in a caller's certificate that may "
        "call; as often as wanted. Without it, everyone whose certificate is good",
    )
    parser.add_argument("--origin", metavar="URL", help="how callers reach the agent, for its card")
    parser.add_argument("--versions", default="1.0", help="of A2A: 1.0 (the default), 0.3, or 1.0,0.3")
    parser.add_argument(
        "--grace",
        type=float,
        default=10,
        metavar="SECONDS",
        help="how long tasks may take to end once a stop was asked for",
    )
    parser.add_argument("--log-level", default="warning", choices=["debug", "info", "warning", "error"])
    parser.add_argument(
        "--ready-file",
        metavar="FILE",
        help="written once the agent listens, with process id and URL; removed at the end",
    )
    parser.add_argument("--stop-at-stdin-end", action="store_true", help="stops when standard input ends")
    options = parser.parse_args(arguments)
    unknown = set(options.versions.split(",")) - {"1.0", "0.3"}
    if unknown:
        parser.error(f"--versions knows 1.0 and 0.3, not {', '.join(sorted(unknown))}")
    return options
