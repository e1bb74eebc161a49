"""What is wrong with a component: properties that are missing, there twice, or contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline_ical.lint import _tables
from timeline_ical.lint._report import Place, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_ical.lint._content import Property
    from timeline_ical.lint._report import Report

# What an alarm must have besides, by what it does (RFC 5545, 3.6.6).
_OF_ACTION = {"DISPLAY": ("DESCRIPTION",), "EMAIL": ("DESCRIPTION", "SUMMARY", "ATTENDEE")}
_IN_LANGUAGES = ("NAME", "DESCRIPTION")
_ENTRIES = ("VEVENT", "VTODO", "VJOURNAL")


class Child(NamedTuple):
    """A component in another one, or what is left of it.

    Attributes:
        line: The line on which it begins.
        name: Its name.
    """

    line: int
    name: str


class Component:
    """A component as far as it was read.

    Attributes:
        name: Its name, in capital letters.
        line: The line on which it begins.
        properties: Its properties by name; nothing under the name of one that could not be read.
        items: Its properties and the components in it, in their order.
        alarms: The triggers of the alarms in it.
        owner: What it is in; None if nothing.
        misplaced: What is in it and may not be, as far as that was ended.
        strays: Ends in it that nothing began.
        is_readable: Whether it is known of every line in it which property it is.
    """

    __slots__ = ("alarms", "is_readable", "items", "line", "misplaced", "name", "owner", "properties", "strays")

    def __init__(self, name: str, line: int, owner: Component | None) -> None:
        self.name, self.line, self.owner = name, line, owner
        self.properties: dict[str, list[Property]] = {}
        self.items: list[Property | Child] = []
        self.alarms: list[Property] = []
        self.misplaced: list[Child] = []
        self.strays: list[Child] = []
        self.is_readable = True

    def add(self, prop: Property) -> None:
        """Add a property."""
        self.items.append(prop)
        self.properties.setdefault(prop.name, []).append(prop)

    def skip(self, name: str) -> None:
        """Take note that a line cannot be read, so that its property is not missed.

        Args:
            name: What is most likely its name.
        """
        self.properties.setdefault(name, [])
        self.is_readable &= name in _tables.PROPERTIES

    def take(self, at: int) -> list[Property | Child]:
        """Take all items from one on out of it."""
        items = self.items[at:]
        del self.items[at:]
        for item in reversed(items):
            if not isinstance(item, Child):
                self.properties[item.name].pop()
            elif item in self.misplaced:
                self.misplaced.remove(item)
        return items

    def first(self, name: str) -> Property | None:
        """The first property of a name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def value(self, name: str) -> str | None:
        """The value of the first property of a name."""
        found = self.first(name)
        return found.value if found else None

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.line)


def check_component(component: Component, report: Report, *, has_method: bool, is_whole: bool) -> None:
    """Tell what is wrong with a component that was read to its end.

    Args:
        component: The component.
        report: Where to tell.
        has_method: Whether the calendar is a message with a METHOD, in which less must be there.
        is_whole: Whether nothing of it was cut off.
    """
    _check_counts(component, report)
    if is_whole:
        for name in _missing(component, has_method=has_method):
            report.add(207, f"found {component.name} without {name}, expected one", component.place)
    _check_clashes(component, report)
    _check_dates(component, report)
    if is_whole:
        _check_alarms(component, report)


def _check_counts(component: Component, report: Report) -> None:
    once = _tables.ONCE.get(component.name, frozenset())
    for name, found in component.properties.items():
        if len(found) < 2:
            continue
        if name in once:
            for prop in found[1:]:
                report.add(208, f"found {name} again, expected it once in {component.name}", prop.start)
        elif name == "RRULE":
            for prop in found[1:]:
                message = "found RRULE again, expected one: what several mean together is not defined"
                report.add(217, message, prop.start)
        elif component.name == "VCALENDAR" and name in _IN_LANGUAGES:
            languages: set[str] = set()
            for prop in found:
                language = (prop.parameter("LANGUAGE") or "").lower()
                if language in languages:
                    report.add(208, f"found {name} again, expected it once in each LANGUAGE", prop.start)
                languages.add(language)


def _missing(component: Component, *, has_method: bool) -> Iterator[str]:
    """What a component must have and has not."""
    there = component.properties
    yield from sorted(_tables.REQUIRED.get(component.name, frozenset()) - there.keys())
    if any(not prop.value for prop in there.get("UID", ())):
        yield "a UID that is not empty"
    if component.name == "VTIMEZONE" and not {"STANDARD", "DAYLIGHT"} & {item.name for item in component.items}:
        yield "STANDARD or DAYLIGHT"
    elif component.name == "VALARM":
        yield from _missing_in_alarm(component)
    elif component.name in _ENTRIES and "DTSTART" not in there:
        if component.name == "VEVENT":
            if not has_method:
                yield "DTSTART"
        elif needing := [name for name in ("DURATION", "RRULE") if name in there]:
            yield f"DTSTART, which {needing[0]} needs"


def _missing_in_alarm(alarm: Component) -> Iterator[str]:
    there = alarm.properties.keys()
    for one, other in (("DURATION", "REPEAT"), ("REPEAT", "DURATION")):
        if one in there and other not in there:
            yield f"{other}, which goes with {one}"
    action = (alarm.value("ACTION") or "").upper()
    for name in _OF_ACTION.get(action, ()):
        if name not in there:
            yield f"{name}, which ACTION:{action} needs"


def _check_clashes(component: Component, report: Report) -> None:
    duration = component.first("DURATION")
    end = component.first("DTEND") or component.first("DUE")
    if duration and end and component.name != "VALARM":
        later = max(duration, end, key=lambda prop: prop.line.number)
        other = end if later is duration else duration
        report.add(
            209, f"found {later.name}, and {other.name} on line {other.line.number}; expected one of them", later.start
        )


def _check_dates(component: Component, report: Report) -> None:
    """Check the dates of a component against its DTSTART."""
    _check_clocks(component, report)
    start = component.first("DTSTART")
    if start is None or not start.moments:
        return
    first = start.moments[0]
    for name in ("DTEND", "DUE"):
        end = component.first(name)
        # What busy time has must be in UTC, and is told so.
        if end and end.moments and (component.name != "VFREEBUSY" or end.moments[0].clock == first.clock):
            _check_end(end, start, report)
    duration = component.first("DURATION")
    if duration and first.clock == "DATE" and "T" in duration.value:
        message = f"found {shown(duration.value)} after a DTSTART without a time, expected days or weeks"
        report.add(304, message, duration.place())
    if component.name in _ENTRIES:
        for prop in (*component.properties.get("EXDATE", ()), *component.properties.get("RDATE", ())):
            other = next((moment for moment in prop.moments if moment.way != first.way), None)
            if other:
                message = f"found {other} in {prop.name}, and DTSTART with {first}; expected the same"
                report.add(311, message, prop.place())
    for prop in component.properties.get("RRULE", ()):
        _check_rule(prop, start, component, report)


def _check_end(end: Property, start: Property, report: Report) -> None:
    first, last = start.moments[0], end.moments[0]
    if last.way != first.way:
        report.add(309, f"found {end.name} with {last}, and DTSTART with {first}; expected the same", end.place())
    elif (last.clock, last.zone) == (first.clock, first.zone) and last.order <= first.order:
        hint = ": the day after the last one" if last.clock == "DATE" and last.order == first.order else ""
        message = f"found {end.name} {end.value}, not later than DTSTART {start.value}; expected a later one{hint}"
        report.add(308, message, end.place())


def _check_rule(prop: Property, start: Property, component: Component, report: Report) -> None:
    first = start.moments[0]
    if prop.rule is None:
        return
    if prop.rule.has_times and first.clock == "DATE":
        message = "found BYHOUR, BYMINUTE or BYSECOND, and DTSTART with a date; expected none of them"
        report.add(306, message, prop.place())
    until = prop.rule.until
    if until is None:
        return
    if component.name in ("STANDARD", "DAYLIGHT") or first.way == "UTC or zone":
        is_right, expected = until.clock == "UTC", "a time in UTC"
    else:
        is_right, expected = until.clock == first.clock, str(first)
    if not is_right:
        message = f"found UNTIL with {until}, and DTSTART with {first}; expected UNTIL with {expected}"
        report.add(310, message, prop.place())


def _check_clocks(component: Component, report: Report) -> None:
    """Check times that must be in UTC, or local, because of where they are."""
    if component.name == "VFREEBUSY":
        wanted, names, expected = "UTC", ("DTSTART", "DTEND"), "a time in UTC, which ends with Z"
    elif component.name in ("STANDARD", "DAYLIGHT"):
        wanted, names, expected = "local", ("DTSTART", "RDATE"), "a local time, without Z and TZID"
    else:
        return
    for name in names:
        for prop in component.properties.get(name, ()):
            if any(moment.clock != wanted for moment in prop.moments):
                report.add(312, f"found {shown(prop.value)} in {component.name}, expected {expected}", prop.place())


def _check_alarms(component: Component, report: Report) -> None:
    """Check that what the alarms of a component count from is there (RFC 5545, 3.8.6.3)."""
    there = component.properties.keys()
    for trigger in component.alarms:
        if (trigger.parameter("VALUE") or "").upper() == "DATE-TIME":
            continue
        if (trigger.parameter("RELATED") or "").upper() == "END":
            end = "DTEND" if component.name == "VEVENT" else "DUE"
            has_end = end in there or {"DTSTART", "DURATION"} <= there
            lacking = "" if has_end else f"{end} or DURATION"
        else:
            # An event without DTSTART lacks it anyway, or is a message that need not have it.
            lacking = "" if "DTSTART" in there or component.name == "VEVENT" else "DTSTART"
        if lacking:
            message = f"found an alarm that counts from what is not there, expected {lacking} in {component.name}"
            report.add(207, message, trigger.start)
