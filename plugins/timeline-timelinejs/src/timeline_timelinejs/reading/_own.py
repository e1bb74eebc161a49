"""Reads our own exports: what they keep beside the slides, and what somebody changed on these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from timeline import document
from timeline.document import VERSION_KEY, Place
from timeline.errors import DocumentError
from timeline.model import Source
from timeline_timelinejs._record import DIGEST, RECORD, digest
from timeline_timelinejs.reading._edits import Edits
from timeline_timelinejs.reading._events import event_of
from timeline_timelinejs.reading._future import is_future, languages
from timeline_timelinejs.reading._identity import Ids, id_of_slide, slug
from timeline_timelinejs.reading._report import shown
from timeline_timelinejs.reading._timeline import names_of, report_looks, wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.errors import Fault
    from timeline.formats import ImportContext
    from timeline.model import Event, Timeline
    from timeline_timelinejs.reading._report import Report
    from timeline_timelinejs.reading._slide import Entry, Slide


_ROOT = Place((RECORD,))
_WITHOUT = "without what is in records alone: claims, statuses, exact dates"


class Own:
    """The reading of one of our exports.

    Args:
        header: What the root keeps.
        title: The title slide, with its object.
        slides: The slides of events, each with its object.
        eras: The eras, the same.
        ctx: The context of the import.
        report: Takes what is read past.
    """

    def __init__(
        self,
        header: Mapping[str, Any],
        title: Entry | None,
        slides: Sequence[Entry],
        eras: Sequence[Entry],
        *,
        ctx: ImportContext,
        report: Report,
    ) -> None:
        self._header = {key: value for key, value in header.items() if key not in ("events", DIGEST)}
        self._title = None if title is None else title[0]
        self._slides, self._eras = slides, eras
        # What is as we wrote it needs no comparing, and no later way of writing makes an edit of it.
        self._same_title = title is None or digest(title[1]) == header.get(DIGEST)
        self._same = {number for number, (_, value) in enumerate(slides) if _is_same(value)}
        self._ctx, self._report = ctx, report

    def timeline(self) -> Timeline | None:
        """The timeline; None, and a report, if what is kept of it is damaged: its slides can be read all the same."""
        records = {
            number: record
            for number, (slide, value) in enumerate(self._slides)
            if (record := self._record(slide, value))
        }
        named_before = Ids()
        # Slides that somebody changed, renamed or copied take no id from those that are as they were.
        known_first = sorted(records, key=lambda number: number not in self._same)
        kept = {number for number in known_first if self._keeps(self._slides[number][0], records[number], named_before)}
        for number, record in records.items():
            if number not in kept:
                self._name(self._slides[number][0], record, named_before)
        base = self._read(records)
        if base is None:
            return None
        ids = Ids(event.id for event in base.events)
        recorded = dict(zip(records, base.events, strict=True))
        entries = [(self._slides[number], event) for number, event in recorded.items()]
        has_edits = not (self._same_title and self._same.issuperset(recorded))
        edits = Edits(base, self._title, entries, self._report) if has_edits else None
        source = _free(slug(base.title) or "timelinejs", {known.id for known in base.sources})
        known = languages(base.language)
        eras = [slide for slide, value in self._eras if not (_is_same(value) or is_future(slide, known))]
        added = [slide for number, (slide, _) in enumerate(self._slides) if number not in recorded]
        added += wanted(eras, self._ctx, self._report)
        given = zip(added, names_of(added, ids, self._report), strict=True)
        others = [event_of(slide, id, source, self._report) for slide, id in given]
        following = iter(others)
        events = [
            self._seen(edits, number, recorded[number]) if number in recorded else next(following)
            for number in self._ctx.track(range(len(self._slides)))
        ]
        events += following
        if self._title is not None:
            report_looks(self._title, self._report)
        whole = base if edits is None or self._same_title else edits.of_title(base)
        return self._whole(whole, events, source)

    def _seen(self, edits: Edits | None, number: int, event: Event) -> Event:
        """An event with what somebody changed on its slide."""
        return event if edits is None or number in self._same else edits.taken(event, *self._slides[number])

    def _whole(self, base: Timeline, events: list[Event], source: str) -> Timeline:
        changes: dict[str, Any] = {"events": events}
        if any(claim.source == source for event in events for claim in event.claims):
            changes["sources"] = (*base.sources, Source(id=source, title=base.title))
        options = self._ctx.options
        changes |= {key: value for key, value in (("id", options.id), ("language", options.text_language)) if value}
        return attrs.evolve(base, **changes)

    def _record(self, slide: Slide, value: Mapping[str, Any]) -> dict[str, Any] | None:
        """What a slide keeps of its event; None if it is that of somebody else."""
        record = value.get(RECORD)
        if isinstance(record, dict) and record:
            return {key: each for key, each in record.items() if key != DIGEST}
        if record is not None:
            found = f"the key {RECORD!r} with {shown(record)}"
            self._report.fault(self._of(slide), found, f"an object; the slide is read as it is seen, {_WITHOUT}")
        return None

    def _keeps(self, slide: Slide, record: dict[str, Any], ids: Ids) -> bool:
        """Whether an event keeps its id, for its slide has the one that we gave it, or none."""
        id, own = record.get("id"), slide.text("unique_id")
        return isinstance(id, str) and (not own or id_of_slide(own, is_ours=True) == id) and ids.take(id)

    def _name(self, slide: Slide, record: dict[str, Any], ids: Ids) -> None:
        """Give the event another id if somebody gave its slide one, or copied it."""
        id = record.get("id")
        if not isinstance(id, str):
            return
        own = slide.text("unique_id")
        seen = id_of_slide(own, is_ours=True) if own else None
        if own and seen is None:
            expected = f"letters, digits, '.', '_' and '-'; {shown(id)}, the id of the event, is kept"
            self._report.fault(slide.spot_of("unique_id"), f"unique_id {shown(own)}", expected)
        if seen is not None and seen != id:
            expected = f"that of the event {shown(id)}; the new one is taken, what names the old one is not changed"
            self._report.fault(slide.spot_of("unique_id"), f"unique_id {shown(own)}", expected)
            record["id"] = id = seen
        if not ids.take(id):
            record["id"] = ids.unique(id)
            found = f"a second slide of the event {shown(id)}"
            self._report.fault(slide.spot, found, f"one; this one has the id {record['id']}")

    def _read(self, records: dict[int, dict[str, Any]]) -> Timeline | None:
        """The timeline that was kept; slides whose record has faults are taken out of the records."""
        while True:
            numbers = list(records)
            try:
                return document.read({**self._header, "events": [records[number] for number in numbers]})
            except DocumentError as error:
                of_events: dict[int, Fault] = {}
                of_header: list[Fault] = []
                for fault in error.faults:
                    if len(fault.path) > 1 and fault.path[0] == "events" and isinstance(fault.path[1], int):
                        of_events.setdefault(numbers[fault.path[1]], fault)
                    else:
                        of_header.append(fault)
            if of_header:
                for fault in of_header:
                    self._damaged(_ROOT, fault, fault.path, f"the slides are read as they are seen, {_WITHOUT}")
                return None
            for number, fault in of_events.items():
                slide = self._slides[number][0]
                self._damaged(self._of(slide), fault, fault.path[2:], f"the slide is read as it is seen, {_WITHOUT}")
                del records[number]

    def _damaged(self, place: Place, fault: Fault, path: tuple[str | int, ...], instead: str) -> None:
        steps = ".".join(map(str, path)) or VERSION_KEY
        self._report.fault(Place((*place.path, *path)), f"{steps[:80]}: {fault.found}", f"{fault.expected}; {instead}")

    def _of(self, slide: Slide) -> Place:
        assert isinstance(slide.spot, Place)
        return Place((*slide.spot.path, RECORD))


def _is_same(value: Mapping[str, Any]) -> bool:
    """Whether a slide shows what it did when it was written."""
    record = value.get(RECORD)
    return isinstance(record, dict) and digest(value) == record.get(DIGEST)


def _free(id: str, taken: set[str]) -> str:
    ids = Ids(taken)
    return ids.unique(id)
