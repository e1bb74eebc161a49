"""Where what is found is put."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.formats import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(NamedTuple):
    """Where in the file something is, counted from 1."""

    line: int
    column: int = 1


class Report:
    """What was found so far."""

    def __init__(self) -> None:
        self._found: list[tuple[Place, int, str]] = []

    def add(self, number: int, message: str, place: Place) -> None:
        """Add a fault.

        Args:
            number: The number of the rule.
            message: What was found and what was expected.
            place: Where.
        """
        self._found.append((place, number, message))

    def defects(self) -> Iterator[Defect]:
        """All that was found, in the order of the lines."""
        for place, number, message in sorted(self._found):
            yield Defect(code=f"ICAL{number}", message=message, line=place.line, column=place.column)


def shown(text: str, limit: int = 40) -> str:
    """A piece of a file in a message: quoted, and cut."""
    return repr(text if len(text) <= limit else f"{text[: limit - 1]}…")


def counted(count: int, noun: str) -> str:
    """``1 line``, ``2 lines``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
