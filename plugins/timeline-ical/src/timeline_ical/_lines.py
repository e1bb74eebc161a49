r"""Content lines of iCalendar: escaped, folded and free of control characters.

The library's own `icalendar.vText` is not used: it takes a backslash before an
"N" for a line break, so ``C:\News`` would lose a letter, and it lets control
characters through. Nor is its folding: a fold inside an escape pair makes some
calendars drop the event.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit

from icalendar import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_OCTETS = 75
# What Unicode takes for a line break; several readers split lines at them.
_NEWLINE = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 but the tab and the line feed, DEL, and C1: that is allowed, but nobody means it.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# In this order: what is escaped may not be escaped again.
_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
# RFC 3986, 2.2 and 2.3, and the sign of what is encoded already.
_URI_SAFE = ":/?#[]@!$&'()*+,;=-._~%"


class Value(Protocol):
    """A value of `icalendar`, such as ``vDate``."""

    def to_ical(self) -> bytes:
        """The value as it is written."""
        ...


def fold(line: str) -> bytes:
    r"""A content line as physical lines of at most 75 octets.

    A fold never falls inside the UTF-8 sequence of a character nor between a
    backslash and what it escapes.

    Source: RFC 5545, 3.1.
    """
    data = line.encode()
    return b"\r\n ".join(_pieces(data)) + b"\r\n"


def _pieces(data: bytes) -> Iterator[bytes]:
    start, room = 0, _MAX_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # the rest of a character
            end -= 1
        piece = data[start:end]
        # A piece begins outside a pair, so an odd run of backslashes ends with half a one.
        if (len(piece) - len(piece.rstrip(b"\\"))) % 2:
            end -= 1
        yield data[start:end]
        start, room = end, _MAX_OCTETS - 1  # the blank that continues a line counts
    yield data[start:]


def web_address(url: str | None) -> str | None:
    """The address as a URI (RFC 3986) if it is one of the web, else None."""
    if url is None or not _WEB_ADDRESS.fullmatch(url) or _CONTROL.search(url):
        return None
    uri = quote(url, safe=_URI_SAFE)
    try:
        return uri if urlsplit(uri).hostname else None
    except ValueError:
        return None


class Lines:
    """The content lines of a component as they are put together.

    Attributes:
        changed: Whether a text had control characters, which are not written.
    """

    __slots__ = ("_lines", "changed")

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self.changed = False

    def raw(self, line: str) -> None:
        """Add a line that is written as it is."""
        self._lines.append(fold(line))

    def value(self, name: str, value: Value, **parameters: str) -> None:
        """Add a property of a type that is not TEXT."""
        self.raw(f"{_head(name, parameters)}:{value.to_ical().decode()}")

    def text(self, name: str, *texts: str, **parameters: str) -> None:
        """Add a property of one TEXT or a list of them.

        A control character becomes U+FFFD, which shows that there was one.

        Source: RFC 5545, 3.3.11: ``TSAFE-CHAR`` and ``ESCAPED-CHAR``.
        """
        values = []
        for text in texts:
            cleaned, controls = _CONTROL.subn("\N{REPLACEMENT CHARACTER}", _NEWLINE.sub("\n", text))
            self.changed |= controls > 0
            for char, escaped in _ESCAPES:
                cleaned = cleaned.replace(char, escaped)
            values.append(cleaned)
        self.raw(f"{_head(name, parameters)}:{','.join(values)}")

    def to_bytes(self) -> bytes:
        """All lines."""
        return b"".join(self._lines)


def _head(name: str, parameters: dict[str, str]) -> str:
    return f"{name};{Parameters(parameters).to_ical().decode()}" if parameters else name
