"""Which units of time a written unit may be: runs of consecutive ones, numbered on a scale."""

from __future__ import annotations

import functools
import itertools
import math
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from timeline.when._calendar import DAY_SECONDS, from_ordinal, month_length, to_ordinal
from timeline.when._parts import SEASON_SERIES, Bound, Grain, Kind, Part, Unit
from timeline.when._seasons import DEFAULT_SEASONS, SeasonTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.when._windows import Window


class Scale:
    """All units of one grain, numbered in the order of time; times are seconds.

    `start` and `end` bound a unit, half-open; `at` is the number of the unit that holds
    a second or, where none does, of the last one before it.
    """

    def __init__(self, grain: Grain) -> None:
        self.grain = grain

    def start(self, number: int) -> int:
        """The first second of a unit."""
        if self.grain is Grain.DAY:
            return number * DAY_SECONDS
        if self.grain is Grain.SECOND:
            return number
        if self.grain is Grain.MONTH:
            return to_ordinal(number // 12, number % 12 + 1, 1) * DAY_SECONDS
        return to_ordinal(number, 1, 1) * DAY_SECONDS

    def end(self, number: int) -> int:
        """The first second after a unit."""
        return self.start(number + 1)

    def at(self, seconds: int) -> int:
        """The number of the unit that holds a second."""
        if self.grain is Grain.SECOND:
            return seconds
        ordinal = seconds // DAY_SECONDS
        if self.grain is Grain.DAY:
            return ordinal
        day = from_ordinal(ordinal)
        return day.year if self.grain is Grain.YEAR else day.year * 12 + day.month - 1


class SeasonScale(Scale):
    """The seasons of one series; by a table, so there may be gaps between them."""

    def __init__(self, table: SeasonTable, series: int) -> None:
        super().__init__(Grain.SEASON)
        self._key = table, series
        self._days = table.days
        self._codes = sorted(SEASON_SERIES[series], key=lambda code: table.days(2000, code))

    def __eq__(self, other: object) -> bool:
        """Whether it is the same series of the same table: two threads may make two of them."""
        return isinstance(other, SeasonScale) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def number(self, year: int, code: int) -> int:
        """The number of a season of a year."""
        return year * len(self._codes) + self._codes.index(code)

    def season(self, number: int) -> tuple[int, int]:
        """Year and code of a season."""
        year, place = divmod(number, len(self._codes))
        return year, self._codes[place]

    def start(self, number: int) -> int:
        """The first second of a season."""
        return self._days(*self.season(number))[0] * DAY_SECONDS

    def end(self, number: int) -> int:
        """The first second after a season."""
        return self._days(*self.season(number))[1] * DAY_SECONDS

    def at(self, seconds: int) -> int:
        """The number of the last season that begins at or before a second."""
        number = (YEARS.at(seconds) + 1) * len(self._codes)
        while self.start(number) > seconds:
            number -= 1
        return number


YEARS, MONTHS, DAYS, SECONDS = map(Scale, (Grain.YEAR, Grain.MONTH, Grain.DAY, Grain.SECOND))


_SCALES = {scale.grain: scale for scale in (YEARS, MONTHS, DAYS, SECONDS)}
_season_scale = functools.lru_cache(maxsize=64)(SeasonScale)


def seasons(table: SeasonTable, code: int) -> SeasonScale:
    """The scale of the seasons that a code belongs to; one series of a table has one scale."""
    return _season_scale(table, next(at for at, series in enumerate(SEASON_SERIES) if code in series))


def scale_of(unit: Unit, table: SeasonTable = DEFAULT_SEASONS) -> Scale:
    """The scale that a unit is numbered on."""
    if unit.is_season:
        assert isinstance(unit.month, int)
        return seasons(table, unit.month)
    return _SCALES[unit.grain]


class Run(NamedTuple):
    """Consecutive units of a scale; None is no first or no last one."""

    scale: Scale
    first: int | None
    last: int | None


def runs_of(unit: Unit, table: SeasonTable = DEFAULT_SEASONS) -> Iterator[Run]:
    """The units that a unit may be, in the order of time."""
    if unit.clock is not None:
        second = second_of(unit)
        yield Run(SECONDS, second, second)
    elif unit.month is None:
        yield from joined(YEARS, years_of(unit))
    elif unit.is_season:
        assert isinstance(unit.month, int)
        scale, code = seasons(table, unit.month), unit.month
        yield from joined(scale, ((scale.number(year, code),) * 2 for year in _each(years_of(unit))))
    elif unit.day is None:
        yield from joined(MONTHS, months_of(unit))
    else:
        yield from joined(DAYS, days_of(months_of(unit), matching(unit.day, 31)))


def second_of(unit: Unit) -> int:
    """The second that a unit with a time of day is: of UTC if it has an offset, else of its own clock."""
    assert unit.clock is not None
    hour, minute, second, offset = unit.clock
    day = next(days_of(months_of(unit), matching(unit.day, 31)))[0]
    return day * DAY_SECONDS + hour * 3600 + (minute - (offset or 0)) * 60 + second


def years_of(unit: Unit) -> Iterator[tuple[int, int]]:
    """First and last of each run of years that a unit may be in."""
    year = unit.year
    if isinstance(year, int):
        if unit.significant is None:
            return iter([(year, year)])
        step = 10 ** (max(4, len(str(abs(year)))) - unit.significant)
        low = abs(year) // step * step
        ends = (low, low + step - 1)
        # Digits mean the same with a minus sign; a year of 0000 to 9999 has none.
        return iter([(-ends[1], -ends[0]) if year < 0 else ends])
    negative, digits = year[0] == "-", year.lstrip("-")
    free = len(digits) - len(digits.rstrip("X"))
    choices = itertools.product(*("0123456789" if char == "X" else char for char in digits[: len(digits) - free]))
    size: int = 10**free
    heads = (int("".join(chosen) or "0") * size for chosen in choices)
    if not negative:
        return ((head, head + size - 1) for head in heads)
    return iter([(-head - size + 1, -head) for head in heads][::-1])


def months_of(unit: Unit) -> Iterator[tuple[int, int]]:
    """First and last of each run of months that a unit may be in, numbered on their scale."""
    months = matching(unit.month, 12)
    if len(months) == 12:
        return ((first * 12, last * 12 + 11) for first, last in years_of(unit))
    blocks = _blocks(months)
    return ((year * 12 + a - 1, year * 12 + b - 1) for year in _each(years_of(unit)) for a, b in blocks)


def days_of(months: Iterable[tuple[int, int]], days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of days, of those days of the month that exist."""
    if len(days) == 31:
        yield from ((DAYS.at(MONTHS.start(first)), DAYS.at(MONTHS.start(last + 1)) - 1) for first, last in months)
        return
    blocks = _blocks(days)
    for number in _each(months):
        year, month = number // 12, number % 12 + 1
        length = month_length(year, month)
        before = to_ordinal(year, month, 1) - 1
        for first, last in blocks:
            if first <= length:
                yield before + first, before + min(last, length)


@functools.lru_cache(maxsize=512)
def matching(digits: int | str | None, highest: int) -> tuple[int, ...]:
    """The numbers from 1 to ``highest`` that two digits with ``X`` may be."""
    if isinstance(digits, int):
        return (digits,)
    if digits is None:
        return tuple(range(1, highest + 1))
    return tuple(number for number in range(1, highest + 1) if _fits(f"{number:02}", digits))


def joined(scale: Scale, pairs: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """Runs of pairs that come in order; those that touch or overlap become one."""
    current: tuple[int, int] | None = None
    for first, last in pairs:
        if current is None:
            current = (first, last)
        elif first <= current[1] + 1:
            current = (current[0], max(current[1], last))
        else:
            yield Run(scale, *current)
            current = (first, last)
    if current is not None:
        yield Run(scale, *current)


def merged(runs: list[Run]) -> Iterator[Run]:
    """Runs of one scale, which may have no first or no last unit, in order and joined."""
    ordered = sorted(
        (-math.inf if run.first is None else run.first, math.inf if run.last is None else run.last) for run in runs
    )
    for scale, first, last in joined(runs[0].scale, ordered):  # type: ignore[arg-type] # infinities join as numbers do
        yield Run(scale, None if first == -math.inf else first, None if last == math.inf else last)


def _each(pairs: Iterable[tuple[int, int]]) -> Iterator[int]:
    return (number for first, last in pairs for number in range(first, last + 1))


@functools.lru_cache(maxsize=512)
def _blocks(numbers: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Sorted numbers as runs of consecutive ones."""
    return tuple((run.first or 0, run.last or 0) for run in joined(DAYS, ((number, number) for number in numbers)))


def hull_of(unit: Unit, table: SeasonTable = DEFAULT_SEASONS) -> tuple[int, int] | None:  # noqa: PLR0911 - one for each grain
    """First second that a unit may touch and first second after it; None if no such unit exists."""
    if unit.clock is not None:
        second = second_of(unit)
        return second, second + 1
    low, high = _year_bounds(unit)
    if unit.month is None:
        return YEARS.start(low), YEARS.end(high)
    if unit.is_season:
        assert isinstance(unit.month, int)
        return table.days(low, unit.month)[0] * DAY_SECONDS, table.days(high, unit.month)[1] * DAY_SECONDS
    months = matching(unit.month, 12)
    if unit.day is None:
        return MONTHS.start(low * 12 + months[0] - 1), MONTHS.end(high * 12 + months[-1] - 1)
    days = matching(unit.day, 31)
    if days[0] <= 28:
        # Every month has that day, and so the first and the last month count.
        length = month_length(high, months[-1])
        last = days[bisect_right(days, length) - 1]
        return to_ordinal(low, months[0], days[0]) * DAY_SECONDS, to_ordinal(
            high, months[-1], last
        ) * DAY_SECONDS + DAY_SECONDS
    ends = [_last_days(unit, months, days, latest=latest) for latest in (False, True)]
    if ends[0] is None or ends[1] is None:
        return None
    return ends[0] * DAY_SECONDS, ends[1] * DAY_SECONDS + DAY_SECONDS


def _last_days(unit: Unit, months: tuple[int, ...], days: tuple[int, ...], *, latest: bool) -> int | None:
    """The first or last day of those that not every month has; None if there is none."""
    year: int | None = _year_bounds(unit)[latest]
    if months == (2,):
        year = next(_leap_years(unit, latest=latest), None) if days[0] == 29 else None
    if year is None:
        return None
    found = [(month, day) for month in months for day in days if day <= month_length(year, month)]
    return to_ordinal(year, *(max(found) if latest else min(found))) if found else None


def _leap_years(unit: Unit, *, latest: bool) -> Iterator[int]:
    """The leap years that a unit may be in, from the first or from the latest."""
    digits = f"{unit.year:05}" if isinstance(unit.year, int) else str(unit.year)
    sign, digits = (-1 if digits[0] == "-" else 1), digits[-4:]
    far = latest == (sign > 0)  # whether the digits count down
    heads, tails = (_pairs(part)[:: -1 if far else 1] for part in (digits[:2], digits[2:]))
    for head in heads:
        for tail in tails:
            if tail % 4 == 0 and (tail or head % 4 == 0):
                yield sign * (head * 100 + tail)


@functools.lru_cache(maxsize=128)
def _pairs(mask: str) -> tuple[int, ...]:
    """The numbers that two digits with ``X`` may be."""
    return tuple(number for number in range(100) if _fits(f"{number:02}", mask))


def _fits(digits: str, mask: str) -> bool:
    return all(char in ("X", digit) for char, digit in zip(mask, digits, strict=True))


def numbers_of(unit: Unit, table: SeasonTable = DEFAULT_SEASONS) -> tuple[int, int]:
    """The numbers of the first and the last unit that a unit may be."""
    scale = scale_of(unit, table)
    if isinstance(scale, SeasonScale):
        assert isinstance(unit.month, int)
        low, high = _year_bounds(unit)
        return scale.number(low, unit.month), scale.number(high, unit.month)
    hull = hull_of(unit, table)
    assert hull is not None
    return scale.at(hull[0]), scale.at(hull[1] - 1)


def _year_bounds(unit: Unit) -> tuple[int, int]:
    """The first and the last year that a unit may be in."""
    year = unit.year
    if isinstance(year, int):
        return (year, year) if unit.significant is None else next(years_of(unit))
    near, far = int(year.replace("X", "0")), int(year.replace("X", "9"))
    return (far, near) if year[0] == "-" else (near, far)


def unit_window(unit: Unit, table: SeasonTable) -> tuple[int, int]:
    """First second that a unit may touch and first second after it."""
    hull = hull_of(unit, table)
    assert hull is not None
    return hull


def part_window(part: Part, table: SeasonTable) -> Window:
    """The hull of a part, in seconds; an end without a date is a `Bound`."""
    if isinstance(part, Bound):
        return part, part
    if isinstance(part, Unit):
        return unit_window(part, table)
    first, last = part.first, part.last
    return (
        first if isinstance(first, Bound) else unit_window(first, table)[0],
        last if isinstance(last, Bound) else unit_window(last, table)[1],
    )


def window_of(kind: Kind, parts: tuple[Part, ...], table: SeasonTable = DEFAULT_SEASONS) -> Window:
    """The hull of a date, in seconds; an end that one part leaves open or unknown is so."""
    windows = [part_window(part, table) for part in parts]
    if kind is Kind.SPAN:
        return windows[0][0], windows[1][1]
    starts, ends = zip(*windows, strict=True)
    start = next((edge for edge in starts if isinstance(edge, Bound)), None)
    end = next((edge for edge in ends if isinstance(edge, Bound)), None)
    return min(starts) if start is None else start, max(ends) if end is None else end
