"""Every rule has a page; its bad example is found, its good example is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import timeline
from timeline.checks import CheckContext
from timeline.checks._ignores import silence
from timeline.checks._run import DOCUMENT_RULES, run
from timeline.errors import DocumentError
from timeline.plugins import installed
from timeline.when import as_moment
from timeline_yaml import YamlImporter

DOCS = Path(__file__).parents[2] / "docs" / "reference"
RULES = {code: rule for code, rule in installed().checks.items() if code.startswith("TL")}
_BLOCK = r"```yaml\n(# {}\.yaml\n.*?)```"


def _example(code: str, name: str) -> str:
    found = re.search(_BLOCK.format(name), (DOCS / "checks" / f"{code}.md").read_text("utf-8"), re.DOTALL)
    assert found is not None, f"{code}.md has no yaml block that begins with # {name}.yaml"
    return found[1]


def _moment(code: str) -> str:
    """The moment of the commands on a page."""
    found = re.search(r"--now ([0-9-]+)", (DOCS / "checks" / f"{code}.md").read_text("utf-8"))
    return found[1] if found else "2025-06-01"


def _texts(code: str) -> dict[str, str] | None:
    """The stored texts that the commands on a page make."""
    text = (DOCS / "checks" / f"{code}.md").read_text("utf-8")
    return {source: stored for stored, source in re.findall(r'echo "(.*)" > texts/(\w+)\.txt', text)} or None


def _codes(code: str, document: str) -> set[str]:
    """The codes of all that is found in a document, comments and all."""
    data = document.encode()
    try:
        loaded = timeline.load(data, "yaml")
    except DocumentError:
        return {"TL001"}
    findings = run(loaded, RULES, CheckContext(now=as_moment(_moment(code)), texts=_texts(code)))
    ignores = tuple(YamlImporter().ignores(data))
    kept, useless = silence(findings, ignores, known=RULES, looked=RULES)
    return {finding.code for finding in kept} | ({"TL002"} if useless else set())


def test_there_is_a_page_for_every_rule_and_no_other() -> None:
    assert {path.stem for path in (DOCS / "checks").glob("*.md")} == set(RULES)
    assert {rule.code for rule in DOCUMENT_RULES} <= set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_page_names_its_rule_and_has_every_part(code: str) -> None:
    text = (DOCS / "checks" / f"{code}.md").read_text("utf-8")

    assert text.startswith(f"# {code}: {RULES[code].name}\n\n")
    assert f"Severity: {RULES[code].severity}." in text.split("\n## ")[0]
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == ["What it looks for", "Why", "Example", "What to do"]


@pytest.mark.parametrize("code", RULES)
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str) -> None:
    assert code in _codes(code, _example(code, "bad"))
    assert code not in _codes(code, _example(code, "good"))


def test_the_table_of_rules_is_what_the_rules_say() -> None:
    rows = ["| code | name | severity | what it looks for |", "|---|---|---|---|"]
    rows += [
        f"| [{code}](checks/{code}.md) | {rule.name} | {rule.severity} | {rule.title} |" for code, rule in RULES.items()
    ]
    table = "\n".join(rows)

    found = re.search(
        r"<!-- rules:.*?-->\n(.*?)\n<!-- end of rules -->", (DOCS / "checks.md").read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    assert found[1] == table, f"put this into docs/reference/checks.md:\n{table}"
