"""Where the gateway is and by what right it is asked: TLS, certificate or token, and one request at a time."""

import asyncio
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from .errors import GatewayError
from .model import JSON

# What stands for a line that broke. httpx lets through what TLS and the socket say themselves.
LOST = (httpx.TransportError, OSError)


class Door:
    """The way to one gateway."""

    def __init__(
        self,
        url: str,
        *,
        ca: str | Path | None,
        cert: str | Path | None,
        key: str | Path | None,
        token: str | None,
        timeout: float,
        proxy: str | None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.netloc or parts.path not in ("", "/"):
            raise ValueError(
                f"{url!r} is no address of a gateway. It looks like https://localhost:8443, without a path."
            )
        if (cert is None) != (key is None):
            raise ValueError(
                "`cert` and `key` go together: the client certificate and its private key, as files of PEM."
            )
        if cert is not None and token is not None:
            raise ValueError("Show a certificate or a token, not both: the gateway refuses two credentials.")
        self.url = f"{parts.scheme}://{parts.netloc}"
        self.socket_url = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}/ws"
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self.proxy = proxy
        self._shows_certificate = cert is not None
        self.tls = _context(ca, cert, key) if parts.scheme == "https" else None
        self.timeout = timeout
        self.http = httpx.AsyncClient(
            base_url=self.url,
            verify=True if self.tls is None else self.tls,
            headers=self.headers,
            timeout=timeout,
            proxy=proxy,
            trust_env=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=10),
        )

    async def ask(
        self,
        path: str,
        body: JSON | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        wait: int = 0,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The gateway's document at this path; a POST where there is a body. Raises GatewayError."""
        asked = {**(query or {}), **({"wait": wait} if wait else {})}
        try:
            response = await self.http.request(
                "GET" if body is None else "POST",
                path,
                json=body,
                params=asked or None,
                headers=headers,
                timeout=self.timeout + wait,
            )
        except LOST as error:
            raise await self.why(error) from error
        if not response.is_success:
            raise refusal(response)
        try:
            return response.json()
        except ValueError as error:
            raise GatewayError.unreadable(error) from error

    async def why(self, error: BaseException) -> GatewayError:
        """Why there was no answer. A certificate that is refused looks like a line that broke, so that is found out."""
        found = GatewayError.of_line(error, self.url)
        is_open = not isinstance(error, (httpx.ConnectError, httpx.TimeoutException, ConnectionRefusedError))
        if found.code == "line-lost" and self._shows_certificate and is_open:
            return await self._refused_certificate() or found
        return found

    async def _refused_certificate(self) -> GatewayError | None:
        """In TLS 1.3 the refusal comes behind the handshake; whoever sends nothing meanwhile is sure to read it."""
        parts = urlsplit(self.url)
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(1):
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 443, ssl=self.tls)
                await reader.read(1)
        except (OSError, TimeoutError) as error:
            found = GatewayError.of_line(error, self.url)
            return found if found.code == "tls-refused" else None
        finally:
            if writer is not None:
                writer.transport.abort()
        return None


def refusal(response: httpx.Response) -> GatewayError:
    """The error that an answer, which was read, stands for."""
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    return GatewayError.of_problem(
        problem if isinstance(problem, dict) else {}, response.status_code, response.headers.get("retry-after")
    )


def _context(ca: str | Path | None, cert: str | Path | None, key: str | Path | None) -> ssl.SSLContext:
    """Trusts `ca` alone where it is named, else what the system trusts."""
    for name, file in (("ca", ca), ("cert", cert), ("key", key)):
        if file is not None and not Path(file).is_file():
            raise ValueError(f"`{name}` names {str(file)!r}, which is no file.")
    try:
        context = ssl.create_default_context(cafile=None if ca is None else str(ca))
    except ssl.SSLError as error:
        raise ValueError(f"`ca` names {str(ca)!r}, which has no certificate in PEM: {error}.") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if cert is not None and key is not None:
        try:
            context.load_cert_chain(str(cert), str(key))
        except ssl.SSLError as error:
            raise ValueError(
                f"{str(cert)!r} and {str(key)!r} are no certificate and key that belong together: {error}."
            ) from error
    return context
