"""The YAML document that people write, as an importer of `timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline.formats import Feature, FormatInfo, whole_number
from timeline.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from timeline.document import Place, Position
    from timeline.formats import Ignore, ImportContext, Importer
    from timeline.model import Timeline

__all__ = ["YamlImporter", "YamlOptions"]


@attrs.frozen(kw_only=True)
class YamlOptions:
    """Options of the format.

    Attributes:
        max_bytes: How many bytes a document may have.
    """

    max_bytes: int = whole_number(default=64 * 1024 * 1024, at_least=1)


class YamlImporter:
    """Reads YAML documents."""

    info = FormatInfo(
        name="yaml",
        title="the document people write",
        media_type="application/yaml; charset=utf-8",
        suffixes=(".yaml", ".yml"),
        carries=frozenset(Feature),
        options=YamlOptions,
        # Nothing tells YAML by its beginning, so it is what is left.
        starts=(b"",),
    )

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """Read a document; see `timeline.formats.Importer`."""
        from timeline_yaml._reader import decode  # noqa: PLC0415 - PyYAML loads on first use

        return decode(chunks, ctx)

    def locate(self, data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
        """Find places in a document; see `timeline.formats.Locator`."""
        from timeline_yaml._reader import locate  # noqa: PLC0415 - PyYAML loads on first use

        return locate(data, places)

    def ignores(self, data: bytes) -> Iterable[Ignore]:
        """The ``# timeline: ignore`` comments of a document; see `timeline.formats.Locator`."""
        from timeline_yaml._ignores import ignores  # noqa: PLC0415 - PyYAML loads on first use

        return ignores(data)


@hookimpl
def timeline_register_importers() -> Iterable[Importer]:
    """The importer of YAML documents."""
    return [YamlImporter()]
