#!/usr/bin/env python3
"""The real a2a-sdk's client against an agent, for tests of our agents.

Prints one line of JSON for each scenario: {"scenario": NAME, "ok": BOOL, "detail": TEXT}. Exits with 1 if one failed.
"""

import argparse
import asyncio
import json
import sys
import traceback

import sdk_scenarios

from sdk_peer import Mismatch, Peer
from sdk_scenarios_errors import errors
from sdk_scenarios_push import push

SCENARIOS = {
    'card': sdk_scenarios.card,
    'send': sdk_scenarios.send,
    'stream': sdk_scenarios.stream,
    'subscribe': sdk_scenarios.subscribe,
    'cancel': sdk_scenarios.cancel,
    'input': sdk_scenarios.input_required,
    'get': sdk_scenarios.get,
    'list': sdk_scenarios.list_tasks,
    'push': push,
    'errors': errors,
}


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--url', required=True, help='where the card is: https://127.0.0.1:PORT')
    parser.add_argument('--cert', help="the client's certificate")
    parser.add_argument('--key', help='its key')
    parser.add_argument('--ca', help="the authority of the server's certificate")
    parser.add_argument('--binding', choices=['JSONRPC', 'HTTP+JSON'], default='JSONRPC')
    parser.add_argument('--version', choices=['1.0', '0.3'], default='1.0')
    parser.add_argument('--seconds', type=float, default=60, help='that each scenario may take')
    parser.add_argument('scenarios', nargs='*', metavar='SCENARIO', help=f'all, or some of: {" ".join(SCENARIOS)}')
    arguments = parser.parse_args()
    unknown = [name for name in arguments.scenarios if name not in SCENARIOS]
    if unknown:
        parser.error(f'there is no scenario {unknown[0]!r}; there are {", ".join(SCENARIOS)}')
    return arguments


def told(error: Exception, seconds: float) -> str:
    match error:
        case Mismatch():
            return str(error)
        case TimeoutError():
            return f'it was not done within {seconds} seconds'
        case _:
            return repr(error)


async def run(arguments: argparse.Namespace) -> bool:
    well = True
    async with Peer.http_client(arguments.cert, arguments.key, arguments.ca) as http:
        for name in arguments.scenarios or SCENARIOS:
            try:
                async with asyncio.timeout(arguments.seconds):
                    peer = await Peer.meet(http, arguments.url.rstrip('/'), arguments.binding, arguments.version)
                    detail = await SCENARIOS[name](peer)
                    ok = True
            except Exception as error:
                ok, detail = False, told(error, arguments.seconds)
                traceback.print_exc(file=sys.stderr)
            print(json.dumps({'scenario': name, 'ok': ok, 'detail': detail}), flush=True)
            well = well and ok
    return well


if __name__ == '__main__':
    sys.exit(0 if asyncio.run(run(parse_arguments())) else 1)
