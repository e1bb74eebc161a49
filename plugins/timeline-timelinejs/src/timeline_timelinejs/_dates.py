"""Where TimelineJS draws a date, and what of it that drawing does not say."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from timeline.formats import Feature
from timeline.when import Bound, Grain, Kind, Range, Unit, When, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.when import Part

    TLDate = dict[str, int | str]
    Hull = tuple[tuple[int, ...], tuple[int, ...]]

_KEYS = ("year", "month", "day")
_KEPT = {Grain.YEAR: 1, Grain.SEASON: 2, Grain.MONTH: 2, Grain.DAY: 3, Grain.SECOND: 3}


# TimelineJS counts years as historians do: 1 BC is -1, not 0. Its days are those of JavaScript, which end
# 100,000,000 days from 1970. It draws the axis far beyond the first date: from here on back, days would
# put hundreds of "NaN" on it, and years alone do not; after it, it is the other way round.
EARLIEST_YEAR = -99_999
LATEST_YEAR = 275_759
# So far back that scale has a mark each 100,000,000 years, and no coarser ones.
_EARLIEST_MARKED_YEAR = -100_000_000_000
_FIRST_DAY = numbers(When.parse(f"Y{EARLIEST_YEAR + 1}").window)[0]


class Scale(StrEnum):
    """How TimelineJS counts, on all slides alike."""

    HUMAN = "human"
    """In days."""
    COSMOLOGICAL = "cosmological"
    """In years."""


def scale_of(whens: Iterable[When]) -> Scale:
    """The scale that dates need: days, unless one of them lies beyond those of a browser."""
    return Scale.COSMOLOGICAL if any(map(_is_cosmological, whens)) else Scale.HUMAN


def _is_cosmological(when: When) -> bool:
    start, end = when.window
    known = end if isinstance(start, Bound) else start
    if not isinstance(known, Bound) and known > _FIRST_DAY:
        return False
    first = drawing(hull_of(when), Scale.COSMOLOGICAL).get("start_date")
    return first is not None and int(first["year"]) < EARLIEST_YEAR


def drawing(hull: Hull, scale: Scale = Scale.HUMAN) -> dict[str, TLDate]:
    """``start_date`` and, if the date is longer than one unit, ``end_date``; nothing if TimelineJS cannot draw it.

    They bound when the event may be. A start is as fine as it is stated; an end as
    fine as the finer of the two, or a year could end before a month in it begins.
    """
    start, end = hull
    if scale is Scale.COSMOLOGICAL:
        start, end = start[:1], end[:1]
    earliest = EARLIEST_YEAR if scale is Scale.HUMAN else _EARLIEST_MARKED_YEAR
    if not earliest <= start[0] <= LATEST_YEAR:
        return {}
    if end == start or end[0] > LATEST_YEAR:
        return {"start_date": _date(start)}
    # TimelineJS drops an end that agrees in every key that the start has: so the start has all.
    keys = 1 if scale is Scale.COSMOLOGICAL else len(_KEYS)
    return {"start_date": _date(start, keys=keys), "end_date": _date(end)}


def hull_of(when: When) -> Hull:
    """Year, month and day, as far as they are told, of where a date begins and ends: the same if it is one unit."""
    first, last = _ends(when)
    # A set may be open at both ends: it is drawn where the first unit that it names begins.
    if when.end_bound is not None:
        start = _parts(first, 0, first.grain)
        return start, start
    if when.start_bound is not None:
        end = _parts(last, 1, last.grain)
        return end, end
    return _parts(first, 0, first.grain), _parts(last, 1, max(first.grain, last.grain, key=_KEPT.__getitem__))


def undrawable(hull: Hull, scale: Scale) -> str:
    """Why TimelineJS cannot draw a date, in words."""
    if hull[0][0] > LATEST_YEAR:
        return f"TimelineJS draws nothing after the year {LATEST_YEAR:,}"
    if scale is Scale.HUMAN:
        return f"TimelineJS draws no day before {-EARLIEST_YEAR:,} BC"
    return f"TimelineJS draws nothing before {-_EARLIEST_MARKED_YEAR:,} BC"


def shortcomings(when: When, hull: Hull, scale: Scale = Scale.HUMAN) -> Iterator[tuple[Feature, str]]:
    """What the drawing says otherwise than the date does; the words on the slide say it right."""
    yield from _of_scale(hull[1], scale)
    in_years = "drawn at its year: a timeline of such distant years is drawn in years"
    is_one = hull[0] == hull[1]
    if Grain.SEASON in when.grains:
        yield Feature.SEASONS, in_years if scale is Scale.COSMOLOGICAL else "drawn as the months of the season"
    if Grain.SECOND in when.grains:
        yield Feature.TIMES, "drawn on the day: nothing shows the time" if scale is Scale.HUMAN else in_years
    if any(not unit.is_specified or unit.significant for unit in when.units):
        yield Feature.UNSPECIFIED, "drawn as if it lasted from its first possible date to its last"
    if when.kind is Kind.SPAN and not is_one and _KEPT[when.units[-1].grain] < _KEPT[when.units[0].grain]:
        yield Feature.PRECISION, "its end is drawn on the last day or month that it may be"
    if when.end_bound is not None and when.start_bound is None:
        yield Feature.OPEN_ENDS, "drawn at its first date alone: nothing shows that it has no last one"
    elif when.end_bound is None and when.start_bound is not None:
        yield Feature.OPEN_ENDS, "drawn at its last date alone: nothing shows that it has no first one"
    elif when.end_bound is not None:
        yield Feature.OPEN_ENDS, "drawn at one of its dates: nothing shows that both of its ends are open"
    if when.kind in (Kind.ONE_OF, Kind.ALL_OF) and _is_several(when.parts):
        possible = "possible " if when.kind is Kind.ONE_OF else ""
        yield (
            Feature.SETS,
            "drawn at one of its dates alone"
            if is_one
            else f"drawn as if it lasted from its first {possible}date to its last",
        )


def _of_scale(last: tuple[int, ...], scale: Scale) -> Iterator[tuple[Feature, str]]:
    if last[0] > LATEST_YEAR:
        yield Feature.DISTANT_YEARS, f"drawn at its first date alone: nothing is drawn after the year {LATEST_YEAR:,}"
    if scale is Scale.COSMOLOGICAL and len(last) > 1:
        yield Feature.PRECISION, "drawn at its year: a timeline of such distant years is drawn in years"


def _is_several(parts: tuple[Part, ...]) -> bool:
    """Whether a set has more members than one that it states."""
    if len(parts) > 1:
        return True
    part = parts[0]
    return isinstance(part, Range) and part.first != part.last and Bound.OPEN not in (part.first, part.last)


def _ends(when: When) -> tuple[Unit, Unit]:
    """The first and the last unit that a date names."""
    units = when.units
    if when.kind in (Kind.POINT, Kind.SPAN):
        return units[0], units[-1]
    return min(units, key=lambda unit: _point(unit).sort_key), max(units, key=_end)


def _point(unit: Unit) -> When:
    """The day or more that a unit is, without a time of day."""
    return When(Kind.POINT, (attrs.evolve(unit, clock=None),))


def _end(unit: Unit) -> int:
    end = _point(unit).window[1]
    assert isinstance(end, int)
    return end


def _parts(unit: Unit, side: int, grain: Grain) -> tuple[int, ...]:
    """Year (without a year 0), month and day of the first (side 0) or last (side 1) day of a unit, down to a grain."""
    if unit.grain is grain and grain is not Grain.SEASON and unit.is_specified and not unit.significant:
        year, *rest = (int(part) for part in (unit.year, unit.month, unit.day) if part is not None)
        return (_numbered(year), *rest)
    point = _point(unit)
    day = (point.earliest, point.latest)[side]
    assert day is not None
    return (_numbered(day.year), day.month, day.day)[: _KEPT[grain]]


def _numbered(year: int) -> int:
    """A year as historians count it."""
    return year if year > 0 else year - 1


def _date(parts: tuple[int, ...], *, keys: int = 0) -> TLDate:
    """A date of TimelineJS; of the first so many keys, those beyond its parts are there, but empty."""
    values: list[int | str] = [*parts]
    values += [""] * (keys - len(values))
    return dict(zip(_KEYS, values, strict=False))
