"""Text on a terminal: what is safe to print, and how wide it is."""

from __future__ import annotations

import unicodedata

_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
# These reorder what is read; the other format characters join and shape letters.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Text that is safe to print on a terminal, on one line.

    Characters that could move the cursor, recolour the screen or reorder what is
    read become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if char in _REORDERING or unicodedata.category(char) in _CONTROLS else char
        for char in text
    )


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
