"""Finds ``# timeline: ignore`` comments: which rules they silence, and for what."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import yaml

from timeline import document
from timeline.document import Lines
from timeline.formats import Ignore
from timeline_yaml._reader import LOADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.document import Path

_COMMENT = re.compile(r"(?<!\S)#[ \t]*timeline:[ \t]*ignore(?![\w-])[ \t:]*([^\r\n]*)")
# Codes with commas between; what follows is the reason. Without a comma only what is a whole code is one, for a
# reason may begin with a word in capitals. A first word that is no code is a mistake, which the check reports.
_CODES = re.compile(r"[^\s,:]+(?:[ \t]*,[ \t]*[A-Z]{2,8}[0-9]{0,3}(?!\w)|[ \t]+[A-Z]{2,8}[0-9]{3}(?!\w))*")
_DASH = re.compile(r"\s*-\s+#")


def ignores(data: bytes) -> Iterable[Ignore]:
    """The comments of a document that was read without a fault, in their order."""
    text = document.decode(data, file=None)
    matches = list(_COMMENT.finditer(text))
    if not matches:
        return
    lines = Lines(text)
    outline = _Outline(text, lines)
    for match in matches:
        if outline.in_scalar(match.start()):
            continue
        position = lines.position(match.start())
        line = lines.line(position.line)
        codes = _CODES.match(match[1])
        yield Ignore(
            codes=tuple(re.split(r"[\s,]+", codes[0])) if codes else (),
            reason=match[1][codes.end() :].strip(" \t-:,") if codes else "",
            scope=None if line.lstrip().startswith("#") else outline.scope(position.line, line),
            line=position.line,
            column=position.column,
        )


class _Outline:
    """Where in a text its scalars are, its events and its sources."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._scalars: list[tuple[int, int]] = []
        # First and last line of each event and source, and its path.
        self._records: list[tuple[int, int, Path]] = []
        self._text, self._lines = text, lines
        self._last = 0
        self._events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
        next(self._events)  # the stream starts
        next(self._events)  # the document starts
        self._root(next(self._events))

    def in_scalar(self, offset: int) -> bool:
        """Whether a character is one of a text, and so begins no comment."""
        at = bisect_right(self._scalars, offset, key=lambda span: span[0]) - 1
        return at >= 0 and offset < self._scalars[at][1]

    def scope(self, number: int, line: str) -> Path:
        """The path of the event or source in which the comment of a line stands; ``()`` if in neither."""
        at = bisect_right(self._records, number, key=lambda record: record[0])
        if at and number <= self._records[at - 1][1]:
            return self._records[at - 1][2]
        # A dash with nothing but a comment after it begins the item that follows.
        return self._records[at][2] if at < len(self._records) and _DASH.match(line) else ()

    def _root(self, root: Any) -> None:
        if not isinstance(root, yaml.MappingStartEvent):
            return
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            name = self._value(key)
            value = next(self._events)
            if name == "events" and isinstance(value, yaml.SequenceStartEvent):
                number = 0
                while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
                    self._value(item)
                    self._record(item, ("events", number))
                    number += 1
            elif name == "sources" and isinstance(value, yaml.MappingStartEvent):
                while not isinstance(item := next(self._events), yaml.MappingEndEvent):
                    id = self._value(item)
                    self._value(next(self._events))
                    self._record(item, ("sources", id))
            else:
                self._value(value)

    def _record(self, first: Any, path: Path) -> None:
        # By the index, for YAML counts other characters as ends of lines than editors do.
        line = self._lines.position(first.start_mark.index).line
        self._records.append((line, self._lines.position(self._last).line, path))

    def _value(self, event: Any) -> str:
        """Read past the value that begins with an event; its text, if it is one."""
        first, depth = event, 0
        while True:
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                depth += 1
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                depth -= 1
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            # A block list or mapping ends where the next thing begins: only what is written counts.
            if event.end_mark.index > event.start_mark.index:
                self._last = event.end_mark.index - 1
            if not depth:
                return getattr(first, "value", "")
            event = next(self._events)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            # On the line of the sign that begins a block there may be a comment.
            start = self._text.find("\n", start, end) + 1 or end
        self._scalars.append((start, end))
