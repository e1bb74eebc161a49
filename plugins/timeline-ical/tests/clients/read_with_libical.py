"""Reads the calendars of a folder with libical, the reader of Evolution and of the desktops of GNOME and KDE.

For the Python of the system, which alone has its bindings. Prints for each file how
many entries it has and what libical complains about, as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("ICalGLib", "3.0")

from gi.repository import ICalGLib  # type: ignore[import-not-found] # noqa: E402 - the version is asked for first

# Properties of RFC 9073 and 9253: libical 3 knows none of them and says so of each. It is
# the only complaint that is excused, and only as often as the property is there.
NEWER = ("CALENDAR-ADDRESS", "CONCEPT", "LINK", "REFID", "STRUCTURED-DATA", "STYLED-DESCRIPTION")
ENTRIES = (
    ICalGLib.ComponentKind.VEVENT_COMPONENT,
    ICalGLib.ComponentKind.VTODO_COMPONENT,
    ICalGLib.ComponentKind.VJOURNAL_COMPONENT,
)


def _read(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return {"entries": 0, "complaints": [str(error)]}
    calendar = ICalGLib.Parser.parse_string(text)
    if calendar is None:
        return {"entries": 0, "complaints": ["is no calendar"]}
    complaints = Counter() if ICalGLib.restriction_check(calendar) else Counter(["restriction_check fails"])
    complaints.update(re.findall(r"^X-LIC-ERROR.*?:(.*)", _unfold(calendar.as_ical_string()), re.MULTILINE))
    names = Counter(re.findall(r"^[A-Z-]+", _unfold(text), re.MULTILINE))
    complaints -= Counter({f"Parse error in property name: {name}": names[name] for name in NEWER})
    entries = sum(calendar.count_components(kind) for kind in ENTRIES)
    return {"entries": entries, "complaints": sorted(complaints.elements())}


def _unfold(text: str) -> str:
    return text.replace("\r\n ", "").replace("\r", "")


if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).glob("*.ics"))
    json.dump({file.name: _read(file.read_bytes()) for file in files}, sys.stdout)
