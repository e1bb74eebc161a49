"""The date of an event, as it follows from its claims.

The rule, in this order:

1. Denials never date, nor does what its own origin certainly denied later.
2. Of the rest only the claims of the strongest modality count, and of these those with a date: reports before plans
   and projections, those before wishes, wishes before judgements. So what is reported without a date
   has none, whatever was expected.
3. An origin that speaks again replaces what it certainly said before, where the two dates cannot
   both be true.
4. If the dates that are left can all be true of one event, the most specific one stands: an
   interval before a date within it, then the one of the shortest window, then the one with the
   fewest qualifiers, then the one said last, then the earliest. So the order of the claims does
   not matter.
5. If not, the date is one of them (an EDTF one-of set of those that are most specific), and disputed.
   Where EDTF cannot write that set, it is the days from the first to the last of them.

When dates can all be true, `compatible` says.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from timeline.errors import WhenError
from timeline.model._agreement import Common, compatible, has_gaps, said_window, standing
from timeline.model._claims import Modality
from timeline.when import Bound, Kind, Range, Unit, When, from_ordinal, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model._claims import Claim

# The strongest first.
_TIERS = {
    Modality.REPORTED: 0,
    Modality.PLANNED: 1,
    Modality.PROJECTED: 1,
    Modality.DESIRED: 2,
    Modality.ASSESSED: 3,
}
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
    for claim in standing(tuple(claims)):
        tiers[_TIERS[claim.modality]].append(claim)
    for tier, stated in enumerate(tiers):
        if stated:
            dated = [claim for claim in stated if claim.when is not None]
            return _decide(_NAMES[tier], dated) if dated else NOTHING
    return NOTHING


def in_force(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims of one modality less those that their own origin replaced by a later one."""
    dated = [claim for claim in claims if claim.when is not None]
    kept = {id(claim) for claim in _without_replaced(dated)}
    return tuple(claim for claim in claims if claim.when is None or id(claim) in kept)


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


def _without_replaced(claims: list[Claim]) -> list[Claim]:
    """The claims less those that their own origin has certainly replaced by a later one."""
    by_origin: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_origin[claim.origin.casefold()].append(claim)
    replaced: set[int] = set()
    for own in by_origin.values():
        # The newest first: what was said before all that is kept and fits it not is replaced. What fits it
        # not and may be as new leaves nothing that all that is kept has in common.
        common = Common()
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


def _specificity(claim: Claim) -> tuple[bool, float, int, float, int]:
    when = claim.when
    assert when is not None
    start, end = numbers(when.window)
    said = -math.inf if claim.said is None else said_window(claim)[1]
    return when.kind is not Kind.SPAN, end - start, len(when.qualifiers), -said, when.sort_key


def _most_specific(claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims less those whose window holds that of another that can be true with it."""
    narrow: set[When] = set()
    smallest_end: float | None = None
    dates = {claim.when for claim in claims if claim.when is not None}
    for when in sorted(dates, key=lambda when: (-numbers(when.window)[0], numbers(when.window)[1], when.sort_key)):
        end = numbers(when.window)[1]
        if smallest_end is None or end < smallest_end or when.kind is Kind.SPAN or has_gaps(when):
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
