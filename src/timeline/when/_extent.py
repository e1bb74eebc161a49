"""The time that a date may take: all that it may be."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from timeline.errors import WhenError
from timeline.when._calendar import DAY_SECONDS, Day
from timeline.when._parts import Bound, Grain, Kind, Part, Unit
from timeline.when._relations import Member, Moments, Stretch, Units
from timeline.when._seasons import DEFAULT_SEASONS, SeasonTable
from timeline.when._temporal import Temporal
from timeline.when._units import SECONDS, Run, merged, numbers_of, runs_of, scale_of, window_of
from timeline.when._widening import Widening, widened
from timeline.when._windows import Duration, earliest_of, latest_of
from timeline.when._writer import write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from timeline.when._windows import Window

# A clock without a zone may be from 12 hours behind UTC to 14 hours ahead of it.
_BEHIND, _AHEAD = -12 * 3600, 14 * 3600


@attrs.frozen(eq=False)
class Extent(Temporal):
    """The time that a date may take: made by `When.extent` and `When.widen`.

    It has no text of its own, for not every extent is a date of EDTF.

    Attributes:
        kind: Which of the four kinds the date is.
        window: The half-open hull in seconds, 86,400 to the day of `datetime.date.toordinal`;
            an end without a date is a `Bound`.
        offset: By how many seconds the clock that tells it is ahead of UTC, in which the window then
            is; None for one without a zone.
        is_clock: Whether it is told by the clock; else it is whole days.
        members: What it may be, and for an all-of date each of what it is.
    """

    kind: Kind
    window: Window
    offset: int | None = attrs.field(repr=False)
    is_clock: bool = attrs.field(repr=False)
    members: tuple[Member, ...] = attrs.field(repr=False)

    def extent(self) -> Extent:
        """Itself."""
        return self

    @property
    def _clock(self) -> bool | None:
        return self.offset is not None if self.is_clock else None

    @property
    def earliest(self) -> date | datetime | Day | None:
        """The first day, or the first second if it is told by the clock; None if open or unknown."""
        return earliest_of(self.window[0], clock=self._clock)

    @property
    def latest(self) -> date | datetime | Day | None:
        """The last day, or the last second if it is told by the clock; None if open or unknown."""
        return latest_of(self.window[1], clock=self._clock)

    @property
    def duration(self) -> Duration:
        """How long it may last; of an all-of date, each member."""
        bounds = [_duration(member) for member in self.members]
        return Duration(min(low for low, _ in bounds), max(high for _, high in bounds))

    def against(self, other: Extent) -> Extent:
        """The same for comparing with another: a zone that only one of the two has is not known."""
        if self.offset is None or other.offset is not None:
            return self
        start, end = self.window
        assert not isinstance(start, Bound)
        assert not isinstance(end, Bound)
        # Its own clock is one that there is, however far it is off.
        first, last = start + min(_BEHIND, self.offset), end - 1 + max(_AHEAD, self.offset)
        units = Units(((Run(SECONDS, first, last),),))
        return attrs.evolve(self, window=(first, last + 1), members=(units,))


def _clock_of(parts: tuple[Part, ...]) -> tuple[int | None, bool]:
    """The offset in seconds of a date, and whether it is told by the clock."""
    (part, *_) = parts
    clock = part.clock if isinstance(part, Unit) else None
    return (None if clock is None or clock.offset is None else clock.offset * 60), clock is not None


def make_extent(
    kind: Kind, parts: tuple[Part, ...], seasons: SeasonTable | None, policy: Widening | None = None
) -> Extent:
    """The extent of a date; see `When.extent` and `When.widen`."""
    table = seasons or DEFAULT_SEASONS
    members: list[Member] = []
    if kind is Kind.SPAN:
        begins, ends = (_moments(part, at, table, policy) for at, part in enumerate(parts))
        members = [Stretch(begins, ends)]
    elif kind is Kind.ALL_OF:
        for part in parts:
            members += [Units((runs,)) for runs in _pooled([part], table, policy)]
    else:
        members = [Units(tuple(_pooled(parts, table, policy)))]
    window = window_of(kind, parts, table) if policy is None else _window_of_members(kind, members)
    _check(write(kind, parts), members)
    return Extent(kind, window, *_clock_of(parts), tuple(members))


def _check(text: str, members: list[Member]) -> None:
    """Refuse what a table of seasons has turned round."""
    for member in members:
        if isinstance(member, Stretch):
            first = member.begins.runs[0][0] if member.begins and member.begins.runs else -math.inf
            last = member.ends.runs[-1][1] if member.ends and member.ends.runs else math.inf
            turned, what = first >= last, "it"
        else:
            runs = [run for runs in member.scales for run in runs]
            turned = any(run.first is not None and run.last is not None and run.first > run.last for run in runs)
            what = "a range"
        if turned:
            raise WhenError(text, 0, f"a table of seasons in which {what} ends after it begins")


def _pooled(parts: Iterable[Part], table: SeasonTable, policy: Widening | None) -> list[tuple[Run, ...]]:
    """All units that the parts may be, by scale, in order."""
    by_scale: defaultdict[object, list[Run]] = defaultdict(list)
    for part in parts:
        for run in _runs(part, table, policy):
            by_scale[run.scale].append(run)
    return [tuple(merged(runs) if len(runs) > 1 else runs) for runs in by_scale.values()]


def _runs(part: Part, table: SeasonTable, policy: Widening | None) -> Iterable[Run]:
    assert not isinstance(part, Bound)
    if isinstance(part, Unit):
        return runs_of(part, table) if policy is None else widened(part, policy, table)
    (known, *_) = (end for end in (part.first, part.last) if isinstance(end, Unit))
    first, last = (_number(end, side, table, policy) for side, end in enumerate((part.first, part.last)))
    return [Run(scale_of(known, table), first, last)]


def _number(end: Unit | Bound, side: int, table: SeasonTable, policy: Widening | None) -> int | None:
    """The number of the first (side 0) or last (side 1) unit that an end of a range may be."""
    if isinstance(end, Bound):
        return None
    if policy is None:
        return numbers_of(end, table)[side]
    run = [*widened(end, policy, table)][-side]
    return run.last if side else run.first


def _moments(part: Part, side: int, table: SeasonTable, policy: Widening | None) -> Moments | None:
    """When a span may begin (side 0) or end (side 1): at the beginning or end of each day of a unit."""
    if isinstance(part, Bound):
        return Moments(()) if part is Bound.OPEN else None
    shift = side * DAY_SECONDS
    spans = []
    for run in _runs(part, table, policy):
        assert run.first is not None
        assert run.last is not None
        spans.append((run.scale.start(run.first) + shift, run.scale.end(run.last) - DAY_SECONDS + shift))
    return Moments(tuple(spans))


def _window_of_members(kind: Kind, members: list[Member]) -> Window:
    if kind is Kind.SPAN:
        (span,) = members
        assert isinstance(span, Stretch)
        begins, ends = span
        return (
            begins.runs[0][0] if begins and begins.runs else Bound.UNKNOWN if begins is None else Bound.OPEN,
            ends.runs[-1][1] if ends and ends.runs else Bound.UNKNOWN if ends is None else Bound.OPEN,
        )
    starts: list[int] = []
    ends_: list[int] = []
    is_open = [False, False]
    for member in members:
        assert isinstance(member, Units)
        for runs in member.scales:
            first, last = runs[0], runs[-1]
            if first.first is None:
                is_open[0] = True
            else:
                starts.append(first.scale.start(first.first))
            if last.last is None:
                is_open[1] = True
            else:
                ends_.append(last.scale.end(last.last))
    return Bound.OPEN if is_open[0] else min(starts), Bound.OPEN if is_open[1] else max(ends_)


def _duration(member: Member) -> tuple[float, float]:
    if isinstance(member, Stretch):
        if (member.begins is not None and not member.begins.runs) or (member.ends is not None and not member.ends.runs):
            return math.inf, math.inf
        if member.begins is None or member.ends is None:
            return DAY_SECONDS, math.inf
        shortest = max(DAY_SECONDS, member.ends.runs[0][0] - member.begins.runs[-1][1])
        return shortest, member.ends.runs[-1][1] - member.begins.runs[0][0]
    lengths: set[int] = set()
    for runs in member.scales:
        grain = runs[0].scale.grain
        if grain is Grain.DAY or grain is Grain.SECOND:
            lengths.add(DAY_SECONDS if grain is Grain.DAY else 1)
            continue
        for run in runs:
            lengths |= _lengths(run)
    return min(lengths), max(lengths)


def _lengths(run: Run) -> set[int]:
    """The lengths of the units of a run.

    In 13 years in a row there are a leap year, one before it and others: so in any that follow.
    """
    enough = 13 * 12
    first = run.first if run.first is not None else 0 if run.last is None else run.last - enough
    last = first + enough if run.last is None else min(run.last, first + enough)
    return {run.scale.end(number) - run.scale.start(number) for number in range(first, last + 1)}
