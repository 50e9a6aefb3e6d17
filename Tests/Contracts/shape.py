"""What a body has to look like: values that are equal, or say which values fit."""

import re
import types
from typing import Any


def misfit(shape: Any, value: Any, place: str = "the body") -> str | None:
    """Where and how the value does not fit the shape; None where it does.

    `...` is anything, a type each of its values (`str | None` too), a pattern each text in which it is found. An object fits
    by all of its members, of which those with `?` behind their name may be missing; `...: ...` lets others be there. A list with
    one shape fits lists of that, a tuple lists of just these. Everything else has to be equal.
    """
    match shape:
        case type():
            fits = type(value) is shape
        case types.UnionType():
            fits = type(value) in shape.__args__
        case re.Pattern():
            fits = isinstance(value, str) and shape.search(value) is not None
        case dict() if isinstance(value, dict):
            return _of_members(shape, value, place)
        case list() if isinstance(value, list) and len(shape) == 1:
            return next(filter(None, (misfit(shape[0], one, f"{place}[{n}]") for n, one in enumerate(value))), None)
        case tuple() if isinstance(value, list) and len(shape) == len(value):
            pairs = enumerate(zip(shape, value, strict=True))
            return next(filter(None, (misfit(one, own, f"{place}[{n}]") for n, (one, own) in pairs)), None)
        case _:
            fits = shape is ... or (type(shape) is type(value) and shape == value)
    return None if fits else f"{place} is {value!r}, not {shape!r}"


def _of_members(shape: dict[Any, Any], value: dict[str, Any], place: str) -> str | None:
    is_open = ... in shape
    named = {str(name).removesuffix("?"): one for name, one in shape.items() if name is not ...}
    may_miss = {str(name).removesuffix("?") for name in shape if str(name).endswith("?")}
    if missing := named.keys() - value.keys() - may_miss:
        return f"{place} has no {', '.join(sorted(missing))}; it has {', '.join(value)}"
    if not is_open and (others := value.keys() - named.keys()):
        return f"{place} has {', '.join(sorted(others))} beside what was expected"
    found = (misfit(one, value[name], f"{place}.{name}") for name, one in named.items() if name in value)
    return next(filter(None, found), None)
