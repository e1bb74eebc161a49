"""Windows: where a date begins and ends at the outside, and how that is told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from timeline.when._calendar import DAY_SECONDS, Day, from_ordinal, from_seconds
from timeline.when._parts import Bound

if TYPE_CHECKING:
    from datetime import date, datetime

    Edge = int | Bound
    Window = tuple[Edge, Edge]


class Duration(NamedTuple):
    """How long a date may last, in seconds; `math.inf` is without end.

    Attributes:
        shortest: At least so long.
        longest: At most so long; `math.inf` too if nobody knows.
    """

    shortest: float
    longest: float

    @property
    def days(self) -> tuple[float, float]:
        """The same in days of 86,400 seconds."""
        return self.shortest / DAY_SECONDS, self.longest / DAY_SECONDS


def days_of_window(window: Window) -> Window:
    """A window of seconds as half-open ordinals of the days that it touches."""
    start, end = window
    return (
        start if isinstance(start, Bound) else start // DAY_SECONDS,
        end if isinstance(end, Bound) else -(-end // DAY_SECONDS),
    )


def numbers(window: Window) -> tuple[float, float]:
    """The two ends of a window as numbers that compare: an end without a date is infinite."""
    start, end = window
    return -math.inf if isinstance(start, Bound) else start, math.inf if isinstance(end, Bound) else end


def earliest_of(start: Edge, *, clock: bool | None) -> date | datetime | Day | None:
    """The first day or, with a clock (True: in UTC), the first second; None without a bound."""
    if isinstance(start, Bound):
        return None
    return from_ordinal(start // DAY_SECONDS) if clock is None else from_seconds(start, utc=clock)


def latest_of(end: Edge, *, clock: bool | None) -> date | datetime | Day | None:
    """The last day or, with a clock (True: in UTC), the last second; None without a bound."""
    if isinstance(end, Bound):
        return None
    return from_ordinal((end - 1) // DAY_SECONDS) if clock is None else from_seconds(end - 1, utc=clock)
