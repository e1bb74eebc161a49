"""How the tests of the importer read calendars."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import pytest

from timeline.formats import ImportContext
from timeline.model import Event, Timeline
from timeline_ical import IcalImporter


class Read(NamedTuple):
    """A timeline and what was read past, as ``line: found, expected``."""

    timeline: Timeline
    faults: list[str]

    @property
    def event(self) -> Event:
        """The only event."""
        (event,) = self.timeline.events
        return event


class Reader(Protocol):
    """Reads a calendar."""

    def __call__(self, data: str | bytes, file: str | None = "calendar.ics", **options: Any) -> Read:
        """Read it."""


class EventReader(Protocol):
    """Reads a calendar of one entry, of which the lines are given that matter."""

    def __call__(self, *lines: str, kind: str = "VEVENT", calendar: str = "", **options: Any) -> Read:
        """Read it."""


@pytest.fixture
def read() -> Reader:
    """Read a calendar."""

    def reader(data: str | bytes, file: str | None = "calendar.ics", **options: Any) -> Read:
        importer = IcalImporter()
        ctx = ImportContext(options=importer.info.make_options(options), file=file)
        timeline = importer.decode([data.encode() if isinstance(data, str) else data], ctx)
        return Read(timeline, [f"{fault.line}: {fault.found}, expected {fault.expected}" for fault in ctx.faults])

    return reader


@pytest.fixture
def read_entry(read: Reader) -> EventReader:
    """Read a calendar of one entry, which begins on line 3 or later."""

    def reader(*lines: str, kind: str = "VEVENT", calendar: str = "", **options: Any) -> Read:
        known = {line.partition(":")[0].partition(";")[0] for line in lines}
        rest = [line for line in ("UID:e", "SUMMARY:An entry") if line.partition(":")[0] not in known]
        entry = [f"BEGIN:{kind}", *lines, *rest, f"END:{kind}"]
        return read(
            "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [calendar]), *entry, "END:VCALENDAR", ""]),
            **options,
        )

    return reader
