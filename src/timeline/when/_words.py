"""Dates in plain English, without saying more than they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.when._parts import Bound, Grain, Kind, Part, Qualifier, Range, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter",
    25: "northern spring", 26: "northern summer", 27: "northern autumn", 28: "northern winter",
    29: "southern spring", 30: "southern summer", 31: "southern autumn", 32: "southern winter",
    33: "first quarter of", 34: "second quarter of", 35: "third quarter of", 36: "fourth quarter of",
    37: "first four months of", 38: "second four months of", 39: "third four months of",
    40: "first half of", 41: "second half of",
}  # fmt: skip
_THE = 33  # from this code on, a season is named with "the"


def say(kind: Kind, parts: tuple[Part, ...]) -> str:
    """Say a date in English; see `When.humanize`."""
    if kind is Kind.POINT:
        return _say(parts[0])
    if kind is Kind.SPAN:
        return _say_span(*parts)
    if kind is Kind.ALL_OF:
        return _enumerate([_say_all_of(part) for part in parts], "and")
    if len(parts) == 1:
        return _say_once(parts[0])
    return "one of " + _enumerate([_say_once(part) for part in parts], "or")


def _say_span(start: Part, end: Part) -> str:
    if start is Bound.OPEN:
        return f"until {_say(end)}"
    if end is Bound.OPEN:
        return f"from {_say(start)} on"
    if start is Bound.UNKNOWN:
        return f"from an unknown date to {_say(end)}"
    if end is Bound.UNKNOWN:
        return f"from {_say(start)} to an unknown date"
    return f"from {_say(start)} to {_say(end)}"


def _say_once(part: Part) -> str:
    """A member of a one-of set: the event falls once within it."""
    if not isinstance(part, Range):
        return _say(part)
    if isinstance(part.first, Bound):
        return f"no later than {_say(part.last)}"
    if isinstance(part.last, Bound):
        return f"no earlier than {_say(part.first)}"
    return f"some time between {_say(part.first)} and {_say(part.last)}"


def _say_all_of(part: Part) -> str:
    """A member of an all-of set: a range stands for each of its units."""
    if not isinstance(part, Range):
        return _say(part)
    if isinstance(part.first, Bound):
        return f"every {_noun(part.last)} up to {_say(part.last)}"
    if isinstance(part.last, Bound):
        return f"every {_noun(part.first)} since {_say(part.first)}"
    return f"every {_noun(part.first)} from {_say(part.first)} to {_say(part.last)}"


def _say(part: Part) -> str:
    """One unit: "about August 2024 (uncertain)"."""
    if not isinstance(part, Unit):
        message = f"expected a unit, found {part!r}"
        raise TypeError(message)
    text = _say_unit(part)
    if part.qualifier in (Qualifier.APPROXIMATE, Qualifier.BOTH):
        text = f"about {text}"
    if part.qualifier in (Qualifier.UNCERTAIN, Qualifier.BOTH):
        text = f"{text} (uncertain)"
    return text


def _say_unit(unit: Unit) -> str:
    year = str(unit.year) if unit.year > 0 else f"{1 - unit.year} BC"
    if unit.month is None:
        return year
    if unit.grain is Grain.SEASON:
        name = _SEASONS[unit.month]
        return f"the {name} {year}" if unit.month >= _THE else f"{name} {year}"
    month = f"{MONTHS[unit.month - 1]} {year}"
    return month if unit.day is None else f"{unit.day} {month}"


def _noun(part: Part) -> str:
    return part.grain.name.lower() if isinstance(part, Unit) else "date"


def _enumerate(items: Sequence[str], conjunction: str) -> str:
    if len(items) == 1:
        return items[0]
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"
