"""Writes the canonical document, an event at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from timeline import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats import ExportContext
    from timeline.model import Timeline

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(", ", ": ")).encode


def encode(timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
    """Yield the document: a key a line, and in its lists and maps an item a line."""
    lines = [f"{_encode(key)}: {_value(value)}" for key, value in document.header(timeline).items()]
    yield b"{\n  " + ",\n  ".join(lines).encode() + b',\n  "events": ['
    separator = b"\n    "
    for event in ctx.track(timeline.events):
        yield separator + _encode(document.event(event)).encode()
        separator = b",\n    "
    yield b"\n  ]\n}\n" if timeline.events else b"]\n}\n"


def _value(value: object) -> str:
    """The value of a key of the header; a mapping takes a line for each item."""
    if not isinstance(value, dict):
        return _encode(value)
    items = ",\n    ".join(f"{_encode(key)}: {_encode(item)}" for key, item in value.items())
    return f"{{\n    {items}\n  }}"
