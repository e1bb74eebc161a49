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
from timeline.when import Bound, Kind, Range, Unit, When, from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model._claims import Claim

    Box = tuple[float, float]

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


def box(when: When) -> Box:
    """The window of a date in seconds; an end without a date is infinite."""
    start, end = when.seconds
    return -math.inf if isinstance(start, Bound) else start, math.inf if isinstance(end, Bound) else end


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


def compatible(whens: Sequence[When]) -> bool:
    """Whether dates can all be true of one event.

    Windows that have a second in common two by two have one in common all together.
    """
    if not _meet(map(box, whens)):
        return False
    spans = [when for when in whens if when.kind is Kind.SPAN]
    return len(spans) < 2 or all(_meet(_end_boxes(spans, side)) for side in (0, 1))


def _meet(boxes: Iterable[Box]) -> bool:
    starts, ends = zip(*boxes, strict=True)
    return bool(max(starts) < min(ends))


def _end_boxes(spans: Sequence[When], side: int) -> list[Box]:
    """The windows in which intervals begin (side 0) or end (side 1); an open or unknown end may be any."""
    ends = [span.parts[side] for span in spans]
    return [box(When(Kind.POINT, (end,))) if isinstance(end, Unit) else (-math.inf, math.inf) for end in ends]


def end_window(span: When) -> Box:
    """The days in which an interval ends; an open or unknown end may be any."""
    ((start, end),) = _end_boxes([span], 1)
    return start / _DAY_SECONDS, end / _DAY_SECONDS


def said_window(claim: Claim) -> Box:
    """When a claim was made; at any time, if nobody knows."""
    return (-math.inf, math.inf) if claim.said is None else box(claim.said)


def _without_replaced(claims: list[Claim]) -> list[Claim]:
    """The claims less those that their own origin has certainly replaced by a later one."""
    by_origin: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_origin[claim.origin].append(claim)
    replaced: set[int] = set()
    for own in by_origin.values():
        # The newest first: what was said before all that is kept and fits it not is replaced.
        kept: list[When] = []
        earliest = math.inf
        for claim in sorted(own, key=lambda claim: said_window(claim)[::-1], reverse=True):
            assert claim.when is not None
            start, end = said_window(claim)
            if kept and end <= earliest and not compatible([*_extremes(kept), claim.when]):
                replaced.add(id(claim))
            else:
                kept.append(claim.when)
                earliest = min(earliest, start)
    return [claim for claim in claims if id(claim) not in replaced]


def _extremes(whens: list[When]) -> list[When]:
    """Those of dates that another one must meet to meet them all, as a rule two."""
    if len(whens) < 3 or any(when.kind is Kind.SPAN for when in whens):
        return whens
    return [max(whens, key=lambda when: box(when)[0]), min(whens, key=lambda when: box(when)[1])]


def _specificity(claim: Claim) -> tuple[float, int, float, int]:
    assert claim.when is not None
    start, end = box(claim.when)
    return end - start, len(claim.when.qualifiers), -said_window(claim)[1], claim.when.sort_key


def _most_specific(claims: list[Claim]) -> tuple[Claim, ...]:
    """The claims less those whose window holds that of another that can be true with it."""
    narrow: set[When] = set()
    smallest_end: float | None = None
    dates = {claim.when for claim in claims if claim.when is not None}
    for when in sorted(dates, key=lambda when: (-box(when)[0], box(when)[1], when.sort_key)):
        end = box(when)[1]
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
