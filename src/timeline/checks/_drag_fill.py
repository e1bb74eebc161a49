"""TL104: rows that a spreadsheet filled by dragging.

Dragging the corner of a cell down copies its text and counts its date up, by a day or a year. Real
tables have such runs: they are one event that was meant once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from timeline.checks._precision import MONTHS
from timeline.checks._seam import CheckContext, Finding
from timeline.checks._text_values import date_path
from timeline.when import DAY_SECONDS, from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model import Timeline
    from timeline.when import When

_SHORTEST = 4
# A chronology that has an event on more than a tenth of all days has one on the same day of four
# years by chance: 365 days x 0.1 ** 4 = 0.04 runs a year, and 3 at three tenths.
_DENSE = 0.1

_SHIFT = 32  # bits for the number of a claim
_MASK = (1 << _SHIFT) - 1
_NUMBER = re.compile(r"[0-9]{1,12}")


class _Row(NamedTuple):
    """An event, or a claim of one, on a day or in a year."""

    start: int  # the ordinal of its first day
    position: int
    claim: int  # -1 for the event itself


def drag_fill(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Find runs of one text, or of one day of the year, under dates that count up."""
    seen: set[tuple[int, ...]] = set()
    titles, quotes, days = _collect(timeline)
    for name, groups in (("title", titles), ("quote", quotes)):
        for group in groups.large():
            for is_year, rows in _dated(timeline, group).items():
                if len(rows) >= _SHORTEST:
                    yield from _of_text(timeline, rows, name, seen, is_year=is_year)
    yield from _of_days(timeline, days, seen)


class _Groups:
    """Rows by their texts without digits.

    Most texts are there once, so a text is kept as its hash, and a row as one number until there is a second of it.
    """

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._groups: dict[int, list[int]] = {}

    def add(self, text: str, position: int, number: int) -> None:
        """Add an event (number -1) or a claim of one."""
        key = hash(_key(text))
        row = (position << _SHIFT) + number + 1
        first = self._first.setdefault(key, row)
        if first is not row:
            self._groups.setdefault(key, [first]).append(row)

    def large(self) -> Iterator[list[tuple[int, int]]]:
        """The groups that may hold a run, of event and claim; texts of one hash that differ are one group."""
        for group in self._groups.values():
            if len(group) >= _SHORTEST:
                yield [(row >> _SHIFT, (row & _MASK) - 1) for row in group]


def _collect(timeline: Timeline) -> tuple[_Groups, _Groups, dict[int, int]]:
    """Events by their titles and claims by their quotes, and the first event of each day."""
    titles, quotes = _Groups(), _Groups()
    days: dict[int, int] = {}
    for position, event in enumerate(timeline.events):
        found = _start_of(event.when)
        if found is not None:
            titles.add(event.title, position, -1)
            if not found[0]:
                days.setdefault(found[1], position)
        for number, claim in enumerate(event.claims):
            if claim.quote is not None:
                quotes.add(claim.quote, position, number)
    return titles, quotes, days


def _key(text: str) -> bytes:
    """A text without its digits; bytes lose them four times as fast as text does."""
    return text.encode().translate(None, b"0123456789")


def _dated(timeline: Timeline, group: list[tuple[int, int]]) -> dict[bool, list[_Row]]:
    """The rows of a group that have a day, and those that have a year."""
    rows: dict[bool, list[_Row]] = {False: [], True: []}
    key = _key(_text_of(timeline, *group[0]))
    for position, number in group:
        event = timeline.events[position]
        found = _start_of(event.when if number < 0 else event.claims[number].when or event.when)
        if found is not None and _key(_text_of(timeline, position, number)) == key:
            rows[found[0]].append(_Row(found[1], position, number))
    return rows


def _text_of(timeline: Timeline, position: int, number: int) -> str:
    """The title of an event, or the quote of its claim."""
    event = timeline.events[position]
    return event.title if number < 0 else event.claims[number].quote or ""


def _start_of(when: When | None) -> tuple[bool, int] | None:
    """Whether it is a whole year, and its first day; None if it is neither a day nor a year."""
    if when is None:
        return None
    day = when.ordinal
    if day is not None:
        return False, day
    stretch = when.stretch()
    if stretch is None or stretch[1] - stretch[0] < 365 * DAY_SECONDS:
        return None
    return True, stretch[0] // DAY_SECONDS


def _of_text(
    timeline: Timeline, rows: list[_Row], name: str, seen: set[tuple[int, ...]], *, is_year: bool
) -> Iterator[Finding]:
    """Runs of one text: days or years that follow each other."""
    first_of_day: dict[int, _Row] = {}
    for row in rows:  # in the editor's order
        first_of_day.setdefault(row.start, row)
    if len(first_of_day) < _SHORTEST:
        return
    ordered = [first_of_day[start] for start in sorted(first_of_day)]
    numbers = {row.start: _numbers(timeline, row) for row in ordered}
    what = "years" if is_year else "days"
    if not is_year:
        for run in _runs(ordered, numbers, days_only=True):
            yield from _report(timeline, run, seen, (name,), f"the same {name} on {len(run)} {what} in a row")
    by_day: defaultdict[tuple[int, int], list[_Row]] = defaultdict(list)
    for row in ordered:
        day = from_ordinal(row.start)
        by_day[day.month, day.day].append(row)
    for same in by_day.values():
        if len(same) >= _SHORTEST:
            for run in _runs(same, numbers, days_only=False):
                where = "in" if is_year else "on the same day of"
                yield from _report(timeline, run, seen, (name,), f"the same {name} {where} {len(run)} years in a row")


def _numbers(timeline: Timeline, row: _Row) -> tuple[int, ...]:
    return tuple(map(int, _NUMBER.findall(_text_of(timeline, row.position, row.claim))))


def _runs(rows: list[_Row], numbers: dict[int, tuple[int, ...]], *, days_only: bool) -> Iterator[list[_Row]]:
    """The stretches of rows each of which comes a day (or a year) after the one before, and counts on from it."""
    run: list[_Row] = []
    for row in rows:
        if run and not (
            _follows(run[-1].start, row.start, days_only=days_only)
            and _counts_on(numbers[run[-1].start], numbers[row.start], run[-1].start, row.start)
        ):
            if len(run) >= _SHORTEST:
                yield run
            run = []
        run.append(row)
    if len(run) >= _SHORTEST:
        yield run


def _follows(before: int, after: int, *, days_only: bool) -> bool:
    if days_only:
        return after - before == 1
    # The rows have the same month and day already.
    return from_ordinal(after).year - from_ordinal(before).year == 1


def _counts_on(before: tuple[int, ...], after: tuple[int, ...], day: int, next_day: int) -> bool:
    """Whether numbers stay, count up by one, or are those of the date."""
    if before == after:
        return True
    if len(before) != len(after):
        return False
    old, new = from_ordinal(day), from_ordinal(next_day)
    parts = {(old.year, new.year), (old.month, new.month), (old.day, new.day)}
    return all(a == b or b - a == 1 or (a, b) in parts for a, b in zip(before, after, strict=True))


def _of_days(timeline: Timeline, days: dict[int, int], seen: set[tuple[int, ...]]) -> Iterator[Finding]:
    """Runs of one day of the year in years that follow each other, whatever the text."""
    by_day: defaultdict[tuple[int, int], list[_Row]] = defaultdict(list)
    per_year: defaultdict[int, int] = defaultdict(int)
    for start in sorted(days):
        day = from_ordinal(start)
        per_year[day.year] += 1
        by_day[day.month, day.day].append(_Row(start, days[start], -1))
    for (month, number), rows in by_day.items():
        if len(rows) < _SHORTEST:
            continue
        for run in _runs(rows, defaultdict(tuple), days_only=False):
            years = [from_ordinal(row.start).year for row in run]
            if sum(per_year[year] for year in years) > _DENSE * 365 * len(years):
                continue
            words = f"{number} {MONTHS[month - 1]} of {len(run)} years in a row"
            yield from _report(timeline, run, seen, (), words)


def _report(
    timeline: Timeline, run: list[_Row], seen: set[tuple[int, ...]], name: tuple[str, ...], words: str
) -> Iterable[Finding]:
    """One finding of a run, at its second event."""
    events = tuple(row.position for row in run)
    if events in seen:
        return
    seen.add(events)
    second = run[1]
    event = timeline.events[second.position]
    first, last = (timeline.events[row.position].id for row in (run[0], run[-1]))
    if not name:
        path = date_path(event, second.position)
    elif second.claim < 0:
        path = ("events", second.position, *name)
    else:
        path = ("events", second.position, "claims", second.claim, *name)
    yield Finding(
        message=f"found {words}, from {first} to {last}, as if cells were filled by dragging; expected stated dates",
        event_id=event.id,
        path=path,
    )
