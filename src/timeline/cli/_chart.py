"""Draws a timeline in text: a row an event, its window as a bar on one axis."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from timeline._terminal import printable, width_of
from timeline.cli._table import fit
from timeline.model import Modality, Status
from timeline.when import Bound, Kind, Qualifier, Unit, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.cli._input import View
    from timeline.model import Event, Timeline

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

_MIN_BAR, _MIN_TITLE, _MAX_DATE, _MAX_WORDS = 12, 10, 24, 36


@attrs.frozen(kw_only=True)
class _Axis:
    """Where days fall in the columns of the bars."""

    first: int
    last: int
    columns: int

    def column(self, ordinal: int) -> int:
        """The column of a day, kept within the axis."""
        column = (ordinal - self.first) * self.columns // max(1, self.last - self.first)
        return min(self.columns - 1, max(0, column))

    def ticks(self) -> list[tuple[int, str]]:
        """Columns and labels of whole months or years, as many as have room."""
        for step in _steps():
            # More labels than columns have no room, and for distant years there would be no end of them.
            if (self.last - self.first) // (28 * step) > self.columns:
                continue
            labels = [(self.column(start), label) for start, label in self._labels(step)]
            if all(right[0] - left[0] > len(left[1]) + 1 for left, right in pairwise(labels)):
                return labels
        raise AssertionError

    def _labels(self, step: int) -> Iterator[tuple[int, str]]:
        """The first days and the labels of the months or years in the axis, a step apart."""
        months = (self.first * 400 // 146_097 - 1) * 12
        number = -(-months // step) * step
        while (start := _first_day(number)) < self.last:
            # The month that the axis begins in has its label too.
            if _first_day(number + 1) > self.first:
                yield start, _label(number, step)
            number += step


def _steps() -> Iterator[int]:
    """How many months may lie between two labels, from few to many."""
    yield from (1, 2, 3, 6)
    years = 1
    while True:
        yield from (12 * years, 24 * years, 60 * years)
        years *= 10


def _first_day(month: int) -> int:
    """The first day of a month, counted from the year 0, of any year."""
    cycles, month = divmod(month, 4800)
    window = When(Kind.POINT, (Unit(month // 12, month % 12 + 1),)).window
    assert isinstance(window[0], int)
    return window[0] + cycles * 146_097


def _label(month: int, step: int) -> str:
    year, month = divmod(month, 12)
    if step < 12:
        return f"{'-' if year < 0 else ''}{abs(year):04}-{month + 1:02}"
    text = str(abs(year) if year > 0 else 1 - year)
    if len(text) > 9:
        text = f"10^{len(text) - 1}"
    return text if year > 0 else f"{text} BC"


def chart(timeline: Timeline, *, width: int, view: View, glyphs: Glyphs, language: str | None = None) -> Iterator[Line]:
    """The lines of a picture of the timeline.

    Args:
        timeline: The timeline.
        width: Columns of the terminal.
        view: The moment that is marked on the axis, if it falls on it, and what was known when.
        glyphs: What to draw with.
        language: The language to say dates in; without it they are shown in EDTF.
    """
    events = timeline.in_order
    others = sum(not event.is_fact for event in events)
    counts = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    if others:
        counts += f", {others} of them not reported as facts"
    yield [(fit(timeline.title, width, ellipsis=glyphs.ellipsis).rstrip(), "title")]
    now = view.now.date()
    moments = [] if view.as_of is None else [f"as known on {view.as_of.date()}"]
    if view.as_of is None or view.as_of.date() != now:
        moments.append(f"now {now}")
    summary = f"{timeline.id}: {counts}; {', '.join(moments)}"
    yield [(fit(summary, width, ellipsis=glyphs.ellipsis).rstrip(), "faint")]
    if not events:
        return
    yield []
    dates = [_written(event.when, language) for event in events]
    max_date = _MAX_DATE if language is None else _MAX_WORDS
    date_width = min(max_date, max(width_of(printable(each)) for each in dates), max(10, width - 44))
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
    statuses = timeline.statuses(view.now)
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
            (fit(_titled(event, statuses[event.id]), title_width, ellipsis=glyphs.ellipsis).rstrip(), style),
        ]
    yield []
    yield from _legend(events, width, glyphs)


_TOLD = frozenset({Status.DUE, Status.OVERDUE, Status.DISPUTED, Status.DID_NOT_OCCUR, Status.SUPERSEDED})


def _titled(event: Event, status: Status) -> str:
    """The title, after what there is to know of a projection or a dispute."""
    # What is denied is drawn as such.
    told = status in _TOLD and (status is not Status.DID_NOT_OCCUR or event.outcome is not None)
    return f"{status.word}: {event.title}" if told else event.title


def _written(when: When | None, language: str | None) -> str:
    """A date in EDTF, or in few words of a language."""
    if when is None:
        return "undated" if language is None else ""
    return str(when) if language is None else when.humanize(language, "short")


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
        windows = [When(Kind.ALL_OF, (part,)).window for part in when.parts]
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
        f"{glyphs.denied} denied, or did not occur": any(event.modality is Modality.DENIED for event in events),
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
