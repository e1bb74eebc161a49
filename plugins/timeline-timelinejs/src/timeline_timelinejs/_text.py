"""Text as the fields of TimelineJS take it that are not HTML."""

from __future__ import annotations

from timeline_timelinejs.markup import escape


def escape_twice(text: str) -> str:
    """Plain text for ``group`` and ``display_date``.

    TimelineJS decodes these once (to take markup out), then sets what is left as
    HTML: text that is escaped once comes to life there.
    """
    return escape(escape(text))
