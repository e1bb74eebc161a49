"""Every rule has a page; its bad example is found, its good example is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

import timeline
from timeline.checks import CheckContext, Finding
from timeline.checks._ignores import silence
from timeline.checks._run import DOCUMENT_RULES, run
from timeline.errors import DocumentError, Fault
from timeline.formats import Linter, Locator
from timeline.plugins import installed
from timeline.when import as_moment

DOCS = Path(__file__).parents[2] / "docs" / "reference"
# Our own: the rules of a chronology, and those of the bytes of a feed.
TABLES = {"TL": "rules", "ICAL": "rules of feeds"}
RULES = {code: rule for code, rule in installed().checks.items() if code.startswith(tuple(TABLES))}
BUILT_IN = {code: rule for code, rule in RULES.items() if code.startswith("TL")}


def _write_file(example: Example) -> None:
    """A YAML block that begins with ``# name`` is that file."""
    Path(example.parsed.partition("\n")[0].removeprefix("# ")).write_text(example.parsed, "utf-8")


FILES = Sybil(parsers=[PythonCodeBlockParser(), CodeBlockParser("yaml", _write_file)])


@pytest.fixture
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the files that a page makes: a bad one and a good one."""
    monkeypatch.chdir(tmp_path)
    code = request.getfixturevalue("code")
    for block in FILES.parse(DOCS / "checks" / f"{code}.md").examples():
        block.evaluate()
    return tmp_path


def _page(code: str) -> str:
    return (DOCS / "checks" / f"{code}.md").read_text("utf-8")


def _moment(code: str) -> str:
    """The moment of the commands on a page."""
    found = re.search(r"--now ([0-9-]+)", _page(code))
    return found[1] if found else "2025-06-01"


def _texts(code: str) -> dict[str, str] | None:
    """The stored texts that the commands on a page make."""
    return {source: stored for stored, source in re.findall(r'echo "(.*)" > texts/(\w+)\.txt', _page(code))} or None


def _codes(code: str, folder: Path, name: str) -> set[str]:
    """The codes of all that is found in a file, comments and all."""
    (path,) = folder.glob(f"{name}.*")
    data = path.read_bytes()
    importer = installed().importer_for(path.name)
    codes = {defect.code for defect in importer.lint(data)} if isinstance(importer, Linter) else set()
    read_past: list[Fault] = []
    try:
        loaded = timeline.load(path, on_fault=read_past.append)
    except DocumentError:
        return codes | {"TL001"}
    if read_past:
        codes.add("TL003")
    findings: Iterable[Finding] = run(loaded, BUILT_IN, CheckContext(now=as_moment(_moment(code)), texts=_texts(code)))
    if isinstance(importer, Locator):
        findings, useless = silence(findings, tuple(importer.ignores(data)), known=RULES, looked=BUILT_IN)
        codes |= {"TL002"} if useless else set()
    return codes | {finding.code for finding in findings}


def test_there_is_a_page_for_every_rule_and_no_other() -> None:
    assert {path.stem for path in (DOCS / "checks").glob("*.md")} == set(RULES)
    assert {rule.code for rule in DOCUMENT_RULES} <= set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_page_names_its_rule_and_has_every_part(code: str) -> None:
    text = _page(code)

    assert text.startswith(f"# {code}: {RULES[code].name}\n\n")
    assert f"Severity: {RULES[code].severity}." in text.split("\n## ")[0]
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == ["What it looks for", "Why", "Example", "What to do"]


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str, example: Path) -> None:
    assert code in _codes(code, example, "bad")
    assert code not in _codes(code, example, "good")


@pytest.mark.parametrize(("letters", "mark"), TABLES.items())
def test_the_table_of_rules_is_what_the_rules_say(letters: str, mark: str) -> None:
    rows = ["| code | name | severity | what it looks for |", "|---|---|---|---|"]
    rows += [
        f"| [{code}](checks/{code}.md) | {rule.name} | {rule.severity} | {rule.title} |"
        for code, rule in RULES.items()
        if code.startswith(letters)
    ]
    table = "\n".join(rows)

    found = re.search(
        rf"<!-- {mark}:.*?-->\n(.*?)\n<!-- end of {mark} -->", (DOCS / "checks.md").read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    assert found[1] == table, f"put this into docs/reference/checks.md:\n{table}"
