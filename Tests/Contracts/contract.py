"""Requests with the answers that are promised for them: what a table of a contract is made of."""

import json
import re
import unittest
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from httpx_sse import ServerSentEvent, connect_sse
from shape import misfit

_Test = TypeVar("_Test", bound=Callable[..., None])
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Case:
    """One request. `rows` are those of docs/compatibility.md that it shows. `{names}` in path and body are filled in by the test."""

    rows: str
    request: str
    status: int
    shape: Any = ...
    who: str = "operator"
    at: str = "gateway"
    body: Any = None
    kind: str = "application/json"
    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] | None = None
    shows: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    says: str | None = None

    def ask(self, client: httpx.Client, names: Mapping[str, str]) -> httpx.Response:
        """The answer to it."""
        method, path = filled(self.request, names).split(" ", 1)
        if self.files is not None:
            return client.request(method, path, files=dict(self.files), headers=dict(self.fields))
        content = self.body if isinstance(self.body, bytes | None) else filled(json.dumps(self.body), names).encode()
        typed = {} if content is None else {"Content-Type": self.kind}
        return client.request(method, path, content=content, headers={**typed, **self.fields})

    def trouble(self, answer: httpx.Response, names: Mapping[str, str] | None = None) -> str | None:
        """What is not as it was promised."""
        says = None if self.says is None else filled(self.says, names or {})
        if answer.status_code != self.status:
            return f"the status is {answer.status_code}, not {self.status}: {answer.text[:300]}"
        for name, value in self.shows.items():
            if value not in answer.headers.get(name, ""):
                return f"the field {name} is {answer.headers.get(name)!r}, without {value!r}"
        if self.code is not None or says is not None:
            if answer.headers.get("content-type") != PROBLEM:
                return f"the refusal is {answer.headers.get('content-type')}, not {PROBLEM}"
            problem = answer.json()
            if self.code is not None and problem["code"] != self.code:
                return f"the code is {problem['code']}, not {self.code}: {problem['detail']}"
            if says is not None and not problem["detail"].startswith(says):
                return f"the detail is {problem['detail']!r}, and does not begin with {says!r}"
        if self.shape is ...:
            return None
        return misfit(self.shape, answer.text if isinstance(self.shape, str | re.Pattern) else answer.json())


def filled(text: str, names: Mapping[str, str]) -> str:
    """With the names in place of `{name}`; other braces are left alone, because JSON has them."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


def shows(rows: str) -> Callable[[_Test], _Test]:
    """Says which rows of docs/compatibility.md a test shows."""

    def mark(test: _Test) -> _Test:
        test.__dict__["rows"] = rows
        return test

    return mark


def check(
    test: unittest.TestCase, cases: Iterable[Case], client: Callable[[str, str], httpx.Client], names: Mapping[str, str]
) -> None:
    """Asks all of them; `client` gives one for who asks, and where."""
    for case in cases:
        with test.subTest(f"{case.rows}: {case.who} at {case.at}: {case.request}"):
            test.assertIsNone(case.trouble(case.ask(client(case.who, case.at), names), names))


def events(
    client: httpx.Client, method: str, path: str, **request: Any
) -> tuple[httpx.Response, list[ServerSentEvent]]:
    """A stream to its end. httpx-sse makes an event without data of each heartbeat: those are left out."""
    with connect_sse(client, method, path, **request) as source:
        if not source.response.is_success:
            source.response.read()
            raise AssertionError(f"{method} {path}: {source.response.status_code} {source.response.text[:300]}")
        return source.response, [event for event in source.iter_sse() if event.data]
