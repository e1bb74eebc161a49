"""Writes a calendar, an event at a time."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from icalendar import vDate, vDatetime, vUri

from timeline.formats import Feature, LossKind
from timeline.model import Result
from timeline_ical._dates import Omitted, exact_day, short, show
from timeline_ical._description import describe
from timeline_ical._lines import Lines, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from timeline.formats import ExportContext
    from timeline.model import Event, Source, Timeline
    from timeline_ical._dates import Shown

_PRODID = "-//timeline//timeline-ical//EN"


def encode(timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
    """Yield the calendar: its properties, then an event at a time."""
    _report_what_no_event_has(timeline, ctx)
    yield _header(timeline, ctx)
    sources = {source.id: source for source in timeline.sources}
    titles = {event.id: event.title for event in timeline.events}
    # Without METHOD, DTSTAMP is when the event was last revised (RFC 5545, 3.8.7.2).
    revised = exact_day(timeline.updated)
    stamp = vDatetime(_midnight(revised) if revised else ctx.now)
    for event in ctx.track(timeline.events):
        shown = show(event.when, wide=ctx.options.wide)
        if isinstance(shown, Omitted):
            ctx.lose(shown.feature, shown.reason, event_id=event.id)
            continue
        for feature in shown.inexact:
            ctx.lose(feature, str(shown), event_id=event.id, kind=LossKind.APPROXIMATED)
        lines = _event(event, shown, stamp, timeline, sources=sources, titles=titles)
        if lines.changed:
            _lose_controls(ctx, event.id)
        yield lines.to_bytes()
    yield b"END:VCALENDAR\r\n"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _header(timeline: Timeline, ctx: ExportContext) -> bytes:
    # No METHOD: it would make this a scheduling message (RFC 5546), which needs an
    # ORGANIZER. No UID: readers that collect by UID would take all events for one.
    lines = Lines()
    lines.raw("BEGIN:VCALENDAR")
    lines.raw("VERSION:2.0")
    lines.raw(f"PRODID:{_PRODID}")
    lines.raw("CALSCALE:GREGORIAN")
    # The second names are what most readers know instead of those of RFC 7986.
    for name in ("NAME", "X-WR-CALNAME"):
        lines.text(name, timeline.title)
    if timeline.text:
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            lines.text(name, timeline.text)
    if address := web_address(timeline.url):
        lines.value("URL", vUri(address))
    if revised := exact_day(timeline.updated):
        lines.value("LAST-MODIFIED", vDatetime(_midnight(revised)))
    if lines.changed:
        _lose_controls(ctx, None)
    return lines.to_bytes()


def _event(
    event: Event,
    shown: Shown,
    stamp: vDatetime,
    timeline: Timeline,
    *,
    sources: Mapping[str, Source],
    titles: Mapping[str, str],
) -> Lines:
    lines = Lines()
    lines.raw("BEGIN:VEVENT")
    lines.raw(f"UID:{event.id}@{timeline.id}")
    lines.value("DTSTAMP", stamp)
    lines.value("DTSTART", vDate(shown.first), VALUE="DATE")
    if shown.end is not None:
        lines.value("DTEND", vDate(shown.end), VALUE="DATE")
    lines.text("SUMMARY", _summary(event, shown), LANGUAGE=timeline.language)
    lines.text("DESCRIPTION", describe(event, shown, sources, titles))
    if event.places:
        lines.text("LOCATION", "; ".join(event.places))
    if categories := dict.fromkeys((*filter(None, [event.group]), *event.tags)):
        lines.text("CATEGORIES", *categories)
    # What is definite, and what is not (RFC 5545, 3.8.1.11).
    lines.raw(f"STATUS:{_status(event)}")
    lines.raw("TRANSP:TRANSPARENT")
    lines.text("X-TIMELINE-EDTF", str(shown.when))
    lines.raw("END:VEVENT")
    return lines


_CALLED_OFF = (Result.DID_NOT_OCCUR, Result.SUPERSEDED)


def _status(event: Event) -> str:
    if event.outcome is not None and event.outcome.result in _CALLED_OFF:
        return "CANCELLED"
    return "CONFIRMED" if event.is_fact else "TENTATIVE"


def _summary(event: Event, shown: Shown) -> str:
    """The title, after what must not be overlooked: that it is no fact, or the date no day."""
    words = [] if event.word is None or event.is_fact else [event.word]
    if shown.inexact:
        words.append(short(shown.when))
    return f"[{', '.join(words)}] {event.title}" if words else event.title


def _lose_controls(ctx: ExportContext, event_id: str | None) -> None:
    message = "control characters are written as U+FFFD"
    ctx.lose(Feature.TEXT, message, event_id=event_id, kind=LossKind.APPROXIMATED)


def _report_what_no_event_has(timeline: Timeline, ctx: ExportContext) -> None:
    """Report what is lost of the timeline as a whole."""
    if timeline.language.lower().partition("-")[0] != "en":
        ctx.lose(Feature.LANGUAGE, "dates and labels are worded in English", kind=LossKind.APPROXIMATED)
    if any(event.group for event in timeline.events):
        ctx.lose(Feature.GROUPS, "a group is the first category, like a tag", kind=LossKind.APPROXIMATED)
    if timeline.url and not web_address(timeline.url):
        ctx.lose(Feature.LINKS, "the timeline's address is not one of the web")
    if timeline.updated and not exact_day(timeline.updated):
        ctx.lose(Feature.LINKS, f"the timeline was updated {timeline.updated.humanize()}, which is no exact day")
    named = {claim.source for event in timeline.events for claim in event.claims}
    named |= {event.outcome.source for event in timeline.events if event.outcome}
    if unnamed := [source.id for source in timeline.sources if source.id not in named]:
        ctx.lose(Feature.SOURCES, f"no claim names these sources: {', '.join(unnamed)}")
