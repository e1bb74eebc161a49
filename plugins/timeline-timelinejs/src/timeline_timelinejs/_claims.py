"""What slides say in words of claims, outcomes and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.labels import Label
from timeline.model import Modality, Status
from timeline_timelinejs.markup import escape, lines, link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.labels import Labels
    from timeline.model import Claim, Event, Grade, Outcome, Source, Speaker, Timeline
    from timeline.when import When


class Wording:
    """Says in one language what a timeline's events are and who says so, as HTML."""

    def __init__(self, timeline: Timeline, labels: Labels) -> None:
        """Prepare what all slides share.

        Args:
            timeline: The timeline.
            labels: The words.
        """
        self.labels = labels
        self._sources = {source.id: source for source in timeline.sources}
        self._titles = {event.id: event.title for event in timeline.events}
        self._said_of: dict[str, str] = {}
        self._modalities = {modality: escape(labels.modality(modality)) for modality in Modality}

    def date(self, when: When) -> str:
        """A date in words, as plain text."""
        return when.humanize(self.labels.language)

    def title(self, event_id: str) -> str:
        """The title of an event, as plain text; its id if there is no such event."""
        return self._titles.get(event_id, event_id)

    def headed(self, heading: Label, html: str) -> str:
        """Something with what it is before it."""
        return self._strong(escape(self.labels.text(heading)), html)

    def note(self, event: Event, status: Status) -> str:
        """A paragraph that tells what is no fact from what is; empty for a fact."""
        note = self.labels.note(event, status)
        return f"<p><em>{escape(note)}</em></p>" if note else ""

    def claims(self, event: Event) -> str:
        """How it ended, and what each claim says, with its quote and who said it."""
        several = len(event.cited) > 1
        said = "".join([self._claim(claim, name_source=several) for claim in event.claims])
        return self._outcome(event.outcome) + said if event.outcome else said

    def sources(self, event: Event) -> list[str]:
        """A line for each source of an event."""
        return [self._source(id_) for id_ in event.cited]

    def _outcome(self, outcome: Outcome) -> str:
        label = self.labels.text
        word = escape(self.labels.result(outcome.result))
        facts = _joined(
            [
                self._strong(word, self._words(outcome.when)) if outcome.when else f"<strong>{word}</strong>",
                label(Label.IN_ITS_PLACE, event=self.apart(self.title(outcome.by))) if outcome.by else "",
                label(Label.DECIDED, date=self._words(outcome.decided)),
                escape(outcome.note) if outcome.note else "",
            ]
        )
        return _with_quote(facts, outcome.quote, f"<cite>{self._name(outcome.source)}</cite>")

    def _claim(self, claim: Claim, *, name_source: bool) -> str:
        label = self.labels.text
        word = self._modalities[claim.modality]
        facts = _joined(
            [
                self._strong(word, self._words(claim.when)) if claim.when else f"<strong>{word}</strong>",
                label(Label.IN_THE_WORDS, phrase=self.apart(claim.phrase)) if claim.phrase else "",
                self._likelihood(claim) if claim.likelihood else "",
                label(Label.CREDIBILITY, grade=self._grade(claim.grade, claim.credibility))
                if claim.credibility
                else "",
                self._condition(claim) if claim.condition or claim.condition_event else "",
                label(Label.RECORDED, date=self._words(claim.recorded)) if claim.recorded else "",
            ]
        )
        said = f", {self._words(claim.said)}" if claim.said else ""
        return _with_quote(facts, claim.quote, f"<cite>{self._who(claim, name_source=name_source)}{said}</cite>")

    def _who(self, claim: Claim, *, name_source: bool) -> str:
        """Who said it, who relayed it, and where it was read if that is not plain."""
        who = ", ".join(map(self._speaker, claim.speakers))
        for relay in claim.via:
            who = self._relayed(who, self.apart(relay))
        if not who:
            return self._name(claim.source)
        return self._relayed(who, self._name(claim.source)) if name_source else who

    def _relayed(self, who: str, source: str) -> str:
        if not who:
            return self.labels.text(Label.VIA_ONLY, source=source)
        return self.labels.text(Label.VIA, who=who, source=source)

    def _speaker(self, speaker: Speaker) -> str:
        unnamed = "" if speaker.named else self.labels.text(Label.UNNAMED)
        known = ", ".join(filter(None, (self.apart(speaker.count or ""), unnamed)))
        name = self.apart(speaker.name)
        return f"{name} ({known})" if known else name

    def _likelihood(self, claim: Claim) -> str:
        word = self.labels.text(Label.LIKELIHOOD, word=self.apart(claim.likelihood or ""))
        return f"{word}, {escape(self.labels.estimate(claim.estimate))}" if claim.estimate else word

    def _grade(self, grade: Grade | None, given: str) -> str:
        """A grade with what it means; as it was given if it is on no scale."""
        return self.apart(given) if grade is None else escape(self.labels.grade(grade))

    def apart(self, text: str) -> str:
        """A text of the timeline in the middle of one of ours."""
        return self.labels.apart(escape(text))

    def _condition(self, claim: Claim) -> str:
        event = self.title(claim.condition_event) if claim.condition_event else ""
        words = f"{claim.condition} ({event})" if claim.condition and event else claim.condition or event
        return self.labels.text(Label.CONDITION, text=self.apart(words))

    def _source(self, id_: str) -> str:
        if id_ not in self._said_of:
            self._said_of[id_] = self._line(self._sources[id_])
        return self._said_of[id_]

    def _line(self, source: Source) -> str:
        label = self.labels.text
        title = source.title or source.url or source.publisher or source.author or source.id
        grade = self._grade(source.grade, source.reliability) if source.reliability else ""
        return _joined(
            [
                self.labels.apart(link(source.url, title)) if source.url else self.apart(title),
                label(Label.RELIABILITY, grade=grade) if grade else "",
                *(self.apart(name) for name in (source.author, source.publisher) if name and name != title),
                label(Label.PUBLISHED, date=self._words(source.published)) if source.published else "",
                label(Label.READ, date=self._words(source.accessed)) if source.accessed else "",
                self.labels.apart(link(source.archived, label(Label.ARCHIVED_COPY))) if source.archived else "",
            ]
        )

    def _name(self, source_id: str) -> str:
        source = self._sources[source_id]
        return self.apart(source.publisher or source.author or source.title or source.id)

    def _words(self, when: When) -> str:
        return escape(self.date(when))

    def _strong(self, word: str, html: str) -> str:
        return self.labels.text(Label.LABELLED, label=f"<strong>{word}</strong>", text=html)


def _with_quote(facts: str, quote: str | None, cite: str) -> str:
    if quote is None:
        return f"<p>{facts} · {cite}</p>"
    # TimelineJS draws quotation marks around each paragraph: so it is one.
    return f"<p>{facts}</p><blockquote><p>{lines(quote)}</p>{cite}</blockquote>"


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))
