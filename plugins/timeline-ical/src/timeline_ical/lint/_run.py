"""Runs all rules over a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline._memory import without_collector
from timeline_ical.lint._bytes import read
from timeline_ical.lint._content import read_property
from timeline_ical.lint._report import Place, Report, shown
from timeline_ical.lint._tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats import Defect

_MAX_BYTES = 1_000_000
_CALENDAR = re.compile(rb"^[ \t]*BEGIN:VCALENDAR[ \t]*$", re.IGNORECASE | re.MULTILINE)
_COMPONENT = re.compile(
    rb"^(?:BEGIN|END):V(?:CALENDAR|EVENT|TODO|JOURNAL|FREEBUSY|TIMEZONE|ALARM)\b", re.IGNORECASE | re.MULTILINE
)
_METHOD = re.compile(rb"^METHOD[;:]", re.IGNORECASE | re.MULTILINE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"B\x00E\x00", b"\x00B\x00E")


def run(data: bytes) -> Iterator[Defect]:
    """All that is wrong with a file, in the order of the lines."""
    report = Report()
    with without_collector():
        _check(data, report)
    return report.defects()


def _check(data: bytes, report: Report) -> None:
    if data.startswith(_UTF_16):
        report.add(105, "found UTF-16, expected UTF-8", Place(1))
        return
    if data[:256].lstrip().startswith(b"["):
        return  # jCal (RFC 7265), which is JSON and has no lines
    # Lines may end with CR alone, which "^" knows nothing of.
    lines_of = data.replace(b"\r", b"\n")
    if not _COMPONENT.search(lines_of.removeprefix(b"\xef\xbb\xbf")):
        found = shown(data[:100].decode(errors="replace").splitlines()[0]) if data.strip() else "nothing"
        report.add(201, f"found {found}, expected a calendar that begins with BEGIN:VCALENDAR", Place(1))
        return
    if len(data) > _MAX_BYTES:
        why = "Google Calendar is reported to stop near there"
        message = f"found {len(data)} bytes, expected at most {_MAX_BYTES}: {why}"
        report.add(403, message, Place(1))
    lines, last, is_ended = read(data, report)
    tree = Tree(report, has_method=_METHOD.search(lines_of) is not None)
    if not _CALENDAR.search(lines_of.removeprefix(b"\xef\xbb\xbf")):
        first = lines[0] if lines else None
        found = shown(first.text) if first else "nothing"
        report.add(201, f"found {found}, expected BEGIN:VCALENDAR", first.place(0) if first else Place(1))
        tree.imply(first.number if first else 1)
    for line in lines:
        if line is lines[-1] and not is_ended and tree.is_open and line.text.upper() != "END:VCALENDAR":
            break  # what is left of a line that was cut off says nothing
        prop = read_property(line, report)
        if isinstance(prop, str):
            tree.skip(prop)
        else:
            tree.add(prop)
    if tree.finish(last) and not is_ended:
        # A file that was cut off has no end of its last line either.
        report.add(101, "found the end of the file, expected CRLF first", Place(last))
