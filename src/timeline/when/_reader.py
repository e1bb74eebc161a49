"""Reads EDTF text; every refusal says where and what may stand there."""

from __future__ import annotations

import re
from typing import NoReturn

from timeline.errors import WhenError
from timeline.when._calendar import month_length
from timeline.when._parts import SEASON_CODES, Bound, Grain, Kind, Part, Qualifier, Range, Unit

_UNIT = re.compile(r"(-?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_QUALIFIERS = {mark.value: mark for mark in Qualifier}
_A_DATE = "a date such as 2024, 2024-08 or 2024-08-06"

# EDTF that is right but not read yet: refused by name, never misread.
_LATER = (
    (re.compile(r"(?<=[0-9])T(?=[0-9])"), "a time of day (EDTF level 0)"),
    (re.compile(r"X+(?=[0-9X-]|$|[],/}?~%])"), "unspecified digits, X (EDTF level 1 or 2)"),
    (re.compile(r"Y-?[0-9]"), "a year of more than four digits, Y (EDTF level 1 or 2)"),
    (re.compile(r"(?<=[0-9])S(?=[0-9])"), "significant digits, S (EDTF level 2)"),
    (re.compile(r"[?~%](?=-?[0-9])"), "a qualifier of a part of a date (EDTF level 2)"),
)


def read(text: str) -> tuple[Kind, tuple[Part, ...]]:
    """The kind and the parts of a date in EDTF; see `When.parse`."""
    if not text:
        raise WhenError(text, 0, _A_DATE)
    if text[0] in "[{":
        return _read_set(text)
    if "/" in text:
        return _read_span(text)
    return Kind.POINT, (_read_unit(text, 0, len(text)),)


def _read_unit(text: str, start: int, end: int) -> Unit:
    """Read the unit that fills ``text[start:end]``."""
    match = _UNIT.match(text, start, end)
    if match is None:
        _refuse(text, start, _A_DATE)
    if match.end() != end:
        _refuse(text, match.end(), _after(match))
    sign, year_digits, month_digits, day_digits, mark = match.groups()
    year = int(year_digits)
    if sign:
        if year == 0:
            _refuse(text, start, "0000 without a sign: there is no year -0000")
        year = -year
    month = int(month_digits) if month_digits else None
    day = int(day_digits) if day_digits else None
    if month is not None and not 1 <= month <= 12 and (day is not None or month not in SEASON_CODES):
        expected = "a month 01 to 12" if day is not None else "a month 01 to 12 or a season code 21 to 41"
        _refuse(text, match.start(3), expected)
    if day is not None and month is not None and not 1 <= day <= month_length(year, month):
        _refuse(text, match.start(4), f"a day 01 to {month_length(year, month)} in that month")
    return Unit(year, month, day, _QUALIFIERS[mark])


def _after(match: re.Match[str]) -> str:
    """What may follow the part of a unit that was read."""
    if match[5]:
        return "nothing after the qualifier"
    if match[4]:
        return "one of ? ~ % or the end"
    return f"- and two digits for a {'day' if match[3] else 'month'}, one of ? ~ %, or the end"


def _read_end(text: str, start: int, end: int) -> Unit | Bound:
    """Read an end of an interval: a unit, ``..`` or nothing."""
    written = text[start:end]
    if written in ("", ".."):
        return Bound(written)
    return _read_unit(text, start, end)


def _read_span(text: str) -> tuple[Kind, tuple[Part, ...]]:
    slash = text.index("/")
    first = _read_end(text, 0, slash)
    another = text.find("/", slash + 1)
    if another >= 0:
        _refuse(text, another, "the end: an interval has one /")
    last = _read_end(text, slash + 1, len(text))
    if isinstance(first, Bound) and isinstance(last, Bound):
        _refuse(text, 0, "a date at one end of the interval at least")
    if isinstance(first, Unit) and isinstance(last, Unit) and first.window[0] >= last.window[1]:
        _refuse(text, slash + 1, "an end that is not before the beginning")
    return Kind.SPAN, (first, last)


def _read_set(text: str) -> tuple[Kind, tuple[Part, ...]]:
    kind, closing = (Kind.ONE_OF, "]") if text[0] == "[" else (Kind.ALL_OF, "}")
    if not text.endswith(closing) or len(text) == 1:
        _refuse(text, len(text), f"{closing} at the end of the set")
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
        return _read_unit(text, start, end)
    first = _read_unit(text, start, dots) if dots > start else Bound.OPEN
    last = _read_unit(text, dots + 2, end) if dots + 2 < end else Bound.OPEN
    if isinstance(first, Bound) and isinstance(last, Bound):
        _refuse(text, start, "a date on one side of .. at least")
    if isinstance(first, Bound) and not is_first:
        _refuse(text, start, "a date before .. here: a set is open only at its two ends")
    if isinstance(last, Bound) and not is_last:
        _refuse(text, end, "a date after .. here: a set is open only at its two ends")
    if isinstance(first, Unit) and isinstance(last, Unit):
        if first.grain is not last.grain or first.grain is Grain.SEASON:
            _refuse(text, dots + 2, "a year, a month or a day on both sides of .., the same on each")
        if first.window[0] > last.window[0]:
            _refuse(text, dots + 2, "a date that is not before the one on the left of ..")
    return Range(first, last)


def _refuse(text: str, position: int, expected: str) -> NoReturn:
    """Raise the error for ``text``; name the form if it is one for later."""
    for pattern, form in _LATER:
        found = pattern.search(text)
        if found is not None:
            raise WhenError(text, found.start(), f"a date without {form}, which this version does not read yet")
    raise WhenError(text, position, expected)
