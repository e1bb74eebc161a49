"""Slides of the rows of a spreadsheet, of both templates of TimelineJS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_timelinejs.reading._dates import Field, GivenDate
from timeline_timelinejs.reading._slide import Role, Slide
from timeline_timelinejs.reading._typed import clock_of_text, date_of_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_timelinejs.reading._cells import Cell
    from timeline_timelinejs.reading._report import Report

_TEXTS = {
    "Display Date": "display_date",
    "Headline": "headline",
    "Text": "text",
    "Media": "url",
    "Media Credit": "credit",
    "Media Caption": "caption",
    "Alt Text": "alt",
    "Group": "group",
    "Tag": "tag",
}
_DATES = (
    ("Year", "Month", "Day", "Time", "Start Date", ""),
    ("End Year", "End Month", "End Day", "End Time", "End Date", "End "),
)
_UNPLACED = {"Media Thumbnail": "a thumbnail", "Background": "a background"}
_COLUMNS = (*_DATES[0][:5], *_DATES[1][:5], *_TEXTS, *_UNPLACED, "Type")
NAMES = {name.casefold(): name for name in _COLUMNS}
"""The columns by their names in small letters."""
# So TimelineJS takes "1,999" for 1999.
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[\s,][0-9]{3})+")
_BETWEEN_DIGITS = re.compile(r"[\s,]")


class Rows:
    """Reads the rows below a first one.

    Args:
        header: The first row.
        report: Takes what is read past.
    """

    def __init__(self, header: Sequence[Cell], report: Report) -> None:
        self._report = report
        self._columns: list[str | None] = []
        self._unknown = [cell.text for cell in header]
        for cell in header:
            self._columns.append(self._column(cell))

    def _column(self, cell: Cell) -> str | None:
        """The name of a column; None if it is not known, and empty if it stands a second time."""
        name = NAMES.get(" ".join(cell.text.split()).casefold())
        if name is None:
            return None
        if name != cell.text:
            found = f"the column {cell.text[:40]!r}"
            self._report.fault(
                cell.spot, found, f"{name!r}, as which it is read: TimelineJS tells capitals from others"
            )
        if name in self._columns:
            self._report.fault(cell.spot, f"the column {name!r} a second time", "each once; the first is read")
            return ""
        return name

    @property
    def is_sheet(self) -> bool:
        """Whether the first row is that of such a spreadsheet."""
        known = set(self._columns)
        return bool(known & {"Year", "Start Date"} and known & {"Headline", "Text", "Media"})

    def slide(self, row: Sequence[Cell], *, is_title_free: bool) -> Slide:
        """The slide of a row.

        Args:
            row: The row.
            is_title_free: Whether there is no title slide yet.
        """
        cells: dict[str, Cell] = {}
        for number, cell in enumerate(row):
            if not cell.text:
                continue
            column = self._columns[number] if number < len(self._columns) else None
            if column == "":
                continue
            if column is not None:
                cells[column] = cell
            elif number < len(self._columns):
                self._report.unplaced(cell.spot, f"the column {self._unknown[number][:40]!r}")
            else:
                self._report.fault(cell.spot, f"{cell.text[:40]!r} beyond the last column", "as many cells as names")
        for column, what in _UNPLACED.items():
            if column in cells:
                self._report.unplaced(cells[column].spot, what)
        role = self._role(cells.get("Type"), is_title_free=is_title_free)
        fields = {name: _field(cells[column], column) for column, name in _TEXTS.items() if column in cells}
        start, end = (self._date(cells, columns) for columns in _DATES)
        spot = next(cell.spot for cell in row if cell.text)
        dated_by = "Year" if "Year" in self._columns else "Start Date"
        return Slide(spot=spot, role=role, fields=fields, start=start, end=end, dated_by=dated_by)

    def _role(self, cell: Cell | None, *, is_title_free: bool) -> Role:
        if cell is None:
            return Role.EVENT
        word = cell.text.casefold()
        if word in (Role.TITLE, Role.ERA) and word != cell.text:
            self._report.fault(cell.spot, f"Type {cell.text[:40]!r}", f"{word!r}, as which it is read")
        if word == Role.TITLE:
            if is_title_free:
                return Role.TITLE
            self._report.fault(cell.spot, "a second title slide", "one; this one is an event")
        elif word == Role.ERA:
            return Role.ERA
        else:
            self._report.fault(cell.spot, f"Type {cell.text[:40]!r}", "title, era or nothing; the row is an event")
        return Role.EVENT

    def _date(self, cells: dict[str, Cell], columns: tuple[str, ...]) -> GivenDate | None:
        """One of the two dates of a row."""
        year, month, day, time, date, _ = columns
        if date in cells:
            for column in (year, month, day, time):
                if column in cells:
                    found = f"{column} {cells[column].text[:40]!r} beside {date}"
                    self._report.fault(cells[column].spot, found, f"one of the two; {date} is read")
            return date_of_text(_field(cells[date], date))
        parts = {
            name: _year(cells[column], column) if name == "year" else _field(cells[column], column)
            for column, name in ((year, "year"), (month, "month"), (day, "day"))
            if column in cells
        }
        clock = ""
        if time in cells:
            clock = cells[time].text
            parts |= clock_of_text(_field(cells[time], time))
        if not parts:
            return None
        return GivenDate(spot=next(iter(parts.values())).spot, parts=parts, clock=clock)


def _field(cell: Cell, column: str) -> Field:
    return Field(cell.text, cell.spot, column)


def _year(cell: Cell, column: str) -> Field:
    text = _BETWEEN_DIGITS.sub("", cell.text) if _THOUSANDS.fullmatch(cell.text) else cell.text
    return Field(text, cell.spot, column)
