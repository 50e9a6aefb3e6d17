"""A place between a client and the gateway, where a test cuts lines and lets no new ones through. What passes is TLS, and not looked at."""

import asyncio
from types import TracebackType
from typing import Self


class Relay:
    """`async with Relay(port) as relay`: `relay.url` leads to that port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._lines: set[asyncio.StreamWriter] = set()
        self._passes = True
        self.tried = asyncio.Event()  # Somebody wanted through while nobody was let.

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"https://localhost:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """Cuts all lines, and lets nobody through until `mend`."""
        self._passes = False
        self.tried.clear()
        for line in self._lines:
            line.transport.abort()

    def mend(self) -> None:
        """Lets everybody through again."""
        self._passes = True

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._passes:
            self.tried.set()
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        self._lines |= {writer, back}
        try:
            await asyncio.gather(_pass(reader, back), _pass(there, writer))
        finally:
            self._lines -= {writer, back}


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
