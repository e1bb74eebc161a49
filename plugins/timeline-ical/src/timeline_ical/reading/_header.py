"""Reads what a calendar says of itself."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.errors import DocumentError
from timeline.when import When
from timeline_ical._contentlines import unescape
from timeline_ical.reading._dates import Dates, text_of
from timeline_ical.reading._identity import id_of_file, stem_of
from timeline_ical.reading._own import read_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Timeline
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_TITLES = ("NAME", "X-WR-CALNAME")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def header(calendar: Component, dates: Dates, report: Report, *, file: str | None) -> tuple[dict[str, Any], bool]:
    """The document of the timeline without its events, and whether it is one of our own exports.

    Args:
        calendar: The calendar.
        dates: Reads its dates.
        report: Takes what is wrong.
        file: The name of the file, which names a timeline that has no name of its own.
    """
    title = _text(calendar, *_TITLES)
    text = _text(calendar, "DESCRIPTION", "X-WR-CALDESC")
    line = calendar.one("X-TIMELINE-DOCUMENT", report)
    own = None if line is None else read_json(line, report)
    if own is not None and line is not None:
        own.pop("events", None)
        own.setdefault("title", title or stem_of(file) or "Calendar")
        if text:
            own.setdefault("text", text)
        try:
            document.read(own)
        except DocumentError as error:
            fault = error.faults[0]
            where = f" at {fault.path[0]}" if fault.path else ""
            report.fault(line.number, f"X-TIMELINE-DOCUMENT with {fault.found}{where}", fault.expected)
        else:
            return own, True
    found: dict[str, Any] = {
        document.VERSION_KEY: document.VERSION,
        "id": id_of_file(file) or "calendar",
        "title": title or stem_of(file) or "Calendar",
    }
    if text:
        found["text"] = text
    if (language := _language(calendar)) is not None:
        found["language"] = language
    url = calendar.one("URL", report)
    if url is not None and url.value.strip():
        found["url"] = url.value.strip()
    updated = calendar.one("LAST-MODIFIED", report)
    if updated is not None and (moment := dates.moment(updated)) is not None:
        when = dates.when(moment, updated)
        if when is not None:
            # Midnight is how a day alone is written here.
            found["updated"] = str(When.parse(text_of(moment)[:10])) if "T00:00:00Z" in str(when) else str(when)
    return found, False


def address(calendar: Component) -> str | None:
    """Where the calendar is: the feed itself, or else its page."""
    for name in ("SOURCE", "URL"):
        line = calendar.first(name)
        if line is not None and line.value.strip():
            return line.value.strip()
    return None


def _text(calendar: Component, *names: str) -> str | None:
    for name in names:
        line = calendar.first(name)
        if line is not None and (text := unescape(line.value)) and (text.strip() or name not in _TITLES):
            return text
    return None


def _language(calendar: Component) -> str | None:
    """The language that its titles name, if all that name one name the same."""
    named = Counter(
        line.parameters["LANGUAGE"][0]
        for component in (calendar, *calendar.children)
        for name in ("NAME", "SUMMARY")
        for line in component.properties.get(name, ())
        if "LANGUAGE" in line.parameters
    )
    language = next(iter(named)) if len(named) == 1 else None
    return language if language is not None and _LANGUAGE.fullmatch(language) else None


def merge(headers: Iterable[dict[str, Any]], report: Report) -> dict[str, Any]:
    """One header of several of our own: the first, with the sources of all."""
    first, *others = headers
    for other in others:
        for id, source in (other.get("sources") or {}).items():
            sources = first.setdefault("sources", {})
            if sources.setdefault(id, source) != source:
                report.fault(None, f"two sources {id!r} that differ in several calendars", "one; the first is taken")
    return first


def make(header: dict[str, Any], events: list[dict[str, Any]]) -> Timeline:
    """The timeline of a header and the mappings of events.

    Raises:
        DocumentError: One of the events has faults.
    """
    return document.read({**header, "events": events})
