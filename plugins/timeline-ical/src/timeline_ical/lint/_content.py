"""From lines to properties, and what is wrong with their names and parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline_ical._contentlines import LineError, parse
from timeline_ical.lint._report import shown
from timeline_ical.lint._tables import QUOTED_PARAMETERS, SINGLE_PARAMETERS

if TYPE_CHECKING:
    from timeline_ical.lint._bytes import Line
    from timeline_ical.lint._moments import Moment
    from timeline_ical.lint._recur import Rule
    from timeline_ical.lint._report import Place, Report

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";])*)')


class Property:
    """A property, and what its value means.

    Attributes:
        line: The line it stands on.
        name: Its name, in capital letters.
        parameters: Its parameters.
        value: Its value, as it is written.
        moments: The dates in its value, as far as they are such.
        rule: The rule in its value, if it is one.
    """

    __slots__ = ("line", "moments", "name", "parameters", "rule", "value")

    def __init__(self, line: Line, name: str, parameters: dict[str, tuple[str, ...]], value: str) -> None:
        self.line, self.name, self.parameters, self.value = line, name, parameters, value
        self.moments: tuple[Moment, ...] = ()
        self.rule: Rule | None = None

    def parameter(self, name: str) -> str | None:
        """The first value of a parameter; None if it is not there."""
        values = self.parameters.get(name)
        return values[0] if values else None

    def place(self, at: int = 0) -> Place:
        """Where a character of the value is."""
        return self.line.place(len(self.line.text) - len(self.value) + at)

    @property
    def start(self) -> Place:
        """Where it begins."""
        return self.line.place(0)


def read_property(line: Line, report: Report) -> Property | str:
    """The property on a line; if it cannot be read, what is most likely its name, and a fault is told."""
    try:
        _, name, parameters, value = parse(line.number, line.text)
    except LineError as error:
        if line.whole:
            before = line.text[: error.column - 1]
            found = f"{error.found} after {shown(before[-20:])}" if before else shown(line.text, 20)
            # What most often looks so is the rest of a text that was broken.
            hint = "" if ":" in line.text else "; a line break in a text is written \\n"
            report.add(109, f"found {found}, expected {error.expected}{hint}", line.place(len(before)))
        name_only = _NAME.match(line.text)
        return name_only[0].upper() if name_only else ""
    return Property(line, name, parameters, value)


def check_parameters(prop: Property, report: Report) -> bool:
    """Tell what is wrong with the parameters of a property; whether its value can be judged."""
    head = prop.line.text[: len(prop.line.text) - len(prop.value) - 1]
    seen: set[str] = set()
    for match in _PARAMETER.finditer(head):
        name, place = match[1].upper(), prop.line.place(match.start() + 1)
        if name in seen:
            report.add(319, f"found {name} twice, expected each parameter once", place)
        elif name in QUOTED_PARAMETERS and not match[2].startswith('"'):
            report.add(319, f"found {name}={shown(match[2])[1:-1]}, expected its value in quotation marks", place)
            # Without them the value ends at the first colon, and what follows is no value.
            return False
        elif name in SINGLE_PARAMETERS and len(prop.parameters[name]) > 1:
            report.add(
                319, f"found a comma in {name}={shown(match[2])[1:-1]}, expected its value in quotation marks", place
            )
        seen.add(name)
    return True
