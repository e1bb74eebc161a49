"""The canonical JSON document of a timeline, out and in, lossless both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats import Feature, FormatInfo
from timeline.hookspecs import hookimpl
from timeline_json._options import JsonOptions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import click

    from timeline.document import Place, Position
    from timeline.formats import ExportContext, Exporter, Ignore, ImportContext, Importer
    from timeline.model import Timeline

__all__ = ["JsonExporter", "JsonImporter", "JsonOptions", "schema"]

_INFO = FormatInfo(
    name="json",
    title="the canonical document, lossless",
    media_type="application/json",
    suffixes=(".json",),
    carries=frozenset(Feature),
    options=JsonOptions,
    starts=(b"{",),
)


class JsonExporter:
    """Writes the canonical document: fixed order of keys, one event a line."""

    info = _INFO

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Write a timeline; see `timeline.formats.Exporter`."""
        from timeline_json._writer import encode  # noqa: PLC0415 - loads on first use

        return encode(timeline, ctx)


class JsonImporter:
    """Reads the document."""

    info = _INFO

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """Read a document; see `timeline.formats.Importer`."""
        from timeline_json._reader import decode  # noqa: PLC0415 - loads on first use

        return decode(chunks, ctx)

    def locate(self, data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
        """Find places in a document; see `timeline.formats.Locator`."""
        from timeline_json._reader import locate  # noqa: PLC0415 - loads on first use

        return locate(data, places)

    def ignores(self, data: bytes) -> Iterable[Ignore]:  # noqa: ARG002 - the seam's signature
        """None: JSON has no comments."""
        return ()


def schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the document, as this distribution ships it."""
    import json  # noqa: PLC0415 - loads on first use

    from timeline_json._schema import shipped  # noqa: PLC0415 - the same

    found: dict[str, object] = json.loads(shipped())
    return found


@hookimpl
def timeline_register_exporters() -> Iterable[Exporter]:
    """The exporter of the canonical document."""
    return [JsonExporter()]


@hookimpl
def timeline_register_importers() -> Iterable[Importer]:
    """The importer of the document."""
    return [JsonImporter()]


@hookimpl
def timeline_register_commands() -> Iterable[click.Command]:
    """The command ``timeline schema``."""
    from timeline_json._command import command  # noqa: PLC0415 - click loads on first use

    return [command]
