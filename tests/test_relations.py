"""Relations between dates, held against every possible value of both.

The oracle reads EDTF on its own and lists what a date may be, as half-open stretches in
seconds. It shares nothing with the code but the names of the relations.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from timeline.when import Margin, Relation, SeasonTable, When, Widening

DAY = 86_400
FOREVER = 10**15

Stretch = tuple[int, int]
MonthDay = tuple[int, int]
Places = set[tuple[int, int]]
Seasons = dict[int, tuple[MonthDay, MonthDay]]


class Span(NamedTuple):
    """Moments at which a span may begin and may end, in order."""

    begins: Sequence[int]
    ends: Sequence[int]


Values = list[Stretch] | Span

# Where a stretch begins and ends: 0 before the other begins, 1 as it begins, 2 inside it,
# 3 as it ends, 4 after it has ended.
ALLEN = {
    (0, 0): Relation.BEFORE,
    (0, 1): Relation.MEETS,
    (0, 2): Relation.OVERLAPS,
    (0, 3): Relation.FINISHED_BY,
    (0, 4): Relation.CONTAINS,
    (1, 2): Relation.STARTS,
    (1, 3): Relation.EQUALS,
    (1, 4): Relation.STARTED_BY,
    (2, 2): Relation.DURING,
    (2, 3): Relation.FINISHES,
    (2, 4): Relation.OVERLAPPED_BY,
    (3, 4): Relation.MET_BY,
    (4, 4): Relation.AFTER,
}

MIRRORED = {
    one: other
    for pair in (
        (Relation.BEFORE, Relation.AFTER),
        (Relation.MEETS, Relation.MET_BY),
        (Relation.OVERLAPS, Relation.OVERLAPPED_BY),
        (Relation.STARTS, Relation.STARTED_BY),
        (Relation.DURING, Relation.CONTAINS),
        (Relation.FINISHES, Relation.FINISHED_BY),
        (Relation.EQUALS, Relation.EQUALS),
    )
    for one, other in (pair, pair[::-1])
}

# First day and first day after it, by season code.
METEOROLOGICAL = {
    **dict.fromkeys((21, 25, 31), ((3, 1), (6, 1))),
    **dict.fromkeys((22, 26, 32), ((6, 1), (9, 1))),
    **dict.fromkeys((23, 27, 29), ((9, 1), (12, 1))),
    **dict.fromkeys((24, 28, 30), ((12, 1), (3, 1))),
    33: ((1, 1), (4, 1)),
    34: ((4, 1), (7, 1)),
    35: ((7, 1), (10, 1)),
    36: ((10, 1), (1, 1)),
    37: ((1, 1), (5, 1)),
    38: ((5, 1), (9, 1)),
    39: ((9, 1), (1, 1)),
    40: ((1, 1), (7, 1)),
    41: ((7, 1), (1, 1)),
}
ASTRONOMICAL = {
    **METEOROLOGICAL,
    **dict.fromkeys((21, 25, 31), ((3, 20), (6, 21))),
    **dict.fromkeys((22, 26, 32), ((6, 21), (9, 22))),
    **dict.fromkeys((23, 27, 29), ((9, 22), (12, 21))),
    **dict.fromkeys((24, 28, 30), ((12, 21), (3, 20))),
}
SOUTHERN = {**METEOROLOGICAL, **{code: METEOROLOGICAL[code + 8] for code in range(21, 25)}}
# With gaps between seasons, and two that overlap.
PECULIAR = {**METEOROLOGICAL, 21: ((4, 1), (6, 16)), 23: ((9, 10), (11, 1)), 28: ((12, 31), (2, 2))}
TABLES = [
    (SeasonTable.meteorological(), METEOROLOGICAL),
    (SeasonTable.meteorological(south=True), SOUTHERN),
    (SeasonTable.astronomical(), ASTRONOMICAL),
    (
        SeasonTable.of({21: ((4, 1), (6, 15)), 23: ((9, 10), (10, 31)), 28: ((12, 31), (2, 1))}),
        PECULIAR,
    ),
]
SERIES = ((21, 22, 23, 24), (25, 26, 27, 28), (29, 30, 31, 32), (33, 34, 35, 36), (37, 38, 39), (40, 41))

UNIT = re.compile(
    r"([?~%]?)([0-9X]{4})(?:S([1-4]))?([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
    r"(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def second(year: int, month: int = 1, day: int = 1) -> int:
    return date(year, month, day).toordinal() * DAY


def month_stretch(number: int) -> Stretch:
    return second(number // 12, number % 12 + 1), second((number + 1) // 12, (number + 1) % 12 + 1)


def season_stretch(year: int, code: int, seasons: Seasons) -> Stretch:
    first, after = seasons[code]
    return second(year, *first), second(year + (after <= first), *after)


@functools.cache
def fitting(digits: str, numbers: range) -> list[int]:
    pattern = re.compile(digits.replace("X", "[0-9]"))
    return [number for number in numbers if pattern.fullmatch(f"{number:0{len(digits)}}")]


def moved(numbers: Iterable[int], reach: int) -> list[int]:
    return sorted({number + by for number in numbers for by in range(-reach, reach + 1)})


def exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class Oracle:
    """What dates may be; what goes on without end ends some years after all else that is compared."""

    def __init__(self, *compared: str, policy: Widening | None = None, seasons: Seasons = METEOROLOGICAL) -> None:
        written = re.findall(r"[0-9X]{4}", re.sub(r"[0-9]{2}S", "XXS", " ".join(compared)))
        self.years = range(
            max(1, int(min(written).replace("X", "0")) - 8),
            min(9998, max(int(year.replace("X", "9")) for year in written) + 8),
        )
        self.policy = policy
        self.seasons = seasons

    def values(self, text: str) -> Values:
        """Every stretch that a date may be, or where one may begin and end."""
        if "/" in text:
            begin, end = text.split("/")
            return Span(
                [-FOREVER] if begin == ".." else self.days(begin), [FOREVER] if end == ".." else self.days(end, DAY)
            )
        if text[0] not in "[{":
            return self.units(text)
        found: set[Stretch] = set()
        for member in text[1:-1].split(","):
            first, dots, last = member.partition("..")
            found.update(self.range(first, last) if dots else self.units(member))
        return sorted(found)

    def days(self, end: str, shift: int = 0) -> Sequence[int]:
        """The beginnings of all days of an end of a span, shifted; of any day if it is unknown."""
        if not end:
            return range(second(self.years[0]) + shift, second(self.years[-1]) + shift, DAY)
        return sorted({moment + shift for stretch in self.units(end) for moment in range(*stretch, DAY)})

    def range(self, first: str, last: str) -> list[Stretch]:
        """The units of a grain that begin with or after one of the first and with or before one of the last."""
        low = self.units(first)[0] if first else (-FOREVER, 0)
        high = self.units(last)[-1] if last else (FOREVER, 0)
        return [unit for unit in self.all_alike(first or last) if low[0] <= unit[0] <= high[0]]

    def all_alike(self, text: str) -> list[Stretch]:
        """All units of the grain of a unit, or of its kind of season."""
        parts = re.sub(r"[?~%]|S.", "", text).split("-")
        if len(parts) == 1:
            return [(second(year), second(year + 1)) for year in self.years]
        if len(parts) == 3:
            return [(day, day + DAY) for day in self.days("")]
        if "X" in parts[1] or int(parts[1]) <= 12:
            return [month_stretch(number) for year in self.years for number in range(year * 12, year * 12 + 12)]
        series = next(codes for codes in SERIES if int(parts[1]) in codes)
        return sorted(season_stretch(year, code, self.seasons) for year in self.years for code in series)

    def units(self, text: str) -> list[Stretch]:
        """Every unit that a text without members may be, in order."""
        match = UNIT.fullmatch(text)
        assert match is not None, text
        left, year, significant, right, left2, month, right2, left3, day, right3, *clock = match.groups()
        is_season = month is not None and not fitting(month, range(1, 13))
        reach = self.reach([(left, right), (left2, right2), (left3, right3)], is_season=is_season)
        if significant:
            year = year[: int(significant)].ljust(4, "X")
        years = moved(fitting(year, range(10_000)), reach[0])
        if month is None:
            return [(second(each), second(each + 1)) for each in years]
        if is_season:
            return self.moved_seasons(
                [season_stretch(each, int(month), self.seasons) for each in years], text, reach[1]
            )
        months = moved((each * 12 + number - 1 for each in years for number in fitting(month, range(1, 13))), reach[1])
        if day is None:
            return [month_stretch(number) for number in months]
        ordinals = [
            date(number // 12, number % 12 + 1, each).toordinal()
            for number in months
            for each in fitting(day, range(1, 32))
            if exists(number // 12, number % 12 + 1, each)
        ]
        if clock[0] is None:
            return [(ordinal * DAY, ordinal * DAY + DAY) for ordinal in moved(ordinals, reach[2])]
        hours, minutes, seconds = map(int, clock[:3])
        at = ordinals[0] * DAY + hours * 3600 + minutes * 60 + seconds - offset(clock[3])
        return [(at, at + 1)]

    def reach(self, marks: list[tuple[str | None, str | None]], *, is_season: bool) -> list[int]:
        """How far year, month or season, and day are off; what a mark on the right is of ends with what it follows."""
        reach = [0, 0, 0]
        if self.policy is not None:
            for meant, margin in (("~%", self.policy.approximate), ("?%", self.policy.uncertain)):
                widths = (margin.years, margin.seasons if is_season else margin.months, margin.days)
                finest = [at for at, both in enumerate(marks) if any(mark and mark in meant for mark in both)][-1:]
                for at in finest:
                    reach[at] = max(reach[at], widths[at])
        return reach

    def moved_seasons(self, stretches: list[Stretch], text: str, reach: int) -> list[Stretch]:
        """Seasons and those next to them, spring after winter."""
        alike = self.all_alike(text)
        return [alike[at] for at in moved(map(alike.index, stretches), reach)] if reach else sorted(stretches)


def offset(zone: str | None) -> int:
    if not zone or zone == "Z":
        return 0
    return int(zone[0] + "1") * (int(zone[1:3]) * 3600 + int(zone[4:]) * 60)


def is_zoned(text: str) -> bool:
    return "T" in text and len(text) > 19


def anywhere_on_another_clock(values: Values, ahead: int, other: Values) -> Values:
    """The seconds from 12 hours before to 14 hours after, or to what its own clock tells if that is further off.

    Of these only those next to something: the rest are like them.
    """
    assert isinstance(values, list)
    [(second, _)] = values
    first, last = second + min(-12 * 3600, ahead), second + max(14 * 3600, ahead)
    ends = itertools.chain(*other)
    near = {first, first + 1, first + 2, last, last - 1, last - 2}
    near.update(end + by for end in ends if first - 2 <= end <= last + 2 for by in range(-2, 3))
    return [(each, each + 1) for each in sorted(near) if first <= each <= last]


def expected(
    one: str,
    other: str,
    *,
    policy: Widening | None = None,
    other_policy: Widening | None = None,
    seasons: Seasons = METEOROLOGICAL,
) -> Relation:
    """All relations over all pairs of values."""
    mine = Oracle(one, other, policy=policy, seasons=seasons).values(one)
    theirs = Oracle(one, other, policy=other_policy, seasons=seasons).values(other)
    if is_zoned(one) and not is_zoned(other):
        mine = anywhere_on_another_clock(mine, offset(one[19:]), theirs)
    if is_zoned(other) and not is_zoned(one):
        theirs = anywhere_on_another_clock(theirs, offset(other[19:]), mine)
    if isinstance(mine, Span):
        return named(of_spans(mine, theirs) if isinstance(theirs, Span) else of_span_and_stretches(mine, theirs))
    if isinstance(theirs, Span):
        return mirrored(named(of_span_and_stretches(theirs, mine)))
    return named(of_stretches(mine, theirs))


def named(places: Places) -> Relation:
    return functools.reduce(Relation.__or__, (ALLEN[each] for each in places), Relation(0))


def mirrored(mask: Relation) -> Relation:
    return functools.reduce(Relation.__or__, (MIRRORED[each] for each in mask), Relation(0))


def place(moment: int, start: int, end: int) -> int:
    """Where a moment lies to a stretch: see `ALLEN`."""
    return (moment >= start) + (moment > start) + (moment >= end) + (moment > end)


def of_stretches(mine: list[Stretch], theirs: list[Stretch]) -> Places:
    found: Places = set()
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for start, end in mine:
        by_length[end - start].append(start)
    for length, starts in by_length.items():
        for other in theirs:
            # All that lie wholly before or wholly behind the other are like the first and the last.
            touching = starts[bisect_left(starts, other[0] - length) : bisect_right(starts, other[1])]
            found.update(
                (place(start, *other), place(start + length, *other)) for start in (starts[0], *touching, starts[-1])
            )
    return found


def of_span_and_stretch(span: Span, start: int, end: int) -> Places:
    first = {place(moment, start, end): moment for moment in reversed(cut(span.begins, start, end))}
    last = {place(moment, start, end): moment for moment in cut(span.ends, start, end)}
    return {(begun, ended) for begun in first for ended in last if first[begun] < last[ended]}


def cut(moments: Sequence[int], start: int, end: int) -> list[int]:
    """The first and the last of the moments at each place to a stretch, in order."""
    edges = [0]
    for moment in (start, end):
        edges += [bisect_left(moments, moment), bisect_right(moments, moment)]
    edges.append(len(moments))
    return [moments[at] for low, high in itertools.pairwise(edges) if low < high for at in (low, high - 1)]


def of_span_and_stretches(span: Span, stretches: list[Stretch]) -> Places:
    return set().union(*(of_span_and_stretch(span, *each) for each in stretches))


def of_spans(mine: Span, theirs: Span) -> Places:
    begins, ends, other_begins, other_ends = thinned(*mine, *theirs)
    stretches = [(start, end) for start in other_begins for end in other_ends if start < end]
    return of_span_and_stretches(Span(begins, ends), stretches)


def thinned(*choices: Sequence[int]) -> list[list[int]]:
    """Four of each row of moments that the same ends may be: the two dates have no more ends to put there."""
    sets = [set(moments) for moments in choices]
    kept: list[int] = []
    row: list[bool] = []
    count = 0
    for moment in sorted(set().union(*sets)):
        owners = [moment in each for each in sets]
        count = count + 1 if owners == row else 1
        row = owners
        if count <= 4:
            kept.append(moment)
    return [[moment for moment in kept if moment in each] for each in sets]


EVERY = " ".join(relation.name.lower() for relation in Relation if relation.name)
ANY_OF_ONE_GRAIN = "before meets equals met_by after"

# One date, another, and what the one may be to the other; worked out by hand.
KNOWN = [
    ("2024-12", "2025-01", "meets"),
    ("2024-11", "2025-01", "before"),
    ("2024-12", "2024-12", "equals"),
    ("2024-01", "2024", "starts"),
    ("2024-06", "2024", "during"),
    ("2024-12", "2024", "finishes"),
    ("2024~", "2025", "meets"),
    ("2024~", "2024?", "equals"),
    # Seasons and other parts of a year.
    ("2001-21", "2001-03", "started_by"),
    ("2001-24", "2002-01", "contains"),
    ("2001-24", "2002-02", "finished_by"),
    ("2001-24", "2002", "overlaps"),
    ("2001-24", "2002-21", "meets"),
    ("2001-30", "2001-24", "equals"),
    ("2001-29", "2001-25", "after"),
    ("2001-33", "2001-41", "before"),
    ("2001-34", "2001-35", "meets"),
    ("2001-37", "2001-40", "starts"),
    ("2001-38", "2001-40", "overlapped_by"),
    ("200X-24", "2005", "before overlaps overlapped_by after"),
    # Digits that are not known.
    ("198X", "1985", ANY_OF_ONE_GRAIN),
    ("198X", "198X", ANY_OF_ONE_GRAIN),
    ("198X", "1990", "before meets"),
    ("198X", "1989", "before meets equals"),
    ("198X", "1985-06", "before contains after"),
    ("1984-1X", "1984-11", "meets equals met_by"),
    ("1984-1X", "1985", "before meets"),
    ("2004-XX", "2004", "starts during finishes"),
    ("2004-06-XX", "2004-06", "starts during finishes"),
    ("2004-06-XX", "2004-06-XX", ANY_OF_ONE_GRAIN),
    ("200X-XX", "200X", "before meets starts during finishes met_by after"),
    ("200X", "[2000-24..2009-24]", "before overlaps contains overlapped_by after"),
    ("156X-12-25", "1564", "before during after"),
    ("156X-12-31", "1564", "before meets finishes after"),
    ("1950S2", "1999", "before meets equals"),
    ("1950S2", "2000", "before meets"),
    # One of several.
    ("[2020,2030]", "2025", "before after"),
    ("[2020..]", "2025", ANY_OF_ONE_GRAIN),
    ("[2020..]", "2019", "met_by after"),
    ("[2020..]", "[..2020]", "equals met_by after"),
    ("[..2024]", "2024", "before meets equals"),
    ("[..2004,2004..]", "2004", ANY_OF_ONE_GRAIN),
    ("[..2004,2004..]", "[..2009,2001..]", ANY_OF_ONE_GRAIN),
    ("[2003-21..2003-24]", "2004", "before overlaps"),
    ("[2000-37..]", "[..2003-36]", "before meets overlaps finished_by started_by overlapped_by met_by after"),
    # Each of these relations is only of the last members.
    ("[2000,2008]", "[2000,2001,2007]", ANY_OF_ONE_GRAIN),
    ("[1998-12,2000-01..2000-11,2004-12]", "[1999,2000,2004]", "before meets starts during finishes met_by after"),
    ("[2004,2005-01]", "2005", "meets starts"),
    ("[2024-12-27..2025-01-02]", "2025-01-01", "before meets equals met_by"),
    ("[2024-12-27..2025-01-02]", "2025", "before meets starts during"),
    ("[2024-21..]", "2024", "during overlapped_by after"),
    ("[2024-06-11..]", "2024-06-10", "met_by after"),
    # All of several.
    ("{1960,1961-12}", "1961", "meets finishes"),
    ("{1960..1962}", "1961", "meets equals met_by"),
    ("{1960..1962}", "1961-06", "before contains after"),
    ("{1960,1961}", "{1960,1961}", "meets equals met_by"),
    ("{1960-02..}", "1960", "during finishes met_by after"),
    ("{..1960}", "1961", "before meets"),
    # Spans.
    ("2004-06-11/2004-06-11", "2004-06-11", "equals"),
    ("2004-06-11/2004-06-12", "2004-06-12", "finished_by"),
    ("2004-06-11/2004-06-12", "2004-06-13", "meets"),
    ("2004/2004", "2004", "starts during finishes equals"),
    ("2004/2005", "2004", "started_by overlapped_by"),
    ("2004/2005", "2004/2006", "overlaps starts during"),
    ("2004/2005", "2005/2006", "before meets overlaps"),
    ("2004/2005", "2006/2007", "before meets"),
    ("1964/2008", "1990-05", "contains"),
    ("1964/2008", "2008-12", "before meets overlaps finished_by"),
    ("2004-06-XX/2004-07-03", "2004-07-03", "finished_by"),
    ("2004-06-01/2004-06-XX", "2004-06", "starts equals"),
    # Spans without end.
    ("../2020", "2010", "contains"),
    ("../2020", "2020", "overlaps finished_by"),
    ("../2020", "2021", "before meets"),
    ("../2020", "../2010", "started_by"),
    ("../2020-06", "../2020", "starts equals started_by"),
    ("../2020", "[..2020]", "overlaps finished_by contains"),
    ("../2020", "2010/..", "overlaps"),
    ("2024-11/..", "2024-11", "started_by overlapped_by"),
    ("2024-11/..", "2024-10", "met_by after"),
    ("2024/..", "2025/..", "finished_by"),
    ("2024/..", "2024/..", "finishes equals finished_by"),
    # Spans of which an end is not known: it is some day.
    ("2024-11/", "2024-12", "before meets overlaps finished_by contains"),
    ("/2024", "2024", "overlaps finished_by starts equals during finishes"),
    ("/2024", "../2024", "during finishes overlapped_by met_by after"),
    ("2024/..", "2024/", "contains started_by overlapped_by met_by after"),
    ("2024/", "2024/", EVERY),
    # Times of day.
    ("2024-12-28T00:00:00", "2024-12-28", "starts"),
    ("2024-12-28T10:00:00", "2024-12-28", "during"),
    ("2024-12-28T23:59:59", "2024-12-28", "finishes"),
    ("2024-12-28T23:59:59", "2024-12-29", "meets"),
    ("2024-12-28T10:00:00", "2024-12-28T10:00:01", "meets"),
    ("2024-12-28T10:00:00Z", "2024-12-28T10:00:02Z", "before"),
    ("2024-12-28T10:00:00Z", "2024-12-28T12:00:00+02:00", "equals"),
    ("2024-12-28T10:00:00Z", "2024-12-28T12:00:00-02:00", "before"),
    ("2024-12-28T23:30:00-01:00", "2024-12-29T00:30:00Z", "equals"),
    # A zone that only one of the two has.
    ("2024-12-28T10:00:00Z", "2024-12-28", "before meets starts during finishes met_by"),
    ("2024-12-28T12:00:00Z", "2024-12-28", "starts during finishes met_by after"),
    ("2024-12-28T10:00:00Z", "2024", "during"),
    ("2024-12-31T10:00:00Z", "2024", "during finishes met_by"),
    ("2024-12-31T09:59:59Z", "2024", "during finishes"),
    ("2025-01-01T12:00:00Z", "2024", "met_by after"),
    ("2025-01-01T11:59:59Z", "2024", "finishes met_by after"),
    ("2024-12-28T10:00:00Z", "../2024", "during finishes met_by after"),
    ("2004-01-01T10:00:00+02:00", "/2004", "before meets starts during"),
    ("2024-12-28T10:00:00Z", "2024-12-28T10:00:00", ANY_OF_ONE_GRAIN),
    ("2024-12-28T10:00:00Z", "2024-12-27T21:59:59", "met_by after"),
    ("2024-12-28T10:00:00Z", "2024-12-27T22:00:00", "equals met_by after"),
    ("2024-12-28T10:00:00Z", "2024-12-29T00:00:00", "before meets equals"),
    ("2024-12-28T10:00:00Z", "2024-12-29T00:00:01", "before meets"),
    ("2024-12-28T12:00:00+02:00", "2024-12-29T00:00:01", "before meets"),
    # Clocks further off than any is today.
    ("2024-12-28T10:00:00+20:00", "2024-12-28T10:00:00", "before meets equals"),
    ("2024-12-28T10:00:00-15:56", "2024-12-28T10:00:00", "equals met_by after"),
]

# The same, of years that the oracle does not go to.
FAR = [
    ("-0001-12", "0000-01", "meets"),
    ("-0043-03-15", "-0043", "during"),
    ("-0004-02-29", "-0004-02", "finishes"),
    ("-198X", "-1985", ANY_OF_ONE_GRAIN),
    ("-198X", "-1979", "before meets"),
    ("-198X", "-1990", "met_by after"),
    ("-198X-12-31", "-1985", "before meets finishes after"),
    ("-1950S2", "-1900", "before meets equals"),
    ("-1950S2", "-2000", "met_by after"),
    ("9999-24", "Y10000", "overlaps"),
    ("Y170000001", "Y17E7", "met_by"),
    ("Y170000002", "Y17E7", "after"),
    ("Y17E7/..", "2024", "after"),
    ("Y-17E7/..", "2024", "contains"),
    ("XXXX-12-24", "XXXX-12-25", "before meets after"),
    ("XXXX-12-24", "XXXX-12-26", "before after"),
    ("XXXX-12-31", "XXXX-01-01", "before meets after"),
    ("2XXX-XX-31", "2XXX-XX-30", "before met_by after"),
    ("XXXX-02-29", "2023", "before after"),
    ("XXXX-02-29", "2024-02", "before finishes after"),
    ("XXXX-02-29", "XXXX-03-01", "before meets after"),
    ("XXXX", "XXXX-XX", "before meets started_by contains finished_by met_by after"),
    ("XXXX-12-25/..", "XXXX-XX", "contains overlapped_by after"),
]

ONE = Margin(years=1, seasons=1, months=1, days=1)
ABOUT, PERHAPS = Widening(approximate=ONE), Widening(uncertain=ONE)

# A date, how far it may be off, another date, and what the one may be to the other.
WIDENED = [
    ("2024~", ABOUT, "2025", "before meets equals"),
    ("2024~", PERHAPS, "2025", "meets"),
    ("2024?", PERHAPS, "2025", "before meets equals"),
    ("2024", ABOUT, "2025", "meets"),
    ("1850~", Widening(approximate=Margin(years=5)), "1855", "before meets equals"),
    ("1850~", Widening(approximate=Margin(years=5)), "1856", "before meets"),
    ("1850~", Widening(approximate=Margin(months=5)), "1851", "meets"),
    ("198X~", ABOUT, "1990", "before meets equals"),
    ("1950S2~", ABOUT, "2000", "before meets equals"),
    ("2004-12?", PERHAPS, "2005", "before meets starts"),
    ("2004-1X~", ABOUT, "2005-01", "before meets equals"),
    ("2004~-12", ABOUT, "2004", "meets finishes after"),
    ("2004-06-11~", ABOUT, "2004-06-11", "meets equals met_by"),
    ("2004-06-11%", Widening(approximate=ONE, uncertain=Margin(days=2)), "2004-06-13", "before meets equals"),
    ("2004-06-11%", Widening(approximate=Margin(days=2), uncertain=ONE), "2004-06-13", "before meets equals"),
    ("2004-~06-11", ABOUT, "2004-06-11", "before equals after"),
    ("2004-~06-11", ABOUT, "2004-07", "before during"),
    ("2004-06~-11", ABOUT, "2004-07", "before during"),
    ("2004?-06-11", PERHAPS, "2004", "before during after"),
    ("?2004-06-~11", Widening(approximate=ONE, uncertain=ONE), "2004-06-12", "before meets equals after"),
    # A day that the month does not have is not one of them.
    ("2004-~01-31", ABOUT, "2004-02", "before meets"),
    ("2004?-02-29", PERHAPS, "2004-02", "finishes"),
    ("2001-21~", ABOUT, "2001-06", "before meets started_by"),
    ("2001-31~", ABOUT, "2001-03", "meets started_by after"),
    ("2001-36~", ABOUT, "2002", "before meets starts"),
    ("2001-39~", ABOUT, "2002", "before meets starts"),
    ("2001-40~", ABOUT, "2001", "meets starts finishes"),
    ("2001~-21", ABOUT, "2001", "before during after"),
    ("2004-06-11~/2004-06-20", ABOUT, "2004-06-12", "started_by contains"),
    ("2004-06-11/2004-06-20~", ABOUT, "2004-06-20", "meets finished_by contains"),
    ("2004-06-11~/..", ABOUT, "2004-06-11", "contains started_by met_by"),
    ("{1960~,1970}", ABOUT, "1961", "before meets equals after"),
    ("[1960~..]", ABOUT, "1958", "met_by after"),
    ("[1960,1962..1964~]", ABOUT, "1965", "before meets equals"),
]

# What each pair of methods asks for.
ASKED = {
    "before": "before meets",
    "after": "after met_by",
    "during": "starts during finishes",
    "equals": "equals",
    "overlaps": "overlaps starts during finishes equals finished_by contains started_by overlapped_by",
}

YEARS = ["2003", "2004", "2005", "200X"]
MONTHS = ["01", "02", "03", "06", "11", "12", "XX", "1X", "0X", "X1"]
DAYS = [
    "01-01",
    "02-28",
    "02-29",
    "03-01",
    "12-01",
    "12-30",
    "12-31",
    "01-XX",
    "XX-01",
    "XX-31",
    "1X-30",
    "02-2X",
    "12-3X",
    "XX-XX",
]
MARKS = ["", "", "", "~", "?", "%"]


@st.composite
def units(draw: st.DrawFn, grains: str = "year season month day", codes: Sequence[int] = range(21, 42)) -> str:
    """A year, season, month or day of the same few years, or one that may be several."""
    grain = draw(st.sampled_from(grains.split()))
    year = draw(st.sampled_from(YEARS))
    if grain == "year":
        parts = [draw(st.sampled_from([*YEARS, "2004S3", "2004S4", "20X4"]))]
    elif grain == "season":
        parts = [year, str(draw(st.sampled_from(codes)))]
    elif grain == "month":
        parts = [year, draw(st.sampled_from(MONTHS))]
    else:
        month_day = draw(st.sampled_from(DAYS))
        parts = ["2004" if month_day in ("02-29", "XX-XX") else year, *month_day.split("-")]
    if draw(st.booleans()):
        parts = [draw(st.sampled_from(MARKS)) + part + draw(st.sampled_from(MARKS)) for part in parts]
    return "-".join(parts)


def beginning(text: str) -> int:
    return Oracle(text).units(text)[0][0]


@st.composite
def spans(draw: st.DrawFn) -> str:
    begin, end = draw(units()), draw(units())
    if beginning(begin) >= Oracle(end).units(end)[-1][1]:
        begin, end = end, begin
    without = draw(st.sampled_from(["", ".."]))
    return "/".join(draw(st.sampled_from([(begin, end), (begin, end), (begin, without), (without, end)])))


@st.composite
def ranges(draw: st.DrawFn, grains: str = "year season month day") -> str:
    grain, codes = draw(st.sampled_from(grains.split())), draw(st.sampled_from(SERIES))
    return "..".join(sorted((draw(units(grain, codes)), draw(units(grain, codes))), key=beginning))


def rows(grains: str = "year season month day") -> st.SearchStrategy[str]:
    """One of consecutive units, with two ends or one."""
    return st.one_of(
        ranges(grains).map("[{}]".format), units(grains).map("[{}..]".format), units(grains).map("[..{}]".format)
    )


@st.composite
def sets(draw: st.DrawFn) -> str:
    members = draw(st.lists(st.one_of(units(), ranges()), min_size=1, max_size=3))
    if draw(st.integers(0, 3)) == 0:
        members.insert(0, f"..{draw(units())}")
    if draw(st.integers(0, 3)) == 0:
        members.append(f"{draw(units())}..")
    return draw(st.sampled_from(["[{}]", "{{{}}}"])).format(",".join(members))


def moments() -> st.SearchStrategy[str]:
    """Times of day around the turn of a day, a month and a year, in any zone or none."""
    days = st.sampled_from(["2003-12-31", "2004-01-01", "2004-02-28", "2004-02-29"])
    times = st.sampled_from(["00:00:00", "00:00:01", "09:59:59", "10:00:00", "12:00:00", "23:59:59"])
    zones = st.sampled_from(["", "", "Z", "+02:00", "-12:00", "+14:00", "-00:30", "+20:00", "-15:56"])
    return st.builds("{}T{}{}".format, days, times, zones)


def dates() -> st.SearchStrategy[str]:
    return st.one_of(units(), spans(), sets(), moments())


def margins() -> st.SearchStrategy[Margin]:
    widths = st.integers(0, 2)
    return st.builds(Margin, years=widths, seasons=widths, months=widths, days=widths)


def set_of(names: str) -> Relation:
    return functools.reduce(Relation.__or__, (Relation[name.upper()] for name in names.split()), Relation(0))


@pytest.mark.parametrize(("one", "other", "names"), [*KNOWN, *FAR])
def test_what_two_dates_may_be_to_each_other(one: str, other: str, names: str) -> None:
    mask = When.parse(one).relations(When.parse(other))

    assert mask == set_of(names)
    assert When.parse(other).relations(When.parse(one)) == mirrored(set_of(names))


@pytest.mark.parametrize(("one", "policy", "other", "names"), WIDENED)
def test_what_a_date_may_be_to_another_if_its_qualifiers_reach_further(
    one: str, policy: Widening, other: str, names: str
) -> None:
    mask = When.parse(one).widen(policy).relations(When.parse(other))

    assert mask == set_of(names)
    assert When.parse(other).relations(When.parse(one).widen(policy)) == mirrored(set_of(names))


def test_the_oracle_knows_what_was_worked_out_by_hand() -> None:
    for one, other, names in KNOWN:
        assert expected(one, other) == set_of(names), (one, other)
    for one, policy, other, names in WIDENED:
        assert expected(one, other, policy=policy) == set_of(names), (one, other)


@given(dates(), dates())
@settings(max_examples=600)
def test_relations_are_those_of_all_possible_values(one: str, other: str) -> None:
    mask = When.parse(one).relations(When.parse(other))

    assert mask == expected(one, other)
    assert mask
    assert When.parse(other).relations(When.parse(one)) == mask.inverse


@given(spans(), st.one_of(spans(), units(), sets()))
@settings(max_examples=250)
def test_relations_of_spans_are_those_of_all_possible_values(one: str, other: str) -> None:
    assert When.parse(one).relations(When.parse(other)) == expected(one, other)


@given(moments(), dates())
@settings(max_examples=250)
def test_relations_of_times_of_day_are_those_of_all_possible_seconds(one: str, other: str) -> None:
    assert When.parse(one).relations(When.parse(other)) == expected(one, other)


@given(st.one_of(units(), spans(), sets()), st.one_of(units(), spans(), sets()), margins(), margins())
@settings(max_examples=250)
def test_a_widened_date_may_be_all_that_its_qualifiers_reach(
    one: str, other: str, approximate: Margin, uncertain: Margin
) -> None:
    policy = Widening(approximate=approximate, uncertain=uncertain)
    widened, widened_other = When.parse(one).widen(policy), When.parse(other).widen(policy)

    assert widened.relations(When.parse(other)) == expected(one, other, policy=policy)
    assert widened.relations(widened_other) == expected(one, other, policy=policy, other_policy=policy)
    assert widened_other.relations(widened) == widened.relations(widened_other).inverse


@given(dates(), dates())
@settings(max_examples=100)
def test_a_policy_of_no_width_widens_nothing(one: str, other: str) -> None:
    when, another = When.parse(one), When.parse(other)

    assert when.widen(Widening()).relations(another) == when.relations(another)
    assert when.extent().relations(another.extent()) == when.relations(another)


@given(
    st.sampled_from(TABLES),
    st.one_of(units("season"), rows("season")),
    st.one_of(units(), spans(), rows(), rows("season")),
    margins(),
)
@settings(max_examples=400)
def test_seasons_are_the_days_of_the_table(
    tables: tuple[SeasonTable, Seasons], one: str, other: str, margin: Margin
) -> None:
    table, seasons = tables
    policy = Widening(approximate=margin)
    values, others = (Oracle(one, other, seasons=seasons).values(text) for text in (one, other))
    # By another table, a range or a span may end before it begins.
    assume(values)
    assume(others.begins[0] < others.ends[-1] if isinstance(others, Span) else others)

    when, extent = When.parse(one), When.parse(other).extent(seasons=table)

    assert when.extent(seasons=table).relations(extent) == expected(one, other, seasons=seasons)
    assert when.widen(policy, seasons=table).relations(extent) == expected(one, other, policy=policy, seasons=seasons)


def test_seasons_follow_each_other_by_the_table_that_is_asked_for() -> None:
    south = SeasonTable.meteorological(south=True)
    autumn = When.parse("2003-23").extent(seasons=south)
    year_and_a_half = When.parse("[2002-24..2003-21]").extent(seasons=south)
    three = When.parse("[2002-24,2003-21,2003-22]").extent(seasons=south)

    assert year_and_a_half.relations(autumn) == set_of(ANY_OF_ONE_GRAIN)
    assert three.relations(autumn) == set_of("before after")


def test_a_range_of_seasons_ends_with_its_last_even_if_the_next_has_begun() -> None:
    seasons = SeasonTable.of({21: ((4, 1), (6, 15))})
    mask = When.parse("[2002-24..2003-21]").extent(seasons=seasons).relations(When.parse("2003-06"))

    assert mask == set_of("before overlaps")


def test_two_stretches_of_whole_days_have_one_relation() -> None:
    days = [f"2004-02-{day}" for day in (27, 28, 29)] + ["2004-03-01", "2004-03-02"]
    stretches = [(start, end) for end in range(5) for start in range(end + 1)]
    seen = Relation(0)
    for (start, end), (other_start, other_end) in itertools.product(stretches, repeat=2):
        one, other = When.parse(f"{days[start]}/{days[end]}"), When.parse(f"{days[other_start]}/{days[other_end]}")
        begun, ended = (place(moment, other_start, other_end + 1) for moment in (start, end + 1))

        assert one.relations(other) == ALLEN[begun, ended]
        seen |= one.relations(other)
    assert seen == set_of(EVERY)


@given(dates(), dates())
@settings(max_examples=300)
def test_what_is_certain_is_all_that_is_possible(one: str, other: str) -> None:
    when, another = When.parse(one), When.parse(other)
    mask = expected(one, other)

    for asked, names in ASKED.items():
        certain = getattr(when, f"certainly_{asked}")(another)
        possible = getattr(when, f"possibly_{asked}")(another)
        assert certain is all(relation in set_of(names) for relation in mask)
        assert possible is any(relation in set_of(names) for relation in mask)
        assert possible or not certain


def test_neither_is_certain_of_two_that_exclude_each_other() -> None:
    either, between = When.parse("[2020,2030]"), When.parse("2025")

    assert not either.certainly_before(between)
    assert not either.certainly_after(between)
    assert either.possibly_before(between)
    assert either.possibly_after(between)
    assert not either.possibly_overlaps(between)
    assert not When.parse("198X").certainly_equals(When.parse("198X"))
    assert When.parse("1985").certainly_equals(When.parse("1985"))
    assert When.parse("2010").certainly_during(When.parse("../2020"))


@given(dates(), dates())
@settings(max_examples=300)
def test_windows_overlap_and_contain_each_other_by_their_outer_bounds(one: str, other: str) -> None:
    (start, end), (other_start, other_end) = hulls(one, other)
    when, another = When.parse(one), When.parse(other)

    assert when.overlaps(another) is (start < other_end and other_start < end)
    # Nobody knows what lies before an end that nobody knows.
    is_known = not one.startswith("/") and not one.endswith("/")
    assert when.contains(another) is (is_known and start <= other_start and other_end <= end)


def hulls(one: str, other: str) -> list[Stretch]:
    """From the first to the last moment of two dates; without bound where that is open or unknown."""
    found = []
    for text, another in ((one, other), (other, one)):
        values = Oracle(one, other).values(text)
        stretches = [(values.begins[0], values.ends[-1])] if isinstance(values, Span) else values
        start, end = min(start for start, _ in stretches), max(end for _, end in stretches)
        if is_zoned(text) and not is_zoned(another):
            # Beside one without a zone it is what its own clock tells.
            start, end = (moment + offset(text[19:]) for moment in (start, end))
        bare = text.strip("[]{}")
        found.append(
            (-FOREVER if bare.startswith(("/", "..")) else start, FOREVER if bare.endswith(("/", "..")) else end)
        )
    return found


@given(st.integers(0, 2**13 - 1))
def test_the_inverse_of_a_set_has_the_inverse_of_each(number: int) -> None:
    mask = Relation(number)

    assert mask.inverse == mirrored(mask)
    assert mask.inverse.inverse == mask


@pytest.mark.parametrize("width", [-1, 1.0, True, "1", None])
@pytest.mark.parametrize("name", ["years", "seasons", "months", "days"])
def test_a_margin_is_a_whole_number(name: str, width: object) -> None:
    with pytest.raises(ValueError, match=f"for {name}, expected a whole number"):
        Margin(**{name: width})  # type: ignore[arg-type] # callers without types
