r"""Content lines of iCalendar: escaped, folded and free of control characters.

The library's own `icalendar.vText` is not used: it takes a backslash before an
"N" for a line break, so ``C:\News`` would lose a letter, and it lets control
characters through. Nor is its folding: a fold inside an escape pair makes some
calendars drop the event.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

_MAX_OCTETS = 75
_END = b"\r\n"
_FOLD = b"\r\n "
_BACKSLASH = ord("\\")
# What Unicode takes for a line break; several readers split lines at them.
_NEWLINE = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 but the tab and the line feed, DEL, and C1: that is allowed, but nobody means it. The model lets no
# half of a surrogate pair in; who makes its objects without the constructor may.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# The same, in UTF-8.
_ASCII_CONTROLS = bytes({*range(1, 0x20), 0x7F} - {0x09, 0x0A})
_C1 = re.compile(b"\xc2[\x80-\x9f]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
# RFC 3986, 2.2 and 2.3, and the sign of what is encoded already.
_URI_SAFE = ":/?#[]@!$&'()*+,;=-._~%"
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
# RFC 6868: what a parameter cannot hold.
_CARETS = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})


def fold(line: bytes) -> bytes:
    r"""A content line, in UTF-8, as physical lines of at most 75 octets.

    A fold never falls inside the UTF-8 sequence of a character nor between a
    backslash and what it escapes.

    Source: RFC 5545, 3.1.
    """
    size = len(line)
    if size <= _MAX_OCTETS:
        return line + _END
    pieces = []
    start, end = 0, _MAX_OCTETS
    while end < size:
        while line[end] & 0xC0 == 0x80:  # the rest of a character
            end -= 1
        if line[end - 1] == _BACKSLASH:
            piece = line[start:end]
            # A piece begins outside a pair, so an odd run of backslashes ends with half a one.
            end -= (len(piece) - len(piece.rstrip(b"\\"))) % 2
        pieces.append(line[start:end])
        start, end = end, end + _MAX_OCTETS - 1  # the blank that continues a line counts
    pieces.append(line[start:])
    return _FOLD.join(pieces) + _END


def clean(text: str) -> str:
    """A text as a calendar can hold it: line feeds for line ends, and U+FFFD for what is no character.

    Source: RFC 5545, 3.3.11: ``TSAFE-CHAR``.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _NEWLINE.sub("\n", text))


def has_controls(text: str) -> bool:
    """Whether `clean` puts a sign in the place of something."""
    return _CONTROL.search(_NEWLINE.sub("\n", text)) is not None


def is_clean(data: bytes) -> bool:
    """Whether there is nothing to clean in a text but NUL, given in UTF-8: texts are searched much slower."""
    if len(data.translate(None, _ASCII_CONTROLS)) != len(data) or b"\xe2\x80\xa8" in data or b"\xe2\x80\xa9" in data:
        return False
    return b"\xc2" not in data or _C1.search(data) is None


def escape(data: bytes) -> bytes:
    """A clean text, in UTF-8, with its escapes.

    Source: RFC 5545, 3.3.11: ``ESCAPED-CHAR``.
    """
    # The backslash first: what is escaped may not be escaped again.
    return data.replace(b"\\", b"\\\\").replace(b";", b"\\;").replace(b",", b"\\,").replace(b"\n", b"\\n")


def text_line(head: bytes, *texts: str) -> bytes:
    """A property of one TEXT or a list of them, folded.

    Args:
        head: Its name and parameters.
        texts: The texts.
    """
    return fold(b"%b:%b" % (head, b",".join([escape(clean(text).encode()) for text in texts])))


def json_line(name: bytes, value: Any) -> bytes:
    """A property whose TEXT is JSON, which stays what it is: nothing in it has to be cleaned."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not text.isprintable():
        text = json.dumps(value, separators=(",", ":"))
    return fold(b"%b:%b" % (name, escape(text.encode())))


def parameter(text: str) -> bytes:
    """A text as the value of a parameter, in quotation marks.

    Source: RFC 6868, and RFC 5545, 3.1: ``QSAFE-CHAR``.
    """
    return f'"{clean(text).translate(_CARETS)}"'.encode()


def web_address(url: str | None) -> bytes | None:
    """The address as a URI (RFC 3986), in ASCII, if it is one of the web, else None."""
    if url is None or not _WEB_ADDRESS.fullmatch(url) or _CONTROL.search(url):
        return None
    uri = quote(_BARE_PERCENT.sub("%25", url), safe=_URI_SAFE)
    try:
        return uri.encode() if urlsplit(uri).hostname else None
    except ValueError:
        return None
