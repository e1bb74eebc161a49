"""What a date is made of: a unit of some grain, or a range of units."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple

import attrs


class Kind(StrEnum):
    """The four kinds of date; two dates of equal bounds may differ in kind."""

    POINT = "point"
    """One unit of its grain, somewhere in a window: ``2024-08``, ``198X``."""
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
    SECOND = 5


class Qualifier(StrEnum):
    """How sure a source is of a date or of a part of it (EDTF level 1 and 2, "qualification")."""

    NONE = ""
    UNCERTAIN = "?"
    APPROXIMATE = "~"
    BOTH = "%"

    def __or__(self, other: Qualifier) -> Qualifier:
        """Both of two qualifiers at once."""
        if self == other or not other:
            return self
        return Qualifier.BOTH if self else other


class Bound(StrEnum):
    """What stands at an end of a date that is not itself a date.

    ``OPEN`` (written ``..``) says there is no bound, or none that matters;
    ``UNKNOWN`` (written as nothing) says there is one and nobody knows it.
    """

    OPEN = ".."
    UNKNOWN = ""


class Clock(NamedTuple):
    """A time of day, as a source gives it.

    Attributes:
        hour: 0 to 23.
        minute: 0 to 59.
        second: 0 to 59.
        offset: Minutes ahead of UTC; None if the zone is not given.
    """

    hour: int
    minute: int
    second: int
    offset: int | None = None

    @property
    def zone(self) -> str:
        """The offset as it is written: ``Z``, ``-04:00`` or nothing."""
        if not self.offset:
            return "" if self.offset is None else "Z"
        hours, minutes = divmod(abs(self.offset), 60)
        return f"{'-' if self.offset < 0 else '+'}{hours:02}:{minutes:02}"

    def __str__(self) -> str:
        return f"{self.hour:02}:{self.minute:02}:{self.second:02}{self.zone}"


Marks = tuple[Qualifier, Qualifier, Qualifier]
NO_MARKS: Marks = (Qualifier.NONE,) * 3

# Consecutive seasons of one kind in the order of the year (ISO 8601-2:2019, 4.8); the
# southern ones begin in autumn, for their spring and summer come late in the year.
SEASON_SERIES = (
    (21, 22, 23, 24),
    (25, 26, 27, 28),
    (31, 32, 29, 30),
    (33, 34, 35, 36),
    (37, 38, 39),
    (40, 41),
)
SEASON_CODES = frozenset(code for series in SEASON_SERIES for code in series)

MAX_YEAR_DIGITS = 1000
"""A year has no more digits than this: ``Y17E2000000000`` would fill the memory."""
_WRITTEN_OUT = 18  # digits of a year; longer ones that end in zeros are written with an exponent


@attrs.frozen
class Unit:
    """One year, season, month, day or second, or one that some digits leave open.

    Attributes:
        year: Astronomical year (0 is 1 BC), or its digits with ``X`` for those not
            specified, such as ``198X``.
        month: 1 to 12, a season code 21 to 41, digits with ``X``, or None for a whole year.
        day: 1 to 31, digits with ``X``, or None for a whole month, season or year.
        marks: How sure the source is of the year, the month and the day.
        clock: The time of day, or None for a whole day or more.
        significant: How many digits of the year are significant (``S``), or None.
    """

    year: int | str
    month: int | str | None = None
    day: int | str | None = None
    marks: Marks = NO_MARKS
    clock: Clock | None = None
    significant: int | None = None

    @property
    def grain(self) -> Grain:
        """How fine the unit is."""
        if self.day is not None:
            return Grain.DAY if self.clock is None else Grain.SECOND
        if self.month is None:
            return Grain.YEAR
        return Grain.SEASON if self.is_season else Grain.MONTH

    @property
    def is_season(self) -> bool:
        """Whether the unit is a season, a quarter or another part of a year."""
        return isinstance(self.month, int) and self.month > 12

    @property
    def is_specified(self) -> bool:
        """Whether every digit is known."""
        return not (isinstance(self.year, str) or isinstance(self.month, str) or isinstance(self.day, str))

    @property
    def is_certain(self) -> bool:
        """Whether it is one unit and nothing of it is in doubt."""
        return self.is_specified and self.marks == NO_MARKS and self.significant is None

    @property
    def qualifier(self) -> Qualifier:
        """How sure the source is of the unit as a whole: of its parts, taken together."""
        year, month, day = self.marks
        return year | month | day

    @property
    def components(self) -> int:
        """How many of year, month and day it has."""
        return 1 + (self.month is not None) + (self.day is not None)

    def __str__(self) -> str:
        """The unit in canonical EDTF.

        The same qualifier on the year and what follows it stands once, to the right of the
        last of them ("group qualification"); any other stands left of what it qualifies.
        """
        texts = [_year_text(self.year)]
        if self.significant is not None:
            texts[0] += f"S{self.significant}"
        texts += [
            f"{part:02}" if isinstance(part, int) else part for part in (self.month, self.day) if part is not None
        ]
        if self.marks != NO_MARKS:
            count = len(texts)
            group = (
                next((at for at in range(1, count) if self.marks[at] != self.marks[0]), count) if self.marks[0] else 0
            )
            for at in range(group, count):
                texts[at] = self.marks[at] + texts[at]
            if group:
                texts[group - 1] += self.marks[0]
        text = "-".join(texts)
        return text if self.clock is None else f"{text}T{self.clock}"


def _year_text(year: int | str) -> str:
    if isinstance(year, str):
        return year
    sign = "-" if year < 0 else ""
    digits = str(abs(year))
    if len(digits) <= 4:
        return f"{sign}{digits:0>4}"
    if len(digits) > _WRITTEN_OUT:
        kept = digits.rstrip("0")
        if len(kept) < len(digits):
            digits = f"{kept}E{len(digits) - len(kept)}"
    return f"Y{sign}{digits}"


@attrs.frozen
class Range:
    """The consecutive units of one grain from ``first`` to ``last``, in a set."""

    first: Unit | Bound
    last: Unit | Bound

    def __str__(self) -> str:
        """The range in EDTF, such as ``2025-01..``."""
        first, last = ("" if isinstance(end, Bound) else str(end) for end in (self.first, self.last))
        return f"{first}..{last}"


Part = Unit | Range | Bound
