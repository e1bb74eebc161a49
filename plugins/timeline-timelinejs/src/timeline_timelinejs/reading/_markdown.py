"""HTML as Markdown, by markdownify, with what it would say wrongly put right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from bs4.exceptions import ParserRejectedMarkup
from markdownify import ATX, MarkdownConverter

from timeline_timelinejs.reading._escape import destination, escape
from timeline_timelinejs.reading._markup import LINES, is_safe, is_web, leveled, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

_DROPPED = ("script", "style", "noscript", "template", "svg", "math", "canvas", "title", "head", "object", "applet")
_PLAYED = ("iframe", "embed", "video", "audio", "frame")
_BLOCKS = LINES | {"br"}
# Of these, markdownify takes the text for a part of the line around it.
_RUN_ON = frozenset(
    {"address", "aside", "button", "center", "details", "dialog", "fieldset", "footer", "form", "header", "legend"}
    | {"main", "nav", "optgroup", "option", "summary"}
)
_IS_NO_TEXT = re.compile(rf"<(?:{'|'.join((*_DROPPED, *_PLAYED))}|[!?])", re.IGNORECASE)
_CELL_END = "\x1f"
# HTML lets people leave out the ends of these; each ends others, within what it stands in.
_ENDS = {"li": {"li"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}}
_ENDS["option"] = {"option"}
_AROUND = {"table", "ul", "ol", "menu", "dl", "select"}
_MAY_BE_OPEN = re.compile(rf"<(?:{'|'.join(_ENDS)})\b", re.IGNORECASE)
_HAS_BLOCKS = re.compile(r"<(?:p|br|div|ul|ol|li|dl|table|h[1-6]|blockquote|pre|hr)\b", re.IGNORECASE)
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?<![ \t])[ \t]*\n(?:[ \t]*\n)+")


class _Converter(MarkdownConverter):
    """Keeps text from being taken for markup."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        # With "wrap" it takes the ends of lines for blanks, as a browser does; nothing is wrapped.
        super().__init__(heading_style=ATX, bullets="-", wrap=True, wrap_width=None)
        self._tell = tell
        self._begins_line = True

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """A piece of text."""
        self._begins_line = _begins_line(el)
        found: str = super().process_text(el, parent_tags=parent_tags)  # type: ignore[misc] # its types lack it
        return found

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """A piece of text with what Markdown would take for markup escaped."""
        return escape(text, begins_line=self._begins_line, in_link="a" in parent_tags)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link, if it leads somewhere safe."""
        address = " ".join(str(el.get("href") or "").split())
        words = text.strip()
        if "_noformat" in parent_tags or not address or not words:
            return text
        if address.startswith("//"):
            address = f"https:{address}"
        if not is_safe(address):
            self._tell("a link that leads neither to the web nor to a mailbox, in a text")
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if is_web(address) and " " not in address and to_text(str(el)) == address and not set("<>") & set(address):
            return f"{before}<{address}>{after}"
        title = " ".join(str(el.get("title") or "").split())
        said = ' "' + escape(title, begins_line=False).replace('"', '\\"') + '"' if title and title != words else ""
        return f"{before}[{words}]({destination(address)}{said}){after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """A picture, if it has an address."""
        alt = escape(" ".join(str(el.get("alt") or "").split()), begins_line=False, in_link=True)
        address = " ".join(str(el.get("src") or "").split())
        if not is_safe(address) or not address:
            self._tell("a picture without an address in a text")
            return alt
        return f"![{alt}]({destination(address)})"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """The end of a line: the texts of a timeline keep it."""
        return " " if "_inline" in parent_tags else "\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """A rule parts paragraphs: the texts of a timeline have no other."""
        return "\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell of a table, of which the texts of a timeline have none: its rows become lines."""
        if el.find_parent("tr") is None:
            return self.convert_dd(el, text, parent_tags)
        return f"{' '.join(text.split())}{_CELL_END}"

    convert_th = convert_td

    def convert_tr(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """A row of a table."""
        return " | ".join(filter(str.strip, text.split(_CELL_END))) + "\n"

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """A table."""
        return f"\n\n{text.strip()}\n\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """A word of a list of words, or what it means."""
        return f"\n\n{text.strip()}\n\n"

    convert_dt = convert_dd

    def get_conv_fn(self, tag_name: str) -> Callable[..., str] | None:
        """What converts an element."""
        if tag_name in _RUN_ON:
            return self.convert_dd
        found: Callable[..., str] | None = super().get_conv_fn(tag_name)  # type: ignore[misc] # its types lack it
        return found

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """An item of a list, or a paragraph where it stands in none."""
        if el.parent is None or el.parent.name not in ("ul", "ol"):
            return self.convert_dd(el, text, parent_tags)
        made: str = super().convert_li(el, text, parent_tags)  # type: ignore[misc] # its types lack it
        return made

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """Raised or lowered figures."""
        return leveled(text, el.name)

    convert_sub = convert_sup

    def convert_q(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - as it is called
        """Words in quotation marks."""
        return f"“{text}”"


def _begins_line(el: NavigableString) -> bool:
    """Whether a piece of text may stand where a line begins."""
    before = el.previous_sibling
    if before is None or isinstance(before, Tag):
        return before is None or before.name in _BLOCKS or not before.get_text(strip=True)
    return not str(before).strip()


def convert(html: str, tell: Callable[[str], None]) -> str:
    """The Markdown of HTML that has elements; see `to_markdown`."""
    try:
        # In an element: Beautiful Soup warns of what looks like the name of a file.
        soup = BeautifulSoup(f"<div>{_with_paragraphs(html)}</div>", "html.parser")
        if _IS_NO_TEXT.search(html):
            _reduce(soup, tell)
        if _MAY_BE_OPEN.search(html):
            _end(soup)
        made: str = _Converter(tell).convert_soup(soup)
    except (RecursionError, ValueError, ParserRejectedMarkup):
        tell("markup in a text that nobody can read; the words are kept")
        made = escape(to_text(html))
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", made)).strip()


def _with_paragraphs(html: str) -> str:
    """HTML in which blank lines part paragraphs, if nothing else does."""
    if _HAS_BLOCKS.search(html) or not _BLANK_LINES.search(html):
        return html
    return "".join(f"<p>{part}</p>" for part in _BLANK_LINES.split(html.strip()))


def _end(soup: BeautifulSoup) -> None:
    """Put elements beside those that they end: the parser puts them in."""
    for tag in soup.find_all(list(_ENDS)):
        ended = None
        for outer in tag.parents:
            if outer.name in _AROUND:
                break
            if outer.name in _ENDS[tag.name]:
                ended = outer
        if ended is not None:
            ended.insert_after(tag.extract())


def _reduce(soup: BeautifulSoup, tell: Callable[[str], None]) -> None:
    """Take out what is no text, and put the address of what is played in its place."""
    strings: list[Any] = soup.find_all(string=lambda text: isinstance(text, PreformattedString))
    for string in strings:
        string.extract()
    for tag in soup.find_all(_DROPPED):
        if not tag.decomposed:
            tell(f"<{tag.name}> in a text")
            tag.decompose()
    for tag in soup.find_all(_PLAYED):
        if tag.decomposed:
            continue
        inner = tag.find("source")
        address = str(tag.get("src") or (inner.get("src") if isinstance(inner, Tag) else "") or "").strip()
        address = f"https:{address}" if address.startswith("//") else address
        if is_web(address):
            tell(f"<{tag.name}> in a text, of which the address is kept")
            link = soup.new_tag("a", href=address)
            link.string = address
            tag.replace_with(link)
        else:
            tell(f"<{tag.name}> in a text")
            tag.decompose()
