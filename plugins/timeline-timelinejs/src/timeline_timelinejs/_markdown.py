"""Markdown, as the texts of a timeline may have it; see `timeline_timelinejs.markup.to_html`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from timeline_timelinejs._text import escape, is_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_MAIL = re.compile(r"mailto:[^\s\"'<>\\`{}|^@]+@[^\s\"'<>\\`{}|^@]+", re.IGNORECASE)
# What the allow-list has no tag for would lose its signs and keep its text: so it stays as it is.
_OFF = ["table", "strikethrough", "hr", "entity", "linkify"]
# A slide has a headline, and on a page each event has one of the third level.
_LEVELS = {"h1": "h4", "h2": "h5"}


class _Markdown(MarkdownIt):
    """The parser, which links to the web and to mailboxes only."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
        """Whether an address may be linked to; what is refused stays text."""
        return is_link(url) or bool(_MAIL.fullmatch(url))

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the same
        """An address, percent-encoded."""
        return super().normalizeLink(url).replace("'", "%27")


def _lower_headings(state: StateCore) -> None:
    """Keep headings below that of the event."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _LEVELS.get(token.tag, "h6")


def _keep_numbers(state: StateCore) -> None:
    """Give the items of a list the numbers that they have: a line may begin with a date, as in "3. September"."""
    following: list[int | None] = []
    for token in state.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            following.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            following.pop()
        elif token.type == "list_item_open" and (expected := following[-1]) is not None:
            number = int(token.info)
            if number != expected:
                token.attrSet("value", str(number))
            following[-1] = number + 1


def _picture(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """A link to a picture: showing it would tell its host who reads the text."""
    token = tokens[index]
    address = str(token.attrs.get("src", ""))
    words = renderer.renderInlineAsText(token.children, options, env) if token.children else ""
    shown = escape(words or address)
    depth = sum(each.nesting for each in tokens[:index] if each.type in ("link_open", "link_close"))
    return shown if depth else f'<a href="{escape(address)}">{shown}</a>'


def _parser() -> _Markdown:
    parser = _Markdown("js-default", {"html": False, "linkify": False, "breaks": True})
    parser.disable(_OFF)
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("keep_numbers", _keep_numbers)
    parser.add_render_rule("image", _picture)
    return parser


_PARSER = _parser()


def render(text: str) -> str:
    """Markdown as HTML, not yet cleaned."""
    html: str = _PARSER.render(text)
    return html
