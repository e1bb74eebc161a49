"""Reads the entries of one calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import ModelError
from timeline.model import Event
from timeline_ical._contentlines import unescape
from timeline_ical.reading import _own as own
from timeline_ical.reading import _texts as texts
from timeline_ical.reading._dates import Dates, shown
from timeline_ical.reading._header import header
from timeline_ical.reading._identity import id_of, id_of_content
from timeline_ical.reading._places import report_calendar, report_rest
from timeline_ical.reading._repeats import Repeats
from timeline_ical.reading._status import stated
from timeline_ical.reading._zones import Zones

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Recurrence
    from timeline_ical.reading._dates import Moment, Timing
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component
    from timeline_ical.reading._zones import Zone

ENTRIES = frozenset({"VEVENT", "VTODO", "VJOURNAL"})


class Calendar:
    """One VCALENDAR and what reads its entries.

    Attributes:
        component: The calendar.
        header: The document of the timeline without its events, as this calendar has it.
        is_own: Whether one of our own exports wrote it.
        dates: Reads its dates.
    """

    def __init__(self, component: Component, report: Report, *, file: str | None) -> None:
        self.component = component
        self._report = report
        zones = Zones(component, report)
        self.header, self.is_own = header(component, Dates(zones, None, report), report, file=file)
        self.dates = Dates(zones, None if self.is_own else self._zone(zones), report)
        self._repeats = Repeats(self.dates, report)
        method = component.first("METHOD")
        self._method = "" if method is None else method.value.strip().upper()
        report_calendar(component, report)

    def _zone(self, zones: Zones) -> Zone | None:
        """The zone of the calendar, for its times that name none.

        Google and others write times in UTC and name the zone that they are meant in; floating ones are of
        it as well. So does https://pypi.org/project/x-wr-timezone.
        """
        line = self.component.first("X-WR-TIMEZONE")
        if line is None or not line.value.strip():
            return None
        zone = zones.find(unescape(line.value))
        if zone is None:
            self._report.fault(line.number, f"X-WR-TIMEZONE {shown(line.value)}", "a time zone that is known")
        return zone

    def uid(self, component: Component) -> str | None:
        """The UID of an entry; None if it has none."""
        line = component.one("UID", self._report)
        return None if line is None else unescape(line.value).strip() or None

    def id(self, component: Component, uid: str | None) -> str:
        """The id that an entry wants: that of its UID."""
        if uid is None:
            self._report.each(
                component.line, "an entry without UID", "one that stays; its id follows from what it says"
            )
            return id_of_content(component)
        if "@" in uid:
            # Our own exports write event@timeline, and neither has another @.
            event, _, timeline = uid.rpartition("@")
            if "X-TIMELINE-EDTF" in component.properties or (self.is_own and timeline == self.header["id"]):
                return id_of(event, fallback=component.name[1:].lower())
        return id_of(uid, fallback=component.name[1:].lower())

    def timing(self, component: Component) -> Timing:
        """When an entry is."""
        return self.dates.of_task(component) if component.name == "VTODO" else self.dates.of_event(component)

    def instance(self, component: Component) -> Moment | None:
        """Which time of an entry that happens again an entry replaces; None if it does not say."""
        line = component.one("RECURRENCE-ID", self._report)
        if line is None:
            return None
        if (line.parameter("RANGE") or "").upper() == "THISANDFUTURE":
            expected = "one time: of those after it, the entry is not taken"
            self._report.fault(line.number, "RANGE=THISANDFUTURE", expected)
        return self.dates.moment(line)

    def event(self, component: Component, id: str, timing: Timing, source: str) -> Event:
        """The event of an entry.

        Args:
            component: The entry.
            id: The id of the event.
            timing: When it is.
            source: The id of the calendar as a source of claims.
        """
        report = self._report
        said = stated(component, timing.when, self.dates, report, source=source, method=self._method)
        values: dict[str, Any] = {
            "id": id,
            "title": texts.title(component, report),
            "text": texts.text(component, texts.addresses(component, report)),
            "when": said.when,
            "duration": timing.duration,
            "repeats": self._repeats.of(component, timing),
            "places": texts.places(component),
            "tags": texts.tags(component),
            "actors": texts.actors(component, report),
            "media": texts.media(component, report),
            "claims": said.claims,
            "outcome": said.outcome,
        }
        report_rest(component, report)
        while True:
            try:
                return Event(**values)
            except ModelError as error:
                name = str(error.path[0])
                report.fault(component.line, f"{error.found} as {name}", error.expected)
                if name == "title":
                    values[name] = "(no title)"
                else:
                    del values[name]

    def own_event(self, component: Component, id: str) -> dict[str, Any] | None:
        """The mapping of one of our own events; None if it is to be read as that of others."""
        found = own.mapping(component, id, self.dates, self._report)
        if found is None:
            return None
        if "RECURRENCE-ID" in component.properties:
            found.pop("repeats", None)
            return found
        # What our exports write of these is in the object; what is here besides, somebody added.
        repeated = found.get("repeats")
        if isinstance(repeated, dict):
            if self._repeats.is_changed(component, repeated):
                del found["repeats"]
            else:
                for key, dates in self._repeats.added(component, repeated).items():
                    repeated[key] = [*(repeated.get(key) or []), *dates]
        if "repeats" not in found and ("RRULE" in component.properties or "RDATE" in component.properties):
            repeats = self._repeats.of(component, self.timing(component))
            if isinstance(repeated, dict) and (repeats is None or not repeats.rrule):
                found["repeats"] = repeated  # their rule cannot be read, which is reported
            elif repeats is not None:
                found["repeats"] = _written(repeats)
        return found

    def checked(self, component: Component, event: Event, addresses: Mapping[str, bytes | None], source: str) -> Event:
        """One of our own events as somebody may have changed its entry.

        Args:
            component: The entry.
            event: The event as the export has it.
            addresses: Those of the sources of the timeline, by their ids.
            source: The id of the calendar as a source of claims.
        """
        export = own.Exported(self.header["id"], addresses, source, self._method)
        return own.checked(component, event, export, self.dates, self._report)

    def followers(self, component: Component, ids: Mapping[str, str]) -> list[str]:
        """The events that can begin only when that of an entry has ended.

        Source: RFC 9253, 4: the relation stands in the earlier of the two.
        """
        found: dict[str, None] = {}
        for line in component.all("RELATED-TO"):
            kind = (line.parameter("RELTYPE") or "PARENT").upper()
            id = ids.get(unescape(line.value).strip())
            if kind != "FINISHTOSTART":
                self._report.unplaced(line.number, f"RELATED-TO as {kind[:20]}")
            elif id is None:
                self._report.fault(line.number, f"RELATED-TO {shown(line.value)}", "the UID of an entry of this file")
            else:
                found[id] = None
        return list(found)


def _written(repeats: Recurrence) -> dict[str, Any]:
    """A recurrence as the document has it."""
    texts = {
        "rrule": list(repeats.rrule),
        "rdate": list(map(str, repeats.rdate)),
        "exdate": list(map(str, repeats.exdate)),
    }
    found: dict[str, Any] = {key: value for key, value in texts.items() if value}
    return {**found, "tzid": repeats.tzid} if repeats.tzid else found


def stamp(moment: Moment, like: Moment | None) -> str:
    """A time of an entry that happens again, as the id of that one time ends."""
    from datetime import date, datetime  # noqa: PLC0415 - few entries are of one time of another

    if isinstance(moment, datetime) and isinstance(like, datetime) and moment.tzinfo and like.tzinfo:
        moment = moment.astimezone(like.tzinfo)
    if isinstance(moment, datetime) and isinstance(like, date) and not isinstance(like, datetime):
        moment = moment.date()
    return f"{moment:%Y%m%dT%H%M%S}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"
