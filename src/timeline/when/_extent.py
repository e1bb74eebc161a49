"""What a date may be in time: its windows, bounds, duration and relations."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import attrs

from timeline.when._calendar import DAY_SECONDS, Day, from_ordinal, from_seconds
from timeline.when._parts import Bound, Grain, Kind, Part, Unit
from timeline.when._relations import MI, A, B, D, E, F, M, Member, Moments, Relation, S, Stretch, Units, allen, possible
from timeline.when._seasons import DEFAULT_SEASONS, SeasonTable
from timeline.when._units import SECONDS, Run, hull_of, joined, numbers_of, runs_of, scale_of
from timeline.when._widening import Widening, widened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    Edge = int | Bound
    Window = tuple[Edge, Edge]

# A clock without a zone may be from 12 hours behind UTC to 14 hours ahead of it.
_BEHIND, _AHEAD = 12 * 3600, 14 * 3600


class Duration(NamedTuple):
    """How long a date may last, in seconds; `math.inf` is without end.

    Attributes:
        shortest: At least so long.
        longest: At most so long; `math.inf` too if nobody knows.
    """

    shortest: float
    longest: float

    @property
    def days(self) -> tuple[float, float]:
        """The same in days of 86,400 seconds."""
        return self.shortest / DAY_SECONDS, self.longest / DAY_SECONDS


def unit_window(unit: Unit, table: SeasonTable) -> tuple[int, int]:
    """First second that a unit may touch and first second after it."""
    hull = hull_of(unit, table)
    assert hull is not None
    return hull


def part_window(part: Part, table: SeasonTable) -> Window:
    """The hull of a part, in seconds; an end without a date is a `Bound`."""
    if isinstance(part, Bound):
        return part, part
    if isinstance(part, Unit):
        return unit_window(part, table)
    first, last = part.first, part.last
    return (
        first if isinstance(first, Bound) else unit_window(first, table)[0],
        last if isinstance(last, Bound) else unit_window(last, table)[1],
    )


def window_of(kind: Kind, parts: tuple[Part, ...], table: SeasonTable = DEFAULT_SEASONS) -> Window:
    """The hull of a date, in seconds; an end that one part leaves open or unknown is so."""
    windows = [part_window(part, table) for part in parts]
    if kind is Kind.SPAN:
        return windows[0][0], windows[1][1]
    starts, ends = zip(*windows, strict=True)
    start = next((edge for edge in starts if isinstance(edge, Bound)), None)
    end = next((edge for edge in ends if isinstance(edge, Bound)), None)
    return min(starts) if start is None else start, max(ends) if end is None else end


def days_of_window(window: Window) -> Window:
    """A window of seconds as half-open ordinals of the days that it touches."""
    start, end = window
    return (
        start if isinstance(start, Bound) else start // DAY_SECONDS,
        end if isinstance(end, Bound) else -(-end // DAY_SECONDS),
    )


def earliest_of(start: Edge, *, clock: bool | None) -> date | datetime | Day | None:
    """The first day or, with a clock (True: in UTC), the first second; None without a bound."""
    if isinstance(start, Bound):
        return None
    return from_ordinal(start // DAY_SECONDS) if clock is None else from_seconds(start, utc=clock)


def latest_of(end: Edge, *, clock: bool | None) -> date | datetime | Day | None:
    """The last day or, with a clock (True: in UTC), the last second; None without a bound."""
    if isinstance(end, Bound):
        return None
    return from_ordinal((end - 1) // DAY_SECONDS) if clock is None else from_seconds(end - 1, utc=clock)


def clock_of(parts: tuple[Part, ...]) -> bool | None:
    """Whether a date is told by the clock: True with a zone, False without, None if it is not."""
    for part in parts:
        if isinstance(part, Unit) and part.clock is not None:
            return part.clock.offset is not None
    return None


class Temporal:
    """What a date and the time that it may take have in common: both stand in relations."""

    __slots__ = ()

    def extent(self) -> Extent:
        """The time that it may take."""
        raise NotImplementedError

    def stretch(self) -> tuple[int, int] | None:
        """Start and end in seconds, if it is one stretch of time for certain, of whole days; else None."""
        return None

    def relations(self, other: Temporal) -> Relation:
        """The relations in which it may still stand to another date.

        Every possible value of the one is held against every possible value of the other:
        ``198X`` is one year, so it may be before, meet, equal, be met by or after ``1985``,
        and is not during it. What the two say is taken to be independent. An open end is
        without end, an unknown one may be anywhere. An all-of date stands for each of its
        members. Where one has a zone and the other has none, the other's may be any from
        12 hours behind UTC to 14 ahead.

        Returns:
            The set of them, as a mask; never empty.
        """
        certain, others = self.stretch(), other.stretch()
        if certain is not None and others is not None:
            return Relation(allen(*certain, *others))
        one, two = self.extent(), other.extent()
        if one.utc is not None or two.utc is not None:
            one, two = one.against(two), two.against(one)
        mask = 0
        for member in one.members:
            for another in two.members:
                mask |= possible(member, another)
        return Relation(mask)

    def certainly_before(self, other: Temporal) -> bool:
        """Whether it has ended by the time that the other begins, whatever the two may be."""
        return not self.relations(other) & ~(B | M)

    def possibly_before(self, other: Temporal) -> bool:
        """Whether it may have ended by the time that the other begins."""
        return bool(self.relations(other) & (B | M))

    def certainly_after(self, other: Temporal) -> bool:
        """Whether it begins when the other has ended, whatever the two may be."""
        return not self.relations(other) & ~(A | MI)

    def possibly_after(self, other: Temporal) -> bool:
        """Whether it may begin when the other has ended."""
        return bool(self.relations(other) & (A | MI))

    def certainly_during(self, other: Temporal) -> bool:
        """Whether it lies within the other and is shorter, whatever the two may be."""
        return not self.relations(other) & ~(S | D | F)

    def possibly_during(self, other: Temporal) -> bool:
        """Whether it may lie within the other and be shorter."""
        return bool(self.relations(other) & (S | D | F))

    def certainly_overlaps(self, other: Temporal) -> bool:
        """Whether the two have some time in common, whatever they may be."""
        return not self.relations(other) & (B | M | MI | A)

    def possibly_overlaps(self, other: Temporal) -> bool:
        """Whether the two may have some time in common."""
        return bool(self.relations(other) & ~(B | M | MI | A))

    def certainly_equals(self, other: Temporal) -> bool:
        """Whether the two are the same stretch of time; ``198X`` is not certainly ``198X``."""
        return not self.relations(other) & ~E

    def possibly_equals(self, other: Temporal) -> bool:
        """Whether the two may be the same stretch of time."""
        return bool(self.relations(other) & E)

    def overlaps(self, other: Temporal) -> bool:
        """Whether the windows of the two, from first to last second, have a second in common.

        A quick test on the outer bounds alone, with no bound where an end is open or
        unknown; `possibly_overlaps` looks at what lies between them.
        """
        (start, end), (other_start, other_end) = _limits(self, other)
        return start < other_end and other_start < end

    def contains(self, other: Temporal) -> bool:
        """Whether the window of the other lies within the window of this one, ends included."""
        (start, end), (other_start, other_end) = _limits(self, other)
        return start <= other_start and other_end <= end


@attrs.frozen(eq=False)
class Extent(Temporal):
    """The time that a date may take: made by `When.extent` and `When.widen`.

    It has no text of its own, for not every extent is a date of EDTF.

    Attributes:
        kind: Which of the four kinds the date is.
        window: The half-open hull in seconds, 86,400 to the day of `datetime.date.toordinal`;
            an end without a date is a `Bound`.
        utc: Whether the seconds are those of UTC (True) or of a clock without a zone (False);
            None for whole days.
        members: What it may be, and for an all-of date each of what it is.
    """

    kind: Kind
    window: Window
    utc: bool | None = attrs.field(repr=False)
    members: tuple[Member, ...] = attrs.field(repr=False)

    def extent(self) -> Extent:
        """Itself."""
        return self

    @property
    def earliest(self) -> date | datetime | Day | None:
        """The first day, or the first second if it is told by the clock; None if open or unknown."""
        return earliest_of(self.window[0], clock=self.utc)

    @property
    def latest(self) -> date | datetime | Day | None:
        """The last day, or the last second if it is told by the clock; None if open or unknown."""
        return latest_of(self.window[1], clock=self.utc)

    @property
    def duration(self) -> Duration:
        """How long it may last; of an all-of date, each member."""
        bounds = [_duration(member) for member in self.members]
        return Duration(min(low for low, _ in bounds), max(high for _, high in bounds))

    def against(self, other: Extent) -> Extent:
        """The same for comparing with another: a zone that only one of the two has is not known."""
        if not self.utc or other.utc:
            return self
        start, end = self.window
        assert not isinstance(start, Bound)
        assert not isinstance(end, Bound)
        first, last = start - _BEHIND, end - 1 + _AHEAD
        units = Units(((Run(SECONDS, first, last),),))
        return attrs.evolve(self, window=(first, last + 1), members=(units,))


def make_extent(
    kind: Kind, parts: tuple[Part, ...], table: SeasonTable = DEFAULT_SEASONS, policy: Widening | None = None
) -> Extent:
    """The extent of a date; see `When.extent` and `When.widen`."""
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
    return Extent(kind, window, clock_of(parts), tuple(members))


def _pooled(parts: Iterable[Part], table: SeasonTable, policy: Widening | None) -> list[tuple[Run, ...]]:
    """All units that the parts may be, by scale, in order."""
    by_scale: defaultdict[object, list[Run]] = defaultdict(list)
    for part in parts:
        for run in _runs(part, table, policy):
            by_scale[run.scale].append(run)
    return [tuple(_merged(runs)) for runs in by_scale.values()]


def _merged(runs: list[Run]) -> Iterable[Run]:
    if len(runs) == 1:
        return runs
    runs.sort(key=lambda run: -math.inf if run.first is None else run.first)
    scale = runs[0].scale
    pairs: list[tuple[float, float]] = [
        (-math.inf if run.first is None else run.first, math.inf if run.last is None else run.last) for run in runs
    ]
    return (
        Run(scale, None if first == -math.inf else first, None if last == math.inf else last)
        for _, first, last in joined(scale, pairs)  # type: ignore[arg-type] # infinities join as numbers do
    )


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


def _limits(one: Temporal, other: Temporal) -> tuple[tuple[float, float], tuple[float, float]]:
    """The windows of two dates as numbers; no bound is infinite."""
    first, second = one.extent(), other.extent()
    first, second = first.against(second), second.against(first)
    return _numbers(first.window), _numbers(second.window)


def _numbers(window: Window) -> tuple[float, float]:
    start, end = window
    return -math.inf if isinstance(start, Bound) else start, math.inf if isinstance(end, Bound) else end


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
