"""The life of a projection: when it was to come true, and whether it did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from timeline.model._claims import Modality, Result
from timeline.model._derivation import derive, end_window, said_window
from timeline.model._status import Status, known_at, status_of
from timeline.when import Kind, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model._claims import Claim
    from timeline.model._event import Event
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
        claims: The claims that plan or project it.
        before: When it was to happen: the date that follows from those claims.
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
    """How far from a window something happened, in days."""
    if window.kind is Kind.SPAN and happened.kind is Kind.SPAN:
        (first, last), (start, end) = end_window(window), end_window(happened)
    else:
        (first, last), (start, end) = numbers(window.window), numbers(happened.window)

    def off(day: float) -> float:
        return min(day - first, 0) if day < first else max(day - (last - 1), 0)

    return Deviation(low=off(start), high=off(end - 1))


def projections(events: Iterable[Event], day: int) -> tuple[Projection, ...]:
    """The planned and projected events on a day, by when they fall due; see `Timeline.projections`."""
    return tuple(sorted(_projections(events, day), key=_due))


def _projections(events: Iterable[Event], day: int) -> Iterator[Projection]:
    for whole in events:
        event = known_at(whole, day)
        claims = tuple(claim for claim in event.claims if claim.modality in (Modality.PLANNED, Modality.PROJECTED))
        if not claims:
            continue
        status = status_of(event, day)
        own = event.own_when if event.modality in (Modality.PLANNED, Modality.PROJECTED) else None
        yield Projection(
            event=event,
            status=status,
            claims=claims,
            before=derive(claims).when or own,
            after=_happened(event),
            decided=_decided(event),
        )


def _happened(event: Event) -> When | None:
    """When an event happened, as far as it is known."""
    if event.outcome is not None:
        return (event.outcome.when or event.when) if event.outcome.result is Result.OCCURRED else None
    reports = [claim for claim in event.claims if claim.modality is Modality.REPORTED]
    return (event.own_when or derive(reports).when) if reports else None


def _decided(event: Event) -> When | None:
    """When it was known how an event ended."""
    if event.outcome is not None:
        return event.outcome.decided
    reports = [claim for claim in event.claims if claim.modality is Modality.REPORTED and claim.said is not None]
    return min(reports, key=said_window).said if reports else None


def _due(projection: Projection) -> tuple[float, float, str]:
    """What sorts projections: when the window closes, when it opens, the id."""
    if projection.before is None:
        return math.inf, math.inf, projection.event.id
    start, end = numbers(projection.before.window)
    return end, start, projection.event.id
