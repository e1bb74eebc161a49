"""Writes a calendar, an event at a time."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from timeline import document
from timeline.errors import LanguageError, OptionError
from timeline.formats import Feature, LossKind
from timeline.model import to_duration, to_timedelta
from timeline.when import When, numbers
from timeline_ical._dates import Omitted, exact_day, on_first_day, show
from timeline_ical._description import Descriptions
from timeline_ical._entry import CALLED_OFF, VEVENT, VJOURNAL, Entries
from timeline_ical._lines import clean, fold, has_controls, json_line, text_line, web_address
from timeline_ical._options import ALWAYS
from timeline_ical._revisions import Revisions
from timeline_ical._zones import Zones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.formats import ExportContext
    from timeline.model import Event, Timeline

_PRODID = "-//timeline//timeline-ical//EN"
_END = b"END:VCALENDAR\r\n"
_GOOGLE_TAKES = 1_000_000  # bytes, as people report
_BEGINNING = datetime.min.replace(tzinfo=UTC)  # of the days that ordinals count
_SOME_DAY = When.parse("2024-08-06")


def encode(timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
    """Yield the calendar: its properties, then an event at a time."""
    locale = _locale(timeline, ctx)
    _report_what_no_event_has(timeline, ctx, locale)
    revisions = Revisions(timeline, ctx)
    zones = Zones(timeline, ctx.options.timezone)
    entries = Entries(timeline, ctx, locale, zones, Descriptions(timeline, locale))
    head = b"".join([_header(timeline, ctx, revisions), *zones.components()])
    yield head
    size, limit = len(head) + len(_END), ctx.options.max_size
    if limit and size > limit:
        message = f"found max_size={limit}, expected {size} or more: what is not of any event takes that"
        raise OptionError(message)
    is_empty = True
    wide, is_wanted = ctx.options.wide, _wanted(ctx)
    for event in ctx.track(timeline.events):
        if not is_wanted(event):
            ctx.leave_out(event.id)
            continue
        kind = entries.kind(event)
        lasts = event.lasts if event.duration and kind is VEVENT else None
        shown = show(event.when, wide=wide if kind is VEVENT else "span", lasts=lasts, zone=zones.of(event))
        if isinstance(shown, Omitted):
            ctx.lose(shown.feature, shown.reason, event_id=event.id)
            continue
        if kind is VJOURNAL:
            shown = on_first_day(shown)
        uid = fold(f"UID:{event.id}@{timeline.id}".encode())[:-2]
        entry = revisions.entry(event, kind, uid, entries.body(event, shown, kind))
        size += len(entry)
        if limit and size > limit:
            size -= len(entry)
            ctx.lose(Feature.SIZE, f"there is no room for it in {limit:,} bytes", event_id=event.id)
            continue
        if shown.inexact:
            for feature in shown.inexact:
                ctx.lose(feature, str(shown), event_id=event.id, kind=LossKind.APPROXIMATED)
        is_empty = False
        yield entry
    yield _END
    if is_empty and timeline.events:
        ctx.warn("no event is left: whoever subscribes to this calendar will see nothing")
    _warn(ctx, size, revisions)


def _wanted(ctx: ExportContext) -> Callable[[Event], bool]:
    """What decides whether an event is wanted."""
    selection, cancelled = ctx.options.selection, ctx.options.cancelled
    selects, grace = bool(selection), None if cancelled == ALWAYS else to_timedelta(cancelled)
    # What was called off before this day is no longer shown.
    gone = -math.inf if grace is None else (ctx.now - _BEGINNING - grace).days + 1

    def is_wanted(event: Event) -> bool:
        outcome = event.outcome
        if outcome is not None and outcome.result in CALLED_OFF and numbers(outcome.decided.window)[1] <= gone:
            return False
        return not selects or selection.takes(event)

    return is_wanted


def _locale(timeline: Timeline, ctx: ExportContext) -> str:
    """The language of dates: that of the options or the timeline, or else English."""
    if ctx.options.language is not None:
        return str(ctx.options.language)
    try:
        _SOME_DAY.humanize(timeline.language)
    except LanguageError:
        return "en"
    return timeline.language


def _header(timeline: Timeline, ctx: ExportContext, revisions: Revisions) -> bytes:
    # No METHOD: it would make this a scheduling message (RFC 5546), which needs an
    # ORGANIZER. No UID: readers that collect by UID would take all events for one.
    options = ctx.options
    lines = [f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{_PRODID}\r\nCALSCALE:GREGORIAN\r\n".encode()]
    # The second names are what most readers know instead of those of RFC 7986.
    lines += [text_line(name, timeline.title) for name in (b"NAME", b"X-WR-CALNAME")]
    if timeline.text:
        lines += [text_line(name, timeline.text) for name in (b"DESCRIPTION", b"X-WR-CALDESC")]
    if address := web_address(timeline.url):
        lines.append(fold(b"URL:" + address))
    if source := web_address(options.source):
        lines.append(fold(b"SOURCE;VALUE=URI:" + source))
    if revisions.last is not None:
        lines.append(fold(f"LAST-MODIFIED:{revisions.last}".encode()))
    # RFC 7986, 5.7 requires the parameter.
    refresh = to_duration(to_timedelta(options.refresh) or timedelta())
    lines.append(f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}\r\nX-PUBLISHED-TTL:{refresh}\r\n".encode())
    if options.color is not None:
        from webcolors import name_to_hex  # noqa: PLC0415 - most calendars have no color

        lines.append(fold(f"COLOR:{options.color.lower()}".encode()))
        lines.append(text_line(b"X-APPLE-CALENDAR-COLOR", name_to_hex(options.color).upper()))
    if options.timezone is not None:
        lines.append(text_line(b"X-WR-TIMEZONE", options.timezone))
    known = {key: value for key, value in document.header(timeline).items() if key not in ("title", "text")}
    known |= {key: text for key in ("title", "text") if (text := getattr(timeline, key)) and clean(text) != text}
    lines.append(json_line(b"X-TIMELINE-DOCUMENT", known))
    if has_controls(timeline.title) or has_controls(timeline.text or ""):
        message = "control characters are written as U+FFFD"
        ctx.lose(Feature.TEXT, message, kind=LossKind.APPROXIMATED)
    return b"".join(lines)


def _warn(ctx: ExportContext, size: int, revisions: Revisions) -> None:
    if size > _GOOGLE_TAKES:
        ctx.warn(
            f"the calendar has {size / 1e6:.1f} MB, and Google is reported to take about 1 MB: "
            "since, only_tags and max_size make it smaller"
        )
    if not revisions.is_known:
        ctx.warn(
            "nothing tells when events were revised, and some calendars take no change over without that: "
            "see --previous and --ledger"
        )


def _report_what_no_event_has(timeline: Timeline, ctx: ExportContext, locale: str) -> None:
    """Report what is lost of the timeline as a whole."""
    if any(language.lower().partition("-")[0] != "en" for language in (timeline.language, locale)):
        ctx.lose(Feature.LANGUAGE, "labels are worded in English", kind=LossKind.APPROXIMATED)
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
