"""The fenced blocks `console` of a document: what somebody types behind `$ `, and what is printed then."""

import re
from dataclasses import dataclass
from pathlib import Path

# A document says `…` for what is different each time; a line of it alone stands for any number of lines.
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Step:
    """One line that is typed, and all that is printed until the next one."""

    line: int
    command: str
    output: str

    def matches(self, printed: str) -> bool:
        """Whether this is what the document shows."""
        pattern = "".join(_of_line(line) for line in self.output.rstrip("\n").split("\n"))
        return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def _of_line(line: str) -> str:
    if line == _ELLIPSIS:
        return r"(?:[^\n]*\n)*?"
    # Within a line `…` is what it takes, and at least something.
    return "[^\n]+?".join(re.escape(part) for part in line.split(_ELLIPSIS)) + "\n"


def steps_of(document: Path) -> list[Step]:
    """All steps of a document, in order."""
    steps: list[Step] = []
    is_inside = False
    for number, line in enumerate(document.read_text().splitlines(), 1):
        if line.startswith("```"):
            is_inside = line == "```console"
        elif is_inside and line.startswith("$ "):
            steps.append(Step(number, line[2:], ""))
        elif is_inside:
            last = steps.pop()
            steps.append(Step(last.line, last.command, f"{last.output}{line}\n"))
    return steps
