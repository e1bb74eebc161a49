"""Makes one event of each time at which an event happens within a window."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import attrs

from timeline.errors import DocumentError, Fault, ModelError
from timeline.when import When
from timeline_ical.reading._identity import with_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.model import Event
    from timeline_ical.reading._report import Report


class Expansion:
    """Expands events within a window.

    Args:
        window: The first and the last day.
        limit: How many events all rules together may make.
        unique: Makes an id one that nobody has yet.
        report: Takes what has no time in the window.
        file: Name of the file, for messages.
    """

    def __init__(
        self,
        window: tuple[date, date],
        limit: int,
        *,
        unique: Callable[[str], str],
        report: Report,
        file: str | None,
    ) -> None:
        self._window, self._limit = window, limit
        self._unique, self._report, self._file = unique, report, file
        self._made = 0

    def of(self, event: Event, line: int | None, tell: Callable[[datetime], datetime]) -> Iterator[Event]:
        """An event that happens once as it is; of one that happens again, an event each time.

        Args:
            event: The event.
            line: Where its entry begins.
            tell: A time in UTC as the calendar tells it.

        Raises:
            DocumentError: There are too many.
        """
        if event.repeats is None:
            yield event
            return
        since, until = self._window
        before = self._made
        for when in self._times(event, since, until, line):
            self._made += 1
            yield self._one(event, when, tell)
        if self._made == before:
            found = f"an entry that happens again, but not from {since} to {until}"
            self._report.each(line, found, "a time within the window; it is left out")

    def _times(self, event: Event, since: date, until: date, line: int | None) -> Iterable[When]:
        try:
            yield from event.occurrences(since, until, limit=self._limit - self._made)
        except ModelError as error:
            hint = " (-O ical.max_occurrences=N raises the limit)" if "higher limit" in error.expected else ""
            expected = f"{error.expected}{hint}"
            fault = Fault(found=error.found, expected=expected, file=self._file, line=line)
            raise DocumentError([fault]) from None

    def _one(self, event: Event, when: When, tell: Callable[[datetime], datetime]) -> Event:
        assert event.repeats is not None
        stamp = str(when)[:19].replace("-", "").replace(":", "")
        stamp = stamp[:15] if "T" in stamp else stamp[:8]
        if event.repeats.tzid == "UTC" and isinstance(when.earliest, datetime) and when.earliest.tzinfo is not None:
            when = When.of(tell(when.earliest))
        # What calls it planned or cancelled says so of each time.
        claims = [attrs.evolve(claim, when=when) if claim.when == event.when else claim for claim in event.claims]
        changed = attrs.evolve(
            event, id=self._unique(with_suffix(event.id, stamp)), when=None, claims=claims, repeats=None
        )
        if changed.when == when and event.own_when is None:
            return changed
        return attrs.evolve(changed, when=when)
