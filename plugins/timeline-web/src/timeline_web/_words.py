"""Says events in words and safe HTML, in the language of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from timeline.labels import Label
from timeline.model import Modality, Result, Status
from timeline.when import When, from_ordinal
from timeline_timelinejs import markup
from timeline_web._chapters import place_of
from timeline_web._view import Badge, ClaimView, EventView, Link, MediaView, OutcomeView, SourceView, Time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.labels import Labels
    from timeline.model import Claim, Event, Grade, Media, Outcome, Source, Speaker, Timeline

# What <time datetime> takes: a year, a month, a day, or a time of one (HTML, 4.5.14).
_DATETIME = re.compile(
    r"(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)
_CERTAINTY = {
    Status.OCCURRED: "reported",
    Status.ONGOING: "reported",
    Status.PLANNED: "open",
    Status.PROJECTED: "open",
    Status.DUE: "open",
    Status.OVERDUE: "open",
    Status.DESIRED: "open",
    Status.ASSESSED: "judged",
    Status.UNKNOWN: "judged",
    Status.DID_NOT_OCCUR: "off",
    Status.SUPERSEDED: "off",
    Status.DISPUTED: "disputed",
}
_MODALITY_CERTAINTY = {
    Modality.REPORTED: "reported",
    Modality.DENIED: "off",
    Modality.PROJECTED: "open",
    Modality.PLANNED: "open",
    Modality.DESIRED: "open",
    Modality.ASSESSED: "judged",
}
_SHOWN = {
    "image": ("avif", "gif", "jpeg", "jpg", "png", "svg", "webp"),
    "video": ("mp4", "ogv", "webm"),
    "audio": ("m4a", "mp3", "ogg", "wav"),
}
_KINDS = {ending: kind for kind, endings in _SHOWN.items() for ending in endings}


def anchor(event_id: str) -> str:
    """The id of an event's element: TimelineJS gives ``event-...`` to its slides."""
    return f"e-{event_id}"


def certainty(status: Status) -> str:
    """How far an event of a status is a fact; see `Badge`."""
    return _CERTAINTY[status]


class Words:
    """Makes the views of the events of a timeline."""

    def __init__(self, timeline: Timeline, labels: Labels, *, load_media: bool, href: Callable[[str], str]) -> None:
        """Prepare what all events share.

        Args:
            timeline: The timeline.
            labels: The language.
            load_media: Whether media are shown, and not only linked to.
            href: The address of an event in the page, by its id.
        """
        self._labels, self._load_media, self._href = labels, load_media, href
        self._titles = {event.id: event.title for event in timeline.events}
        self._sources = {source.id: source for source in timeline.sources}
        self._views: dict[str, SourceView] = {}

    def event(self, event: Event, status: Status) -> EventView:
        """The view of an event.

        Args:
            event: The event.
            status: What it is at the moment of the page.
        """
        cited = event.cited
        return EventView(
            id=event.id,
            anchor=anchor(event.id),
            title=event.title,
            badge=Badge(key=status.value, word=self._word(event, status), certainty=_CERTAINTY[status]),
            html=html(event.text),
            time=self._time(event.when),
            year=self._year(event.when),
            note=self._labels.note(event, status) or None,
            lasts=self._labels.duration(event.lasts) if event.lasts else None,
            repeats=str(event.repeats) if event.repeats else None,
            group=event.group,
            after=tuple(map(self._event_link, event.after)),
            places=event.places,
            actors=event.actors,
            tags=event.tags,
            claims=tuple(self._claim(claim, several=len(cited) > 1) for claim in event.claims),
            outcome=None if event.outcome is None else self._outcome(event.outcome),
            media=None if event.media is None else self._media(event.media),
            sources=tuple(map(self.source, cited)),
        )

    def _word(self, event: Event, status: Status) -> str:
        """What an event is; nothing where the editor alone says that it occurred: the title does."""
        if status is Status.OCCURRED and not event.claims and event.outcome is None:
            return ""
        return self._labels.status(status)

    def say(self, when: When) -> str:
        """A date in words."""
        return when.humanize(self._labels.language)

    def source(self, id: str) -> SourceView:
        """The view of a source."""
        if id not in self._views:
            self._views[id] = self._source(self._sources[id])
        return self._views[id]

    def name(self, id: str) -> str:
        """Who a source is, in a few words."""
        source = self._sources[id]
        return source.publisher or source.author or source.title or source.id

    def _time(self, when: When | None) -> Time | None:
        if when is None:
            return None
        edtf = str(when)
        ends = edtf.split("/")
        start = end = None
        if all(map(_DATETIME.fullmatch, ends)):
            start, end = ends[0], ends[1] if len(ends) > 1 else None
        return Time(words=self.say(when), edtf=edtf, start=start, end=end)

    def _year(self, when: When | None) -> str | None:
        """The year in which it begins or, if nobody knows that, ends; or the years in one of which it does."""
        place = place_of(when)
        if place is None:
            return None
        years = dict.fromkeys(from_ordinal(day).year for day in place)
        return " \N{EN DASH} ".join(self.say(When.of(year)) for year in years)

    def _event_link(self, id: str) -> Link:
        return Link(text=self._titles[id], url=self._href(id)) if id in self._titles else Link(text=id)

    def _claim(self, claim: Claim, *, several: bool) -> ClaimView:
        said = self._labels
        details = [
            said.text(Label.IN_THE_WORDS, phrase=self._labels.apart(claim.phrase)) if claim.phrase else "",
            self._likelihood(claim),
            said.text(Label.CREDIBILITY, grade=self._grade(claim.grade, claim.credibility))
            if claim.credibility
            else "",
            self._condition(claim),
            said.text(Label.RECORDED, date=self.say(claim.recorded)) if claim.recorded else "",
        ]
        return ClaimView(
            badge=Badge(
                key=claim.modality.value,
                word=said.modality(claim.modality),
                certainty=_MODALITY_CERTAINTY[claim.modality],
            ),
            who=self._who(claim, several=several),
            time=self._time(claim.when),
            said=self._time(claim.said),
            quote=claim.quote,
            details=tuple(filter(None, details)),
        )

    def _who(self, claim: Claim, *, several: bool) -> str:
        speakers = [", ".join(map(self._speaker, claim.speakers))] if claim.speakers else []
        relays = [self.name(relay) if relay in self._sources else relay for relay in claim.via]
        chain = speakers + relays
        if not chain or several:
            chain.append(self.name(claim.source))
        who, *rest = map(self._labels.apart, chain)
        for relay in rest:
            who = self._labels.text(Label.VIA, who=who, source=relay)
        return who

    def _speaker(self, speaker: Speaker) -> str:
        count = self._labels.apart(speaker.count) if speaker.count else None
        known = ", ".join(filter(None, (count, None if speaker.named else self._labels.text(Label.UNNAMED))))
        name = self._labels.apart(speaker.name)
        return f"{name} ({known})" if known else name

    def _grade(self, grade: Grade | None, own: str) -> str:
        """A grade of a scale with what it means, or else as it was given."""
        return self._labels.apart(own) if grade is None else self._labels.grade(grade)

    def _likelihood(self, claim: Claim) -> str:
        if not claim.likelihood:
            return ""
        words = self._labels.text(Label.LIKELIHOOD, word=self._labels.apart(claim.likelihood))
        return f"{words}, {self._labels.estimate(claim.estimate)}" if claim.estimate else words

    def _condition(self, claim: Claim) -> str:
        event = self._titles.get(claim.condition_event or "", claim.condition_event)
        words = " ".join(filter(None, (claim.condition, event and (f"({event})" if claim.condition else event))))
        return self._labels.text(Label.CONDITION, text=self._labels.apart(words)) if words else ""

    def _outcome(self, outcome: Outcome) -> OutcomeView:
        return OutcomeView(
            word=self._labels.result(Result(outcome.result)),
            who=self.name(outcome.source),
            time=self._time(outcome.when),
            decided=self._time(outcome.decided),
            by=self._event_link(outcome.by) if outcome.by else None,
            quote=outcome.quote,
            note=outcome.note,
        )

    def _media(self, media: Media) -> MediaView:
        linked = markup.is_link(media.url)
        path = urlsplit(media.url).path if linked else ""
        kind = _KINDS.get(path.rpartition(".")[2].lower(), "link") if self._load_media else "link"
        text = media.caption or media.alt or media.url
        return MediaView(
            kind=kind,
            link=Link(text=text, url=media.url if linked else None),
            alt=media.alt,
            caption=media.caption,
            credit=media.credit,
        )

    def _source(self, source: Source) -> SourceView:
        said = self._labels
        title = source.title or source.publisher or source.author or source.url or source.id
        details = [
            said.text(Label.RELIABILITY, grade=self._grade(source.grade, source.reliability))
            if source.reliability
            else "",
            *(name for name in (source.author, source.publisher) if name and name != title),
            said.text(Label.PUBLISHED, date=self.say(source.published)) if source.published else "",
            said.text(Label.READ, date=self.say(source.accessed)) if source.accessed else "",
        ]
        copy = Link(text=said.text(Label.ARCHIVED_COPY), url=web_address(source.archived)) if source.archived else None
        url = web_address(source.url)
        if source.url and url is None:
            # What may not be linked to is text, so that nothing is lost.
            details.append(source.url)
        if copy is not None and copy.url is None:
            details.append(source.archived or "")
            copy = None
        return SourceView(link=Link(text=title, url=url), details=tuple(filter(None, details)), archived=copy)


def html(text: str | None) -> Markup:
    """A text of the model, which is Markdown, as HTML that is safe in a page."""
    return Markup(markup.to_html(text)) if text else Markup()  # noqa: S704 - that is what it is for


def web_address(url: str | None) -> str | None:
    """An address that may be linked to; None for any other."""
    return url if url and markup.is_link(url) else None


def searched(event: Event, names: Iterable[str]) -> str:
    """All of an event that a search looks at, in small letters."""
    parts = [event.title, event.text or "", *event.places, *event.actors, *event.tags, event.group or "", *names]
    for claim in event.claims:
        parts += [claim.quote or "", claim.phrase or "", claim.condition or "", *claim.via]
        parts += [speaker.name for speaker in claim.speakers]
    if event.outcome is not None:
        parts += [event.outcome.quote or "", event.outcome.note or ""]
    return " ".join(filter(None, parts)).lower()
