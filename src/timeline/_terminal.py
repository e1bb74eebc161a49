"""Text on a terminal: what is safe to print, and how wide it is."""

from __future__ import annotations

import unicodedata

_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """Text that is safe to print on a terminal, on one line.

    Control and formatting characters, which could move the cursor, recolour the
    screen or reorder what is read, become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _UNPRINTED else char for char in text)


def width_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
