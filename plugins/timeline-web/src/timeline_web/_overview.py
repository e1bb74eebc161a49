"""Where chapters and marks are on the strip that shows the whole span."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline.when import When, from_ordinal, numbers
from timeline_web._view import ChapterView, Tick

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline.model import Status
    from timeline_web._chapters import Chapter

_MOST_TICKS = 8
_STEPS = (1, 2, 5)
# What a chapter without days takes beside those that have some, and the least that can be hit.
_ASIDE, _MOST_ASIDE, _LEAST = 0.04, 0.3, 0.002
_YEARS_FROM = 3 * 366


@attrs.frozen(kw_only=True)
class Overview:
    """The strip.

    Attributes:
        chapters: The chapters with their places.
        ticks: Marks.
        now: Where the moment of the page is; None outside.
        end: Where time ends: what has none stands after it.
    """

    chapters: tuple[ChapterView, ...]
    ticks: tuple[Tick, ...] = ()
    now: float | None = None
    end: float = 1.0


def overview(
    chapters: Sequence[Chapter],
    statuses: Mapping[str, Status],
    *,
    now: int,
    href: Callable[[Chapter], str],
    language: str,
) -> Overview:
    """Place the chapters of a timeline.

    Those of a time are where that time is; others stand one after another.

    Args:
        chapters: The chapters.
        statuses: What each event is, by its id.
        now: The ordinal of the day of the page.
        href: Where a chapter is.
        language: The language of the marks.
    """
    fullest = max(len(chapter.events) for chapter in chapters) or 1
    timed = [chapter.days for chapter in chapters if chapter.days is not None]
    others = len(chapters) - len(timed)
    share = 1 - min(_ASIDE * others, _MOST_ASIDE) if timed else 0.0
    first, last = (min(start for start, _ in timed), max(end for _, end in timed)) if timed else (0, 1)
    scale = share / (last - first)
    views: list[ChapterView] = []
    rest = share
    aside = (1 - share) / max(1, others)
    for chapter in chapters:
        if chapter.days is None:
            x, width = rest, aside
            rest += aside
        else:
            start, end = chapter.days
            x, width = (start - first) * scale, max((end - start) * scale, _LEAST)
        views.append(
            ChapterView(
                id=chapter.id,
                label=chapter.label,
                count=len(chapter.events),
                href=href(chapter),
                x=round(min(x, 1 - width), 5),
                width=round(width, 5),
                height=round(len(chapter.events) / fullest, 4),
                open=sum(statuses[event.id].is_open for event in chapter.events),
            )
        )
    ticks = tuple(Tick(x=round((day - first) * scale, 5), label=words) for day, words in _ticks(first, last, language))
    inside = timed and first <= now <= last
    return Overview(
        chapters=tuple(views),
        ticks=ticks if timed else (),
        now=round((now - first) * scale, 5) if inside else None,
        end=round(share, 5) if timed else 1.0,
    )


def _ticks(first: int, last: int, language: str) -> list[tuple[int, str]]:
    """Years, or months of a short span, at which to put marks."""
    if last - first < _YEARS_FROM:
        return _months(first, last, language)
    years = from_ordinal(first).year, from_ordinal(last).year
    step = _step((years[1] - years[0]) / _MOST_TICKS)
    # Before the common era years are round as historians count them.
    marks = [When.of(year if year > 0 else year + 1) for year in range(-(-years[0] // step) * step, years[1] + 1, step)]
    found = [(int(numbers(mark.window)[0]), mark.humanize(language, style="short")) for mark in marks]
    return [(day, words) for day, words in found if first <= day < last]


def _step(least: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 ..."""
    power = 1
    while True:
        for digit in _STEPS:
            if digit * power >= least:
                return digit * power
        power *= 10


def _months(first: int, last: int, language: str) -> list[tuple[int, str]]:
    start, end = from_ordinal(first), from_ordinal(last)
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    step = max(1, -(-count // _MOST_TICKS))
    found = []
    for number in range(0, count, step):
        year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
        if abs(year) > 9999:  # the last year of which EDTF has months
            break
        mark = When.parse(f"{year:0{5 if year < 0 else 4}}-{month + 1:02}")
        day = int(numbers(mark.window)[0])
        if first <= day < last:
            found.append((day, mark.humanize(language, style="short")))
    return found
