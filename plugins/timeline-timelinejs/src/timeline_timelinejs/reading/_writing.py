"""Finds out how one of our exports was written: its options, and what its events were at that moment.

A file does not say so. It is written again, in one way after another, until it is the same.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from timeline.formats import ExportContext, ImportContext
from timeline.model import Event, Status
from timeline_timelinejs._options import TimelineJsOptions
from timeline_timelinejs._record import RECORD
from timeline_timelinejs._slides import Slides
from timeline_timelinejs.reading._future import languages
from timeline_timelinejs.reading._report import Report
from timeline_timelinejs.reading._v3 import Version3

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.model import Timeline
    from timeline_timelinejs.reading._slide import Slide

_WAYS = tuple(itertools.product(("group", "tag", "place", "status", "none"), ("load", "link")))
_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_LOOKED_AT = 20
"""How many slides are looked at to find out with which options a file was written."""
_SEARCHES = 20
"""For how many slides all options are tried, if those found do not fit."""
_FIELDS = ("display_date", "group", "text", "media")


class Written(NamedTuple):
    """A slide as we would have written it.

    Attributes:
        value: Its object.
        group: The option that made its row.
        made: What makes such slides.
        status: What the event was.
    """

    value: dict[str, Any]
    group: str
    made: Slides
    status: Status


class Writing:
    """How one file was written.

    Args:
        timeline: What was kept of the timeline.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = _with_neighbours(timeline)
        self._made: dict[tuple[str, str, str], Slides] = {}
        self._statuses = list(Status)
        self._searches = _SEARCHES
        self._way = _WAYS[0]
        self.language = "en"

    def slides(self, group: str = "group", media: str = "load", *, language: str | None = None) -> Slides:
        """What makes slides with some options, in the language of the file."""
        key = (language or self.language, group, media)
        if key not in self._made:
            options = TimelineJsOptions(language=key[0], group=group, media=media)
            self._made[key] = Slides(self._timeline, ExportContext(options=options, now=_DAY))
        return self._made[key]

    def find_out(self, title: Slide | None, entries: Sequence[tuple[Mapping[str, Any], Event]]) -> None:
        """Find out in which language the words of the slides are, and what made the rows.

        Args:
            title: The title slide.
            entries: The objects of slides, each with the event that was kept.
        """
        looked_at, most = entries[:_LOOKED_AT], -1
        statuses: list[Status | None] = []
        for language in languages(self._timeline.language):
            found = [self._status(self.slides(*_WAYS[0], language=language), *entry) for entry in looked_at]
            count = sum(status is not None for status in found)
            if title is not None:
                made = self.slides(language=language).title()
                count += plain(title.text("text")) == plain(read_slide(made).text("text"))
            if count > most:
                self.language, most, statuses = language, count, found
            if count == len(looked_at) + (title is not None):
                break
        known = [(*entry, status) for entry, status in zip(looked_at, statuses, strict=True) if status is not None]
        best = -1.0
        for way in _WAYS:
            made_so = self.slides(*way)
            alike = 0.0
            for seen, event, status in known:
                value = made_so.slide(event, status) or {}
                _fill(value, seen)
                alike += _alike(value, seen)
            if alike > best:
                self._way, best = way, alike
            if alike >= len(known) * _ALIKE:
                break

    def _status(self, made: Slides, seen: Mapping[str, Any], event: Event) -> Status | None:
        """What an event was, by the words of its date on its slide."""
        for status in self._statuses:
            expected = made.slide(event, status)
            if expected is None:
                return None
            if expected["display_date"] == seen.get("display_date"):
                self._remember(status)
                return status
        return None

    def _remember(self, status: Status) -> None:
        """Try a status first the next time: neighbours are often alike."""
        self._statuses.remove(status)
        self._statuses.insert(0, status)

    def of(self, seen: Mapping[str, Any], event: Event) -> Written | None:
        """The slide of an event as we would have written it, as like as can be to the one that is there.

        Args:
            seen: The object of the slide that is there.
            event: The event.

        Returns:
            The slide, equal to the one that is there if nobody changed it; None if we write none.
        """
        best = self._best(seen, event, [self._way], self._statuses)
        if best is None or best.value == seen or self._searches <= 0:
            return best
        self._searches -= 1
        is_told = best.value["display_date"] == seen.get("display_date")
        statuses = _told_like(best.status) if is_told else self._statuses
        return self._best(seen, event, [self._way, *(way for way in _WAYS if way != self._way)], statuses)

    def _best(
        self, seen: Mapping[str, Any], event: Event, ways: Iterable[tuple[str, str]], statuses: Sequence[Status]
    ) -> Written | None:
        best: Written | None = None
        most = -1.0
        for way in ways:
            made, left = self.slides(*way), list(statuses)
            while left:
                status = left.pop(0)
                value = made.slide(event, status)
                if value is None:
                    return None
                # An id that somebody changed is taken elsewhere.
                value["unique_id"] = seen.get("unique_id")
                _fill(value, seen)
                alike = _alike(value, seen)
                if alike > most:
                    best, most = Written(value, way[0], made, status), alike
                if value == seen:
                    self._remember(status)
                    return best
                if value["display_date"] == seen.get("display_date"):
                    left = [other for other in left if other in _told_like(status)]
        return best


_FACTS = (Status.OCCURRED, Status.ONGOING)
_ALIKE = len(_FIELDS) + 1.0


_NEIGHBOUR = "Titleofaneventthatisnothere"
"""Stands for the titles of events that have no slide: those that had no date, and those that were deleted."""


def _with_neighbours(timeline: Timeline) -> Timeline:
    """A timeline with stand-ins for the events that its events name and that are not in it."""
    here = {event.id for event in timeline.events}
    named: dict[str, None] = {}
    for event in timeline.events:
        ids = [*event.after, *(claim.condition_event for claim in event.claims)]
        ids.append(event.outcome.by if event.outcome is not None else None)
        named |= {id: None for id in ids if id is not None and id not in here}
    if not named:
        return timeline
    stand_ins = [Event(id=id, title=_NEIGHBOUR) for id in named]
    return attrs.evolve(timeline, events=[*timeline.events, *stand_ins])


def end_of(beginning: str, text: str) -> int | None:
    """How far a text that we wrote reaches into another that begins with it; None if it does not.

    In the places of titles that nobody knows there may be anything.
    """
    first, *rest = beginning.split(_NEIGHBOUR)
    if not text.startswith(first):
        return None
    end = len(first)
    for piece in rest:
        found = text.find(piece, end)
        if found < 0:
            return None
        end = found + len(piece)
    return end


def start_of(ending: str, text: str) -> int | None:
    """The same for a text that ends with one that we wrote."""
    *rest, last = ending.split(_NEIGHBOUR)
    if not text.endswith(last):
        return None
    start = len(text) - len(last)
    for piece in reversed(rest):
        start = text.rfind(piece, 0, start)
        if start < 0:
            return None
    return start


def _fill(value: dict[str, Any], seen: Mapping[str, Any]) -> None:
    """Put the titles that nobody knows into a slide, if the one that is there has any in their places."""
    expected, found = _text_of(value), _text_of(seen)
    head, token, last = expected.rpartition(_NEIGHBOUR)
    end = end_of(head, found) if token else None
    if end is not None and found.endswith(last) and end + len(last) <= len(found):
        value["text"] = {**value["text"], "text": found}


def _told_like(status: Status) -> Sequence[Status]:
    """The statuses that are told by the same words: only what happened and what goes on are."""
    return _FACTS if status in _FACTS else (status,)


def _alike(expected: Mapping[str, Any], seen: Mapping[str, Any]) -> float:
    """How much two slides have in common: fields, and how far their texts begin alike."""
    if not expected:
        return 0.0
    same = sum(1 for key in _FIELDS if expected.get(key) == seen.get(key))
    if expected.get("text") == seen.get("text"):
        return same + 1.0
    one, other = _text_of(expected), _text_of(seen)
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    return same + min(0.9, start / (len(one) or 1))


def _text_of(slide: Mapping[str, Any]) -> str:
    text = slide.get("text")
    return str(text.get("text") or "") if isinstance(text, dict) else ""


def plain(html: str) -> str:
    """HTML in which all blanks are alike."""
    return " ".join(html.split())


def read_slide(value: dict[str, Any]) -> Slide:
    """A slide that we wrote, read."""
    return Version3({}, silent()).slide(value, ())


def silent() -> Report:
    """A report that nobody reads."""
    return Report(ImportContext(options=None), "")


def without_record(value: Mapping[str, Any]) -> dict[str, Any]:
    """The object of a slide without what it keeps of its event."""
    return {key: each for key, each in value.items() if key != RECORD}
