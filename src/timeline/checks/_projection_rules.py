"""Rules for what is planned or projected: is it over, can it ever be, and how did it end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks._dates import begins_after, softened
from timeline.checks._seam import Check, Finding, Severity
from timeline.errors import quoted
from timeline.model import Modality, Result, Status
from timeline.when import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.checks._seam import CheckContext
    from timeline.document import Path
    from timeline.model import Event, Outcome, Timeline

_OPEN = frozenset({Modality.PLANNED, Modality.PROJECTED})
# What an outcome may be of.
_SETTLED = _OPEN | {Modality.REPORTED, Modality.DENIED}


def overdue_projection(timeline: Timeline, ctx: CheckContext) -> Iterator[Finding]:
    """Plans and projections whose time is over, and nobody says how they ended."""
    expected = [event for event in timeline.events if any(claim.modality in _OPEN for claim in event.claims)]
    statuses = timeline.statuses(ctx.now, expected)
    for number, event in enumerate(timeline.events):
        if statuses.get(event.id) is Status.OVERDUE:
            when = "" if event.when is None else f" for {event.when}"
            yield Finding(
                message=f"{event.stated}{when}, which was over by {ctx.now.date()}: expected an outcome, or a "
                "report of what happened",
                event_id=event.id,
                path=("events", number),
            )


def no_horizon(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Plans and projections that can never be overdue, for they have no end."""
    for number, event in enumerate(timeline.events):
        if event.outcome is not None or event.stated not in _OPEN:
            continue
        when = event.when
        if when is None or isinstance(when.seconds[1], Bound):
            dated = "has no date" if when is None else f"is dated {when}, without an end"
            yield Finding(
                message=f"it is {event.stated} and {dated}, so it can never be overdue: expected a last day, if "
                "the source gives one",
                event_id=event.id,
                path=("events", number, *_to_date(event)),
            )


def _to_date(event: Event) -> Path:
    """The way from an event to the date that it has; nowhere if it has none."""
    if event.own_when is not None:
        return ("when",)
    used = next(iter(event.derivation.claims), None)
    return next((("claims", at, "when") for at, claim in enumerate(event.claims) if claim is used), ())


def condition_event(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Conditions that are no event, the event itself, or come after what depends on them."""
    events = {event.id: event for event in timeline.events}
    for number, event in enumerate(timeline.events):
        for at, claim in enumerate(event.claims):
            id = claim.condition_event
            if id is None:
                continue
            path = ("events", number, "claims", at, "condition_event")
            condition = events.get(id)
            if condition is None:
                message = f"depends on {quoted(id)}, which is no event of this timeline"
                yield Finding(message=message, event_id=event.id, path=path)
            elif condition is event:
                yield Finding(message="depends on itself", event_id=event.id, path=path)
            else:
                when = claim.when or event.when
                if when is not None and condition.when is not None and begins_after(condition.when, when):
                    yield Finding(
                        message=f"{when} depends on {quoted(id)}, which comes after it, {condition.when}: expected "
                        "a condition that may come before",
                        event_id=event.id,
                        path=path,
                        severity=Severity.WARNING,
                    )


def outcome_contradiction(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Outcomes that contradict themselves or the event."""
    ids = {event.id for event in timeline.events}
    for number, event in enumerate(timeline.events):
        if event.outcome is not None:
            yield from _of_outcome(event, event.outcome, ("events", number, "outcome"), ids)


def _of_outcome(event: Event, outcome: Outcome, path: Path, ids: set[str]) -> Iterator[Finding]:
    if outcome.when is not None and begins_after(outcome.when, outcome.decided):
        yield Finding(
            message=f"it ended on {outcome.when}, but that was decided on {outcome.decided}: expected a date no "
            "later than that",
            event_id=event.id,
            path=(*path, "when"),
            severity=softened(outcome.when, outcome.decided),
        )
    if outcome.by is not None and outcome.by not in ids:
        message = f"superseded by {quoted(outcome.by)}, which is no event of this timeline"
        yield Finding(message=message, event_id=event.id, path=(*path, "by"))
    elif outcome.by == event.id:
        yield Finding(message="superseded by itself", event_id=event.id, path=(*path, "by"))
    if outcome.result is Result.SUPERSEDED and outcome.by is None:
        yield Finding(
            message="superseded, but not by what: expected `by`, the id of the event that took its place",
            event_id=event.id,
            path=(*path, "result"),
            severity=Severity.WARNING,
        )
    if outcome.result is Result.OCCURRED and event.when is None:
        yield Finding(
            message="it occurred, but nothing says when: expected `when`, or a report with a date",
            event_id=event.id,
            path=(*path, "result"),
            severity=Severity.WARNING,
        )
    if not any(claim.modality in _SETTLED for claim in event.claims):
        yield Finding(
            message="it has an outcome, but nobody planned, projected, reported or denied it: expected who did",
            event_id=event.id,
            path=path,
            severity=Severity.WARNING,
        )


RULES = (
    Check(
        code="TL301",
        name="overdue-projection",
        title="a plan or projection whose time is over, without an outcome",
        run=overdue_projection,
        severity=Severity.WARNING,
    ),
    Check(
        code="TL302",
        name="no-horizon",
        title="a plan or projection without an end, which can never be overdue",
        run=no_horizon,
        severity=Severity.NOTE,
    ),
    Check(
        code="TL303",
        name="condition-event",
        title="a condition that is no event, the event itself, or later than what depends on it",
        run=condition_event,
    ),
    Check(
        code="TL304",
        name="outcome-contradiction",
        title="an outcome that contradicts itself or the event",
        run=outcome_contradiction,
    ),
)
