"""What dates, and the time that they may take, can be asked of each other."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Protocol

from timeline.when._parts import Bound
from timeline.when._windows import numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.when._relations import Member, Relation
    from timeline.when._windows import Window

# Of the bits of `Relation`: what the words below mean by before, after, during and equal.
_BEFORE, _AFTER, _DURING, _EQUALS = 0b11, 0b11 << 11, 0b111 << 3, 1 << 6


@functools.cache
def _between() -> Callable[..., Relation]:
    """What works relations out; reading dates needs none of it."""
    from timeline.when._relations import between  # noqa: PLC0415 - the same

    return between


class Taken(Protocol):
    """The time that a date may take, as far as relations need it: an `Extent`."""

    @property
    def window(self) -> Window:
        """The half-open hull in seconds."""

    @property
    def offset(self) -> int | None:
        """By how many seconds its clock is ahead of UTC, if it has a zone."""

    @property
    def members(self) -> tuple[Member, ...]:
        """What it may be."""

    def against(self, other: Any) -> Taken:
        """The same for comparing with another."""


class Temporal:
    """What a date and the time that it may take have in common: both stand in relations."""

    __slots__ = ()

    def extent(self) -> Taken:
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
        members. Where one has an offset and the other has none, the other's may be any from
        12 hours behind UTC to 14 ahead.

        Returns:
            The set of them, as a mask; never empty.
        """
        if not isinstance(other, Temporal):
            message = f"expected a When or an Extent, found {type(other).__name__}"  # type: ignore[unreachable] # callers without types
            raise TypeError(message)
        between = _between()
        certain, others = self.stretch(), other.stretch()
        if certain is not None and others is not None:
            return between((certain,), (others,))
        one, two = self.extent(), other.extent()
        if (one.offset is None) != (two.offset is None):
            one, two = one.against(two), two.against(one)
        return between(one.members, two.members)

    def certainly_before(self, other: Temporal) -> bool:
        """Whether it has ended by the time that the other begins, whatever the two may be."""
        return not self.relations(other) & ~_BEFORE

    def possibly_before(self, other: Temporal) -> bool:
        """Whether it may have ended by the time that the other begins."""
        return bool(self.relations(other) & _BEFORE)

    def certainly_after(self, other: Temporal) -> bool:
        """Whether it begins when the other has ended, whatever the two may be."""
        return not self.relations(other) & ~_AFTER

    def possibly_after(self, other: Temporal) -> bool:
        """Whether it may begin when the other has ended."""
        return bool(self.relations(other) & _AFTER)

    def certainly_during(self, other: Temporal) -> bool:
        """Whether it lies within the other and is shorter, whatever the two may be."""
        return not self.relations(other) & ~_DURING

    def possibly_during(self, other: Temporal) -> bool:
        """Whether it may lie within the other and be shorter."""
        return bool(self.relations(other) & _DURING)

    def certainly_overlaps(self, other: Temporal) -> bool:
        """Whether the two have some time in common, whatever they may be."""
        return not self.relations(other) & (_BEFORE | _AFTER)

    def possibly_overlaps(self, other: Temporal) -> bool:
        """Whether the two may have some time in common."""
        return bool(self.relations(other) & ~(_BEFORE | _AFTER))

    def certainly_equals(self, other: Temporal) -> bool:
        """Whether the two are the same stretch of time; ``198X`` is not certainly ``198X``."""
        return not self.relations(other) & ~_EQUALS

    def possibly_equals(self, other: Temporal) -> bool:
        """Whether the two may be the same stretch of time."""
        return bool(self.relations(other) & _EQUALS)

    def overlaps(self, other: Temporal) -> bool:
        """Whether the windows of the two, from first to last second, have a second in common.

        A quick test on the outer bounds alone, with no bound where an end is open or unknown;
        `possibly_overlaps` looks at what lies between them. If only one of the two has an
        offset, its time is taken as its clock tells it.
        """
        one, two = _windows(self, other)
        return one[0] < two[1] and two[0] < one[1]

    def contains(self, other: Temporal) -> bool:
        """Whether the window of the other lies within the window of this one, ends included.

        An end that nobody knows contains nothing for certain. Offsets are as in `overlaps`.
        """
        bounds = self.extent().window
        one, two = _windows(self, other)
        return Bound.UNKNOWN not in bounds and one[0] <= two[0] and two[1] <= one[1]


def _windows(one: Temporal, other: Temporal) -> tuple[tuple[float, float], tuple[float, float]]:
    """The windows of two dates as numbers; no bound is infinite."""
    first, second = one.extent(), other.extent()
    alike = (first.offset is None) == (second.offset is None)
    return _numbers(first, alike=alike), _numbers(second, alike=alike)


def _numbers(extent: Taken, *, alike: bool) -> tuple[float, float]:
    start, end = numbers(extent.window)
    shift = 0 if alike else extent.offset or 0
    return start + shift, end + shift
