"""Splits CSV into cells, and knows where each stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.document import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.document import Position
    from timeline_timelinejs.reading._report import Report

DELIMITERS = (",", ";", "\t")


class Cell(NamedTuple):
    """A cell.

    Attributes:
        text: What is in it, without blanks around it.
        spot: Where it stands.
    """

    text: str
    spot: Position


class Sheet:
    """A text in CSV.

    Args:
        text: The text.
        delimiter: What stands between cells.
        report: Takes what is broken.
    """

    def __init__(self, text: str, delimiter: str, report: Report) -> None:
        self._text, self._report = text, report
        self._lines = Lines(text)
        rest = re.escape(delimiter) + r"\r\n"
        # Blanks before a quotation mark are none of the cell, unless they stand between cells.
        blanks = r"[ \t]*" if delimiter != "\t" else " *"
        self._cell = re.compile(rf'{blanks}"((?:[^"]|"")*+)"([^{rest}]*)|([^{rest}]*)')
        self._delimiter = delimiter

    def rows(self) -> Iterator[list[Cell]]:
        """The rows, each of its cells; such as have only empty ones are left out."""
        text, end, at = self._text, len(self._text), 0
        row: list[Cell] = []
        while True:
            match = self._cell.match(text, at)
            assert match is not None
            row.append(self._of(match))
            at = match.end()
            if at < end and text[at] == self._delimiter:
                at += 1
                continue
            if any(cell.text for cell in row):
                yield row
            if at >= end:
                return
            row = []
            at += 2 if text.startswith("\r\n", at) else 1

    def _of(self, match: re.Match[str]) -> Cell:
        """A cell, and a report of a quotation mark that has no partner."""
        quoted, behind, bare = match.groups()
        if quoted is None:
            found = bare.strip()
            start = match.start() + len(bare) - len(bare.lstrip())
            spot = self._lines.position(start, max(1, len(found)))
            if found.startswith('"'):
                self._report.fault(spot, "a quotation mark that no other closes", "one at each end of a cell, or none")
            return Cell(found, spot)
        start = match.start(1)
        spot = self._lines.position(start, max(1, len(quoted.partition("\n")[0])))
        found = quoted.replace('""', '"')
        if behind.strip():
            self._report.fault(
                self._lines.position(match.start(2), len(behind)),
                f"{behind[:40]!r} behind a quotation mark",
                "the end of the cell; it is put to what stands before",
            )
            found += behind
        return Cell(found.strip(), spot)
