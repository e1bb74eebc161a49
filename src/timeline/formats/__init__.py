"""The seam between the core and the formats: what a plugin provides and is given.

A plugin registers an `Exporter` or an `Importer` for a format, described by a
`FormatInfo`. It is called once an export or import, with a context that holds
its options, the moment and the place to report what the format cannot carry.
"""

from timeline.formats._info import FormatInfo, NoOptions, choice, output_language, whole_number
from timeline.formats._losses import DATE_FEATURES, Feature, Loss, LossError, LossKind
from timeline.formats._seam import (
    Context,
    Defect,
    ExportContext,
    Exporter,
    Ignore,
    ImportContext,
    Importer,
    Linter,
    Locator,
)
from timeline.formats._stream import ExportStream, Staged

__all__ = [
    "DATE_FEATURES",
    "Context",
    "Defect",
    "ExportContext",
    "ExportStream",
    "Exporter",
    "Feature",
    "FormatInfo",
    "Ignore",
    "ImportContext",
    "Importer",
    "Linter",
    "Locator",
    "Loss",
    "LossError",
    "LossKind",
    "NoOptions",
    "Staged",
    "choice",
    "output_language",
    "whole_number",
]
