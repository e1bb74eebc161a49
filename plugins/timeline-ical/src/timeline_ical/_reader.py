"""Reads calendars: bytes to lines, lines to components, components to events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from timeline import document
from timeline._memory import without_collector
from timeline.errors import DocumentError, Fault
from timeline.model import Source, Timeline
from timeline_ical._lines import web_address
from timeline_ical.reading import _header as headers
from timeline_ical.reading._calendars import ENTRIES, Calendar, stamp
from timeline_ical.reading._dates import UNDATED
from timeline_ical.reading._identity import Ids, with_suffix
from timeline_ical.reading._repeats import without
from timeline_ical.reading._report import Report
from timeline_ical.reading._tree import Component, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats import ImportContext
    from timeline.model import Event
    from timeline.when import When
    from timeline_ical.reading._dates import Timing

_CALENDAR = "a calendar, which begins with BEGIN:VCALENDAR"
_READ_ELSEWHERE = ENTRIES | {"VTIMEZONE"}
_NOT_INSIDE = ENTRIES | {"VCALENDAR"}


def decode(chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
    """The timeline in a calendar.

    Raises:
        DocumentError: It is no calendar, or too much of one.
    """
    data = document.gather(chunks, file=ctx.file, max_bytes=ctx.options.max_bytes, option="-O ical.max_bytes=N")
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if head == b"<":
        found = "XML; xCal (RFC 6321) is not read"
        raise DocumentError([_fault(found, f"iCalendar or jCal: {_CALENDAR}", data, ctx)])
    with without_collector():
        if head == b"[":
            from timeline_ical.reading._jcal import to_ical  # noqa: PLC0415 - few calendars are JSON

            return _Reading(to_ical(data, file=ctx.file), ctx, has_lines=False).timeline()
        return _Reading(data, ctx, has_lines=True).timeline()


def _fault(found: str, expected: str, data: bytes, ctx: ImportContext) -> Fault:
    """A fault of the first line that is not empty."""
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    number = next((at for at, line in enumerate(lines, start=1) if line.strip()), 1)
    source = lines[number - 1][:200].decode(errors="replace") if lines else ""
    return Fault(found=found, expected=expected, file=ctx.file, line=number, source=source)


class _Entry:
    """An entry on its way to an event."""

    __slots__ = ("calendar", "component", "event", "id", "is_own", "is_single", "replaced", "timing", "uid")

    def __init__(self, component: Component, calendar: Calendar) -> None:
        self.component, self.calendar = component, calendar
        self.uid = calendar.uid(component)
        self.id = ""
        self.timing: Timing = UNDATED
        self.event: Event | None = None
        self.is_own = calendar.is_own and "X-TIMELINE-EDTF" in component.properties
        self.is_single = "RECURRENCE-ID" in component.properties
        self.replaced: list[When] = []


class _Reading:
    """The reading of one file."""

    def __init__(self, data: bytes, ctx: ImportContext, *, has_lines: bool) -> None:
        self._data, self._ctx = data, ctx
        self._report = Report(ctx, data if has_lines else None)
        self._ids = Ids(self._report)
        self._by_uid: dict[str, _Entry] = {}

    def timeline(self) -> Timeline:
        """The timeline.

        Raises:
            DocumentError: There is no calendar in the file, or too much.
        """
        calendars = self._calendars(read_tree(self._data, self._report))
        entries = [
            _Entry(component, calendar)
            for calendar in calendars
            for component in calendar.component.children
            if component.name in ENTRIES
        ]
        self._name(entries)
        events = self._events(entries, calendars)
        self._report.close()
        return events

    def _calendars(self, root: Component) -> list[Calendar]:
        """The calendars of the file; entries outside of any are taken for those of one more."""
        found = [child for child in root.children if child.name == "VCALENDAR"]
        loose = [child for child in root.children if child.name != "VCALENDAR"]
        if not found and not any(child.name in ENTRIES for child in loose):
            raise DocumentError([_fault(self._beginning(), _CALENDAR, self._data, self._ctx)])
        if loose:
            outside = Component("VCALENDAR", loose[0].line)
            outside.children = loose
            found.append(outside)
            self._report.fault(loose[0].line, f"{loose[0].name} outside of any calendar", "BEGIN:VCALENDAR before it")
        for calendar in found[1:]:
            if calendar.properties:
                expected = "one in a file; the timeline has the entries of all and the title of the first"
                self._report.fault(calendar.line, "one more VCALENDAR", expected)
        for calendar in found:
            self._flatten(calendar)
        return [Calendar(calendar, self._report, file=self._ctx.file) for calendar in found]

    def _beginning(self) -> str:
        text = self._data.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            return "an empty file"
        if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "text in UTF-16"
        return "text that is no calendar"

    def _flatten(self, calendar: Component) -> None:
        """Take entries out of entries in which an END was forgotten, and calendars out of calendars."""
        children: list[Component] = []
        waiting = list(reversed(calendar.children))
        while waiting:
            child = waiting.pop()
            nested = [inner for inner in child.children if inner.name in _NOT_INSIDE]
            if nested:
                child.children = [inner for inner in child.children if inner.name not in _NOT_INSIDE]
                waiting += reversed(nested)
            if child.name == "VCALENDAR":
                waiting += reversed(child.children)
                continue
            children.append(child)
            if child.name not in _READ_ELSEWHERE:
                self._report.unplaced(child.line, child.name or "a component without a name")
        calendar.children = children

    def _name(self, entries: list[_Entry]) -> None:
        """Give ids to all entries but those that replace one time of another."""
        masters = [entry for entry in entries if not entry.is_single]
        wanted = [(entry.calendar.id(entry.component, entry.uid), entry.component) for entry in masters]
        given = self._ids.assign(wanted)
        others = []
        for entry, (id, _), own in zip(masters, wanted, given, strict=True):
            entry.id = own
            if entry.uid is not None:
                if id == own:
                    self._by_uid[entry.uid] = entry
                else:
                    others.append(entry)
        for entry in others:
            self._by_uid.setdefault(entry.uid or "", entry)

    def _events(self, entries: list[_Entry], calendars: list[Calendar]) -> Timeline:
        own = [calendar.header for calendar in calendars if calendar.is_own]
        header = headers.merge(own, self._report) if own else calendars[0].header
        source = self._source(header)
        mappings: list[tuple[_Entry, dict[str, Any]]] = []
        # What replaces one time of another is named by what it replaces.
        in_order = sorted(entries, key=lambda entry: entry.is_single)
        for entry in self._ctx.track(in_order):
            component, calendar = entry.component, entry.calendar
            if not entry.is_own:
                entry.timing = calendar.timing(component)
            if entry.is_single:
                self._replace(entry)
            mapping = calendar.own_event(component, entry.id) if entry.is_own else None
            if mapping is None:
                self._read(entry, source)
            else:
                mappings.append((entry, mapping))
        base = self._read_own(header, mappings, source)
        for entry in entries:
            if entry.replaced:
                self._except(entry)
        self._relate(entries)
        return self._put_together(base, entries, calendars[0], source)

    def _read(self, entry: _Entry, source: str) -> None:
        """Read an entry as that of others."""
        if entry.is_own:
            entry.is_own = False
            entry.timing = entry.calendar.timing(entry.component)
        entry.event = entry.calendar.event(entry.component, entry.id, entry.timing, source)

    def _relate(self, entries: list[_Entry]) -> None:
        """Say of events that they come after others, where entries say so."""
        related = [entry for entry in entries if not entry.is_own and "RELATED-TO" in entry.component.properties]
        if not related:
            return
        ids = {uid: entry.id for uid, entry in self._by_uid.items()}
        by_id = {entry.id: entry for entry in entries}
        after: dict[str, dict[str, None]] = {}
        for entry in related:
            for id in entry.calendar.followers(entry.component, ids):
                later, first = by_id[id].event, entry.event
                assert later is not None
                assert first is not None
                if later.when is not None and first.when is not None and later.when.certainly_before(first.when):
                    # Many programs write the relation into the later of the two.
                    line = entry.component.all("RELATED-TO")[0]
                    found = f"RELATED-TO {later.id}, which is before {first.id}"
                    self._report.fault(line.number, found, "the relation in the earlier entry (RFC 9253, 4)")
                elif later is not first:
                    after.setdefault(id, {})[first.id] = None
        for id, earlier in after.items():
            event = by_id[id].event
            assert event is not None
            by_id[id].event = attrs.evolve(event, after=list(dict.fromkeys([*event.after, *earlier])))

    def _source(self, header: dict[str, Any]) -> str:
        """The id of the calendar as a source."""
        taken = header.get("sources") or {}
        id, number = "calendar", 2
        while id in taken:
            id, number = f"calendar-{number}", number + 1
        return id

    def _replace(self, entry: _Entry) -> None:
        """Name an entry that replaces one time of another, and note which."""
        component, calendar = entry.component, entry.calendar
        line = component.first("RECURRENCE-ID")
        assert line is not None
        moment = calendar.instance(component)
        master = None if entry.uid is None else self._by_uid.get(entry.uid)
        base = master.id if master is not None else calendar.id(component, entry.uid)
        start = None if master is None else master.timing.start
        if master is not None and master.is_own:
            start = master.calendar.dates.start(master.component)
        suffix = stamp(moment, start) if moment is not None else "x"
        entry.id = self._ids.unique(with_suffix(base, suffix))
        if entry.id != with_suffix(base, suffix):
            self._report.fault(
                component.line, "a second entry for one time of another", f"one; this has the id {entry.id}"
            )
        if moment is not None and master is not None:
            when = calendar.dates.when(moment, line)
            if when is not None:
                master.replaced.append(when)
        elif moment is not None:
            self._report.each(
                line.number, "RECURRENCE-ID without the entry that happens again", "that entry in the file"
            )

    def _read_own(self, header: dict[str, Any], mappings: list[tuple[_Entry, dict[str, Any]]], source: str) -> Timeline:
        """Read our own events; those with faults are read like those of others."""
        while True:
            try:
                timeline = headers.make(header, [mapping for _, mapping in mappings])
            except DocumentError as error:
                faulty = {
                    path[1]: fault
                    for fault in reversed(error.faults)
                    if len(path := fault.path) > 1 and path[0] == "events"
                }
                if not faulty:
                    raise
                left = []
                for at, (entry, mapping) in enumerate(mappings):
                    fault = faulty.get(at)
                    if fault is None:
                        left.append((entry, mapping))
                        continue
                    component = entry.component
                    line = component.first("X-TIMELINE-EVENT") or component.first("X-TIMELINE-EDTF")
                    where = ".".join(map(str, fault.path[2:]))
                    expected = f"{fault.expected}; the entry is read without it"
                    self._report.fault(line.number if line else component.line, f"{where}: {fault.found}", expected)
                    self._read(entry, source)
                mappings = left
            else:
                addresses = {known.id: web_address(known.url) for known in timeline.sources}
                for (entry, _), event in zip(mappings, timeline.events, strict=True):
                    entry.event = entry.calendar.checked(entry.component, event, addresses, source)
                return timeline

    def _except(self, entry: _Entry) -> None:
        """Take the times that entries of their own replace out of an event that happens again."""
        event = entry.event
        assert event is not None
        if event.repeats is None:
            self._report.fault(entry.component.line, "entries for single times of an entry", "one that happens again")
            return
        entry.event = attrs.evolve(event, repeats=without(event.repeats, entry.replaced))

    def _put_together(self, base: Timeline, entries: list[_Entry], calendar: Calendar, source: str) -> Timeline:
        events = [entry.event for entry in entries if entry.event is not None]
        if self._ctx.options.expand is not None:
            from timeline_ical.reading._expand import Expansion  # noqa: PLC0415 - few are asked to expand

            options = self._ctx.options
            expansion = Expansion(
                options.expand,
                options.max_occurrences,
                unique=self._ids.unique,
                report=self._report,
                file=self._ctx.file,
            )
            events = [
                each
                for entry in entries
                if entry.event is not None
                for each in expansion.of(entry.event, entry.component.line, entry.calendar.dates.told)
            ]
        sources = base.sources
        if any(claim.source == source for event in events for claim in event.claims) or any(
            event.outcome is not None and event.outcome.source == source for event in events
        ):
            named = Source(id=source, title=base.title, url=headers.address(calendar.component))
            sources = (*sources, named)
        return attrs.evolve(base, sources=sources, events=events)
