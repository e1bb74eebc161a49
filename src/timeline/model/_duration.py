"""Durations as iCalendar writes them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.errors import ModelError, quoted
from timeline.model import _fields as fields

if TYPE_CHECKING:
    from typing import Any

    import attrs

# RFC 5545, 3.3.6, without a sign: nothing lasts less than no time.
_N = r"(\d{1,9})"
_DURATION = re.compile(rf"P(?=.)(?:{_N}W|(?:{_N}D)?(?:T(?=.)(?:{_N}H)?(?:{_N}M)?(?:{_N}S)?)?)")


def to_timedelta(duration: str) -> timedelta | None:
    """A duration such as ``PT1H30M`` or ``P2W``; None if the text is none, or longer than Python can tell."""
    match = _DURATION.fullmatch(duration) if duration.isascii() else None
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(digits) if digits else 0 for digits in match.groups())
    try:
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def to_duration(length: timedelta) -> str:
    """A length of time, not less than none, as a duration: between hours and seconds there are minutes.

    Source: RFC 5545, 3.3.6.
    """
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    has_minutes = minutes or (hours and seconds)
    parts = ((hours, "H", hours), (minutes, "M", has_minutes), (seconds, "S", seconds))
    clock = "".join(f"{number}{unit}" for number, unit, is_told in parts if is_told)
    days = f"{length.days}D" if length.days else ""
    return f"P{days}T{clock}" if clock else f"P{days}" if days else "PT0S"


def check_duration(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    """Validate a duration that may be missing."""
    fields.text(_owner, field, value)
    if value is not None and to_timedelta(value) is None:
        raise ModelError((field.name,), quoted(value), "a duration such as PT1H30M, P2D or P2W (RFC 5545)")
