"""How those who project the future have done so far."""

from __future__ import annotations

import math
from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from timeline.model import Modality, Status, contradicting_denial, derive, deviation
from timeline.when import as_moment, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model import Claim, Projection, Timeline
    from timeline.when import Moment, When


class Verdict(StrEnum):
    """What became of what somebody projected."""

    OPEN = "open"
    """Nobody has said how it ended, and its window has not passed."""
    OVERDUE = "overdue"
    """Nobody has said how it ended, and its window has passed."""
    INSIDE = "inside"
    """It happened inside its window."""
    EARLY = "early"
    """It happened before its window."""
    LATE = "late"
    """It happened after its window."""
    FAILED = "failed"
    """It did not happen."""
    VOID = "void"
    """It cannot be told: it was superseded, it is disputed that it happened, the date is not exact enough, or the event
    that was its condition has not occurred."""


@attrs.frozen(kw_only=True)
class TrackRecord:
    """How somebody has done.

    Attributes:
        name: The origin of the claims; see `timeline.model.Claim.origin`.
        verdicts: What became of each event that it projected, by the ids of the events.
        forecasts: The probabilities that it gave, lowest and highest, and whether what it projected
            happened inside its window; those of which that is known.
    """

    name: str
    verdicts: tuple[tuple[str, Verdict], ...]
    forecasts: tuple[tuple[float, float, bool], ...] = ()

    def count(self, *verdicts: Verdict) -> int:
        """How many of its projections ended in one of these ways."""
        return sum(verdict in verdicts for _, verdict in self.verdicts)

    @property
    def brier(self) -> tuple[float, float] | None:
        """The Brier score, lowest and highest; None if it gave no probability of what has ended.

        It is the mean of (probability - outcome)², where the outcome is 1 for what happened inside
        its window and 0 for what did not: 0 is perfect, 1 is always wrong, and 0.25 is
        "50 %" every time. A range of probabilities has a range of scores. Source: G. W. Brier,
        "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78
        (1950), 1-3, in its common form for two outcomes, which is half of his.
        """
        if not self.forecasts:
            return None
        errors = [_errors(*forecast) for forecast in self.forecasts]
        return sum(low for low, _ in errors) / len(errors), sum(high for _, high in errors) / len(errors)


def _errors(low: float, high: float, happened: bool) -> tuple[float, float]:  # noqa: FBT001 - unpacked from a forecast
    """The least and the greatest squared error of a range of probabilities."""
    ends = sorted(((low - happened) ** 2, (high - happened) ** 2))
    return ends[0], ends[1]


def track_records(timeline: Timeline, now: Moment) -> tuple[TrackRecord, ...]:
    """How those who project the future have done by a moment, by name.

    Only what is projected counts, not what is planned or hoped for. Several claims of one origin about
    one event are one projection: its window is the date that follows from them, its probability the one
    that was given last. What the origin itself replaced counts no more.

    Args:
        timeline: The timeline.
        now: The moment: what was certainly said or decided later does not count.

    Raises:
        WhenError: ``now`` is not a moment.
    """
    statuses = timeline.statuses(now)
    met = {id for id, status in statuses.items() if status in (Status.OCCURRED, Status.ONGOING)}
    today = as_moment(now).toordinal()
    names: dict[str, str] = {}
    verdicts: defaultdict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    forecasts: defaultdict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    for projection in timeline.projections(now):
        for claims in _by_origin(projection):
            key = claims[0].origin.casefold()
            names.setdefault(key, claims[0].origin)
            verdict = _verdict(projection, claims, met, today)
            verdicts[key].append((projection.event.id, verdict))
            forecasts[key] += _forecast(claims, verdict)
    return tuple(
        TrackRecord(name=names[key], verdicts=tuple(verdicts[key]), forecasts=tuple(forecasts[key]))
        for key in sorted(verdicts)
    )


def _by_origin(projection: Projection) -> Iterable[list[Claim]]:
    """What each origin projects; what it said when the end was known is no projection."""
    known = math.inf if projection.decided is None else numbers(projection.decided.seconds)[1]
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in projection.claims:
        if claim.modality is Modality.PROJECTED and (claim.said is None or numbers(claim.said.seconds)[0] < known):
            groups[claim.origin.casefold()].append(claim)
    return groups.values()


def _verdict(projection: Projection, claims: list[Claim], met: set[str], today: int) -> Verdict:
    """What became of what claims of one origin project."""
    status = projection.status
    own = derive(claims).when
    if status.is_open:
        return Verdict.OVERDUE if own is not None and numbers(own.window)[1] <= today else Verdict.OPEN
    counted = [claim for claim in claims if claim.condition_event is None or claim.condition_event in met]
    if not counted or status is Status.SUPERSEDED or _is_contested(projection):
        return Verdict.VOID
    if status is Status.DID_NOT_OCCUR:
        return Verdict.FAILED
    window = derive(counted).when
    return _hit(window, projection.after) if window is not None and projection.after is not None else Verdict.VOID


def _is_contested(projection: Projection) -> bool:
    """Whether it is disputed that it happened, and not only when."""
    event = projection.event
    return projection.status is Status.DISPUTED and (
        event.outcome is not None or contradicting_denial(event.claims) is not None
    )


def _hit(window: When, happened: When) -> Verdict:
    """Whether something happened inside its window."""
    off = deviation(window, happened)
    if off.low == off.high == 0:
        return Verdict.INSIDE
    if off.high < 0:
        return Verdict.EARLY
    return Verdict.LATE if off.low > 0 else Verdict.VOID


def _forecast(claims: list[Claim], verdict: Verdict) -> Iterator[tuple[float, float, bool]]:
    """The probability that an origin gave last, as a number, if it is known what became of it.

    A word of a scale is no number that it gave.
    """
    numbered = [claim for claim in claims if claim.estimate is not None and claim.estimate.is_number]
    if not numbered or verdict not in (Verdict.INSIDE, Verdict.EARLY, Verdict.LATE, Verdict.FAILED):
        return
    last = max(numbered, key=lambda claim: -math.inf if claim.said is None else numbers(claim.said.seconds)[1])
    assert last.estimate is not None
    yield last.estimate.low, last.estimate.high, verdict is Verdict.INSIDE
