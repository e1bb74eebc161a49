"""What an event's DESCRIPTION says: the date in words, the claims, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.model import Claim, Event, Media, Outcome, Source
    from timeline_ical._dates import Shown


def describe(event: Event, shown: Shown, sources: Mapping[str, Source], titles: Mapping[str, str]) -> str:
    """All there is to say of an event, in paragraphs.

    Links are written out: Google Calendar shows no URL property.

    Args:
        event: The event.
        shown: Its date, and where the calendar shows it.
        sources: The sources of the timeline by id.
        titles: The titles of its events by id.
    """
    return "\n\n".join(_paragraphs(event, shown, sources, titles))


def _paragraphs(event: Event, shown: Shown, sources: Mapping[str, Source], titles: Mapping[str, str]) -> Iterator[str]:
    yield f"When: {shown.when.humanize()}. {shown.note}".rstrip()
    if event.text:
        yield event.text
    for claim in event.claims:
        first, *more = _claim(claim, sources[claim.source], titles)
        yield "\n".join([f"{first}:", *more]) if more else f"{first}."
    if event.actors:
        yield f"Actors: {'; '.join(event.actors)}"
    if event.media:
        yield "\n".join(_media(event.media))
    if event.outcome:
        yield "\n".join(_outcome(event.outcome, sources[event.outcome.source], titles))
    if event.after:
        yield "\n".join(f"After: {titles.get(id_, id_)}" for id_ in event.after)
    named = dict.fromkeys(claim.source for claim in event.claims)
    if event.outcome:
        named[event.outcome.source] = None
    if named:
        yield "\n".join(["Sources:", *(line for id_ in named for line in _source(sources[id_]))])


def _claim(claim: Claim, source: Source, titles: Mapping[str, str]) -> Iterator[str]:
    said = f", said {claim.said.humanize()}" if claim.said else ""
    by = f" {'by ' if claim.speakers else ''}{claim.attribution}," if claim.attribution else ""
    yield f"{claim.modality.word.capitalize()}{by} in {_name(source)}{said}"
    if claim.quote:
        yield _quoted(claim.quote)
    if claim.when:
        yield f"Date given: {claim.when.humanize()}"
    if claim.phrase:
        yield f"In the words: {_quoted(claim.phrase)}"
    if claim.likelihood:
        scale = f", {claim.estimate}" if claim.estimate else ""
        yield f"Likelihood: {_quoted(claim.likelihood)}{scale}"
    if claim.credibility:
        yield f"Credibility: {claim.grade or claim.credibility}"
    event = titles.get(claim.condition_event or "", claim.condition_event)
    if claim.condition or event:
        yield " ".join(
            filter(None, ("Condition:", claim.condition, f"({event})" if claim.condition and event else event))
        )
    if claim.recorded:
        yield f"Recorded: {claim.recorded.humanize()}"


def _outcome(outcome: Outcome, source: Source, titles: Mapping[str, str]) -> Iterator[str]:
    yield f"Outcome: {outcome.result.word}, by {_name(source)}, decided {outcome.decided.humanize()}"
    if outcome.when:
        yield f"Date of the outcome: {outcome.when.humanize()}"
    if outcome.by:
        yield f"In its place: {titles.get(outcome.by, outcome.by)}"
    if outcome.quote:
        yield _quoted(outcome.quote)
    if outcome.note:
        yield outcome.note


def _name(source: Source) -> str:
    title = _quoted(source.title) if source.title else None
    return ", ".join(filter(None, (title, source.publisher))) or source.url or source.id


def _source(source: Source) -> Iterator[str]:
    details = [_name(source)]
    if source.reliability:
        details.append(f"reliability {source.grade or source.reliability}")
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
