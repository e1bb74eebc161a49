"""Keeps plain text in Markdown from being taken for markup."""

from __future__ import annotations

import html
import re

_INLINE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~\s]|\Z)|[*`]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])"
    r"|\](?=[(\[:]|\s*\Z)|<(?=[A-Za-z/!?])|&(?=#?\w{1,40};)|!(?=\[)"
)
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
# What begins a heading, a list, a quotation, a table or a rule, or makes a heading of the line before.
_START = re.compile(
    r"^([ \t]*)(?:(#{1,6}(?=[ \t]|$)|[-+](?=[ \t]|$)|>|\||=+(?=[ \t]*$)|[-:][-:| \t]*$)"
    r"|([0-9]{1,9})(?=[.)](?:[ \t]|$)))",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_BARE = re.compile(r"[^\s()<>\\]+")


def escape(text: str, *, begins_line: bool = True, in_link: bool = False) -> str:
    """Text as Markdown that says the same.

    Args:
        text: The text; a line of it is a line of Markdown.
        begins_line: Whether it may stand where a line begins.
        in_link: Whether it is the text of a link.
    """
    pieces, end = [], 0
    # Nothing in an address is markup, but what ends it.
    for match in _ADDRESS.finditer(text):
        pieces += [_inline(text[end : match.start()]), _in_address(match[0])]
        end = match.end()
    made = "".join([*pieces, _inline(text[end:])])
    if in_link:
        made = _BRACKET.sub(r"\\\g<0>", made)
    first, newline, rest = made.partition("\n")
    if begins_line:
        return _START.sub(_at_start, made)
    return first + newline + _START.sub(_at_start, rest)


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", text)


def _in_address(text: str) -> str:
    return re.sub(r"[*`\\]|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])|\](?=[(\[:]|\Z)|&(?=#?\w{1,40};)", r"\\\g<0>", text)


def _at_start(match: re.Match[str]) -> str:
    return f"{match[1]}{match[3]}\\" if match[3] else f"{match[1]}\\{match[2]}"


def destination(address: str) -> str:
    """An address as it stands in brackets after the text of a link."""
    address = re.sub(r"&(?=#?\w{1,40};)", r"\\&", address)
    if _BARE.fullmatch(address):
        return address
    return "<" + re.sub(r"[<>\\]", lambda match: f"%{ord(match[0]):02X}", address) + ">"


def paragraphs(text: str) -> str:
    """Text that may have character references and no other HTML, as Markdown; blank lines part paragraphs."""
    plain = html.unescape(text)
    parts = (" ".join(part.split()) for part in _BLANK_LINES.split("\n".join(plain.splitlines()).strip()))
    return "\n\n".join(escape(part) for part in parts if part)
