"""Finds what somebody changed on the slides of our exports, and takes it into the events."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import attrs

from timeline.errors import ModelError
from timeline.formats import ExportContext
from timeline.when import Grain, Kind
from timeline_timelinejs._options import TimelineJsOptions
from timeline_timelinejs._slides import Slides
from timeline_timelinejs.reading._dates import timing
from timeline_timelinejs.reading._events import media_of
from timeline_timelinejs.reading._markup import to_text, words
from timeline_timelinejs.reading._report import shown
from timeline_timelinejs.reading._texts import to_markdown
from timeline_timelinejs.reading._words import say_more
from timeline_timelinejs.reading._writing import (
    Writing,
    end_of,
    plain,
    read_slide,
    silent,
    start_of,
    without_record,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline.model import Event, Timeline
    from timeline_timelinejs.reading._report import Report
    from timeline_timelinejs.reading._slide import Entry, Slide
    from timeline_timelinejs.reading._writing import Written

_PROBE = "Textofitsown"
_DAY = datetime(2000, 1, 1, tzinfo=UTC)


class Edits:
    """What was changed on the slides of one file.

    Args:
        timeline: What was kept of the timeline.
        title: The title slide.
        entries: The slides, each with the event that was kept.
        report: Takes what was changed.
    """

    def __init__(
        self, timeline: Timeline, title: Slide | None, entries: Sequence[tuple[Entry, Event]], report: Report
    ) -> None:
        self._report, self._title = report, title
        self._writing = Writing(timeline)
        self._writing.find_out(title, [(without_record(value), event) for (_, value), event in entries])

    def taken(self, event: Event, slide: Slide, value: Mapping[str, Any]) -> Event:
        """An event with what was changed on its slide."""
        seen = without_record(value)
        written = self._writing.of(seen, event)
        if written is None:
            # TimelineJS draws no such date: so this slide is not as we wrote it.
            return taken_date(event, slide, None, self._report)
        return event if written.value == seen else _Comparison(event, slide, written, self._report).taken()

    def of_title(self, timeline: Timeline) -> Timeline:
        """The timeline with what was changed on its title slide."""
        title = self._title
        if title is None:
            return timeline
        expected = read_slide(self._writing.slides().title())
        headline = to_text(title.text("headline"))
        if not headline.strip() and expected.text("headline"):
            self._report.fault(title.spot_of("headline"), "a title slide without a headline", _had(timeline.title))
        elif headline != to_text(expected.text("headline")):
            self._report.fault(title.spot_of("headline"), f"the headline {shown(headline)}", _was(timeline.title))
            timeline = attrs.evolve(timeline, title=headline)
        if plain(title.text("text")) != plain(expected.text("text")):
            probe = Slides(
                attrs.evolve(timeline, text=_PROBE),
                ExportContext(options=TimelineJsOptions(language=self._writing.language), now=_DAY),
            )
            probed = read_slide(probe.title()).text("text")
            tell = _teller(title, self._report)
            text = _new_text(title.text("text"), expected.text("text"), probed, timeline.text, tell)
            if text is None:
                self._report.fault(
                    title.spot_of("text"), "facts in the text of the title slide that somebody changed", _KEPT
                )
            else:
                self._report.fault(title.spot_of("text"), "the text of the title slide, which somebody changed", _TAKEN)
                timeline = attrs.evolve(timeline, text=text)
        return timeline


_KEPT = "what we wrote with another text in its midst, before or behind it; what is recorded is kept"
_TAKEN = "what we wrote; it is taken"


def _was(text: str) -> str:
    return f"{shown(text)}, as we wrote it; the new one is taken"


def _had(title: str) -> str:
    return f"one; {shown(title)} is kept"


class _Comparison:
    """A slide beside the one that we would have written."""

    def __init__(self, event: Event, slide: Slide, written: Written, report: Report) -> None:
        self._event, self._slide, self._written = event, slide, written
        self._expected, self._report = read_slide(written.value), report

    def taken(self) -> Event:
        """The event with all that was changed."""
        event = taken_date(self._event, self._slide, self._expected, self._report)
        event = self._headline(event)
        event = self._text(event)
        event = self._row(event)
        event = self._media(event)
        event = self._place(event)
        return self._words(event)

    def _differs(self, name: str) -> bool:
        return to_text(self._slide.text(name)) != to_text(self._expected.text(name))

    def _probe(self, event: Event, name: str) -> str:
        """A text of the slide of a changed event."""
        made = self._written.made.slide(event, self._written.status)
        return "" if made is None else read_slide(made).text(name)

    def _headline(self, event: Event) -> Event:
        headline = to_text(self._slide.text("headline"))
        if not self._differs("headline"):
            return event
        if not headline.strip():
            self._report.fault(self._slide.spot, "a slide without a headline", _had(event.title))
            return event
        self._report.fault(self._slide.spot_of("headline"), f"the headline {shown(headline)}", _was(event.title))
        return attrs.evolve(event, title=headline)

    def _text(self, event: Event) -> Event:
        seen, expected = self._slide.text("text"), self._expected.text("text")
        if plain(seen) == plain(expected):
            return event
        spot = self._slide.spot_of("text")
        probed = self._probe(attrs.evolve(self._event, text=_PROBE), "text")
        own = _new_text(seen, expected, probed, self._event.text, _teller(self._slide, self._report))
        if own is None:
            found = "claims or facts in the text of a slide that somebody changed"
            self._report.fault(spot, found, _KEPT)
            return event
        self._report.fault(spot, "the text of a slide, which somebody changed", _TAKEN)
        return attrs.evolve(event, text=own)

    def _row(self, event: Event) -> Event:
        if not self._differs("group"):
            return event
        by = self._written.group
        row = words(self._slide.text("group"))
        written = words(self._expected.text("group"))
        spot = self._slide.spot_of("group")
        if row:
            # The row of what is no fact says so behind the group.
            name = {"tag": "tags", "place": "places"}.get(by)
            probe = attrs.evolve(self._event, **({name: [_PROBE]} if name else {"group": _PROBE}))
            before, found, after = words(self._probe(probe, "group")).partition(_PROBE)
            if found and row.startswith(before) and row.endswith(after) and len(row) > len(before) + len(after):
                row = row[len(before) : len(row) - len(after)]
        self._report.fault(spot, f"the group {shown(row)}" if row else "no group", _was(written))
        if by == "tag":
            return attrs.evolve(event, tags=[*([row] if row else []), *event.tags[1:]])
        if by == "place":
            return attrs.evolve(event, places=[*([row] if row else []), *event.places[1:]])
        return attrs.evolve(event, group=row)

    def _media(self, event: Event) -> Event:
        seen, written = media_of(self._slide, silent())[0], media_of(self._expected, silent())[0]
        if seen == written:
            return event
        spot = self._slide.spot_of("url")
        if seen is None:
            self._report.fault(spot, "no medium", f"{written and shown(written.url)}, as we wrote it; it is taken away")
            return attrs.evolve(event, media=None)
        self._report.fault(spot, f"the medium {shown(seen.url)}, or words about it", _TAKEN)
        if written is not None and event.media is not None:
            # What TimelineJS has no place for nobody can have changed.
            kept = {
                name: getattr(event.media, name)
                for name in ("url", "credit", "caption", "alt")
                if getattr(seen, name) == getattr(written, name)
            }
            return attrs.evolve(event, media=attrs.evolve(seen, **kept))
        return attrs.evolve(event, media=media_of(self._slide, self._report)[0])

    def _place(self, event: Event) -> Event:
        """Take a location, of which we write none."""
        place = to_text(self._slide.text("place"))
        if not place or place in event.places:
            return event
        self._report.fault(self._slide.spot_of("place"), f"the location {shown(place)}", _TAKEN)
        return attrs.evolve(event, places=[*event.places, place])

    def _words(self, event: Event) -> Event:
        """Report the words of the date, if they were changed and say more than it: what they mean nobody can tell."""
        said = words(self._slide.text("display_date"))
        if self._differs("display_date") and (event.when == self._event.when or say_more(said, event.when)):
            expected = "what we wrote; dates are taken from start_date and end_date, and phrases from nowhere"
            self._report.fault(self._slide.spot_of("display_date"), f"the words {shown(said)} for a date", expected)
        return event


def taken_date(event: Event, slide: Slide, expected: Slide | None, report: Report) -> Event:
    """An event with the date of its slide, if that is another than the one that we wrote."""
    seen = timing(slide.start, slide.end, silent())
    if expected is not None and seen == timing(expected.start, expected.end, silent()):
        return event
    spot = slide.start.spot if slide.start is not None else slide.spot
    if seen.when is None:
        report.fault(spot, "no date that can be read", f"that of the event; {event.when} is kept")
        return event
    seen = timing(slide.start, slide.end, report)
    assert seen.when is not None
    report.fault(
        spot, f"the date {seen.when}, which somebody changed", f"{event.when} as we draw it; the new one is taken"
    )
    taken = attrs.evolve(event, when=seen.when, duration=seen.duration or event.duration)
    if taken.duration and not (seen.when.kind is Kind.POINT and Grain.SECOND in seen.when.grains):
        found = f"the date {seen.when} of what lasts {taken.duration}"
        report.fault(spot, found, "one with a time of day; how long it lasts is left out")
        taken = attrs.evolve(taken, duration=None)
    if taken.repeats is not None and not _leads_on(taken):
        found = f"the date {seen.when} of what happens again ({shown(str(taken.repeats))})"
        report.fault(spot, found, "a day, a time or an interval of days; that it happens again is left out")
        taken = attrs.evolve(taken, repeats=None)
    return taken


def _leads_on(event: Event) -> bool:
    """Whether the rules by which an event happens again lead on from its date."""
    try:
        next(event.occurrences(date.min, date.min), None)
    except ModelError:
        return False
    return True


def _new_text(seen: str, expected: str, probed: str, text: str | None, tell: Callable[[str], None]) -> str | None:
    """The own text of an event whose slide somebody changed; None if what we wrote around it was changed.

    Args:
        seen: The text of the slide.
        expected: The one that we wrote.
        probed: The one that we write around another own text.
        text: The own text that was recorded.
        tell: Is told what is left out.
    """
    own = _own_part(seen, probed)
    if own is not None:
        return to_markdown(own, tell)
    seen, expected = seen.strip(), expected.strip()
    start, end = start_of(expected, seen), end_of(expected, seen)
    if start is None and end is None:
        return None
    before, behind = (seen[:start], "") if start is not None else ("", seen[end:])
    return "\n\n".join(filter(None, (to_markdown(before, tell), text, to_markdown(behind, tell))))


def _own_part(seen: str, probed: str) -> str | None:
    """What stands in a text where the own text of an event belongs; None if what stands around it was changed."""
    before, found, after = probed.partition(f"<p>{_PROBE}</p>")
    if not found:
        return None
    seen = seen.strip()
    start, end = end_of(before.strip(), seen), start_of(after.strip(), seen)
    return None if start is None or end is None or start > end else seen[start:end]


def _teller(slide: Slide, report: Report) -> Callable[[str], None]:
    return lambda what: report.unplaced(slide.spot_of("text"), what)
