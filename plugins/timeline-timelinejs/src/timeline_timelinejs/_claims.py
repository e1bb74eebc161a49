"""What slides say in words: status, claims and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import Modality
from timeline_timelinejs._text import escape, lines, link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.model import Claim, Event, Source

_NOTES = {
    Modality.DENIED: "Denied: no source here reports that it happened.",
    Modality.PLANNED: "A plan: no source here reports that it happened.",
    Modality.PROJECTED: "A projection: no source here reports that it happened.",
    Modality.DESIRED: "A wish: no source here reports that it happened.",
    Modality.ASSESSED: "A judgement: no source here reports it as a fact.",
}


def status(event: Event) -> str | None:
    """How an event is stated, in a word; None if no source states it."""
    return event.modality.word.capitalize() if event.modality else None


def note(event: Event) -> str:
    """A paragraph that tells what is no fact from what is; empty for a fact."""
    return f"<p><em>{_NOTES[event.modality]}</em></p>" if event.modality in _NOTES else ""


def claims(event: Event, sources: Mapping[str, Source]) -> tuple[str, list[str]]:
    """What each claim says, with its quote and who said it; and a line for each source."""
    named = {claim.source: sources[claim.source] for claim in event.claims}
    return "".join(_claim(claim, named) for claim in event.claims), [_source(source) for source in named.values()]


def _claim(claim: Claim, sources: Mapping[str, Source]) -> str:
    who = list(claim.speakers)
    if not who or len(sources) > 1:
        who.append(_name(sources[claim.source]))
    cite = f"<cite>{escape(', via '.join(who))}{f', {claim.said.humanize()}' if claim.said else ''}</cite>"
    stated = claim.modality.word.capitalize()
    facts = _joined(
        [
            f"<strong>{stated}:</strong> {claim.when.humanize()}" if claim.when else f"<strong>{stated}</strong>",
            _quoted("in the words", claim.phrase),
            _quoted("likelihood:", claim.likelihood),
            f"condition: {escape(claim.condition)}" if claim.condition else "",
            f"recorded {claim.recorded.humanize()}" if claim.recorded else "",
        ]
    )
    if claim.quote is None:
        return f"<p>{facts} · {cite}</p>"
    # TimelineJS draws quotation marks around each paragraph: so it is one.
    return f"<p>{facts}</p><blockquote><p>{lines(claim.quote)}</p>{cite}</blockquote>"


def _source(source: Source) -> str:
    title = source.title or source.url or source.publisher or source.author or source.id
    return _joined(
        [
            link(source.url, title) if source.url else escape(title),
            *(escape(name) for name in (source.author, source.publisher) if name and name != title),
            f"published {source.published.humanize()}" if source.published else "",
            f"read {source.accessed.humanize()}" if source.accessed else "",
            link(source.archived, "archived copy") if source.archived else "",
        ]
    )


def _name(source: Source) -> str:
    return source.publisher or source.author or source.title or source.id


def _quoted(label: str, text: str | None) -> str:
    return f"{label} “{escape(text)}”" if text else ""


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))
