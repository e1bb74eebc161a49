"""What of an entry has a place in a timeline, what is bookkeeping, and what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_READ = frozenset(
    {
        "UID",
        "RECURRENCE-ID",
        "DTSTART",
        "DTEND",
        "DUE",
        "DURATION",
        "COMPLETED",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "STATUS",
        "SUMMARY",
        "DESCRIPTION",
        "COMMENT",
        "URL",
        "CONFERENCE",
        "ATTACH",
        "IMAGE",
        "LOCATION",
        "CATEGORIES",
        "ORGANIZER",
        "ATTENDEE",
        "RELATED-TO",
    }
)
# What calendars keep for themselves, and what says how a program shows an entry.
_BOOKKEEPING = frozenset(
    {
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "TRANSP",
        "PRODID",
        "VERSION",
        "METHOD",
    }
)
_OF_PROGRAMS = (
    "X-TIMELINE-",
    "X-WR-",
    "X-MICROSOFT-",
    "X-MS-",
    "X-APPLE-",
    "X-MOZ-",
    "X-LIC-",
    "X-EVOLUTION-",
    "X-OUTLOOK-",
    "X-CALENDARSERVER-",
    "X-RADICALE-",
    "X-ICAL",
)
_OF_APPLE = "X-APPLE-STRUCTURED-LOCATION"
_PLAIN = {"CLASS": ("PUBLIC",), "PRIORITY": ("0",), "PERCENT-COMPLETE": ("0",)}
# The description once more, with markup.
_MARKED_UP = frozenset({"X-ALT-DESC", "STYLED-DESCRIPTION"})
_OF_CALENDAR = frozenset(
    {
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "NAME",
        "DESCRIPTION",
        "URL",
        "SOURCE",
        "LAST-MODIFIED",
        "REFRESH-INTERVAL",
        "UID",
        "X-PUBLISHED-TTL",
    }
)


def report_rest(component: Component, report: Report) -> None:
    """Report what an entry has that a timeline has no place for."""
    properties = component.properties
    for name in properties.keys() - _READ - _BOOKKEEPING:
        if name.startswith(_OF_PROGRAMS) and name != _OF_APPLE:
            continue
        if name in _MARKED_UP and "DESCRIPTION" in properties:
            continue
        for line in properties[name]:
            value = line.value.strip()
            if name in _PLAIN:
                if value.upper() not in _PLAIN[name]:
                    report.unplaced(line.number, name if name != "CLASS" else f"{name}:{value.upper()[:20]}")
            elif value:
                report.unplaced(line.number, name)
    for child in component.children:
        report.unplaced(child.line, child.name or "a component without a name")


def report_calendar(calendar: Component, report: Report) -> None:
    """The same for the calendar itself."""
    for name, lines in calendar.properties.items():
        if name in _OF_CALENDAR or name.startswith(_OF_PROGRAMS):
            continue
        for line in lines:
            report.unplaced(line.number, f"{name} of the calendar")
    version = calendar.first("VERSION")
    if version is not None and version.value.strip() not in ("2.0", ""):
        report.fault(version.number, f"VERSION {version.value.strip()[:20]}", "2.0, as which it is read")
    scale = calendar.first("CALSCALE")
    if scale is not None and scale.value.strip().upper() not in ("GREGORIAN", ""):
        report.fault(scale.number, f"CALSCALE {scale.value.strip()[:20]}", "GREGORIAN, as which it is read")
