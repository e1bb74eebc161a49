"""Where a calendar can show a date, and how to say that it means something else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from timeline.formats import Feature
from timeline.when import Bound, Grain, Kind, When

if TYPE_CHECKING:
    Window = tuple[int | Bound, int | Bound]

_WIDE = 92  # days: the longest season or quarter
_MAX_MEMBERS = 3
# DTEND is the day after the last and has to be a date too (RFC 5545, 3.3.4).
_END = date.max.toordinal()

_ALL_DAYS = "Shown on all the days that this may mean."
_FIRST_DAY = "Shown on the first day only."
_LAST_DAY = "Shown on the last day only."
_FIRST_MEMBER = "Shown at the first of these dates only."
_WHOLE_DAY = "Shown on the whole day."


@attrs.frozen(kw_only=True)
class Shown:
    """The days on which a calendar shows a date.

    Attributes:
        when: The date.
        first: The first day.
        end: The day after the last; None for one day of which the end is not told.
        inexact: What of the date is shown otherwise than stated.
        note: A sentence on how the days differ from the date; empty if they do not.
    """

    when: When
    first: date
    end: date | None
    inexact: tuple[Feature, ...]
    note: str

    def __str__(self) -> str:
        """What is stated and what is shown."""
        last = date.fromordinal(self.end.toordinal() - 1) if self.end else self.first
        days = f"on {self.first}" if last == self.first else f"from {self.first} to {last}"
        return f"stated as {self.when.humanize()}, shown {days}"


@attrs.frozen(kw_only=True)
class Omitted:
    """That a calendar cannot show a date.

    Attributes:
        feature: What of the date it cannot show.
        reason: Why, in words.
    """

    feature: Feature
    reason: str


def show(when: When | None, *, wide: str) -> Shown | Omitted:
    """The days on which a calendar shows a date.

    Args:
        when: The date.
        wide: What to do with more than 92 days; see `timeline_ical.IcalOptions`.
    """
    if when is None:
        return Omitted(feature=Feature.UNDATED, reason="an event without a date of its own has no place in a calendar")
    start, end = _window(when)
    shape = _shape(when)
    until: int | None
    if isinstance(start, Bound):
        if isinstance(end, Bound):
            return Omitted(feature=Feature.OPEN_ENDS, reason=f"{when.humanize()} has neither a first nor a last day")
        start, until, note = end - 1, end, _LAST_DAY
    elif isinstance(end, Bound):
        until, note = None, _FIRST_DAY
    elif end - start > _WIDE and wide != "span":
        shape = shape or Feature.INTERVALS
        if wide == "omit":
            return Omitted(feature=shape, reason=f"{when.humanize()} is more than {_WIDE} days")
        until, note = start + 1, _FIRST_DAY
    else:
        until, note = end, {None: "", Feature.TIMES: _WHOLE_DAY}.get(shape, _ALL_DAYS)
    if when.kind is Kind.ALL_OF and when.days is not None and len(when.parts) > 1:
        note = _FIRST_MEMBER
    if start < 1 or max(start, until or 0) > _END:
        reason = f"{when.humanize()} is not within what a calendar can hold, 0001-01-01 to 9999-12-30"
        return Omitted(feature=Feature.DISTANT_YEARS, reason=reason)
    inexact = [shape] if shape else []
    if when.qualifiers:
        inexact.append(Feature.UNCERTAINTY)
    return Shown(
        when=when,
        first=date.fromordinal(start),
        end=None if until is None else date.fromordinal(until),
        inexact=tuple(inexact),
        note=note,
    )


def exact_day(when: When | None) -> date | None:
    """The day that a date states without any doubt, if it is one and a `date` can hold it."""
    if when is None or when.kind is not Kind.POINT or when.grains != {Grain.DAY} or when.qualifiers or when.days != 1:
        return None
    return when.earliest if isinstance(when.earliest, date) else None


def short(when: When) -> str:
    """A date in few words that say no more than `When.humanize`, for a title."""
    if when.kind in (Kind.ONE_OF, Kind.ALL_OF) and len(when.parts) > _MAX_MEMBERS:
        return "one of several dates" if when.kind is Kind.ONE_OF else "several dates"
    return when.humanize(style="short")


def _window(when: When) -> Window:
    """The days to show: the hull, but of an all-of set with both ends only the first member.

    The event was not there between the members, so their hull would be wrong.
    """
    if when.kind is not Kind.ALL_OF or when.days is None:
        return when.window
    return min((When(Kind.ALL_OF, (part,)) for part in when.parts), key=lambda member: member.sort_key).window


def _shape(when: When) -> Feature | None:  # noqa: PLR0911 - one for each shape
    """What keeps a date from being the days that it is shown on, other than doubt."""
    if when.start_bound is not None or when.end_bound is not None:
        return Feature.OPEN_ENDS
    if when.kind in (Kind.ONE_OF, Kind.ALL_OF):
        return Feature.SETS
    if Grain.SECOND in when.grains:
        return Feature.TIMES
    if any(not unit.is_specified or unit.significant for unit in when.units):
        return Feature.UNSPECIFIED
    if when.grains == {Grain.DAY}:
        return None
    if when.kind is Kind.SPAN:
        return Feature.INTERVALS
    return Feature.SEASONS if Grain.SEASON in when.grains else Feature.PRECISION
