"""The date of an event, as it follows from its claims.

The rule, in this order:

1. Claims without a date do not count, and denials never do.
2. The strongest modality that has a date decides: a report before a plan or projection, those
   before a wish, a wish before a judgement. What is reported has happened: plans, projections and
   wishes date it no more, even if no report has a date.
3. An origin that speaks again replaces what it certainly said before, where the two dates cannot
   both be true.
4. If the dates that are left can all be true of one event, the most specific one stands: the one
   of the shortest window, then the one with the fewest qualifiers, then the one said last, then
   the earliest. So the order of the claims does not matter.
5. If not, the date is one of them (an EDTF one-of set of those that are most specific), and disputed.
   Where EDTF cannot write that set, it is the days from the first to the last of them.

Two dates can both be true if their windows have a second in common; of two intervals, the
windows in which they begin must, and the windows in which they end. `~` and `?` widen nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from timeline.errors import WhenError
from timeline.model._claims import Modality
from timeline.when import Bound, Kind, Range, Unit, When, from_ordinal, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model._claims import Claim

    Box = tuple[float, float]

EVER = (-math.inf, math.inf)
_DAY_SECONDS = 86_400

# Which modalities may date an event, the strongest first.
_TIERS = {
    Modality.REPORTED: 0,
    Modality.PLANNED: 1,
    Modality.PROJECTED: 1,
    Modality.DESIRED: 2,
    Modality.ASSESSED: 3,
}
_EXPECTING = (1, 2)
_NAMES = (
    ("report", "reports"),
    ("plan or projection", "plans or projections"),
    ("wish", "wishes"),
    ("judgement", "judgements"),
)


@attrs.frozen(kw_only=True)
class Derivation:
    """Why an event has the date that it has.

    Attributes:
        when: The date; None if nothing gives one.
        claims: The claims that it follows from; none if the editor gave it.
        disputed: Whether the claims contradict each other, so that the date is one of theirs.
        reason: Why, in plain English.
    """

    when: When | None
    claims: tuple[Claim, ...] = ()
    disputed: bool = False
    reason: str

    def __str__(self) -> str:
        """The reason."""
        return self.reason


NOTHING = Derivation(when=None, reason="no claim gives a date")


def derive(claims: Iterable[Claim]) -> Derivation:
    """The date that follows from claims; see the rule of this module."""
    tiers: list[list[Claim]] = [[], [], [], []]
    reported = False
    for claim in claims:
        tier = _TIERS.get(claim.modality)
        reported = reported or tier == 0
        if claim.when is not None and tier is not None:
            tiers[tier].append(claim)
    for tier, dated in enumerate(tiers):
        if dated and not (reported and tier in _EXPECTING):
            return _decide(_NAMES[tier], dated)
    return NOTHING


def _decide(names: tuple[str, str], claims: list[Claim]) -> Derivation:
    """The date of claims of one tier."""
    one, several = names
    if len(claims) == 1:
        return Derivation(when=claims[0].when, claims=tuple(claims), reason=f"the only {one} with a date")
    whens = {claim.when for claim in claims}
    if len(whens) > 1:
        left = _without_replaced(claims)
        whens = {claim.when for claim in left}
        if len(left) == 1:
            reason = f"the {one} that replaced what its origin said before"
            return Derivation(when=left[0].when, claims=tuple(left), reason=reason)
        claims = left
    if len(whens) == 1:
        reason = f"{len(claims)} {several} with the same date"
        return Derivation(when=claims[0].when, claims=tuple(claims), reason=reason)
    if compatible([claim.when for claim in claims if claim.when is not None]):
        best = min(claims, key=_specificity)
        used = tuple(claim for claim in claims if claim.when == best.when)
        reason = f"the most specific of {len(claims)} {several} that agree"
        return Derivation(when=best.when, claims=used, reason=reason)
    used = _most_specific(claims)
    return Derivation(
        when=_union([claim.when for claim in used if claim.when is not None]),
        claims=used,
        disputed=True,
        reason=f"{len(claims)} {several} cannot all be true: it is one of their dates",
    )


def compatible(whens: Iterable[When]) -> bool:
    """Whether dates can all be true of one event."""
    common = _Common()
    return all(map(common.take, whens))


class _Common:
    """What dates have in common: windows that meet two by two have a second in common all together."""

    def __init__(self) -> None:
        """Begin with no date."""
        # The windows of the dates, and those in which the intervals among them begin and end.
        self._hull, self._begins, self._ends = EVER, EVER, EVER

    def take(self, when: When) -> bool:
        """Add a date, if it can be true together with those that were added; say whether."""
        hull = _meet(self._hull, numbers(when.seconds))
        begins, ends = self._begins, self._ends
        if when.kind is Kind.SPAN:
            begins, ends = _meet(begins, _end_box(when, 0)), _meet(ends, _end_box(when, 1))
        if not hull[0] < hull[1] or not begins[0] < begins[1] or not ends[0] < ends[1]:
            return False
        self._hull, self._begins, self._ends = hull, begins, ends
        return True


def _meet(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), min(one[1], other[1])


def _end_box(span: When, side: int) -> Box:
    """The window in which an interval begins (side 0) or ends (side 1); an open or unknown end may be any."""
    end = span.parts[side]
    return numbers(When(Kind.POINT, (end,)).seconds) if isinstance(end, Unit) else EVER


def end_window(span: When) -> Box:
    """The days in which an interval ends; an open or unknown end may be any."""
    start, end = _end_box(span, 1)
    return start / _DAY_SECONDS, end / _DAY_SECONDS


def said_window(claim: Claim) -> Box:
    """When a claim was made; at any time, if nobody knows."""
    return EVER if claim.said is None else numbers(claim.said.seconds)


def _without_replaced(claims: list[Claim]) -> list[Claim]:
    """The claims less those that their own origin has certainly replaced by a later one."""
    by_origin: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_origin[claim.origin].append(claim)
    replaced: set[int] = set()
    for own in by_origin.values():
        # The newest first: what was said before all that is kept and fits it not is replaced. What fits it
        # not and may be as new leaves nothing that all that is kept has in common.
        common = _Common()
        torn = False
        earliest = math.inf
        for claim in sorted(own, key=lambda claim: said_window(claim)[::-1], reverse=True):
            assert claim.when is not None
            start, end = said_window(claim)
            if not torn and common.take(claim.when):
                earliest = min(earliest, start)
            elif end <= earliest:
                replaced.add(id(claim))
            else:
                torn = True
                earliest = min(earliest, start)
    return [claim for claim in claims if id(claim) not in replaced]


def _specificity(claim: Claim) -> tuple[float, int, float, int]:
    assert claim.when is not None
    start, end = numbers(claim.when.seconds)
    return end - start, len(claim.when.qualifiers), -said_window(claim)[1], claim.when.sort_key


def _most_specific(claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims less those whose window holds that of another that can be true with it."""
    narrow: set[When] = set()
    smallest_end: float | None = None
    dates = {claim.when for claim in claims if claim.when is not None}
    for when in sorted(dates, key=lambda when: (-numbers(when.seconds)[0], numbers(when.seconds)[1], when.sort_key)):
        end = numbers(when.seconds)[1]
        if smallest_end is None or end < smallest_end or when.kind is Kind.SPAN:
            narrow.add(when)
            smallest_end = end if smallest_end is None else min(end, smallest_end)
    return tuple(claim for claim in claims if claim.when in narrow)


def _union(whens: Sequence[When]) -> When | None:
    """That the date is one of several."""
    texts = []
    for when in sorted(set(whens), key=lambda when: when.sort_key):
        text = str(when)
        texts.append(text[1:-1] if when.kind is Kind.ONE_OF else text)
    if all(when.kind in (Kind.POINT, Kind.ONE_OF) for when in whens):
        try:
            return When.parse(f"[{','.join(texts)}]")
        except WhenError:
            pass  # EDTF cannot write it: a time of day has no place in a set
    return _hull(whens)


def _hull(whens: Sequence[When]) -> When | None:
    """Once within the days from the first to the last of several dates; None if there is neither."""
    starts, ends = zip(*(when.window for when in whens), strict=True)
    first = Bound.OPEN if any(isinstance(start, Bound) for start in starts) else min(starts)
    last = Bound.OPEN if any(isinstance(end, Bound) for end in ends) else max(ends) - 1
    if isinstance(first, Bound) and isinstance(last, Bound):
        return None
    days = [None if isinstance(edge, Bound) else from_ordinal(edge) for edge in (first, last)]
    # EDTF writes days of years of four digits only.
    exact = all(day is None or -9999 <= day.year <= 9999 for day in days)
    ends_ = [
        Bound.OPEN if day is None else Unit(day.year, day.month, day.day) if exact else Unit(day.year) for day in days
    ]
    return When(Kind.ONE_OF, (Range(*ends_),))
