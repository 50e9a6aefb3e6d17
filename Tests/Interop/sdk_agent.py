#!/usr/bin/env python3
"""An agent on the real a2a-sdk, for tests of our client. Listens on 127.0.0.1, JSON-RPC at /a2a, HTTP+JSON below /rest.

Prints {"port": N} when it listens. Ends on SIGTERM, and when its standard input ends.
"""

import argparse
import asyncio
import json
import logging
import socket
import ssl
import sys
import threading

import httpx
import uvicorn

from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes, create_rest_routes
from a2a.server.tasks import BasePushNotificationSender, InMemoryPushNotificationConfigStore, InMemoryTaskStore
from a2a.types.a2a_pb2 import (
    AgentCapabilities,
    AgentCard,
    AgentInterface,
    AgentSkill,
    MutualTlsSecurityScheme,
    SecurityRequirement,
    SecurityScheme,
    StringList,
)
from starlette.applications import Starlette

from sdk_behaviours import ScriptedAgent


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--cert', help="the server's certificate")
    parser.add_argument('--key', help='its key')
    parser.add_argument('--ca', help="the authority of the clients' certificates")
    parser.add_argument('--plain', action='store_true', help='HTTP without TLS')
    parser.add_argument('--port', type=int, default=0, help='0, the default, takes a free one')
    parser.add_argument('--versions', default='1.0,0.3', help='of the protocol; 1.0,0.3 by default')
    parser.add_argument('--no-streaming', action='store_true')
    parser.add_argument('--no-push', action='store_true')
    parser.add_argument('--no-extended-card', action='store_true')
    arguments = parser.parse_args()
    if not arguments.plain and not (arguments.cert and arguments.key and arguments.ca):
        parser.error('--cert, --key and --ca are needed, or --plain')
    return arguments


def make_card(arguments: argparse.Namespace, base: str) -> AgentCard:
    card = AgentCard(
        name='SDK agent',
        description='Behaves as the id of a message says.',
        version='1.2.3',
        supported_interfaces=[
            AgentInterface(url=base + path, protocol_binding=binding, protocol_version=version)
            for version in arguments.versions.split(',')
            for binding, path in (('JSONRPC', '/a2a'), ('HTTP+JSON', '/rest'))
        ],
        capabilities=AgentCapabilities(
            streaming=not arguments.no_streaming,
            push_notifications=not arguments.no_push,
            extended_agent_card=not arguments.no_extended_card,
        ),
        default_input_modes=['text/plain'],
        default_output_modes=['text/plain'],
        skills=[AgentSkill(id='behave', name='Behave', description='Does as it is told.', tags=['test'])],
    )
    if not arguments.plain:
        scheme = SecurityScheme(mtls_security_scheme=MutualTlsSecurityScheme(description="A client's certificate."))
        card.security_schemes['mtls'].CopyFrom(scheme)
        card.security_requirements.append(SecurityRequirement(schemes={'mtls': StringList()}))
    return card


def make_application(arguments: argparse.Namespace, base: str) -> Starlette:
    card = make_card(arguments, base)
    extended = AgentCard()
    extended.CopyFrom(card)
    extended.name += ', extended'
    push = {}
    if not arguments.no_push:
        store = InMemoryPushNotificationConfigStore()
        sender = BasePushNotificationSender(httpx.AsyncClient(trust_env=False), store)
        push = {'push_config_store': store, 'push_sender': sender}
    handler = DefaultRequestHandler(
        agent_executor=ScriptedAgent(),
        task_store=InMemoryTaskStore(),
        agent_card=card,
        extended_agent_card=None if arguments.no_extended_card else extended,
        **push,
    )
    legacy = {'enable_v0_3_compat': '0.3' in arguments.versions}
    return Starlette(
        routes=[
            *create_agent_card_routes(card, cache_control='max-age=60'),
            *create_jsonrpc_routes(handler, '/a2a', **legacy),
            *create_jsonrpc_routes(handler, '/a2a/', **legacy),
            *create_rest_routes(handler, path_prefix='/rest', **legacy),
        ]
    )


class AnnouncingServer(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(json.dumps({'port': sockets[0].getsockname()[1]}), flush=True)

    def end_with_standard_input(self) -> None:
        sys.stdin.buffer.read()
        self.should_exit = True


def main() -> None:
    arguments = parse_arguments()
    logging.basicConfig(level=logging.WARNING)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(('127.0.0.1', arguments.port))
    base = f'{"http" if arguments.plain else "https"}://127.0.0.1:{listener.getsockname()[1]}'
    tls = {} if arguments.plain else {
        'ssl_certfile': arguments.cert,
        'ssl_keyfile': arguments.key,
        'ssl_ca_certs': arguments.ca,
        'ssl_cert_reqs': ssl.CERT_REQUIRED,
    }
    # Streams of tasks that never end would hold it for ever.
    config = uvicorn.Config(
        make_application(arguments, base), log_level='warning', lifespan='off', timeout_graceful_shutdown=1, **tls
    )
    server = AnnouncingServer(config)
    threading.Thread(target=server.end_with_standard_input, daemon=True).start()
    asyncio.run(server.serve(sockets=[listener]))


if __name__ == '__main__':
    main()
