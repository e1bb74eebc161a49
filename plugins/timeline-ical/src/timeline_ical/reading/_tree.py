"""Puts content lines together to components, and mends what is broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_ical._contentlines import ContentLine, LineError, parse, unfold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline_ical._contentlines import Unfolded
    from timeline_ical.reading._report import Report

_LINE = "a line of iCalendar, such as NAME:value"
_IS_QUOTED = re.compile(rb"[^:]*;ENCODING=\"?QUOTED-PRINTABLE", re.IGNORECASE)
_MAX_DEPTH = 50
"""How deep components may stand in each other; real ones do in 4."""


class Component:
    """A component as it stands in the file.

    Attributes:
        name: Its name in capital letters; empty for the file itself.
        line: The line on which it begins.
        properties: The lines of each property, by its name in capital letters.
        children: The components in it.
    """

    __slots__ = ("children", "line", "name", "properties")

    def __init__(self, name: str, line: int | None) -> None:
        self.name, self.line = name, line
        self.properties: dict[str, list[ContentLine]] = {}
        self.children: list[Component] = []

    def first(self, name: str) -> ContentLine | None:
        """The first line of a property; None if there is none."""
        lines = self.properties.get(name)
        return lines[0] if lines else None

    def all(self, name: str) -> list[ContentLine]:
        """The lines of a property."""
        return self.properties.get(name, [])

    def one(self, name: str, report: Report) -> ContentLine | None:
        """The line of a property that may stand once; those after the first are reported."""
        lines = self.properties.get(name)
        if lines is None:
            return None
        for line in lines[1:]:
            report.fault(line.number, f"{name} a second time", f"it once in a {self.name}")
        return lines[0]

    def add(self, line: ContentLine) -> None:
        """Add a line."""
        lines = self.properties.get(line.name)
        if lines is None:
            self.properties[line.name] = [line]
        else:
            lines.append(line)

    def to_lines(self) -> Iterator[str]:
        """The component as content lines, for those that read text."""
        yield f"BEGIN:{self.name}"
        for lines in self.properties.values():
            for line in lines:
                parameters = "".join(f";{name}={','.join(values)}" for name, values in line.parameters.items())
                yield f"{line.name}{parameters}:{line.value}"
        for child in self.children:
            yield from child.to_lines()
        yield f"END:{self.name}"


def read_tree(data: bytes, report: Report) -> Component:
    """The components of a file, in one that stands for the file.

    What is no content line is left out and reported. An END closes all that was begun
    inside of what it ends, and the end of the file closes everything.
    """
    root = Component("", None)
    stack = [root]
    top = root
    add = root.add
    physical = unfold(data)
    for number, first in physical:
        # Of vCalendar 1.0, a line goes on after a "=" at its end.
        raw = _joined(first, physical) if first.endswith(b"=") and _IS_QUOTED.match(first) else first
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            text = _mended(number, raw, error, report)
        try:
            line = parse(number, text)
        except LineError as error:
            if text.strip():
                report.fault(number, error.found, f"{error.expected}, in {_LINE}", column=error.column)
            continue
        if "ENCODING" in line.parameters:
            line = _decoded(line, report)
        name = line.name
        if name == "BEGIN":
            top = _begin(line, stack, report)
            add = top.add
        elif name == "END":
            _end(line, stack, report)
            top = stack[-1]
            add = top.add
        elif top is root:
            report.each(number, "a property outside of any component", "BEGIN:VCALENDAR before it")
        else:
            add(line)
    if len(stack) > 1:
        begun = f"{stack[-1].name} that was begun on line {stack[-1].line}"
        report.fault(stack[-1].line, f"the end of the file inside of the {begun}", f"END:{stack[-1].name}")
    return root


def _mended(number: int, raw: bytes, error: UnicodeDecodeError, report: Report) -> str:
    """A line that is not UTF-8."""
    column = len(raw[: error.start].decode(errors="replace")) + 1
    found = f"byte 0x{raw[error.start]:02x}, which is not UTF-8"
    report.fault(number, found, "text in UTF-8; U+FFFD is put in its place", column=column)
    return raw.decode(errors="replace")


def _joined(line: bytes, following: Iterator[Unfolded]) -> bytes:
    """A line with those that go on with it."""
    pieces = [line]
    while pieces[-1].endswith(b"="):
        pieces[-1] = pieces[-1][:-1]
        more = next(following, None)
        if more is None:
            break
        pieces.append(more.data)
    return b"".join(pieces)


def _decoded(line: ContentLine, report: Report) -> ContentLine:
    """A line whose value was in quoted-printable, as vCalendar 1.0 has it."""
    if (line.parameter("ENCODING") or "").upper() != "QUOTED-PRINTABLE":
        return line
    import quopri  # noqa: PLC0415 - no calendar of this century has it

    charset = line.parameter("CHARSET") or "UTF-8"
    data = quopri.decodestring(line.value.encode())
    try:
        # UTF-7 can say half a surrogate pair.
        value = data.decode(charset).encode(errors="replace").decode()
    except (LookupError, ValueError):
        found = f"quoted-printable that is not {charset[:40]}"
        report.fault(line.number, f"{line.name} in {found}", "text; U+FFFD is put in its place")
        value = data.decode(errors="replace")
    rest = {name: values for name, values in line.parameters.items() if name not in ("ENCODING", "CHARSET")}
    return line._replace(parameters=rest, value=value)


def _begin(line: ContentLine, stack: list[Component], report: Report) -> Component:
    component = Component(line.value.strip().upper(), line.number)
    if len(stack) > _MAX_DEPTH:
        # Beside the one that it is in: nobody reads components as deep as that.
        report.each(line.number, f"more than {_MAX_DEPTH} components in each other", "fewer")
        stack.pop()
    stack[-1].children.append(component)
    stack.append(component)
    return component


def _end(line: ContentLine, stack: list[Component], report: Report) -> None:
    name = line.value.strip().upper()
    depth = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].name == name), None)
    if depth is None:
        report.fault(line.number, f"END:{name}", f"BEGIN:{name} before it")
        return
    for unclosed in stack[depth + 1 :]:
        found = f"END:{name} inside of the {unclosed.name} that was begun on line {unclosed.line}"
        report.fault(line.number, found, f"END:{unclosed.name} before it")
    del stack[depth:]
