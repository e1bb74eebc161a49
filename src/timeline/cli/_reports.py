"""How findings are written: for people, for programs, for GitHub, and as SARIF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from timeline._terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.checks import Check, Severity
    from timeline.errors import Fault

_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
# What the codes begin with that have pages in our documentation.
_DOCUMENTED = ("TL", "ICAL")
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@attrs.frozen(kw_only=True)
class Report:
    """Something that was found, and where in which file.

    Attributes:
        file: Name of the file, as it was given.
        code: The code of the rule.
        severity: How bad it is.
        message: What is wrong, in words, without the event.
        event: The id of the event; None if it is of none.
        line: Line, counted from 1; None if nobody knows.
        column: Character in the line, counted from 1; None the same.
        shown: The line with a caret below, where there is one to show.
    """

    file: str
    code: str
    severity: Severity
    message: str
    event: str | None = None
    line: int | None = None
    column: int | None = None
    shown: str = ""

    @property
    def sentence(self) -> str:
        """The message, with the event that it is of."""
        return f"event {self.event}: {self.message}" if self.event else self.message


def of_fault(fault: Fault, file: str, rule: Check) -> Report:
    """What is wrong with a document."""
    place = fault.file or "<text>"
    known = f"{place}:{fault.line}:{fault.column}" if fault.line is not None else place
    # The message of a fault begins with its place, which a report has in fields of its own.
    message = str(fault).removeprefix(printable(known)).removeprefix(":").strip()
    return Report(
        file=file,
        code=rule.code,
        severity=rule.severity,
        message=message,
        line=fault.line,
        column=fault.column if fault.line is not None else None,
        shown=fault.render().partition("\n")[2],
    )


def text(report: Report) -> str:
    """``file:line:column: TL101 error: event e: message``, for people."""
    place = report.file if report.line is None else f"{report.file}:{report.line}:{report.column}"
    line = printable(f"{place}: {report.code} {report.severity}: {report.sentence}")
    return f"{line}\n{report.shown}" if report.shown else line


def as_json(reports: Iterable[Report]) -> str:
    """One list of objects, for programs."""
    names = ("code", "severity", "message", "event", "file", "line", "column")
    return json.dumps([{name: getattr(report, name) for name in names} for report in reports], indent=2)


def github(reports: Iterable[Report], rules: Mapping[str, Check]) -> Iterator[str]:
    """Workflow commands, which GitHub Actions shows beside the lines of a change.

    Source: GitHub Docs, Workflow commands for GitHub Actions; the escapes are those of actions/toolkit.
    """
    for report in reports:
        name = rules[report.code].name if report.code in rules else report.code
        properties = {"file": report.file, "line": report.line, "col": report.column, "title": f"{report.code} {name}"}
        given = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value is not None)
        yield printable(f"::{_GITHUB[report.severity]} {given}::{_data(report.sentence)}")


def _data(value: object) -> str:
    return str(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def sarif(reports: Sequence[Report], rules: Mapping[str, Check], version: str) -> str:
    """A SARIF log, which code scanning services and editors read.

    Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0.
    """
    codes = sorted(rules)
    places = {code: number for number, code in enumerate(codes)}
    driver = {"name": "timeline", "version": version, "rules": [_rule(rules[code]) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, places) for report in reports],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Check) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": str(rule.severity)},
    }
    if rule.code.startswith(_DOCUMENTED):
        # Not helpUri, which must be absolute (SARIF 2.1.0, 3.49.12).
        described["help"] = {"text": f"See docs/reference/checks/{rule.code}.md."}
    return described


def _result(report: Report, places: Mapping[str, int]) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415 - only this format needs it

    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(report.file.replace("\\", "/"))}}
    if report.line is not None:
        physical["region"] = {"startLine": report.line, "startColumn": report.column}
    location: dict[str, Any] = {"physicalLocation": physical}
    if report.event is not None:
        location["logicalLocations"] = [{"name": report.event, "kind": "object"}]
    return {
        "ruleId": report.code,
        "ruleIndex": places[report.code],
        "level": str(report.severity),
        "message": {"text": report.sentence},
        "locations": [location],
    }
