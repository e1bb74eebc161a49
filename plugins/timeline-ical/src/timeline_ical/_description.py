"""What an event's DESCRIPTION says: the date in words, the claims, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.model import Claim, Event, Media, Source
    from timeline_ical._dates import Shown


def describe(event: Event, shown: Shown, sources: Mapping[str, Source]) -> str:
    """All there is to say of an event, in paragraphs.

    Links are written out: Google Calendar shows no URL property.

    Args:
        event: The event.
        shown: Its date, and where the calendar shows it.
        sources: The sources of the timeline by id.
    """
    return "\n\n".join(_paragraphs(event, shown, sources))


def _paragraphs(event: Event, shown: Shown, sources: Mapping[str, Source]) -> Iterator[str]:
    yield f"When: {shown.when.humanize()}. {shown.note}".rstrip()
    if event.text:
        yield event.text
    for claim in event.claims:
        first, *more = _claim(claim, sources[claim.source])
        yield "\n".join([f"{first}:", *more]) if more else f"{first}."
    if event.actors:
        yield f"Actors: {'; '.join(event.actors)}"
    if event.media:
        yield "\n".join(_media(event.media))
    named = dict.fromkeys(claim.source for claim in event.claims)
    if named:
        yield "\n".join(["Sources:", *(line for id_ in named for line in _source(sources[id_]))])


def _claim(claim: Claim, source: Source) -> Iterator[str]:
    said = f", said {claim.said.humanize()}" if claim.said else ""
    speakers = f" by {', via '.join(claim.speakers)}," if claim.speakers else ""
    yield f"{claim.modality.word.capitalize()}{speakers} in {_name(source)}{said}"
    if claim.quote:
        yield _quoted(claim.quote)
    if claim.when:
        yield f"Date given: {claim.when.humanize()}"
    if claim.phrase:
        yield f"In the words: {_quoted(claim.phrase)}"
    if claim.likelihood:
        yield f"Likelihood: {_quoted(claim.likelihood)}"
    if claim.condition:
        yield f"Condition: {claim.condition}"
    if claim.recorded:
        yield f"Recorded: {claim.recorded.humanize()}"


def _name(source: Source) -> str:
    title = _quoted(source.title) if source.title else None
    return ", ".join(filter(None, (title, source.publisher))) or source.url or source.id


def _source(source: Source) -> Iterator[str]:
    details = [_name(source)]
    if source.author:
        details.append(f"by {source.author}")
    if source.published:
        details.append(f"published {source.published.humanize()}")
    if source.accessed:
        details.append(f"read {source.accessed.humanize()}")
    yield ", ".join(details)
    if source.url and source.url != details[0]:
        yield source.url
    if source.archived:
        yield f"Archived: {source.archived}"


def _media(media: Media) -> Iterator[str]:
    yield f"Media: {media.caption}" if media.caption else "Media:"
    if media.alt:
        yield f"It shows: {media.alt}"
    if media.credit:
        yield f"Credit: {media.credit}"
    yield media.url


def _quoted(text: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
