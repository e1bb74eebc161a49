"""Reads JSON, also where a script wraps it, and finds places in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.document import Lines, Place, walk_json
from timeline.errors import DocumentError, Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from timeline.document import Position

# Such as `storyjs_jsonp_data = {…};` of TimelineJS 2, and `callback({…})`.
_WRAPPED = re.compile(r"\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]{0,100}\s*(?:=|(\())\s*(?=\{)", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXPECTED = "the JSON of TimelineJS"


class Tree:
    """A JSON text that was read.

    Attributes:
        root: What it holds.
        text: The text, without what wraps it: its characters stand where they stood.
        has_repeated_keys: Whether a key stands twice in some object.
    """

    def __init__(self, data: bytes, *, file: str | None) -> None:
        """Read a text.

        Raises:
            DocumentError: It is no JSON.
        """
        whole = document.decode(data, file=file)
        self.text = _unwrapped(whole)
        self.has_repeated_keys = False
        try:
            self.root: Any = json.loads(
                self.text, object_pairs_hook=self._mapping, parse_int=_number, parse_constant=float
            )
        except json.JSONDecodeError as error:
            lines = Lines(whole)
            position = lines.position(min(error.pos, len(whole.rstrip())))
            found = f"text that is not JSON ({error.msg})"
            raise DocumentError(
                [document.fault((), found, _EXPECTED, file=file, lines=lines, position=position)]
            ) from None
        except RecursionError:
            found = "lists and objects nested too deep to be read"
            raise DocumentError([Fault(found=found, expected=_EXPECTED, file=file)]) from None

    def _mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) != len(pairs):
            self.has_repeated_keys = True
        return values

    def repeated_keys(self) -> Iterator[Place]:
        """Each key that stands in an object a second time: its last value is what is read."""
        if not self.has_repeated_keys:
            return
        seen: set[tuple[int, object]] = set()
        for place, _, _, owner in walk_json(self.text):
            if place.at_key:
                key = (owner, place.path[-1])
                if key in seen:
                    yield place
                seen.add(key)

    def locate(self, places: Collection[Place]) -> Mapping[Place, Position]:
        """Find places, or what holds them, by walking the text once; the parser keeps no positions."""
        ways = {
            place: [place, *(Place(place.path[:depth]) for depth in range(len(place.path), -1, -1))] for place in places
        }
        wanted = {step for way in ways.values() for step in way}
        lines = Lines(self.text)
        found: dict[Place, Position] = {}
        for place, start, end, _ in walk_json(self.text):
            if place in wanted:
                # Of keys that stand twice, the last counts.
                found[place] = lines.position(start, end - start)
        return {
            place: next((found[step] for step in way if step in found), lines.position(0))
            for place, way in ways.items()
        }


def _unwrapped(text: str) -> str:
    """A text with blanks in place of the script around an object, so that everything stays where it is."""
    match = _WRAPPED.match(text)
    if match is None:
        return text
    end = len(text.rstrip())
    if text[:end].endswith(";"):
        end = len(text[: end - 1].rstrip())
    if match[1] and text[:end].endswith(")"):
        end -= 1
    blank = re.sub(r"[^\r\n]", " ", match[0])
    return blank + text[match.end() : end] + re.sub(r"[^\r\n]", " ", text[end:])


def _number(digits: str) -> int | str:
    """A number: Python refuses to read a very long one."""
    return int(digits) if len(digits) <= 1000 else digits


def mended(text: str) -> tuple[str, bool]:
    """A text without halves of surrogate pairs, and whether it had any."""
    if text.isascii() or not _SURROGATE.search(text):
        return text, False
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text), True
