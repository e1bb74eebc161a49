"""Where a calendar can show a date, and how to say that it means something else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from timeline.formats import Feature
from timeline.when import Bound, Grain, Kind, When

_WIDE = 92  # days: the longest season or quarter
_MAX_MEMBERS = 3
# DTEND is the day after the last and has to be a date too (RFC 5545, 3.3.4).
LAST_DAY = date.max.toordinal()
_DATE = ";VALUE=DATE"

_ALL_DAYS = "Shown on all the days that this may mean."
_FIRST_DAY = "Shown on the first day only."
_LAST_DAY = "Shown on the last day only."
_FIRST_MEMBER = "Shown at the first of these dates only."


class Shown(NamedTuple):
    """Where a calendar shows a date.

    Attributes:
        when: The date.
        parameters: Those of DTSTART and DTEND: ``;VALUE=DATE``, ``;TZID=…``, or none.
        start: The value of DTSTART.
        end: That of DTEND; None for one day of which the end is not told, or one moment.
        inexact: What of the date is shown otherwise than stated.
        note: A sentence on how that differs from the date; empty if it does not.
        edtf: The date in EDTF.
    """

    when: When
    parameters: str
    start: str
    end: str | None
    inexact: tuple[Feature, ...]
    note: str
    edtf: str

    @property
    def is_timed(self) -> bool:
        """Whether it has a time of day."""
        return self.parameters is not _DATE

    def __str__(self) -> str:
        """What is stated and what is shown."""
        first = _dashed(self.start)
        last = first
        if self.end and not self.is_timed:
            last = _dashed(day_text(date.fromisoformat(self.end).toordinal() - 1))
        days = f"on {first}" if last == first else f"from {first} to {last}"
        return f"stated as {self.when.humanize()}, shown {days}"


class Omitted(NamedTuple):
    """That a calendar cannot show a date.

    Attributes:
        feature: What of the date it cannot show.
        reason: Why, in words.
    """

    feature: Feature
    reason: str


_UNDATED = Omitted(Feature.UNDATED, "an event without a date of its own has no place in a calendar")


def show(when: When | None, *, wide: str, lasts: timedelta | None = None, zone: Zone | None = None) -> Shown | Omitted:
    """Where a calendar shows a date.

    Args:
        when: The date.
        wide: What to do with more than 92 days; see `timeline_ical.IcalOptions`.
        lasts: How long after a time of day the event ends.
        zone: The zone to tell times in that have an offset; None for UTC.
    """
    if when is None:
        return _UNDATED
    day = when.ordinal
    if day is not None and 0 < day < LAST_DAY and not when.is_qualified:
        # What most dates are, so it is done by the shortest way.
        edtf = date.fromordinal(day).isoformat()
        end = date.fromordinal(day + 1).isoformat().replace("-", "")
        return Shown(when, _DATE, edtf.replace("-", ""), end, (), "", edtf)
    if when.kind is Kind.POINT and Grain.SECOND in when.grains:
        return _show_time(when, lasts, zone)
    return _show_days(when, wide)


def on_first_day(shown: Shown) -> Shown:
    """What is shown by an entry that has no end."""
    if shown.end is None or shown.is_timed or shown.end == day_text(date.fromisoformat(shown.start).toordinal() + 1):
        return shown._replace(end=None)
    return shown._replace(end=None, inexact=shown.inexact or (Feature.INTERVALS,), note=_FIRST_DAY)


def day_text(ordinal: int) -> str:
    """A day as DATE has it: ``20240806``."""
    return date.fromordinal(ordinal).isoformat().replace("-", "")


def time_text(moment: datetime) -> str:
    """A moment as DATE-TIME has it: ``20240806T100000Z`` in UTC, or without the Z as the clock of a place has it."""
    text = moment.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")
    return f"{text}Z" if moment.tzinfo is UTC else text


class Zone(NamedTuple):
    """A time zone in which times are told.

    Attributes:
        name: Its name, the TZID.
        tz: The zone.
    """

    name: str
    tz: tzinfo


def time_value(moment: datetime, zone: Zone | None) -> tuple[str, str]:
    """Parameters and value of a property that has a moment: local, in UTC, or in a zone."""
    if moment.tzinfo is None:
        return "", time_text(moment)
    if zone is None:
        return "", time_text(moment.astimezone(UTC))
    return f";TZID={zone.name}", time_text(moment.astimezone(zone.tz).replace(tzinfo=None))


def is_told_twice(moment: datetime, zone: Zone | None) -> bool:
    """Whether a zone's clock showed that time an hour before already: then it would mean that (RFC 5545, 3.3.5)."""
    return zone is not None and moment.tzinfo is not None and bool(moment.astimezone(zone.tz).fold)


def _show_time(when: When, lasts: timedelta | None, zone: Zone | None) -> Shown | Omitted:
    start = when.earliest
    if not isinstance(start, datetime):
        return _out_of_reach(when)
    try:
        if is_told_twice(start, zone) or (lasts and is_told_twice(start + lasts, zone)):
            zone = None
        parameters, text = time_value(start, zone)
        end = time_value(start + lasts, zone)[1] if lasts else None
    except OverflowError:
        return _out_of_reach(when)
    return Shown(when, parameters, text, end, (), "", str(when))


def _out_of_reach(when: When) -> Omitted:
    reason = f"{when.humanize()} is not within what a calendar can hold, 0001-01-01 to 9999-12-30"
    return Omitted(Feature.DISTANT_YEARS, reason)


def _show_days(when: When, wide: str) -> Shown | Omitted:
    start, end = _window(when)
    shape = _shape(when)
    until: int | None
    if isinstance(start, Bound):
        if isinstance(end, Bound):
            return Omitted(Feature.OPEN_ENDS, f"{when.humanize()} has neither a first nor a last day")
        start, until, note = end - 1, end, _LAST_DAY
    elif isinstance(end, Bound):
        until, note = None, _FIRST_DAY
    elif end - start > _WIDE and wide != "span":
        shape = shape or Feature.INTERVALS
        if wide == "omit":
            return Omitted(shape, f"{when.humanize()} is more than {_WIDE} days")
        until, note = start + 1, _FIRST_DAY
    else:
        until, note = end, _ALL_DAYS if shape else ""
    if when.kind is Kind.ALL_OF and when.days is not None and len(when.parts) > 1:
        note = _FIRST_MEMBER
    if start < 1 or max(start, until or 0) > LAST_DAY:
        return _out_of_reach(when)
    inexact = [shape] if shape else []
    if when.qualifiers:
        inexact.append(Feature.UNCERTAINTY)
    last = None if until is None else day_text(until)
    return Shown(when, _DATE, day_text(start), last, tuple(inexact), note, str(when))


def exact_day(when: When | None) -> date | None:
    """The day that a date states without any doubt, if it is one and a `date` can hold it."""
    if when is None or when.ordinal is None or when.is_qualified:
        return None
    return date.fromordinal(when.ordinal) if 0 < when.ordinal <= LAST_DAY else None


def short(when: When, locale: str) -> str:
    """A date in few words that say no more than `When.humanize`, for a title."""
    if when.kind in (Kind.ONE_OF, Kind.ALL_OF) and len(when.parts) > _MAX_MEMBERS:
        return "one of several dates" if when.kind is Kind.ONE_OF else "several dates"
    return when.humanize(locale, style="short")


def _dashed(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"


def _window(when: When) -> tuple[int | Bound, int | Bound]:
    """The days to show: the hull, but of an all-of set with both ends only the first member.

    The event was not there between the members, so their hull would be wrong.
    """
    if when.kind is not Kind.ALL_OF or when.days is None:
        return when.window
    return min((When(Kind.ALL_OF, (part,)) for part in when.parts), key=lambda member: member.sort_key).window


def _shape(when: When) -> Feature | None:
    """What keeps a date from being the days that it is shown on, other than doubt."""
    if when.start_bound is not None or when.end_bound is not None:
        return Feature.OPEN_ENDS
    if when.kind in (Kind.ONE_OF, Kind.ALL_OF):
        return Feature.SETS
    if any(not unit.is_specified or unit.significant for unit in when.units):
        return Feature.UNSPECIFIED
    if when.grains == {Grain.DAY}:
        return None
    if when.kind is Kind.SPAN:
        return Feature.INTERVALS
    return Feature.SEASONS if Grain.SEASON in when.grains else Feature.PRECISION
