"""Events that happen again: the rules as a calendar states them, and the days that follow from them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

import attrs

from timeline.errors import ModelError, quoted
from timeline.model import _fields as fields
from timeline.when import DAY_SECONDS, Bound, Grain, Kind, When, from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from dateutil.rrule import rruleset

# RFC 5545, 3.3.6, without a sign: nothing lasts less than no time.
_N = r"(\d{1,9})"
_DURATION = re.compile(rf"P(?=.)(?:{_N}W|(?:{_N}D)?(?:T(?=.)(?:{_N}H)?(?:{_N}M)?(?:{_N}S)?)?)")
_UNTIL = re.compile(r"(?<=UNTIL=)(\d{8})(T\d{6})?(Z?)", re.IGNORECASE)
# RFC 5545, 3.3.10: what each part of a rule may be, without the signs that some may have.
_RANGES = {
    "INTERVAL": (1, None),
    "COUNT": (1, None),
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_SIGNED = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SHORT = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
_PARTS = frozenset({"FREQ", "UNTIL", "BYDAY", "WKST", *_RANGES})
_MAX_EXAMINED = 100_000
"""How many occurrences are looked at for one expansion, those before the window among them."""
_MAX_STEPS = 5_000_000
"""How many moments of the clock a rule may go through for that, whether or not it takes them."""


def to_timedelta(duration: str) -> timedelta | None:
    """A duration such as ``PT1H30M`` or ``P2W``; None if the text is none, or longer than Python can tell."""
    match = _DURATION.fullmatch(duration) if duration.isascii() else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(digits) if digits else 0 for digits in match.groups())
    try:
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def check_duration(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    """Validate a duration that may be missing."""
    fields.text(_owner, field, value)
    if value is not None and to_timedelta(value) is None:
        raise ModelError((field.name,), quoted(value), "a duration such as PT1H30M, P2D or P2W (RFC 5545)")


def _check_rules(_owner: object, field: attrs.Attribute[Any], value: tuple[str, ...]) -> None:
    fields.texts(_owner, field, value)
    for number, rule in enumerate(value):
        try:
            _check_parts(rule)
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
    if value is not None and zone_of(value) is None:
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
        zone = zone_of(self.tzid) if self.tzid and start.tzinfo else None
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
    zone = zone_of(repeats.tzid) if repeats.tzid and start.tzinfo else None
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


def zone_of(name: str) -> tzinfo | None:
    """A time zone of the system's database, or else of the package that carries one."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few events happen again

    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+_-]*(/[A-Za-z0-9+_-]+)*", name):
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        from dateutil import tz  # noqa: PLC0415 - where the system has no database

        return tz.gettz(name)


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


def _check_parts(rule: str) -> None:
    """Refuse what RFC 5545, 3.3.10 does not allow and dateutil does, and what no day can ever be.

    Raises:
        ValueError: It is no such rule; the message says why.
    """
    if re.search(r"[\s:]", rule):
        message = "one rule, without its name"
        raise ValueError(message)
    pairs = [part.partition("=")[::2] for part in rule.upper().split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs):
        message = "each part once"
        raise ValueError(message)
    if parts.get("FREQ") not in _FREQUENCIES:
        message = f"FREQ, one of: {', '.join(_FREQUENCIES)}"
        raise ValueError(message)
    for name, value in parts.items():
        if name not in _PARTS:
            message = f"no part {quoted(name)}"
            raise ValueError(message)
        lowest, highest = _RANGES.get(name, (None, None))
        for number in value.split(",") if lowest is not None else ():
            digits = number.lstrip("+-") if name in _SIGNED else number
            if not digits.isascii() or not digits.isdigit() or not _within(int(digits), lowest, highest):
                message = f"{name} from {lowest} to {highest}" if highest else f"{name} of 1 or more"
                raise ValueError(message)
    reason = _end_of(parts) or (None if _comes(parts) else "a day that there is")
    if reason:
        raise ValueError(reason)


def _end_of(parts: dict[str, str]) -> str | None:
    """What is wrong with how a rule ends."""
    if "COUNT" in parts and "UNTIL" in parts:
        return "COUNT or UNTIL, not both"
    # dateutil takes any date that people type, and more.
    return "UNTIL as 20241231 or 20241231T235959Z" if not _is_moment(parts.get("UNTIL", "20000101")) else None


def _is_moment(text: str) -> bool:
    """Whether a text is a day or a time as iCalendar writes it, and there is such a one."""
    try:
        return bool(re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _within(number: int, lowest: int | None, highest: int | None) -> bool:
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def _comes(parts: dict[str, str]) -> bool:
    """Whether a rule ever makes a day: dateutil looks for one up to the year 9999.

    So it is asked shortly before that, in years of every kind: common and leap, begun on each day of the week.
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - few events happen again

    rule = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL", "INTERVAL"))
    return next(iter(rrulestr(rule, dtstart=datetime(9971, 1, 1))), None) is not None  # noqa: DTZ001 - of no zone


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
