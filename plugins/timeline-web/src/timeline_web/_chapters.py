"""Parts a long timeline into chapters that a browser draws at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from timeline.labels import Label
from timeline.when import Bound, When, from_ordinal, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from timeline.labels import Labels
    from timeline.model import Event, Status

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


def day_of(when: When | None) -> int | None:
    """The ordinal of the day at which a date stands in a chronology; None if it has none."""
    if when is None:
        return None
    start, end = when.window
    if not isinstance(start, Bound):
        return start
    return None if isinstance(end, Bound) else end - 1


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
class _Bucket:
    """Events of one or more neighbouring units of time, with the first and the last of these."""

    first: _Key
    last: _Key
    level: int
    events: list[tuple[int, Event]]


def _by_time(events: Sequence[Event], by: str, labels: Labels) -> Iterator[Chapter]:
    dated = [(day, event) for event in events if (day := day_of(event.when)) is not None]
    undated = [event for event in events if day_of(event.when) is None]
    level = {"auto": _CENTURY, "year": _YEAR, "month": _MONTH}[by]
    buckets = _split(dated, level)
    for bucket in _joined(buckets) if by == "auto" else buckets:
        days = _first_day(bucket.first, bucket.level), _first_day(_after(bucket.last, bucket.level), bucket.level)
        members = [event for _, event in bucket.events]
        yield from _parts(_id(bucket), _label(bucket, labels), members, days)
    if undated:
        yield from _parts("undated", labels.text(Label.UNDATED), undated)


def _split(events: Sequence[tuple[int, Event]], level: int) -> Iterator[_Bucket]:
    """Buckets of one unit of time each, with at most `MOST` events unless it is the finest."""
    groups: dict[tuple[int, _Key], list[tuple[int, Event]]] = {}
    for day, event in events:
        fine = min(level, _finest(day))
        groups.setdefault((fine, _key(day, fine)), []).append((day, event))
    for (fine, key), members in groups.items():
        if len(members) > MOST and fine < _finest(members[0][0]):
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


def _after(key: _Key, level: int) -> _Key:
    """The unit after one; of a day, the same: its end is found otherwise."""
    if level <= _YEAR:
        return (key[0] + 1,)
    if level == _MONTH:
        return (key[0] + key[1] // 12, key[1] % 12 + 1)
    date = from_ordinal(_first_day(key, level) + 1)
    return (date.year, date.month, date.day)


def _first_day(key: _Key, level: int) -> int:
    start, _ = numbers(_when((key[0] * _LENGTHS.get(level, 1), *key[1:])).window)
    return int(start)


def _units(bucket: _Bucket) -> tuple[_Key, _Key]:
    """The first and the last unit as years, months or days."""
    length = _LENGTHS.get(bucket.level)
    if length is None:
        return bucket.first, bucket.last
    return (bucket.first[0] * length,), (bucket.last[0] * length + length - 1,)


def _label(bucket: _Bucket, labels: Labels) -> str:
    first, last = _units(bucket)
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


def _id(bucket: _Bucket) -> str:
    first, last = (_name(unit) for unit in _units(bucket))
    return first if first == last else f"{first}_{last}"


def _name(unit: Iterable[int]) -> str:
    year, *rest = unit
    # A name that began with "-" would be taken for an option.
    text = f"{year:04}" if year > 0 else f"bc{1 - year:04}"
    return "-".join([text, *(f"{part:02}" for part in rest)])
