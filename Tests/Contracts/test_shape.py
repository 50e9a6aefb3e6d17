"""What compares answers with what was promised notices each difference."""

import re
import unittest
from typing import Any

import httpx
from contract import Case
from shape import misfit

FITS: list[tuple[Any, Any]] = [
    (..., None),
    (str | None, None),
    (str | None, "a"),
    (str, ""),
    (int, 0),
    (bool, False),
    (7, 7),
    (None, None),
    (re.compile("b"), "abc"),
    ({}, {}),
    ({"a": int}, {"a": 1}),
    ({"a?": int}, {}),
    ({"a": 1, ...: ...}, {"a": 1, "b": 2}),
    ([int], []),
    ([int], [1, 2]),
    ((), []),
    ((1, str), [1, "a"]),
    (list, [1]),
]
MISFITS: list[tuple[Any, Any, str]] = [
    (str, 1, "the body is 1"),
    (str | None, 1, "is 1"),
    (int, True, "is True"),
    (int, 1.0, "is 1.0"),
    (7, "7", "is '7'"),
    (1, True, "is True"),
    (None, 0, "is 0"),
    (re.compile("^b"), "abc", "is 'abc'"),
    (re.compile("1"), 1, "is 1"),
    ({"a": int}, {}, "has no a"),
    ({"a": int}, {"a": 1, "b": 2}, "has b beside"),
    ({"a": {"b": str}}, {"a": {"b": 1}}, "the body.a.b is 1"),
    ({"a?": int}, {"a": "1"}, "the body.a is '1'"),
    ({}, [], "is []"),
    ([int], [1, "2"], "the body[1] is '2'"),
    ([int], {}, "is {}"),
    ((int,), [], "is []"),
    ((int, int), [1], "is [1]"),
    ((1, 2), [1, 3], "the body[1] is 3"),
]
GOOD = {
    "status": 400,
    "type": "application/problem+json",
    "code": "bad-body",
    "detail": "No alert file provided. Send one.",
}


class ShapeTests(unittest.TestCase):
    def test_what_fits(self) -> None:
        for shape, value in FITS:
            with self.subTest(f"{shape} {value}"):
                self.assertIsNone(misfit(shape, value))

    def test_what_does_not_is_named_with_its_place(self) -> None:
        for shape, value, words in MISFITS:
            with self.subTest(f"{shape} {value}"):
                self.assertIn(words, misfit(shape, value) or "it fits")

    def test_each_part_of_an_answer_is_looked_at(self) -> None:
        case = Case(
            "A3",
            "GET /{it}",
            400,
            {"code": str, "detail": str},
            code="bad-body",
            says="No alert file provided",
            shows={"retry-after": "7"},
        )
        for spoiled, words in (
            ({}, None),
            ({"status": 200}, "status is 200"),
            ({"type": "application/json"}, "refusal is application/json"),
            ({"code": "bad-task"}, "code is bad-task"),
            ({"detail": "An alert"}, "does not begin with"),
            ({"after": "8"}, "field retry-after"),
            ({"more": 1}, "has more beside"),
        ):
            with self.subTest(str(spoiled)):
                trouble = case.trouble(answer({**GOOD, **spoiled}), {})
                self.assertTrue(trouble is None if words is None else words in (trouble or ""), trouble)


def answer(said: dict[str, Any]) -> httpx.Response:
    """An answer that says this."""
    body = {name: value for name, value in said.items() if name in ("code", "detail", "more")}
    return httpx.Response(
        said["status"], json=body, headers={"content-type": said["type"], "retry-after": said.get("after", "7")}
    )


if __name__ == "__main__":
    unittest.main()
