"""Collects what is read past: damage one by one, what has no place in a timeline once a kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.document import Lines, Place, Position

if TYPE_CHECKING:
    from timeline.document import Locate
    from timeline.formats import ImportContext

Spot = Place | Position
"""Where something stands: a place in JSON, which is looked for when it is wanted, or a line and column."""

_MOST_ALIKE = 50
"""How many faults of one kind are told one by one."""
_LONGEST_LINE = 4000
# What of an expectation is of one place in a file, and says nothing of the kind of fault.
_OF_FILE = re.compile(r"'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"|(?<=the id )\S+|\S*[0-9]\S*")

NO_PLACE = "what a timeline has a place for"


class _Fault(NamedTuple):
    spot: Spot
    found: str
    expected: str


class Report:
    """What is read past in one file.

    Args:
        ctx: Takes the faults.
        text: The text of the file, whose lines are shown.
        locate: Finds places in it.
    """

    def __init__(self, ctx: ImportContext, text: str, locate: Locate | None = None) -> None:
        self._ctx, self._text, self._locate = ctx, text, locate
        self._faults: list[_Fault] = []
        self._alike: dict[str, int] = {}
        self._kinds: dict[tuple[str, str], tuple[Spot, int]] = {}

    def fault(self, spot: Spot, found: str, expected: str) -> None:
        """Report one thing; after 50 of its kind, they are only counted."""
        kind = _OF_FILE.sub("…", expected)
        count = self._alike[kind] = self._alike.get(kind, 0) + 1
        if count <= _MOST_ALIKE:
            self._faults.append(_Fault(spot, found, expected))

    def each(self, spot: Spot, found: str, expected: str) -> None:
        """Report a kind of thing: told once, with the first place and how often."""
        first, count = self._kinds.get((found, expected), (spot, 0))
        self._kinds[found, expected] = (first, count + 1)

    def unplaced(self, spot: Spot, what: str) -> None:
        """Report what a timeline has no place for, once a kind."""
        self.each(spot, what, NO_PLACE)

    def close(self) -> None:
        """Hand all faults over, in the order of the file."""
        for (found, expected), (spot, count) in self._kinds.items():
            times = f", {count:,} times, first here" if count > 1 else ""
            self._faults.append(_Fault(spot, f"{found}{times}", expected))
        if not self._faults:
            return
        lines = Lines(self._text)
        places = {fault.spot for fault in self._faults if isinstance(fault.spot, Place)}
        positions = self._locate(places) if self._locate is not None and places else {}
        placed = [
            (positions.get(fault.spot) if isinstance(fault.spot, Place) else fault.spot, fault)
            for fault in self._faults
        ]
        placed.sort(
            key=lambda each: (each[0] is None, each[0].line if each[0] else 0, each[0].column if each[0] else 0)
        )
        for position, fault in placed:
            if position is None:
                self._ctx.skip(fault.found, fault.expected)
                continue
            self._ctx.skip(
                fault.found,
                fault.expected,
                line=position.line,
                column=position.column,
                # No line is shown that is longer than what a message shows of it.
                source=lines.line(position.line)[: position.column + _LONGEST_LINE],
                length=position.length,
            )
        for kind, count in self._alike.items():
            if count > _MOST_ALIKE:
                self._ctx.skip(f"{count - _MOST_ALIKE:,} more faults of this kind", kind)


def shown(value: object) -> str:
    """A value of a file in a message."""
    text = value if isinstance(value, str) else repr(value)
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return repr(text) if isinstance(value, str) else text
