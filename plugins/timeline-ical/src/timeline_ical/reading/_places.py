"""What of an entry has a place in a timeline, what is bookkeeping, and what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_ical.reading._texts import has_description, is_markup

if TYPE_CHECKING:
    from collections.abc import Collection

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
# What our exports write of these, and beside these.
_WRITTEN = _READ - {"COMPLETED", "EXRULE", "COMMENT", "CONFERENCE", "ATTACH", "ORGANIZER", "ATTENDEE"}
_OURS = frozenset({"LINK"})
_ONCE = frozenset({"DTSTART", "DTEND", "DUE", "DURATION", "STATUS", "SUMMARY", "DESCRIPTION", "LOCATION", "RRULE"})
_OF_ALARM = frozenset({"ACTION", "TRIGGER", "DESCRIPTION"})
# What programs add when they have shown one.
_OF_ALARM_PROGRAMS = frozenset({"UID", "ACKNOWLEDGED"})
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
        "COLOR",
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
        "COLOR",
    }
)


def report_rest(
    component: Component, report: Report, *, known: frozenset[str] = frozenset(), but: Collection[Component] = ()
) -> None:
    """Report what an entry has that a timeline has no place for.

    Args:
        component: The entry.
        report: Takes it.
        known: The names of properties that are read beside those of all entries.
        but: Components in it that are read.
    """
    properties = component.properties
    for name in properties.keys() - _READ - _BOOKKEEPING - known:
        if name.startswith(_OF_PROGRAMS) and name != _OF_APPLE:
            continue
        lines = properties[name]
        if name in _MARKED_UP:
            lines = [] if has_description(component) else [line for line in lines if not is_markup(line)]
        for line in lines:
            value = line.value.strip()
            if name in _PLAIN:
                if value.upper() not in _PLAIN[name]:
                    report.unplaced(line.number, name if name != "CLASS" else f"{name}:{value.upper()[:20]}")
            elif value:
                report.unplaced(line.number, name)
    for child in component.children:
        if child not in but:
            report.unplaced(child.line, child.name or "a component without a name")


def report_added(component: Component, report: Report, *, but: frozenset[str] = frozenset()) -> None:
    """Report what somebody added to an entry of an export.

    Args:
        component: The entry.
        report: Takes it.
        but: The names of properties that are taken nevertheless.
    """
    properties = component.properties
    for name in _READ - _WRITTEN - but:
        for line in properties.get(name, ()):
            report.each(line.number, f"{name} in an entry of an export", "what the export wrote; it is not taken")
    for name, lines in properties.items():
        if name in _ONCE:
            for line in lines[1:]:
                report.fault(line.number, f"{name} a second time", f"it once in a {component.name}")
    alarms = {child for child in component.children if _is_our_alarm(child, component)}
    report_rest(component, report, known=_OURS, but=alarms)


def _is_our_alarm(child: Component, entry: Component) -> bool:
    """Whether our exporter writes such an alarm (see `timeline_ical.IcalOptions.alarm`)."""
    summary, described, action = entry.first("SUMMARY"), child.first("DESCRIPTION"), child.first("ACTION")
    return (
        child.name == "VALARM"
        and not child.children
        and child.properties.keys() - _OF_ALARM_PROGRAMS == _OF_ALARM
        and action is not None
        and action.value.strip().upper() == "DISPLAY"
        and (summary is None or (described is not None and described.value == summary.value))
    )


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
