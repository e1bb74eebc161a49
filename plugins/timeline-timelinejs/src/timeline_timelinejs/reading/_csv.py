"""Reads the spreadsheet of TimelineJS as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline import document
from timeline.document import Lines
from timeline.errors import DocumentError
from timeline.formats import ImportContext
from timeline_timelinejs.reading._cells import DELIMITERS, Sheet
from timeline_timelinejs.reading._locate import positions
from timeline_timelinejs.reading._report import Report
from timeline_timelinejs.reading._rows import NAMES, Rows
from timeline_timelinejs.reading._slide import Role
from timeline_timelinejs.reading._timeline import make

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from timeline.document import Place, Position
    from timeline.model import Timeline
    from timeline_timelinejs.reading._slide import Slide

_EXPECTED = (
    "the column names of TimelineJS's spreadsheet in the first row: Year or Start Date,"
    " and Headline, Text or Media, with commas between"
)


def decode(chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
    """The timeline in a file.

    Raises:
        DocumentError: It is no such spreadsheet, or too much of one.
    """
    option = "-O timelinejs-csv.max_bytes=N"
    data = document.gather(chunks, file=ctx.file, max_bytes=ctx.options.max_bytes, option=option)
    text = document.decode(data, file=ctx.file)
    report = Report(ctx, text)
    slides = _slides(text, ctx, report)
    title = next((slide for slide in slides if slide.role is Role.TITLE), None)
    timeline = make(title, [slide for slide in slides if slide is not title], ctx, report)
    report.close()
    return timeline


def locate(data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
    """Find places of a timeline in the file that it was read from, if it was read with the options that nobody gave."""
    text = document.decode(data, file=None)
    nobody = ImportContext(options=None)
    slides = _slides(text, nobody, Report(nobody, ""))
    return positions(places, [(slide, False) for slide in slides], text, None)


def _slides(text: str, ctx: ImportContext, report: Report) -> list[Slide]:
    """The slides of a text."""
    delimiter = _delimiter(text)
    rows = Sheet(text, delimiter, report).rows()
    reader = Rows(next(rows, []), report)
    if not reader.is_sheet:
        raise _refusal(text, ctx)
    if delimiter != ",":
        found = "tabs between cells" if delimiter == "\t" else f"{delimiter!r} between cells"
        report.fault(_first(text), found, "commas: TimelineJS knows nothing else")
    slides: list[Slide] = []
    has_title = False
    for row in rows:
        slides.append(reader.slide(row, is_title_free=not has_title))
        has_title = has_title or slides[-1].role is Role.TITLE
    return slides


def _first(text: str) -> Position:
    """The beginning of the first line that is not empty."""
    return Lines(text).position(len(text) - len(text.lstrip()))


def _delimiter(text: str) -> str:
    """What parts the names in the first row: that of which most are known."""
    head = text.lstrip()[:4000].splitlines()[0]

    def known(delimiter: str) -> int:
        return sum(name.strip().strip('"').strip().casefold() in NAMES for name in head.split(delimiter))

    return max(DELIMITERS, key=known)


def _refusal(text: str, ctx: ImportContext) -> DocumentError:
    lines = Lines(text)
    position = _first(text)
    fault = document.fault(
        (),
        f"the first row {lines.line(position.line)[:60]!r}",
        _EXPECTED,
        file=ctx.file,
        lines=lines,
        position=position,
    )
    return DocumentError([fault])
