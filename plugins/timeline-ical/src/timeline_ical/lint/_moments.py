"""Reads dates, times, periods, durations and offsets as RFC 5545 writes them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_DATE_TIME = re.compile(r"(\d{8})T(\d{6}Z?)", re.ASCII)
_TIME_PART = r"T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"
_DURATION = re.compile(rf"[+-]?P(?:\d+W|\d+D(?:{_TIME_PART})?|{_TIME_PART})", re.ASCII)
_OFFSET = re.compile(r"[+-](\d\d)([0-5]\d)([0-5]\d)?", re.ASCII)

EXPECTED = {
    "DATE": "a date such as 20240914",
    "DATE-TIME": "a date and time such as 20240914T180000Z",
    "PERIOD": "a period such as 20240914T180000Z/PT2H",
    "TIME": "a time such as 180000",
    "DURATION": "a duration such as PT6H or P1D",
    "UTC-OFFSET": "an offset such as +0100",
}
"""What a value of each type looks like."""


class Moment(NamedTuple):
    """A date, or a date and time.

    Attributes:
        clock: "DATE", or how the time is told: "UTC", "local" for that of whoever reads it, or "zone".
        zone: The time zone, where there is one.
        order: The date and time as text: of two that are told alike, the later one is greater.
    """

    clock: str
    zone: str
    order: str

    @property
    def way(self) -> str:
        """What two dates that belong together must have in common."""
        return "UTC or zone" if self.clock in ("UTC", "zone") else self.clock

    def __str__(self) -> str:
        """In words, for messages."""
        words = {"DATE": "a date", "UTC": "a time in UTC", "local": "a local time", "zone": "a time in a time zone"}
        return words[self.clock]


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Whether a text is a DATE (3.3.4) of a day that exists."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Whether a text is a TIME (3.3.12); a minute may have 61 seconds."""
    match = _TIME.fullmatch(text)
    return match is not None and int(match[1]) < 24 and int(match[2]) < 60 and int(match[3]) <= 60


def moment(text: str, type: str, zone: str | None = None) -> Moment | None:
    """A DATE or DATE-TIME (3.3.4, 3.3.5); None if the text is none."""
    if type == "DATE":
        return Moment("DATE", "", text) if is_date(text) else None
    match = _DATE_TIME.fullmatch(text)
    if match is None or not is_date(match[1]) or not is_time(match[2]):
        return None
    if text[-1] == "Z":
        return Moment("UTC", "", text[:-1])
    return Moment("zone", zone, text) if zone else Moment("local", "", text)


def is_duration(text: str) -> bool:
    """Whether a text is a DURATION (3.3.6)."""
    return _DURATION.fullmatch(text) is not None


def is_offset(text: str) -> bool:
    """Whether a text is a UTC-OFFSET (3.3.14); "-0000" is none."""
    match = _OFFSET.fullmatch(text)
    return match is not None and int(match[1]) < 24 and not (text[0] == "-" and int(text[1:]) == 0)


def period(text: str, zone: str | None) -> tuple[Moment | None, str]:
    """The beginning of a PERIOD (3.3.9), and what is wrong with it, or "" if nothing is."""
    start, slash, end = text.partition("/")
    first = moment(start, "DATE-TIME", zone)
    if not slash or first is None:
        return None, EXPECTED["PERIOD"]
    if is_duration(end) and not end.startswith("-"):
        return first, ""
    last = moment(end, "DATE-TIME", zone)
    if last is None or last.way != first.way:
        return None, EXPECTED["PERIOD"]
    if last.clock == first.clock and last.order <= first.order:
        return None, "a period that ends after it begins"
    return first, ""
