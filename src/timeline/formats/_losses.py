"""What a timeline may hold, and what a format could not carry of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from timeline.errors import TimelineError

if TYPE_CHECKING:
    from collections.abc import Iterable


class Feature(StrEnum):
    """What a timeline may hold and a format may or may not carry."""

    PRECISION = "precision"
    """Dates that are a whole month or year, and are shown as such."""
    SEASONS = "seasons"
    """Dates that are a season or another part of a year."""
    TIMES = "times"
    """Dates with a time of day, and how long an event lasts from there."""
    RECURRENCE = "recurrence"
    """Events that happen again by a rule."""
    UNSPECIFIED = "unspecified"
    """Dates of which some digits are not known: ``198X``, ``2024-06-XX``, ``1950S2``."""
    UNCERTAINTY = "uncertainty"
    """The qualifiers ``?``, ``~`` and ``%``."""
    INTERVALS = "intervals"
    """Dates that last from one date to another."""
    OPEN_ENDS = "open-ends"
    """Dates with an open or unknown end."""
    SETS = "sets"
    """One-of and all-of dates."""
    DISTANT_YEARS = "distant-years"
    """Years before 1 and after 9999."""
    UNDATED = "undated"
    """Events without a date."""
    SIZE = "size"
    """As many events as there are."""
    TEXT = "text"
    """The text of an event or of the timeline."""
    LANGUAGE = "language"
    """The language of the timeline, and dates worded in it."""
    CLAIMS = "claims"
    """Who said what, when, how likely, on what condition."""
    OUTCOMES = "outcomes"
    """How what was projected or planned ended, and who says so."""
    RELATIONS = "relations"
    """Which events an event comes after, as stated."""
    SOURCES = "sources"
    """The sources and their addresses."""
    PLACES = "places"
    """Where events took place."""
    ACTORS = "actors"
    """Who takes part in events."""
    TAGS = "tags"
    """Keywords."""
    GROUPS = "groups"
    """The rows in which a picture of the timeline shows events."""
    MEDIA = "media"
    """Pictures and the like, with credit, caption and alternative text."""
    LINKS = "links"
    """The timeline's own address and the day it was updated."""


DATE_FEATURES = frozenset(
    {
        Feature.PRECISION,
        Feature.SEASONS,
        Feature.TIMES,
        Feature.RECURRENCE,
        Feature.UNSPECIFIED,
        Feature.UNCERTAINTY,
        Feature.INTERVALS,
        Feature.OPEN_ENDS,
        Feature.SETS,
        Feature.DISTANT_YEARS,
        Feature.UNDATED,
    }
)
"""The features that are about when an event is."""


class LossKind(StrEnum):
    """How a format failed to carry something."""

    DROPPED = "dropped"
    """It is not in the output."""
    APPROXIMATED = "approximated"
    """It is in the output, but not as it was stated."""


@attrs.frozen(kw_only=True)
class Loss:
    """Something that a format could not carry.

    Attributes:
        feature: What kind of thing.
        kind: Whether it is missing or only nearly right.
        event_id: The event; None if it is of the timeline.
        message: What happened to it, in words.
    """

    feature: Feature
    kind: LossKind
    event_id: str | None
    message: str

    @property
    def drops_event(self) -> bool:
        """Whether the event is not in the output: without its date it has no place, nor where there is no room."""
        return self.kind is LossKind.DROPPED and (self.feature in DATE_FEATURES or self.feature is Feature.SIZE)

    def __str__(self) -> str:
        """``event: kind feature: message``."""
        owner = f"event {self.event_id}" if self.event_id else "timeline"
        return f"{owner}: {self.kind} {self.feature}: {self.message}"


class LossError(TimelineError, ValueError):
    """An export that was asked to be strict and could not carry everything.

    Attributes:
        losses: What was lost.
    """

    def __init__(self, format_name: str, losses: Iterable[Loss]) -> None:
        """Keep the losses; the message lists them."""
        self.losses = tuple(losses)
        lines = "".join(f"\n  {loss}" for loss in self.losses)
        super().__init__(f"{format_name} cannot carry all of this timeline:{lines}")
