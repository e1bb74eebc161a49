"""Turns jCal, which is iCalendar in JSON, into the lines that it stands for.

`icalendar` reads jCal too, but what it makes of it cannot always be written as lines: the value of an
X- property or a NAME that has a line break stops it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from timeline.errors import DocumentError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_AS_THEY_ARE = frozenset(
    {"uri", "cal-address", "unknown", "integer", "float", "duration", "recur", "binary", "boolean"}
)
_EXPECTED = 'jCal (RFC 7265), which begins with ["vcalendar"'


def to_ical(data: bytes, *, file: str | None) -> bytes:
    """The lines of a calendar in JSON.

    Source: RFC 7265, 3.

    Raises:
        DocumentError: It is not JSON, or no component.
    """
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        column = error.colno if isinstance(error, json.JSONDecodeError) else 1
        reason = _reason(error)
        fault = Fault(
            found=f"text that is not JSON ({reason})", expected=_EXPECTED, file=file, line=line, column=column
        )
        raise DocumentError([fault]) from None
    if not isinstance(tree, list) or not tree:
        raise DocumentError([Fault(found="JSON that is no component", expected=_EXPECTED, file=file)])
    # Several calendars in one file stand in one list.
    components = tree if isinstance(tree[0], list) else [tree]
    text = "\n".join(line for component in components for line in _lines(component))
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()


def _reason(error: ValueError | RecursionError) -> str:
    """Why a text is not JSON that can be read, without the insides of Python."""
    if isinstance(error, json.JSONDecodeError):
        return " ".join(str(error).split())[:200]
    if isinstance(error, UnicodeDecodeError):
        return f"byte 0x{error.object[error.start]:02x} at {error.start:,} is not UTF-8"
    if isinstance(error, RecursionError):
        return "lists in lists, too many to follow"
    return "a number of more than 4,000 digits"


def _lines(tree: object) -> Iterator[str]:
    """The lines of a component and those in it; what is none becomes a line that is none, which is reported."""
    ends: list[Any] = [tree]
    while ends:
        node = ends.pop()
        if isinstance(node, str):
            yield node
            continue
        if not (isinstance(node, list) and len(node) == 3 and isinstance(node[0], str) and _NAME.fullmatch(node[0])):
            yield f"?{_CONTROL.sub(' ', str(node)[:60])}"
            continue
        name, properties, children = node
        yield f"BEGIN:{name.upper()}"
        for each in properties if isinstance(properties, list) else [properties]:
            yield _property(each)
        ends.append(f"END:{name.upper()}")
        ends.extend(reversed(children) if isinstance(children, list) else [children])


def _property(node: Any) -> str:
    if not (
        isinstance(node, list)
        and len(node) >= 4
        and isinstance(node[0], str)
        and _NAME.fullmatch(node[0])
        and isinstance(node[1], dict)
        and isinstance(node[2], str)
    ):
        return f"?{_CONTROL.sub(' ', str(node)[:60])}"
    name, parameters, kind, *values = node
    head = name.upper()
    for key, value in parameters.items():
        if _NAME.fullmatch(key):
            texts = value if isinstance(value, list) else [value]
            head += f";{key.upper()}={','.join(map(_parameter, texts))}"
    if kind in ("date", "binary", "period", "uri") and "VALUE=" not in head:
        head += f";VALUE={kind.upper()}"
    return f"{head}:{','.join(_value(value, kind.lower()) for value in values)}"


def _parameter(value: object) -> str:
    """Source: RFC 6868."""
    text = str(value).replace("^", "^^").replace('"', "^'").replace("\r\n", "^n").replace("\n", "^n")
    return f'"{_CONTROL.sub(" ", text)}"'


def _value(value: Any, kind: str) -> str:
    if isinstance(value, list):
        # Parts of one value, such as the two numbers of GEO, or the two ends of a period.
        return ("/" if kind == "period" else ";").join(_value(item, kind) for item in value)
    if isinstance(value, dict):
        return ";".join(f"{str(key).upper()}={_joined(item)}" for key, item in value.items())
    text = "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)
    if kind == "date":
        return _DATE.sub(r"\1\2\3", text)
    if kind in ("date-time", "period", "utc-offset"):
        return _DATE.sub(r"\1\2\3", text).replace(":", "")
    if kind in _AS_THEY_ARE:
        return _CONTROL.sub(" ", text)
    for char, escaped in _ESCAPES:
        text = text.replace(char, escaped)
    return text


def _joined(value: Any) -> str:
    """The values of one part of a rule."""
    texts = value if isinstance(value, list) else [value]
    return ",".join(_CONTROL.sub(" ", _DATE.sub(r"\1\2\3", str(text)).replace(":", "")) for text in texts)
