"""Who calls: TLS with certificates on both sides, and the names in the caller's certificate."""

import socket
import ssl
from collections.abc import Iterable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

EXTENSION = "signalbox_agent"


def server_context(certificate: str, key: str, authority: str, revocation_list: str | None = None) -> ssl.SSLContext:
    """TLS 1.2 or newer, and a certificate of that authority is required. No sessions are resumed: each connection shows its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(authority)
    context.verify_mode = ssl.CERT_REQUIRED
    if revocation_list:
        context.load_verify_locations(revocation_list)
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    return context


def names_of(certificate: dict[str, Any] | None) -> list[str]:
    """The URIs of a certificate's alternative names, and then its DNS names."""
    names = (certificate or {}).get("subjectAltName", ())
    return [value for kind, value in names if kind == "URI"] + [value for kind, value in names if kind == "DNS"]


class Line:
    """The connection that a request came on."""

    def __init__(self, transport: Any):
        self._transport = transport
        self.names = names_of(transport.get_extra_info("peercert"))

    def is_open(self) -> bool:
        """Whether the other side still had it open a moment ago: what was written before has reached its machine."""
        if self._transport.is_closing():
            return False
        wrapped = self._transport.get_extra_info("socket")
        try:
            # Looks for the end of the line without waiting, and takes nothing.
            with socket.socket(fileno=socket.dup(wrapped.fileno())) as twin:
                twin.setblocking(False)
                return twin.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


class NamingProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which tells the application what line a request came on."""

    def connection_made(self, transport: Any) -> None:
        """A connection stands, TLS included."""
        super().connection_made(transport)
        line, application = Line(transport), self.app

        async def named(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[EXTENSION] = line
            await application(scope, receive, send)

        self.app = named


class Door:
    """Lets in whoever has one of the names; everybody else is told why not."""

    def __init__(self, application: ASGIApp, allowed: Iterable[str]):
        self._application = application
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        line = scope.get("extensions", {}).get(EXTENSION)
        if scope["type"] != "http" or not self._allowed or (line and self._allowed.intersection(line.names)):
            await self._application(scope, receive, send)
            return
        names = ", ".join(line.names) if line and line.names else "no name at all"
        words = (
            f"Your certificate is good and has {names}, which may not call this agent. It is started with --allow.\n"
        )
        body = words.encode()
        fields = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 403, "headers": fields})
        await send({"type": "http.response.body", "body": body})
