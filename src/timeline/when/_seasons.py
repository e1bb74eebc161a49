"""Which days a season is: EDTF gives its seasons no months, a table does."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from timeline.when._calendar import month_length, to_ordinal

if TYPE_CHECKING:
    from collections.abc import Mapping

    MonthDay = tuple[int, int]

# First and last month of the parts of a year that the standard fixes: quarters,
# quadrimesters, semestrals (ISO 8601-2:2019, 4.8).
_FIXED = {
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip
_NAMES = ("spring", "summer", "autumn", "winter")
_METEOROLOGICAL = (((3, 1), (5, 31)), ((6, 1), (8, 31)), ((9, 1), (11, 30)), ((12, 1), (2, 29)))
# The equinoxes and solstices of most years of this century, in UTC; in any year they may be a day off.
_ASTRONOMICAL = (((3, 20), (6, 20)), ((6, 21), (9, 21)), ((9, 22), (12, 20)), ((12, 21), (3, 19)))


def _codes(days: tuple[tuple[MonthDay, MonthDay], ...], *, south: bool) -> dict[int, tuple[MonthDay, MonthDay]]:
    """The days of 21 to 32, of the northern seasons' days; ``south`` tells which 21 to 24 are."""
    southern = days[2:] + days[:2]
    return {
        **dict(enumerate(southern if south else days, 21)),
        **dict(enumerate(days, 25)),
        **dict(enumerate(southern, 29)),
    }


@attrs.frozen
class SeasonTable:
    """The days of the EDTF seasons 21 to 32; 33 to 41 are fixed by the standard.

    Build one with `meteorological`, `astronomical` or `of`.

    Attributes:
        seasons: Code, first day and last day (each a month and a day) of every season. A
            last day before the first is in the next year; 29 February stands for the last
            day of February.
    """

    seasons: tuple[tuple[int, MonthDay, MonthDay], ...]

    @classmethod
    @functools.cache
    def meteorological(cls, *, south: bool = False) -> SeasonTable:
        """Whole months: spring 21 is March to May, and winter 24 runs into the next year.

        Args:
            south: Read 21 to 24, which are "independent of location", as southern: spring
                is September to November. 25 to 32 say themselves which they are.
        """
        return cls._of(_codes(_METEOROLOGICAL, south=south))

    @classmethod
    @functools.cache
    def astronomical(cls, *, south: bool = False) -> SeasonTable:
        """From equinox to solstice, on their usual days: 20 March, 21 June, 22 September, 21 December.

        In a given year the true day may be one earlier or later.

        Args:
            south: Read 21 to 24 as southern.
        """
        return cls._of(_codes(_ASTRONOMICAL, south=south))

    @classmethod
    def of(cls, seasons: Mapping[int, tuple[MonthDay, MonthDay]]) -> SeasonTable:
        """A table of your own: ``{21: ((4, 1), (6, 15))}`` makes spring 1 April to 15 June.

        Args:
            seasons: First and last day, as month and day, by code 21 to 32; codes that are
                not given are meteorological.

        Raises:
            ValueError: A code or a day that does not exist.
        """
        for code, days in seasons.items():
            if not 21 <= code <= 32:
                message = f"found season code {code}, expected 21 to 32: 33 to 41 are fixed by the standard"
                raise ValueError(message)
            lengths = [len(pair) for pair in (days, *days)]
            if lengths != [2, 2, 2]:
                message = f"found {days!r} for season {code}, expected a first and a last day, each a month and a day"
                raise ValueError(message)
            for month, day in days:
                if not (1 <= month <= 12 and 1 <= day <= month_length(2000, month)):
                    message = f"found month {month}, day {day} for season {code}, expected a day of the year"
                    raise ValueError(message)
        own = {code: (tuple(first), tuple(last)) for code, (first, last) in seasons.items()}
        return cls._of({**_codes(_METEOROLOGICAL, south=False), **own})  # type: ignore[dict-item] # pairs

    @classmethod
    def _of(cls, seasons: Mapping[int, tuple[MonthDay, MonthDay]]) -> SeasonTable:
        return cls(tuple((code, *seasons[code]) for code in sorted(seasons)))

    def days(self, year: int, code: int) -> tuple[int, int]:
        """First day of a season of a year and first day after it, as ordinals."""
        if code in _FIXED:
            month, last = _FIXED[code]
            return to_ordinal(year, month, 1), to_ordinal(year, last + 1, 1)
        _, first, last_day = self.seasons[code - 21]
        end_year = year + (last_day < first)
        month, day = last_day
        return (
            to_ordinal(year, first[0], min(first[1], month_length(year, first[0]))),
            to_ordinal(end_year, month, min(day, month_length(end_year, month))) + 1,
        )


DEFAULT_SEASONS = SeasonTable.meteorological()
