"""Plain text as HTML, and which addresses may stand in it."""

from __future__ import annotations

import re
from html import escape as _escape_html
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://[^\s\"'<>\\`{}|^\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
# Control characters are shown by the pictures that Unicode has of them.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def visible(text: str) -> str:
    """Text without control characters: a browser would swallow them, so there are signs in their place."""
    return text if text.isprintable() else text.translate(_PICTURES)


def escape(text: str) -> str:
    """Plain text as HTML, for what stands between tags."""
    return _escape_html(visible(text), quote=False)


def escape_twice(text: str) -> str:
    """Plain text for ``group`` and ``display_date``.

    TimelineJS decodes these once (to take markup out), then sets what is left as
    HTML: text that is escaped once comes to life there.
    """
    return escape(escape(text))


def is_link(url: str) -> bool:
    """Whether an address may be linked to: of the web, and nothing that could end an attribute."""
    if not _LINK.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # "name@" before a host makes an address look like that of another site; no host has a "%".
    return bool(parts.hostname) and not {"@", "%"}.intersection(parts.netloc)
