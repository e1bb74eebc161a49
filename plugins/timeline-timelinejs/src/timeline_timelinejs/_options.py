"""Options of the TimelineJS format."""

from __future__ import annotations

import attrs

from timeline.formats import choice, output_language


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
    language: str | None = output_language()
    media: str = choice("load", "link", default="load")
    record: str = choice("yes", "no", default="yes")
