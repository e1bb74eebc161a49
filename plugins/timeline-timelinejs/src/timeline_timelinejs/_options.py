"""Options of the TimelineJS format."""

from __future__ import annotations

from typing import Any

import attrs

from timeline.formats import choice


def _given(value: str | None) -> str | None:
    """An empty text is none."""
    return value or None


def _language(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    from timeline.errors import LanguageError  # noqa: PLC0415 - most timelines are drawn in their own language
    from timeline.labels import labels  # noqa: PLC0415 - the same

    try:
        labels(value)
    except LanguageError as error:
        message = f"found {field.name}={value}, expected a language that outputs can be in: {error}"
        raise ValueError(message) from error


@attrs.frozen(kw_only=True)
class TimelineJsOptions:
    """Options of the format.

    Attributes:
        group: What makes the rows under the slides: the "group" of an event, its
            first "tag" or "place", its "status" alone, or "none". Where an event has no
            group, tag or place, its status serves. But for "none", facts never share a row
            with what is none.
        language: The language of dates and labels; None for that of the timeline.
        media: Whether pictures and the like "load" from where they are, or are a "link" in the text.
        record: Whether the document has all of the timeline besides the slides, for importers: "yes" or "no".
    """

    group: str = choice("group", "tag", "place", "status", "none", default="group")
    language: str | None = attrs.field(default=None, converter=_given, validator=_language)
    media: str = choice("load", "link", default="load")
    record: str = choice("yes", "no", default="yes")
