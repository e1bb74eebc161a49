"""What the commands of plugins share with those that are built in: how they are given a timeline, how they print."""

from timeline.cli._input import (
    View,
    export_view_options,
    file_argument,
    from_option,
    options_option,
    read,
    split_options,
)
from timeline.cli._progress import progress
from timeline.cli._table import table

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
