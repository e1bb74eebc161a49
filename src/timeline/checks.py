"""Rules that find mistakes in a chronology that is a valid document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.model import Timeline


@attrs.frozen(kw_only=True)
class Finding:
    """Something that looks like a mistake.

    Attributes:
        check: Name of the rule.
        event_id: The event; None if it is of the timeline.
        message: What is wrong, in words.
    """

    check: str
    event_id: str | None
    message: str

    def __str__(self) -> str:
        """``event: message (check)``."""
        owner = f"event {self.event_id}" if self.event_id else "timeline"
        return f"{owner}: {self.message} ({self.check})"


@attrs.frozen(kw_only=True)
class Check:
    """A rule.

    Attributes:
        name: What users call it: small letters, digits and '-'.
        title: What it looks for.
        run: Yields a pair for each mistake: the event's id (or None), and words.
    """

    name: str
    title: str
    run: Callable[[Timeline], Iterable[tuple[str | None, str]]]

    def findings(self, timeline: Timeline) -> list[Finding]:
        """What the rule finds in a timeline."""
        return [Finding(check=self.name, event_id=id, message=message) for id, message in self.run(timeline)]
