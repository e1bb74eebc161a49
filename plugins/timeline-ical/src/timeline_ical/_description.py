"""What an event's DESCRIPTION says: the date in words, the claims, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from timeline.model import Claim, Event, Media, Outcome, Source, Timeline
    from timeline.when import When


class Descriptions:
    """Makes the descriptions of the events of a timeline.

    Links are written out: Google Calendar shows no URL property.
    """

    def __init__(self, timeline: Timeline, locale: str) -> None:
        """Prepare what all events share.

        Args:
            timeline: The timeline.
            locale: The language of dates.
        """
        self._sources = {source.id: source for source in timeline.sources}
        self._titles = {event.id: event.title for event in timeline.events}
        self._locale = locale
        self._names: dict[str, str] = {}
        self._lists: dict[str, str] = {}

    def of(self, event: Event, when: When, note: str, *, where: bool = False) -> tuple[str, int]:
        """All there is to say of an event, in paragraphs, and where in it the event's own text begins.

        Args:
            event: The event.
            when: Its date.
            note: How the calendar shows that date otherwise than stated.
            where: Whether to tell the places, for an entry that has no other place for them.
        """
        first = f"When: {when.humanize(self._locale)}."
        paragraphs = [f"{first} {note}" if note else first]
        if event.text:
            paragraphs.append(event.text)
        if event.duration or event.repeats or where:
            paragraphs += _times(event, where=where)
        if event.claims or event.outcome or event.actors or event.media or event.after:
            paragraphs += self._rest(event)
        return "\n\n".join(paragraphs), len(paragraphs[0]) + 2

    def _rest(self, event: Event) -> Iterator[str]:
        """What is said of it, by whom, and how it ended."""
        for claim in event.claims:
            first, *more = self._claim(claim)
            yield "\n".join([f"{first}:", *more]) if more else f"{first}."
        if event.actors:
            yield f"Actors: {'; '.join(event.actors)}"
        if event.media:
            yield "\n".join(_media(event.media))
        if event.outcome:
            yield "\n".join(self._outcome(event.outcome))
        if event.after:
            yield "\n".join(f"After: {self._titles.get(id_, id_)}" for id_ in event.after)
        named = dict.fromkeys(claim.source for claim in event.claims)
        if event.outcome:
            named[event.outcome.source] = None
        if named:
            yield "\n".join(["Sources:", *map(self._source, named)])

    def _claim(self, claim: Claim) -> Iterator[str]:
        said = f", said {self._words(claim.said)}" if claim.said else ""
        by = f" {'by ' if claim.speakers else ''}{claim.attribution}," if claim.attribution else ""
        yield f"{claim.modality.word.capitalize()}{by} in {self._name(claim.source)}{said}"
        if claim.quote:
            yield _quoted(claim.quote)
        if claim.when:
            yield f"Date given: {self._words(claim.when)}"
        if claim.phrase:
            yield f"In the words: {_quoted(claim.phrase)}"
        if claim.likelihood:
            scale = f", {claim.estimate}" if claim.estimate else ""
            yield f"Likelihood: {_quoted(claim.likelihood)}{scale}"
        if claim.credibility:
            yield f"Credibility: {claim.grade or claim.credibility}"
        event = self._titles.get(claim.condition_event or "", claim.condition_event)
        if claim.condition or event:
            yield " ".join(
                filter(None, ("Condition:", claim.condition, f"({event})" if claim.condition and event else event))
            )
        if claim.recorded:
            yield f"Recorded: {self._words(claim.recorded)}"

    def _outcome(self, outcome: Outcome) -> Iterator[str]:
        decided = self._words(outcome.decided)
        yield f"Outcome: {outcome.result.word}, by {self._name(outcome.source)}, decided {decided}"
        if outcome.when:
            yield f"Date of the outcome: {self._words(outcome.when)}"
        if outcome.by:
            yield f"In its place: {self._titles.get(outcome.by, outcome.by)}"
        if outcome.quote:
            yield _quoted(outcome.quote)
        if outcome.note:
            yield outcome.note

    def _words(self, when: When) -> str:
        return when.humanize(self._locale)

    def _name(self, id: str) -> str:
        """A source by its title and publisher, in one line."""
        if id not in self._names:
            self._names[id] = _name(self._sources[id])
        return self._names[id]

    def _source(self, id: str) -> str:
        """A source with its address, in lines."""
        if id not in self._lists:
            self._lists[id] = "\n".join(self._lines(self._sources[id]))
        return self._lists[id]

    def _lines(self, source: Source) -> Iterator[str]:
        details = [_name(source)]
        if source.reliability:
            details.append(f"reliability {source.grade or source.reliability}")
        if source.author:
            details.append(f"by {source.author}")
        if source.published:
            details.append(f"published {self._words(source.published)}")
        if source.accessed:
            details.append(f"read {self._words(source.accessed)}")
        yield ", ".join(details)
        if source.url and source.url != details[0]:
            yield source.url
        if source.archived:
            yield f"Archived: {source.archived}"


def _name(source: Source) -> str:
    title = _quoted(source.title) if source.title else None
    return ", ".join(filter(None, (title, source.publisher))) or source.url or source.id


def _times(event: Event, *, where: bool) -> Iterator[str]:
    """How long it lasts, when again, and the places if wanted."""
    if where and event.places:
        yield f"Where: {'; '.join(event.places)}"
    if event.lasts:
        yield f"Lasts: {_spoken(event.lasts)}"
    if event.repeats:
        yield f"Happens again by the rule {event.repeats}"


def _spoken(duration: timedelta) -> str:
    """A duration in words: "1 day 2 hours"."""
    hours, rest = divmod(duration.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = ((duration.days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second"))
    return " ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in parts if count)


def _media(media: Media) -> Iterator[str]:
    yield f"Media: {media.caption}" if media.caption else "Media:"
    if media.alt:
        yield f"It shows: {media.alt}"
    if media.credit:
        yield f"Credit: {media.credit}"
    yield media.url


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
