"""The options of a page."""

from __future__ import annotations

from typing import Any

import attrs

from timeline.formats import choice, output_language


def _address(_owner: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    from timeline_timelinejs.markup import is_link  # noqa: PLC0415 - listing the formats needs no markup

    if not is_link(value):
        message = f"found {field.name}={value}, expected the address where the page will be, such as https://example.org/story/"
        raise ValueError(message)


@attrs.frozen(kw_only=True)
class PageOptions:
    """Options of the page.

    Attributes:
        assets: Where TimelineJS comes from: ``bundled`` with this installation, ``cdn``, the path of a folder that
            has it, or ``none`` for a page without the drawing; ``auto`` is ``bundled`` if that is there, else ``none``.
        media: Whether pictures, films and recordings are shown, which asks the hosts that have them (``load``), or only
            linked to (``link``).
        chapters: What parts a long timeline: ``auto`` (time, as fine as need be), ``year``, ``month``, ``tag``,
            ``status`` or ``none``.
        group: What makes the rows of the drawing; see the option of TimelineJS.
        url: Where the page will be published, for subscribing, previews and search engines.
        language: The language of dates and labels, if not that of the timeline.
    """

    assets: str = "auto"
    media: str = choice("link", "load", default="link")
    chapters: str = choice("auto", "year", "month", "tag", "status", "none", default="auto")
    group: str = choice("group", "tag", "place", "status", "none", default="status")
    url: str | None = attrs.field(default=None, validator=_address)
    language: str | None = output_language()
