"""Small tables of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._terminal import printable, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def fit(text: str, width: int, *, ellipsis: str = "…") -> str:
    """A text on exactly ``width`` columns: cut short, or padded with blanks."""
    text = printable(text)
    if width_of(text) > width:
        kept = ""
        room = width - width_of(ellipsis)
        for char in text:
            room -= width_of(char)
            if room < 0:
                break
            kept += char
        text = (kept.rstrip() + ellipsis)[: max(width, 0)]
    return text + " " * (width - width_of(text))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> str:
    """Rows in columns as wide as need be, under a head.

    Args:
        head: The words above the columns.
        rows: The cells.
        right: Which columns are numbers, set to the right.
    """
    lines = [[printable(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width_of(row[column]) for row in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            " " * (width - width_of(cell)) + cell if column in right else cell + " " * (width - width_of(cell))
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in lines
    )
