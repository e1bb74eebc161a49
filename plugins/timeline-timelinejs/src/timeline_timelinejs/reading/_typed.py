"""Dates and times that stand in one text: those of TimelineJS 2, of old spreadsheets, and times of day."""

from __future__ import annotations

import re

import attrs

from timeline_timelinejs.reading._dates import PARTS, Field, GivenDate

_COMMAS = re.compile(r"\s*-?[0-9]+\s*(?:,\s*[0-9]*\s*){1,6}")
_ISO = re.compile(r"([+-]?[0-9]{4,})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:[T ]+(.*))?", re.DOTALL)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?")
_SLASHES = re.compile(r"([0-9]{1,2})/(?:([0-9]{1,2})/)?(-?[0-9]{1,6})(?:[ ,]+(.*))?", re.DOTALL)
_PERIOD = re.compile(r"(.*?)\s*([ap])\.?m\.?", re.IGNORECASE | re.DOTALL)
_TOGETHER = re.compile(r"([0-9]{1,2})([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{1,2})(?:[:.]([0-9]{1,2})(?:[.,:]([0-9]{1,9}))?)?)?")
_CLOCK_PARTS = PARTS[3:]


def date_of_text(field: Field) -> GivenDate:
    """A date of one text, in the ways in which TimelineJS 2 and its spreadsheets have it.

    Those are ``2011,12,10,14,30``, ``2011-12-10``, ``12/10/2011``, ``12/2011`` (the month first) and a year.
    What is none of them stands as a year, which is reported where it is read.
    """
    text = field.text.strip()
    if _COMMAS.fullmatch(text) and not re.fullmatch(r"[0-9]{1,3},[0-9]{3}", text):
        found = [part.strip() for part in text.split(",")]
        # A time of zeros is none, as in the dates of numbers.
        return _given(field, dict(zip(PARTS, found, strict=False)), zeros=True)
    if match := _COMPACT.fullmatch(text):
        return _given(field, dict(zip(PARTS, match.groups(), strict=False)))
    if match := _ISO.fullmatch(text):
        return _with_clock(field, dict(zip(PARTS, match.groups()[:3], strict=False)), match[4])
    if match := _SLASHES.fullmatch(text):
        month, day, year, clock = match.groups()
        return _with_clock(field, {"year": year, "month": month, "day": day}, clock)
    return GivenDate(spot=field.spot, parts={"year": attrs.evolve(field, text=text)})


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
    period = _PERIOD.fullmatch(text)
    digits = period[1] if period else text
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
        hour = hour % 12 + (12 if period[2].lower() == "p" else 0)
    values = (str(hour), *found[1:])
    return {
        name: Field(value, field.spot, field.name)
        for name, value in zip(_CLOCK_PARTS, values, strict=False)
        if value is not None
    }
