"""What a date is made of: a unit of some grain, or a range of units."""

from __future__ import annotations

from enum import IntEnum, StrEnum

import attrs

from timeline.when._calendar import to_ordinal


class Kind(StrEnum):
    """The four kinds of date; two dates of equal bounds may differ in kind."""

    POINT = "point"
    """One unit of its grain, somewhere in a window: ``2024-08``."""
    SPAN = "span"
    """Begins in one window and ends in another: ``1964/2008``."""
    ONE_OF = "one-of"
    """Once, at one of the members: ``[2025-01..]``."""
    ALL_OF = "all-of"
    """At every member: ``{1960,1961-12}``."""


class Grain(IntEnum):
    """How fine a unit is, from coarse to fine."""

    YEAR = 1
    SEASON = 2
    MONTH = 3
    DAY = 4


class Qualifier(StrEnum):
    """How sure a source is of a date (EDTF level 1, "qualification")."""

    NONE = ""
    UNCERTAIN = "?"
    APPROXIMATE = "~"
    BOTH = "%"


class Bound(StrEnum):
    """What stands at an end of a date that is not itself a date.

    ``OPEN`` (written ``..``) says there is no bound, or none that matters;
    ``UNKNOWN`` (written as nothing) says there is one and nobody knows it.
    """

    OPEN = ".."
    UNKNOWN = ""


# First month and number of months of each sub-year code (ISO 8601-2:2019, 4.8).
# 21-32 are seasons, given here in their meteorological months; 24 and 30 run
# into the next year. 33-41 are quarters, quadrimesters and semestrals, which
# the standard fixes.
_SEASON_MONTHS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip

SEASON_CODES = frozenset(_SEASON_MONTHS)


@attrs.frozen
class Unit:
    """One year, season, month or day.

    Attributes:
        year: Astronomical year; 0 is 1 BC.
        month: 1 to 12, or a season code 21 to 41, or None for a whole year.
        day: 1 to 31, or None for a whole month, season or year.
        qualifier: How sure the source is of it.
    """

    year: int
    month: int | None = None
    day: int | None = None
    qualifier: Qualifier = Qualifier.NONE

    @property
    def grain(self) -> Grain:
        """How fine the unit is."""
        if self.day is not None:
            return Grain.DAY
        if self.month is None:
            return Grain.YEAR
        return Grain.MONTH if self.month <= 12 else Grain.SEASON

    @property
    def window(self) -> tuple[int, int]:
        """First day of the unit and first day after it, as ordinals."""
        if self.day is not None:
            assert self.month is not None
            first = to_ordinal(self.year, self.month, self.day)
            return first, first + 1
        if self.month is None:
            month, months = 1, 12
        elif self.month <= 12:
            month, months = self.month, 1
        else:
            month, months = _SEASON_MONTHS[self.month]
        return to_ordinal(self.year, month, 1), to_ordinal(self.year, month + months, 1)

    def __str__(self) -> str:
        """The unit in EDTF."""
        text = f"{'-' if self.year < 0 else ''}{abs(self.year):04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text + self.qualifier


@attrs.frozen
class Range:
    """The consecutive units of one grain from ``first`` to ``last``, in a set."""

    first: Unit | Bound
    last: Unit | Bound

    @property
    def window(self) -> tuple[int | Bound, int | Bound]:
        """First day of the range and first day after it, as ordinals."""
        first, last = self.first, self.last
        return (
            first if isinstance(first, Bound) else first.window[0],
            last if isinstance(last, Bound) else last.window[1],
        )

    def __str__(self) -> str:
        """The range in EDTF, such as ``2025-01..``."""
        first, last = ("" if isinstance(end, Bound) else str(end) for end in (self.first, self.last))
        return f"{first}..{last}"


Part = Unit | Range | Bound
