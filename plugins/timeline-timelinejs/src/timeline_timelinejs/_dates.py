"""Where TimelineJS draws a date, and what of it that drawing does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline.formats import Feature
from timeline.when import Bound, Grain, Kind, Range, Unit, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.when import Part

    TLDate = dict[str, int | str]

_KEYS = ("year", "month", "day")
_KEPT = {Grain.YEAR: 1, Grain.SEASON: 2, Grain.MONTH: 2, Grain.DAY: 3, Grain.SECOND: 3}


# The Date of JavaScript ends 100,000,000 days from 1970.
_MAX_YEAR = 270_000


def is_too_distant(when: When) -> bool:
    """Whether a date names a year that the browser has no date for."""
    named = [unit.year for unit in when.units if isinstance(unit.year, int)]
    touched = [day.year for day in (when.earliest, when.latest) if day is not None]
    return any(abs(year) > _MAX_YEAR for year in named + touched)


def drawing(when: When) -> dict[str, TLDate]:
    """``start_date`` and, if the date is longer than one unit, ``end_date``.

    They bound when the event may be. A start is as fine as it is stated; an end as
    fine as the finer of the two, or a year could end before a month in it begins.
    """
    first, last = _ends(when)
    # A set may be open at both ends: it is drawn where the first unit that it names begins.
    if when.end_bound is not None:
        return {"start_date": _date(_parts(first, 0, first.grain))}
    if when.start_bound is not None:
        return {"start_date": _date(_parts(last, 1, last.grain))}
    start = _parts(first, 0, first.grain)
    end = _parts(last, 1, max(first.grain, last.grain, key=_KEPT.__getitem__))
    if start == end:
        return {"start_date": _date(start)}
    # TimelineJS drops an end that agrees in every key that the start has: so the start has all.
    return {"start_date": _date(start, keys=len(_KEYS)), "end_date": _date(end)}


def shortcomings(when: When) -> Iterator[tuple[Feature, str]]:
    """What the drawing says otherwise than the date does; the words on the slide say it right."""
    if Grain.SEASON in when.grains:
        yield Feature.SEASONS, "drawn as the months of the season"
    if Grain.SECOND in when.grains:
        yield Feature.TIMES, "drawn on the day: nothing shows the time"
    if any(not unit.is_specified or unit.significant for unit in when.units):
        yield Feature.UNSPECIFIED, "drawn as if it lasted from its first possible date to its last"
    if when.end_bound is not None and when.start_bound is None:
        yield Feature.OPEN_ENDS, "drawn at its first date alone: nothing shows that it has no last one"
    elif when.end_bound is None and when.start_bound is not None:
        yield Feature.OPEN_ENDS, "drawn at its last date alone: nothing shows that it has no first one"
    elif when.end_bound is not None:
        yield Feature.OPEN_ENDS, "drawn at one of its dates: nothing shows that both of its ends are open"
    if when.kind is Kind.ONE_OF and _is_several(when.parts):
        yield Feature.SETS, "drawn as if it lasted from its first possible date to its last"
    elif when.kind is Kind.ALL_OF and _is_several(when.parts):
        yield Feature.SETS, "drawn as if it lasted from its first date to its last"


def _is_several(parts: tuple[Part, ...]) -> bool:
    """Whether a set has more members than one that it states."""
    if len(parts) > 1:
        return True
    part = parts[0]
    return isinstance(part, Range) and part.first != part.last and Bound.OPEN not in (part.first, part.last)


def _ends(when: When) -> tuple[Unit, Unit]:
    """The first and the last unit that a date names."""
    units = when.units
    if when.kind is Kind.SPAN:
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
    """Year, month and day of the first (side 0) or last (side 1) day of a unit, as far as a grain goes."""
    point = _point(unit)
    day = (point.earliest, point.latest)[side]
    assert day is not None
    return (day.year, day.month, day.day)[: _KEPT[grain]]


def _date(parts: tuple[int, ...], *, keys: int = 0) -> TLDate:
    """A date of TimelineJS; of the first so many keys, those beyond its parts are there, but empty."""
    year, *rest = parts
    # Its years before 1 are those of historians: 1 BC is -1, not 0.
    values: list[int | str] = [year if year > 0 else year - 1, *rest]
    values += [""] * (keys - len(values))
    return dict(zip(_KEYS, values, strict=False))
