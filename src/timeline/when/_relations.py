"""Which of Allen's relations are still possible between two dates.

A relation depends only on the order of the four ends, so it is enough to look at
those possible values that lie next to an end of the other date: `_near` picks them.
Beginnings and ends of a span are free of each other but for their order, so a
relation is possible if a chain of strictly later moments can be picked: `_chained`.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntFlag
from typing import TYPE_CHECKING, NamedTuple

from timeline.when._calendar import DAY_SECONDS
from timeline.when._parts import Grain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.when._units import Run, Scale

    Times = tuple["Moments", ...]


class Relation(IntFlag):
    """Allen's thirteen relations of one stretch of time to another; a set of them is a mask.

    Stretches are half-open: a month meets the next one.

    Source: J. F. Allen, Maintaining Knowledge about Temporal Intervals, 1983.
    """

    BEFORE = 1 << 0
    """Ends before the other begins, with time between."""
    MEETS = 1 << 1
    """Ends where the other begins."""
    OVERLAPS = 1 << 2
    """Begins first, and ends inside the other."""
    STARTS = 1 << 3
    """Begins with the other, and ends inside it."""
    DURING = 1 << 4
    """Begins and ends inside the other."""
    FINISHES = 1 << 5
    """Begins inside the other, and ends with it."""
    EQUALS = 1 << 6
    """Begins and ends with the other."""
    FINISHED_BY = 1 << 7
    """The other finishes it."""
    CONTAINS = 1 << 8
    """The other is during it."""
    STARTED_BY = 1 << 9
    """The other starts it."""
    OVERLAPPED_BY = 1 << 10
    """The other overlaps it."""
    MET_BY = 1 << 11
    """The other meets it."""
    AFTER = 1 << 12
    """The other is before it."""

    @property
    def inverse(self) -> Relation:
        """The same set, seen from the other: ``BEFORE`` for ``AFTER``."""
        return Relation(sum(1 << (12 - bit) for bit in range(13) if self & (1 << bit)))


B, M, O, S, D, F, E, FI, DI, SI, OI, MI, A = (1 << bit for bit in range(13))  # noqa: E741 - Allen's letters
_ALL = (1 << 13) - 1

# What a smaller unit of the calendar can be to a larger one, and units of one grain to each other.
_SAME = B | M | E | MI | A
_FINER = B | M | S | D | F | MI | A
_COARSER = B | M | SI | DI | FI | MI | A

# Each relation as groups of ends in strict order, equal within a group: s and e of the one, t and f of the other.
_CHAINS = {
    B: ("s", "e", "t", "f"), M: ("s", "et", "f"), O: ("s", "t", "e", "f"), S: ("st", "e", "f"),
    D: ("t", "s", "e", "f"), F: ("t", "s", "ef"), E: ("st", "ef"), FI: ("s", "t", "ef"),
    DI: ("s", "t", "f", "e"), SI: ("st", "f", "e"), OI: ("t", "s", "f", "e"), MI: ("t", "fs", "e"),
    A: ("t", "f", "s", "e"),
}  # fmt: skip

# Room beyond the outermost end that is known, in seconds: there a date without a bound goes on.
_ROOM = 50 * 366 * DAY_SECONDS


def allen(start: int, end: int, other_start: int, other_end: int) -> int:
    """The relation of one stretch to another, as a bit."""
    if end <= other_start:
        return M if end == other_start else B
    if other_end <= start:
        return MI if other_end == start else A
    if start == other_start:
        return E if end == other_end else S if end < other_end else SI
    if start < other_start:
        return FI if end == other_end else O if end < other_end else DI
    return F if end == other_end else D if end < other_end else OI


class Moments(NamedTuple):
    """Moments that an end of a span may be: runs of days' beginnings (or ends), in order."""

    runs: tuple[tuple[int, int], ...]

    def after(self, moment: int | None) -> int | None:
        """The first of them that is later."""
        if moment is None:
            return self.runs[0][0]
        at = bisect_right(self.runs, (moment,))
        if at and moment < self.runs[at - 1][1]:
            # Within a run, moments are days apart.
            first, _ = self.runs[at - 1]
            return first + ((moment - first) // DAY_SECONDS + 1) * DAY_SECONDS
        if at < len(self.runs) and self.runs[at][0] == moment:
            return self.after_start(at)
        return self.runs[at][0] if at < len(self.runs) else None

    def after_start(self, at: int) -> int | None:
        """The moment after the first of a run."""
        first, last = self.runs[at]
        if first < last:
            return first + DAY_SECONDS
        return self.runs[at + 1][0] if at + 1 < len(self.runs) else None


def _common(group: str, ends: dict[str, Moments], moment: int | None) -> int | None:
    """The first moment later than ``moment`` that every end of the group may be."""
    if len(group) == 1:
        return ends[group].after(moment)
    one, other = ends[group[0]], ends[group[1]]
    found = one.after(moment)
    while found is not None:
        again = other.after(found - 1)
        if again == found:
            return found
        found = None if again is None else one.after(again - 1)
    return None


def _chained(ends: dict[str, Moments], wanted: int) -> int:
    """Those of the relations wanted of which the ends can be picked in their order."""
    mask = 0
    for relation, groups in _CHAINS.items():
        if wanted & relation:
            moment: int | None = None
            for group in groups:
                moment = _common(group, ends, moment)
                if moment is None:
                    break
            else:
                mask |= relation
    return mask


class Units(NamedTuple):
    """A date, or a member of one, that is one of some units: runs of each scale, in order."""

    scales: tuple[tuple[Run, ...], ...]

    @property
    def only(self) -> Closed | None:
        """The one run that it is, if it is only one and has two ends."""
        if len(self.scales) == 1 and len(self.scales[0]) == 1:
            scale, first, last = self.scales[0][0]
            if first is not None and last is not None:
                return Closed(scale, first, last)
        return None

    def known(self) -> Iterator[int]:
        """The outermost ends that are known."""
        for runs in self.scales:
            for run in (runs[0], runs[-1]):
                if run.first is not None:
                    yield run.scale.start(run.first)
                if run.last is not None:
                    yield run.scale.end(run.last)

    def closed(self, low: int, high: int) -> tuple[tuple[Closed, ...], ...]:
        """The same with ends where it has none, beyond all that is known."""
        return tuple(
            tuple(
                Closed(
                    run.scale,
                    run.scale.at(low) if run.first is None else run.first,
                    run.scale.at(high) if run.last is None else run.last,
                )
                for run in runs
            )
            for runs in self.scales
        )


class Closed(NamedTuple):
    """Consecutive units of a scale, with a first and a last."""

    scale: Scale
    first: int
    last: int

    @property
    def start(self) -> int:
        """The first second of the first of them."""
        return self.scale.start(self.first)

    @property
    def end(self) -> int:
        """The first second after the last of them."""
        return self.scale.end(self.last)


class Stretch(NamedTuple):
    """A span: when it may begin, and when it may end; None is unknown, empty is never (an open end)."""

    begins: Moments | None
    ends: Moments | None

    def known(self) -> Iterator[int]:
        """The outermost moments that are known."""
        for moments in self:
            if moments is not None and moments.runs:
                yield moments.runs[0][0]
                yield moments.runs[-1][1]

    def closed(self, low: int, high: int) -> Times:
        """When it may begin and end; open ends lie beyond all others, unknown ones anywhere."""
        anywhere = Moments(((low - low % DAY_SECONDS, high - high % DAY_SECONDS),))
        begins = anywhere if self.begins is None else self.begins
        ends = anywhere if self.ends is None else self.ends
        return (
            begins if begins.runs else Moments(((low - _ROOM, low - _ROOM),)),
            ends if ends.runs else Moments(((high + _ROOM, high + _ROOM),)),
        )


Member = Units | Stretch


def between(ones: Iterable[Member | tuple[int, int]], others: Iterable[Member | tuple[int, int]]) -> Relation:
    """The relations that are possible between two dates, of each member of the one to each of the other.

    Args:
        ones: What the one may be, or start and end in seconds of what it is.
        others: The same of the other.
    """
    mask = 0
    for one in ones:
        for other in others:
            if isinstance(one, (Units, Stretch)) and isinstance(other, (Units, Stretch)):
                mask |= _possible(one, other)
            else:
                mask |= allen(*one, *other)
    return Relation(mask)


def _possible(one: Member, other: Member) -> int:
    """The relations that are possible between two members, as a mask."""
    if isinstance(one, Units) and isinstance(other, Units):
        first, second = one.only, other.only
        if first is not None and second is not None:
            return _between_two(first, second)
    # Two sets of all years have no end that is known: any moment serves as well.
    known = [*one.known(), *other.known()] or [0]
    low, high = min(known) - _ROOM, max(known) + _ROOM
    if isinstance(one, Units):
        units = one.closed(low, high)
        if isinstance(other, Units):
            mask = 0
            for runs in units:
                for others in other.closed(low, high):
                    mask |= _between_runs(runs, others)
            return mask
        return Relation(_units_and_span(units, other.closed(low, high))).inverse
    if isinstance(other, Units):
        return _units_and_span(other.closed(low, high), one.closed(low, high))
    (s, e), (t, f) = one.closed(low, high), other.closed(low, high)
    return _chained({"s": s, "e": e, "t": t, "f": f}, _ALL)


def _units_and_span(units: tuple[tuple[Closed, ...], ...], span: Times) -> int:
    """The relations of a span to a date that is one of some units."""
    begins, ends = span
    moments = sorted({moment for end in span for run in end.runs for moment in run})
    seen: set[tuple[int, int]] = set()
    mask = 0
    for runs in units:
        for run in _close_to(runs, moments):
            # A span begins and ends with days, which seconds may lie between.
            days = (
                range(run.start // DAY_SECONDS, run.end // DAY_SECONDS + 1) if run.scale.grain is Grain.SECOND else ()
            )
            for number in _near(run, [*moments, *(day * DAY_SECONDS for day in days)]):
                stretch = run.scale.start(number), run.scale.end(number)
                if stretch not in seen and mask != _ALL:
                    seen.add(stretch)
                    t, f = (Moments(((moment, moment),)) for moment in stretch)
                    mask |= _chained({"s": begins, "e": ends, "t": t, "f": f}, _ALL & ~mask)
    return mask


def _close_to(runs: tuple[Closed, ...], moments: list[int]) -> Iterable[Closed]:
    """Of many runs the first, the last and those next to some moments."""
    if len(runs) <= 2 * len(moments):
        return runs
    found = {0, 1, len(runs) - 2, len(runs) - 1}
    for moment in moments:
        at = bisect_right(runs, moment, key=lambda run: run.start)
        found.update(range(max(0, at - 2), min(len(runs), at + 2)))
    return [runs[at] for at in sorted(found)]


def _between_runs(runs: Sequence[Closed], others: Sequence[Closed]) -> int:
    """The relations between units of two lists of runs, each of one scale and in order."""
    mine, theirs = runs[0].scale, others[0].scale
    mask = 0
    if mine.end(runs[0].first) < theirs.start(others[-1].last):
        mask |= B
    if mine.start(runs[-1].last) > theirs.end(others[0].first):
        mask |= A
    attainable = _ALL
    if mine is theirs and mine.grain is not Grain.SEASON:
        attainable = _SAME
    elif Grain.SEASON not in (mine.grain, theirs.grain):
        attainable = _FINER if mine.grain > theirs.grain else _COARSER
    at = 0
    for run in runs:
        start, end = run.start, run.end
        while at < len(others) and others[at].end < start:
            at += 1
        for number in range(at, len(others)):
            neighbour = others[number]
            if neighbour.start > end:
                break
            mask |= _between_two(run, neighbour)
            if mask == attainable:
                return mask
    return mask


def _between_two(run: Closed, other: Closed) -> int:
    """The relations between units of two runs."""
    if run.scale is other.scale and run.scale.grain is not Grain.SEASON:
        _, first, last = run
        _, other_first, other_last = other
        return (
            B * (first + 1 < other_last)
            | M * (first + 1 <= other_last and last + 1 >= other_first)
            | E * (first <= other_last and last >= other_first)
            | MI * (first - 1 <= other_last and last - 1 >= other_first)
            | A * (last - 1 > other_first)
        )
    if run.scale.grain < other.scale.grain:
        return Relation(_between_two(other, run)).inverse
    # Of the longer units those at the ends of the runs, and at those all of the shorter ones.
    mask = 0
    for theirs in _near(other, (run.start, run.end, other.start, other.end)):
        stretch = other.scale.start(theirs), other.scale.end(theirs)
        for mine in _near(run, stretch):
            mask |= allen(run.scale.start(mine), run.scale.end(mine), *stretch)
    return mask


def _near(run: Closed, moments: Iterable[int]) -> Iterable[int]:
    """The units of a run next to some moments, and its first and last."""
    scale, first, last = run
    # Seasons of two kinds meet each other in another way at each time of the year: all of one.
    reach = 5 if scale.grain is Grain.SEASON else 2
    if last - first < 3 * reach:
        return range(first, last + 1)
    found = {*range(first, first + reach), *range(last + 1 - reach, last + 1)}
    for moment in moments:
        number = scale.at(moment)
        found.update(range(max(first, number - reach), min(last, number + reach) + 1))
    return found
