"""What is wrong with a value, by its type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_ical.lint._moments import EXPECTED, is_duration, is_offset, is_time, moment, period
from timeline_ical.lint._recur import parse
from timeline_ical.lint._report import counted, shown
from timeline_ical.lint._tables import RANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline_ical.lint._content import Property
    from timeline_ical.lint._moments import Moment
    from timeline_ical.lint._report import Report

_TEXT = re.compile(r"(?:[^\\,;]++|\\[\\,;nN])*+")
_INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_FLOAT = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
# RFC 3986, appendix A: a scheme, then what may stand in a URI.
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+", re.ASCII)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", re.ASCII)


def check_text(prop: Property, report: Report, *, is_list: bool) -> None:
    """Tell what is escaped wrongly; of several faults of one kind, the first and how many there are.

    Source: RFC 5545, 3.3.11.
    """
    value = prop.value
    if "\\" not in value and ";" not in value and ("," not in value or is_list):
        return
    places: dict[int, list[int]] = {}
    for at in _text_faults(value, is_list=is_list):
        places.setdefault(302 if value[at] == "\\" else 301, []).append(at)
    for number, found in places.items():
        at = found[0]
        more = f", and {counted(len(found) - 1, 'time')} more" if len(found) > 1 else ""
        if number == 301:
            message = f"found '{value[at]}' in the text{more}, expected '\\{value[at]}'"
        else:
            escape = f"'{value[at : at + 2]}'" if at + 1 < len(value) else "a single backslash"
            message = f"found {escape} in the text{more}, expected \\\\ for a backslash, or one of \\; \\, \\n"
        report.add(number, message, prop.place(at))


def _text_faults(value: str, *, is_list: bool) -> Iterator[int]:
    at = 0
    while True:
        match = _TEXT.match(value, at)
        assert match is not None  # it may be empty
        at = match.end()
        if at >= len(value):
            return
        if value[at] != "," or not is_list:
            yield at
        # What a backslash stands before belongs to it, right or wrong.
        at += 2 if value[at] == "\\" else 1


def check_value(prop: Property, type: str, report: Report, *, is_list: bool) -> None:
    """Tell what is wrong with the value of a property, and keep the dates in it."""
    if type in ("DATE", "DATE-TIME", "PERIOD"):
        _check_moments(prop, type, report, is_list=is_list)
    elif type == "TEXT":
        check_text(prop, report, is_list=is_list)
    elif type in _CHECKS:
        _CHECKS[type](prop, report)


def _check_moments(prop: Property, type: str, report: Report, *, is_list: bool) -> None:
    zone = prop.parameter("TZID")
    found: list[Moment] = []
    at = 0
    for text in prop.value.split(",") if is_list else (prop.value,):
        first: Moment | None
        if type == "PERIOD":
            first, wrong = period(text, zone)
        else:
            first = moment(text, type, zone)
            wrong = EXPECTED[type]
        if first is None:
            _bad_moment(prop, text, type, report, at=at, expected=wrong)
        else:
            found.append(first)
        at += len(text) + 1
    prop.moments = tuple(found)


def _bad_moment(prop: Property, text: str, type: str, report: Report, *, at: int, expected: str) -> None:
    """Tell what is wrong with a date in the value of a property."""
    other = "DATE-TIME" if type == "DATE" else "DATE"
    if moment(text, other) is not None:
        hint = ", or no VALUE=DATE" if type == "DATE" else ", or VALUE=DATE"
        report.add(307, f"found {shown(text)}, a {other}, expected {expected}{hint}", prop.place(at))
        return
    # An unquoted colon in a parameter ends it too soon, and the rest of it begins the value.
    rest = text.rpartition(":")[2]
    if rest != text and moment(rest, type) is not None:
        report.add(319, "found a colon in a parameter, expected its value in quotation marks", prop.start)
        return
    report.add(303, f"found {shown(text)}, expected {expected}", prop.place(at))


def _check_duration(prop: Property, report: Report) -> None:
    if not is_duration(prop.value):
        report.add(304, f"found {shown(prop.value)}, expected {EXPECTED['DURATION']}", prop.place())
    elif prop.value.startswith("-") and prop.name in ("DURATION", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        report.add(304, f"found {shown(prop.value)}, expected one that is not negative", prop.place())


def _check_offset(prop: Property, report: Report) -> None:
    if not is_offset(prop.value):
        report.add(305, f"found {shown(prop.value)}, expected {EXPECTED['UTC-OFFSET']}", prop.place())


def _check_rule(prop: Property, report: Report) -> None:
    rule = parse(prop.value)
    if isinstance(rule, str):
        report.add(306, rule, prop.place())
    else:
        prop.rule = rule


def _check_time(prop: Property, report: Report) -> None:
    if not is_time(prop.value):
        report.add(303, f"found {shown(prop.value)}, expected {EXPECTED['TIME']}", prop.place())


def _check_integer(prop: Property, report: Report) -> None:
    lowest, highest = RANGES.get(prop.name, (-(2**31), 2**31 - 1))
    if not _INTEGER.fullmatch(prop.value) or not lowest <= int(prop.value) <= highest:
        report.add(314, f"found {shown(prop.value)}, expected a whole number from {lowest} to {highest}", prop.place())


def _check_float(prop: Property, report: Report) -> None:
    if not _FLOAT.fullmatch(prop.value):
        report.add(314, f"found {shown(prop.value)}, expected a number such as 1.5", prop.place())


def _check_geo(prop: Property, report: Report) -> None:
    parts = prop.value.split(";")
    if (
        len(parts) != 2
        or not all(map(_FLOAT.fullmatch, parts))
        or abs(float(parts[0])) > 90
        or abs(float(parts[1])) > 180
    ):
        report.add(
            314, f"found {shown(prop.value)}, expected latitude and longitude, such as 52.52;13.40", prop.place()
        )


def _check_uri(prop: Property, report: Report) -> None:
    match = _URI.match(prop.value)
    if match is None:
        report.add(315, f"found {shown(prop.value)}, expected a URI, such as https://example.org/", prop.place())
    elif match.end() < len(prop.value):
        at = match.end()
        report.add(
            315, f"found {shown(prop.value[at])} in a URI, expected it percent-encoded (RFC 3986)", prop.place(at)
        )


def _check_binary(prop: Property, report: Report) -> None:
    if not _BASE64.fullmatch(prop.value):
        report.add(307, "found a BINARY that is no base64, expected base64", prop.place())


def _check_boolean(prop: Property, report: Report) -> None:
    if prop.value.upper() not in ("TRUE", "FALSE"):
        report.add(307, f"found {shown(prop.value)}, expected TRUE or FALSE", prop.place())


_CHECKS: dict[str, Callable[[Property, Report], None]] = {
    "BINARY": _check_binary,
    "BOOLEAN": _check_boolean,
    "CAL-ADDRESS": _check_uri,
    "DURATION": _check_duration,
    "FLOAT": _check_float,
    "GEO": _check_geo,
    "INTEGER": _check_integer,
    "RECUR": _check_rule,
    "TIME": _check_time,
    "URI": _check_uri,
    "UTC-OFFSET": _check_offset,
    "XML-REFERENCE": _check_uri,
}
