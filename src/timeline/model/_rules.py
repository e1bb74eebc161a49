"""What a recurrence rule may be."""

from __future__ import annotations

import re
from datetime import datetime

from timeline.errors import quoted

# RFC 5545, 3.3.10: what each part of a rule may be, without the signs that some may have.
_RANGES = {
    "INTERVAL": (1, None),
    "COUNT": (1, None),
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_SIGNED = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = frozenset({"FREQ", "UNTIL", "BYDAY", "WKST", *_RANGES})


def check_rule(rule: str) -> None:
    """Refuse a rule that dateutil would take for another, and one that no day can ever meet.

    What RFC 5545, 3.3.10 forbids besides can still be followed, and stands in real calendars.

    Raises:
        ValueError: It is no such rule; the message says why.
    """
    if re.search(r"[\s:]", rule):
        message = "one rule, without its name"
        raise ValueError(message)
    pairs = [part.partition("=")[::2] for part in rule.upper().split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs):
        message = "each part once"
        raise ValueError(message)
    if parts.get("FREQ") not in _FREQUENCIES:
        message = f"FREQ, one of: {', '.join(_FREQUENCIES)}"
        raise ValueError(message)
    for name, value in parts.items():
        if name not in _PARTS:
            message = f"no part {quoted(name)}"
            raise ValueError(message)
        lowest, highest = _RANGES.get(name, (None, None))
        for number in value.split(",") if lowest is not None else ():
            digits = number.lstrip("+-") if name in _SIGNED else number
            if not digits.isascii() or not digits.isdigit() or not _within(int(digits), lowest, highest):
                message = f"{name} from {lowest} to {highest}" if highest else f"{name} of 1 or more"
                raise ValueError(message)
    reason = _end_of(parts) or (None if _comes(parts) else "a day that there is")
    if reason:
        raise ValueError(reason)


def _end_of(parts: dict[str, str]) -> str | None:
    """What is wrong with how a rule ends."""
    if "COUNT" in parts and "UNTIL" in parts:
        return "COUNT or UNTIL, not both"
    # dateutil takes any date that people type, and more.
    return "UNTIL as 20241231 or 20241231T235959Z" if not _is_moment(parts.get("UNTIL", "20000101")) else None


def _is_moment(text: str) -> bool:
    """Whether a text is a day or a time as iCalendar writes it, and there is such a one."""
    try:
        return bool(re.fullmatch(r"[0-9]{8}(T[0-9]{6}Z?)?", text)) and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _within(number: int, lowest: int | None, highest: int | None) -> bool:
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def _comes(parts: dict[str, str]) -> bool:
    """Whether a rule ever makes a day: dateutil looks for one up to the year 9999.

    So it is asked shortly before that, in years of every kind: common and leap, begun on each day of the week.
    """
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - few events happen again

    rule = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL", "INTERVAL"))
    return next(iter(rrulestr(rule, dtstart=datetime(9971, 1, 1))), None) is not None  # noqa: DTZ001 - of no zone
