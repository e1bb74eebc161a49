"""Reads recurrence rules.

Source: RFC 5545, 3.3.10.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from timeline_ical.lint._moments import Moment, moment
from timeline_ical.lint._report import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAYS = "SU|MO|TU|WE|TH|FR|SA"
_BY_DAY = re.compile(rf"([+-]?\d{{1,2}})?(?:{_DAYS})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,3}", re.ASCII)
# What a number may be at most, from what on, and whether it may count from the end.
_LISTS = {
    "BYSECOND": (0, 60, False),
    "BYMINUTE": (0, 59, False),
    "BYHOUR": (0, 23, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYMONTH": (1, 12, False),
    "BYSETPOS": (1, 366, True),
}
_TIMES = ("BYSECOND", "BYMINUTE", "BYHOUR")
_NOT_WITH = {
    "BYMONTHDAY": ("WEEKLY",),
    "BYYEARDAY": ("DAILY", "WEEKLY", "MONTHLY"),
    "BYWEEKNO": tuple(name for name in _FREQUENCIES if name != "YEARLY"),
}


class Rule(NamedTuple):
    """A rule.

    Attributes:
        until: UNTIL, if there is one.
        has_times: Whether it names hours, minutes or seconds.
    """

    until: Moment | None
    has_times: bool


def parse(text: str) -> Rule | str:
    """A rule; if it is none, what was found and what was expected."""
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _, value = part.partition("=")
        if not value:
            found = shown(part) if part else "an empty part"
            return f"found {found}, expected parts such as FREQ=DAILY, with ';' between"
        if name in parts:
            return f"found {shown(name)} twice, expected it once"
        parts[name] = value
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        return _wrong(f"FREQ={frequency}" if frequency else text, f"FREQ={'|'.join(_FREQUENCIES)}")
    if next(iter(parts)) != "FREQ":
        return _wrong(text, "FREQ first, which older readers need")
    wrong = next(filter(None, (_wrong_part(name, value, parts) for name, value in parts.items())), "")
    if wrong := wrong or _wrong_together(parts, frequency):
        return wrong
    return Rule(_until(parts["UNTIL"]) if "UNTIL" in parts else None, any(name in parts for name in _TIMES))


def _until(value: str) -> Moment | None:
    return moment(value, "DATE") or moment(value, "DATE-TIME")


def _wrong_part(name: str, value: str, parts: Mapping[str, str]) -> str:
    """What is wrong with a part; "" if nothing is."""
    if name in _LISTS:
        return _wrong_number(name, value, is_leap="RSCALE" in parts)
    right, expected = True, ""
    if name == "UNTIL":
        right, expected = _until(value) is not None, "a date such as 20240914 or a time such as 20240914T180000Z"
    elif name in ("COUNT", "INTERVAL"):
        right = value.isascii() and value.isdigit() and bool(value.strip("0"))
        expected = "a whole number, 1 or more"
    elif name == "BYDAY":
        right, expected = all(map(_is_day, value.split(","))), "days such as MO, or 2MO or -1FR"
    elif name == "WKST":
        right, expected = re.fullmatch(_DAYS, value) is not None, _DAYS
    elif name not in ("FREQ", "RSCALE", "SKIP"):  # the last two: RFC 7529
        right, expected = False, "a part that RFC 5545 knows"
    return "" if right else _wrong(f"{name}={value}", expected)


def _is_day(text: str) -> bool:
    match = _BY_DAY.fullmatch(text)
    return match is not None and (not match[1] or 1 <= abs(int(match[1])) <= 53)


def _wrong_number(name: str, value: str, *, is_leap: bool) -> str:
    lowest, highest, from_end = _LISTS[name]
    for item in value.split(","):
        # Calendars with leap months name these so (RFC 7529).
        digits = item.removesuffix("L") if name == "BYMONTH" and is_leap else item
        number = int(digits) if _NUMBER.fullmatch(digits) else None
        if number is None or not lowest <= (abs(number) if from_end else number) <= highest:
            return _wrong(f"{name}={item}", f"a number from {lowest} to {highest}")
    return ""


def _wrong_together(parts: Mapping[str, str], frequency: str) -> str:
    """What is wrong with parts that are right by themselves; "" if nothing is."""
    if "COUNT" in parts and "UNTIL" in parts:
        return "found COUNT and UNTIL, expected one of them"
    for name, frequencies in _NOT_WITH.items():
        if name in parts and frequency in frequencies:
            return _wrong(f"{name} with FREQ={frequency}", "another FREQ")
    if re.search(r"\d", parts.get("BYDAY", "")):
        if frequency not in ("MONTHLY", "YEARLY"):
            return _wrong(f"BYDAY={parts['BYDAY']} with FREQ={frequency}", "days without a number")
        if frequency == "YEARLY" and "BYWEEKNO" in parts:
            return _wrong(f"BYDAY={parts['BYDAY']} with BYWEEKNO", "days without a number")
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        return "found BYSETPOS alone, expected another part that begins with BY"
    return ""


def _wrong(found: str, expected: str) -> str:
    return f"found {shown(found)}, expected {expected}"
