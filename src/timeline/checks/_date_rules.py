"""Rules that hold the dates of a chronology against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks._cycles import cycles
from timeline.checks._dates import begins_after, softened
from timeline.checks._seam import Check, Finding
from timeline.errors import quoted
from timeline.model import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.checks._seam import CheckContext
    from timeline.model import Event, Timeline
    from timeline.when import When


def reported_in_the_future(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Reports of what was, by their own dates, still to come."""
    for number, event in enumerate(timeline.events):
        reports = [(at, claim) for at, claim in enumerate(event.claims) if claim.modality is Modality.REPORTED]
        found = False
        for at, claim in reports:
            if claim.when is None:
                continue
            for verb, moment in (("said", claim.said), ("recorded", claim.recorded)):
                if moment is not None and begins_after(claim.when, moment):
                    found = True
                    yield Finding(
                        message=f"reported for {claim.when}, but {verb} on {moment}: expected a date no later than "
                        "that, or another modality",
                        event_id=event.id,
                        path=("events", number, "claims", at, "when"),
                        severity=softened(claim.when, moment),
                    )
                    break
        if not found and event.own_when is not None and event.outcome is None and reports:
            last = _last_report(event, event.own_when)
            if last is not None:
                yield Finding(
                    message=f"dated {event.own_when}, but every report of it was made before, the last on {last}: "
                    "expected a date no later than that",
                    event_id=event.id,
                    path=("events", number, "when"),
                    severity=softened(event.own_when, last),
                )


def _last_report(event: Event, when: When) -> When | None:
    """When the last report was made, if every one was certainly made before a date; else None."""
    moments = []
    for claim in event.claims:
        if claim.modality is Modality.REPORTED:
            if claim.said is None or not begins_after(when, claim.said):
                return None
            moments.append(claim.said)
    return max(moments, key=lambda moment: moment.sort_key, default=None)


def source_before_event(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Reports in sources that were published before what they report."""
    published = {source.id: source.published for source in timeline.sources if source.published is not None}
    for number, event in enumerate(timeline.events):
        for at, claim in enumerate(event.claims):
            moment = published.get(claim.source)
            if moment is None or claim.modality is not Modality.REPORTED:
                continue
            when = claim.when or event.when
            if when is not None and begins_after(when, moment):
                yield Finding(
                    message=f"reported for {when}, but its source {quoted(claim.source)} was published on {moment}: "
                    "expected a source no older than the event",
                    event_id=event.id,
                    path=("events", number, "claims", at, "source" if claim.when is None else "when"),
                    severity=softened(when, moment),
                )


def order_contradiction(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Events that come after one that comes later, after themselves, or after nothing."""
    events = timeline.events
    numbers = {event.id: number for number, event in enumerate(events)}
    edges: list[tuple[int, ...]] = [()] * len(events)
    for number, event in enumerate(events):
        if not event.after:
            continue
        known = []
        for at, id in enumerate(event.after):
            path = ("events", number, "after", at)
            if id not in numbers:
                message = f"comes after {quoted(id)}, which is no event of this timeline"
                yield Finding(message=message, event_id=event.id, path=path)
                continue
            known.append(numbers[id])
            when, other = event.when, events[numbers[id]].when
            if when is not None and other is not None and begins_after(other, when):
                yield Finding(
                    message=f"comes after {quoted(id)}, but that is dated {other} and this {when}: expected no "
                    "later date there",
                    event_id=event.id,
                    path=path,
                    severity=softened(when, other),
                )
        edges[number] = tuple(known)
    for cycle in cycles(edges):
        members = set(cycle)
        first = min(cycle)
        at = next(at for at, id in enumerate(events[first].after) if numbers.get(id) in members)
        names = ", ".join(events[number].id for number in sorted(cycle)[:5])
        more = f" and {len(cycle) - 5:,} more" if len(cycle) > 5 else ""
        yield Finding(
            message="comes after itself"
            if len(cycle) == 1
            else f"comes after itself, by way of {len(cycle):,} events: {names}{more}",
            event_id=events[first].id,
            path=("events", first, "after", at),
        )


RULES = (
    Check(
        code="TL101",
        name="reported-in-the-future",
        title="a report of what was still to come when it was made",
        run=reported_in_the_future,
    ),
    Check(
        code="TL102",
        name="source-before-event",
        title="a report in a source that was published before the event",
        run=source_before_event,
    ),
    Check(
        code="TL108",
        name="order-contradiction",
        title="an event that comes after a later one, after itself, or after none",
        run=order_contradiction,
    ),
)
