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
    from collections.abc import Iterable

    from timeline_timelinejs.reading._report import Report, Spot

_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[,' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}][0-9]{3})+")
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
        has_slashes: Whether it stands as ``1/2/2011``.
    """

    spot: Spot
    parts: dict[str, Field]
    clock: str = ""
    words: str = ""
    has_slashes: bool = False


class Timing(NamedTuple):
    """When an event is.

    Attributes:
        when: The date.
        duration: How long it lasts from the time of day at which it begins.
        words: What the slide says of its start that EDTF cannot, as it stands there: nothing is put together.
    """

    when: When | None
    duration: str | None = None
    words: str = ""


class _Moment(NamedTuple):
    """One of the two dates, read.

    Attributes:
        day: The date, without a time of day.
        clock: The time of day, if it is known to the second.
        words: The time of day as it stands in the file, if it stands there as one text.
    """

    day: str
    clock: tuple[int, int, int] | None
    words: str


def timing(start: GivenDate | None, end: GivenDate | None, report: Report) -> Timing:
    """When a slide says that its event is."""
    first = None if start is None else _moment(start, report)
    last = None if end is None else _moment(end, report)
    if first is None:
        words = "" if start is None else _unread(start)
        if last is None:
            return Timing(None, words=words or ("" if end is None else _unread(end)))
        assert end is not None
        report.fault(end.spot, "an end without a start", f"both; {last.day} is kept as an end whose start is not known")
        if last.clock is not None:
            report.fault(end.spot, f"the time of day {_clock(last.clock)} of an end without a start", _NO_CLOCK)
        return Timing(When.parse(f"/{last.day}"), None, words)
    if last is None:
        if first.clock is None:
            return Timing(When.parse(first.day), None, first.words)
        return Timing(When.parse(f"{first.day}T{_clock(first.clock)}"))
    assert end is not None
    return _between(first, last, end, report)


_NO_CLOCK = "one with a start that has one, too; it is left out"


def _between(first: _Moment, last: _Moment, end: GivenDate, report: Report) -> Timing:
    """When it is, of a start and an end; the words are those of the start alone, for they are no words of both."""
    if first.clock is not None and last.clock is not None:
        begin = When.parse(f"{first.day}T{_clock(first.clock)}")
        until = When.parse(f"{last.day}T{_clock(last.clock)}")
        length = _seconds(until) - _seconds(begin)
        if length >= 0:
            return Timing(begin, to_duration(timedelta(seconds=length)) if length else None)
        report.fault(end.spot, f"an end before the start ({until})", f"one after {begin}, which is kept alone")
        return Timing(begin)
    clocks = " and ".join(_clock(each.clock) for each in (first, last) if each.clock is not None)
    if first.day == last.day:
        if clocks:
            found = f"a time of day at one end only ({clocks})"
            report.fault(end.spot, found, "seconds at both ends, or none; the day is kept")
        return Timing(When.parse(first.day), None, first.words)
    try:
        when = When.parse(f"{first.day}/{last.day}")
    except WhenError:
        report.fault(end.spot, f"the end {last.day} before the start", f"one after {first.day}, which is kept alone")
        if first.clock is not None:
            return Timing(When.parse(f"{first.day}T{_clock(first.clock)}"))
        return Timing(When.parse(first.day), None, first.words)
    if clocks:
        found = f"a time of day in a date that lasts from one day to another ({clocks})"
        report.fault(end.spot, found, "seconds at both ends, or none; the days are kept")
    return Timing(when, None, first.words)


def _moment(given: GivenDate, report: Report) -> _Moment | None:
    """One date, read; None if it has no year that can be told."""
    year = _year(given, report)
    if year is None:
        if "year" in given.parts and (left := _listed(given, PARTS[1:])):
            report.fault(given.spot, f"{left} beside a year that cannot be read", "one that can; it is left out")
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
                words = given.clock or field.text
                report.fault(field.spot, f"{field.name} {shown(words)}", f"0 to {_LIMITS[name]}; {day} is kept")
            others = [other for other in _CLOCK if other != name and other in given.parts]
            if others and not given.clock:
                found = f"{_listed(given, others)} with no {name} that can be read"
                report.fault(field.spot, found, "a time of day that can be read; it is left out")
            return _Moment(day, None, given.clock)
        numbers[name] = number
    words = given.clock or _words_of(numbers)
    if not is_whole:
        report.fault(spot, f"the time of day {shown(words)} without a day", f"both; {day} is kept")
        return _Moment(day, None, given.clock)
    if not {"hour", "minute", "second"} <= numbers.keys():
        report.fault(
            spot,
            f"the time of day {shown(words)}",
            "one with seconds, for EDTF has no other: the day is kept as the date",
        )
        return _Moment(day, None, given.clock)
    if numbers.get("millisecond"):
        report.unplaced(
            given.parts["millisecond"].spot if "millisecond" in given.parts else spot, "a fraction of a second"
        )
    return _Moment(day, (numbers["hour"], numbers["minute"], numbers["second"]), given.clock)


def _listed(given: GivenDate, names: Iterable[str]) -> str:
    """Parts of a date, for a message."""
    fields = {name: given.parts[name] for name in names if name in given.parts and given.parts[name].text}
    told = [
        f"{field.name} {shown(field.text)}" for name, field in fields.items() if name not in _CLOCK or not given.clock
    ]
    if given.clock and not fields.keys().isdisjoint(_CLOCK):
        told.append(f"the time {shown(given.clock)}")
    return ", ".join(told)


def _year(given: GivenDate, report: Report) -> int | None:
    """The year in astronomical numbers; None, and a report, if there is none."""
    field = given.parts.get("year")
    if field is None:
        found = ": ".join(filter(None, ("a date without a year", _listed(given, PARTS))))
        report.fault(given.spot, found, "a year; the event is kept without this date")
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
    if given.has_slashes and len(field.text) < 4 and year > 0:
        expected = f"a year of four digits; it is read as the year {year}, as TimelineJS does"
        report.fault(field.spot, f"the year {shown(field.text)} behind a slash", expected)
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
    """A time of day as messages show it."""
    if not {"hour", "minute"} <= numbers.keys():
        return ", ".join(f"{name} {number}" for name, number in numbers.items())
    seconds = f":{numbers['second']:02}" if "second" in numbers else ""
    return f"{numbers['hour']:02}:{numbers['minute']:02}{seconds}"


def _clock(clock: tuple[int, int, int]) -> str:
    return "{:02}:{:02}:{:02}".format(*clock)


def _unread(given: GivenDate) -> str:
    """The words of a date that could not be read, so that they are not lost: those that are one text."""
    if "year" in given.parts:
        return given.parts["year"].text.strip()
    if given.clock:
        return given.clock
    texts = [field.text.strip() for field in given.parts.values()]
    return texts[0] if len(texts) == 1 else ""


def _seconds(moment: When) -> int:
    first = moment.seconds[0]
    assert isinstance(first, int)
    return first
