"""Timelines as the JSON that TimelineJS draws."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from timeline.formats import Feature, FormatInfo
from timeline.hookspecs import hookimpl
from timeline_timelinejs._options import TimelineJsOptions
from timeline_timelinejs.reading._options import TimelineJsReadOptions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from timeline.document import Place, Position
    from timeline.formats import ExportContext, Exporter, Ignore, ImportContext, Importer
    from timeline.model import Timeline
    from timeline_timelinejs._eras import Horizon
    from timeline_timelinejs._ids import slide_id
    from timeline_timelinejs._slides import Slides

__all__ = [
    "Horizon",
    "Slides",
    "TimelineJsCsvImporter",
    "TimelineJsExporter",
    "TimelineJsImporter",
    "TimelineJsOptions",
    "TimelineJsReadOptions",
    "slide_id",
]

_HOME = {"Horizon": "_eras", "Slides": "_slides", "slide_id": "_ids"}

_INFO = FormatInfo(
    name="timelinejs",
    title="JSON for a TimelineJS page",
    media_type="application/json",
    suffixes=(".timelinejs.json",),
    carries=frozenset(Feature)
    - {Feature.SEASONS, Feature.TIMES, Feature.UNSPECIFIED, Feature.OPEN_ENDS, Feature.SETS}
    - {Feature.UNDATED, Feature.RECURRENCE},
    options=TimelineJsOptions,
)


class TimelineJsExporter:
    """Writes one slide for the timeline and one for each dated event."""

    info = _INFO

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Write a timeline; see `timeline.formats.Exporter`."""
        from timeline_timelinejs._writer import encode  # noqa: PLC0415 - listing the formats writes nothing

        return encode(timeline, ctx)


# Of the keys that a document begins with, those that our own JSON never begins with, in the ways that people indent.
_BEGINNINGS = tuple(
    f"{{{blank}{key}:{gap}{value}".encode()
    for blank in ("", " ", "\n", "\n  ", "\n    ", "\n\t", "\r\n  ", "\r\n    ", "\r\n\t")
    for key, value in (('"title"', "{"), ('"events"', "["), ('"scale"', '"'), ('"eras"', "["), ('"timeline"', "{"))
    for gap in ("", " ")
)


class TimelineJsImporter:
    """Reads the JSON of TimelineJS 3 and 2: an event of each slide, and all of the timeline from our own exports."""

    info = FormatInfo(
        name="timelinejs",
        title="JSON of TimelineJS 3 or 2",
        media_type="application/json",
        suffixes=(".timelinejs.json",),
        carries=frozenset(Feature) - {Feature.UNDATED},
        options=TimelineJsReadOptions,
        starts=(*_BEGINNINGS, b"storyjs_jsonp_data"),
    )

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """Read a document; see `timeline.formats.Importer`."""
        from timeline_timelinejs.reading._json import decode  # noqa: PLC0415 - loads on first use

        return decode(chunks, ctx)

    def locate(self, data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
        """Find places in a document; see `timeline.formats.Locator`."""
        from timeline_timelinejs.reading._json import locate  # noqa: PLC0415 - loads on first use

        return locate(data, places)

    def ignores(self, data: bytes) -> Iterable[Ignore]:  # noqa: ARG002 - the seam's signature
        """None: it has no comments."""
        return ()


class TimelineJsCsvImporter:
    """Reads the spreadsheet of TimelineJS as CSV: an event of each row."""

    info = FormatInfo(
        name="timelinejs-csv",
        title="the spreadsheet of TimelineJS, as CSV",
        media_type="text/csv; charset=utf-8",
        suffixes=(".csv",),
        carries=frozenset(
            {Feature.PRECISION, Feature.INTERVALS, Feature.DISTANT_YEARS, Feature.UNDATED, Feature.SIZE, Feature.TEXT}
            | {Feature.TAGS, Feature.GROUPS, Feature.MEDIA}
        ),
        options=TimelineJsReadOptions,
        starts=(b"Year,Month,Day", b"Start Date,End Date", b'"Year","Month"', b"Year;Month;Day", b"Year\tMonth\tDay"),
    )

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """Read a spreadsheet; see `timeline.formats.Importer`."""
        from timeline_timelinejs.reading._csv import decode  # noqa: PLC0415 - loads on first use

        return decode(chunks, ctx)

    def locate(self, data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
        """Find places in a spreadsheet; see `timeline.formats.Locator`."""
        from timeline_timelinejs.reading._csv import locate  # noqa: PLC0415 - loads on first use

        return locate(data, places)

    def ignores(self, data: bytes) -> Iterable[Ignore]:  # noqa: ARG002 - the seam's signature
        """None: it has no comments."""
        return ()


@hookimpl
def timeline_register_exporters() -> Iterable[Exporter]:
    """The exporter of TimelineJS JSON."""
    return [TimelineJsExporter()]


@hookimpl
def timeline_register_importers() -> Iterable[Importer]:
    """The importers of TimelineJS JSON and of its spreadsheet."""
    return [TimelineJsImporter(), TimelineJsCsvImporter()]


def __getattr__(name: str) -> object:
    """What pages of other plugins are made with: loaded when it is first asked for."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found
