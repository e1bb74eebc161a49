"""Runs rules on a timeline: which, with what, and in what order they are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline._memory import without_collector
from timeline.checks._seam import Check, Finding, Severity
from timeline.errors import OptionError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.checks._seam import CheckContext
    from timeline.model import Timeline


INVALID_DOCUMENT = Check(
    code="TL001",
    name="invalid-document",
    title="a document that cannot be read as it stands",
)
USELESS_IGNORE = Check(
    code="TL002",
    name="useless-ignore",
    title="an ignore comment that silences nothing, or names no rule",
    severity=Severity.NOTE,
)
NOT_TAKEN = Check(
    code="TL003",
    name="not-taken",
    title="a part of a document that could not be taken into the timeline",
    severity=Severity.NOTE,
)
DOCUMENT_RULES = (INVALID_DOCUMENT, USELESS_IGNORE, NOT_TAKEN)
"""What ``timeline check`` itself reports of a document; they have codes like all the others."""
NEED_TEXTS = frozenset({"TL201"})
"""Rules that find nothing where there are no stored texts of sources."""


def codes_of(wanted: str, codes: Iterable[str]) -> list[str]:
    """The codes that a code, or the beginning of some, stands for."""
    return [code for code in codes if wanted and code.startswith(wanted)]


def choose(rules: Mapping[str, Check], *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, Check]:
    """The rules to run.

    Args:
        rules: All there are, by code.
        select: Codes, or the beginnings of some: ``TL1`` is all of TL1xx. Empty for all.
        ignore: The same: what to leave out of those.

    Raises:
        OptionError: One of them is the code, or the beginning of the code, of no rule.
    """
    selected = _named("select", select, rules) or set(rules)
    ignored = _named("ignore", ignore, rules)
    left = {code: rule for code, rule in sorted(rules.items()) if code in selected and code not in ignored}
    if rules and not left:
        message = "found no rule that is left to run, expected select to name one that ignore does not"
        raise OptionError(message)
    return left


def _named(option: str, wanted: Iterable[str], rules: Mapping[str, Check]) -> set[str]:
    """The codes that an option names."""
    names = (wanted,) if isinstance(wanted, str) else wanted
    named: set[str] = set()
    for name in names:
        found = codes_of(name, rules)
        if not found:
            known = ", ".join(sorted(rules)) or "none"
            message = f"found {quoted(name)} in {option}, expected a code or the beginning of one, such as TL1: {known}"
            raise OptionError(message)
        named.update(found)
    return named


def run(timeline: Timeline, rules: Mapping[str, Check], ctx: CheckContext) -> tuple[Finding, ...]:
    """What rules find in a timeline, in the order of the document.

    A rule that raises is itself a finding: an error with its code.
    """
    numbers = {event.id: number for number, event in enumerate(timeline.events)}
    found: list[Finding] = []
    with without_collector():
        for code, rule in sorted(rules.items()):
            try:
                own = [_filled(finding, code, rule, timeline, numbers) for finding in rule.run(timeline, ctx)]
            except (Exception, SystemExit) as error:  # noqa: BLE001 - anything may be raised by somebody's rule
                detail = " ".join(str(error).split())
                reason = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
                own = [Finding(message=f"this rule failed: {reason}", severity=Severity.ERROR, code=code)]
            found += own
    sources = {source.id: number for number, source in enumerate(timeline.sources)}
    found.sort(key=lambda finding: _order(finding, sources))
    return tuple(found)


def _filled(finding: Finding, code: str, rule: Check, timeline: Timeline, numbers: Mapping[str, int]) -> Finding:
    """A finding with all that a rule may leave out."""
    if not isinstance(finding, Finding):
        message = f"expected findings, found {type(finding).__name__}"  # type: ignore[unreachable] # rules without types
        raise TypeError(message)
    path, event_id = finding.path, finding.event_id
    if not path and event_id is not None and event_id in numbers:
        path = ("events", numbers[event_id])
    elif event_id is None and path[:1] == ("events",) and len(path) > 1 and isinstance(path[1], int):
        event_id = timeline.events[path[1]].id
    severity = rule.severity if finding.severity is None else Severity(finding.severity)
    # Not attrs.evolve, which takes long where much is found.
    return Finding(message=finding.message, event_id=event_id, path=path, severity=severity, code=code)


def _order(finding: Finding, sources: Mapping[str, int]) -> tuple[Any, ...]:
    """What sorts findings: the timeline itself, its sources, its events; then the code, then the path."""
    part, number = 0, 0
    if len(finding.path) > 1:
        second = finding.path[1]
        if finding.path[0] == "events" and isinstance(second, int):
            part, number = 2, second
        elif finding.path[0] == "sources":
            part, number = 1, sources.get(str(second), 0)
    # Keys and indices stand in one path, and cannot be compared with each other.
    steps = tuple((step, "") if isinstance(step, int) else (-1, step) for step in finding.path)
    return part, number, finding.code, steps, finding.message
