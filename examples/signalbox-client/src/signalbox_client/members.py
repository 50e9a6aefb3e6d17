"""Members of what the gateway is sent."""

import base64
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .model import JSON


def given(**members: Any) -> JSON:
    """Those that are said: None is the same as leaving a member out."""
    return {name: value for name, value in members.items() if value is not None}


def file_part(file: Path) -> JSON:
    """A file as a part of an A2A message: text where it is UTF-8, else bytes in base64, with its name and media type."""
    content = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0]
    named: JSON = {"filename": file.name, **({"mediaType": kind} if kind is not None else {})}
    try:
        return {"text": content.decode("utf-8"), **named}
    except UnicodeDecodeError:
        return {"raw": base64.b64encode(content).decode("ascii"), **named}


def answer_members(values: Mapping[str, Any] | None, text: str | None, decline: bool) -> JSON:
    """The one member of an answer that says what is answered."""
    if [values is not None, text is not None, decline].count(True) != 1:
        raise ValueError("An answer is one of `values`, `text` and `decline`.")
    return {"decline": True} if decline else given(values=None if values is None else dict(values), text=text)
