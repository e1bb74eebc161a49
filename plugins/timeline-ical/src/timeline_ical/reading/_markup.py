"""Takes the text out of HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {"br", "p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_UNSEEN = frozenset({"head", "script", "style", "title"})
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")


class _Reader(HTMLParser):
    """Collects what a browser would show."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as it is called
        """Begin a line, or what is not shown."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The same for the end."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if not self._unseen:
            self.pieces.append(_BLANKS.sub(" ", data))


def without_markup(text: str) -> str:
    """The text of HTML, a line for each paragraph."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = [line.strip(" ") for line in "".join(reader.pieces).split("\n")]
    return "\n".join(filter(None, lines))
