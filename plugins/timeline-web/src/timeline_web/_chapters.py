"""Parts a long timeline into chapters that a browser draws at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from timeline.labels import Label
from timeline.when import Bound, Kind, When, from_ordinal, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline.labels import Labels
    from timeline.model import Event, Status, Timeline
    from timeline.when import Unit

MOST = 150
"""How many events a chapter has at most."""

_Key = tuple[int, ...]


@attrs.frozen(kw_only=True)
class Chapter:
    """A part of a timeline.

    Attributes:
        id: Its name in addresses.
        label: Its name in words.
        events: Its events, in order.
        days: Its first day and the one after its last, as ordinals; None for one that is not of a time.
    """

    id: str
    label: str
    events: tuple[Event, ...]
    days: tuple[int, int] | None = None


def place_of(when: When | None) -> tuple[int, int] | None:
    """The days, first and last, of the unit of time at which a date stands in a chronology; None if it has none.

    It is the first that the date names: a year for ``2024`` and ``2024/..``, and no day of it; or the last, where
    nothing says from when on.
    """
    if when is None:
        return None
    start, end = when.window
    if isinstance(start, Bound) and isinstance(end, Bound):
        return None
    known = [unit.window for unit in map(_alone, when.units) if not any(isinstance(day, Bound) for day in unit.window)]
    places = [(int(numbers((first, 0))[0]), int(numbers((0, after))[1]) - 1) for first, after in known]
    if not places:
        return None
    return max(places) if isinstance(start, Bound) else min(places)


def _alone(unit: Unit) -> When:
    return When(Kind.POINT, (attrs.evolve(unit, clock=None),))


def in_order(timeline: Timeline) -> tuple[Event, ...]:
    """The events by the day on which they begin or may have begun, as far as anybody knows; undated ones last."""
    places = [(place_of(event.when), event) for event in timeline.in_order]
    dated = [(place, event) for place, event in places if place is not None]
    # A decade stands before its first year.
    dated.sort(key=lambda entry: (entry[0][0], -entry[0][1]))
    return (*(event for _, event in dated), *(event for place, event in places if place is None))


def chapters(events: Sequence[Event], by: str, statuses: Mapping[str, Status], labels: Labels) -> tuple[Chapter, ...]:
    """The chapters of a timeline, in order; one if it is short or is not to be parted.

    Args:
        events: Its events, in order.
        by: ``auto``, ``year``, ``month``, ``tag``, ``status`` or ``none``.
        statuses: What each event is, by its id.
        labels: The language of the labels.
    """
    if by == "none" or not events or (by == "auto" and len(events) <= MOST):
        return (Chapter(id="all", label=labels.text(Label.EVENTS), events=tuple(events)),)
    if by == "tag":
        return tuple(_by_word(events, "tag", lambda event: next(iter(event.tags), ""), labels))
    if by == "status":
        return tuple(_by_word(events, "status", lambda event: labels.status(statuses[event.id]), labels))
    return tuple(_by_time(events, by, labels))


def _by_word(events: Sequence[Event], name: str, word: Callable[[Event], str], labels: Labels) -> Iterator[Chapter]:
    groups: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        groups[word(event)].append(event)
    for number, (label, members) in enumerate(groups.items(), 1):
        yield from _parts(f"{name}-{number}", label or labels.text(Label.OTHER), members)


def _parts(id: str, label: str, events: Sequence[Event], days: tuple[int, int] | None = None) -> Iterator[Chapter]:
    """One chapter, or as many as it takes for what nothing else parts."""
    parts = [tuple(events[start : start + MOST]) for start in range(0, len(events), MOST)]
    for number, part in enumerate(parts, 1):
        suffix, words = ("", "") if len(parts) == 1 else (f"-part-{number}", f" ({number}/{len(parts)})")
        yield Chapter(id=f"{id}{suffix}", label=f"{label}{words}", events=part, days=days)


_CENTURY, _DECADE, _YEAR, _MONTH, _DAY = range(5)
_LENGTHS = {_CENTURY: 100, _DECADE: 10}
# EDTF has months and days of years of four digits only.
_LAST_FINE_YEAR = 9999


@attrs.frozen(kw_only=True)
class _Placed:
    """An event with the first and last day of where it stands."""

    days: tuple[int, int]
    event: Event


@attrs.frozen(kw_only=True)
class _Bucket:
    """Events of one or more neighbouring units of time, with the first and the last of these."""

    first: _Key
    last: _Key
    level: int
    events: list[_Placed]


def _by_time(events: Sequence[Event], by: str, labels: Labels) -> Iterator[Chapter]:
    places = [(place_of(event.when), event) for event in events]
    dated = [_Placed(days=days, event=event) for days, event in places if days is not None]
    undated = [event for days, event in places if days is None]
    level = {"auto": _CENTURY, "year": _YEAR, "month": _MONTH}[by]
    buckets = _split(dated, level)
    taken: set[str] = set()
    for bucket in _joined(buckets) if by == "auto" else buckets:
        first, last = _units(bucket)
        days = int(numbers(_when(first).window)[0]), int(numbers(_when(last).window)[1])
        members = [placed.event for placed in bucket.events]
        id = _id(first, last)
        # Dates of a whole decade, and those of years in it, may span the same years.
        number = next(number for number in range(1, len(taken) + 2) if f"{id}-{number}" not in taken)
        taken.add(f"{id}-{number}")
        yield from _parts(id if number == 1 else f"{id}-{number}", _label(first, last, labels), members, days)
    if undated:
        yield from _parts("undated", labels.text(Label.UNDATED), undated)


def _split(events: Sequence[_Placed], level: int) -> Iterator[_Bucket]:
    """Buckets of one unit of time each, with at most `MOST` events if a finer unit parts them.

    What is of a year is in no month of it: it stands in the bucket of the year.
    """
    groups: dict[tuple[int, _Key], list[_Placed]] = {}
    for placed in events:
        fine = min(level, _finest(placed.days[0]))
        while fine > _CENTURY and _key(placed.days[0], fine) != _key(placed.days[1], fine):
            fine -= 1
        groups.setdefault((fine, _key(placed.days[0], fine)), []).append(placed)
    for (fine, key), members in groups.items():
        if len(members) > MOST and fine == level < _finest(members[0].days[0]):
            yield from _split(members, fine + 1)
        else:
            yield _Bucket(first=key, last=key, level=fine, events=members)


def _joined(buckets: Iterable[_Bucket]) -> Iterator[_Bucket]:
    """Neighbours of one level that fit into one."""
    last: _Bucket | None = None
    for bucket in buckets:
        if last is None:
            last = bucket
        elif last.level == bucket.level and len(last.events) + len(bucket.events) <= MOST:
            last = attrs.evolve(last, last=bucket.last, events=last.events + bucket.events)
        else:
            yield last
            last = bucket
    if last is not None:
        yield last


def _key(day: int, level: int) -> _Key:
    date = from_ordinal(day)
    if level == _CENTURY:
        return (date.year // 100,)
    if level == _DECADE:
        return (date.year // 10,)
    return (date.year, date.month, date.day)[: level - 1]


def _units(bucket: _Bucket) -> tuple[_Key, _Key]:
    """The first and the last unit as years, months or days: of decades and centuries, the years that have events."""
    if bucket.level not in _LENGTHS:
        return bucket.first, bucket.last
    years = [from_ordinal(day).year for placed in bucket.events for day in placed.days]
    return (min(years),), (max(years),)


def _label(first: _Key, last: _Key, labels: Labels) -> str:
    words = [_when(unit).humanize(labels.language) for unit in ((first,) if first == last else (first, last))]
    return " \N{EN DASH} ".join(words)


def _when(unit: _Key) -> When:
    """A year, a month or a day as a date."""
    if len(unit) == 1:
        return When.of(unit[0])
    year, *rest = unit
    return When.parse("-".join([f"{year:0{5 if year < 0 else 4}}", *(f"{part:02}" for part in rest)]))


def _finest(day: int) -> int:
    return _DAY if abs(from_ordinal(day).year) < _LAST_FINE_YEAR else _YEAR


def _id(first: _Key, last: _Key) -> str:
    return _name(first) if first == last else f"{_name(first)}_{_name(last)}"


def _name(unit: Iterable[int]) -> str:
    year, *rest = unit
    # A name that began with "-" would be taken for an option.
    text = f"{year:04}" if year > 0 else f"bc{1 - year:04}"
    return "-".join([text, *(f"{part:02}" for part in rest)])
