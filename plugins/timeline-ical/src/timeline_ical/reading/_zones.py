"""Finds time zones by their names: those of the database, those of Windows, those that the file defines."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.model import zone_of
from timeline_ical._contentlines import unescape

if TYPE_CHECKING:
    from datetime import tzinfo

    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_RULE_PART = re.compile(
    r"(?:FREQ=YEARLY|(?:BYMONTH|BYDAY|BYMONTHDAY|UNTIL|COUNT|INTERVAL|WKST|BYSETPOS)=[^=]*"
    # Lotus Notes says the hour once more.
    r"|(?:BYHOUR|BYMINUTE|BYSECOND)=[0-9]{1,2})"
)
_MAX_OBSERVANCES = 200


class Zone(NamedTuple):
    """A time zone.

    Attributes:
        tz: As Python has it.
        name: Its name in the database; None if it is in the file only.
    """

    tz: tzinfo
    name: str | None


UTC_ZONE = Zone(UTC, "UTC")
_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Zulu", "Etc/Zulu", "UCT"})


class Zones:
    """The time zones of one calendar.

    A name of the database is taken for the zone of the database, also if the calendar defines one of
    that name: what programs write there is often true of this year only. (`icalendar` does the same.)

    Args:
        calendar: The calendar, with its VTIMEZONEs.
    """

    def __init__(self, calendar: Component, report: Report) -> None:
        self._report = report
        self._defined: dict[str, Component] = {}
        for child in calendar.children:
            name = child.first("TZID") if child.name == "VTIMEZONE" else None
            if name is not None:
                # TEXT here, and a parameter where it is used.
                self._defined.setdefault(unescape(name.value.strip()), child)
        self._found: dict[str, Zone | None] = {}

    def find(self, tzid: str) -> Zone | None:
        """The zone of a name; None if nobody knows it."""
        if tzid not in self._found:
            self._found[tzid] = self._find(tzid.strip())
        return self._found[tzid]

    def _find(self, tzid: str) -> Zone | None:
        definition = self._defined.get(tzid)
        names = [tzid]
        # Such as /freeassociation.sourceforge.net/Europe/Berlin.
        steps = tzid.split("/")
        names += ["/".join(steps[at:]) for at in range(1, len(steps))] if len(steps) < 10 else []
        if definition is not None and (location := definition.first("X-LIC-LOCATION")) is not None:
            names.append(location.value.strip())
        for name in names:
            if (zone := named(name)) is not None:
                return zone
        if (zone := _of_windows(tzid)) is not None:
            return zone
        return None if definition is None else self._of_definition(definition)

    def _of_definition(self, definition: Component) -> Zone | None:
        """The zone that the file defines by its rules."""
        rules = [rule for child in definition.children for rule in child.all("RRULE")]
        # A zone turns its clocks a few times a year: other rules would keep the computer busy for days.
        if len(definition.children) > _MAX_OBSERVANCES or not all(
            _RULE_PART.fullmatch(part) for rule in rules for part in rule.value.strip().rstrip(";").upper().split(";")
        ):
            self._report.fault(definition.line, "a VTIMEZONE with rules that no time zone has", "FREQ=YEARLY rules")
            return None
        from datetime import datetime  # noqa: PLC0415 - few calendars define zones that nobody knows

        from icalendar import Timezone  # noqa: PLC0415 - the same

        try:
            component: Any = Timezone.from_ical("\r\n".join([*definition.to_lines(), ""]))
            tz = component.to_tz(lookup_tzid=False)
            datetime(2024, 1, 1, tzinfo=tz).utcoffset()
        except Exception as error:  # noqa: BLE001 - icalendar and dateutil raise whatever comes
            reason = " ".join(str(error).split())[:200]
            self._report.fault(definition.line, f"a VTIMEZONE that cannot be read ({reason})", "a time zone")
            return None
        return Zone(tz, None)


def named(name: str) -> Zone | None:
    """The zone of a name of the database; None if it has none."""
    if name in _UTC_NAMES:
        return UTC_ZONE
    tz = zone_of(name)
    return None if tz is None else Zone(tz, name)


def _of_windows(name: str) -> Zone | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - few calendars have such names

    olson = WINDOWS_TO_OLSON.get(name)
    return named(olson) if olson is not None else None
