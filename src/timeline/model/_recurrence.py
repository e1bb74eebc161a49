"""Events that happen again: the rules as a calendar states them, and the days that follow from them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import attrs

from timeline.errors import ModelError, quoted
from timeline.model import _fields as fields
from timeline.when import DAY_SECONDS, Bound, Grain, Kind, When, from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from typing import Any

    from dateutil.rrule import rruleset

_UNTIL = re.compile(r"(?<=UNTIL=)(\d{8})(T\d{6})?(Z?)", re.IGNORECASE)
_SHORT = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
_MAX_EXAMINED = 100_000
"""How many occurrences are looked at for one expansion, those before the window among them."""
_MAX_STEPS = 5_000_000
"""How many moments of the clock a rule may go through for that, whether or not it takes them."""


def _check_rules(_owner: object, field: attrs.Attribute[Any], value: tuple[str, ...]) -> None:
    fields.texts(_owner, field, value)
    if not value:
        return
    from timeline.model._rules import check_rule  # noqa: PLC0415 - few events happen again

    for number, rule in enumerate(value):
        try:
            check_rule(rule)
            _rules([rule], [], [], datetime(2000, 1, 1, tzinfo=UTC))
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            reason = " ".join(str(error).split())
            raise ModelError((field.name, number), quoted(rule), f"a rule such as FREQ=WEEKLY ({reason})") from None


def _whens(value: Iterable[fields.Dated]) -> tuple[When, ...]:
    if isinstance(value, (str, set, frozenset)):
        fields.strings(value)  # says what is wrong with it
    return tuple(When.of(item) for item in value)


def _check_dates(_owner: object, field: attrs.Attribute[Any], value: tuple[When, ...]) -> None:
    for number, when in enumerate(value):
        if _start_of(when) is None or when.kind is not Kind.POINT:
            raise ModelError((field.name, number), quoted(when), "a day or a time, of the years 1 to 9999")


def _check_zone(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    fields.text(_owner, field, value)
    if value is not None and _zone(value) is None:
        raise ModelError((field.name,), quoted(value), "the name of a time zone, such as Europe/Kyiv")


@attrs.frozen(kw_only=True)
class Recurrence:
    """When an event happens again, after the first time that its ``when`` tells.

    Names and texts are those of iCalendar. Nothing of it is expanded until somebody asks: see `Event.occurrences`.

    Attributes:
        rrule: Rules, each such as ``FREQ=WEEKLY;COUNT=10``.
        rdate: Days or times at which it happens besides.
        exdate: Days or times at which it does not.
        tzid: The time zone whose clock the rules follow, such as ``Europe/Kyiv``; without it an
            hour by the event's own offset stays that.

    Source: RFC 5545, 3.8.5.
    """

    rrule: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=_check_rules)
    rdate: tuple[When, ...] = attrs.field(default=(), converter=_whens, validator=_check_dates)
    exdate: tuple[When, ...] = attrs.field(default=(), converter=_whens, validator=_check_dates)
    tzid: str | None = attrs.field(default=None, converter=fields.no_empty, validator=_check_zone)

    def begins_with(self, when: When) -> bool:
        """Whether each of its rules makes the date from which it goes on.

        What programs do with one that does not is undefined (RFC 5545, 3.8.5.3): some drop the event.
        """
        start = _start_of(when)
        if start is None:
            return False
        zone = _zone(self.tzid) if self.tzid and start.tzinfo else None
        try:
            start = start if zone is None else start.astimezone(zone)
            return all(next(iter(_rules([rule], [], [], start)), None) == start for rule in self.rrule)
        except (ValueError, LookupError, OverflowError):
            # What dateutil finds out on the way: that no minute of it is one that the rule takes.
            return False

    def __str__(self) -> str:
        """``FREQ=WEEKLY;COUNT=10, also 2024-08-06, except 2024-08-13, by the clock of Europe/Kyiv``."""
        also = [f"also {', '.join(map(str, self.rdate))}"] if self.rdate else []
        but = [f"except {', '.join(map(str, self.exdate))}"] if self.exdate else []
        zone = [f"by the clock of {self.tzid}"] if self.tzid else []
        return ", ".join([*self.rrule, *also, *but, *zone])


def occurrences(when: When | None, repeats: Recurrence | None, since: date, until: date, limit: int) -> Iterator[When]:
    """The dates at which an event happens within a window; see `Event.occurrences`."""
    if when is None:
        return
    if repeats is None:
        if _touches(when, since, until):
            yield when
        return
    length = _length(when)
    _check_steps(when, repeats, until)
    # What begins before the window may reach into it.
    first = date.fromordinal(max(1, since.toordinal() - length))
    count = 0
    for examined, moment in enumerate(_iterated(_moments(when, repeats), repeats), start=1):
        day = moment.date()
        if day > until or day.toordinal() + length > date.max.toordinal():
            return
        if examined > _MAX_EXAMINED:
            message = f"more than {_MAX_EXAMINED:,} occurrences up to {day}"
            raise ModelError(("repeats",), message, "a rule that makes fewer, or an earlier window")
        if day >= first:
            count += 1
            if count > limit:
                message = f"more than {limit:,} occurrences from {since} to {until}"
                raise ModelError(("repeats",), message, "a shorter window, or a higher limit")
            yield _when_of(moment, when, length)


def _iterated(moments: Iterable[datetime], repeats: Recurrence) -> Iterator[datetime]:
    """The moments; what dateutil finds wrong with a rule only on the way is an error of ours."""
    try:
        yield from moments
    except (ValueError, LookupError, OverflowError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(("repeats",), quoted(repeats), f"rules that lead on from that date ({reason})") from None


def _check_steps(when: When, repeats: Recurrence, until: date) -> None:
    """Refuse to go through the seconds of years."""
    start = _start_of(when)
    seconds = 0 if start is None else (until.toordinal() - start.toordinal() + 1) * DAY_SECONDS
    for rule in repeats.rrule:
        parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
        step = _SHORT.get(parts["FREQ"], DAY_SECONDS) * int(parts.get("INTERVAL", 1))
        if seconds // step > _MAX_STEPS:
            message = f"the rule {quoted(rule)}, which goes through more than {_MAX_STEPS:,} moments up to {until}"
            raise ModelError(("repeats",), message, "an earlier window")


def _moments(when: When, repeats: Recurrence) -> Iterable[datetime]:
    """The moments at which an event begins, by the clock of its rules."""
    start = _start_of(when)
    if start is None:
        raise ModelError(("when",), quoted(when), "a day, a time or an interval of days, for what happens again")
    zone = _zone(repeats.tzid) if repeats.tzid and start.tzinfo else None
    try:
        start = start if zone is None else start.astimezone(zone)
        extra, but = ([_moment(item, start) for item in dates] for dates in (repeats.rdate, repeats.exdate))
    except OverflowError:
        raise ModelError(("repeats",), str(repeats), "times within the years 1 to 9999 by its clock") from None
    return _rules(repeats.rrule, extra, but, start, with_start=True)


def _touches(when: When, since: date, until: date) -> bool:
    start, end = when.window
    return (isinstance(start, Bound) or start <= until.toordinal()) and (
        isinstance(end, Bound) or end > since.toordinal()
    )


def _start_of(when: When) -> datetime | None:
    """The moment at which a day, a time or an interval of days begins; None if a date is another, or uncertain."""
    if when.qualifiers or when.kind not in (Kind.POINT, Kind.SPAN) or len(when.grains) != 1:
        return None
    if isinstance(when.seconds[0], Bound) or isinstance(when.seconds[1], Bound):
        return None
    if Grain.SECOND in when.grains:
        earliest = when.earliest
        return _by_its_clock(earliest, when) if isinstance(earliest, datetime) else None
    whole = when.kind is Kind.POINT and when.ordinal is None
    first = when.seconds[0] // DAY_SECONDS
    if when.grains != {Grain.DAY} or whole or not 0 < first <= date.max.toordinal():
        return None
    return datetime.combine(date.fromordinal(first), datetime.min.time())


def _length(when: When) -> int:
    """How many days there are after the first."""
    start, end = when.window
    return 0 if isinstance(start, Bound) or isinstance(end, Bound) else end - start - 1


def _by_its_clock(moment: datetime, when: When) -> datetime | None:
    """A time in UTC by the clock that the date has it by: a day of the week is one of that clock."""
    clock = when.units[0].clock
    if clock is None or not clock.offset:
        return moment
    try:
        return moment.astimezone(timezone(timedelta(minutes=clock.offset)))
    except OverflowError:
        return None


def _moment(when: When, start: datetime) -> datetime:
    """A date of the same kind as that on which the rules begin: dateutil compares no others."""
    moment = _start_of(when)
    assert moment is not None
    if Grain.DAY in when.grains:
        # Of what happens at a time, a day alone means that time of it.
        moment = datetime.combine(moment.date(), start.time())
        return moment.replace(tzinfo=start.tzinfo)
    if start.tzinfo is None:
        return moment.replace(tzinfo=None)
    return (moment if moment.tzinfo else moment.replace(tzinfo=start.tzinfo)).astimezone(start.tzinfo)


def _when_of(moment: datetime, like: When, length: int) -> When:
    if Grain.SECOND in like.grains:
        return When.of(moment)
    first = moment.date()
    return When.of(first) if not length else When.parse(f"{first}/{from_ordinal(first.toordinal() + length)}")


def _zone(name: str) -> tzinfo | None:
    from timeline.model._zone import zone_of  # noqa: PLC0415 - few events happen again

    return zone_of(name)


def _rules(
    rules: Iterable[str],
    extra: Iterable[datetime],
    but: Iterable[datetime],
    start: datetime,
    *,
    with_start: bool = False,
) -> rruleset:
    from dateutil.rrule import rruleset, rrulestr  # noqa: PLC0415 - few events happen again

    found = rruleset()
    for rule in rules:
        until = _UNTIL.sub(lambda match: _until(match, start), rule)
        try:
            found.rrule(rrulestr(until, dtstart=start))  # type: ignore[arg-type] # it is one rule
        except ValueError as error:
            # Such as every 60 minutes, where the minute is 30: it may be one, or none, from another start.
            if "empty set" not in str(error):
                raise
    if with_start:
        # DTSTART counts as the first instance, also where the rule does not make it.
        found.rdate(start)
    for moment in extra:
        found.rdate(moment)
    for moment in but:
        found.exdate(moment)
    return found


def _until(match: re.Match[str], start: datetime) -> str:
    """The end of a rule as dateutil wants it: in UTC if the start has a zone, else without one."""
    day, clock, utc = match[1], match[2], match[3]
    if start.tzinfo is None:
        return f"{day}{clock or 'T235959'}"
    if utc:
        return match[0]
    moment = datetime.fromisoformat(f"{day}{clock or 'T235959'}").replace(tzinfo=start.tzinfo)
    try:
        # Not by strftime: it writes the year 1 as one digit.
        text = moment.astimezone(UTC).isoformat()[:19]
    except OverflowError:
        # The last day of all, which people write for "for ever".
        text = moment.replace(tzinfo=None).isoformat()[:19]
    return f"{text.replace('-', '').replace(':', '')}Z"
