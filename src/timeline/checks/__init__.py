"""Rules that find mistakes in a chronology that is a valid document."""

from timeline.checks._seam import CODE_PATTERN, Check, CheckContext, Finding, Severity

__all__ = ["CODE_PATTERN", "Check", "CheckContext", "Finding", "Severity"]
