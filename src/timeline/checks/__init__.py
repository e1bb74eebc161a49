"""Rules that find mistakes in a chronology that is a valid document.

What a rule is is imported when it is first used: listing plugins needs none of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.checks._seam import CODE_PATTERN, Check, CheckContext, Finding, Severity

__all__ = ["CODE_PATTERN", "Check", "CheckContext", "Finding", "Severity"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}._seam"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, imported or not."""
    return sorted({*globals(), *__all__})
