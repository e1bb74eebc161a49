"""Reads what our own exports carry beside what calendars show."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.errors import WhenError
from timeline.model import Event
from timeline.when import Bound, Grain, Kind, When
from timeline_ical._contentlines import split_texts, unescape
from timeline_ical.reading._dates import shown, text_of

if TYPE_CHECKING:
    from timeline_ical._contentlines import ContentLine
    from timeline_ical.reading._dates import Dates, Moment
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_RANGE = re.compile(r"\s*([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})\s*")
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
    line = component.first("DTSTART") or component.first("DUE")
    if line is not None and _was_moved(edtf, *dates.shown_at(component)):
        expected = f"a date on which {shown(edtf)} is shown; {line.name} is taken"
        report.fault(line.number, f"{line.name} that somebody changed", expected)
        timing = dates.of_task(component) if component.name == "VTODO" else dates.of_event(component)
        found = {key: value for key, value in found.items() if key not in ("when", "duration", "repeats")}
        if timing.when is not None:
            found["when"] = str(timing.when)
    if "title" not in found:
        found["title"] = _title(component, report)
    if "text" not in found and (text := _text(component, report)):
        found["text"] = text
    # Of an event with a group, the group is a category too, and so the object has the tags.
    if "tags" not in found and "group" not in found and (lines := component.all("CATEGORIES")):
        found["tags"] = [tag for line in lines for tag in split_texts(line.value) if tag]
    if "places" not in found and (lines := component.all("LOCATION")):
        found["places"] = [place for line in lines if (place := unescape(line.value))]
    return {**found, "id": id}


def _title(component: Component, report: Report) -> str:
    line, summary = component.first("X-TIMELINE-TITLE"), component.first("SUMMARY")
    shown_title = "" if summary is None else unescape(summary.value)
    if line is None:
        return shown_title
    title = unescape(line.value)
    if summary is not None and title not in shown_title:
        report.fault(
            summary.number, f"SUMMARY {shown(shown_title)}", f"one with {shown(title)} in it; SUMMARY is taken"
        )
        return shown_title
    return title


def _text(component: Component, report: Report) -> str:
    """The part of DESCRIPTION that is the event's own text."""
    line, described = component.first("X-TIMELINE-TEXT"), component.first("DESCRIPTION")
    if line is None or described is None:
        return ""
    text = unescape(described.value)
    match = _RANGE.fullmatch(line.value)
    if match is None or int(match[3]) != len(text) or not int(match[1]) <= int(match[2]) <= len(text):
        report.fault(described.number, "DESCRIPTION that somebody changed", "that of the export; all of it is taken")
        return text
    return text[int(match[1]) : int(match[2])]


def _was_moved(edtf: str, start: Moment | None, end: date | None) -> bool:
    """Whether an entry is on other days than those on which its date can be shown.

    Args:
        edtf: The date.
        start: Where the entry begins; None if it does not say.
        end: The day after its last, if it begins on a day.
    """
    if start is None:
        return False
    try:
        when = When.parse(edtf)
        if isinstance(start, datetime):
            return Grain.SECOND not in when.grains or When.parse(text_of(start)).seconds != when.seconds
    except WhenError:
        return True
    first, last = when.window
    day, after = start.toordinal(), start.toordinal() + 1 if end is None else end.toordinal()
    if (not isinstance(first, Bound) and day < first) or (not isinstance(last, Bound) and day >= last):
        return True
    if when.kind is Kind.SPAN and when.grains == {Grain.DAY} and not isinstance(first, Bound):
        # All of its days are shown, or the first of them alone.
        return (day, after) not in ((first, last), (first, first + 1))
    return when.ordinal is not None and (day, after) != (first, last)
