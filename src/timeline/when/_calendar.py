"""The proleptic Gregorian calendar as plain integers, for any year.

`datetime.date` stops at the years 1 and 9999. Here a day is its ordinal as
`datetime.date.toordinal` counts it (0001-01-01 is 1), continued in both
directions; years are astronomical (0 is 1 BC). Seconds are 86,400 to a day: the
second in which the day of ordinal *n* begins is 86,400 *n*.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import NamedTuple

DAY_SECONDS = 86_400
_DAYS_IN_400_YEARS = 146_097
_FIRST_YEAR, _LAST_YEAR = 1, 9999
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LAST_ORDINAL = date.max.toordinal()


class Day(NamedTuple):
    """A day that `datetime.date` cannot hold: before year 1 or after 9999.

    It compares with days of the standard library too, so any mixture sorts.

    Attributes:
        year: Astronomical year; 0 is 1 BC, -43 is 44 BC.
        month: 1 to 12.
        day: 1 to 31.
        time: The time of day where the date has one, in UTC if it has a zone.
    """

    year: int
    month: int
    day: int
    time: time | None = None

    def isoformat(self) -> str:
        """The day as EDTF writes it, such as ``-0043-03-15``."""
        sign = "-" if self.year < 0 else ""
        text = f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"
        if self.time is not None:
            text += f"T{self.time.replace(tzinfo=None).isoformat()}{'Z' if self.time.tzinfo else ''}"
        return text

    def __str__(self) -> str:
        return self.isoformat()

    def __lt__(self, other: object) -> bool:
        """Whether this day is earlier."""
        return _place(self) < _place(other) if isinstance(other, (Day, date)) else NotImplemented

    def __le__(self, other: object) -> bool:
        """Whether this day is not later."""
        return _place(self) <= _place(other) if isinstance(other, (Day, date)) else NotImplemented

    def __gt__(self, other: object) -> bool:
        """Whether this day is later."""
        return _place(self) > _place(other) if isinstance(other, (Day, date)) else NotImplemented

    def __ge__(self, other: object) -> bool:
        """Whether this day is not earlier."""
        return _place(self) >= _place(other) if isinstance(other, (Day, date)) else NotImplemented


def _place(day: Day | date) -> tuple[int, int, int, int, int, int]:
    """Where a day stands among days; without a time of day it is its midnight."""
    clock = day.time if isinstance(day, Day) else None
    if isinstance(day, datetime):
        day = day if day.tzinfo is None else day.astimezone(UTC)
        clock = day.time()
    clock = clock or time()
    return (day.year, day.month, day.day, clock.hour, clock.minute, clock.second)


def month_length(year: int, month: int) -> int:
    """The number of days (28 to 31) of a month in the Gregorian calendar."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_DAYS[month - 1]


def to_ordinal(year: int, month: int, day: int) -> int:
    """The ordinal of a day; months beyond 12 run on into later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return date(year, month, day).toordinal()
    # The calendar repeats every 400 years: reckon in a cycle that date holds.
    cycles, year_of_cycle = divmod(year, 400)
    inside = date(year_of_cycle + 400, month, day).toordinal()
    return inside + (cycles - 1) * _DAYS_IN_400_YEARS


def from_ordinal(ordinal: int) -> date | Day:
    """The day of an ordinal: a `datetime.date` where one exists, else a `Day`."""
    if 1 <= ordinal <= _LAST_ORDINAL:
        return date.fromordinal(ordinal)
    cycles, inside = divmod(ordinal - 1, _DAYS_IN_400_YEARS)
    found = date.fromordinal(inside + 1)
    return Day(found.year + cycles * 400, found.month, found.day)


def from_seconds(seconds: int, *, utc: bool) -> datetime | Day:
    """The second: a `datetime` where one exists, else a `Day` with a time; aware if ``utc``."""
    ordinal, rest = divmod(seconds, DAY_SECONDS)
    day = from_ordinal(ordinal)
    clock = time(rest // 3600, rest // 60 % 60, rest % 60, tzinfo=UTC if utc else None)
    if isinstance(day, date):
        return datetime.combine(day, clock)
    return day._replace(time=clock)
