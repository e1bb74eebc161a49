"""How often events were revised, by what a ledger recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.history._diff import diff
from timeline.history._entry import State
from timeline.model import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from timeline.history._diff import Diff
    from timeline.model import Event, Timeline


def revisions(
    changes: Iterable[tuple[Diff, datetime]], recorded: Timeline | None, timeline: Timeline, now: datetime
) -> dict[str, Revision]:
    """The revision of each event that a timeline has or had; see `Ledger.revisions`.

    Args:
        changes: What was recorded, the oldest first, and when.
        recorded: The timeline as it was recorded last.
        timeline: The timeline as it is.
        now: When that is.
    """
    found: dict[str, Revision] = {}
    state = State()
    for change, moment in changes:
        state.advance(change)
        _count(found, _revised(change, state.events.values()), moment)
    if recorded is None:
        _count(found, [event.id for event in timeline.events], now)
    elif recorded != timeline:
        _count(found, _revised(diff(recorded, timeline), timeline.events), now)
    return found


def _count(found: dict[str, Revision], ids: Iterable[str], moment: datetime) -> None:
    for id in dict.fromkeys(ids):
        number = found[id].number + 1 if id in found else 0
        found[id] = Revision(number=number, recorded=moment)


def _revised(change: Diff, events: Iterable[Event]) -> Iterator[str]:
    """The ids of the events that a change concerns: what is said of them, or of what they name."""
    yield from (event.id for event in change.added)
    yield from (each.id for each in change.changed)
    if any(each.path == ("language",) for each in change.header):
        yield from (event.id for event in events)
        return
    # What comes after an event is told with that event too.
    for before, after in (
        *((each.before, each.after) for each in change.changed),
        *((None, event) for event in change.added),
        *((event, None) for event in change.removed),
    ):
        yield from _after(before) ^ _after(after)
    # No event can name a source that was not there before, or is not there any more.
    sources = {each.id for each in change.sources_changed}
    named = {event.id for event in (*change.added, *change.removed)}
    named |= {each.id for each in change.changed if each.before.title != each.after.title}
    if sources or named:
        for event in events:
            if _names(event, sources, named):
                yield event.id


def _after(event: Event | None) -> set[str]:
    return set(event.after) if event is not None else set()


def _names(event: Event, sources: set[str], events: set[str]) -> bool:
    """Whether an event names one of some sources or events, which are shown with it by their titles."""
    outcome = event.outcome
    if not events.isdisjoint(event.after) or any(
        claim.source in sources or claim.condition_event in events for claim in event.claims
    ):
        return True
    return outcome is not None and (outcome.source in sources or outcome.by in events)
