"""What a rule is, what it is given, and what it finds."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from timeline.errors import ModelError, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from timeline.model import Timeline

CODE_PATTERN = r"[A-Z]{2,8}[0-9]{3}"
_CODE = re.compile(CODE_PATTERN)


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """It is wrong; ``timeline check`` exits with 1."""
    WARNING = "warning"
    """It looks wrong and may be right; ``timeline check --strict`` exits with 1."""
    NOTE = "note"
    """Nothing is wrong, but readers are left without something."""


@attrs.frozen(kw_only=True)
class Finding:
    """Something that looks like a mistake.

    Attributes:
        message: What is wrong, in words.
        event_id: The event; None if it is of the timeline.
        path: Keys and indices from the root of the document to the value, such as
            ``("events", 3, "claims", 0, "quote")``; empty if it is of the whole.
        severity: How bad it is; None for as bad as its rule says.
        code: The rule; filled in by whoever runs it.
    """

    message: str
    event_id: str | None = None
    path: tuple[str | int, ...] = ()
    severity: Severity | None = None
    code: str = ""

    def __str__(self) -> str:
        """``TL101 error: event: message``."""
        owner = f"event {self.event_id}" if self.event_id else "timeline"
        head = " ".join(filter(None, (self.code, self.severity)))
        return f"{head}: {owner}: {self.message}" if head else f"{owner}: {self.message}"


@attrs.frozen(kw_only=True)
class CheckContext:
    """What every rule is given.

    Attributes:
        now: The moment of the check, in UTC; the only clock there is.
        texts: The stored texts of sources by the ids of these; None if there are none to look at.
        stale_weeks: After how many weeks "now" in a claim is no longer now.
    """

    now: datetime
    texts: Mapping[str, str] | None = None
    stale_weeks: int = 4


def _nothing(_timeline: Timeline, _ctx: CheckContext) -> Iterable[Finding]:
    """Find nothing: what such a rule reports is not in the timeline but in its document."""
    return ()


def _check_code(_owner: object, _field: object, value: str) -> None:
    if not _CODE.fullmatch(value):
        raise ModelError(("code",), quoted(value), "2 to 8 capital letters and 3 digits, such as TL101")


@attrs.frozen(kw_only=True)
class Check:
    """A rule.

    Attributes:
        code: What users call it in ``--select`` and ``--ignore``: capital letters and three digits. Those
            that begin with TL are ours.
        name: What it is called in words: small letters, digits and '-'.
        title: What it looks for.
        run: Yields what it finds in a timeline; without it, nothing: so are the rules of a `timeline.formats.Linter`.
        severity: How bad its findings are, unless they say otherwise.
    """

    code: str = attrs.field(validator=_check_code)
    name: str
    title: str
    run: Callable[[Timeline, CheckContext], Iterable[Finding]] = _nothing
    severity: Severity = Severity.ERROR
