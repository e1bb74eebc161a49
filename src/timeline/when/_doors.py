"""The doors beside EDTF: what programs have, and what people type."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from timeline.errors import WhenError
from timeline.when._calendar import month_length
from timeline.when._parts import MAX_YEAR_DIGITS, Clock, Kind, Range, Unit
from timeline.when._reader import read
from timeline.when._writer import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.when._parts import Part

    Read = tuple[Kind, tuple[Part, ...]]

_ORDINAL_DATE = re.compile(r"([0-9]{4})-([0-9]{3})")
_WEEK_DATE = re.compile(r"([0-9]{4})-W([0-9]{2})(?:-([0-9]))?")
_YEAR_FIRST = re.compile(r"[0-9]{4}([^0-9]|[0-9]{4}(\b|T))")
# What can only be meant as EDTF, and whose error says more.
_LIKE_EDTF = re.compile(r"[\[{].*|-?[0-9X]{4}(-[0-9X]{2}){1,2}[?~%]?(/.*)?")
_MAX_LENGTH = 200  # no date that people type is longer, and dateutil is slow
_FIELDS = ("year", "month", "day", "hour", "minute", "second")
# What a text does not say is taken from these, so it differs between them; of two days a fortnight
# apart, neither is moved to the other by a weekday.
_DEFAULTS = (datetime(1904, 1, 1, 1, 1, 1, tzinfo=None), datetime(2308, 3, 15, 2, 2, 2, tzinfo=None))  # noqa: DTZ001 - no zone is meant


def of(value: date | str | int) -> Read:
    """Kind and parts of what programs have; see `When.of`."""
    found: object = value
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, datetime):
        return _of_datetime(value)
    if isinstance(value, date):
        return Kind.POINT, (Unit(value.year, value.month, value.day),)
    if isinstance(found, int) and not isinstance(found, bool):
        if abs(found) >= 10**MAX_YEAR_DIGITS:
            text = hex(found)
            raise WhenError(text, 0, f"a year of at most {MAX_YEAR_DIGITS:,} digits", 1)
        return Kind.POINT, (Unit(found),)
    message = f"expected EDTF text, a date, a datetime, a year or a When, found {type(value).__name__}"
    raise TypeError(message)


def _of_datetime(value: datetime) -> Read:
    offset = value.utcoffset()
    if offset is not None and offset % timedelta(minutes=1):
        # Local mean times had seconds, which an offset has not: the same moment in UTC has none.
        try:
            value = value.astimezone(UTC)
        except OverflowError:
            raise WhenError(value.isoformat(), 0, "a time within the years 1 to 9999 in UTC") from None
        offset = timedelta()
    minutes = None if offset is None else offset // timedelta(minutes=1)
    clock = Clock(value.hour, value.minute, value.second, minutes)
    return Kind.POINT, (Unit(value.year, value.month, value.day, clock=clock),)


def _of_text(text: str) -> Read:
    try:
        return read(text)
    except WhenError:
        if match := _WEEK_DATE.fullmatch(text):
            return _of_week(text, match)
        if match := _ORDINAL_DATE.fullmatch(text):
            year, day = int(match[1]), int(match[2])
            first = _day(text, date, year, 1, 1).toordinal()
            if not 1 <= day <= 337 + month_length(year, 2):
                raise WhenError(text, match.start(2), "a day 001 to 365, or 366 in a leap year") from None
            return of(date.fromordinal(first + day - 1))
        raise


def _of_week(text: str, match: re.Match[str]) -> Read:
    year, week = int(match[1]), int(match[2])
    if match[3]:
        return of(_day(text, date.fromisocalendar, year, week, int(match[3])))
    first, last = (_day(text, date.fromisocalendar, year, week, day) for day in (1, 7))
    ends = [Unit(day.year, day.month, day.day) for day in (first, last)]
    return Kind.ONE_OF, (Range(*ends),)


def _day(text: str, make: Callable[..., date], *numbers: int) -> date:
    try:
        return make(*numbers)
    except (ValueError, OverflowError):
        expected = "a week 01 to 52, or 53 in a long year, and a day 1 to 7, of the years 0001 to 9999"
        raise WhenError(text, 5 if "W" in text else 0, expected if "W" in text else "a year 0001 to 9999") from None


def lenient(text: str, *, dayfirst: bool | None) -> Read:
    """Read a date as people type it; see `When.lenient`."""
    if not isinstance(text, str):
        message = f"expected text, found {type(text).__name__}"  # type: ignore[unreachable] # callers without types
        raise TypeError(message)
    text = text.strip()
    try:
        return of(text)
    except WhenError as error:
        if not text or len(text) > _MAX_LENGTH:
            raise WhenError(text, min(len(text), _MAX_LENGTH), f"a date in at most {_MAX_LENGTH} characters") from error
        if _LIKE_EDTF.fullmatch(text):
            raise
    if dayfirst is None and not _YEAR_FIRST.match(text):
        readings = {_typed(text, dayfirst=order) for order in (False, True)}
        if len(readings) > 1:
            ways = " or ".join(sorted(write(*each) for each in readings))
            expected = f"one reading only, or to be told whether day or month comes first: it may be {ways}"
            raise WhenError(text, 0, expected)
        return readings.pop()
    return _typed(text, dayfirst=bool(dayfirst) and not _YEAR_FIRST.match(text))


def _typed(text: str, *, dayfirst: bool) -> Read:
    """Read a text by dateutil, as precise as it is."""
    from dateutil.parser import parser, parserinfo  # noqa: PLC0415 - only wanted here

    class Info(parserinfo):
        def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: FBT001, FBT002 - dateutil's signature
            if year < 100 and not century_specified:
                # dateutil would choose the century by the clock.
                raise WhenError(text, 0, "a year of four digits")
            return year

    info = Info()
    # To dateutil "UTC+2" is two hours behind, as POSIX has it; to everybody else it is ahead.
    plain = re.sub(r"\b(?:UTC|GMT)\s*(?=[+-]\d)", "", text, flags=re.IGNORECASE)
    try:
        one, other = (
            parser(info).parse(plain, default=default, tzinfos=_zone, dayfirst=dayfirst) for default in _DEFAULTS
        )
    except WhenError:
        raise
    except (ValueError, OverflowError, ArithmeticError, TypeError, AttributeError, LookupError) as error:
        reason = f": {error}" if isinstance(error, _NamedZoneError) else ""
        raise WhenError(
            text, 0, f"a date in EDTF or in English, such as 2024-12-27 or 27 December 2024{reason}"
        ) from None
    return _as_precise(text, one, other, info)


class _NamedZoneError(ValueError):
    """A time zone that only has a name."""


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if name is None and offset is None:
        return None
    if offset is None:
        message = f"the zone {name!r} may mean several offsets; write one, such as +02:00"
        raise _NamedZoneError(message)
    return timezone(timedelta(seconds=offset))


def _as_precise(text: str, one: datetime, other: datetime, info: Any) -> Read:
    """The date of two readings that differ in what the text does not say."""
    known = [getattr(one, field) == getattr(other, field) for field in _FIELDS]
    count = next((at for at, is_known in enumerate(known) if not is_known), len(known))
    if count == 0:
        raise WhenError(text, 0, "a date with its year")
    if any(known[count:]) or 3 < count < len(_FIELDS):
        reason = "EDTF tells the time to the second" if count >= 3 else "nothing is filled in"
        raise WhenError(text, 0, f"a date with its {_FIELDS[count]} too: {reason}")
    offset = re.compile(r"[+-]\d\d?:?(?:\d\d)?\s*$").sub("", text) if count == len(_FIELDS) else text
    told = {one.year, one.month, one.day, one.hour, one.hour % 12 or 12, one.minute, one.second}
    if any(int(digits) not in told for digits in re.findall(r"\d+", offset) if len(digits) < 5):
        raise WhenError(text, 0, "a date of which nothing has to be left out")
    if count < 3 and re.search(r"\b(\d+(st|nd|rd|th)|at|and|t|m)\b", text, re.IGNORECASE):
        raise WhenError(text, 0, "a month by its name, or a whole day")
    weekdays = [day for word in re.findall("[A-Za-z]+", text) if (day := info.weekday(word)) is not None]
    if weekdays and (count < 3 or {*weekdays} != {one.weekday()}):
        raise WhenError(text, 0, "a weekday beside the day that it is, or none")
    if count == len(_FIELDS):
        return _of_datetime(one)
    if one.tzinfo is not None:
        raise WhenError(text, 0, "a time zone beside a time only")
    return Kind.POINT, (Unit(one.year, one.month if count > 1 else None, one.day if count > 2 else None),)
