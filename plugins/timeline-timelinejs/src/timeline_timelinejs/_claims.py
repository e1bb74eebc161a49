"""What slides say in words: status, claims and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import Modality
from timeline_timelinejs._text import escape, lines, link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.model import Claim, Event, Outcome, Source

_DISPUTED = "Disputed: the sources contradict each other."
_NOTES = {
    Modality.DENIED: "Denied: no source here reports that it happened.",
    Modality.PLANNED: "A plan: no source here reports that it happened.",
    Modality.PROJECTED: "A projection: no source here reports that it happened.",
    Modality.DESIRED: "A wish: no source here reports that it happened.",
    Modality.ASSESSED: "A judgement: no source here reports it as a fact.",
}


def status(event: Event) -> str | None:
    """How an event is stated, in a word; None if no source states it."""
    return event.word.capitalize() if event.word else None


def note(event: Event) -> str:
    """A paragraph that tells what is no fact from what is; empty for a fact."""
    if event.is_disputed:
        return f"<p><em>{_DISPUTED}</em></p>"
    if event.outcome or event.modality not in _NOTES:
        return ""
    return f"<p><em>{_NOTES[event.modality]}</em></p>"


def claims(event: Event, sources: Mapping[str, Source], titles: Mapping[str, str]) -> tuple[str, list[str]]:
    """How it ended, what each claim says, with its quote and who said it; and a line for each source."""
    named = {claim.source: sources[claim.source] for claim in event.claims}
    said = "".join(_claim(claim, named, titles) for claim in event.claims)
    if event.outcome:
        source = named.setdefault(event.outcome.source, sources[event.outcome.source])
        said = _outcome(event.outcome, source, titles) + said
    return said, [_source(source) for source in named.values()]


def _outcome(outcome: Outcome, source: Source, titles: Mapping[str, str]) -> str:
    word = outcome.result.word.capitalize()
    facts = _joined(
        [
            f"<strong>{word}:</strong> {outcome.when.humanize()}" if outcome.when else f"<strong>{word}</strong>",
            f"in its place: {escape(titles.get(outcome.by, outcome.by))}" if outcome.by else "",
            f"decided {outcome.decided.humanize()}",
            escape(outcome.note) if outcome.note else "",
        ]
    )
    return _with_quote(facts, outcome.quote, f"<cite>{escape(_name(source))}</cite>")


def _claim(claim: Claim, sources: Mapping[str, Source], titles: Mapping[str, str]) -> str:
    who = claim.attribution
    if not who or len(sources) > 1:
        who = ", via ".join(filter(None, (who, _name(sources[claim.source]))))
    cite = f"<cite>{escape(who)}{f', {claim.said.humanize()}' if claim.said else ''}</cite>"
    stated = claim.modality.word.capitalize()
    facts = _joined(
        [
            f"<strong>{stated}:</strong> {claim.when.humanize()}" if claim.when else f"<strong>{stated}</strong>",
            _quoted("in the words", claim.phrase),
            _likelihood(claim),
            f"credibility {escape(str(claim.grade or claim.credibility))}" if claim.credibility else "",
            _condition(claim, titles),
            f"recorded {claim.recorded.humanize()}" if claim.recorded else "",
        ]
    )
    return _with_quote(facts, claim.quote, cite)


def _likelihood(claim: Claim) -> str:
    word = _quoted("likelihood:", claim.likelihood)
    return f"{word} ({escape(str(claim.estimate))})" if claim.estimate else word


def _condition(claim: Claim, titles: Mapping[str, str]) -> str:
    event = titles.get(claim.condition_event or "", claim.condition_event)
    known = [claim.condition, event and (f"({event})" if claim.condition else event)]
    words = " ".join(filter(None, known))
    return f"condition: {escape(words)}" if words else ""


def _with_quote(facts: str, quote: str | None, cite: str) -> str:
    if quote is None:
        return f"<p>{facts} · {cite}</p>"
    # TimelineJS draws quotation marks around each paragraph: so it is one.
    return f"<p>{facts}</p><blockquote><p>{lines(quote)}</p>{cite}</blockquote>"


def _source(source: Source) -> str:
    title = source.title or source.url or source.publisher or source.author or source.id
    return _joined(
        [
            link(source.url, title) if source.url else escape(title),
            f"reliability {escape(str(source.grade or source.reliability))}" if source.reliability else "",
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
