"""Rules of who says it: events that nobody states, one voice heard twice, voices that contradict each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from timeline.checks._seam import Check, Finding, Severity
from timeline.model import Modality, contradicting_denial, derive
from timeline.when import Kind, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.checks._seam import CheckContext
    from timeline.model import Claim, Derivation, Event, Timeline
    from timeline.when import When

    Box = tuple[float, float]


def unsourced_event(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Events that nothing but the editor states."""
    for number, event in enumerate(timeline.events):
        if not event.claims and event.outcome is None:
            yield Finding(
                message="no claim states it: expected the source that says so",
                event_id=event.id,
                path=("events", number),
            )


def one_origin(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Events that several sources state, all of them after one and the same voice."""
    publishers = {source.id: source.publisher for source in timeline.sources}
    for number, event in enumerate(timeline.events):
        if len(event.claims) < 2:
            continue
        origins = event.origins
        sources = {claim.source for origin in origins for claim in origin.claims}
        # An origin that is a source is its publisher's: two articles of one newsroom are one voice.
        names = {(publishers.get(origin.name) or origin.name).casefold(): origin.name for origin in origins}
        if len(sources) > 1 and len(names) == 1:
            (name,) = names.values()
            yield Finding(
                message=f"{len(sources)} sources, but all of them go back to {publishers.get(name) or name}: they do "
                "not confirm each other; expected an origin of its own for one of them",
                event_id=event.id,
                path=("events", number, "claims"),
                # Whoever plans or projects comes back to it.
                severity=None if event.stated is Modality.REPORTED else Severity.NOTE,
            )


def contradictory_claims(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Events whose claims cannot all be true: two dates, or a report and a denial."""
    for number, event in enumerate(timeline.events):
        if len(event.claims) < 2:
            continue
        derivation = _of_claims(event)
        if derivation is not None and derivation.disputed:
            early, late = _apart(derivation)
            # That forecasts differ is no mistake, but readers want to know it.
            is_report = late.modality is Modality.REPORTED
            yield Finding(
                message=f"{early.source} says {early.when} and {late.source} says {late.when}, which cannot both be "
                "true" + ("" if event.own_when is None else f"; the event is dated {event.own_when}"),
                event_id=event.id,
                path=("events", number, "claims", _index(event, late), "when"),
                severity=None if is_report else Severity.NOTE,
            )
        denial = contradicting_denial(event.claims)
        if denial is not None:
            yield Finding(
                message=f"{denial.origin} denies what others report",
                event_id=event.id,
                path=("events", number, "claims", _index(event, denial)),
            )


def _of_claims(event: Event) -> Derivation | None:
    """What follows from the claims, whatever the editor says; None if they give but one date."""
    if len({claim.when for claim in event.claims if claim.when is not None}) < 2:
        return None
    return event.derivation if event.derivation.claims else derive(event.claims)


def _index(event: Event, claim: Claim) -> int:
    return next(number for number, own in enumerate(event.claims) if own is claim)


def _apart(derivation: Derivation) -> tuple[Claim, Claim]:
    """Two claims whose dates cannot both be true: the one that ends first, and the one that begins last."""
    dated = [(_box(claim.when), claim) for claim in derivation.claims if claim.when is not None]
    first = min(dated, key=lambda entry: entry[0][1])[1]
    last = max(dated, key=lambda entry: entry[0][0])[1]
    if first.when == last.when or _box(last.when)[0] < _box(first.when)[1]:
        # Windows that meet, of intervals that begin or end at different times.
        spans = [claim for _, claim in dated if claim.when is not None and claim.when.kind is Kind.SPAN]
        others = [claim for claim in spans if claim.when != spans[0].when] or [last]
        return spans[0] if spans else first, others[0]
    return first, last


def _box(when: When | None) -> Box:
    """The window of a date in seconds; what has no date may be at any time."""
    return (-math.inf, math.inf) if when is None else numbers(when.seconds)


def undatable_claim(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Claims of which nothing tells when they were made."""
    undated = {source.id for source in timeline.sources if source.published is None}
    if not undated:
        return
    for number, event in enumerate(timeline.events):
        for at, claim in enumerate(event.claims):
            if claim.said is None and claim.recorded is None and claim.source in undated:
                yield Finding(
                    message="neither the claim tells when it was made nor its source when it was published: the "
                    "timeline as of a day cannot leave it out; expected `said` here or `published` there",
                    event_id=event.id,
                    path=("events", number, "claims", at),
                )


RULES = (
    Check(
        code="TL204",
        name="unsourced-event",
        title="an event that no claim states",
        run=unsourced_event,
        severity=Severity.WARNING,
    ),
    Check(
        code="TL205",
        name="one-origin",
        title="several sources that all go back to one origin",
        run=one_origin,
        severity=Severity.WARNING,
    ),
    Check(
        code="TL206",
        name="contradictory-claims",
        title="claims about an event that cannot all be true",
        run=contradictory_claims,
        severity=Severity.WARNING,
    ),
    Check(
        code="TL207",
        name="undatable-claim",
        title="a claim of which nothing tells when it was made",
        run=undatable_claim,
        severity=Severity.NOTE,
    ),
)
