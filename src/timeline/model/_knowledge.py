"""What was known by the end of a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from timeline.model._claims import Modality
from timeline.when import DAY_SECONDS, Bound, When, as_moment

if TYPE_CHECKING:
    from timeline.model._claims import Claim
    from timeline.model._event import Event
    from timeline.when import Moment

Knows = Callable[[When], bool]
"""Whether something of that date was there by the end of the day."""


class Basis(StrEnum):
    """Which of a claim's times tells whether it was known."""

    KNOWN = "known"
    """It was said, and recorded if it bears a time of that."""
    SAID = "said"
    """It was said."""
    RECORDED = "recorded"
    """It was recorded; where it bears no time of that, said."""


def day_of(day: Moment) -> int:
    """The ordinal of a day; a moment stands for its day in UTC.

    Raises:
        WhenError: It is neither a day nor a moment.
    """
    return as_moment(day).toordinal()


def by_end_of(day: int, *, possibly: bool) -> Knows:
    """A test whether a date lies before the end of a day.

    Args:
        day: The ordinal of the day.
        possibly: Whether it is enough that it may; else it must, whatever the date may be.
    """
    limit = (day + 1) * DAY_SECONDS

    def begun(when: When) -> bool:
        start = when.seconds[0]
        return isinstance(start, Bound) or start < limit

    def over(when: When) -> bool:
        end = when.seconds[1]
        return not isinstance(end, Bound) and end <= limit

    return begun if possibly else over


def claim_test(knows: Knows, *, by: Basis, published: Mapping[str, When]) -> Callable[[Claim], bool]:
    """A test whether a claim was known.

    A claim that does not tell when it was made was made by the time that its source was
    published; of one whose source does not tell that either, nothing says that it came later.
    """

    def said(claim: Claim) -> bool:
        when = claim.said or published.get(claim.source)
        return when is None or knows(when)

    def recorded(claim: Claim) -> bool:
        return said(claim) if claim.recorded is None else knows(claim.recorded)

    def both(claim: Claim) -> bool:
        return said(claim) and (claim.recorded is None or knows(claim.recorded))

    return {Basis.KNOWN: both, Basis.SAID: said, Basis.RECORDED: recorded}[Basis(by)]


def restrict(event: Event, *, claim: Callable[[Claim], bool], outcome: Knows) -> Event | None:
    """An event as it was known; None if it had claims or an outcome, and none of them was.

    The editor's date has no day of its own: it may rest on what came later, so it goes with
    the first report, dated claim or outcome that does, and the date is derived from what is left.
    """
    claims = tuple(filter(claim, event.claims))
    decided = event.outcome if event.outcome is not None and outcome(event.outcome.decided) else None
    if len(claims) == len(event.claims) and decided is event.outcome:
        return event
    if not claims and decided is None:
        return None
    own = event.own_when
    if own is not None and (decided is not event.outcome or any(_may_date(c) for c in event.claims if not claim(c))):
        own = None
    if own is None:
        # How long it lasts, and when again, is told from that date on.
        return attrs.evolve(event, claims=claims, outcome=decided, when=None, duration=None, repeats=None)
    return attrs.evolve(event, claims=claims, outcome=decided)


def _may_date(claim: Claim) -> bool:
    """Whether the editor may have the date of an event from a claim."""
    if claim.modality is Modality.DENIED:
        return False
    return claim.when is not None or claim.modality is Modality.REPORTED
