"""The text of a document: bytes to text, and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

import attrs

from timeline.errors import DocumentError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]


@attrs.frozen
class Place:
    """Where in a document: at the value of a path, or at its key."""

    path: Path
    at_key: bool = False


@attrs.frozen(kw_only=True)
class Position:
    """Where in a text: line and column, counted from 1, and how many characters."""

    line: int
    column: int
    length: int = 1


Locate = Callable[[Collection[Place]], Mapping[Place, Position]]
"""Finds places in the text of a document; asked only if there are faults."""


_LINE_END = re.compile("\r\n|\r|\n")


class Lines:
    """A text by its lines, as editors count them (`str.splitlines` splits at more)."""

    def __init__(self, text: str) -> None:
        """Find where the lines begin."""
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int, length: int = 1) -> Position:
        """The position of a character, counted from 0, and of what begins there."""
        line = bisect_right(self._starts, offset)
        return Position(line=line, column=offset - self._starts[line - 1] + 1, length=length)

    def line(self, number: int) -> str:
        """A line, counted from 1, without its end."""
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[self._starts[number - 1] : end].rstrip("\r\n")


def fault(path: Path, found: str, expected: str, *, file: str | None, lines: Lines, position: Position | None) -> Fault:
    """A fault at a position of a text."""
    if position is None:
        return Fault(path=path, found=found, expected=expected, file=file)
    return Fault(
        path=path,
        found=found,
        expected=expected,
        file=file,
        line=position.line,
        column=position.column,
        source=lines.line(position.line),
        length=position.length,
    )


def decode(data: bytes, *, file: str | None) -> str:
    """The text of a document, which is UTF-8, with or without a byte order mark.

    Raises:
        DocumentError: It is not UTF-8, or it is empty.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode("utf-8-sig"))
        lines = Lines(data.decode("utf-8-sig", errors="replace"))
        found = f"byte 0x{data[error.start]:02x}, which is not UTF-8"
        problem = fault((), found, "text in UTF-8", file=file, lines=lines, position=lines.position(start))
        raise DocumentError([problem]) from None
    if not text.strip():
        raise DocumentError([Fault(found="an empty file", expected="a timeline document", file=file)])
    return text


def gather(chunks: Iterable[bytes], *, file: str | None, max_bytes: int, option: str) -> bytes:
    """All the bytes of a document, unless they are too many.

    Args:
        chunks: The bytes, in pieces.
        file: Name of the file, for messages.
        max_bytes: How many there may be.
        option: What raises the limit, for the message.

    Raises:
        DocumentError: There are more; reading stops there.
    """
    pieces = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            expected = f"at most {max_bytes:,} ({option} raises the limit)"
            raise DocumentError([Fault(found=f"more than {max_bytes:,} bytes", expected=expected, file=file)])
        pieces.append(chunk)
    return b"".join(pieces)
