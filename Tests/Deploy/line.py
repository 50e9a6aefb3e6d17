"""What a client says and hears over TLS, as small as it can be: requests, an event stream, a WebSocket."""

import base64
import contextlib
import http.client
import json
import os
import queue
import socket
import ssl
import struct
import threading
from typing import Any

from row import Row

DEADLINE = 20


class Caller:
    """Somebody with a certificate, who calls a listener by the name localhost: HAProxy's, or with `gateway` that one's own."""

    def __init__(self, row: Row, certificate: str | None = "operator-demo", listener: str = "public") -> None:
        self.row = row
        self.listener = listener
        self.context = ssl.create_default_context(cafile=f"{row.pki}/server-ca.pem")
        if certificate is not None:
            self.context.load_cert_chain(f"{row.pki}/clients/{certificate}.pem", f"{row.pki}/clients/{certificate}.key")

    def connect(self, gateway: str | None = None) -> ssl.SSLSocket:
        """A connection after its handshake."""
        place = ("127.0.0.1", self.row.port[self.listener])
        if gateway is not None:
            place = (self.row.gateways[gateway].facts()[self.listener]["address"], self.row.own_port[self.listener])
        line = socket.create_connection(place, DEADLINE)
        try:
            return self.context.wrap_socket(line, server_hostname="localhost")
        except OSError:
            line.close()
            raise

    def begin(
        self, method: str, path: str, body: Any = None, gateway: str | None = None
    ) -> http.client.HTTPSConnection:
        """A request, on a connection of its own."""
        line = http.client.HTTPSConnection("localhost", context=self.context)
        line.sock = self.connect(gateway)
        data = None if body is None else json.dumps(body).encode()
        line.request(method, path, data, {"content-type": "application/json"} if data is not None else {})
        return line

    def ask(self, method: str, path: str, body: Any = None, gateway: str | None = None) -> tuple[int, Any]:
        """The status and the JSON of an answer."""
        with contextlib.closing(self.begin(method, path, body, gateway)) as line:
            answer = line.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text.startswith(b"{") else text.decode()


class EventStream:
    """The events of a stream, as they come."""

    def __init__(self, caller: Caller, path: str) -> None:
        line = caller.begin("GET", path)
        self.socket = line.sock  # The answer takes it over where it has no known end.
        self.socket.settimeout(None)
        self.answer = line.getresponse()
        assert self.answer.status == 200, self.answer.read()
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        try:
            for line in self.answer:
                self.lines.put(line.decode().rstrip("\r\n"))
        except (OSError, http.client.HTTPException):
            pass  # An end all the same.
        self.lines.put(None)

    def close(self) -> None:
        """Goes away, wherever the stream is."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.reader.join()
        self.answer.close()
        self.socket.close()

    def next(self, seconds: float = DEADLINE) -> dict[str, str] | None:
        """The next event's fields; None at the end. Raises `queue.Empty` where none comes in time."""
        fields: dict[str, str] = {}
        while (line := self.lines.get(timeout=seconds)) is not None:
            if line == "" and "data" in fields:
                return fields
            name, _, value = line.partition(":")
            if name:
                fields[name] = value.strip()
        return None

    def until(self, event: str) -> dict[str, str]:
        """The next event of this name; the others are passed over."""
        while (one := self.next()) is not None:
            if one.get("event") == event:
                return one
        raise AssertionError(f"the stream ended without {event}")

    def records(self, count: int) -> list[dict[str, Any]]:
        """So many records, the next ones."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            one = self.next()
            assert one is not None, f"the stream ended after {len(found)} of {count} records"
            if "id" in one and "seq" in (data := json.loads(one["data"])):
                found.append(data)
        return found


class WebSocket:
    """Text messages, both ways."""

    def __init__(self, caller: Caller) -> None:
        self.socket = caller.connect()
        self.bytes = b""
        key = base64.b64encode(os.urandom(16)).decode()
        head = [
            "GET /ws HTTP/1.1", f"Host: localhost:{caller.row.port['public']}", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: signalbox.v1", "", ""]
        self.socket.sendall("\r\n".join(head).encode())
        while b"\r\n\r\n" not in self.bytes:
            self._more()
        answer, self.bytes = self.bytes.split(b"\r\n\r\n", 1)
        assert answer.startswith(b"HTTP/1.1 101 "), answer

    def close(self) -> None:
        """Without a goodbye."""
        self.socket.close()

    def _more(self) -> None:
        got = self.socket.recv(65536)
        assert got, "the WebSocket was cut"
        self.bytes += got

    def _take(self, count: int) -> bytes:
        while len(self.bytes) < count:
            self._more()
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def send(self, **message: Any) -> None:
        """One message, shorter than 64 KiB."""
        text = json.dumps(message).encode()
        mask = os.urandom(4)
        length = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + struct.pack("!H", len(text))
        self.socket.sendall(b"\x81" + length + mask + bytes(one ^ mask[at % 4] for at, one in enumerate(text)))

    def messages(self) -> list[dict[str, Any]]:
        """The next text, as the messages that are in it."""
        while True:
            kind, length = self._take(2)
            if length >= 126:
                length = int.from_bytes(self._take(2 if length == 126 else 8), "big")
            text = self._take(length)
            assert kind != 0x88, f"the WebSocket was closed: {text!r}"
            if kind == 0x81:
                told = json.loads(text)
                return told if isinstance(told, list) else [told]

    def until(self, kind: str, count: int = 1) -> list[dict[str, Any]]:
        """So many messages of this type; the others are passed over."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            found += [one for one in self.messages() if one["type"] == kind]
        return found
