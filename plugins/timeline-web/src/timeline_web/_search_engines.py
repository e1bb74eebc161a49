"""What search engines and previews read of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.when import When
    from timeline_web._view import EventView

_LONGEST = 300


def item_list(
    title: str, summary: str, events: Iterable[EventView], *, total: int, url: str | None, now: When, language: str
) -> dict[str, Any]:
    """The events as an ``ItemList`` of schema.org.

    A date is given only of what is reported, and only as fine as it is known; all others are told in words: a
    projection is no event of that day.
    """
    items = [
        {"@type": "ListItem", "position": number, "item": _event(event, url, now)}
        for number, event in enumerate(events, 1)
    ]
    found = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": title,
        "description": summary,
        "url": url,
        "inLanguage": language,
        "numberOfItems": total,
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "itemListElement": items,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def _event(event: EventView, url: str | None, now: When) -> dict[str, Any]:
    is_fact = event.badge.certainty == "reported"
    date = event.time.words if event.time is not None else ""
    said = ": ".join(filter(None, (event.badge.word, date)))
    text = " ".join(event.html.striptags().split())
    ends = event.time.end if event.time is not None and is_fact else None
    found = {
        # What nobody reports is something that somebody said.
        "@type": "Event" if is_fact else "Claim",
        "name": event.title,
        "description": shortened(f"{said}. {text}" if text else said),
        "startDate": event.time.start if event.time is not None and is_fact else None,
        "endDate": ends if ends is not None and ends < str(now) else None,
        "location": [{"@type": "Place", "name": place} for place in event.places] or None,
        "keywords": list(event.tags) or None,
        "url": f"{url}#{event.anchor}" if url else None,
    }
    return {key: value for key, value in found.items() if value}


def shortened(text: str) -> str:
    """A text as one line that is not too long for a preview, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    return f"{line[:_LONGEST].rpartition(' ')[0] or line[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"
