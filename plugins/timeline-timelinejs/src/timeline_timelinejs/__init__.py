"""Timelines as the JSON that TimelineJS draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats import Feature, FormatInfo
from timeline.hookspecs import hookimpl
from timeline_timelinejs._options import TimelineJsOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats import ExportContext, Exporter
    from timeline.model import Timeline

__all__ = ["TimelineJsExporter", "TimelineJsOptions"]

_INFO = FormatInfo(
    name="timelinejs",
    title="JSON for a TimelineJS page",
    media_type="application/json",
    suffixes=(".timelinejs.json",),
    carries=frozenset(Feature)
    - {Feature.SEASONS, Feature.TIMES, Feature.UNSPECIFIED, Feature.OPEN_ENDS, Feature.SETS}
    - {Feature.UNDATED, Feature.LANGUAGE, Feature.RECURRENCE},
    options=TimelineJsOptions,
)


class TimelineJsExporter:
    """Writes one slide for the timeline and one for each dated event."""

    info = _INFO

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Write a timeline; see `timeline.formats.Exporter`."""
        from timeline_timelinejs._writer import encode  # noqa: PLC0415 - loads nh3: on first use

        return encode(timeline, ctx)


@hookimpl
def timeline_register_exporters() -> Iterable[Exporter]:
    """The exporter of TimelineJS JSON."""
    return [TimelineJsExporter()]
