"""Writes timelines as calendars that people subscribe to (iCalendar, RFC 5545)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline.formats import DATE_FEATURES, Feature, FormatInfo, choice
from timeline.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats import ExportContext, Exporter
    from timeline.model import Timeline

__all__ = ["IcalExporter", "IcalOptions"]


@attrs.frozen(kw_only=True)
class IcalOptions:
    """Options of the format.

    Attributes:
        wide: How to show a date of more than 92 days: "marker" on its first day,
            "span" over all of its days, or "omit" the event.
    """

    wide: str = choice("marker", "span", "omit", default="marker")


class IcalExporter:
    """Writes one VEVENT an event."""

    info = FormatInfo(
        name="ical",
        title="a calendar to subscribe to (iCalendar)",
        media_type="text/calendar; charset=utf-8",
        suffixes=(".ics",),
        # A calendar knows whole days only, has no language for dates and no groups.
        carries=frozenset(Feature) - DATE_FEATURES - {Feature.LANGUAGE, Feature.GROUPS},
        options=IcalOptions,
    )

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Write a timeline; see `timeline.formats.Exporter`."""
        from timeline_ical._writer import encode  # noqa: PLC0415 - icalendar loads on first use

        return encode(timeline, ctx)


@hookimpl
def timeline_register_exporters() -> Iterable[Exporter]:
    """The exporter of calendars."""
    return [IcalExporter()]
