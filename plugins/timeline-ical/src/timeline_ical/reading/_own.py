"""Reads what our own exports carry beside what calendars show."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from timeline import document
from timeline.errors import ModelError, WhenError
from timeline.model import Event, Result, to_timedelta
from timeline.when import Bound, Grain, Kind, When
from timeline_ical._contentlines import split_texts, unescape
from timeline_ical._dates import LAST_DAY, Omitted, show
from timeline_ical._lines import clean, web_address
from timeline_ical.reading._dates import seconds, shown, text_of
from timeline_ical.reading._places import report_added
from timeline_ical.reading._status import stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline_ical._contentlines import ContentLine
    from timeline_ical.reading._dates import Dates, Moment
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_RANGE = re.compile(r"\s*([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})\s*")
# As `timeline_ical._entry` writes them: what may stand before a title, and STATUS of what is definite,
# of what is not, and of what was called off.
_PREFIX = re.compile(r"(?:CANCELLED: )?(?:\[.*\] )?", re.DOTALL)
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CALLED_OFF = (Result.DID_NOT_OCCUR, Result.SUPERSEDED)
_STATUS = {
    "VEVENT": ("CONFIRMED", "TENTATIVE", "CANCELLED"),
    "VTODO": ("COMPLETED", "NEEDS-ACTION", "CANCELLED"),
    "VJOURNAL": ("FINAL", "DRAFT", "CANCELLED"),
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_KEYS = frozenset(document.keys(Event)) - {"id"}


def read_json(line: ContentLine, report: Report) -> dict[str, Any] | None:
    """The object in a line; None, and a report, if there is none."""
    reason = "text that is not JSON"
    try:
        found = json.loads(unescape(line.value))
    except RecursionError:
        found = None
    except ValueError as error:
        found, reason = None, f"text that is not JSON ({error})"
    if isinstance(found, dict):
        return found
    report.fault(line.number, f"{line.name} with {reason}", "a JSON object; the entry is read without it")
    return None


def mapping(component: Component, id: str, dates: Dates, report: Report) -> dict[str, Any] | None:
    """The keys of one of our events in the document.

    Args:
        component: The entry.
        id: Its id.
        dates: Reads its dates.
        report: Takes what is wrong.

    Returns:
        The keys; None if the entry has an object that cannot be read.
    """
    line = component.first("X-TIMELINE-EVENT")
    found: dict[str, Any] | None = {} if line is None else read_json(line, report)
    if found is None:
        return None
    if line is not None and (others := sorted(found.keys() - _KEYS)):
        report.fault(line.number, f"the keys {', '.join(others)[:100]}", f"some of: {', '.join(sorted(_KEYS))}")
        found = {key: value for key, value in found.items() if key in _KEYS}
    edtf_line = component.first("X-TIMELINE-EDTF")
    edtf = "" if edtf_line is None else unescape(edtf_line.value).strip()
    if edtf and "when" not in found and "claims" not in found and "outcome" not in found:
        found["when"] = edtf
    _take_dates(component, found, edtf, dates, report)
    found["title"] = _title(component, found.get("title"), report)
    if "text" not in found and (text := _text(component, report)):
        found["text"] = text
    _take_places(component, found, report)
    _take_tags(component, found, report)
    return {**found, "id": id}


def _take_dates(component: Component, found: dict[str, Any], edtf: str, dates: Dates, report: Report) -> None:
    """Put the date of an entry that somebody moved into its keys, and its length if that is another."""
    line = component.first("DTSTART") or component.first("DUE")
    if line is None:
        expected = f"a date on which {shown(edtf)} is shown; {edtf} is kept" if edtf else "a date"
        report.fault(component.line, f"a {component.name} without DTSTART", expected)
        return
    duration = found.get("duration")
    lasts = to_timedelta(duration) if isinstance(duration, str) else None
    change = changed(component, edtf, lasts, dates)
    if change is None:
        return
    timing = dates.of_task(component) if component.name == "VTODO" else dates.of_event(component)
    if change != "DTSTART":
        line = component.first(change) or line
        report.fault(
            line.number, f"{line.name} that somebody changed", f"an end {duration or 'at no time'} later; it is taken"
        )
    else:
        expected = f"a date on which {shown(edtf)} is shown; {line.name} is taken"
        report.fault(line.number, f"{line.name} that somebody changed", expected)
        if timing.when is None:
            return
        found["when"] = str(timing.when)
        if "RRULE" in component.properties or "RDATE" in component.properties:
            found.pop("repeats", None)
    if change != "DTSTART" or isinstance(timing.start, datetime):
        found.pop("duration", None)
        if (duration := timing.duration or _length(component)) is not None:
            found["duration"] = duration


def _length(component: Component) -> str | None:
    """The length of a task, which has no end but may have a length."""
    line = component.first("DURATION") if component.name == "VTODO" else None
    return None if line is None or to_timedelta(line.value.strip()) is None else line.value.strip()


def _title(component: Component, title: Any, report: Report) -> str:
    """The title without what stands before it in SUMMARY, unless somebody changed that."""
    line, summary = component.first("X-TIMELINE-TITLE"), component.first("SUMMARY")
    shown_title = "" if summary is None else unescape(summary.value)
    if title is None:
        if line is None:
            return shown_title
        title = unescape(line.value)
    if summary is None or not isinstance(title, str) or _SURROGATE.search(title):
        return title  # type: ignore[no-any-return]  # an event whose title is no text is refused as a whole
    expected = clean(_LINE_BREAK.sub(" ", title))
    if not shown_title.endswith(expected) or not _PREFIX.fullmatch(shown_title.removesuffix(expected)):
        report.fault(
            summary.number, f"SUMMARY {shown(shown_title)}", f"one with {shown(expected)} at its end; SUMMARY is taken"
        )
        return shown_title
    return title


def _take_places(component: Component, found: dict[str, Any], report: Report) -> None:
    lines, known = component.all("LOCATION"), found.get("places")
    places = [place for line in lines if (place := unescape(line.value))]
    if known is None:
        if places:
            found["places"] = places
        return
    # A VJOURNAL has none.
    if not _are_texts(known) or not known or (component.name == "VJOURNAL" and not places):
        return
    expected = clean("; ".join(known))
    if not lines:
        report.fault(component.line, "no LOCATION", f"LOCATION {shown(expected)}, which is kept")
    elif places != [expected]:
        report.fault(lines[0].number, "LOCATION that somebody changed", f"{shown(expected)}; LOCATION is taken")
        found["places"] = places


def _take_tags(component: Component, found: dict[str, Any], report: Report) -> None:
    lines, known, group = component.all("CATEGORIES"), found.get("tags"), found.get("group")
    tags = [tag for line in lines for tag in split_texts(line.value) if tag]
    if known is None and group is None:
        if tags:
            found["tags"] = tags
        return
    # Of an event with a group, the group is a category too, and so the object has the tags.
    groups = [group] if group else []
    if not _are_texts(known or []) or not _are_texts(groups):
        return
    expected = list(map(clean, dict.fromkeys([*groups, *(known or [])])))
    if tags == expected or set(tags) == set(expected):
        return
    if not lines:
        report.fault(component.line, "no CATEGORIES", f"CATEGORIES {', '.join(expected)[:100]}, which are kept")
        return
    names = f"{', '.join(expected)[:100]}; CATEGORIES are taken"
    report.fault(lines[0].number, "CATEGORIES that somebody changed", names)
    if group and clean(group) in tags:
        tags.remove(clean(group))
    else:
        found.pop("group", None)
    found["tags"] = tags


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _text(component: Component, report: Report) -> str:
    """The part of DESCRIPTION that is the event's own text."""
    line, described = component.first("X-TIMELINE-TEXT"), component.first("DESCRIPTION")
    if described is None:
        if line is not None:
            report.fault(component.line, "no DESCRIPTION", "that of the export; the event has no text")
        return ""
    text = unescape(described.value)
    if line is None:
        # The date is all that there is to say of an event that has nothing else.
        has_more = "X-TIMELINE-EVENT" in component.properties
        if text.startswith("When: ") and (has_more or "\n\n" not in text):
            return ""
        report.fault(described.number, "DESCRIPTION that somebody changed", "that of the export; all of it is taken")
        return text
    match = _RANGE.fullmatch(line.value)
    if match is None or int(match[3]) != len(text) or not int(match[1]) <= int(match[2]) <= len(text):
        report.fault(described.number, "DESCRIPTION that somebody changed", "that of the export; all of it is taken")
        return text
    return text[int(match[1]) : int(match[2])]


def changed(component: Component, edtf: str, lasts: timedelta | None, dates: Dates) -> str | None:
    """Which of its dates somebody changed: DTSTART, or DTEND, DUE or DURATION alone; None if they are as exported.

    Args:
        component: The entry, which has DTSTART or DUE.
        edtf: Its date.
        lasts: How long after a time of day it ends.
        dates: Reads its dates.
    """
    moments: dict[str, Moment | None] = {}
    for name in ("DTSTART", "DTEND", "DUE"):
        line = component.first(name)
        if line is not None:
            moments[name] = dates.moment(line)
            if moments[name] is None:
                return None  # reported already, and what the export wrote is kept
    try:
        when = When.parse(edtf)
    except WhenError:
        return "DTSTART"
    start = moments.get("DTSTART")
    if isinstance(start, datetime):
        return _changed_time(component, when, lasts, moments, dates)
    if any(isinstance(moment, datetime) for moment in moments.values()):
        return "DTSTART"
    days = {name: moment.toordinal() for name, moment in moments.items() if moment is not None}
    return None if _days(component, days, dates) in _exported(component.name, when) else "DTSTART"


def _changed_time(
    component: Component, when: When, lasts: timedelta | None, moments: dict[str, Moment | None], dates: Dates
) -> str | None:
    start, told = moments["DTSTART"], when.earliest
    assert isinstance(start, datetime)
    if (
        when.kind is not Kind.POINT
        or Grain.SECOND not in when.grains
        or (isinstance(told, datetime) and (told.tzinfo is None) != (start.tzinfo is None))
        or When.parse(text_of(start)).seconds != when.seconds
    ):
        return "DTSTART"
    expected = lasts or timedelta()
    if component.name == "VJOURNAL":
        return None
    for name in ("DTEND", "DUE"):
        if name in moments:
            end = moments[name]
            if not isinstance(end, datetime) or (end.tzinfo is None) != (start.tzinfo is None):
                return name
            return None if timedelta(seconds=seconds(end) - seconds(start)) == expected else name
    line = component.first("DURATION")
    length = None if line is None else dates.duration(line)
    return None if (length or timedelta()) == expected else "DTEND" if line is None else "DURATION"


def _days(component: Component, days: dict[str, int], dates: Dates) -> tuple[int | None, int | None]:
    """The days of an entry, to compare: the first, and the day after the last; of a task, DTSTART and DUE."""
    start = days.get("DTSTART")
    if component.name == "VTODO" or start is None:
        return start, days.get("DUE")
    line = component.first("DURATION")
    length = None if line is None or "DTEND" in days else dates.duration(line)
    # Some programs write DTEND like the last day.
    return start, max(days.get("DTEND", start + (1 if length is None else length.days)), start + 1)


def _exported(kind: str, when: When) -> Iterator[tuple[int | None, int | None]]:
    """The days on which an export can show a date, as `_days` has them."""
    for wide in ("marker", "span"):
        found = show(when, wide=wide)
        if isinstance(found, Omitted) or found.is_timed:
            continue
        start = date.fromisoformat(found.start).toordinal()
        if kind == "VTODO":
            # What happens again has the first day alone.
            yield start, None
            first, end = when.window
            known = None if isinstance(first, Bound) else first
            last = None if isinstance(end, Bound) or end > LAST_DAY else end - 1
            yield None if known == last else known, last
        elif kind == "VJOURNAL" or found.end is None:
            yield start, start + 1
        else:
            yield start, date.fromisoformat(found.end).toordinal()


class Exported(NamedTuple):
    """What the entries of an export share.

    Attributes:
        id: The id of the timeline.
        addresses: Those of its sources, by their ids, as the export writes them.
        source: The id of the calendar as a source of claims.
        method: What the calendar is sent for (RFC 5546).
    """

    id: str
    addresses: Mapping[str, bytes | None]
    source: str
    method: str


def checked(component: Component, event: Event, export: Exported, dates: Dates, report: Report) -> Event:
    """One of our events as somebody may have changed its entry, which is reported.

    Args:
        component: The entry.
        event: The event as the export has it.
        export: The export.
        dates: Reads dates.
        report: Takes what is changed.
    """
    found = _with_status(component, event, export, dates, report)
    is_done = found.outcome is not event.outcome and component.name == "VTODO"
    report_added(component, report, but=frozenset({"COMPLETED"}) if is_done else frozenset())
    _check_addresses(component, event, export, report)
    return found


def _with_status(component: Component, event: Event, export: Exported, dates: Dates, report: Report) -> Event:
    """An event as STATUS has it, if somebody changed that."""
    line = component.first("STATUS")
    if line is None:
        return event
    off = event.outcome is not None and event.outcome.result in _CALLED_OFF
    is_fact = (not event.claims and event.outcome is None) or event.is_fact
    expected = _STATUS[component.name][2 if off else 0 if is_fact else 1]
    status = line.value.strip().upper()
    if status == expected or (status == "CANCELED" and off):
        return event
    said = stated(component, event.when, dates, report, source=export.source, method=export.method)
    if said.outcome is not None and event.outcome is None:
        values = {"outcome": said.outcome} if event.claims else {"outcome": said.outcome, "claims": said.claims}
        try:
            found = attrs.evolve(event, **values)
        except ModelError:
            pass
        else:
            taken = f"STATUS:{expected}; that it {said.outcome.result.word} is taken"
            report.fault(line.number, f"STATUS:{status[:20]} that somebody changed", taken)
            return found
    report.fault(line.number, f"STATUS:{status[:20]} that somebody changed", f"STATUS:{expected}; it is not taken")
    return event


def _check_addresses(component: Component, event: Event, export: Exported, report: Report) -> None:
    """Report addresses and relations that the export did not write."""
    properties = component.properties
    if "URL" in properties or "LINK" in properties:
        named = {claim.source for claim in event.claims} | ({event.outcome.source} if event.outcome else set())
        known = {export.addresses.get(id) for id in named}
        for line in (*component.all("URL"), *component.all("LINK")):
            if line.value.strip().encode() not in known:
                found = f"{line.name} in an entry of an export"
                report.each(line.number, found, "what the export wrote; it is not taken")
    picture = None if event.media is None else web_address(event.media.url)
    for line in component.all("IMAGE"):
        if line.value.strip().encode() != picture:
            report.each(line.number, "IMAGE in an entry of an export", "what the export wrote; it is not taken")
    for line in component.all("RELATED-TO"):
        _, _, name = line.value.strip().rpartition("@")
        if (line.parameter("RELTYPE") or "").upper() != "FINISHTOSTART" or name != export.id:
            report.each(line.number, "RELATED-TO in an entry of an export", "what the export wrote; it is not taken")
