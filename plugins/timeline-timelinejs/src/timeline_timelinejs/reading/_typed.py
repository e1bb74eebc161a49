"""Dates and times that stand in one text: those of TimelineJS 2, of old spreadsheets, and times of day."""

from __future__ import annotations

import re

import attrs

from timeline_timelinejs.reading._dates import PARTS, Field, GivenDate

_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")
_YEAR, _DIGITS = re.compile(r"-?[0-9]+"), re.compile(r"[0-9]*")
_HIGHEST = {"month": 12, "day": 31}
_ISO = re.compile(r"([+-]?[0-9]{4,})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:[T ]++(.*))?", re.DOTALL)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?")
_SLASHES = re.compile(r"([0-9]{1,2})/(?:([0-9]{1,2})/)?(-?[0-9]{1,6})(?:[ ,]++(.*))?", re.DOTALL)
_PERIOD = re.compile(r"([ap])\.?m\.?\Z", re.IGNORECASE)
_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{1,2})(?:[:.]([0-9]{1,2})(?:[.,:]([0-9]{1,9}))?)?)?")
_CLOCK_PARTS = PARTS[3:]


def date_of_text(field: Field) -> GivenDate:
    """A date of one text, in the ways in which TimelineJS 2 and its spreadsheets have it.

    Those are ``2011,12,10,14,30``, ``2011-12-10``, ``12/10/2011``, ``12/2011`` (the month first) and a year.
    What is none of them stands as a year, which is reported where it is read.
    """
    text = field.text.strip()
    if parts := _parts(text):
        # A time of zeros is none, as in the dates of numbers.
        return _given(field, parts, zeros=True)
    if match := _COMPACT.fullmatch(text):
        return _given(field, dict(zip(PARTS, match.groups(), strict=False)))
    if match := _ISO.fullmatch(text):
        return _with_clock(field, dict(zip(PARTS, match.groups()[:3], strict=False)), match[4])
    if match := _SLASHES.fullmatch(text):
        month, day, year, clock = match.groups()
        given = _with_clock(field, {"year": year, "month": month, "day": day}, clock)
        return attrs.evolve(given, has_slashes=True)
    return GivenDate(spot=field.spot, parts={"year": attrs.evolve(field, text=text)})


def _parts(text: str) -> dict[str, str] | None:
    """The parts of a date with commas between; None if it is none, but a number in groups of three or anything else."""
    found = [part.strip() for part in text.split(",")]
    if not 2 <= len(found) <= len(PARTS) or _THOUSANDS.fullmatch(text) or not _YEAR.fullmatch(found[0]):
        return None
    parts = dict(zip(PARTS, found, strict=False))
    if not all(_DIGITS.fullmatch(part) for part in found[1:]):
        return None
    # "1, 999" and "12,5,000" may be numbers that somebody wrote oddly: of such no year is made.
    limits = ((parts.get(name, ""), highest) for name, highest in _HIGHEST.items())
    return parts if all(len(part) <= 2 and int(part or 0) <= highest for part, highest in limits) else None


def _with_clock(field: Field, parts: dict[str, str | None], clock: str | None) -> GivenDate:
    given = _given(field, parts)
    if not clock:
        return given
    known = clock_of_text(attrs.evolve(field, text=clock, name="time"))
    return attrs.evolve(given, parts={**given.parts, **known}, clock=clock.strip())


def _given(field: Field, parts: dict[str, str] | dict[str, str | None], *, zeros: bool = False) -> GivenDate:
    found = {
        name: Field(value, field.spot, name, is_zero=zeros and name in _CLOCK_PARTS and not value.strip("0"))
        for name, value in parts.items()
        if value
    }
    return GivenDate(spot=field.spot, parts=found)


def clock_of_text(field: Field) -> dict[str, Field]:
    """The parts of a time of day: ``10:30 pm``, ``930``, ``14.30``, ``14:30:05.5``.

    What is none of them stands as an hour, which is reported where it is read.
    """
    text = field.text.strip()
    period = _PERIOD.search(text)
    digits = text[: period.start()].rstrip() if period else text
    together = _TOGETHER.fullmatch(digits)
    match = _CLOCK.fullmatch(digits)
    found: tuple[str | None, ...]
    if together:
        found = together.groups()
    elif match:
        found = match.groups()
    else:
        return {"hour": Field(text, field.spot, field.name)}
    hour = int(found[0] or 0)
    if period:
        if not 1 <= hour <= 12:
            return {"hour": Field(text, field.spot, field.name)}
        hour = hour % 12 + (12 if period[1].lower() == "p" else 0)
    values = (str(hour), *found[1:])
    return {
        name: Field(value, field.spot, field.name)
        for name, value in zip(_CLOCK_PARTS, values, strict=False)
        if value is not None
    }
