"""Reads the JSON document; faults have line and column as in YAML."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.document import Place, Position
from timeline.errors import DocumentError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from timeline.document import Path
    from timeline.formats import ImportContext
    from timeline.model import Timeline

_MAX_DEPTH = 100


def decode(chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
    """The timeline in a JSON document."""
    data = document.gather(chunks, file=ctx.file, max_bytes=ctx.options.max_bytes, option="-O json.max_bytes=N")
    text = document.decode(data, file=ctx.file)
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) != len(pairs):
            repeated.append("a key")
        return values

    try:
        tree = json.loads(text, object_pairs_hook=mapping, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise DocumentError([_fault(text, error.pos, f"text that is not JSON ({error.msg})", ctx)]) from None
    except RecursionError:
        found = f"lists and objects nested more than {_MAX_DEPTH} deep"
        raise DocumentError([Fault(found=found, expected="fewer", file=ctx.file)]) from None
    except _NotANumberError as error:
        raise DocumentError([_fault(text, max(text.find(str(error)), 0), f"{error}", ctx)]) from None
    earlier = _repeated_keys(text, ctx) if repeated else []
    timeline = document.read(
        tree, file=ctx.file, text=text, locate=lambda places: _locate(text, places), earlier=earlier
    )
    if ctx.on_progress is not None:
        ctx.on_progress(len(timeline.events))
    return timeline


class _NotANumberError(Exception):
    """``NaN`` or ``Infinity``, which Python reads and JSON does not have."""


def _no_number(word: str) -> None:
    raise _NotANumberError(word)


class _Lines:
    """Turns offsets in a text into positions."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text))]

    def position(self, offset: int, length: int = 1) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line=line, column=offset - self._starts[line - 1] + 1, length=length)


def _fault(text: str, offset: int, found: str, ctx: ImportContext) -> Fault:
    return document.fault(
        (),
        found,
        "a JSON document",
        file=ctx.file,
        lines=document.split_lines(text),
        position=_Lines(text).position(min(offset, len(text.rstrip()))),
    )


def _repeated_keys(text: str, ctx: ImportContext) -> list[Fault]:
    """A fault for each key that stands twice in an object: the parser keeps only the last."""
    lines, where = document.split_lines(text), _Lines(text)
    seen: set[Path] = set()
    faults = []
    for place, start, end in _walk(text):
        if not place.at_key:
            continue
        # A walk never returns to an object, so a path with its start is one object.
        if place.path in seen:
            found = f"the key {place.path[-1]!r} a second time"
            position = where.position(start, end - start)
            faults.append(
                document.fault(
                    place.path, found, "each key once in an object", file=ctx.file, lines=lines, position=position
                )
            )
        seen.add(place.path)
    return faults


def _locate(text: str, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places by walking the text once; the parser keeps no positions."""
    where = _Lines(text)
    found: dict[Place, Position] = {}
    for place, start, end in _walk(text):
        if place in places and place not in found:
            found[place] = where.position(start, end - start)
    return found


_TOKEN = re.compile(r'[ \t\r\n,:]*(?:([{}\[\]])|("(?:[^"\\]|\\.)*")|([^ \t\r\n,:{}\[\]"]+))', re.DOTALL)


def _walk(text: str) -> Iterator[tuple[Place, int, int]]:
    """Every value and key of a JSON text that is known to be right, with its offsets."""
    # Each open list or object: whether it is a list, and the key or index reached.
    stack: list[list[Any]] = []
    offset = 0
    while match := _TOKEN.match(text, offset):
        offset = match.end()
        bracket, string, _other = match.groups()
        start = match.start(match.lastindex or 0)
        if bracket in ("}", "]"):
            stack.pop()
            continue
        top = stack[-1] if stack else None
        if top is not None and not top[0] and top[2]:
            # In an object, where a key is due.
            top[1], top[2] = json.loads(string, strict=False), False
            yield Place(_path(stack), at_key=True), start, offset
            continue
        if top is not None:
            top[1] = top[1] + 1 if top[0] else top[1]
            top[2] = True
        yield Place(_path(stack)), start, offset
        if bracket:
            stack.append([bracket == "[", -1, True])


def _path(stack: list[list[Any]]) -> Path:
    return tuple(level[1] for level in stack)
