"""A slide as a file has it, before anything is made of it: the same of JSON and of spreadsheets."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline_timelinejs.reading._dates import Field, GivenDate
    from timeline_timelinejs.reading._report import Spot

    Entry = tuple["Slide", Mapping[str, Any]]
    """A slide with its object."""


class Role(StrEnum):
    """What a slide is for."""

    TITLE = "title"
    EVENT = "event"
    ERA = "era"


@attrs.frozen(kw_only=True)
class Slide:
    """A slide, or an era.

    Attributes:
        spot: Where it stands.
        role: What it is for.
        fields: Its texts, those that are not empty: ``headline``, ``text``, ``display_date``, ``group``,
            ``tag``, ``place``, ``unique_id``, and of its media ``url``, ``caption``, ``credit``, ``alt``.
        start: When it begins.
        end: When it ends.
        dated_by: What the file calls the date that it ought to have.
        is_ours: Whether it looks like a slide of one of our exports.
        has_record: Whether there is something in the place of what these keep.
    """

    spot: Spot
    role: Role = Role.EVENT
    fields: dict[str, Field] = attrs.field(factory=dict)
    start: GivenDate | None = None
    end: GivenDate | None = None
    dated_by: str = "start_date"
    is_ours: bool = False
    has_record: bool = False

    def text(self, name: str) -> str:
        """A text of it; empty if it has none."""
        field = self.fields.get(name)
        return "" if field is None else field.text

    def spot_of(self, name: str) -> Spot:
        """Where a text of it stands, or where it stands itself."""
        field = self.fields.get(name)
        return self.spot if field is None else field.spot
