"""Texts of slides, which are HTML, as the texts of a timeline, which are Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline_timelinejs.reading._escape import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable


def to_markdown(html: str, tell: Callable[[str], None]) -> str:
    """The Markdown of HTML.

    Args:
        html: The HTML.
        tell: Is told what is left out.
    """
    html = html.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not html:
        return ""
    if "<" not in html:
        return paragraphs(html)
    from timeline_timelinejs.reading._markdown import convert  # noqa: PLC0415 - loads beautifulsoup4

    return convert(html, tell)
