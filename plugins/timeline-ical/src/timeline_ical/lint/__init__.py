"""Finds what is wrong with the bytes of a calendar, whoever wrote it: RFC 5545, its extensions, and what readers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_ical.lint._rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats import Defect

__all__ = ["RULES", "lint"]


def lint(data: bytes) -> Iterator[Defect]:
    """Find what is wrong, in the order of the lines.

    Any bytes may be given. Each fault is told once, and what only follows from another is not told.

    Args:
        data: The file.
    """
    from timeline_ical.lint._run import run  # noqa: PLC0415 - listing the rules needs none of it

    yield from run(data)
