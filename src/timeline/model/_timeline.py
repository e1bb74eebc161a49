"""The chronology as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs

from timeline.errors import ModelError, quoted
from timeline.model import _fields as fields
from timeline.model._claims import Source
from timeline.model._event import Event
from timeline.when import When  # noqa: TC001 - the document reads the types of fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model._knowledge import Basis
    from timeline.model._projections import Projection
    from timeline.model._selection import Selection
    from timeline.model._status import Status
    from timeline.when import Moment

_Item = TypeVar("_Item", Event, Source)


def _sources(value: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(value)


def _events(value: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(value)


@attrs.frozen(kw_only=True)
class Timeline:
    """A chronology: events and the sources that state them.

    Attributes:
        id: Names the timeline in file names and calendar UIDs.
        title: Its title.
        text: What it is about, in Markdown.
        language: Language of its texts (BCP 47).
        url: Where it is published.
        updated: When it was last changed.
        sources: The sources that its claims name.
        events: The events, in the editor's order.

    Raises:
        ModelError: Two events or two sources have the same id, or a claim or outcome names a
            source that is not there.
    """

    id: str = attrs.field(validator=fields.identifier)
    title: str = attrs.field(validator=fields.title)
    text: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    language: str = attrs.field(default="en", converter=fields.or_english, validator=fields.language)
    url: str | None = attrs.field(default=None, converter=fields.no_empty, validator=fields.text)
    updated: When | None = attrs.field(default=None, converter=fields.to_when)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_sources, validator=fields.all_of(Source))
    events: tuple[Event, ...] = attrs.field(default=(), converter=_events, validator=fields.all_of(Event))

    def __attrs_post_init__(self) -> None:
        """Check what no part can check alone."""
        fields.check_unique("sources", [source.id for source in self.sources])
        fields.check_unique("events", [event.id for event in self.events])
        known = {source.id for source in self.sources}
        expected = "the id of a source of this timeline"
        for position, event in enumerate(self.events):
            for number, claim in enumerate(event.claims):
                if claim.source not in known:
                    raise ModelError(("events", position, "claims", number, "source"), quoted(claim.source), expected)
            if event.outcome is not None and event.outcome.source not in known:
                raise ModelError(("events", position, "outcome", "source"), quoted(event.outcome.source), expected)

    def source(self, id: str) -> Source:
        """The source of an id.

        Raises:
            KeyError: There is none.
        """
        return _by_id(self.sources, id)

    def event(self, id: str) -> Event:
        """The event of an id.

        Raises:
            KeyError: There is none.
        """
        return _by_id(self.events, id)

    @property
    def in_order(self) -> tuple[Event, ...]:
        """The events by date (`When.sort_key`, then id); undated ones last."""
        dated = [(when.sort_key, event.id, event) for event in self.events if (when := event.when) is not None]
        undated = [event for event in self.events if event.when is None]
        dated.sort(key=lambda entry: entry[:2])
        return (*(event for _, _, event in dated), *undated)

    def select(self, selection: Selection) -> Timeline:
        """The timeline with those of its events that a selection lets through; ids, order and sources stay."""
        return attrs.evolve(self, events=tuple(filter(selection.takes, self.events)))

    def as_of(self, day: Moment, *, possibly: bool = False, by: Basis | str = "known") -> Timeline:
        """The timeline as it was known by the end of a day.

        Claims that were made, or recorded, later are gone, and outcomes decided later; so are
        events of which no claim is left, and sources that only those named. The date of an event that lost a
        report, a dated claim or its outcome follows from what is left, for the editor's may rest
        on what came later. A claim that does not tell when it was made counts as made when its source was
        published. Events without claims stay: nothing tells when the editor knew them (a
        ledger does, see `timeline.history`). Ids never change.

        Args:
            day: The day; a moment stands for its day in UTC.
            possibly: Whether a claim is known whose uncertain date may lie before the end of
                the day; else it must, whatever that date may be.
            by: Which of a claim's times counts: ``known`` (said, and recorded where that is given),
                ``said`` or ``recorded``.

        Raises:
            WhenError: ``day`` is neither a day nor a moment.
        """
        from timeline.model._knowledge import (  # noqa: PLC0415 - stands on events
            Basis,
            by_end_of,
            claim_test,
            day_of,
            restrict,
        )

        knows = by_end_of(day_of(day), possibly=possibly)
        known = claim_test(knows, by=Basis(by), published=self._published())
        restricted = (restrict(event, claim=known, outcome=knows) for event in self.events)
        events = tuple(event for event in restricted if event is not None)
        if len(events) < len(self.events):
            # What nobody knew of yet is no neighbour either.
            lost = {event.id for event in self.events} - {event.id for event in events}
            events = tuple(event if lost.isdisjoint(event.after) else _without(event, lost) for event in events)
        gone = _named(self.events) - _named(events)
        updated = self.updated if self.updated is None or knows(self.updated) else None
        sources = tuple(source for source in self.sources if source.id not in gone)
        return attrs.evolve(self, updated=updated, sources=sources, events=events)

    def statuses(self, now: Moment, events: Iterable[Event] | None = None) -> dict[str, Status]:
        """What each event is at a moment, by id; see `Event.status`.

        A claim that does not tell when it was made counts as made when its source was published.

        Args:
            now: The moment: what was certainly said or decided later does not count.
            events: Those of its events that are asked for; None for all.

        Raises:
            WhenError: ``now`` is not a moment.
        """
        from timeline.model._knowledge import day_of  # noqa: PLC0415 - stands on events
        from timeline.model._status import status_of  # noqa: PLC0415 - the same

        day, published = day_of(now), self._published()
        asked = self.events if events is None else events
        return {event.id: status_of(event, day, published) for event in asked}

    def _published(self) -> dict[str, When]:
        """When the sources were published, by id."""
        return {source.id: source.published for source in self.sources if source.published is not None}

    def projections(self, now: Moment) -> tuple[Projection, ...]:
        """The planned and projected events, by when their window closes; those without an end last.

        Args:
            now: The moment: what was certainly said or decided later does not count.

        Raises:
            WhenError: ``now`` is not a moment.
        """
        from timeline.model._knowledge import day_of  # noqa: PLC0415 - stands on events
        from timeline.model._projections import projections  # noqa: PLC0415 - the same

        return projections(self.events, day_of(now), self._published())


def _without(event: Event, lost: set[str]) -> Event:
    """An event that comes after none of those that are gone; an id that never was there stays: it is a mistake."""
    return attrs.evolve(event, after=[id for id in event.after if id not in lost])


def _named(events: Iterable[Event]) -> set[str]:
    """The ids of the sources that events name."""
    return {id for event in events for id in event.cited}


def _by_id(items: Iterable[_Item], id: str) -> _Item:
    for item in items:
        if item.id == id:
            return item
    raise KeyError(id)
