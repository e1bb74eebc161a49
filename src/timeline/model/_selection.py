"""Which events of a timeline somebody wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline.model import _fields as fields
from timeline.when import When, numbers

if TYPE_CHECKING:
    from timeline.model._event import Event


@attrs.frozen(kw_only=True)
class Selection:
    """Which events somebody wants: all that every criterion given lets through.

    Attributes:
        since: From when on: events that may still be going on at the beginning of that date, or come later.
        until: Up to when: events that may begin before the end of that date.
        tags: With one of these tags at least; empty for any.
        without_tags: With none of these.
    """

    since: When | None = attrs.field(default=None, converter=fields.to_when)
    until: When | None = attrs.field(default=None, converter=fields.to_when)
    tags: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.texts)
    without_tags: tuple[str, ...] = attrs.field(default=(), converter=fields.strings, validator=fields.texts)

    def __bool__(self) -> bool:
        """Whether there is a criterion."""
        return self.since is not None or self.until is not None or bool(self.tags or self.without_tags)

    def takes(self, event: Event) -> bool:
        """Whether it lets an event through.

        One without a date is in no window; one that happens again is in every later one.
        """
        if self.tags and not set(self.tags).intersection(event.tags):
            return False
        if self.without_tags and set(self.without_tags).intersection(event.tags):
            return False
        if self.since is None and self.until is None:
            return True
        when = event.when
        if when is None:
            return False
        start, end = numbers(when.window)
        if self.until is not None and start >= numbers(self.until.window)[1]:
            return False
        return self.since is None or event.repeats is not None or end > numbers(self.since.window)[0]
