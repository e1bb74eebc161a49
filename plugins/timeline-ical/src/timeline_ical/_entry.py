"""Writes one event as an entry of the calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline import document
from timeline.formats import Feature, LossKind
from timeline.model import Modality, Result, to_duration, to_timedelta
from timeline.when import Bound, Grain, When
from timeline_ical._dates import Shown, day_text, is_told_twice, short, time_text, time_value
from timeline_ical._lines import (
    clean,
    escape,
    fold,
    has_controls,
    is_clean,
    json_line,
    parameter,
    text_line,
    web_address,
)
from timeline_ical.lint._recur import parse

if TYPE_CHECKING:
    from timeline.formats import ExportContext
    from timeline.model import Event, Timeline
    from timeline_ical._dates import Zone
    from timeline_ical._description import Descriptions
    from timeline_ical._zones import Zones

VEVENT, VTODO, VJOURNAL = b"VEVENT", b"VTODO", b"VJOURNAL"
_KINDS = {"event": VEVENT, "todo": VTODO, "journal": VJOURNAL}
_EXPECTED = frozenset({Modality.PLANNED, Modality.PROJECTED})
CALLED_OFF = (Result.DID_NOT_OCCUR, Result.SUPERSEDED)
# STATUS of what is definite, of what is not, and of what was called off (RFC 5545, 3.8.1.11).
# What is in a chronology keeps nobody busy (3.8.2.7); only a VEVENT has that.
_STATUS = {
    VEVENT: tuple(b"STATUS:%b\r\nTRANSP:TRANSPARENT\r\n" % word for word in (b"CONFIRMED", b"TENTATIVE", b"CANCELLED")),
    VTODO: tuple(b"STATUS:%b\r\n" % word for word in (b"COMPLETED", b"NEEDS-ACTION", b"CANCELLED")),
    VJOURNAL: tuple(b"STATUS:%b\r\n" % word for word in (b"FINAL", b"DRAFT", b"CANCELLED")),
}
_ENDS = {kind: b"END:%b\r\n" % kind for kind in (VEVENT, VTODO, VJOURNAL)}
# What no text may hold, and so tells them apart.
_SEPARATOR = "\x00"
_PICTURES = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "svg": "svg+xml",
    "avif": "avif",
}
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SUFFIX = re.compile(r"\.([A-Za-z]{3,4})(?:[?#]|$)")
_UNTIL = re.compile(r"(?<=UNTIL=)(\d{8})(T\d{6}Z?)?", re.IGNORECASE)


class Entries:
    """Writes the events of a timeline."""

    def __init__(self, timeline: Timeline, ctx: ExportContext, locale: str, zones: Zones, words: Descriptions) -> None:
        """Prepare what all entries share."""
        self._timeline, self._ctx, self._locale, self._zones, self._words = timeline, ctx, locale, zones, words
        self._summary = f"SUMMARY;LANGUAGE={timeline.language}:".encode()
        self._kind = _KINDS[ctx.options.projections]
        self._alarm_before = to_timedelta(ctx.options.alarm or "") or timedelta()
        self._says_status = ctx.options.prefix in ("both", "status")
        self._says_date = ctx.options.prefix in ("both", "date")
        self._addresses = {source.id: web_address(source.url) for source in timeline.sources}
        self._labels = {
            source.id: parameter(source.title or source.publisher or source.id) for source in timeline.sources
        }
        self._followers: dict[str, list[str]] = {}
        # What has no date is in no calendar, and so cannot be pointed at.
        # In an order that does not follow from that of the timeline, or a ledger would have to know of it.
        for event in sorted((event for event in timeline.events if event.after), key=lambda event: event.id):
            for id in dict.fromkeys(event.after) if event.when is not None else ():
                self._followers.setdefault(id, []).append(event.id)

    def kind(self, event: Event) -> bytes:
        """Whether an event is a VEVENT, or another component because it is, or was, a projection."""
        if self._kind is VEVENT or not any(claim.modality in _EXPECTED for claim in event.claims):
            return VEVENT
        return self._kind

    def body(self, event: Event, shown: Shown, kind: bytes) -> bytes:
        """All lines of an entry after those that identify it and its revision."""
        is_plain = not event.claims and event.outcome is None
        is_fact = is_plain or event.is_fact
        called_off = event.outcome is not None and event.outcome.result in CALLED_OFF
        summary = event.title
        if shown.inexact or not is_fact:
            summary = self._title(event, shown, is_fact=is_fact, off=called_off)
        has_title = event.title.isprintable()
        if not has_title:
            # One line (RFC 5545, 3.8.1.12): there are calendars that drop an event with more.
            summary = _LINE_BREAK.sub(" ", summary)
        description, start = self._words.of(
            event, shown.when, "" if kind is VTODO else shown.note, where=kind is VJOURNAL
        )
        texts = [summary, description]
        has_place = bool(event.places) and kind is not VJOURNAL
        if has_place:
            texts.append(event.places[0] if len(event.places) == 1 else "; ".join(event.places))
        categories = event.tags
        if event.group or len(set(categories)) < len(categories):
            categories = tuple(dict.fromkeys((*filter(None, [event.group]), *categories)))
        escaped, is_exact, total = self._escaped(event, [*texts, *categories])
        lines = [self._dates(event, shown, kind), fold(self._summary + escaped[0]), fold(b"DESCRIPTION:" + escaped[1])]
        if has_place:
            lines.append(fold(b"LOCATION:" + escaped[2]))
        if categories:
            lines.append(fold(b"CATEGORIES:" + b",".join(escaped[len(texts) :])))
        lines.append(_STATUS[kind][2 if called_off else 0 if is_fact else 1])
        if not is_plain or event.media:
            lines += self._links(event)
        if event.id in self._followers:
            lines += self._relations(event)
        lines.append(_for_the_importer(event, shown, _Written(summary, start, total, is_exact, has_title, has_place)))
        if self._ctx.options.alarm is not None and kind is not VJOURNAL and event.outcome is None and event.is_open:
            lines += self._alarm(event, summary, has_start=lines[0].startswith(b"DTSTART"))
        lines.append(_ENDS[kind])
        return b"".join(lines)

    def _escaped(self, event: Event, texts: list[str]) -> tuple[list[bytes], bool, int]:
        """The texts of an entry with their escapes, whether none had to be cleaned, and the length of the second.

        They are looked at and escaped in one go, in UTF-8: that is what writing is quick by.
        """
        try:
            data = _SEPARATOR.join(texts).encode()
            is_exact = data.count(b"\x00") == len(texts) - 1 and is_clean(data)
        except UnicodeEncodeError:
            is_exact = False
        if not is_exact:
            cleaned = list(map(clean, texts))
            if any(map(has_controls, texts)):
                message = "control characters are written as U+FFFD"
                self._ctx.lose(Feature.TEXT, message, event_id=event.id, kind=LossKind.APPROXIMATED)
            is_exact = cleaned == texts
            texts, data = cleaned, _SEPARATOR.join(cleaned).encode()
        return escape(data).split(b"\x00"), is_exact, len(texts[1])

    def _dates(self, event: Event, shown: Shown, kind: bytes) -> bytes:
        """DTSTART with DTEND or DUE, and when it happens again."""
        parameters = shown.parameters
        repeats = b"" if event.repeats is None else self._repeats(event, shown)
        if kind is VTODO and not shown.is_timed:
            return self._task_dates(event, shown, repeats)
        lines = f"DTSTART{parameters}:{shown.start}\r\n"
        if shown.end is not None and kind is VEVENT:
            lines += f"DTEND{parameters}:{shown.end}\r\n"
        if event.duration is not None and (not shown.is_timed or kind is not VEVENT):
            lines += self._lasts(event, shown, kind)
        return lines.encode() + repeats

    def _lasts(self, event: Event, shown: Shown, kind: bytes) -> str:
        """DURATION of a task, which may have one; of what has no time of day nobody can tell the end."""
        if shown.is_timed and kind is VTODO and event.lasts:
            return f"DURATION:{to_duration(event.lasts)}\r\n"
        if event.lasts:
            message = f"how long it lasts, {event.duration}, is told in the description only"
            self._ctx.lose(Feature.TIMES, message, event_id=event.id, kind=LossKind.APPROXIMATED)
        return ""

    def _task_dates(self, event: Event, shown: Shown, repeats: bytes) -> bytes:
        """From when on something may happen, and the last day of that.

        DUE has to be later than DTSTART, and what happens again has to have that.
        """
        start, end = shown.when.window
        first = None if isinstance(start, Bound) else day_text(start)
        last = None if isinstance(end, Bound) else day_text(end - 1)
        lines = self._lasts(event, shown, VTODO) if event.duration is not None else ""
        if first is not None and (first != last or repeats):
            lines += f"DTSTART;VALUE=DATE:{first}\r\n"
        if last is not None and (first != last or not repeats):
            lines += f"DUE;VALUE=DATE:{last}\r\n"
        return lines.encode() + repeats

    def _repeats(self, event: Event, shown: Shown) -> bytes:
        """RRULE, RDATE and EXDATE, if there is one day or time from which they go on."""
        repeats = event.repeats
        assert repeats is not None
        zone, start = self._zones.of(event), shown.when.earliest
        days = {Grain.DAY} if not shown.is_timed else {Grain.SECOND, Grain.DAY}
        dates = (*repeats.rdate, *repeats.exdate)
        if shown.inexact or start is None or not all(date.grains <= days for date in dates):
            return self._lose_repeats(event, "when it happens again is not shown: it has no day or time to go on from")
        clock = shown.when.units[0].clock
        if clock is not None and clock.offset and zone is None and not repeats.tzid:
            # UTC has other days, and no calendar knows an offset that is of no zone.
            return self._lose_repeats(event, "when it happens again is not shown: its clock is that of no zone")
        if any(isinstance(parse(rule), str) for rule in repeats.rrule):
            return self._lose_repeats(event, "when it happens again is not shown: RFC 5545 allows no such rule")
        if not repeats.begins_with(shown.when):
            # Undefined, and there are calendars that drop the event (RFC 5545, 3.8.5.3).
            return self._lose_repeats(
                event, "when it happens again is not shown: its rule does not make the first date"
            )
        if zone is not None and shown.is_timed and not shown.parameters and shown.start.endswith("Z"):
            return self._lose_repeats(
                event, "when it happens again is not shown: its hour comes twice on the first day"
            )
        if len(repeats.rrule) > 1:
            # Should not be (3.6.1), and there are calendars that refuse the whole file.
            self._lose_repeats(event, "only the first of its rules is shown")
        lines = [
            fold(f"RRULE:{_UNTIL.sub(lambda match: _until(match, shown, zone), rule)}".encode())
            for rule in repeats.rrule[:1]
        ]
        for name, values in (("RDATE", repeats.rdate), ("EXDATE", repeats.exdate)):
            lines += [self._date(event, name, value, shown, zone) for value in values]
        return b"".join(lines)

    def _lose_repeats(self, event: Event, message: str) -> bytes:
        self._ctx.lose(Feature.RECURRENCE, message, event_id=event.id, kind=LossKind.APPROXIMATED)
        return b""

    def _date(self, event: Event, name: str, when: When, shown: Shown, zone: Zone | None) -> bytes:
        """A date of the kind that DTSTART is; of what happens at a time, a day means that time of it."""
        moment: Any = when.earliest
        if not shown.is_timed:
            return f"{name};VALUE=DATE:{day_text(moment.toordinal())}\r\n".encode()
        if when.grains == {Grain.DAY}:
            value = f"{day_text(moment.toordinal())}{shown.start[8:]}"
            return f"{name}{shown.parameters}:{value}\r\n".encode()
        if (moment.tzinfo is None) != _is_local(shown):
            self._lose_repeats(event, f"{name} {when} is not shown: one of it and the first date has no offset")
            return b""
        try:
            if is_told_twice(moment, zone):
                self._lose_repeats(event, f"{name} {when} is not shown: its hour comes twice on that day")
                return b""
            parameters, value = time_value(moment, zone)
        except OverflowError:
            self._lose_repeats(event, f"{name} {when} is not shown: it is out of what a calendar can hold")
            return b""
        return f"{name}{parameters}:{value}\r\n".encode()

    def _title(self, event: Event, shown: Shown, *, is_fact: bool, off: bool) -> str:
        """The title, after what must not be overlooked: that it is no fact, or the date no day."""
        words = []
        if self._says_status and not is_fact and event.word and not (off and event.word == Result.DID_NOT_OCCUR.word):
            words.append(event.word)
        if self._says_date and shown.inexact:
            words.append(short(shown.when, self._locale))
        title = f"[{', '.join(words)}] {event.title}" if words else event.title
        return f"CANCELLED: {title}" if off else title

    def _links(self, event: Event) -> list[bytes]:
        """The addresses of sources and media, for programs that show or follow them."""
        lines = []
        named = dict.fromkeys(claim.source for claim in event.claims)
        if event.outcome is not None:
            named[event.outcome.source] = None
        first = True
        for id in named:
            address = self._addresses[id]
            if address is None:
                continue
            if first:
                lines.append(fold(b"URL:" + address))
                first = False
            # RFC 9253, 8.2: both parameters are required; "via" is where what is said comes from (RFC 4287).
            lines.append(fold(b"LINK;VALUE=URI;LINKREL=via;LABEL=%b:%b" % (self._labels[id], address)))
        if event.media is not None and (address := web_address(event.media.url)):
            suffix = _SUFFIX.search(address.decode())
            picture = _PICTURES.get(suffix[1].lower()) if suffix else None
            if picture:
                head = f"IMAGE;VALUE=URI;DISPLAY=FULLSIZE;FMTTYPE=image/{picture}:"
                lines.append(fold(head.encode() + address))
        return lines

    def _relations(self, event: Event) -> list[bytes]:
        """What comes after the event; the relation stands in the earlier one (RFC 9253, 4)."""
        later = self._followers[event.id]
        return [fold(f"RELATED-TO;RELTYPE=FINISHTOSTART:{id}@{self._timeline.id}".encode()) for id in later]

    def _alarm(self, event: Event, summary: str, *, has_start: bool) -> list[bytes]:
        """A VALARM before what falls due; of a task that has no DTSTART, before it is DUE."""
        if not any(claim.modality in _EXPECTED for claim in event.claims):
            return []
        trigger = f"TRIGGER{'' if has_start else ';RELATED=END'}:-{to_duration(self._alarm_before)}"
        return [
            f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{trigger}\r\n".encode(),
            text_line(b"DESCRIPTION", summary),
            b"END:VALARM\r\n",
        ]


class _Written(NamedTuple):
    """How the texts of an entry are written.

    Attributes:
        summary: The title of the entry.
        start: Where in the description the event's text begins.
        total: How long the description is.
        is_exact: Whether all texts are written as they are.
        has_title: Whether the title is of one line, and so can be.
        has_place: Whether the places are written.
    """

    summary: str
    start: int
    total: int
    is_exact: bool
    has_title: bool
    has_place: bool


def _for_the_importer(event: Event, shown: Shown, written: _Written) -> bytes:
    """What a calendar has no property for; see `timeline_ical.IcalImporter`."""
    has_text = written.is_exact or event.text is None or clean(event.text) == event.text
    place = ""
    if event.text is not None and has_text:
        place = f"X-TIMELINE-TEXT:{written.start}-{written.start + len(event.text)}/{written.total}\r\n"
    if shown.inexact:
        lines = fold(b"X-TIMELINE-EDTF:" + escape(shown.edtf.encode())) + place.encode()
    else:
        lines = f"X-TIMELINE-EDTF:{shown.edtf}\r\n{place}".encode()
    if written.summary is not event.title and written.summary != event.title and written.has_title:
        lines += text_line(b"X-TIMELINE-TITLE", event.title)
    rest = _rest(event, written, has_text=has_text)
    return lines + json_line(b"X-TIMELINE-EVENT", rest) if rest else lines


def _rest(event: Event, written: _Written, *, has_text: bool) -> dict[str, Any] | None:
    """The keys of the document that no property says exactly; None if there are none."""
    has_places = not event.places or (written.is_exact and written.has_place and len(event.places) == 1)
    has_tags = not event.tags or (written.is_exact and event.group is None and len(set(event.tags)) == len(event.tags))
    is_claimed = bool(event.claims) or event.outcome is not None
    has_more = (
        is_claimed or event.media or event.actors or event.after or event.group or event.duration or event.repeats
    )
    if not has_more and written.has_title and has_text and has_places and has_tags:
        return None
    mapping = document.event(event)
    # With claims, the date may be the editor's, or follow from them.
    said = {
        "id": True,
        "title": written.has_title,
        "text": has_text,
        "places": has_places,
        "tags": has_tags,
        "when": not is_claimed,
    }
    return {key: value for key, value in mapping.items() if not said.get(key)}


def _until(match: re.Match[str], shown: Shown, zone: Zone | None) -> str:
    """The end of a rule as RFC 5545, 3.3.10, wants it: of the type that DTSTART is, and in UTC if that has a zone."""
    day, clock = match[1], match[2] or "T235959"
    if not shown.is_timed:
        return str(day)
    if _is_local(shown):
        return f"{day}{clock.removesuffix('Z')}"
    if clock.endswith("Z"):
        return f"{day}{clock}"
    moment = datetime.fromisoformat(f"{day}{clock}").replace(tzinfo=UTC if zone is None else zone.tz)
    try:
        return time_text(moment.astimezone(UTC))
    except OverflowError:
        return f"{day}{clock}Z"


def _is_local(shown: Shown) -> bool:
    """Whether a time is by the clock of wherever the reader is."""
    return not shown.parameters and not shown.start.endswith("Z")
