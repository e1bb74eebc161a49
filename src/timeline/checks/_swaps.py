"""The rule for days whose day and month may have been exchanged: 2024-03-12 for 2024-12-03."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import attrs

from timeline.checks._dates import begins_after
from timeline.checks._seam import Finding
from timeline.model import Modality
from timeline.when import DAY_SECONDS, When, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.checks._seam import CheckContext
    from timeline.document import Path
    from timeline.model import Claim, Event, Timeline

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
# "May" with a small letter is no month; of the abbreviations only those that are no words.
_MONTH = "|".join([*_MONTHS, *(f"{short}\\.?" for short in ("Jan", "Feb", "Apr", "Aug", "Sept?", "Oct", "Nov", "Dec"))])
_NAMED = re.compile(rf"\b({_MONTH})(?![a-z])")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})(?![a-z])")
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?!\d)")


@attrs.frozen
class _Swap:
    """An exact day that would be another with day and month exchanged."""

    when: When
    path: Path
    given: date
    other: date
    claim: Claim | None = None

    def fits(self, box: tuple[float, float]) -> bool:
        """Whether the other day lies in a window that the given one is not in."""
        return _within(self.other, box) and not _within(self.given, box)


def _within(day: date, box: tuple[float, float]) -> bool:
    start = day.toordinal() * DAY_SECONDS
    return box[0] <= start and start + DAY_SECONDS <= box[1]


def _swap(when: When | None, path: Path, claim: Claim | None = None) -> _Swap | None:
    """What a date would be with day and month exchanged, if that is another day at all."""
    day = None if when is None else when.ordinal
    if when is None or day is None or not 1 <= day <= _LAST_ORDINAL:
        return None
    given = date.fromordinal(day)
    if given.day > 12 or given.day == given.month:
        return None
    return _Swap(when, path, given, date(given.year, given.day, given.month), claim)


_LAST_ORDINAL = date.max.toordinal()


def day_month_swap(timeline: Timeline, _ctx: CheckContext) -> Iterator[Finding]:
    """Days that contradict something, and would not with day and month exchanged."""
    published = {source.id: source.published for source in timeline.sources if source.published is not None}
    for number, event in enumerate(timeline.events):
        yield from _in_event(event, number, published)


def _in_event(event: Event, number: int, published: Mapping[str, When]) -> Iterator[Finding]:
    own = _swap(event.own_when, ("events", number, "when"))
    dated = [
        _swap(claim.when, ("events", number, "claims", at, "when"), claim) for at, claim in enumerate(event.claims)
    ]
    swaps = [swap for swap in (own, *dated) if swap is not None]
    against_others = _against_others(event, swaps) if swaps else None
    if against_others is not None:
        yield _finding(event, *against_others)
    for swap in swaps:
        if against_others is not None and swap is against_others[0]:
            continue
        reason = _reason(swap, event, published)
        if reason is not None:
            yield _finding(event, swap, reason)
    for at, claim in enumerate(event.claims):
        moment = published.get(claim.source)
        if claim.said is None or moment is None or not begins_after(claim.said, moment):
            continue
        said = _swap(claim.said, ("events", number, "claims", at, "said"), claim)
        if said is not None and not begins_after(When.of(said.other), moment):
            yield _finding(event, said, f"the source of the claim was published on {moment}")


def _finding(event: Event, swap: _Swap, reason: str) -> Finding:
    return Finding(
        message=f"{swap.when} looks like day and month exchanged: {reason}, which fits {swap.other}",
        event_id=event.id,
        path=swap.path,
    )


def _against_others(event: Event, swaps: Iterable[_Swap]) -> tuple[_Swap, str] | None:
    """The first day that contradicts what others report of the event, while the exchanged one fits them all.

    Plans and projections are left out: they may differ because somebody changed them.
    """
    dated: list[tuple[When, Claim | None]] = [
        (claim.when, claim) for claim in event.claims if claim.when is not None and claim.modality is Modality.REPORTED
    ]
    if event.own_when is not None:
        dated.append((event.own_when, None))
    if len({when for when, _ in dated}) < 2:
        return None
    boxes = [(numbers(when.seconds), claim) for when, claim in dated]
    # The two latest beginnings and earliest ends: what all others have in common is then quickly told.
    starts = sorted(boxes, key=lambda entry: -entry[0][0])[:2]
    ends = sorted(boxes, key=lambda entry: entry[0][1])[:2]
    if starts[0][0][0] < ends[0][0][1]:
        return None
    for swap in swaps:
        if swap.claim is not None and swap.claim.modality is not Modality.REPORTED:
            continue
        start = next(box[0] for box, claim in starts if claim is not swap.claim)
        end = next(box[1] for box, claim in ends if claim is not swap.claim)
        if swap.fits((start, end)):
            other = next(claim for box, claim in (*starts, *ends) if claim is not swap.claim)
            return swap, "the event is dated otherwise" if other is None else f"another report says {other.when}"
    return None


def _reason(swap: _Swap, event: Event, published: Mapping[str, When]) -> str | None:
    """What else a day contradicts, and the exchanged one does not."""
    claims = event.claims if swap.claim is None else (swap.claim,)
    if event.outcome is None or swap.claim is not None:
        moments = _moments(claims, published)
        if moments and all(begins_after(swap.when, moment) for _, moment in moments):
            verb, latest = max(moments, key=lambda entry: entry[1].sort_key)
            if not begins_after(When.of(swap.other), latest):
                return f"it was reported before, {verb} on {latest}"
    for claim in claims:
        words = _words_for_other(swap, claim)
        if words is not None:
            return words
    return None


def _moments(claims: Iterable[Claim], published: Mapping[str, When]) -> list[tuple[str, When]]:
    """When the reports among claims were made, as far as that is known."""
    moments = []
    for claim in claims:
        if claim.modality is Modality.REPORTED:
            for verb, moment in (("said", claim.said), ("published", published.get(claim.source))):
                if moment is not None:
                    moments.append((verb, moment))
                    break
    return moments


def _words_for_other(swap: _Swap, claim: Claim) -> str | None:
    """The words of a claim that name the exchanged month and not the given one."""
    # Most words have no month in them, and every way to write one begins so.
    beginning = _MONTHS[swap.other.month - 1][:3]
    if claim.phrase and beginning in claim.phrase:
        named = {_number(name) for name in _NAMED.findall(claim.phrase)}
        if swap.other.month in named and swap.given.month not in named:
            return f"its phrase names {_MONTHS[swap.other.month - 1]}"
    if claim.quote and beginning in claim.quote:
        # A quote may name a month for something else, so the day must stand beside it.
        days = {(_number(name), int(day)) for day, name in _DAY_FIRST.findall(claim.quote)}
        days |= {(_number(name), int(day)) for name, day in _MONTH_FIRST.findall(claim.quote)}
        if (swap.other.month, swap.other.day) in days and (swap.given.month, swap.given.day) not in days:
            return f"its quote names {swap.other.day} {_MONTHS[swap.other.month - 1]}"
    return None


def _number(name: str) -> int:
    return _NUMBERS[name[:3]]
