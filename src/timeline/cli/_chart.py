"""Draws a timeline in text: a row an event, its window as a bar on one axis."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from timeline._terminal import printable, width_of
from timeline.cli._table import fit
from timeline.model import Modality
from timeline.when import Bound, Kind, Qualifier, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.model import Event, Timeline
    from timeline.when import When

    Line = list[tuple[str, str]]
    """Pieces of a line, each with the name of its style."""


@attrs.frozen(kw_only=True)
class Glyphs:
    """The characters that a chart is drawn with."""

    day: str = "●"
    open_day: str = "○"
    denied: str = "\N{MULTIPLICATION SIGN}"
    once: str = "├─┤"
    open_once: str = "├┄┤"
    lasting: str = "━"
    open_lasting: str = "╍"
    before: str = "◀"
    after: str = "▶"
    unknown: str = "?"
    tick: str = "┬"
    axis: str = "─"
    now: str = "│"
    ellipsis: str = "…"


UNICODE = Glyphs()
ASCII = Glyphs(
    day="*",
    open_day="o",
    denied="x",
    once="|-|",
    open_once="|.|",
    lasting="=",
    open_lasting=".",
    before="<",
    after=">",
    tick="+",
    axis="-",
    now=":",
    ellipsis="...",
)

_MIN_BAR, _MIN_TITLE, _MAX_DATE = 12, 10, 24


@attrs.frozen(kw_only=True)
class _Axis:
    """Where days fall in the columns of the bars."""

    first: int
    last: int
    columns: int

    def column(self, ordinal: int) -> int:
        """The column of a day, kept within the axis."""
        share = (ordinal - self.first) / max(1, self.last - self.first)
        return min(self.columns - 1, max(0, int(share * self.columns)))

    def ticks(self) -> list[tuple[int, str]]:
        """Columns and labels of whole months or years, as many as have room."""
        first, last = (self._months(ordinal) for ordinal in (self.first, self.last))
        labels: list[tuple[int, str]] = []
        for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000, 120000):
            months = range(-(-first // step) * step, last + 1, step)
            labels = [(self.column(_month(index).window[0]), _label(index, step)) for index in months]
            if all(right[0] - left[0] > len(left[1]) + 1 for left, right in pairwise(labels)):
                return labels
        return labels[:1]

    @staticmethod
    def _months(ordinal: int) -> int:
        """The number of the month of a day, counted from the year 0."""
        guess = round((ordinal - 1) / 30.436875) + 12
        while _month(guess).window[0] > ordinal:
            guess -= 1
        return guess


def _month(index: int) -> Unit:
    return Unit(index // 12, index % 12 + 1)


def _label(index: int, step: int) -> str:
    unit = _month(index)
    if step < 12:
        return str(unit)
    return str(unit.year) if unit.year > 0 else f"{1 - unit.year} BC"


def chart(timeline: Timeline, *, width: int, now: date, glyphs: Glyphs) -> Iterator[Line]:
    """The lines of a picture of the timeline.

    Args:
        timeline: The timeline.
        width: Columns of the terminal.
        now: The day that is marked on the axis, if it falls on it.
        glyphs: What to draw with.
    """
    events = timeline.in_order
    others = sum(not event.is_fact for event in events)
    counts = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    if others:
        counts += f", {others} of them not reported as facts"
    yield [(fit(timeline.title, width, ellipsis=glyphs.ellipsis).rstrip(), "title")]
    summary = f"{timeline.id}: {counts}; now {now.isoformat()}"
    yield [(fit(summary, width, ellipsis=glyphs.ellipsis).rstrip(), "faint")]
    if not events:
        return
    yield []
    dates = [str(event.when) if event.when else "undated" for event in events]
    date_width = min(_MAX_DATE, max(map(len, dates)), max(10, width - 44))
    room = max(_MIN_BAR + _MIN_TITLE, width - date_width - 4)
    # Short titles leave their room to the bars.
    longest = max(width_of(printable(event.title)) for event in events)
    bar_width = max(_MIN_BAR, room * 2 // 5, min(room - longest, room * 2 // 3))
    title_width = room - bar_width
    axis = _axis_of(events, bar_width)
    now_column = None
    if axis is not None:
        now_column = axis.column(now.toordinal()) if axis.first <= now.toordinal() < axis.last else None
        yield from _axis_lines(axis, date_width, now_column, glyphs)
    for event, written in zip(events, dates, strict=True):
        style = "reported" if event.is_fact else "denied" if event.modality is Modality.DENIED else "open"
        cells = [" "] * bar_width
        if event.when is not None and axis is not None:
            _draw(cells, event, event.when, axis, glyphs)
        if now_column is not None and cells[now_column] == " ":
            cells[now_column] = glyphs.now
        yield [
            (fit(written, date_width, ellipsis=glyphs.ellipsis), "date"),
            ("  ", ""),
            ("".join(cells), style),
            ("  ", ""),
            (fit(event.title, title_width, ellipsis=glyphs.ellipsis).rstrip(), style),
        ]
    yield []
    yield from _legend(events, width, glyphs)


def _axis_of(events: tuple[Event, ...], columns: int) -> _Axis | None:
    """The axis that holds every day that an event names, with room for open ends."""
    starts: list[int] = []
    ends: list[int] = []
    is_open = [False, False]
    for event in events:
        if event.when is None:
            continue
        start, end = event.when.window
        starts += [edge for edge in (start,) if not isinstance(edge, Bound)]
        ends += [edge for edge in (end,) if not isinstance(edge, Bound)]
        is_open = [was or isinstance(edge, Bound) for was, edge in zip(is_open, (start, end), strict=True)]
    days = starts + [end - 1 for end in ends]
    if not days:
        return None
    first, last = min(days), max(days) + 1
    margin = max(1, (last - first) // 10)
    return _Axis(
        first=first - margin if is_open[0] else first, last=last + margin if is_open[1] else last, columns=columns
    )


def _axis_lines(axis: _Axis, indent: int, now_column: int | None, glyphs: Glyphs) -> Iterator[Line]:
    labels = [" "] * axis.columns
    line = [glyphs.axis] * axis.columns
    for column, label in axis.ticks():
        if column + len(label) <= axis.columns:
            labels[column : column + len(label)] = label
            line[column] = glyphs.tick
    if now_column is not None:
        line[now_column] = glyphs.now
    for cells in (labels, line):
        yield [(" " * (indent + 2), ""), ("".join(cells).rstrip(), "faint")]


def _draw(cells: list[str], event: Event, when: When, axis: _Axis, glyphs: Glyphs) -> None:
    """Draw a date into the cells of its row."""
    strokes = glyphs.once if event.is_fact else glyphs.open_once
    if when.kind in (Kind.SPAN, Kind.ALL_OF):
        strokes = glyphs.lasting if event.is_fact else glyphs.open_lasting
    if event.modality is Modality.DENIED:
        strokes = f"{glyphs.denied}{strokes[len(strokes) // 2]}{glyphs.denied}"
    windows: list[tuple[int | Bound, int | Bound]] = [when.window]
    if when.kind is Kind.ALL_OF:
        windows = [part.window for part in when.parts if not isinstance(part, Bound)]
    for window in windows:
        left, right = _bar(cells, window, axis, strokes, glyphs)
        if left == right:
            point = glyphs.day if event.is_fact else glyphs.open_day
            cells[left] = glyphs.denied if event.modality is Modality.DENIED else point
        if when.qualifiers:
            # In the middle of a bar that has one, else beside it.
            at = (left + right) // 2 if right - left > 1 else right + 1
            cells[at if at < len(cells) else left - 1] = _mark(when)


def _mark(when: When) -> str:
    """The qualifier that holds for the date as a whole."""
    return str(Qualifier.BOTH if len(when.qualifiers) > 1 else next(iter(when.qualifiers)))


def _bar(
    cells: list[str], window: tuple[int | Bound, int | Bound], axis: _Axis, strokes: str, glyphs: Glyphs
) -> tuple[int, int]:
    """Draw a window and return its first and last column.

    ``strokes`` is one character for the whole, or a left end, a line and a right end.
    """
    start, end = window
    left = 0 if isinstance(start, Bound) else axis.column(start)
    right = axis.columns - 1 if isinstance(end, Bound) else axis.column(end - 1)
    cells[left : right + 1] = strokes[len(strokes) // 2] * (right - left + 1)
    cells[left], cells[right] = strokes[0], strokes[-1]
    if isinstance(start, Bound):
        cells[left] = glyphs.before if start is Bound.OPEN else glyphs.unknown
    if isinstance(end, Bound):
        cells[right] = glyphs.after if end is Bound.OPEN else glyphs.unknown
    return left, right


def _legend(events: tuple[Event, ...], width: int, glyphs: Glyphs) -> Iterator[Line]:
    """What the strokes mean, those that occur."""
    dates = [event.when for event in events if event.when is not None]
    kinds = {date.kind for date in dates}
    bounds = {bound for date in dates for bound in (date.start_bound, date.end_bound)}
    marks = {_mark(date) for date in dates if date.qualifiers}
    entries = {
        f"{glyphs.once} once, within": kinds & {Kind.POINT, Kind.ONE_OF},
        f"{glyphs.lasting * 3} lasting": kinds & {Kind.SPAN, Kind.ALL_OF},
        f"{glyphs.open_once} {glyphs.open_lasting * 3} {glyphs.open_day} not reported as a fact": any(
            not event.is_fact for event in events
        ),
        f"{glyphs.denied} denied": any(event.modality is Modality.DENIED for event in events),
        f"{glyphs.before} {glyphs.after} no bound": Bound.OPEN in bounds,
        f"{glyphs.unknown} unknown end": Bound.UNKNOWN in bounds,
        "~ about": Qualifier.APPROXIMATE in marks,
        "? uncertain": Qualifier.UNCERTAIN in marks,
        "% about and uncertain": Qualifier.BOTH in marks,
    }
    line = ""
    for entry in (entry for entry, occurs in entries.items() if occurs):
        if line and width_of(line) + 3 + width_of(entry) > width:
            yield [(line, "faint")]
            line = ""
        line += f"   {entry}" if line else entry
    if line:
        yield [(line, "faint")]
