"""The era of what was yet to come."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any

from timeline.labels import Label
from timeline.when import When, as_moment, from_ordinal
from timeline_timelinejs._dates import Scale
from timeline_timelinejs.markup import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.labels import Labels
    from timeline.when import Moment

    Parts = tuple[int, ...]


class Horizon:
    """How far slides reach beyond a day: shown all of them, it makes the era from the day after it on."""

    def __init__(self, now: Moment, scale: Scale, labels: Labels) -> None:
        """Remember the day.

        Args:
            now: The day; a moment stands for its day in UTC.
            scale: How the slides count.
            labels: The words.
        """
        day = as_moment(now).date()
        after, second = (from_ordinal(day.toordinal() + days) for days in (1, 2))
        self._scale, self._labels = scale, labels
        self._words = When.of(day).humanize(labels.language)
        self._start = _kept((after.year, after.month, after.day), scale)
        # TimelineJS takes an era that ends where it begins for a mistake, and draws nothing at all.
        self._least = _kept((second.year, second.month, second.day), scale)
        self._reach: Parts | None = None

    def add(self, slide: Mapping[str, Any]) -> None:
        """Take notice of how far a slide reaches."""
        start, end = slide["start_date"], slide.get("end_date")
        # Of a marker nothing is drawn after the first day of its year or month: it is yet to come if that is.
        if end is None and _kept(_day(start, last=False), self._scale) < self._start:
            return
        reach = _kept(_day(end or start, last=True), self._scale)
        if reach >= self._start:
            self._reach = max(self._reach or self._least, reach)

    def era(self) -> dict[str, Any] | None:
        """The era "Future (as of ...)" until the last day that is drawn; None if nothing is drawn after the day."""
        if self._reach is None or self._reach == self._start:
            return None
        headline = self._labels.text(Label.FUTURE_AS_OF, date=self._words)
        return {
            "start_date": _date(self._start),
            "end_date": _date(self._reach),
            "text": {"headline": escape(headline)},
        }


def _kept(day: Parts, scale: Scale) -> Parts:
    return day if scale is Scale.HUMAN else day[:1]


def _day(date: Mapping[str, int | str], *, last: bool) -> Parts:
    """The first or last day of a date of TimelineJS."""
    year, month = int(date["year"]), int(date.get("month") or (12 if last else 1))
    day = int(date.get("day") or (monthrange(year, month)[1] if last else 1))
    return year, month, day


def _date(parts: Parts) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), parts, strict=False))
