"""Reads the dates of an entry: days, times and how long they last."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from timeline.errors import WhenError
from timeline.model import to_duration, to_timedelta
from timeline.when import When
from timeline_ical.reading._zones import UTC_ZONE

if TYPE_CHECKING:
    from timeline_ical._contentlines import ContentLine
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component
    from timeline_ical.reading._zones import Zone, Zones

    Moment = date | datetime

_STAMP = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")
_EXPECTED = "a date or time, such as 20240806 or 20240806T100000Z"
_NOMINAL = re.compile(r"\+?P(?:([0-9]+)W|([0-9]+)D)")
_DAY = timedelta(days=1)


class Timing(NamedTuple):
    """When an entry is.

    Attributes:
        when: The date; None if it has none.
        duration: How long it lasts from a time of day on.
        start: Where it begins, by the clock that it names; None if it does not say.
        zone: The name of the zone of that clock, for rules; None if there is none.
        is_custom: Whether that clock is of a zone that only the file knows.
    """

    when: When | None = None
    duration: str | None = None
    start: Moment | None = None
    zone: str | None = None
    is_custom: bool = False


UNDATED = Timing()


class Dates:
    """Reads the dates of one calendar.

    Args:
        zones: Its time zones.
        default: The zone of times that name none, and in which those in UTC are told
            (X-WR-TIMEZONE); None if the calendar has none.
        report: Takes what is wrong.
    """

    def __init__(self, zones: Zones, default: Zone | None, report: Report) -> None:
        self._zones, self._default, self._report = zones, default, report

    def moment(self, line: ContentLine) -> Moment | None:
        """The date or time of a line; None, and a report, if it is none."""
        return self.moment_of(line.value, line)

    def moment_of(self, text: str, line: ContentLine) -> Moment | None:
        """The same for one of the values of a line.

        Source: RFC 5545, 3.3.4 and 3.3.5.
        """
        text = text.strip()
        if not _STAMP.fullmatch(text):
            self._report.fault(line.number, f"{line.name} {shown(text)}", _EXPECTED)
            return None
        try:
            if len(text) == 8:
                return date.fromisoformat(text)
            if line.parameters.get("VALUE", ("",))[0].upper() == "DATE" and text[9:15] == "000000":
                return date.fromisoformat(text[:8])  # some programs write days so
            if text[13:15] == "60":
                self._report.each(line.number, f"a leap second in {line.name}", "seconds up to 59, which is taken")
                text = f"{text[:13]}59{text[15:]}"  # a leap second, as the RFC has it
            found = datetime.fromisoformat(text)
        except ValueError:
            self._report.fault(line.number, f"{line.name} {shown(text)}", _EXPECTED)
            return None
        if found.tzinfo is not None:
            return self.told(found)
        return self._in_zone(found, line)

    def told(self, moment: datetime) -> datetime:
        """A time in UTC as the calendar tells it."""
        if self._default is None:
            return moment
        try:
            return moment.astimezone(self._default.tz)
        except (OverflowError, ValueError):
            return moment

    def _in_zone(self, moment: datetime, line: ContentLine) -> datetime:
        tzid = line.parameter("TZID")
        zone = self._default if tzid is None else self._zones.find(tzid)
        if zone is None:
            if tzid is not None:
                expected = "one that is known or that the file defines; its times are taken as of no zone"
                self._report.each(line.number, f"the time zone {shown(tzid)}", expected)
            return moment
        found = moment.replace(tzinfo=zone.tz)
        try:
            found.utcoffset()
        except Exception:  # noqa: BLE001 - zones of a file are made by dateutil, of whatever stands there
            self._report.each(line.number, f"the time zone {shown(str(tzid))}", "one with rules that can be followed")
            return moment
        return found

    def zone_of(self, line: ContentLine, moment: Moment) -> Zone | None:
        """The zone by whose clock the rules of an entry that begins at a moment are to be followed."""
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            return None
        if line.value.strip().endswith("Z"):
            # Told in the zone of the calendar, but the rules are still those of UTC.
            return None if self._default is None else UTC_ZONE
        tzid = line.parameter("TZID")
        return self._default if tzid is None else self._zones.find(tzid)

    def when(self, moment: Moment, line: ContentLine) -> When | None:
        """A date or time as the timeline has it; None, and a report, if it cannot have it."""
        try:
            return When.parse(text_of(moment))
        except (WhenError, OverflowError, ValueError):
            self._report.fault(line.number, f"{line.name} {shown(line.value)}", "a time within the years 1 to 9999")
            return None

    def of_event(self, component: Component) -> Timing:
        """When a VEVENT or VJOURNAL is.

        Source: RFC 5545, 3.6.1: DTEND is the day after the last; without it, a day lasts
        a day and a time no time.
        """
        report = self._report
        line = component.one("DTSTART", report)
        end_line = component.one("DTEND", report)
        length_line = component.one("DURATION", report)
        self._not_of(component, "DUE", "COMPLETED")
        start = None if line is None else self.moment(line)
        if line is None or start is None:
            if line is None and (end_line or length_line):
                other = end_line or length_line
                assert other is not None
                report.fault(other.number, f"{other.name} without DTSTART", "when it begins; it has no date")
            return UNDATED
        if end_line is not None and length_line is not None:
            report.fault(length_line.number, "DURATION beside DTEND", "one of them; DTEND is taken")
            length_line = None
        length, duration = self._length(start, end_line, length_line)
        if length is not None and length_line is not None and not line.value.strip().endswith("Z"):
            exact = _exact(start, length, length_line.value)
            # Of what happens again, each time has its own length.
            if exact != length and not ("RRULE" in component.properties or "RDATE" in component.properties):
                duration = to_duration(exact)
        return self._timing(start, line, length, duration)

    def _not_of(self, component: Component, *names: str) -> None:
        """Report dates that components of this kind do not have."""
        for name in names:
            for line in component.all(name):
                self._report.fault(line.number, f"{name} in a {component.name}", "it in other components; left out")

    def _timing(self, start: Moment, line: ContentLine, length: timedelta | None, duration: str | None) -> Timing:
        if not isinstance(start, datetime):
            days = 1 if length is None else length.days
            try:
                when = When.parse(start.isoformat() if days == 1 else f"{start}/{start + _DAY * (days - 1)}")
            except OverflowError:
                self._report.fault(line.number, f"{days:,} days from {start} on", "an end before the year 10000")
                when = When.parse(start.isoformat())
            return Timing(when, None, start)
        found = self.when(start, line)
        if found is None:
            return UNDATED
        zone = self.zone_of(line, start)
        if zone is UTC_ZONE:
            start = start.astimezone(UTC)
        return Timing(found, duration, start, zone and zone.name, zone is not None and zone.name is None)

    def _length(
        self, start: Moment, end_line: ContentLine | None, length_line: ContentLine | None
    ) -> tuple[timedelta | None, str | None]:
        """How long it lasts: whole days of what begins on a day, or the text of a duration."""
        if end_line is not None:
            return self._until(start, end_line)
        if length_line is None:
            return None, None
        length = self.duration(length_line)
        if length is not None and not isinstance(start, datetime):
            if not length % _DAY and length >= _DAY:
                return length, None
            self._report.fault(length_line.number, f"DURATION {length_line.value}", "one or more whole days")
            length = None
        elif length is not None and length <= timedelta(0):
            self._no_time(length_line)
            length = None
        if length is None:
            return None, None
        text = length_line.value.strip().upper().removeprefix("+")
        return length, text if to_timedelta(text) == length else to_duration(length)

    def _until(self, start: Moment, line: ContentLine) -> tuple[timedelta | None, str | None]:
        end = self.moment(line)
        if end is None:
            return None, None
        if not _same_kind(start, end):
            expected = "an end of the same kind as DTSTART: both days, both times, with a zone or without"
            self._report.fault(line.number, f"{line.name} {shown(line.value)}", expected)
            return None, None
        if not isinstance(start, datetime):
            if end > start:
                return end - start, None
            expected = f"a day after DTSTART {start}, of which one day is taken"
            self._report.fault(line.number, f"{line.name} {end}", expected)
            return None, None
        length = timedelta(seconds=seconds(end) - seconds(start))
        if length > timedelta(0):
            return length, to_duration(length)
        self._no_time(line)
        return None, None

    def _no_time(self, line: ContentLine) -> None:
        self._report.fault(line.number, f"{line.name} {shown(line.value)}", "a time after DTSTART; none is taken")

    def duration(self, line: ContentLine) -> timedelta | None:
        """The duration of a line; None, and a report, if it is none."""
        from icalendar import vDuration  # noqa: PLC0415 - most entries tell when they end

        try:
            found: object = vDuration.from_ical(line.value.strip().upper())  # type: ignore[no-untyped-call]
        except (ValueError, OverflowError, TypeError):
            found = None
        if not isinstance(found, timedelta):
            self._report.fault(line.number, f"{line.name} {shown(line.value)}", "a duration, such as PT1H30M or P2D")
            return None
        return found

    def of_task(self, component: Component) -> Timing:
        """When a VTODO is: once from its start on, and not after it is due.

        Source: RFC 5545, 3.6.2.
        """
        report = self._report
        line, due_line = component.one("DTSTART", report), component.one("DUE", report)
        length_line = component.one("DURATION", report)
        self._not_of(component, "DTEND")
        if length_line is not None and (line is None or due_line is not None):
            found = "DURATION without DTSTART" if line is None else "DURATION beside DUE"
            report.fault(length_line.number, found, "it beside DTSTART and no DUE; it is left out")
        start = None if line is None else self.moment(line)
        due = None if due_line is None else self.moment(due_line)
        if start is not None and due is None and length_line is not None:
            length = self.duration(length_line)
            try:
                due, due_line = (start, None) if length is None else (start + length, length_line)
            except OverflowError:
                report.fault(length_line.number, f"DURATION {shown(length_line.value)}", "an end before the year 10000")
            if due == start:
                due, due_line = None, None
        if start is not None and due is not None and line is not None and due_line is not None:
            return self._between(start, line, due, due_line)
        if due is not None and due_line is not None:
            return Timing(self._set(f"..{self._day(due, due_line)}"))
        if start is None or line is None:
            return UNDATED
        if "RRULE" in component.properties or "RDATE" in component.properties:
            return self._timing(start, line, None, None)
        return Timing(self._set(f"{self._day(start, line)}.."), None, start)

    def _between(self, start: Moment, line: ContentLine, due: Moment, due_line: ContentLine) -> Timing:
        if not _same_kind(start, due):
            # Which comes first cannot always be said, so the days are taken.
            start, due = _day_of(start), _day_of(due)
            self._report.each(due_line.number, "DUE of another kind than DTSTART", "both days, or both times")
        if start == due:
            return self._timing(start, line, None, None)
        if seconds(due) < seconds(start) if isinstance(start, datetime) else due < start:
            self._report.fault(due_line.number, f"{due_line.name} {shown(due_line.value)}", "a time not before DTSTART")
            return self._timing(start, line, None, None)
        first, last = self._day(start, line), self._day(due, due_line)
        return Timing(When.parse(str(first)) if first == last else self._set(f"{first}..{last}"), None, start)

    def _day(self, moment: Moment, line: ContentLine) -> date:
        if isinstance(moment, datetime):
            self._report.each(line.number, "the time of day of a task", "a day: once within days has no times in EDTF")
        return _day_of(moment)

    def start(self, component: Component) -> Moment | None:
        """Where an entry of ours begins."""
        line = component.first("DTSTART") or component.first("DUE")
        return None if line is None else self.moment(line)

    def _set(self, members: str) -> When | None:
        return When.parse(f"[{members}]")


def text_of(moment: Moment) -> str:
    """A date or time as EDTF."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    offset = moment.utcoffset()
    if offset is None:
        return moment.isoformat()
    if not offset or offset % timedelta(minutes=1):
        # Local mean times had seconds, which an offset has not: the same moment in UTC has none.
        text = (moment.astimezone(UTC) if offset else moment).replace(tzinfo=None).isoformat()
        return f"{text}{'Z' if offset or moment.tzinfo is UTC else '+00:00'}"
    return moment.isoformat()


def _exact(start: Moment, length: timedelta, text: str) -> timedelta:
    """How long a duration is from a time on: its days are those of the clock of that time.

    Source: RFC 5545, 3.3.6.
    """
    match = _NOMINAL.match(text.strip().upper())
    if not isinstance(start, datetime) or start.tzinfo is None or match is None:
        return length
    try:
        nominal = timedelta(weeks=int(match[1] or 0), days=int(match[2] or 0))
        end = start + nominal
    except (OverflowError, ValueError):
        return length
    return timedelta(seconds=seconds(end) - seconds(start)) + (length - nominal)


def _same_kind(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return (one.tzinfo is None) == (other.tzinfo is None)
    return isinstance(one, datetime) == isinstance(other, datetime)


def seconds(moment: Moment) -> int:
    """A time as a number: not in UTC, which the first and the last day that there are may not have."""
    assert isinstance(moment, datetime)
    seconds = moment.toordinal() * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second
    offset = moment.utcoffset()
    return seconds - int(offset.total_seconds()) if offset else seconds


def _day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def shown(text: str) -> str:
    """A text in quotation marks for a message, cut short if it is long."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
