"""Slides of TimelineJS, one by one: what the exporter writes, and what pages of other plugins load piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import LanguageError
from timeline.formats import Feature, LossKind
from timeline.labels import Label, labels
from timeline_timelinejs._claims import Wording
from timeline_timelinejs._dates import drawing, hull_of, scale_of, shortcomings, undrawable
from timeline_timelinejs._eras import Horizon
from timeline_timelinejs._ids import slide_id
from timeline_timelinejs._media import slide_media
from timeline_timelinejs._rows import Rows
from timeline_timelinejs._text import escape_twice
from timeline_timelinejs.markup import clean, escape, link, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.formats import ExportContext
    from timeline.labels import Labels
    from timeline.model import Event, Status, Timeline
    from timeline.when import Moment, When


class Slides:
    """Makes the slides of a timeline, each when it is asked for.

    What TimelineJS cannot show is reported to the context, event by event.

    Attributes:
        labels: The words, in the language that is used.
        scale: The ``scale`` of every document with these slides: ``human``, or ``cosmological`` if
            there are years that a browser has no days of.
    """

    def __init__(self, timeline: Timeline, ctx: ExportContext) -> None:
        """Prepare what all slides share.

        Args:
            timeline: The timeline.
            ctx: The context of the export; its options are `TimelineJsOptions`.
        """
        self.labels = _labels(timeline, ctx)
        self.scale = scale_of(event.when for event in timeline.events if event.when is not None)
        self._timeline, self._ctx = timeline, ctx
        self._wording = Wording(timeline, self.labels)
        self._rows = Rows(self.labels, ctx.options.group)

    def title(self) -> dict[str, Any]:
        """The slide that comes first and says what the timeline is about."""
        timeline = self._timeline
        text = rendered(timeline.text) if timeline.text else ""
        if timeline.url:
            text += f"<p>{link(timeline.url, timeline.url)}</p>"
        if timeline.updated:
            text += f"<p>{escape(self.labels.text(Label.UPDATED, date=self._wording.date(timeline.updated)))}</p>"
        return {"unique_id": "timeline-title", "text": _text(timeline.title, text), "autolink": False}

    def slide(self, event: Event, status: Status) -> dict[str, Any] | None:
        """The slide of an event, or None if TimelineJS can show none: that is reported.

        Args:
            event: The event, as much of it as is to be told.
            status: What it is at the moment that the slide is of.
        """
        when = event.when
        if when is None:
            self._lose(event, Feature.UNDATED, "TimelineJS shows no event without a date of its own", LossKind.DROPPED)
            return None
        hull = hull_of(when)
        dates = drawing(hull, self.scale)
        if not dates:
            self._lose(event, Feature.DISTANT_YEARS, undrawable(hull, self.scale), LossKind.DROPPED)
            return None
        for feature, message in shortcomings(when, hull, self.scale):
            self._lose(event, feature, message)
        if event.repeats is not None:
            self._lose(event, Feature.RECURRENCE, "drawn the first time only: TimelineJS knows no rules")
        slide: dict[str, Any] = {"unique_id": slide_id(event.id), **dates}
        slide["display_date"] = escape_twice(self._date_in_words(when, status))
        row = self._rows.row(event, status)
        if row is not None:
            slide["group"] = escape_twice(row)
        media, media_text = slide_media(event, self._ctx, self.labels)
        wording = self._wording
        text = wording.note(event, status) + (rendered(event.text) if event.text else "")
        slide["text"] = _text(event.title, text + wording.claims(event) + media_text + self._facts(event))
        if media:
            slide["media"] = media
        # Linking addresses in texts is done after TimelineJS has made them safe, and unsafely.
        slide["autolink"] = False
        return slide

    def era(self, slides: Iterable[Mapping[str, Any]], now: Moment | None = None) -> dict[str, Any] | None:
        """The era "Future (as of ...)", for ``eras``; None if nothing is drawn after the day.

        Args:
            slides: The slides that are drawn with it, but for the title.
            now: The day after which the era begins; None for that of the export.
        """
        horizon = self.horizon(now)
        for slide in slides:
            horizon.add(slide)
        return horizon.era()

    def horizon(self, now: Moment | None = None) -> Horizon:
        """What makes that era of slides that are added to it one by one.

        Args:
            now: The day after which the era begins; None for that of the export.
        """
        return Horizon(self._ctx.now if now is None else now, self.scale, self.labels)

    def _lose(self, event: Event, feature: Feature, message: str, kind: LossKind = LossKind.APPROXIMATED) -> None:
        self._ctx.lose(feature, message, event_id=event.id, kind=kind)

    def _date_in_words(self, when: When, status: Status) -> str:
        """The line above the headline, which screen readers say of the marker too."""
        words = self._wording.date(when)
        word = self._rows.word(status)
        if word is None:
            return words[0].upper() + words[1:]
        return self.labels.text(Label.STATUS_AND_DATE, status=word, date=words)

    def _facts(self, event: Event) -> str:
        """A paragraph of where, who, what about and from whom, and of the group if it makes no row."""
        wording = self._wording
        facts = [
            (Label.AFTER, [wording.title(id_) for id_ in event.after]),
            (Label.LASTS, [self.labels.duration(event.lasts)] if event.lasts else ()),
            (Label.WHERE, event.places),
            (Label.WHO, event.actors),
            (Label.TAGS, event.tags),
            (Label.GROUP, [event.group] if event.group and self._ctx.options.group != "group" else ()),
        ]
        lines = [wording.headed(label, "; ".join(map(wording.apart, values))) for label, values in facts if values]
        lines += [wording.headed(Label.SOURCE, source) for source in wording.sources(event)]
        return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _labels(timeline: Timeline, ctx: ExportContext) -> Labels:
    """The words of the language of the options or the timeline, or else of English: that is reported."""
    if ctx.options.language is not None:
        return labels(ctx.options.language)
    try:
        return labels(timeline.language)
    except LanguageError as error:
        # English of any country is English: only its dates are in another order.
        if timeline.language.partition("-")[0].lower() != "en":
            ctx.lose(Feature.LANGUAGE, f"dates and labels are in English: {error}", kind=LossKind.APPROXIMATED)
        return labels("en")


def _text(headline: str, html: str) -> dict[str, str]:
    text = {"headline": escape(headline), "text": clean(html)}
    return {key: value for key, value in text.items() if value}
