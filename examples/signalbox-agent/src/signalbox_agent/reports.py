"""What an agent says that it is doing, as Signalbox's progress extension has it."""

import json
from dataclasses import dataclass, fields
from typing import Any

PROGRESS_URI = "https://signalbox.dev/a2a/extensions/progress/v1"

SUMMARY_LIMIT = 500
INPUT_LIMIT = 4096

_NAMES = {"call_id": "callId", "duration_ms": "durationMs"}


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its type, and whatever else there is to say. Members that are None are left out."""

    type: str
    tool: str | None = None
    call_id: str | None = None
    step: int | None = None
    total: int | None = None
    message: str | None = None
    title: str | None = None
    phase: str | None = None
    duration_ms: int | None = None
    records: int | None = None
    input: Any = None
    summary: str | None = None
    error: str | None = None
    agent: str | None = None
    payload: Any = None

    def members(self) -> dict[str, Any]:
        """The extension's object, with its own names."""
        said = {_NAMES.get(field.name, field.name): getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in said.items() if value is not None}

    def metadata(self) -> dict[str, Any]:
        """The metadata of an update that carries this report."""
        return {PROGRESS_URI: self.members()}

    def text(self) -> str:
        """The same in words, for whoever does not know the extension."""
        about = self.tool or self.phase or "Work"
        match self.type:
            case "tool_started" | "step_started":
                return f"{about}: started."
            case "tool_completed" | "step_completed":
                return f"{about}: {self.summary}" if self.summary else f"{about}: completed."
            case "tool_failed" | "llm_failed":
                return f"{about}: failed: {self.error or 'no cause was given.'}"
            case "tool_progress":
                count = f"{self.step}/{self.total}" if self.step is not None and self.total is not None else ""
                return ": ".join(part for part in (f"{about} {count}".rstrip(), self.message) if part)
            case _:
                return self.message or f"{about}: {self.type}"


@dataclass(frozen=True, slots=True)
class ArtifactChunk:
    """A result, or a piece of one: a text, or a value that JSON has."""

    artifact_id: str
    name: str | None = None
    text: str | None = None
    data: Any = None
    append: bool = False
    last_chunk: bool = True


Update = Report | ArtifactChunk


def summary_of(value: Any) -> str | None:
    """A line about what a tool gave; nothing where there is nothing to say."""
    content = getattr(value, "content", value)  # A tool's message has the words in there.
    if content is None or content == "":
        return None
    text = content if isinstance(content, str) else json.dumps(plain(content), ensure_ascii=False)
    return text if len(text) <= SUMMARY_LIMIT else text[: SUMMARY_LIMIT - 1] + "…"


def input_of(value: Any) -> Any:
    """A tool's input as JSON; one that is too long is told of by its size."""
    if value is None:
        return None
    safe = plain(value)
    size = len(json.dumps(safe).encode())
    return safe if size <= INPUT_LIMIT else {"bytes": size}


def plain(value: Any) -> Any:
    """The value as JSON has it; what JSON has not becomes its text."""
    match value:
        case None | bool() | str():
            return value
        case int():
            # Numbers travel as doubles: beyond these they would become others.
            return value if abs(value) <= 2**53 else str(value)
        case float():
            return value if value == value and value not in (float("inf"), float("-inf")) else str(value)
        case dict():
            return {str(key): plain(member) for key, member in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(member) for member in value]
        case _:
            dumped = getattr(value, "model_dump", None)
            return plain(dumped()) if callable(dumped) else str(value)
