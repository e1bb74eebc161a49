"""Time zones by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+_-]*(?:/[A-Za-z0-9+_-]+)*")
# These are in the folder of the database on some machines, and mean another zone on each.
_LOCAL = re.compile(r"localtime|posixrules|factory|(?:posix|right)/.*", re.IGNORECASE)


def zone_of(name: str) -> tzinfo | None:
    """A time zone of the database of the system, or of the package tzdata; None if it has none of the name."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few events happen again

    if not _NAME.fullmatch(name) or _LOCAL.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        # A folder of the database is an OSError of one kind or another.
        return None
