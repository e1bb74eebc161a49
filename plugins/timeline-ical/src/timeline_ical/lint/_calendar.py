"""What is wrong with a calendar as a whole: what its parts say of each other, and what readers make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_ical.lint._report import Place, counted, shown

if TYPE_CHECKING:
    from timeline_ical.lint._components import Component
    from timeline_ical.lint._content import Property
    from timeline_ical.lint._report import Report

_ENTRIES = ("VEVENT", "VTODO", "VJOURNAL")
_WITH_UID = (*_ENTRIES, "VFREEBUSY")
_NAMES = ("NAME", "X-WR-CALNAME")
_INTERVALS = ("REFRESH-INTERVAL", "X-PUBLISHED-TTL")


class Calendar:
    """What is kept of a calendar while its components are read.

    Args:
        is_implied: Whether nothing says that it begins.
    """

    def __init__(self, *, is_implied: bool = False) -> None:
        self._is_implied = is_implied
        self._uids: dict[tuple[str, str], int] = {}
        self._masters: dict[str, Property] = {}
        self._exceptions: list[tuple[str, Property]] = []
        self._zones: dict[str, int] = {}
        self._has_nameless_zone = False
        self._used: dict[str, tuple[Place, int]] = {}
        self._count = 0
        self._without: dict[str, tuple[Place, int]] = {}
        self._is_empty = True

    def use_zone(self, prop: Property) -> None:
        """Keep a TZID that is used."""
        zone = prop.parameter("TZID")
        # One that begins with "/" is known all over the world (RFC 5545, 3.2.19).
        if zone and not zone.startswith("/") and any(moment.clock == "zone" for moment in prop.moments):
            place, count = self._used.get(zone, (prop.start, 0))
            self._used[zone] = place, count + 1

    def add(self, component: Component, report: Report, *, is_whole: bool) -> None:
        """Keep what the rest of the calendar is held against.

        Args:
            component: A component of it.
            report: Where to tell what is wrong.
            is_whole: Whether nothing is missing of the component that may have been there.
        """
        self._is_empty = False
        if component.name == "VTIMEZONE":
            self._add_zone(component, report)
        if component.name in _WITH_UID and is_whole:
            self._add_uid(component, report)
            if "ORGANIZER" not in component.properties:
                self._count_without("ORGANIZER", component.place)
        if component.name in _ENTRIES:
            self._count += 1
            for name in ("SEQUENCE", "LAST-MODIFIED"):
                if is_whole and name not in component.properties:
                    self._count_without(name, component.place)

    def _count_without(self, name: str, place: Place) -> None:
        first, count = self._without.get(name, (place, 0))
        self._without[name] = first, count + 1

    def _add_zone(self, component: Component, report: Report) -> None:
        zone = component.first("TZID")
        if zone is None:
            self._has_nameless_zone = True
        elif zone.value in self._zones:
            message = f"found TZID {shown(zone.value)} again, expected it once: line {self._zones[zone.value]} has it"
            report.add(216, message, zone.start)
        else:
            self._zones[zone.value] = zone.line.number

    def _add_uid(self, component: Component, report: Report) -> None:
        uid, start = component.first("UID"), component.first("DTSTART")
        if uid is None or not uid.value:
            return
        instance = component.first("RECURRENCE-ID")
        key = uid.value, "" if instance is None else f"{instance.parameter('TZID') or ''}:{instance.value}"
        if key in self._uids:
            what = "" if instance is None else f" with RECURRENCE-ID {shown(instance.value)}"
            message = f"found UID {shown(uid.value)}{what} again, expected it once: line {self._uids[key]} has it"
            report.add(214, message, uid.start)
            return
        self._uids[key] = uid.line.number
        if instance is not None:
            if instance.moments:
                self._exceptions.append((uid.value, instance))
        elif start is not None and start.moments:
            self._masters[uid.value] = start

    def close(self, component: Component, report: Report, *, is_whole: bool) -> None:
        """Tell what is wrong with the calendar, which is read to its end."""
        for uid, instance in self._exceptions:
            master = self._masters.get(uid)
            if master is not None and instance.moments[0].way != master.moments[0].way:
                report.add(
                    309,
                    f"found RECURRENCE-ID with {instance.moments[0]}, and DTSTART with {master.moments[0]} "
                    f"on line {master.line.number}; expected the same",
                    instance.place(),
                )
        self._check_method(component, report)
        uid_of_all = component.first("UID")
        if uid_of_all is not None:
            message = "found a UID of the calendar, expected none: vdirsyncer takes all events for one"
            report.add(213, message, uid_of_all.start)
        if not is_whole:
            return
        if not self._has_nameless_zone:
            for zone, (place, count) in self._used.items():
                if zone not in self._zones:
                    more = f", here and {counted(count - 1, 'time')} more" if count > 1 else ""
                    report.add(215, f"found TZID {shown(zone)}{more}, expected a VTIMEZONE that defines it", place)
        if self._is_empty:
            report.add(210, "found a calendar with nothing in it, expected one component or more", component.place)
        self._check_readers(component, report)

    def _check_method(self, component: Component, report: Report) -> None:
        method = component.first("METHOD")
        if method is None:
            return
        place, count = self._without.get("ORGANIZER", (None, 0))
        if method.value.upper() == "PUBLISH" and place is not None:
            message = (
                f"found METHOD:PUBLISH, and {counted(count, 'component')} without ORGANIZER, the first on line "
                f"{place.line}; expected ORGANIZER in each, or no METHOD"
            )
            report.add(212, message, method.start)
        else:
            message = (
                f"found METHOD:{shown(method.value)[1:-1]}, expected none in a feed, or the same in its Content-Type"
            )
            report.add(211, message, method.start)

    def _check_readers(self, component: Component, report: Report) -> None:
        """Tell what readers would need, each once."""
        for number, name, why in (
            (401, "SEQUENCE", "Google Calendar is reported to ignore changes without it"),
            (402, "LAST-MODIFIED", "readers tell by it what changed"),
        ):
            if name in self._without:
                place, count = self._without[name]
                message = f"found {count} of {counted(self._count, 'entry')} without {name}, expected it: {why}"
                report.add(number, message.replace("entrys", "entries"), place)
        if self._is_implied or not component.is_readable:
            return
        if not any(name in component.properties for name in _NAMES):
            report.add(405, "found no name of the calendar, expected NAME and X-WR-CALNAME", component.place)
        if not any(name in component.properties for name in _INTERVALS):
            message = "found no word on how often to ask, expected REFRESH-INTERVAL and X-PUBLISHED-TTL"
            report.add(406, message, component.place)
