"""How an event looked on earlier days, by what was known then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from timeline.when import DAY_SECONDS, Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.model import Event, Source, Status, Timeline
    from timeline.when import When

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_MOST_STOPS = 120


@attrs.frozen(kw_only=True)
class State:
    """An event from a day on.

    Attributes:
        day: The ordinal of the day.
        event: As it was known then.
        status: What it was then.
    """

    day: int
    event: Event
    status: Status


class Past:
    """Knows how the events of a timeline looked on the days before one."""

    def __init__(self, timeline: Timeline, now: int, statuses: Mapping[str, Status]) -> None:
        """Prepare what all events share.

        Args:
            timeline: The timeline.
            now: The ordinal of the day of the page; what it is then is no state of the past.
            statuses: What each event is on that day, by its id.
        """
        self._timeline, self._now, self._statuses = timeline, now, statuses
        self._sources = {source.id: source for source in timeline.sources}

    def of(self, event: Event) -> tuple[State, ...]:
        """The states of an event before the day of the page, by day; each lasts until the next one's day.

        None for an event of which nothing tells when it became known: it always was, as it is now. One of the day of
        the page alone for an event of which nothing was known before.
        """
        known_on, turns = self._changes(event)
        if not known_on:
            return ()
        # What it is turns with time only where somebody can have known of it.
        days = {_FIRST, *known_on, *(day for day in turns if day > min(known_on))}
        # One event and its sources at a time: the day of each change is its own.
        alone = attrs.evolve(self._timeline, events=(event,), sources=self._named(event))
        states: list[State] = []
        for day in sorted(day for day in days if _FIRST <= day < self._now and day <= _LAST):
            known = alone.as_of(date.fromordinal(day))
            if not known.events:
                continue
            found = known.events[0]
            state = State(day=day, event=found, status=known.statuses(date.fromordinal(day))[event.id])
            if not states or (states[-1].event, states[-1].status) != (state.event, state.status):
                states.append(state)
        if not states:
            # Hidden until the day of the page.
            states.append(State(day=self._now, event=event, status=self._statuses[event.id]))
        return tuple(states)

    def _named(self, event: Event) -> tuple[Source, ...]:
        names = {claim.source: None for claim in event.claims}
        if event.outcome is not None:
            names[event.outcome.source] = None
        return tuple(self._sources[name] for name in names)

    def _changes(self, event: Event) -> tuple[set[int], set[int]]:
        """The days on which something of it may change: more is known of it; its window opens or closes."""
        known: set[int | None] = set()
        turns: set[int] = set()
        dates: list[When | None] = [event.own_when]
        for claim in event.claims:
            said = claim.said or self._sources[claim.source].published
            known |= {self._known_on(said), self._known_on(claim.recorded)}
            dates.append(claim.when)
        if event.outcome is not None:
            known.add(self._known_on(event.outcome.decided))
            dates.append(event.outcome.when)
        dates.append(event.when)
        for when in dates:
            if when is not None:
                start, end = when.window
                turns |= {bound for bound in (start, end) if not isinstance(bound, Bound)}
        return {day for day in known if day is not None}, turns

    def _known_on(self, when: When | None) -> int | None:
        """The day by the end of which something of that date certainly was there; None if it has no date."""
        if when is None:
            return None
        end = when.seconds[1]
        return self._now if isinstance(end, Bound) else -(-end // DAY_SECONDS) - 1


def stops(days: Iterable[int], now: int) -> tuple[int, ...]:
    """The days at which a slider stops: those of changes; of many, the last of each month or year.

    Args:
        days: The days of changes.
        now: The day of the page: the last stop.
    """
    found = sorted({day for day in days if _FIRST < day < now})
    for unit in (_month, _year, _decade):
        if len(found) <= _MOST_STOPS:
            break
        found = sorted({unit(day): day for day in found}.values())
    return (*found, now)


def _month(day: int) -> tuple[int, int]:
    found = date.fromordinal(day)
    return found.year, found.month


def _year(day: int) -> int:
    return date.fromordinal(day).year


def _decade(day: int) -> int:
    return date.fromordinal(day).year // 10
