"""The dates of slides: as precise as they are given, and no more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import attrs

from timeline.errors import WhenError
from timeline.model import to_duration
from timeline.when import When
from timeline_timelinejs.reading._report import shown

if TYPE_CHECKING:
    from timeline_timelinejs.reading._report import Report, Spot

_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[,' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}][0-9]{3})+")
_DECIMAL = re.compile(r"(-?[0-9]{1,1000})\.([0-9]+)")
_BEFORE_CHRIST = re.compile(r"([0-9]{1,1000})\s*B\.?\s?C\.?(?:\s?E\.?)?", re.IGNORECASE)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_CLOCK = ("hour", "minute", "second", "millisecond")
_LIMITS = {"hour": 23, "minute": 59, "second": 59, "millisecond": 999_999_999}
PARTS = ("year", "month", "day", *_CLOCK)
"""The parts of a date of TimelineJS, by its names."""


@attrs.frozen
class Field:
    """What a file has in one place, as text.

    Attributes:
        text: The text.
        spot: Where it stands.
        name: What the file calls it.
        is_zero: Whether it is the number 0: TimelineJS takes that for no time of day.
    """

    text: str
    spot: Spot
    name: str
    is_zero: bool = False


@attrs.frozen(kw_only=True)
class GivenDate:
    """A date as a slide gives it, one of its two.

    Attributes:
        spot: Where it stands.
        parts: Its parts, those that are not empty.
        clock: The time of day in its own words, if the file has it as one text.
        words: The words that the file wants shown in its place.
    """

    spot: Spot
    parts: dict[str, Field]
    clock: str = ""
    words: str = ""


class Timing(NamedTuple):
    """When an event is.

    Attributes:
        when: The date.
        duration: How long it lasts from the time of day at which it begins.
        words: What the slide says of the date that EDTF cannot.
    """

    when: When | None
    duration: str | None = None
    words: str = ""


class _Moment(NamedTuple):
    """One of the two dates, read."""

    day: str
    clock: tuple[int, int, int] | None
    words: str


def timing(start: GivenDate | None, end: GivenDate | None, report: Report) -> Timing:
    """When a slide says that its event is."""
    first = None if start is None else _moment(start, report)
    last = None if end is None else _moment(end, report)
    if first is None and last is None:
        return Timing(None, words=_unread(start, end))
    if last is None:
        assert first is not None
        assert start is not None
        return Timing(
            When.parse(first.day if first.clock is None else f"{first.day}T{_clock(first.clock)}"), None, first.words
        )
    assert end is not None
    if first is None:
        report.fault(end.spot, "an end without a start", f"both; {last.day} is kept as an end whose start is not known")
        return Timing(When.parse(f"/{last.day}"), None, _joined(_unread(start, None), _spoken(last)))
    return _between(first, last, end, report)


def _between(first: _Moment, last: _Moment, end: GivenDate, report: Report) -> Timing:
    """When it is, of a start and an end."""
    words = _joined(_spoken(first), _spoken(last))
    if first.clock is not None and last.clock is not None:
        begin = When.parse(f"{first.day}T{_clock(first.clock)}")
        until = When.parse(f"{last.day}T{_clock(last.clock)}")
        length = _seconds(until) - _seconds(begin)
        if length >= 0:
            return Timing(begin, to_duration(timedelta(seconds=length)) if length else None)
        report.fault(end.spot, f"an end before the start ({until})", f"one after {begin}, which is kept alone")
        return Timing(begin, words=words)
    if first.day == last.day:
        clocked = first.clock or last.clock
        if clocked:
            report.fault(end.spot, "a time of day at one end only", "seconds at both; the day is kept, and the words")
        return Timing(When.parse(first.day), None, words)
    try:
        when = When.parse(f"{first.day}/{last.day}")
    except WhenError:
        report.fault(end.spot, f"the end {last.day} before the start", f"one after {first.day}, which is kept alone")
        return Timing(When.parse(first.day), None, _joined(first.words or first.day, last.words or last.day))
    if first.clock or last.clock:
        report.fault(
            end.spot,
            "a time of day in a date that lasts from one day to another",
            "seconds at both ends, or none; the days are kept, and the words",
        )
    return Timing(when, None, words)


def _moment(given: GivenDate, report: Report) -> _Moment | None:
    """One date, read; None if it has no year that can be told."""
    year = _year(given, report)
    if year is None:
        return None
    day = f"{year:04}" if 0 <= year <= 9999 else f"{year:05}" if -9999 <= year < 0 else f"Y{year}"
    finer = [given.parts[name] for name in PARTS[1:] if name in given.parts]
    finer = [field for field in finer if not (field.is_zero and field is not given.parts.get("month"))]
    if not finer:
        return _Moment(day, None, "")
    if day.startswith("Y"):
        report.fault(
            finer[0].spot, f"a {finer[0].name} beside a year of five digits or more", "the year alone, which is kept"
        )
        return _Moment(day, None, "")
    is_whole = False
    month = _month(given.parts.get("month"), report)
    if month is not None:
        day = f"{day}-{month:02}"
        found = _day(given.parts.get("day"), day, report)
        is_whole = found is not None
        day = f"{day}-{found:02}" if found is not None else day
    elif "day" in given.parts and "month" not in given.parts:
        field = given.parts["day"]
        report.fault(field.spot, f"{field.name} {shown(field.text)} without a month", f"both; the year {year} is kept")
    return _with_clock(given, day, report, is_whole=is_whole)


def _with_clock(given: GivenDate, day: str, report: Report, *, is_whole: bool) -> _Moment:
    """A day with the time of day, if both are known to the second."""
    stated = [given.parts[name] for name in _CLOCK if name in given.parts]
    # So it is in TimelineJS: a time of day of zeros is none.
    if all(field.is_zero for field in stated):
        return _Moment(day, None, "")
    spot = stated[0].spot
    numbers: dict[str, int] = {}
    for field, name in ((given.parts[name], name) for name in _CLOCK if name in given.parts):
        number = _whole(field, report)
        if number is None or not 0 <= number <= _LIMITS[name]:
            if number is not None:
                report.fault(field.spot, f"{field.name} {shown(field.text)}", f"0 to {_LIMITS[name]}; {day} is kept")
            return _Moment(day, None, given.clock)
        numbers[name] = number
    if not is_whole:
        report.fault(spot, "a time of day without a day", f"both; {day} is kept")
        return _Moment(day, None, given.clock or _words_of(numbers))
    if not {"hour", "minute", "second"} <= numbers.keys():
        words = given.clock or _words_of(numbers)
        report.fault(
            spot,
            f"the time of day {shown(words)}",
            "one with seconds, for EDTF has no other: the day is kept as the date, and the time in words",
        )
        return _Moment(day, None, words)
    if numbers.get("millisecond"):
        report.unplaced(
            given.parts["millisecond"].spot if "millisecond" in given.parts else spot, "a fraction of a second"
        )
    return _Moment(day, (numbers["hour"], numbers["minute"], numbers["second"]), "")


def _year(given: GivenDate, report: Report) -> int | None:
    """The year in astronomical numbers; None, and a report, if there is none."""
    field = given.parts.get("year")
    if field is None:
        report.fault(given.spot, "a date without a year", "a year; the event is kept without this date")
        return None
    if match := _BEFORE_CHRIST.fullmatch(field.text.strip()):
        year: int | None = -int(match[1])
        report.fault(field.spot, f"{field.name} {shown(field.text)}", f"a number; it is read as {year}")
    else:
        year = _whole(field, report)
    if year is None:
        return None
    if year == 0:
        report.fault(
            field.spot,
            f"{field.name} 0",
            "-1 for 1 BC or 1 for 1 AD: there is no year 0; the event is kept without this date",
        )
        return None
    # Its years before 1 are those of historians: -1 is 1 BC, which EDTF calls 0000.
    return year if year > 0 else year + 1


def _month(field: Field | None, report: Report) -> int | None:
    if field is None:
        return None
    word = field.text.strip().rstrip(".").casefold()
    if len(word) >= 3:
        for number, name in enumerate(_MONTHS, start=1):
            if name.startswith(word) or (number == 9 and word == "sept"):
                report.fault(field.spot, f"{field.name} {shown(field.text)}", f"a number; it is read as {number}")
                return number
    number_or_none = _whole(field, report)
    if number_or_none is not None and not 1 <= number_or_none <= 12:
        report.fault(field.spot, f"{field.name} {shown(field.text)}", "1 to 12; the year is kept")
        return None
    return number_or_none


def _day(field: Field | None, month: str, report: Report) -> int | None:
    if field is None:
        return None
    day = _whole(field, report)
    if day is None:
        return None
    try:
        When.parse(f"{month}-{day:02}")
    except WhenError:
        report.fault(field.spot, f"{field.name} {shown(field.text)}", f"a day that {month} has; the month is kept")
        return None
    return day


def _whole(field: Field, report: Report) -> int | None:
    """The whole number in a field; None, and a report, if there is none."""
    if not field.text:
        # It was reported where it was read.
        return None
    text = field.text.strip().replace("\N{MINUS SIGN}", "-")
    if text.isascii() and _INTEGER.fullmatch(text):
        return int(text)
    match = _DECIMAL.fullmatch(text)
    if match and not match[2].strip("0"):
        return int(match[1])
    if _THOUSANDS.fullmatch(text):
        number = int(re.sub(r"[^0-9-]", "", text))
        report.fault(field.spot, f"{field.name} {shown(field.text)}", f"digits only; it is read as {number}")
        return number
    report.fault(field.spot, f"{field.name} {shown(field.text)}", "a whole number; the event is kept without it")
    return None


def _words_of(numbers: dict[str, int]) -> str:
    """A time of day that has no seconds, in words."""
    if "hour" not in numbers:
        return ""
    if "minute" not in numbers:
        return f"{numbers['hour']} h"
    return f"{numbers['hour']:02}:{numbers['minute']:02}"


def _clock(clock: tuple[int, int, int]) -> str:
    return "{:02}:{:02}:{:02}".format(*clock)


def _spoken(moment: _Moment) -> str:
    return moment.words or ("" if moment.clock is None else _clock(moment.clock))


def _unread(start: GivenDate | None, end: GivenDate | None) -> str:
    """The words of dates that could not be read, so that they are not lost."""
    said = [
        " ".join([*(given.parts[name].text.strip() for name in PARTS[:3] if name in given.parts), given.clock]).strip()
        for given in (start, end)
        if given is not None
    ]
    return "\N{EN DASH}".join(filter(None, said))


def _joined(first: str, last: str) -> str:
    return "\N{EN DASH}".join(filter(None, (first, last)))


def _seconds(moment: When) -> int:
    first = moment.seconds[0]
    assert isinstance(first, int)
    return first
