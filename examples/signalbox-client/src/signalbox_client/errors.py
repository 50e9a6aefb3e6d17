"""The one exception of this package."""

import ssl
from collections.abc import Mapping
from typing import Any

# What TLS says where the other side's certificate, or ours, is the trouble. Everything else that TLS says is a line that broke.
_OF_CERTIFICATES = (
    "CERTIFICATE",
    "UNKNOWN_CA",
    "ACCESS_DENIED",
    "HANDSHAKE_FAILURE",
    "WRONG_VERSION",
    "PROTOCOL_VERSION",
)


class GatewayError(Exception):
    """What was asked is not done, and why.

    `status` is that of the HTTP answer, 0 where there was none. `code` is for programs and does not change; `detail` is a sentence for
    people. `problem` has all that the gateway said of it, such as `violations`, `by`, `at`, `until` and `how`.
    """

    def __init__(
        self,
        detail: str,
        *,
        code: str,
        status: int = 0,
        retry_after: float | None = None,
        problem: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.status = status
        self.retry_after = retry_after
        self.problem: Mapping[str, Any] = problem or {}

    def __str__(self) -> str:
        return f"{self.detail} ({f'{self.status} ' if self.status else ''}{self.code})"

    @property
    def violations(self) -> list[dict[str, str]]:
        """Of an answer to a question that was refused: each field that is wrong, with a description."""
        return list(self.problem.get("violations", []))

    @property
    def is_worth_another_try(self) -> bool:
        """Whether the same may go well a little later: the line broke, or the gateway asks for patience."""
        return self.code == "line-lost" or self.status in (408, 429) or self.status >= 500

    @classmethod
    def of_problem(cls, problem: Mapping[str, Any], status: int, retry_after: str | None = None) -> "GatewayError":
        """What an answer over HTTP says, `application/problem+json` or not."""
        title = problem.get("title")
        detail = problem.get("detail") or f"The gateway answered {status}{f' ({title})' if title else ''}."
        seconds = float(retry_after) if retry_after is not None and retry_after.isdigit() else None
        return cls(
            str(detail),
            code=str(problem.get("code", f"http-{status}")),
            status=status,
            retry_after=seconds,
            problem=problem,
        )

    @classmethod
    def of_nack(cls, nack: Mapping[str, Any]) -> "GatewayError":
        """What the gateway refused over a WebSocket."""
        after = nack.get("retryAfter")
        return cls(
            str(nack.get("message", "The gateway refused it.")),
            code=str(nack.get("code", "refused")),
            retry_after=None if after is None else float(after),
            problem=nack,
        )

    @classmethod
    def unreadable(cls, error: Exception) -> "GatewayError":
        """What came is not what a gateway says: something else answers there, or a gateway of another time."""
        return cls(
            f"What the gateway sent cannot be read: {error!r}. Check that the URL is that of a gateway.",
            code="unreadable",
        )

    @classmethod
    def of_line(cls, error: BaseException, url: str) -> "GatewayError":
        """What a library says when there is no answer: trouble with a certificate, which stays, or a line that broke."""
        for cause in _causes(error):
            if isinstance(cause, ssl.SSLCertVerificationError):
                return cls(
                    f"The certificate of {url} is not good: {cause.verify_message}. Check the URL's host and the file `ca`.",
                    code="bad-server-certificate",
                )
            if isinstance(cause, ssl.SSLError) and any(word in str(cause.reason).upper() for word in _OF_CERTIFICATES):
                return cls(
                    f"{url} does not go on with TLS: {cause.reason}. Check the files `cert` and `key`: whether they belong "
                    "together, are in their time, and are of an authority that the gateway trusts.",
                    code="tls-refused",
                )
        words = str(error) or type(error).__name__
        return cls(
            f"The line to {url} broke, or was never there: {words}. Check that the gateway runs.", code="line-lost"
        )


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
