"""How the tests of the importers read files."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, Protocol

import pytest

from timeline.formats import ExportContext, ExportStream, ImportContext
from timeline.model import Claim, Event, Timeline
from timeline.testing import NOW
from timeline_timelinejs import TimelineJsCsvImporter, TimelineJsExporter, TimelineJsImporter


class Read(NamedTuple):
    """A timeline and what was read past, as ``line:column: found, expected``."""

    timeline: Timeline
    faults: list[str]

    @property
    def event(self) -> Event:
        """The only event."""
        (event,) = self.timeline.events
        return event

    @property
    def claim(self) -> Claim:
        """Its only claim."""
        (claim,) = self.event.claims
        return claim

    @property
    def found(self) -> list[str]:
        """What was found, without place and expectation."""
        return [fault.partition(": ")[2].partition(", expected ")[0] for fault in self.faults]


class Reader(Protocol):
    """Reads a file."""

    def __call__(self, data: Any, file: str | None = "story", **options: Any) -> Read:
        """Read it."""


class SlideReader(Protocol):
    """Reads the JSON of one slide, of which the keys are given that matter."""

    def __call__(self, **keys: Any) -> Read:
        """Read it."""


def _read(importer: Any, data: str | bytes, file: str | None, options: dict[str, Any]) -> Read:
    ctx = ImportContext(options=importer.info.make_options(options), file=file)
    timeline = importer.decode([data.encode() if isinstance(data, str) else data], ctx)
    faults = [f"{fault.line}:{fault.column}: {fault.found}, expected {fault.expected}" for fault in ctx.faults]
    return Read(timeline, faults)


@pytest.fixture
def read() -> Reader:
    """Read JSON: text, bytes, or what becomes JSON."""

    def reader(data: Any, file: str | None = "story", **options: Any) -> Read:
        text = data if isinstance(data, (str, bytes)) else json.dumps(data)
        return _read(TimelineJsImporter(), text, file, options)

    return reader


@pytest.fixture
def read_csv() -> Reader:
    """Read a spreadsheet."""

    def reader(data: Any, file: str | None = "story.csv", **options: Any) -> Read:
        return _read(TimelineJsCsvImporter(), data, file, options)

    return reader


@pytest.fixture
def read_slide(read: Reader) -> SlideReader:
    """Read one slide, of 2024 and with a headline if nothing else is said."""

    def reader(**keys: Any) -> Read:
        slide = {"start_date": {"year": 2024}, "text": {"headline": "A slide"}, **keys}
        return read({"scale": "human", "events": [{key: value for key, value in slide.items() if value != "no"}]})

    return reader


@pytest.fixture
def exported() -> Any:
    """What our exporter writes, as objects."""

    def export(timeline: Timeline, **options: Any) -> Any:
        exporter = TimelineJsExporter()
        ctx = ExportContext(options=exporter.info.make_options(options), now=NOW)
        return json.loads(ExportStream(exporter, timeline, ctx).read())

    return export
