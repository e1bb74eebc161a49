"""What the commands of plugins share with those that are built in: how they are given a timeline, how they print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import on_first_use as _on_first_use
from timeline.cli._input import (
    View,
    export_view_options,
    file_argument,
    from_option,
    options_option,
    read,
    split_options,
)

if TYPE_CHECKING:
    from timeline.cli._progress import progress
    from timeline.cli._table import table

# What is wanted when a command runs: the list of commands needs it not.
_HOME = {"_progress": ("progress",), "_table": ("table",)}

__all__ = [
    "View",
    "export_view_options",
    "file_argument",
    "from_option",
    "options_option",
    "progress",
    "read",
    "split_options",
    "table",
]

__getattr__, __dir__ = _on_first_use(__package__, globals(), _HOME)
