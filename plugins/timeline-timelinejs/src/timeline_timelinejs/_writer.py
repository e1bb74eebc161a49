"""Writes the slides, an event at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline.formats import Feature, LossKind
from timeline_timelinejs._claims import claims, note, status
from timeline_timelinejs._dates import drawing, is_too_distant, shortcomings
from timeline_timelinejs._media import slide_media
from timeline_timelinejs._text import clean, escape, escape_twice, link, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.formats import ExportContext
    from timeline.model import Event, Source, Timeline
    from timeline.when import When

_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
# So that the document may stand in a <script> of a page: it cannot close it, nor open another.
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "&<>\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}


def encode(timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
    """Yield the document: the title slide, then a slide a line for each dated event."""
    _report_timeline(timeline, ctx)
    sources = {source.id: source for source in timeline.sources}
    titles = {event.id: event.title for event in timeline.events}
    yield b'{"scale": "human",\n"title": ' + _dump(_title(timeline)) + b',\n"events": ['
    separator = b"\n"
    for event in ctx.track(timeline.events):
        if event.when is None:
            ctx.lose(Feature.UNDATED, "TimelineJS shows no event without a date of its own", event_id=event.id)
            continue
        if is_too_distant(event.when):
            ctx.lose(Feature.DISTANT_YEARS, "TimelineJS draws no year beyond 270,000 in days", event_id=event.id)
            continue
        yield separator + _dump(_slide(event, event.when, sources, titles, ctx))
        separator = b",\n"
    yield b"\n]}\n"


def _dump(slide: dict[str, Any]) -> bytes:
    return _json(slide).translate(_IN_SCRIPT).encode()


def _report_timeline(timeline: Timeline, ctx: ExportContext) -> None:
    """Report what is lost of the timeline as a whole."""
    if timeline.language.partition("-")[0].lower() != "en":
        ctx.lose(Feature.LANGUAGE, "dates and labels are in English", kind=LossKind.APPROXIMATED)
    dated = [event for event in timeline.events if event.when is not None]
    if not dated:
        message = "no event has a date: TimelineJS shows an error in place of the timeline"
        ctx.lose(Feature.UNDATED, message, kind=LossKind.APPROXIMATED)
    named = {claim.source for event in dated for claim in event.claims}
    named |= {event.outcome.source for event in dated if event.outcome}
    for source in timeline.sources:
        if source.id not in named:
            ctx.lose(Feature.SOURCES, f"no slide names the source {source.id}: it is left out")


def _title(timeline: Timeline) -> dict[str, Any]:
    text = paragraphs(timeline.text) if timeline.text else ""
    if timeline.url:
        text += f"<p>{link(timeline.url, timeline.url)}</p>"
    if timeline.updated:
        text += f"<p>Updated {timeline.updated.humanize()}</p>"
    return {"unique_id": "timeline-title", "text": _text(timeline.title, text), "autolink": False}


def _slide(
    event: Event, when: When, sources: Mapping[str, Source], titles: Mapping[str, str], ctx: ExportContext
) -> dict[str, Any]:
    for feature, message in shortcomings(when):
        ctx.lose(feature, message, event_id=event.id, kind=LossKind.APPROXIMATED)
    if event.repeats is not None:
        message = "drawn the first time only: TimelineJS knows no rules"
        ctx.lose(Feature.RECURRENCE, message, event_id=event.id, kind=LossKind.APPROXIMATED)
    slide: dict[str, Any] = {"unique_id": slide_id(event.id), **drawing(when)}
    slide["display_date"] = escape_twice(_date_in_words(event, when))
    row = _row(event, ctx.options.group)
    if row:
        slide["group"] = escape_twice(row)
    media, media_text = slide_media(event, ctx)
    said, cited = claims(event, sources, titles)
    text = paragraphs(event.text) if event.text else ""
    text = note(event) + text + said + media_text + _facts(event, titles, ctx.options.group, cited)
    slide["text"] = _text(event.title, text)
    if media:
        slide["media"] = media
    # Linking addresses in texts is done after TimelineJS has made them safe, and unsafely.
    slide["autolink"] = False
    return slide


def slide_id(event_id: str) -> str:
    """The id of an event's slide: of the characters that TimelineJS can find again.

    No two events have the same one, and none is another's with "-marker" after it:
    that is the id which TimelineJS gives to its marker.
    """
    safe = event_id.replace("_", "__").replace(".", "_p")
    if safe.endswith("-marker"):
        safe = safe.removesuffix("-marker") + "_-marker"
    return f"event-{safe}"


def _date_in_words(event: Event, when: When) -> str:
    """The line above the headline, which screen readers say of the marker too."""
    words = when.humanize()
    return words[0].upper() + words[1:] if event.is_fact else f"{status(event)}: {words}"


def _row(event: Event, by: str) -> str | None:
    """The row under the slides; facts never share one with what is no fact."""
    if by == "none":
        return None
    word = status(event)
    own = {"group": event.group, "tag": next(iter(event.tags), None)}.get(by)
    # TimelineJS takes a name of blanks for none.
    if own is None or not own.strip():
        return word
    return own if word is None or event.is_fact else f"{own} ({word.lower()})"


def _text(headline: str, html: str) -> dict[str, str]:
    text = {"headline": escape(headline), "text": clean(html)}
    return {key: value for key, value in text.items() if value}


def _facts(event: Event, titles: Mapping[str, str], by: str, cited: Iterable[str]) -> str:
    """A paragraph of where, who, what about and from whom, and of the group if it makes no row."""
    facts = [
        ("After", "; ".join(titles.get(id_, id_) for id_ in event.after)),
        ("Where", "; ".join(event.places)),
        ("Who", "; ".join(event.actors)),
        ("Tags", "; ".join(event.tags)),
        ("Group", "" if by == "group" else event.group),
    ]
    lines = [f"<strong>{label}:</strong> {escape(value)}" for label, value in facts if value]
    lines += [f"<strong>Source:</strong> {source}" for source in cited]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""
