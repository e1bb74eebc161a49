"""How far "about" and "uncertain" reach: only as far as somebody says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline.when._parts import Grain, Qualifier, Unit
from timeline.when._units import (
    DAYS,
    MONTHS,
    YEARS,
    Run,
    days_of,
    joined,
    matching,
    months_of,
    runs_of,
    seasons,
    years_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.when._seasons import SeasonTable


def _count(_owner: object, field: attrs.Attribute[int], value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        message = f"found {value!r} for {field.name}, expected a whole number, 0 or more"
        raise ValueError(message)


_MAX_STEPS = 10_000  # every one of them is gone through


@attrs.frozen(kw_only=True)
class Margin:
    """How many units a date may be off, to either side.

    Attributes:
        years: For a year, or the year of a date.
        seasons: For a season, a quarter and the like.
        months: For a month, or the month of a date.
        days: For a day.
    """

    years: int = attrs.field(default=0, validator=_count)
    seasons: int = attrs.field(default=0, validator=_count)
    months: int = attrs.field(default=0, validator=_count)
    days: int = attrs.field(default=0, validator=_count)


@attrs.frozen(kw_only=True)
class Widening:
    """What the qualifiers are taken to mean; EDTF gives them no width.

    A qualifier moves the finest part that it stands on: with ``approximate=Margin(years=5,
    months=1)``, ``1850~`` is one of 1845 to 1855, ``1850-06~`` one of May to July 1850, and
    ``1850~-06`` the June of one of eleven years.

    Attributes:
        approximate: For ``~``.
        uncertain: For ``?``. ``%`` takes the larger of the two.
    """

    approximate: Margin = attrs.field(default=Margin(), validator=attrs.validators.instance_of(Margin))
    uncertain: Margin = attrs.field(default=Margin(), validator=attrs.validators.instance_of(Margin))

    def reach(self, unit: Unit) -> tuple[int, int, int]:
        """How far the year, the season or month, and the day of a unit may be off."""
        reach = [0, 0, 0]
        for margin, qualifier in ((self.approximate, Qualifier.APPROXIMATE), (self.uncertain, Qualifier.UNCERTAIN)):
            marked = [at for at, mark in enumerate(unit.marks) if mark in (qualifier, Qualifier.BOTH)]
            if marked:
                at = marked[-1]
                widths = (margin.years, margin.seasons if unit.is_season else margin.months, margin.days)
                reach[at] = max(reach[at], widths[at])
        return reach[0], reach[1], reach[2]


def widened(unit: Unit, policy: Widening, table: SeasonTable) -> Iterable[Run]:
    """The units that a unit may be, in order, if its qualifiers reach as far as a policy says."""
    years, months, days = policy.reach(unit)
    if not (years or months or days):
        return runs_of(unit, table)
    if unit.grain is Grain.YEAR:
        return joined(YEARS, _spread(years_of(unit), years, 1))
    if unit.grain is Grain.SEASON:
        assert isinstance(unit.month, int)
        scale = seasons(table, unit.month)
        numbers: Iterator[tuple[int, int]] = ((run.first or 0, run.last or 0) for run in runs_of(unit, table))
        per_year = scale.number(1, unit.month) - scale.number(0, unit.month)
        return joined(scale, _spread(_spread(numbers, years, per_year), months, 1))
    numbers = _spread(_spread(months_of(unit), years, 12), months, 1)
    if unit.day is None:
        return joined(MONTHS, numbers)
    return joined(DAYS, _spread(days_of(numbers, matching(unit.day, 31)), days, 1))


def _spread(pairs: Iterable[tuple[int, int]], width: int, step: int) -> Iterator[tuple[int, int]]:
    """Runs of numbers and the same moved by up to ``width`` steps, in order and joined."""
    if not width:
        return iter(pairs)
    if step == 1:
        moved = [(first - width, last + width) for first, last in pairs]
    else:
        if width > _MAX_STEPS:
            message = (
                f"found a margin of {width:,}, expected at most {_MAX_STEPS:,} years or months for a part of a date"
            )
            raise ValueError(message)
        reach = range(-width * step, width * step + 1, step)
        moved = [(first + by, last + by) for first, last in pairs for by in reach]
    return ((run.first or 0, run.last or 0) for run in joined(YEARS, sorted(moved)))
