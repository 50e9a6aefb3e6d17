"""Questions to people, as Signalbox's questions extension has them, and what is an answer to one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from .reports import plain

QUESTIONS_URI = "https://signalbox.dev/a2a/extensions/questions/v1"
DAY = 86_400.0
FIELD_TYPES = frozenset(
    ("choice", "multichoice", "boolean", "text", "longtext", "integer", "decimal", "date", "datetime")
)


class BadAnswer(Exception):
    """What was said does not fit the form; each field that is wrong, with the reason."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__("; ".join(f'"{name}" {problem}' for name, problem in problems.items()))


class BadQuestion(ValueError):
    """Whoever asks has not made a question that people could answer."""


@dataclass(slots=True)
class Question:
    """A question, with a form of fields; one without fields takes any text.

    `fields` are dicts as docs/agents.md has them: name, label, type, options, required and so on.
    """

    prompt: str
    fields: list[dict[str, Any]] = field(default_factory=list)
    why: str | None = None
    seconds: float = DAY
    on_expiry: str | None = None
    default: Any = None
    has_default: bool = False
    may_decline: bool = False
    takes_text: bool = False

    @classmethod
    def of(cls, value: Any) -> "Question":
        """What a graph gave to `interrupt`: a text, or a dict with a prompt and what else there is."""
        if isinstance(value, str):
            return cls(prompt=value, takes_text=True)
        if not isinstance(value, Mapping):
            return cls(prompt=str(value), takes_text=True)
        prompt = value.get("prompt") or value.get("question")
        if not isinstance(prompt, str) or not prompt:
            raise BadQuestion('A question needs a "prompt", a text for people: interrupt({"prompt": …}).')
        deadline = value.get("deadline", value.get("seconds", DAY))
        fields = [cls._checked(one) for one in value.get("fields", ())]
        return cls(
            prompt=prompt,
            fields=fields,
            why=value.get("why"),
            seconds=cls._seconds(deadline),
            on_expiry=value.get("onExpiry"),
            default=value.get("default"),
            has_default="default" in value,
            may_decline=bool(value.get("mayDecline", False)),
            takes_text=not fields,
        )

    @staticmethod
    def _checked(one: Any) -> dict[str, Any]:
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
            raise BadQuestion(f'A field of a question is a dict with at least a "name", not {one!r}.')
        kind = one.get("type", "text")
        if kind not in FIELD_TYPES:
            raise BadQuestion(
                f'The field "{one["name"]}" is of the type "{kind}"; there are {", ".join(sorted(FIELD_TYPES))}.'
            )
        made = {"label": one["name"], "type": kind, "required": True, **one}
        if kind in ("choice", "multichoice"):
            made["options"] = [
                dict(option) if isinstance(option, Mapping) else {"value": str(option), "label": str(option)}
                for option in one.get("options", ())
            ]
            if not made["options"]:
                raise BadQuestion(f'The field "{one["name"]}" is a {kind} and has no options.')
        return made

    @staticmethod
    def _seconds(deadline: Any) -> float:
        if isinstance(deadline, timedelta):
            return deadline.total_seconds()
        if isinstance(deadline, datetime):
            return (deadline - datetime.now(deadline.tzinfo)).total_seconds()
        if isinstance(deadline, str):
            return (datetime.fromisoformat(deadline) - datetime.now(timezone.utc)).total_seconds()
        return float(deadline)

    def form(self, identifier: str, deadline: datetime) -> dict[str, Any]:
        """The extension's object."""
        form: dict[str, Any] = {
            "questionId": identifier,
            "prompt": self.prompt,
            "deadline": deadline.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "fields": [plain(one) for one in self.shown_fields],
            "allow": ["answer", "decline"] if self.may_decline else ["answer"],
        }
        if self.why:
            form["why"] = self.why
        form["onExpiry"] = self.on_expiry or ("a default is taken." if self.has_default else "the task fails.")
        return form

    @property
    def shown_fields(self) -> list[dict[str, Any]]:
        """The fields of the form; a question without any takes one text."""
        if self.fields:
            return self.fields
        return [{"name": "answer", "label": "Answer", "type": "longtext", "required": True}]

    def text(self) -> str:
        """For people who see text only."""
        lines = [self.prompt, self.why or ""]
        for one in self.fields:
            options = ", ".join(str(option["value"]) for option in one.get("options", ()))
            lines.append(f"{one['label']}: {options or one['type']}")
        return "\n".join(line for line in lines if line)

    def read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values that fit the form. Raises BadAnswer with every field that does not."""
        known = {one["name"]: one for one in self.shown_fields}
        problems = {name: "is no field of this form" for name in values if name not in known}
        read: dict[str, Any] = {}
        for name, one in known.items():
            value = values.get(name)
            if value is None:
                if one.get("required", True):
                    problems[name] = "must be given"
                continue
            try:
                read[name] = _fitting(one, value)
            except ValueError as error:
                problems[name] = str(error)
        if problems:
            raise BadAnswer(problems)
        return read

    def read_text(self, text: str) -> dict[str, Any]:
        """A text answers where the form has one field, or one that is required."""
        fields = self.shown_fields
        required = [one for one in fields if one.get("required", True)]
        if len(fields) != 1 and len(required) != 1:
            names = ", ".join(one["name"] for one in fields)
            raise BadAnswer({names: "are several fields, which one text cannot answer: send an object as a data part"})
        one = fields[0] if len(fields) == 1 else required[0]
        return self.read({one["name"]: text})


def _fitting(one: dict[str, Any], value: Any) -> Any:
    """The value in its field's type; a ValueError says what it must be."""
    match one["type"]:
        case "choice":
            allowed = [option["value"] for option in one["options"]]
            if value not in allowed:
                raise ValueError(f"must be one of {', '.join(allowed)}")
            return value
        case "multichoice":
            chosen = value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
            allowed = [option["value"] for option in one["options"]]
            if not all(part in allowed for part in chosen):
                raise ValueError(f"must be some of {', '.join(allowed)}")
            return chosen
        case "boolean":
            words = {"yes": True, "true": True, "no": False, "false": False}
            truth = value if isinstance(value, bool) else words.get(str(value).strip().lower())
            if truth is None:
                raise ValueError("must be yes or no")
            return truth
        case "integer" | "decimal" as kind:
            return _number(one, value, kind)
        case _:
            if not isinstance(value, str):
                raise ValueError("must be a text")
            limit = one.get("maxLength")
            if limit is not None and len(value) > limit:
                raise ValueError(f"must have at most {limit} characters")
            return value


def _number(one: dict[str, Any], value: Any, kind: str) -> int | float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(value, bool) or number != number or (kind == "integer" and not number.is_integer()):
        raise ValueError("must be a whole number" if kind == "integer" else "must be a number")
    if "min" in one and number < one["min"]:
        raise ValueError(f"must be at least {one['min']}")
    if "max" in one and number > one["max"]:
        raise ValueError(f"must be at most {one['max']}")
    return int(number) if kind == "integer" else number
