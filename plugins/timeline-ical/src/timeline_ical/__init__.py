"""Writes timelines as calendars that people subscribe to (iCalendar, RFC 5545)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats import DATE_FEATURES, Feature, FormatInfo
from timeline.hookspecs import hookimpl
from timeline_ical._options import IcalOptions
from timeline_ical.reading._options import IcalReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.checks import Check
    from timeline.formats import Defect, ExportContext, Exporter, ImportContext, Importer
    from timeline.model import Timeline

__all__ = ["IcalExporter", "IcalImporter", "IcalOptions", "IcalReadOptions"]


class IcalExporter:
    """Writes one entry an event."""

    info = FormatInfo(
        name="ical",
        title="a calendar to subscribe to (iCalendar)",
        media_type="text/calendar; charset=utf-8",
        suffixes=(".ics",),
        # A calendar knows days and times only, has labels in no language but English, and no groups.
        carries=frozenset(Feature) - DATE_FEATURES - {Feature.LANGUAGE, Feature.GROUPS}
        | {Feature.TIMES, Feature.RECURRENCE},
        options=IcalOptions,
    )

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Write a timeline; see `timeline.formats.Exporter`."""
        from timeline_ical._writer import encode  # noqa: PLC0415 - icalendar loads on first use

        return encode(timeline, ctx)


class IcalImporter:
    """Reads calendars: an event of each VEVENT, VTODO and VJOURNAL."""

    info = FormatInfo(
        name="ical",
        title="a calendar (iCalendar, jCal)",
        media_type="text/calendar; charset=utf-8",
        suffixes=(".ics", ".ical", ".icalendar", ".ifb", ".jcal"),
        # Our own exports hold all of it.
        carries=frozenset(Feature),
        options=IcalReadOptions,
        starts=(
            b"BEGIN:VCALENDAR",
            b"begin:vcalendar",
            b"\xef\xbb\xbfBEGIN:VCALENDAR",
            b'["vcalendar"',
            b'[["vcalendar"',
            b'[ "vcalendar"',
            b'[\n  "vcalendar"',
        ),
    )

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """Read a calendar; see `timeline.formats.Importer`."""
        from timeline_ical._reader import decode  # noqa: PLC0415 - loads on first use

        return decode(chunks, ctx)

    def lint(self, data: bytes) -> Iterable[Defect]:
        """Find what is wrong with the bytes; see `timeline.formats.Linter`."""
        from timeline_ical.lint import lint  # noqa: PLC0415 - loads on first use

        return lint(data)


@hookimpl
def timeline_register_exporters() -> Iterable[Exporter]:
    """The exporter of calendars."""
    return [IcalExporter()]


@hookimpl
def timeline_register_importers() -> Iterable[Importer]:
    """The importer of calendars."""
    return [IcalImporter()]


@hookimpl
def timeline_register_checks() -> Iterable[Check]:
    """The rules of the bytes of a calendar."""
    from timeline_ical.lint import RULES  # noqa: PLC0415 - only where rules are wanted

    return RULES
