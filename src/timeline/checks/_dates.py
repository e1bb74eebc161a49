"""What rules ask of dates: only what is certain, whatever the dates may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks._seam import Severity
from timeline.when import Bound, numbers

if TYPE_CHECKING:
    from timeline.when import When


def begins_after(later: When, earlier: When) -> bool:
    """Whether a date certainly begins when another has ended.

    The windows are asked first: they are quick, and nearly always enough to say no.
    """
    start = later.seconds[0]
    if isinstance(start, Bound):
        return False
    end = earlier.seconds[1]
    return not isinstance(end, Bound) and start >= end and later.certainly_after(earlier)


def softened(*whens: When | None) -> Severity | None:
    """How bad a contradiction of dates is; None for as bad as the rule says.

    A warning if one of them is "about" or uncertain: ``~`` and ``?`` have no width in EDTF, so nobody
    can say that what bears one is certainly wrong. Also if one ends where the other begins: two
    days that follow each other may be one in two parts of the world.
    """
    given = [when for when in whens if when is not None]
    if any(when.is_qualified for when in given):
        return Severity.WARNING
    windows = [numbers(when.window) for when in given]
    touch = len(windows) == 2 and (windows[0][0] == windows[1][1] or windows[1][0] == windows[0][1])
    return Severity.WARNING if touch else None
