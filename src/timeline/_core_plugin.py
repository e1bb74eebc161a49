"""What the core itself registers, as a plugin of its own: it comes the way that others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.checks._seam import Check


@hookimpl
def timeline_register_checks() -> Iterable[Check]:
    """All rules whose codes begin with TL."""
    from timeline.checks._built_in import RULES  # noqa: PLC0415 - `timeline --help` runs no rules

    return RULES
