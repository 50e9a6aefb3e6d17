"""What push notifications are sent to: an HTTP server on 127.0.0.1 that keeps what it got, in order.

As a program it prints {"url": URL}, then a line of JSON for each push, and ends when its standard input ends.
"""

import asyncio
import json
import sys
import threading

from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Push:
    headers: dict[str, str]
    body: Any


class PushReceiver:
    """`async with` starts and ends it."""

    def __init__(self) -> None:
        self._pushes: asyncio.Queue[Push] = asyncio.Queue()

    async def __aenter__(self) -> 'PushReceiver':
        receiver, loop = self, asyncio.get_running_loop()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
                push = Push({name.lower(): value for name, value in self.headers.items()}, json.loads(body))
                loop.call_soon_threadsafe(receiver._pushes.put_nowait, push)
                self.send_response(204)
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self._server.server_address[1]}/push'
        threading.Thread(target=self._server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._server.shutdown)
        self._server.server_close()

    async def next(self) -> Push:
        return await self._pushes.get()


async def main() -> None:
    async with PushReceiver() as receiver:
        print(json.dumps({'url': receiver.url}), flush=True)

        async def tell() -> None:
            while True:
                print(json.dumps(asdict(await receiver.next())), flush=True)

        telling = asyncio.create_task(tell())
        await asyncio.to_thread(sys.stdin.buffer.read)
        telling.cancel()


if __name__ == '__main__':
    asyncio.run(main())
