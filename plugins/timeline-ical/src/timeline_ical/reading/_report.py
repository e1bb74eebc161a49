"""Collects what is read past: damage line by line, what has no place in a timeline once a kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from timeline.formats import ImportContext

_LINE_END = re.compile(rb"\r\n|\r|\n")
_MOST_ALIKE = 50
"""How many faults of one kind are told one by one."""

NO_PLACE = "what a timeline has a place for"


class _Fault(NamedTuple):
    line: int | None
    column: int
    found: str
    expected: str


class Report:
    """What is read past in one file.

    Args:
        ctx: Takes the faults.
        data: The file, whose lines are shown; None if the numbers of lines mean nothing.
    """

    def __init__(self, ctx: ImportContext, data: bytes | None) -> None:
        self._ctx, self._data = ctx, data
        self._faults: list[_Fault] = []
        self._alike: dict[str, int] = {}
        self._kinds: dict[tuple[str, str], tuple[int | None, int]] = {}

    def fault(self, line: int | None, found: str, expected: str, *, column: int = 1) -> None:
        """Report one thing; after 50 that had the same been expected, they are only counted."""
        count = self._alike[expected] = self._alike.get(expected, 0) + 1
        if count <= _MOST_ALIKE:
            self._faults.append(_Fault(line, column, found, expected))

    def each(self, line: int | None, found: str, expected: str) -> None:
        """Report a kind of thing: told once, with the first line and how often."""
        first, count = self._kinds.get((found, expected), (line, 0))
        self._kinds[found, expected] = (first, count + 1)

    def unplaced(self, line: int | None, what: str) -> None:
        """Report what a timeline has no place for, once a kind."""
        self.each(line, what, NO_PLACE)

    def close(self) -> None:
        """Hand all faults over, in the order of the file."""
        for (found, expected), (line, count) in self._kinds.items():
            times = f", {count:,} times, first here" if count > 1 else ""
            self._faults.append(_Fault(line, 1, f"{found}{times}", expected))
        for expected, count in self._alike.items():
            if count > _MOST_ALIKE:
                self._faults.append(_Fault(None, 1, f"{count - _MOST_ALIKE:,} more faults of this kind", expected))
        if not self._faults:
            return
        lines = [] if self._data is None else _LINE_END.split(self._data)
        for fault in sorted(self._faults, key=lambda fault: (fault.line is None, fault.line or 0, fault.column)):
            if fault.line is None or not lines:
                self._ctx.skip(fault.found, fault.expected)
                continue
            number, column, source = _place(lines, fault.line, fault.column)
            self._ctx.skip(fault.found, fault.expected, line=number, column=column, source=source)


def _place(lines: list[bytes], number: int, column: int) -> tuple[int, int, str]:
    """Line and column of the file for a character of an unfolded line, and the text of that line."""
    source = _text(lines, number)
    while column > len(source) and number < len(lines) and lines[number][:1] in (b" ", b"\t"):
        # Of a line that continues another, the first character is not of its text.
        column -= len(source) - 1
        number += 1
        source = _text(lines, number)
    return number, column, source


def _text(lines: list[bytes], number: int) -> str:
    # No line is shown that is longer than what a message shows of it.
    return lines[number - 1][:4000].decode("utf-8-sig", errors="replace") if number <= len(lines) else ""
