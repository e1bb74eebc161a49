"""The ids of slides."""

from __future__ import annotations


def slide_id(event_id: str) -> str:
    """The id of an event's slide: of the characters that TimelineJS can find again.

    No two events have the same one, and none is another's with "-marker" after it:
    that is the id which TimelineJS gives to its marker.
    """
    safe = event_id.replace("_", "__").replace(".", "_p")
    if safe.endswith("-marker"):
        safe = safe.removesuffix("-marker") + "_-marker"
    return f"event-{safe}"
