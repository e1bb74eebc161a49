"""Whether the words that a slide shows as its date say more than the date does."""

from __future__ import annotations

import functools
import re

from timeline.errors import WhenError
from timeline.when import Kind, Unit, When

_BETWEEN = re.compile(r" (?:-|to|until) |(?<=^[0-9]{4})-(?=[0-9]{4}$)| ?[\u2013\u2014] ?")
_ENDS = ".,; "
_BEFORE = re.compile(r"\b(?:b\.?\s?c\.?\s?e|b\.?\s?c)\b\.?", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:a\.?\s?d|c\.?\s?e)\b\.?", re.IGNORECASE)


@functools.lru_cache(maxsize=1024)
def say_more(words: str, when: When | None) -> bool:
    """Whether words say anything that a date does not: "Summer 1939", or the same in another language."""
    if not words.strip():
        return False
    if when is None:
        return True
    if _name(words, when):
        return False
    if when.kind is not Kind.SPAN:
        return True
    ends = [When(Kind.POINT, (unit,)) for unit in when.parts if isinstance(unit, Unit)]
    parts = [part for part in _BETWEEN.split(" ".join(words.split())) if part.strip()]
    return len(parts) != len(ends) or not all(_name(part, end) for part, end in zip(parts, ends, strict=True))


def _name(words: str, when: When) -> bool:
    """Whether words are one date, written in some way."""
    if _plain(words) in (_plain(str(when)), _plain(when.humanize())):
        return True
    first = when.seconds[0]
    is_after = isinstance(first, int) and first > 0
    try:
        return When.lenient(_AFTER.sub("", words) if is_after else words) == when
    except WhenError:
        return False


def _plain(words: str) -> str:
    """Words without what makes no difference."""
    return " ".join(_BEFORE.sub("bc", words).split()).strip(_ENDS).casefold()
