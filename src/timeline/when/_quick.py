"""Reads the commonest forms without taking them apart; all others, and all errors, are the reader's.

Of text that is canonical EDTF of such a form these functions give the window; of any
other they give None, and what is not read here is read by `timeline.when._reader`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from timeline.when._calendar import DAY_SECONDS, month_length, to_ordinal
from timeline.when._parts import Bound, Grain, Kind, Qualifier

if TYPE_CHECKING:
    from timeline.when._windows import Window

_PLAIN = re.compile(r"(-?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
# What else is common: the X of level 1, seasons, long years and significant digits.
_OPEN = re.compile(
    r"(?:([0-9]{2})(?:([0-9])X|XX)|([0-9]{4})-(?:XX(?:-XX)?|([0-9]{2})-XX|(2[1-9]|3[0-9]|4[01])))[?~%]?"
    r"|Y(-?[1-9][0-9]{4,17})|([0-9]{4})S([1-3])"
)
_MARKS = {mark.value: number for number, mark in enumerate(Qualifier)}
_YEAR, _MONTH, _DAY = int(Grain.YEAR) << 2, int(Grain.MONTH) << 2, int(Grain.DAY) << 2


def plain(text: str) -> tuple[int, int, int] | None:  # noqa: C901, PLR0911 - one function, to be quick
    """Grain and qualifier in a number, start and end of a year, month or day with at most a qualifier behind it."""
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        try:
            start = date.fromisoformat(text).toordinal() * DAY_SECONDS
        except ValueError:
            pass  # an X, the year 0000, or an error for the reader to explain
        else:
            return _DAY, start, start + DAY_SECONDS
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    sign, year_digits, month_digits, day_digits, mark = match.groups()
    year = int(year_digits)
    if sign:
        if year == 0:
            return None
        year = -year
    form = _MARKS[mark]
    if month_digits is None:
        return _YEAR | form, to_ordinal(year, 1, 1) * DAY_SECONDS, to_ordinal(year + 1, 1, 1) * DAY_SECONDS
    month = int(month_digits)
    if not 1 <= month <= 12:
        return None
    if day_digits is None:
        start = to_ordinal(year, month, 1) * DAY_SECONDS
        return _MONTH | form, start, start + month_length(year, month) * DAY_SECONDS
    day = int(day_digits)
    if not 1 <= day <= month_length(year, month):
        return None
    start = to_ordinal(year, month, day) * DAY_SECONDS
    return _DAY | form, start, start + DAY_SECONDS


def canonical(text: str) -> tuple[Kind, Window] | None:
    """Kind and window of a date that is not plain, but of a common form and canonical."""
    if "/" in text:
        kind, window = Kind.SPAN, _span(text)
    elif text[:1] in ("[", "{"):
        kind, window = Kind.ONE_OF if text[0] == "[" else Kind.ALL_OF, _set(text)
    else:
        kind, window = Kind.POINT, _open(text)
    return None if window is None else (kind, window)


def _open(text: str) -> Window | None:
    """Start and end of a year, month or day with X, a season, a long year or one with significant digits."""
    match = _OPEN.fullmatch(text)
    if match is None:
        return None
    century, decade, year, month, season, long_year, rounded, digits = match.groups()
    if season is not None:
        from timeline.when._seasons import DEFAULT_SEASONS  # noqa: PLC0415 - most dates are no seasons

        first, last = DEFAULT_SEASONS.days(int(year), int(season))
        return first * DAY_SECONDS, last * DAY_SECONDS
    if month is not None:
        found = plain(f"{year}-{month}")
        return None if found is None else found[1:]
    if century is not None:
        low, size = (int(century) * 100, 100) if decade is None else (int(century + decade) * 10, 10)
    elif rounded is not None:
        size = 10 ** (4 - int(digits))
        low = int(rounded) // size * size
    else:
        low, size = int(long_year or year), 1
    return to_ordinal(low, 1, 1) * DAY_SECONDS, to_ordinal(low + size, 1, 1) * DAY_SECONDS


def _span(text: str) -> Window | None:
    """Start and end of an interval of plain dates, one of which may be open or unknown."""
    first, _, last = text.partition("/")
    if first in ("", ".."):
        found = plain(last)
        return None if found is None else (Bound(first), found[2])
    begin = plain(first)
    if begin is None:
        return None
    if last in ("", ".."):
        return begin[1], Bound(last)
    found = plain(last)
    return None if found is None or begin[1] >= found[2] else (begin[1], found[2])


def _set(text: str) -> Window | None:
    """Start and end of a set of plain dates and ranges of them that come in order and apart."""
    if text[:1] + text[-1:] not in ("[]", "{}") or ("," not in text and ".." not in text):
        return None
    members = text[1:-1].split(",")
    start: int | Bound | None = None
    end: int | Bound | None = None
    in_a_row = 0
    for at, member in enumerate(members):
        first, dots, last = member.partition("..")
        one = plain(first) if first else None
        other = (plain(last) if last else None) if dots else one
        if dots and not first and at == 0 and other is not None:
            start, end, in_a_row = Bound.OPEN, other[2], 1
            continue
        if one is None or (end is not None and (isinstance(end, Bound) or one[1] < end)):
            return None
        # Two dates may stand next to each other; three would have to be a range.
        in_a_row = in_a_row + 1 if one[1] == end and not dots else 0
        if in_a_row > 1 or (dots and one[1] == end):
            return None
        if dots and not last and at == len(members) - 1:
            end = Bound.OPEN
        elif other is None or (dots and (one[0] | 3 != other[0] | 3 or other[1] <= one[2])):
            return None
        else:
            end = other[2]
        if dots:
            in_a_row = 1  # a date right behind a range would belong to it
        if start is None:
            start = one[1]
    return None if start is None or end is None else (start, end)
