"""The life of a projection: when it was to come true, and whether it did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from timeline.model._agreement import end_days, said_window, standing
from timeline.model._claims import Modality, Result
from timeline.model._derivation import derive, in_force
from timeline.model._status import known_at, status_of_known
from timeline.when import Kind, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.model._claims import Claim
    from timeline.model._event import Event
    from timeline.model._status import Status
    from timeline.when import When


@attrs.frozen(kw_only=True)
class Deviation:
    """How far from its window something happened.

    Both are in days: negative before the window, 0 in it, positive after it. They differ
    where the day is not known.

    Attributes:
        low: The least that it may be.
        high: The most.
    """

    low: float
    high: float

    def __str__(self) -> str:
        """``in time``, ``12 days late``, ``between 3 days early and in time``."""
        if self.low == self.high:
            return _words(self.low)
        return f"between {_words(self.low)} and {_words(self.high)}"


def _words(days: float) -> str:
    if not days:
        return "in time"
    count = "endlessly" if math.isinf(days) else f"{abs(days):.0f} day{'' if abs(days) == 1 else 's'}"
    return f"{count} {'late' if days > 0 else 'early'}"


@attrs.frozen(kw_only=True)
class Projection:
    """A planned or projected event at a moment.

    Attributes:
        event: The event, as it was known.
        status: What it is at the moment.
        claims: The claims that plan or project it, less those that their origin replaced or withdrew.
        before: When it was to happen: the date of the event while it is open, then the date that
            follows from those claims.
        after: When it happened, if that is known.
        decided: When its end was known: the day of the outcome, or of the first report.
    """

    event: Event
    status: Status
    claims: tuple[Claim, ...]
    before: When | None
    after: When | None = None
    decided: When | None = None

    @property
    def deviation(self) -> Deviation | None:
        """How far from `before` it happened, and of lasting ones, how far from it the end was.

        None if it did not happen, or one of the two has no date.
        """
        return None if self.before is None or self.after is None else deviation(self.before, self.after)


def deviation(window: When, happened: When) -> Deviation:
    """How far from a window something happened, in days.

    Of two intervals, it is how far off the end was; of what was to happen once and lasted, how
    far off it began.
    """
    if window.kind is Kind.SPAN and happened.kind is Kind.SPAN:
        (first, last), (start, end) = end_days(window, 1), end_days(happened, 1)
        # Nothing ends before it begins, whatever is known of its end.
        start = max(start, end_days(happened, 0)[0])
    elif happened.kind is Kind.SPAN and window.kind is not Kind.SPAN:
        (first, last), (start, end) = numbers(window.window), end_days(happened, 0)
    else:
        (first, last), (start, end) = numbers(window.window), numbers(happened.window)

    def off(day: float) -> float:
        if day < first:
            return day - first
        return 0 if math.isinf(last) or day < last else day - (last - 1)

    return Deviation(low=off(start), high=off(end - 1))


def projections(events: Iterable[Event], day: int, published: Mapping[str, When]) -> tuple[Projection, ...]:
    """The planned and projected events on a day, by when they fall due; see `Timeline.projections`."""
    return tuple(sorted(_projections(events, day, published), key=_due))


def _projections(events: Iterable[Event], day: int, published: Mapping[str, When]) -> Iterator[Projection]:
    for whole in events:
        event = known_at(whole, day, published)
        if event is None:
            continue
        stated = tuple(claim for claim in event.claims if claim.modality in _OPEN)
        if not stated:
            continue
        # What was withdrawn is a projection too, that has ended.
        left = [claim for claim in standing(event.claims) if claim.modality in _OPEN]
        claims = in_force(left) or stated
        status = status_of_known(event, day)
        is_open = status.is_open
        own = event.own_when if event.stated in _OPEN else None
        yield Projection(
            event=event,
            status=status,
            claims=claims,
            before=event.when if is_open else derive(claims).when or own,
            after=None if is_open else _happened(event),
            decided=None if is_open else _decided(event),
        )


_OPEN = (Modality.PLANNED, Modality.PROJECTED)


def _happened(event: Event) -> When | None:
    """When an event happened, as far as it is known: what was expected of it does not tell."""
    if event.outcome is not None and event.outcome.result is not Result.OCCURRED:
        return None
    if event.outcome is not None and event.outcome.when is not None:
        return event.outcome.when
    reports = [claim for claim in standing(event.claims) if claim.modality is Modality.REPORTED]
    return (event.own_when or derive(reports).when) if reports else None


def _decided(event: Event) -> When | None:
    """When it was known how an event ended."""
    if event.outcome is not None:
        return event.outcome.decided
    reports = [claim for claim in standing(event.claims) if claim.modality is Modality.REPORTED and claim.said]
    return min(reports, key=said_window).said if reports else None


def _due(projection: Projection) -> tuple[float, float, str]:
    """What sorts projections: when the window closes, when it opens, the id."""
    if projection.before is None:
        return math.inf, math.inf, projection.event.id
    start, end = numbers(projection.before.window)
    return end, start, projection.event.id
