"""Whether what claims say can all be true."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from timeline.model._claims import Modality
from timeline.when import Kind, Unit, When, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.model._claims import Claim

    Box = tuple[float, float]

EVER = (-math.inf, math.inf)
# Dates with gaps are held against each other one by one, these many of one event.
_MOST_PAIRS = 50


def said_window(claim: Claim) -> Box:
    """When a claim was made, in seconds; at any time, if nobody knows."""
    return EVER if claim.said is None else numbers(claim.said.seconds)


def compatible(whens: Iterable[When]) -> bool:
    """Whether dates can all be true of one event.

    Two can if they have a day in common; of two intervals, the days on which they begin must, and
    those on which they end. What bears ``~`` or ``?`` may be off by its own length.
    """
    common = Common()
    return all(map(common.take, whens))


class Common:
    """What dates have in common: windows that meet two by two meet all together."""

    def __init__(self) -> None:
        """Begin with no date."""
        # The windows of the dates, and those in which the intervals among them begin and end.
        self._hull, self._begins, self._ends = EVER, EVER, EVER
        self._taken: list[When] = []

    def take(self, when: When) -> bool:
        """Add a date, if it can be true together with those that were added; say whether."""
        hull = _meet(self._hull, _around(when))
        begins, ends = self._begins, self._ends
        if when.kind is Kind.SPAN:
            first, last = (EVER if end is None else _around(end) for end in (_end(when, 0), _end(when, 1)))
            begins, ends = _meet(begins, first), _meet(ends, last)
        if not hull[0] < hull[1] or not begins[0] < begins[1] or not ends[0] < ends[1]:
            return False
        if not all(_fit(when, other) for other in self._taken[:_MOST_PAIRS]):
            return False
        self._hull, self._begins, self._ends = hull, begins, ends
        self._taken.append(when)
        return True


def _meet(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), min(one[1], other[1])


def _around(when: When) -> Box:
    """The days that a date may touch; one that is "about" or uncertain may be off by its own length."""
    start, end = numbers(when.window)
    if not when.is_qualified:
        return start, end
    length = end - start if end - start < math.inf else 0
    return start - length, end + length


def _end(span: When, side: int) -> When | None:
    end = span.parts[side]
    return When(Kind.POINT, (end,)) if isinstance(end, Unit) else None


def end_days(span: When, side: int) -> Box:
    """The days on which an interval begins (side 0) or ends (side 1); an open or unknown end may be any."""
    end = _end(span, side)
    return EVER if end is None else numbers(end.window)


def _fit(one: When, other: When) -> bool:
    """Whether two dates whose windows meet can both be true, as far as gaps in one of them tell."""
    if not (has_gaps(one) or has_gaps(other)) or one.is_qualified or other.is_qualified:
        return True
    return one.possibly_overlaps(other)


def has_gaps(when: When) -> bool:
    """Whether it may leave out days of its window, and is quickly compared."""
    if when.ordinal is not None or when.kind is Kind.SPAN:
        return False
    text = str(when)
    # Of a date with a clock, what a day of another zone is cannot be told.
    return (("," in text) or 0 < text.count("X") < 4) and "T" not in text


def standing(claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims that are no denials, less those that their own origin certainly denied later."""
    denials = [claim for claim in claims if claim.modality is Modality.DENIED]
    if not denials:
        return claims
    # By origin and date: when it was denied last.
    latest: defaultdict[str, dict[When | None, float]] = defaultdict(dict)
    for denial in denials:
        known = latest[denial.origin.casefold()]
        start = said_window(denial)[0]
        known[denial.when] = max(start, known.get(denial.when, -math.inf))
    return [
        claim
        for claim in claims
        if claim.modality is not Modality.DENIED and not _is_withdrawn(claim, latest.get(claim.origin.casefold(), {}))
    ]


def _is_withdrawn(claim: Claim, denied: dict[When | None, float]) -> bool:
    end = said_window(claim)[1]
    return any(start >= end and _may_be_of(when, claim.when) for when, start in denied.items())


def _may_be_of(denied: When | None, when: When | None) -> bool:
    """Whether a denial of a date may be one of what a claim says."""
    return denied is None or when is None or compatible((denied, when))


def contradicting_denial(claims: Sequence[Claim]) -> Claim | None:
    """The first denial of what is reported; None if there is none.

    One that was certainly made before all reports is not of them, nor is one of another time, nor one
    that its own origin took back by a later report.
    """
    stated = {claim.modality for claim in claims}
    if Modality.DENIED not in stated or Modality.REPORTED not in stated:
        return None
    reports = [claim for claim in standing(claims) if claim.modality is Modality.REPORTED]
    if not reports:
        return None
    first = min(said_window(report)[0] for report in reports)
    whens = {report.when for report in reports}
    last: defaultdict[str, float] = defaultdict(lambda: -math.inf)
    for report in reports:
        origin = report.origin.casefold()
        last[origin] = max(last[origin], said_window(report)[0])
    meets: dict[When | None, bool] = {}
    for denial in claims:
        end = said_window(denial)[1]
        if denial.modality is not Modality.DENIED or end <= first or end <= last[denial.origin.casefold()]:
            continue
        if denial.when not in meets:
            meets[denial.when] = any(_may_be_of(denial.when, when) for when in whens)
        if meets[denial.when]:
            return denial
    return None
