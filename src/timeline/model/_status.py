"""What an event is at a moment."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from timeline.model._claims import Modality, Result
from timeline.model._knowledge import Basis, by_end_of, claim_test, restrict
from timeline.when import Bound, Kind, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model._event import Event
    from timeline.when import When


class Status(StrEnum):
    """What an event is at a moment: one of these, and only one."""

    PLANNED = "planned"
    """Somebody intends it, or it is stated for a day that is yet to come."""
    PROJECTED = "projected"
    """Somebody expects it, and its window is yet to come or has no date."""
    DUE = "due"
    """It is planned or projected, and now is inside its window."""
    OVERDUE = "overdue"
    """It is planned or projected, its window has passed, and nothing is reported."""
    OCCURRED = "occurred"
    """It happened, or began and nobody knows whether it goes on."""
    ONGOING = "ongoing"
    """It goes on."""
    DID_NOT_OCCUR = "did-not-occur"
    """It did not happen: it was decided so, or all that is said of it is a denial."""
    SUPERSEDED = "superseded"
    """Another event took its place."""
    DISPUTED = "disputed"
    """The sources contradict each other in whether it happened, or when."""
    DESIRED = "desired"
    """Somebody wants it, and nobody expects it."""
    ASSESSED = "assessed"
    """All there is of it is a judgement."""
    UNKNOWN = "unknown"
    """Nothing was said of it yet."""

    @property
    def word(self) -> str:
        """The status in plain English: "did not occur", "hoped for"."""
        return "hoped for" if self is Status.DESIRED else self.replace("-", " ")

    @property
    def is_open(self) -> bool:
        """Whether it is a plan or projection of which nobody has said how it ended."""
        return self in (Status.PLANNED, Status.PROJECTED, Status.DUE, Status.OVERDUE)


_DECIDED = {
    Result.DID_NOT_OCCUR: Status.DID_NOT_OCCUR,
    Result.SUPERSEDED: Status.SUPERSEDED,
    Result.DISPUTED: Status.DISPUTED,
}
_OPEN = {Modality.PLANNED: Status.PLANNED, Modality.PROJECTED: Status.PROJECTED}
_REST = {
    Modality.DENIED: Status.DID_NOT_OCCUR,
    Modality.DESIRED: Status.DESIRED,
    Modality.ASSESSED: Status.ASSESSED,
}


def known_at(event: Event, day: int, published: Mapping[str, When]) -> Event | None:
    """An event without what certainly came after a day: itself, if that is all of it; None if nothing was said yet.

    Args:
        event: The event.
        day: The ordinal of the day.
        published: When sources were published, by their ids: what their claims do not tell themselves.
    """
    knows = by_end_of(day, possibly=True)
    return restrict(event, claim=claim_test(knows, by=Basis.SAID, published=published), outcome=knows)


def status_of(event: Event, day: int, published: Mapping[str, When] | None = None) -> Status:
    """What an event is on a day; see `known_at`."""
    known = known_at(event, day, published or {})
    return Status.UNKNOWN if known is None else status_of_known(known, day)


def status_of_known(event: Event, day: int) -> Status:
    """What an event is on a day, by all that it holds."""
    outcome = event.outcome
    if outcome is not None:
        return _DECIDED.get(outcome.result) or _of_fact(event.when, day)
    if event.is_disputed:
        return Status.DISPUTED
    stated = event.stated
    if stated is None or stated is Modality.REPORTED:
        return _of_fact(event.when, day)
    open_ = _OPEN.get(stated)
    return _REST[stated] if open_ is None else _of_projection(event.when, day, open_)


def _of_fact(when: When | None, day: int) -> Status:
    if when is None:
        return Status.OCCURRED
    start, end = numbers(when.window)
    if start > day:
        return Status.PLANNED
    if when.kind is Kind.SPAN and day < end and when.end_bound is not Bound.UNKNOWN:
        return Status.ONGOING
    return Status.OCCURRED


def _of_projection(when: When | None, day: int, open_: Status) -> Status:
    if when is None:
        return open_
    start, end = numbers(when.window)
    if start > day:
        return open_
    return Status.OVERDUE if end <= day else Status.DUE
