"""Text as the fields of TimelineJS take it: each field has its own way to be unsafe."""

from __future__ import annotations

import re
from html import escape as _escape_html
from urllib.parse import urlsplit

_LINK = re.compile(r"https?://[^\s\"'<>\\`{}|^\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_TAGS = {"a", "blockquote", "br", "cite", "em", "p", "strong"}


def escape(text: str) -> str:
    """Plain text as HTML: for headlines, texts, captions and credits."""
    return _escape_html(text, quote=False)


def escape_twice(text: str) -> str:
    """Plain text for ``group`` and ``display_date``.

    TimelineJS decodes these once (to take markup out), then sets what is left as
    HTML: text that is escaped once comes to life there.
    """
    return escape(escape(text))


def lines(text: str) -> str:
    """Plain text as HTML within a paragraph: a new line breaks it."""
    return "<br>".join(escape(line) for line in text.strip().splitlines())


def paragraphs(text: str) -> str:
    """Plain text as HTML paragraphs: blank lines part them."""
    parts = _BLANK_LINES.split("\n".join(text.splitlines()).strip())
    return "".join(f"<p>{lines(part)}</p>" for part in parts if part)


def is_link(url: str) -> bool:
    """Whether an address may be linked to: of the web, and nothing that could end an attribute."""
    if not _LINK.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # "name@" before a host makes an address look like that of another site.
    return bool(parts.hostname) and "@" not in parts.netloc


def link(url: str, text: str) -> str:
    """A link, or text and address as text where the address may not be linked to."""
    if is_link(url):
        html = clean(f'<a href="{escape(url)}">{escape(text)}</a>')
        # It leaves out an address that it cannot read.
        if html.startswith('<a href="'):
            return html
    return escape(text if text == url else f"{text} ({url})")


def clean(html: str) -> str:
    """HTML with nothing in it but what this plugin writes: the second line of defence."""
    import nh3  # noqa: PLC0415 - a compiled library: loads on first use

    return nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel="noopener noreferrer"
    )
