"""Where things stand in a JSON text: parsers keep no positions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from timeline.document._text import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.document._text import Path

_TOKEN = re.compile(r'[ \t\r\n,:]*(?:([{}\[\]])|("(?:[^"\\]|\\.)*")|([^ \t\r\n,:{}\[\]"]+))', re.DOTALL)


def walk_json(text: str) -> Iterator[tuple[Place, int, int, int]]:
    """Every value and key of a JSON text, with its offsets and that of what holds it.

    Args:
        text: The text, known to be right as far as anybody looks.

    Yields:
        The place; where it begins and ends; where the list or object that holds it begins, -1 for the root.
    """
    # Each open list or object: whether it is a list, the key or index reached, whether
    # a key is due, and where it begins.
    stack: list[list[Any]] = []
    offset = 0
    while match := _TOKEN.match(text, offset):
        offset = match.end()
        bracket, string, _other = match.groups()
        start = match.start(match.lastindex or 0)
        if bracket in ("}", "]"):
            stack.pop()
            continue
        top = stack[-1] if stack else None
        if top is not None and not top[0] and top[2]:
            top[1], top[2] = json.loads(string, strict=False), False
            yield Place(_path(stack), at_key=True), start, offset, top[3]
            continue
        if top is not None:
            top[1] = top[1] + 1 if top[0] else top[1]
            top[2] = True
        yield Place(_path(stack)), start, offset, top[3] if top else -1
        if bracket:
            stack.append([bracket == "[", -1, True, start])


def _path(stack: list[list[Any]]) -> Path:
    return tuple(level[1] for level in stack)
