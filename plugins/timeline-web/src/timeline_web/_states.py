"""How an event looked on earlier days, by what was known then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from timeline.when import DAY_SECONDS, Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.model import Event, Status, Timeline
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
        self._known = {event.id: self._known_on(event) for event in timeline.events}
        dated = {day for days in self._known.values() for day in days} - {_FIRST}
        self._first = min(dated, default=now)
        """The first day of which anything is told: before it, nobody looks."""

    def later(self) -> int:
        """How many events something is said of that nobody knew on the day of the page."""
        return sum(max(days) > self._now for days in self._known.values())

    def of(self, event: Event) -> tuple[State, ...]:
        """The states of an event before the day of the page, by day; each lasts until the next one's day.

        None for an event that always was known, as far as anybody tells, and is now what it was all the time. One of
        the day of the page alone for an event of which nothing was known before.
        """
        begin = min(self._known[event.id])
        start = self._first if begin == _FIRST else begin
        days = {*self._known[event.id], *_turns(event), *(min(self._known.get(id, (_FIRST,))) for id in event.after)}
        days = {day for day in days if start < day < self._now}
        if begin == _FIRST and not days:
            return ()
        if begin >= self._now:
            return (State(day=self._now, event=event, status=self._statuses[event.id]),)
        # One event and its sources at a time: the day of each change is its own.
        sources = [self._sources[id] for id in event.cited]
        alone = attrs.evolve(self._timeline, events=(event,), sources=sources)
        states: list[State] = []
        for day in sorted({start, *days}):
            known = alone.as_of(date.fromordinal(day))
            found = self._without_unknown(known.events[0], day)
            status = known.statuses(date.fromordinal(day))[event.id]
            if not states or (states[-1].event, states[-1].status) != (found, status):
                states.append(State(day=day if states or begin > _FIRST else _FIRST, event=found, status=status))
        return tuple(states)

    def _without_unknown(self, event: Event, day: int) -> Event:
        """An event that comes after none of which nobody knew yet."""
        after = [id for id in event.after if min(self._known.get(id, (_FIRST,))) <= day]
        return event if len(after) == len(event.after) else attrs.evolve(event, after=after)

    def _known_on(self, event: Event) -> frozenset[int]:
        """The days by the end of which more of it was known; the first of all days for what bears no day."""
        days = {
            max(self._over(claim.said or self._sources[claim.source].published), self._over(claim.recorded))
            for claim in event.claims
        }
        if event.outcome is not None:
            days.add(self._over(event.outcome.decided))
        return frozenset(days or {_FIRST})

    def _over(self, when: When | None) -> int:
        """The day by the end of which something of that date certainly was there."""
        if when is None:
            return _FIRST
        end = when.seconds[1]
        day = _LAST if isinstance(end, Bound) else -(-end // DAY_SECONDS) - 1
        return min(max(day, _FIRST), _LAST)


def _turns(event: Event) -> set[int]:
    """The days on which its window, or one that a claim gives it, opens or closes."""
    dates = [event.own_when, event.when, *(claim.when for claim in event.claims)]
    if event.outcome is not None:
        dates.append(event.outcome.when)
    bounds = [bound for when in dates if when is not None for bound in when.window]
    return {bound for bound in bounds if not isinstance(bound, Bound)}


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
