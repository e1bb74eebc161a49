"""Reads the words for dates that our exports show: "Projected: no earlier than January 2025".

They say what a slide without its record says nowhere else: that an event is no fact, and that its date is
another than the one at which it is drawn.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from timeline.labels import Label, labels
from timeline.model import Modality, Status
from timeline_timelinejs.reading._future import languages
from timeline_timelinejs.reading._report import shown
from timeline_timelinejs.reading._words import say_more

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.when import When
    from timeline_timelinejs.reading._report import Report
    from timeline_timelinejs.reading._slide import Slide

_SAME = {
    Status.PLANNED: Modality.PLANNED,
    Status.PROJECTED: Modality.PROJECTED,
    Status.DESIRED: Modality.DESIRED,
    Status.ASSESSED: Modality.ASSESSED,
    Status.DID_NOT_OCCUR: Modality.DENIED,
}
# What no claim can say. None of it may become a fact, and no denial be made up where there may be none.
_NEAREST = {
    Status.DUE: Modality.PROJECTED,
    Status.OVERDUE: Modality.PROJECTED,
    Status.SUPERSEDED: Modality.DENIED,
    Status.DISPUTED: Modality.ASSESSED,
    Status.UNKNOWN: Modality.ASSESSED,
}
_COLONS = re.compile("[:\N{FULLWIDTH COLON}]")


class Told(NamedTuple):
    """What the words for a date leave of it.

    Attributes:
        modality: How the slide states its event.
        is_dated: Whether the date at which it is drawn is its date.
        phrase: The words, if they say more than the date.
    """

    modality: Modality
    is_dated: bool
    phrase: str


def told(words: str, when: When | None, slide: Slide, report: Report) -> Told:
    """What the words for a date say.

    Args:
        words: The words.
        when: The date at which the slide is drawn.
        slide: The slide.
        report: Takes what the words say and the date does not.
    """
    found = _with_status(words) if _COLONS.search(words) else None
    if found is None and not slide.is_ours:
        return Told(Modality.REPORTED, is_dated=True, phrase=words if say_more(words, when) else "")
    modality, among = Modality.REPORTED, list(languages())
    spot = slide.spot_of("display_date")
    if found is not None:
        status, words, among = found
        modality = _SAME.get(status) or _NEAREST[status]
        if status in _NEAREST:
            expected = f"what a claim can say; it is read as {modality.word}"
            report.each(spot, f"the status {labels(among[0]).status(status)!r}", expected)
    if when is None or not words or _is_same(words, when, among):
        return Told(modality, is_dated=True, phrase=words if when is None else "")
    expected = "words of that date; it is where the slide is drawn, so they are kept as the phrase, and no date"
    report.fault(spot, f"the words {shown(words)} at the date {when}", expected)
    return Told(modality, is_dated=False, phrase=words)


def _is_same(words: str, when: When, among: Iterable[str]) -> bool:
    """Whether words say a date and nothing else, in one of some languages."""
    if not say_more(words, when):
        return True
    said = (when.humanize(language) for language in among)
    return any(words in (each, each[0].upper() + each[1:]) for each in said)


def _with_status(words: str) -> tuple[Status, str, list[str]] | None:
    """A status, the words of the date behind it and what languages they may be in; None if they begin with none."""
    found: dict[tuple[Status, str], list[str]] = {}
    for before, after, status, language in _beginnings():
        if words.startswith(before) and words.endswith(after):
            said = words[len(before) : len(words) - len(after)].strip()
            found.setdefault((status, said), []).append(language)
    for (status, said), among in found.items():
        return status, said, among
    return None


@functools.cache
def _beginnings() -> list[tuple[str, str, Status, str]]:
    """What stands before and behind the date, of each status that is no fact, in each language."""
    found = []
    for language in languages():
        known = labels(language)
        for status in (*_SAME, *_NEAREST):
            around = known.text(Label.STATUS_AND_DATE, status=known.status(status), date="\0")
            before, _, after = around.partition("\0")
            found.append((before.rstrip(" "), after, status, language))
    return found
