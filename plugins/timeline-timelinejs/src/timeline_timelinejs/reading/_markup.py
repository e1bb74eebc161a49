"""HTML as the fields of a timeline take it: plain text, or Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

LINES = frozenset(
    {"address", "article", "aside", "blockquote", "button", "caption", "center", "dd", "details", "dialog", "div", "dl"}
    | {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"}
    | {"legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table"}
    | {"td", "th", "tr", "ul"}
)
"""The elements whose text is apart from that around them."""
_BLOCKS = LINES | {"br"}
_RAISED = str.maketrans("0123456789+-\N{MINUS SIGN}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-\N{MINUS SIGN}", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
# What nobody takes for a part of what stands before: "19th", "XIXe", "Mme", a footnote.
_IS_APART = re.compile("[^\\W\\d_]{2}.*|[eoa]|[^\\w+\N{MINUS SIGN}-].*", re.DOTALL)
_FIGURES = re.compile("[0-9+\N{MINUS SIGN}-]+")
_UNSEEN = frozenset({"script", "style", "title", "noscript", "template"})
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_TAG = re.compile(r"<[^<>]*>")
_MAIL = re.compile(r"mailto:[^\s<>@]+@[^\s<>@]+", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects what a browser would show, and where links lead."""

    def __init__(self, *, with_links: bool) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0
        self._with_links = with_links
        self._links: list[tuple[str, int]] = []
        self._level = ""
        self.has_links = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a link, or what is not shown."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.pieces.append(" ")
        elif tag in ("sup", "sub"):
            self._level = tag
        elif tag == "a":
            # A link ends the one before, as in browsers: no words are joined twice.
            if self._links:
                self._end_link()
            address = next((value for name, value in attrs if name == "href" and value), "")
            self.has_links = self.has_links or bool(address)
            self._links.append((address.strip(), len(self.pieces)))

    def handle_endtag(self, tag: str) -> None:
        """The same for the end."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS and tag != "br":
            self.pieces.append(" ")
        elif tag in ("sup", "sub"):
            self._level = ""
        elif tag == "a" and self._links:
            self._end_link()

    def _end_link(self) -> None:
        address, start = self._links.pop()
        words = "".join(self.pieces[start:])
        if self._with_links and is_web(address) and address not in words:
            # A blank between the two belongs before the bracket, wherever the link ended.
            self.pieces.append(f" ({address})" if words.strip() else address)

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if not self._unseen:
            self.pieces.append(leveled(data, self._level) if self._level else data)


def leveled(text: str, tag: str) -> str:
    """What is raised or lowered, and says another thing when it is not: 10² is not 102, nor xʸ xy."""
    # A sign alone may be escaped.
    figures, inner = text.removeprefix("\\"), text.strip()
    if not _FIGURES.fullmatch(figures):
        return f"{'^' if tag == 'sup' else '_'}({inner})" if inner and not _IS_APART.fullmatch(inner) else text
    return figures.translate(_RAISED if tag == "sup" else _LOWERED)


def to_text(html: str, *, with_links: bool = False) -> str:
    """The text of HTML in one line.

    Args:
        html: The HTML.
        with_links: Whether the address of a link stands in brackets after its words.
    """
    if "<" not in html and "&" not in html:
        return _BLANKS.sub(" ", html).strip(" ")
    return _BLANKS.sub(" ", "".join(_read(html, with_links=with_links).pieces)).strip(" ")


def words(html: str) -> str:
    """The text of a group, or of words for a date, as readers see it: TimelineJS reads these twice.

    For that reason, what our exports have there is escaped twice.
    """
    return to_text(to_text(html))


def has_links(html: str) -> bool:
    """Whether there is a link in HTML."""
    return "<" in html and _read(html).has_links


def _read(html: str, *, with_links: bool = False) -> _Reader:
    reader = _Reader(with_links=with_links)
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # So it takes "<![" with nothing known behind it.
        reader.pieces.append(_TAG.sub("", reader.rawdata))
    return reader


def is_web(address: str) -> bool:
    """Whether an address is one of the web."""
    return address[:8].lower().startswith(("http://", "https://"))


def is_safe(address: str) -> bool:
    """Whether a link in a text of a timeline may lead to an address: of the web, or of a mailbox."""
    return is_web(address) or _MAIL.fullmatch(address) is not None
