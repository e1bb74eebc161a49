"""Time zones: what an entry needs that tells its time in one, and the VTIMEZONE of the calendar.

The library's `icalendar.Timezone.from_tzid` is not used: it leaves out transitions of zones that do
not change their clocks twice a year (Casablanca, Gaza), and tells their hour by the new clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline.model import zone_of
from timeline.when import Bound, Grain
from timeline_ical._dates import Zone, time_text
from timeline_ical._lines import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from timeline.model import Event, Timeline

# For how many years after the last time in the calendar its zones are described: what happens again goes on.
_YEARS_AHEAD = 20
_STEP = timedelta(days=3)
"""No zone changes its clock twice within so short a time."""


class Zones:
    """The time zones of a calendar.

    Attributes:
        default: That of times of which nothing else is said; None for UTC.
    """

    def __init__(self, timeline: Timeline, default: str | None) -> None:
        """Find which zones the events need, and of which years."""
        self._zones: dict[str, Zone] = {}
        self.default = None if default is None else self.zone(default)
        years: list[int] = []
        self._used: set[str] = set()
        for event in timeline.events:
            zone, when = self.of(event), event.when
            if zone is None or when is None or Grain.SECOND not in when.grains or isinstance(when.window[0], Bound):
                continue
            if 0 < when.window[0] <= date.max.toordinal():
                years.append(date.fromordinal(when.window[0]).year)
                self._used.add(zone.name)
        self._years = (min(years), max(years)) if years else None

    def zone(self, name: str) -> Zone:
        """A zone of the calendar by its name, which the model or an option has checked."""
        if name not in self._zones:
            found = zone_of(name)
            assert found is not None
            self._zones[name] = Zone(name, found)
        return self._zones[name]

    def of(self, event: Event) -> Zone | None:
        """The zone in which an event tells its time: the calendar's, or that of its rules and no other."""
        repeats = event.repeats
        if repeats is None:
            return self.default
        return self.zone(repeats.tzid) if repeats.tzid and repeats.tzid != "UTC" else None

    def components(self) -> Iterator[bytes]:
        """The VTIMEZONE of each zone that some time is told in.

        Source: RFC 5545, 3.6.5.
        """
        if self._years is None:
            return
        # Two years before the end of time, for the steps of the search.
        first = max(2, min(self._years[0], date.max.year - 2) - 1)
        last = min(date.max.year - 1, self._years[1] + _YEARS_AHEAD)
        for name in sorted(self._used):
            yield _component(self._zones[name], datetime(first, 1, 1, tzinfo=UTC), datetime(last, 12, 28, tzinfo=UTC))


class _Clock(NamedTuple):
    """What a zone's clock shows from some moment on.

    Attributes:
        before: The offset from UTC until then.
        offset: The offset from then on.
        name: What that is called.
        is_summer: Whether it is daylight saving time.
    """

    before: timedelta
    offset: timedelta
    name: str
    is_summer: bool


def _component(zone: Zone, first: datetime, last: datetime) -> bytes:
    """A VTIMEZONE, with an observance for each way in which the clock is changed."""
    onsets: dict[_Clock, list[datetime]] = {}
    for moment in [first, *_transitions(zone.tz, first, last)]:
        local = moment.astimezone(zone.tz)
        before = (moment - timedelta(seconds=1)).astimezone(zone.tz).utcoffset()
        offset = local.utcoffset()
        assert before is not None
        assert offset is not None
        clock = _Clock(before, offset, local.tzname() or zone.name, bool(local.dst()))
        # An onset is told by the clock as it was before.
        onsets.setdefault(clock, []).append((moment + before).replace(tzinfo=None))
    lines = [b"BEGIN:VTIMEZONE\r\n", fold(f"TZID:{zone.name}".encode())]
    for clock, moments in onsets.items():
        kind = "DAYLIGHT" if clock.is_summer else "STANDARD"
        lines.append(f"BEGIN:{kind}\r\nDTSTART:{time_text(moments[0])}\r\n".encode())
        if moments[1:]:
            lines.append(fold(f"RDATE:{','.join(map(time_text, moments[1:]))}".encode()))
        lines.append(fold(f"TZNAME:{clock.name}".encode()))
        lines.append(f"TZOFFSETFROM:{_offset(clock.before)}\r\nTZOFFSETTO:{_offset(clock.offset)}\r\n".encode())
        lines.append(f"END:{kind}\r\n".encode())
    lines.append(b"END:VTIMEZONE\r\n")
    return b"".join(lines)


def _transitions(tz: tzinfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments between two others at which the clock of a zone is changed, in UTC and to the second."""
    moment, offset = first, first.astimezone(tz).utcoffset()
    while moment < last:
        after = min(moment + _STEP, last)
        found = after.astimezone(tz).utcoffset()
        if found != offset:
            low, high = moment, after
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                if middle.astimezone(tz).utcoffset() == offset:
                    low = middle
                else:
                    high = middle
            yield high
            found = high.astimezone(tz).utcoffset()
            after = high
        moment, offset = after, found


def _offset(offset: timedelta) -> str:
    """An offset as UTC-OFFSET has it: ``+0200``, with seconds only if there are some."""
    sign = "-" if offset < timedelta() else "+"
    hours, rest = divmod(abs(offset) // timedelta(seconds=1), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
