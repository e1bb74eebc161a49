"""Comments in a document that silence rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.checks._run import codes_of
from timeline.errors import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from timeline.checks._seam import Finding
    from timeline.document import Path
    from timeline.formats import Ignore

_RECORDS = ("events", "sources")


def silence(
    findings: Iterable[Finding], ignores: Collection[Ignore], *, known: Collection[str], looked: Collection[str]
) -> tuple[list[Finding], list[tuple[Ignore, str]]]:
    """What is left of findings, and the comments that were of no use, with the reason.

    Args:
        findings: The findings, their paths as in the document.
        ignores: The comments.
        known: The codes of all rules.
        looked: The codes of those that would have found what there is: a comment for another one may be
            of use another time.
    """
    silenced: dict[tuple[str, Path | None], list[tuple[int, str]]] = {}
    for number, ignore in enumerate(ignores):
        for name in ignore.codes:
            for code in codes_of(name, known):
                silenced.setdefault((code, ignore.scope), []).append((number, name))
    used: set[tuple[int, str]] = set()
    kept = []
    for finding in findings:
        holding = [entry for scope in (None, _scope(finding.path)) for entry in silenced.get((finding.code, scope), ())]
        used.update(holding)
        if not holding:
            kept.append(finding)
    return kept, list(_useless(ignores, used, known, looked))


def _useless(
    ignores: Iterable[Ignore], used: Collection[tuple[int, str]], known: Collection[str], looked: Collection[str]
) -> Iterator[tuple[Ignore, str]]:
    """The comments, and the codes in them, that silenced nothing; with the reason."""
    for number, ignore in enumerate(ignores):
        if not ignore.codes:
            yield ignore, "found no code, expected one, as in `# timeline: ignore TL302 - the reason`"
        for name in ignore.codes:
            named = codes_of(name, known)
            if not named:
                yield ignore, f"found {quoted(name)}, expected the code of a rule, or its beginning"
            elif (number, name) not in used and set(named) <= set(looked):
                where = "the file" if ignore.scope is None else _words(ignore.scope)
                yield ignore, f"{name} finds nothing in {where}: expected no comment, or another code"


def _words(scope: Path) -> str:
    """What a scope is, in words."""
    return f"the {str(scope[0]).removesuffix('s')} in which it stands" if scope else "what is no event and no source"


def _scope(path: Path) -> Path:
    """The event or source that a path is of, or ``()``."""
    return path[:2] if len(path) > 1 and path[0] in _RECORDS else ()
