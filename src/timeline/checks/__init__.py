"""Rules that find mistakes in a chronology that is a valid document.

What a rule is is imported when it is first used: listing plugins needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import on_first_use as _on_first_use

if TYPE_CHECKING:
    from timeline.checks._seam import CODE_PATTERN, Check, CheckContext, Finding, Severity

_HOME = {"_seam": ("CODE_PATTERN", "Check", "CheckContext", "Finding", "Severity")}

__all__ = ["CODE_PATTERN", "Check", "CheckContext", "Finding", "Severity"]

__getattr__, __dir__ = _on_first_use(__name__, globals(), _HOME)
