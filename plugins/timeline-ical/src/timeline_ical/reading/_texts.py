"""Reads what an entry says: title, text, places, tags, actors and a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from timeline.model import Media
from timeline_ical._contentlines import split_texts, unescape
from timeline_ical.reading._dates import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline_ical._contentlines import ContentLine
    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

_BREAKS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:\s*", re.IGNORECASE)
_LONGEST_TITLE = 200
_LONGEST_MARKUP = 1_000_000
_MOST_SEARCHED = 100_000_000
"""In how many characters to look for the addresses of one entry; beyond that, they are written once more."""


def title(component: Component, report: Report) -> str:
    """SUMMARY in one line, or else the first line of the description."""
    line = component.one("SUMMARY", report)
    if line is not None:
        text = unescape(line.value)
        found = (_BREAKS.sub(" ", text) if len(text.splitlines()) > 1 else text).strip()
        if found:
            return found
    number = component.line if line is None else line.number
    for described in component.all("DESCRIPTION"):
        lines = unescape(described.value).strip().splitlines()
        if lines:
            report.each(number, "no SUMMARY", "a title; the first line of the description is taken")
            text = lines[0].strip()
            return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
    report.each(number, "no SUMMARY", "a title; “(no title)” is written")
    return "(no title)"


def text(component: Component, addresses: Iterable[str]) -> str | None:
    """DESCRIPTION, of which a VJOURNAL may have several, COMMENT, and addresses that are not in it."""
    properties = component.properties
    paragraphs = []
    for name in ("DESCRIPTION", "COMMENT"):
        if name in properties:
            paragraphs += [unescape(line.value).strip("\r\n") for line in properties[name]]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.strip()]
    if not has_description(component) and (found := _marked_up(component)):
        paragraphs.insert(0, found)
    written = "\n\n".join(paragraphs)
    budget = _MOST_SEARCHED
    for address in addresses:
        budget -= len(written)
        if budget < 0 or address not in written:
            paragraphs.append(address)
    return "\n\n".join(paragraphs) or None


def has_description(component: Component) -> bool:
    """Whether an entry has a description without markup."""
    return any(line.value.strip() for line in component.all("DESCRIPTION"))


def _marked_up(component: Component) -> str:
    """The text of a description that is there with markup only."""
    for line in (*component.all("X-ALT-DESC"), *component.all("STYLED-DESCRIPTION")):
        if is_markup(line) and (found := text_of_markup(line)):
            return found
    return ""


def is_markup(line: ContentLine) -> bool:
    """Whether the text of a line with markup can be taken."""
    is_elsewhere = (line.parameter("VALUE") or "TEXT").upper() != "TEXT" or "ENCODING" in line.parameters
    return not is_elsewhere and len(line.value) <= _LONGEST_MARKUP


def text_of_markup(line: ContentLine) -> str:
    """A text without its markup."""
    from timeline_ical.reading._markup import without_markup  # noqa: PLC0415 - few entries have no other description

    return without_markup(unescape(line.value))


def places(component: Component) -> list[str]:
    """LOCATION, in one line."""
    found: dict[str, None] = {}
    for line in component.all("LOCATION"):
        place = _BREAKS.sub(", ", unescape(line.value).strip())
        if place:
            found[place] = None
    return list(found)


def tags(component: Component) -> list[str]:
    """CATEGORIES, each once."""
    lines = component.properties.get("CATEGORIES")
    if lines is None:
        return []
    return list(dict.fromkeys(tag for line in lines for item in split_texts(line.value) if (tag := item.strip())))


def actors(component: Component, report: Report) -> list[str]:
    """Who organizes it and who was asked to come, each once.

    Rooms and things are no actors, and who declined takes no part.
    """
    properties = component.properties
    if "ORGANIZER" not in properties and "ATTENDEE" not in properties:
        return []
    found: dict[str, None] = {}
    for line in [*component.all("ORGANIZER"), *component.all("ATTENDEE")]:
        kind = (line.parameter("CUTYPE") or "").upper()
        if kind in ("ROOM", "RESOURCE"):
            report.unplaced(line.number, f"an attendee that is a {kind.lower()}")
        elif (line.parameter("PARTSTAT") or "").upper() == "DECLINED":
            report.unplaced(line.number, "an attendee who declined")
        elif (line.parameter("ROLE") or "").upper() == "NON-PARTICIPANT":
            report.unplaced(line.number, "an attendee who takes no part")
        else:
            name = _BREAKS.sub(" ", line.parameter("CN") or "").strip()
            name = name or _MAIL.sub("", line.value, count=1).strip()
            if name:
                found[name] = None
    return list(found)


def media(component: Component, report: Report) -> Media | None:
    """The first picture that has an address on the web; those after it are reported."""
    found = None
    for line in _pictures(component):
        if found is None:
            found = Media(url=line.value.strip())
        else:
            report.unplaced(line.number, "a picture beside the first of an entry")
    return found


def _pictures(component: Component) -> Iterator[ContentLine]:
    for line in component.properties.get("IMAGE", ()):
        if _is_web(line.value):
            yield line
    for line in component.properties.get("ATTACH", ()):
        if _is_picture(line):
            yield line


def addresses(component: Component, report: Report) -> list[str]:
    """The addresses that belong into the text: URL, calls and what is attached."""
    properties = component.properties
    found: dict[str, None] = {}
    for name in ("URL", "CONFERENCE", "ATTACH", "IMAGE"):
        for line in properties.get(name, ()):
            value = line.value.strip()
            is_binary = (line.parameter("ENCODING") or "").upper() == "BASE64"
            is_binary = is_binary or (line.parameter("VALUE") or "").upper() == "BINARY"
            if is_binary or value[:4].lower() == "cid:":
                report.unplaced(line.number, f"{name} that holds a file")
            elif not value:
                continue
            elif name == "IMAGE" or (name == "ATTACH" and _is_picture(line)):
                if not _is_web(value):
                    report.fault(line.number, f"{name} {shown(value)}", "an address on the web")
            else:
                found[value] = None
    return list(found)


def _is_picture(line: ContentLine) -> bool:
    if not _is_web(line.value) or "ENCODING" in line.parameters:
        return False
    kind = line.parameter("FMTTYPE")
    if kind is not None:
        return kind.lower().startswith("image/")
    try:
        path = urlsplit(line.value.strip()).path
    except ValueError:
        return False
    return _PICTURE.fullmatch(path[path.rfind(".") :]) is not None if "." in path else False


def _is_web(value: str) -> bool:
    return value.strip()[:8].lower().startswith(("http://", "https://"))
