"""Nothing in docs/compatibility.md rests on the document alone: each of its rows names a test, and each test that is named is there."""

import importlib
import re
import unittest
from dataclasses import dataclass
from pathlib import Path

from contract import Case

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# The inventory of what there was before, and the two sections of the document that have no table.
INVENTORY = [
    f"{letter}{number}"
    for letter, count in (("A", 51), ("B", 14), ("C", 28), ("D", 13))
    for number in range(1, count + 1)
]
SECTIONS = ["repository", "foreign"]
LINE = re.compile(r"^(?P<rows>\w+(?: \w+)*) +(?P<file>Tests/\S+) +\| (?P<name>\S.*)$")


@dataclass(frozen=True)
class Named:
    """A line of rows.txt."""

    rows: list[str]
    file: str
    name: str

    @property
    def is_there(self) -> bool:
        """Whether the file has a test of this name."""
        path = ROOT / self.file
        if not path.is_file():
            return False
        text, name = path.read_text(), re.escape(self.name)
        pattern = {
            ".swift": rf"func `{name}`",
            ".py": rf"\bdef {name}\(",
            ".mjs": rf"\btest\([\"`](?:\$\{{\w+\}} )?{name}[\"`]",
        }[path.suffix]
        return re.search(pattern, text) is not None


def named_elsewhere() -> list[Named]:
    """All lines of rows.txt; one that is none is an error."""
    lines = [line for line in (HERE / "rows.txt").read_text().splitlines() if line and not line.startswith("#")]
    found = []
    for line in lines:
        match = LINE.match(line)
        assert match is not None, f"rows.txt has a line that is none: {line!r}"
        found.append(Named(match["rows"].split(), match["file"], match["name"].strip()))
    return found


def shown_here() -> dict[str, set[str]]:
    """The rows that the tests of this folder show, by row; those of a table's cases have to be those of the test that asks them."""
    shown: dict[str, set[str]] = {}
    for file in HERE.glob("test_*.py"):
        module = importlib.import_module(file.stem)
        for case in (
            value for value in vars(module).values() if isinstance(value, type) and issubclass(value, unittest.TestCase)
        ):
            for name, test in vars(case).items():
                for row in getattr(test, "rows", "").split():
                    shown.setdefault(row, set()).add(f"{file.stem}.{case.__name__}.{name}")
    return shown


def rows_of_tables() -> set[str]:
    """Those that single requests name."""
    modules = [importlib.import_module(file.stem) for file in HERE.glob("test_*.py")]
    tables = [value for module in modules for value in vars(module).values() if isinstance(value, list)]
    return {row for table in tables for case in table if isinstance(case, Case) for row in case.rows.split()}


class RowTests(unittest.TestCase):
    def test_the_document_has_each_row_of_the_inventory(self) -> None:
        text = (ROOT / "docs/compatibility.md").read_text()
        self.assertEqual(re.findall(r"^\| ([A-D]\d+) \|", text, re.MULTILINE), INVENTORY)
        self.assertEqual(
            [
                words
                for words in ("From its repository", "## Agents that speak the older form alone")
                if words not in text
            ],
            [],
        )

    def test_each_row_has_a_test(self) -> None:
        shown = {row for one in named_elsewhere() for row in one.rows} | shown_here().keys()
        self.assertEqual([row for row in INVENTORY + SECTIONS if row not in shown], [])

    def test_no_test_shows_a_row_that_is_none(self) -> None:
        said = {row for one in named_elsewhere() for row in one.rows} | shown_here().keys() | rows_of_tables()
        self.assertEqual(sorted(said - set(INVENTORY + SECTIONS)), [])

    def test_what_single_requests_show_is_shown_by_a_test(self) -> None:
        self.assertEqual(sorted(rows_of_tables() - shown_here().keys()), [])

    def test_each_test_that_is_named_is_there(self) -> None:
        self.assertEqual([f"{one.file}: {one.name}" for one in named_elsewhere() if not one.is_there], [])

    def test_a_name_that_is_nowhere_is_noticed(self) -> None:
        for file in (
            "Tests/GatewayTests/ProbeTests.swift",
            "Tests/Clients/test_watch.py",
            "Tests/Web/page.test.mjs",
            "Tests/none.py",
        ):
            self.assertFalse(Named(["A1"], file, "what no test is called").is_there, file)


if __name__ == "__main__":
    unittest.main()
