"""Text as HTML that is safe: Markdown and plain text, links, and an allow-list over all of it.

What is made here stands on slides, and on pages beside them. HTML in a text is never taken for
HTML: it is shown as it was written.
"""

from __future__ import annotations

import functools
import re
from html import escape as _escape_html
from typing import TYPE_CHECKING

from timeline.labels import isolated
from timeline_timelinejs._text import escape, is_link, visible

if TYPE_CHECKING:
    from nh3 import Cleaner

__all__ = ["clean", "escape", "is_link", "lines", "link", "rendered", "to_html", "visible"]

_TEXT_TAGS = {"a", "br", "cite", "code", "em", "strong"}
_BLOCK_TAGS = {"blockquote", "h4", "h5", "h6", "li", "ol", "p", "pre", "ul"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "li": {"value"}}
_SCHEMES = {"http", "https", "mailto"}

# A text without any of these is the same in Markdown as it is without.
_MARKED = re.compile(r"[\\`*_\[<]|^(?:[ \t#>+\-=~]|[0-9]{1,9}[.)])", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\n+")


def lines(text: str) -> str:
    """Plain text as HTML within a paragraph: a new line breaks it."""
    return "<br>".join(escape(line) for line in text.strip().splitlines())


def to_html(markdown: str) -> str:
    """Markdown as HTML that is safe: paragraphs, lists, quotes, emphasis, code, headings and links.

    It is CommonMark, but for this: a line that ends in the text ends on the screen; a heading is of
    the fourth level or lower; a picture is a link to it, so that nothing is loaded; HTML, character
    references and a line of dashes alone are shown as they were written, and so is a link to anything
    but http, https and mailto.
    """
    return clean(rendered(markdown))


def rendered(markdown: str) -> str:
    """Markdown as HTML that is still to be cleaned, for what is cleaned with more around it."""
    text = visible("\n".join(line.rstrip() for line in markdown.splitlines()))
    if _MARKED.search(text):
        from timeline_timelinejs._markdown import render  # noqa: PLC0415 - loads a parser: on first use

        return render(text)
    # Most texts have no markup. Parsing them would give the same, twenty times slower.
    paragraphs = (part.strip() for part in _BLANK_LINES.split(_escape_html(text, quote=False)))
    return "".join("<p>" + part.replace("\n", "<br>\n") + "</p>\n" for part in paragraphs if part)


@functools.lru_cache(maxsize=1024)
def link(url: str, text: str) -> str:
    """A link, or text and address as text where the address may not be linked to."""
    if is_link(url):
        html = clean(f'<a href="{escape(url)}">{escape(text)}</a>')
        # It leaves out an address that it cannot read.
        if html.startswith('<a href="'):
            return html
    if text == url:
        return escape(text)
    # What may not be linked to may be anything.
    return escape(f"{text} ({url if url.isascii() else isolated(url)})")


def clean(html: str) -> str:
    """HTML with nothing in it but what this plugin writes: the second line of defence."""
    return _cleaner().clean(html)


@functools.cache
def _cleaner() -> Cleaner:
    import nh3  # noqa: PLC0415 - a compiled library: loads on first use

    return nh3.Cleaner(
        tags=_TEXT_TAGS | _BLOCK_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
    )
