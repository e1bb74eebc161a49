"""Rules that find mistakes in a chronology that is a valid document."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from timeline.model import Timeline


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """It is wrong; ``timeline check`` exits with 1."""
    WARNING = "warning"
    """It may be right."""


@attrs.frozen(kw_only=True)
class Finding:
    """Something that looks like a mistake.

    Attributes:
        message: What is wrong, in words.
        event_id: The event; None if it is of the timeline.
        severity: How bad it is.
    """

    message: str
    event_id: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """``severity: event: message``."""
        owner = f"event {self.event_id}" if self.event_id else "timeline"
        return f"{self.severity}: {owner}: {self.message}"


@attrs.frozen(kw_only=True)
class CheckContext:
    """What every rule is given.

    Attributes:
        now: The moment of the check, in UTC; the only clock there is.
    """

    now: datetime


@attrs.frozen(kw_only=True)
class Check:
    """A rule.

    Attributes:
        name: What users call it: small letters, digits and '-'.
        title: What it looks for.
        run: Yields what it finds in a timeline.
    """

    name: str
    title: str
    run: Callable[[Timeline, CheckContext], Iterable[Finding]]
