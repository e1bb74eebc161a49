"""Reads content lines: bytes to lines as they were before folding, and a line to name, parameters and value.

The reader of `icalendar` is not used for this: it forgets on which line of the file something
stands, and what cannot be read has to be named by its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BLANKS = b" \t"
_NAME = re.compile(r"[A-Za-z0-9-]+")
# What most lines are: a name, parameters without quotation marks, a value.
_PLAIN = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=[^";:]*)*):(.*)', re.DOTALL)
_PARAMETER_NAME = re.compile(r";([A-Za-z0-9-]+)=")
_PARAMETER_VALUE = re.compile(r'"([^"]*)"|([^";:,]*)')
# RFC 6868: what stands for a character that no parameter may have.
_CARET = re.compile(r"\^(['n^])")
_CARETS = {"'": '"', "n": "\n", "^": "^"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LISTED = re.compile(r"(?:^|,)((?:\\.|[^,\\]|\\$)*)", re.DOTALL)


class Unfolded(NamedTuple):
    """A line as it was before it was folded.

    Attributes:
        number: The line of the file on which it begins, counted from 1.
        data: The bytes, without the end of the line.
    """

    number: int
    data: bytes


class ContentLine(NamedTuple):
    """A line in its parts.

    Attributes:
        number: The line of the file on which it begins, counted from 1.
        name: The name of the property, in capital letters.
        parameters: The values of its parameters by their names in capital letters.
        value: The value as it is written, escapes and all.
    """

    number: int
    name: str
    parameters: dict[str, tuple[str, ...]]
    value: str

    def parameter(self, name: str) -> str | None:
        """The first value of a parameter; None if it is not there."""
        values = self.parameters.get(name)
        return values[0] if values else None


class LineError(ValueError):
    """A line that is no content line.

    Attributes:
        column: The character at which reading stopped, counted from 1.
        found: What stands there, in words.
        expected: What was expected.
    """

    def __init__(self, column: int, found: str, expected: str) -> None:
        """Keep the parts."""
        self.column, self.found, self.expected = column, found, expected
        super().__init__(f"found {found}, expected {expected}")


def unfold(data: bytes) -> Iterator[Unfolded]:
    """The lines of a file as they were before folding, empty ones left out.

    Any end of line is taken; an empty line inside of a fold is what is left of two ends. Lines are joined
    before anybody decodes them, for a careless writer folds inside the bytes of a character.

    Source: RFC 5545, 3.1.
    """
    number, pieces = 1, list[bytes]()
    data = data.removeprefix(b"\xef\xbb\xbf")
    others = data.replace(b"\r\n", b"")
    lines = _LINE_END.split(data) if b"\n" in others or b"\r" in others else data.split(b"\r\n")
    for at, line in enumerate(lines, start=1):
        if not line:
            continue
        if pieces:
            if line[0] in _BLANKS:
                pieces.append(line[1:])
                continue
            yield Unfolded(number, pieces[0] if len(pieces) == 1 else b"".join(pieces))
        number, pieces = at, [line]
    if pieces:
        yield Unfolded(number, b"".join(pieces))


def parse(number: int, text: str) -> ContentLine:
    """A line in its parts.

    Args:
        number: The line of the file on which it begins.
        text: The line.

    Raises:
        LineError: It is none.

    Source: RFC 5545, 3.1; RFC 6868 for what is escaped in parameters.
    """
    plain = _PLAIN.match(text)
    if plain is None:
        return _parse_slowly(number, text)
    parameters = {}
    if plain[2]:
        for parameter in plain[2][1:].split(";"):
            name, _, value = parameter.partition("=")
            parameters[name.upper()] = tuple(map(_without_carets, value.split(",")))
    return ContentLine(number, plain[1].upper(), parameters, plain[3])


def _parse_slowly(number: int, text: str) -> ContentLine:
    name = _NAME.match(text)
    if name is None:
        raise LineError(1, _character(text, 0), "the name of a property, of letters, digits and '-'")
    parameters: dict[str, tuple[str, ...]] = {}
    at = name.end()
    while text[at : at + 1] == ";":
        head = _PARAMETER_NAME.match(text, at)
        if head is None:
            raise LineError(at + 1, _character(text, at), "a parameter, such as ;VALUE=DATE")
        at = head.end()
        values = []
        while True:
            value = _PARAMETER_VALUE.match(text, at)
            assert value is not None  # it may be empty
            values.append(_without_carets(value[1] if value[1] is not None else value[2]))
            at = value.end()
            if text[at : at + 1] != ",":
                break
            at += 1
        parameters[head[1].upper()] = tuple(values)
    if text[at : at + 1] != ":":
        raise LineError(at + 1, _character(text, at), "':' and a value")
    return ContentLine(number, name[0].upper(), parameters, text[at + 1 :])


def _character(text: str, at: int) -> str:
    return repr(text[at]) if at < len(text) else "the end of the line"


def _without_carets(value: str) -> str:
    return _CARET.sub(lambda match: _CARETS[match[1]], value) if "^" in value else value


def unescape(value: str) -> str:
    r"""A TEXT without its escapes: ``\n`` and ``\N`` are line feeds, any other character stands for itself.

    Source: RFC 5545, 3.3.11.
    """
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def split_texts(value: str) -> list[str]:
    """The texts of a list of them, without their escapes."""
    if "\\" not in value:
        return value.split(",")
    return [unescape(item) for item in _LISTED.findall(value)]
