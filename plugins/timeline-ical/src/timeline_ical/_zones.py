"""Time zones: what an entry needs that tells its time in one, and the VTIMEZONE of the calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil import tz
from icalendar import Timezone

from timeline.when import Bound, Grain
from timeline_ical._dates import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Event, Timeline

# For how many years after the last time in the calendar its zones are described: what happens again goes on.
_YEARS_AHEAD = 20


class Zones:
    """The time zones of a calendar.

    Attributes:
        default: That of times of which nothing else is said; None for UTC.
    """

    def __init__(self, timeline: Timeline, default: str | None) -> None:
        """Find which zones the events need."""
        self._zones: dict[str, Zone] = {}
        self.default = None if default is None else self.zone(default)
        years: list[int] = []
        for event in timeline.events:
            if event.repeats is not None and event.repeats.tzid:
                self.zone(event.repeats.tzid)
            elif default is None:
                continue
            when = event.when
            if when is not None and Grain.SECOND in when.grains and not isinstance(when.window[0], Bound):
                day = when.window[0]
                if 0 < day <= date.max.toordinal():
                    years.append(date.fromordinal(day).year)
        self._years = (min(years), max(years)) if years else None

    def zone(self, name: str) -> Zone:
        """A zone of the calendar by its name, which the model or an option has checked."""
        if name not in self._zones:
            found = tz.gettz(name)
            assert found is not None
            self._zones[name] = Zone(name, found)
        return self._zones[name]

    def of(self, event: Event) -> Zone | None:
        """The zone in which an event tells its time: that of its rules, or the calendar's."""
        repeats = event.repeats
        return self.zone(repeats.tzid) if repeats is not None and repeats.tzid else self.default

    def components(self) -> Iterator[bytes]:
        """The VTIMEZONE of each zone that some time is told in.

        Source: RFC 5545, 3.6.5.
        """
        if self._years is None:
            return
        # The library looks beyond the last day, and Python has no later year than that.
        last = date(min(date.max.year - 2, self._years[1] + _YEARS_AHEAD), 12, 31)
        first = date(max(1, min(self._years[0], last.year) - 1), 1, 1)
        for name in sorted(self._zones):
            component = Timezone.from_tzid(name, first_date=first, last_date=last)
            # The library adds for which years it is; a VTIMEZONE may have no COMMENT (3.6.5).
            component.pop("COMMENT", None)
            yield component.to_ical()
