"""Gives each entry an id: that of its UID, and one of its own where two have the same."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline_ical.reading._report import Report
    from timeline_ical.reading._tree import Component

# What `timeline.model` allows.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}")
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 127


def id_of(text: str, *, fallback: str) -> str:
    """An id of any text: the text itself if it is one, else what is left of it and a short hash.

    It follows from the text alone, so that the next version of a calendar has the same ids.
    """
    if _ID.fullmatch(text):
        return text
    cleaned = _OTHER.sub("-", text).strip("-._") or fallback
    return f"{cleaned[: _LONGEST - 9]}-{_hash(text)[:8]}"


def id_of_content(component: Component) -> str:
    """The id of an entry without UID: a hash of what it says, the moments of its revisions apart."""
    lines = [
        f"{line.name}:{sorted(line.parameters.items())}:{line.value}"
        for name, lines in sorted(component.properties.items())
        if name not in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED")
        for line in lines
    ]
    return f"{component.name[1:].lower()}-{_hash(chr(10).join(lines))[:12]}"


def id_of_file(file: str | None) -> str | None:
    """The id of a timeline that has none: the name of its file without the ending."""
    stem = stem_of(file)
    cleaned = None if stem is None else _OTHER.sub("-", stem).strip("-._")
    return cleaned[:_LONGEST] if cleaned else None


def stem_of(file: str | None) -> str | None:
    """The name of a file without folder and ending; None if it is no file."""
    if not file or file.startswith("<"):
        return None
    name = re.split(r"[/\\]", file)[-1]
    stem = name.rpartition(".")[0] or name
    return stem.strip() or None


def with_suffix(id: str, suffix: str) -> str:
    """An id with something behind it, cut to the length that ids may have."""
    joined = f"{id}-{suffix}"
    return joined if len(joined) <= _LONGEST else f"{id[: _LONGEST - len(suffix) - 10]}-{_hash(id)[:8]}-{suffix}"


def rank(component: Component) -> tuple[int, str]:
    """What tells which of two entries of one UID is the newer: SEQUENCE, then when it was last modified."""
    sequence = component.first("SEQUENCE")
    digits = sequence.value.strip() if sequence else ""
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        line = component.first(name)
        if line is not None:
            return number, line.value.strip()
    return number, ""


class Ids:
    """The ids of a timeline, each given once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def assign(self, wanted: Iterable[tuple[str, Component]]) -> list[str]:
        """Ids for entries that want some: of those that want the same, the newest has it.

        Args:
            wanted: The id that each wants, and the entry.
        """
        entries = list(wanted)
        best: dict[str, int] = {}
        for at, (id, component) in enumerate(entries):
            other = best.get(id)
            if other is None or rank(component) >= rank(entries[other][1]):
                best[id] = at
        given = [id if best[id] == at else "" for at, (id, _) in enumerate(entries)]
        self._taken.update(best)
        for at, (id, component) in enumerate(entries):
            if not given[at]:
                given[at] = self._free(id)
                found = f"a second {component.name} of one UID"
                expected = f"one; the newest has the id {id}, and this one has {given[at]}"
                self._report.fault(component.line, found, expected)
        return given

    def unique(self, id: str) -> str:
        """An id that nobody has yet: this one, or this one with a number."""
        found = id if id not in self._taken else self._free(id)
        self._taken.add(found)
        return found

    def _free(self, id: str) -> str:
        number = self._next.get(id, 2)
        while (found := with_suffix(id, str(number))) in self._taken:
            number += 1
        self._next[id] = number + 1
        self._taken.add(found)
        return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
