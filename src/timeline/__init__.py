"""Event timelines that keep what sources state: dated and projected events.

Everything public is here; what is not needed is not imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.api import check, convert, export, lint, load
    from timeline.errors import (
        AmbiguousFormatError,
        DocumentError,
        DocumentWarning,
        Fault,
        HistoryError,
        LanguageError,
        ModelError,
        OptionError,
        PluginError,
        StreamError,
        TimelineError,
        UnknownFormatError,
        WhenError,
    )
    from timeline.formats import Defect, ExportStream, Feature, Loss, LossError, LossKind
    from timeline.history import Diff, Ledger, apply, diff, record
    from timeline.hookspecs import hookimpl
    from timeline.model import (
        Basis,
        Claim,
        Derivation,
        Deviation,
        Estimate,
        Event,
        Grade,
        Media,
        Modality,
        Origin,
        Outcome,
        Projection,
        Recurrence,
        Result,
        Revision,
        Selection,
        Source,
        Speaker,
        Status,
        Timeline,
    )
    from timeline.scores import TrackRecord, Verdict, track_records
    from timeline.when import Bound, Grain, Kind, Margin, Qualifier, Relation, SeasonTable, When, Widening

    __version__: str

_HOME = {
    "api": ("check", "convert", "export", "lint", "load"),
    "errors": (
        "AmbiguousFormatError",
        "DocumentError",
        "DocumentWarning",
        "Fault",
        "HistoryError",
        "LanguageError",
        "ModelError",
        "OptionError",
        "PluginError",
        "StreamError",
        "TimelineError",
        "UnknownFormatError",
        "WhenError",
    ),
    "formats": ("Defect", "ExportStream", "Feature", "Loss", "LossError", "LossKind"),
    "history": ("Diff", "Ledger", "apply", "diff", "record"),
    "hookspecs": ("hookimpl",),
    "model": (
        "Basis",
        "Claim",
        "Derivation",
        "Deviation",
        "Estimate",
        "Event",
        "Grade",
        "Media",
        "Modality",
        "Origin",
        "Outcome",
        "Projection",
        "Recurrence",
        "Result",
        "Revision",
        "Selection",
        "Source",
        "Speaker",
        "Status",
        "Timeline",
    ),
    "scores": ("TrackRecord", "Verdict", "track_records"),
    "when": ("Bound", "Grain", "Kind", "Margin", "Qualifier", "Relation", "SeasonTable", "When", "Widening"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}
_MODULES = frozenset({*_HOME, "checks", "document", "labels", "plugins", "testing"})

__all__ = [
    "AmbiguousFormatError",
    "Basis",
    "Bound",
    "Claim",
    "Defect",
    "Derivation",
    "Deviation",
    "Diff",
    "DocumentError",
    "DocumentWarning",
    "Estimate",
    "Event",
    "ExportStream",
    "Fault",
    "Feature",
    "Grade",
    "Grain",
    "HistoryError",
    "Kind",
    "LanguageError",
    "Ledger",
    "Loss",
    "LossError",
    "LossKind",
    "Margin",
    "Media",
    "Modality",
    "ModelError",
    "OptionError",
    "Origin",
    "Outcome",
    "PluginError",
    "Projection",
    "Qualifier",
    "Recurrence",
    "Relation",
    "Result",
    "Revision",
    "SeasonTable",
    "Selection",
    "Source",
    "Speaker",
    "Status",
    "StreamError",
    "Timeline",
    "TimelineError",
    "TrackRecord",
    "UnknownFormatError",
    "Verdict",
    "When",
    "WhenError",
    "Widening",
    "__version__",
    "apply",
    "check",
    "convert",
    "diff",
    "export",
    "hookimpl",
    "lint",
    "load",
    "record",
    "track_records",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name == "__version__":
        return import_module("importlib.metadata").version("timeline-core")
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return sorted({*globals(), *__all__})
