"""Reads the JSON document; faults have line and column as in YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.document import Lines, Place, walk_json
from timeline.errors import DocumentError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from timeline.document import Position
    from timeline.formats import ImportContext
    from timeline.model import Timeline


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
        tree = json.loads(text, object_pairs_hook=mapping, parse_int=_number, parse_constant=float)
    except json.JSONDecodeError as error:
        offset = min(error.pos, len(text.rstrip()))
        found = f"text that is not JSON ({error.msg})"
        raise _not_json(text, offset, offset + 1, found, ctx) from None
    except RecursionError:
        found = "lists and objects nested too deep to be read"
        raise DocumentError([Fault(found=found, expected="a timeline document", file=ctx.file)]) from None
    return document.read(
        tree,
        file=ctx.file,
        text=text,
        locate=lambda places: _locate(text, places),
        track=ctx.track,
        earlier=_repeated_keys(text, ctx) if repeated else [],
    )


def _number(digits: str) -> float:
    """A number, which no key takes but the version: Python refuses to read a very long one."""
    return int(digits) if len(digits) < 100 else float(digits)


def _not_json(text: str, start: int, end: int, found: str, ctx: ImportContext) -> DocumentError:
    lines = Lines(text)
    position = lines.position(start, end - start)
    return DocumentError([document.fault((), found, "a JSON document", file=ctx.file, lines=lines, position=position)])


def _repeated_keys(text: str, ctx: ImportContext) -> list[Fault]:
    """A fault for each key that stands twice in an object: the parser keeps only the last."""
    lines = Lines(text)
    seen: set[tuple[int, object]] = set()
    faults = []
    for place, start, end, owner in walk_json(text):
        if not place.at_key:
            continue
        key = place.path[-1]
        if (owner, key) in seen:
            found, expected = f"the key {key!r} a second time", "each key once in an object"
            position = lines.position(start, end - start)
            faults.append(document.fault(place.path, found, expected, file=ctx.file, lines=lines, position=position))
        seen.add((owner, key))
    return faults


def _locate(text: str, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places by walking the text once; the parser keeps no positions."""
    lines = Lines(text)
    found: dict[Place, Position] = {}
    for place, start, end, _ in walk_json(text):
        if place in places and place not in found:
            found[place] = lines.position(start, end - start)
    return found


def locate(data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places in a document that was read without a fault."""
    ways = {
        place: [place, *(Place(place.path[:depth]) for depth in range(len(place.path) - 1, -1, -1))] for place in places
    }
    found = _locate(document.decode(data, file=None), {step for way in ways.values() for step in way})
    return {place: next(found[step] for step in way if step in found) for place, way in ways.items()}
