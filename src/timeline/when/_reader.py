"""Reads EDTF text; every refusal says where, what may stand there, and at which level."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.errors import WhenError
from timeline.when._calendar import month_length
from timeline.when._parts import (
    MAX_YEAR_DIGITS,
    NO_MARKS,
    SEASON_CODES,
    Bound,
    Clock,
    Grain,
    Kind,
    Marks,
    Part,
    Qualifier,
    Range,
    Unit,
)
from timeline.when._units import hull_of, matching, scale_of, window_of
from timeline.when._writer import canonical, write

if TYPE_CHECKING:
    from timeline.when._windows import Window

_UNIT = re.compile(
    r"([?~%]?)(-?)([0-9X]{4})(?:S([0-9]+))?([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_LONG_YEAR = re.compile(r"([?~%]?)Y(-?)([0-9]+)(?:E([0-9]+))?(?:S([0-9]+))?([?~%]?)")
_DIGITS = re.compile(r"[?~%]?-?([0-9X]{0,3})")
_CLOCK = re.compile(r"T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?")
_QUALIFIERS = {mark.value: mark for mark in Qualifier}
_A_DATE = "a date such as 2024, 2024-08 or 2024-08-06"
_NO_YEAR_0 = "0000 without a sign: there is no year -0000"


def read(text: str) -> tuple[Kind, tuple[Part, ...]]:
    """The kind and the parts of a date in EDTF, as written; see `When.parse`."""
    if not text:
        raise WhenError(text, 0, _A_DATE, 0)
    if text[0] in "[{":
        return _read_set(text)
    if "/" in text:
        return _read_span(text)
    return Kind.POINT, (_read_unit(text, 0, len(text)),)


def read_whole(text: str) -> tuple[Kind, str, Window]:
    """Kind, canonical text and window in seconds of a date in EDTF."""
    kind, parts = read(text)
    parts = canonical(kind, parts)
    return kind, write(kind, parts), window_of(kind, parts)


def _read_unit(text: str, start: int, end: int, *, clock: bool = True) -> Unit:
    """Read the unit that fills ``text[start:end]``."""
    match = _UNIT.match(text, start, end)
    if match is None:
        return _read_long_year(text, start, end)
    left, sign, year_digits, significant, year_mark, left2, month_digits, right2, left3, day_digits, right3 = (
        match.groups()
    )
    stop = match.end()
    year: int | str = f"{sign}{year_digits}" if "X" in year_digits else int(f"{sign}{year_digits}")
    if sign and year == 0:
        raise WhenError(text, match.start(2), _NO_YEAR_0, 1)
    time_of_day = None
    if stop != end:
        if text[stop] == "T" and not clock:
            raise WhenError(text, stop, "no time of day: intervals and sets are of days, months and years", 0)
        if text[stop] != "T":
            raise WhenError(text, stop, *_after(match, clock=clock))
        time_of_day = _read_clock(text, stop, end, match)
    month, day = _month(text, match, month_digits), _day(text, match, day_digits)
    marks = NO_MARKS
    if left or year_mark or left2 or right2 or left3 or right3:
        marks = _marks((left, year_mark), (left2, right2), (left3, right3))
    count = None
    if significant is not None:
        if month_digits:
            raise WhenError(text, match.end(5), "the end: only a year has significant digits", 2)
        if isinstance(year, str):
            raise WhenError(text, match.start(3), "four digits before S", 2)
        count = _significant(text, match.start(4), significant, 4)
    unit = Unit(year, month, day, marks, time_of_day, count)
    _check_that_it_exists(text, match, unit)
    return unit


def _check_that_it_exists(text: str, match: re.Match[str], unit: Unit) -> None:
    """Refuse a day that its month has not."""
    year, month, day = unit.year, unit.month, unit.day
    if isinstance(day, int) and isinstance(year, int) and isinstance(month, int):
        if day > month_length(year, month):
            raise WhenError(text, match.start(10), f"a day 01 to {month_length(year, month)} in that month", 0)
    elif day is not None and hull_of(unit) is None:
        raise WhenError(text, match.start(10), "a day that some month of such a date has", 2)


def _month(text: str, match: re.Match[str], digits: str | None) -> int | str | None:
    if digits is None:
        return None
    if "X" in digits:
        if not matching(digits, 12):
            raise WhenError(text, match.start(7), "digits and X that some month 01 to 12 has", 2)
        return digits
    month = int(digits)
    if not 1 <= month <= 12 and (match[10] is not None or month not in SEASON_CODES):
        if match[10] is not None:
            raise WhenError(text, match.start(7), "a month 01 to 12", 0)
        raise WhenError(text, match.start(7), "a month 01 to 12 or a season code 21 to 41", 1 if 20 < month < 25 else 2)
    return month


def _day(text: str, match: re.Match[str], digits: str | None) -> int | str | None:
    if digits is None:
        return None
    if "X" in digits:
        if not matching(digits, 31):
            raise WhenError(text, match.start(10), "digits and X that some day 01 to 31 has", 2)
        return digits
    day = int(digits)
    if not 1 <= day <= 31:
        raise WhenError(text, match.start(10), "a day 01 to 31", 0)
    return day


def _marks(*written: tuple[str | None, str | None]) -> Marks:
    """The qualifiers of year, month and day, of those written left and right of each.

    One on the left is of that part alone, one on the right of that part and all before it.
    """
    found = [_QUALIFIERS[left or ""] for left, _ in written]
    for at, (_, right) in enumerate(written):
        if right:
            for before in range(at + 1):
                found[before] |= _QUALIFIERS[right]
    return found[0], found[1], found[2]


def _read_clock(text: str, start: int, end: int, date: re.Match[str]) -> Clock:
    """Read the time of day that fills ``text[start:end]``."""
    whole_day = date[10] is not None and "X" not in date[0] and not (set("?~%") & set(date[0]))
    if not whole_day:
        raise WhenError(text, start, "a time of day after a day without X, ? ~ or % only", 0)
    match = _CLOCK.match(text, start, end)
    if match is None:
        raise WhenError(text, start, "T and hours, minutes and seconds, such as T23:20:30", 0)
    if match.end() != end:
        raise WhenError(text, match.end(), "Z, an offset such as +02:00, or the end", 0)
    for group, limit, name in (
        (1, 23, "hour"),
        (2, 59, "minute"),
        (3, 59, "second"),
        (6, 23, "hour"),
        (7, 59, "minute"),
    ):
        if match[group] and int(match[group]) > limit:
            raise WhenError(text, match.start(group), f"{'an' if name == 'hour' else 'a'} {name} 00 to {limit}", 0)
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    if match[4]:
        return Clock(hour, minute, second, 0)
    if not match[5]:
        return Clock(hour, minute, second)
    offset = int(match[6]) * 60 + int(match[7] or 0)
    if match[5] == "-":
        if offset == 0:
            raise WhenError(text, match.start(5), "Z or +00:00: an offset of zero has no minus sign", 0)
        offset = -offset
    return Clock(hour, minute, second, offset)


def _after(match: re.Match[str], *, clock: bool) -> tuple[str, int]:
    """What may follow the part of a unit that was read, and at which level."""
    end = "/ and another date, or the end" if clock else "or the end"
    if match[10]:
        if match[11]:
            return f"nothing after the qualifier of a day{', but / and another date' if clock else ''}", 2
        return f"{'T and a time, ' if clock else ''}one of ? ~ %, {end}", 0
    if match[7]:
        return f"- and two digits for a day{'' if match[8] else ', one of ? ~ %'}, {end}", 2 if match[8] else 0
    if match[5]:
        return f"- and two digits for a month, {end}", 2
    if match.string[match.end() : match.end() + 1] == "S":
        return "a number of digits after S", 2
    return f"- and two digits for a month, S and a number of digits, one of ? ~ %, {end}", 0


def _read_long_year(text: str, start: int, end: int) -> Unit:
    """Read a year of more than four digits."""
    match = _LONG_YEAR.match(text, start, end)
    if match is None:
        at = start + (text[start:end][:1] in set("?~%"))
        if text[at : at + 1] == "Y":
            raise WhenError(text, at + 1, "a year of more than four digits after Y, such as Y12024", 1)
        # Where digits begin and break off, that is the place.
        digits_match = _DIGITS.match(text, start, end)
        if digits_match is not None and digits_match[1]:
            raise WhenError(text, digits_match.end(), "a digit or X: a year has four of them", 0)
        raise WhenError(text, start, _A_DATE, 0)
    left, sign, digits, exponent, significant, right = match.groups()
    level = 2 if exponent or significant else 1
    if match.end() != end:
        raise WhenError(
            text, match.end(), "E and an exponent, S and a number of digits, one of ? ~ %, or the end", level
        )
    if digits[0] == "0":
        raise WhenError(text, match.start(3), "a digit 1 to 9 after Y", level)
    places = 0
    if exponent is not None:
        places = int(exponent) if len(exponent) <= 4 else MAX_YEAR_DIGITS
        if places == 0:
            raise WhenError(text, match.start(4), "an exponent of 1 or more", 2)
    if len(digits) + places > MAX_YEAR_DIGITS:
        raise WhenError(text, match.start(3), f"a year of at most {MAX_YEAR_DIGITS:,} digits", level)
    length = len(digits) + places
    if length <= 4:
        raise WhenError(text, match.start(3), "a year of more than four digits; others are written without Y", level)
    year = int(f"{sign}{digits}") * 10**places
    marks = (_QUALIFIERS[left] | _QUALIFIERS[right], Qualifier.NONE, Qualifier.NONE)
    count = None if significant is None else _significant(text, match.start(5), significant, length)
    return Unit(year, None, None, marks, None, count)


def _significant(text: str, position: int, digits: str, length: int) -> int | None:
    """The number of significant digits of a year of so many digits; None if all of them are."""
    count = int(digits) if len(digits) <= 4 and digits[0] != "0" else 0
    if not 1 <= count <= length:
        raise WhenError(text, position, f"a number of significant digits, 1 to {length}", 2)
    return None if count == length else count


def _read_end(text: str, start: int, end: int) -> Unit | Bound:
    """Read an end of an interval: a unit, ``..`` or nothing."""
    written = text[start:end]
    if written in ("", ".."):
        return Bound(written)
    return _read_unit(text, start, end, clock=False)


def _read_span(text: str) -> tuple[Kind, tuple[Part, ...]]:
    slash = text.index("/")
    first = _read_end(text, 0, slash)
    another = text.find("/", slash + 1)
    if another >= 0:
        raise WhenError(text, another, "the end: an interval has one /", 0)
    last = _read_end(text, slash + 1, len(text))
    if isinstance(first, Bound) and isinstance(last, Bound):
        raise WhenError(text, 0, "a date at one end of the interval at least", 1)
    if isinstance(first, Unit) and isinstance(last, Unit) and _hull(first)[0] >= _hull(last)[1]:
        raise WhenError(text, slash + 1, "an end that is not before the beginning", 0)
    return Kind.SPAN, (first, last)


def _read_set(text: str) -> tuple[Kind, tuple[Part, ...]]:
    kind, closing = (Kind.ONE_OF, "]") if text[0] == "[" else (Kind.ALL_OF, "}")
    if not text.endswith(closing) or len(text) == 1:
        at = len(text) - (text[-1] in "]}")
        raise WhenError(text, at, f"{closing} at the end of the set", 2)
    last = len(text) - 1
    members: list[Part] = []
    start = 1
    while start <= last:
        comma = text.find(",", start, last)
        end = comma if comma >= 0 else last
        members.append(_read_member(text, start, end, is_first=start == 1, is_last=end == last))
        start = end + 1
    return kind, tuple(members)


def _read_member(text: str, start: int, end: int, *, is_first: bool, is_last: bool) -> Unit | Range:
    """Read a member of a set: a unit, ``a..b``, ``..b`` or ``a..``."""
    dots = text.find("..", start, end)
    if dots < 0:
        return _read_unit(text, start, end, clock=False)
    first = _read_unit(text, start, dots, clock=False) if dots > start else Bound.OPEN
    last = _read_unit(text, dots + 2, end, clock=False) if dots + 2 < end else Bound.OPEN
    if isinstance(first, Bound) and isinstance(last, Bound):
        raise WhenError(text, start, "a date on one side of .. at least", 2)
    if isinstance(first, Bound) and not is_first:
        raise WhenError(text, start, "a date before .. here: a set is open only at its two ends", 2)
    if isinstance(last, Bound) and not is_last:
        raise WhenError(text, end, "a date after .. here: a set is open only at its two ends", 2)
    if isinstance(first, Unit) and isinstance(last, Unit):
        if not _are_alike(first, last):
            raise WhenError(text, dots + 2, f"{_ALIKE[first.grain]}, as on the left of ..", 2)
        if _hull(first)[0] > _hull(last)[0]:
            raise WhenError(text, dots + 2, "a date that is not before the one on the left of ..", 2)
    return Range(first, last)


_ALIKE = {
    Grain.YEAR: "a year",
    Grain.SEASON: "a season of the same kind",
    Grain.MONTH: "a month",
    Grain.DAY: "a day",
}


def _are_alike(first: Unit, last: Unit) -> bool:
    """Whether two units are of one grain and, if they are seasons, of one series."""
    return scale_of(first) == scale_of(last)


def _hull(unit: Unit) -> tuple[int, int]:
    hull = hull_of(unit)
    assert hull is not None
    return hull
