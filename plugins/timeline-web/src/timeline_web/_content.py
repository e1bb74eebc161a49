"""The content of a page: what its lists, filters and drawing are made from."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from timeline.formats import ExportContext
from timeline.model import Status
from timeline_timelinejs import Slides, TimelineJsOptions
from timeline_web._chapters import Chapter, chapters, in_order
from timeline_web._states import Past, State, stops
from timeline_web._view import Choice
from timeline_web._words import Words, anchor, certainty, searched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from timeline.model import Event, Timeline
    from timeline_web._view import EventView


class Draw(Protocol):
    """Makes the element of an event in the list."""

    def __call__(self, event: EventView, /, *, opens_year: bool) -> Markup:
        """The element; the first event of a year in a chapter has the year beside it."""


_STATUSES = list(Status)
# What a browser draws of an address without asking a script of another host.
_FILES = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".mp4", ".webm", ".mp3", ".wav", ".m4a")


@attrs.frozen(kw_only=True)
class Item:
    """An event of a page.

    Attributes:
        event: The event.
        view: What is to be said of it.
        html: Its element in the list.
        slide: How TimelineJS shows it; None if it cannot.
        states: How it looked before, as the script of the page takes it.
    """

    event: Event
    view: EventView
    html: Markup
    slide: dict[str, Any] | None
    states: list[dict[str, Any]]


class Content:
    """What a page says of a timeline at a moment."""

    def __init__(self, timeline: Timeline, ctx: ExportContext, *, draw: bool) -> None:
        """Work out what all pages of it share.

        Args:
            timeline: The timeline.
            ctx: The options of the page and its moment; takes losses.
            draw: Whether TimelineJS draws it.
        """
        options = ctx.options
        self.timeline, self._ctx = timeline, ctx
        drawn = ExportContext(
            options=TimelineJsOptions(group=options.group, media=options.media, language=options.language, record="no"),
            now=ctx.now,
        )
        slides = Slides(timeline, drawn)
        # A language that cannot be had is lost to the whole page; what else the drawing cannot say, the list does.
        ctx.losses.extend(drawn.losses)
        for loss in drawn.losses:
            ctx.warn(loss.message)
        self.slides = slides if draw else None
        self.labels = slides.labels
        self.now = ctx.now.toordinal()
        self.statuses = timeline.statuses(ctx.now)
        self._past = Past(timeline, self.now, self.statuses)
        if later := self._past.later():
            ctx.warn(
                f"of {later:,} event{'s' if later > 1 else ''} the page tells what was said after its day, "
                f"{ctx.now.date()}: --as-of leaves that out"
            )
        self.events = in_order(timeline)
        self.chapters: tuple[Chapter, ...] = chapters(self.events, options.chapters, self.statuses, self.labels)
        self.words = Words(
            timeline, self.labels, load_media=options.media == "load", href=lambda event_id: f"#{anchor(event_id)}"
        )

    @functools.cached_property
    def _by_tag(self) -> Counter[str]:
        return Counter(tag for event in self.events for tag in dict.fromkeys(event.tags))

    @functools.cached_property
    def _by_source(self) -> Counter[str]:
        return Counter(source for event in self.events for source in event.cited)

    @functools.cached_property
    def tags(self) -> dict[str, int]:
        """The numbers of the tags, the most frequent first."""
        return _numbered(self._by_tag)

    @functools.cached_property
    def sources(self) -> dict[str, int]:
        """The numbers of the sources that events name, the most frequent first."""
        return _numbered(self._by_source)

    @functools.cached_property
    def _states(self) -> dict[str, tuple[State, ...]]:
        return {event.id: self._past.of(event) for event in self.events}

    @functools.cached_property
    def stops(self) -> tuple[int, ...]:
        """The days at which the slider stops."""
        return stops((state.day for states in self._states.values() for state in states), self.now)

    @functools.cached_property
    def choices(self) -> tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[Choice, ...]]:
        """What to filter by: statuses (of earlier days, too), tags and sources, with how many events each has now."""
        by_status = Counter(self.statuses.values())
        of_old = {state.status for states in self._states.values() for state in states}
        statuses = tuple(
            Choice(
                key=status.value,
                word=self.labels.status(status),
                count=by_status[status],
                certainty=certainty(status),
            )
            for status in _STATUSES
            if status in by_status or status in of_old
        )
        return (
            statuses,
            tuple(Choice(key=tag, word=tag, count=self._by_tag[tag]) for tag in self.tags),
            tuple(
                Choice(key=id, word=self.words.source(id).link.text, count=self._by_source[id]) for id in self.sources
            ),
        )

    def items(self, chapter: Chapter, draw: Draw) -> Iterator[Item]:
        """The events of a chapter.

        Args:
            chapter: The chapter.
            draw: Makes the element of an event.
        """
        year: str | None = None
        for event in self._ctx.track(chapter.events):
            view = self.words.event(event, self.statuses[event.id])
            opens_year, year = view.year is not None and view.year != year, view.year
            yield Item(
                event=event,
                view=view,
                html=draw(view, opens_year=opens_year),
                slide=self._slide(event, self.statuses[event.id]),
                states=[self._state(state, draw) for state in self._states[event.id]],
            )

    def _state(self, state: State, draw: Draw) -> dict[str, Any]:
        return {
            "from": state.day,
            "status": _STATUSES.index(state.status),
            "html": draw(self.words.event(state.event, state.status), opens_year=False),
            "slide": self._slide(state.event, state.status),
        }

    def _slide(self, event: Event, status: Status) -> dict[str, Any] | None:
        if self.slides is None:
            return None
        slide = self.slides.slide(event, status)
        if slide is not None and "media" in slide:
            address = str(slide["media"].get("url", "")).partition("?")[0].lower()
            if not address.endswith(_FILES):
                # A film of another site brings that site's script, which the policy of the page does not let run.
                del slide["media"]
        return slide

    def index(self) -> list[list[Any]]:
        """A row for each event, for the filters; see ``page.js``."""
        names = {id: self.words.name(id) for id in self.sources}
        rows: list[list[Any]] = []
        for number, chapter in enumerate(self.chapters):
            for event in chapter.events:
                states = self._states[event.id]
                known = states[0].day if states else None
                rows.append(
                    [
                        event.id,
                        number,
                        _STATUSES.index(self.statuses[event.id]),
                        [self.tags[tag] for tag in dict.fromkeys(event.tags)],
                        [self.sources[id] for id in event.cited],
                        known,
                        searched(event, (names[id] for id in event.cited)),
                        [[state.day, _STATUSES.index(state.status)] for state in states],
                    ]
                )
        return rows


def _numbered(words: Counter[str]) -> dict[str, int]:
    return {word: number for number, (word, _) in enumerate(words.most_common())}
