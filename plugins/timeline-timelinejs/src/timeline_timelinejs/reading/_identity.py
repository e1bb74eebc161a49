"""Ids of events: those that slides bring along, and others that follow from their headlines."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from timeline_timelinejs._ids import slide_id

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}")
_OTHER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]")
_ESCAPED = re.compile(r"__|_p|_")
_LONGEST = 60
_LIMIT = 127


def id_of_slide(unique_id: str, *, is_ours: bool) -> str | None:
    """The id of the event of a slide; None if its own is none that an event may have.

    Args:
        unique_id: Its own.
        is_ours: Whether the slide is one of our exports. That is undone then: `timeline_timelinejs.slide_id` of what
            comes of it is the slide's again.
    """
    if is_ours and unique_id.startswith("event-"):
        safe = unique_id.removeprefix("event-")
        if safe.endswith("_-marker"):
            safe = safe.removesuffix("_-marker") + "-marker"
        known = {"__": "_", "_p": "."}
        found = _ESCAPED.sub(lambda match: known.get(match[0], "\0"), safe)
        if _ID.fullmatch(found) and slide_id(found) == unique_id:
            return found
    return unique_id if _ID.fullmatch(unique_id) else None


def slug(text: str) -> str | None:
    """An id that people can read, of any text; None if nothing of it can stand in an id.

    Where letters had to be left out, a hash of the text stands behind the rest.
    """
    plain = unicodedata.normalize("NFKD", text)
    kept = _APOSTROPHES.sub("", plain).encode("ascii", errors="ignore").decode().lower()
    name = _OTHER.sub("-", kept).strip("-")
    lost = any(unicodedata.category(char)[0] == "L" and not char.isascii() for char in plain)
    if not name and not lost:
        return None
    short = name[:_LONGEST].rstrip("-")
    return "-".join(filter(None, (short, hash_of(text)))) if lost else short


def hash_of(text: str) -> str:
    """Eight digits that follow from a text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


class Ids:
    """The ids of a timeline, each given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def take(self, id: str) -> bool:
        """Take an id; whether it was free."""
        if id in self._taken:
            return False
        self._taken.add(id)
        return True

    def unique(self, id: str) -> str:
        """An id that nobody has yet: this one, or this one with a number."""
        if self.take(id):
            return id
        number = self._next.get(id, 2)
        while not self.take(found := f"{id[: _LIMIT - len(str(number)) - 1]}-{number}"):
            number += 1
        self._next[id] = number + 1
        return found
