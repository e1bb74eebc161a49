"""The documentation is true: its examples run, and its tables are those of the code."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sybil import Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from timeline import document, hookspecs, plugins
from timeline.errors import WhenError
from timeline.formats import Feature
from timeline.when import When

if TYPE_CHECKING:
    from sybil import Example

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _write_file(example: Example) -> None:
    """A YAML block that begins with ``# name`` is that file."""
    name = example.parsed.partition("\n")[0]
    if name.startswith("# ") and name.endswith(".yaml"):
        Path(name.removeprefix("# ")).write_text(example.parsed, "utf-8")


def _run_session(example: Example) -> None:
    """A console block is commands after ``$`` and what they print."""
    for block in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        command, _, expected = block.partition("\n")
        run = subprocess.run(  # noqa: S602 - whoever reads the page has a shell too
            command,
            shell=True,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
            env=_environment(),
        )
        printed = "\n".join(line.rstrip() for line in (run.stdout + run.stderr).strip("\n").splitlines())
        assert printed == expected.strip("\n"), f"$ {command}\n{printed}"


def _environment() -> dict[str, str]:
    """The environment of the commands: this interpreter's, 80 columns wide."""
    folder = Path(sys.executable).parent
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80", "PYTHONUTF8": "1"}


SYBIL = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser("yaml", _write_file),
        CodeBlockParser("console", _run_session),
    ]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_run_in_order(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)

    for example in SYBIL.parse(page).examples():
        example.evaluate()


def _rows(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def test_every_key_of_the_document_is_documented() -> None:
    text = (ROOT / "docs" / "reference" / "document.md").read_text("utf-8")
    sections = {section.partition("\n")[0]: section for section in text.split("\n## ")[1:]}
    headings = {
        "The timeline": 0,
        "A source": 1,
        "An event": 2,
        "Recurrence": 3,
        "Media": 4,
        "An outcome": 5,
        "A claim": 6,
        "A speaker": 7,
    }

    for heading, number in headings.items():
        rows = re.findall(r"^\| `(\w+)` \| .* \| (required)? *\|$", sections[heading], re.MULTILINE)
        keys = {key.name: key.required for key in document.keys(document.RECORDS[number]).values()}
        if number == 0:
            keys = {document.VERSION_KEY: True, **keys}
        if number == 1:
            keys.pop("id")
        assert {name: bool(required) for name, required in rows} == keys


def test_every_date_in_the_table_says_what_the_table_says() -> None:
    rows = [row for row in _rows("reference/dates.md") if row[0] in "012"]

    assert len(rows) == 28
    for level, _, written, words in rows:
        when = When.parse(written.strip("`"))
        assert when.humanize() == words
        assert When.level_of(written.strip("`")) == int(level)


def test_what_edtf_leaves_open_is_read_or_refused_as_the_page_says() -> None:
    decisions = {row[0]: row[2] for row in _rows("explanation/edtf-decisions.md") if row[2] in ("read", "refused")}
    examples = [
        (text, row[2])
        for row in _rows("explanation/edtf-decisions.md")
        if row[2] in ("read", "refused")
        for text in re.findall("`([^`]+)`", row[1])
    ]
    corpus = ROOT.parent / "shared" / "data" / "edtf_corpus.tsv"
    if corpus.exists():
        for line in corpus.read_text("utf-8").splitlines()[1:]:
            text, valid, *_, notes = line.split("\t")
            if valid == "?":
                # A string of several classes is refused if any of them is.
                found = {decisions[note] for note in notes.split("; ")}
                examples.append((text, "refused" if "refused" in found else "read"))
    elif os.environ.get("TIMELINE_REQUIRE_ALL"):
        pytest.fail(f"{corpus} is missing")

    assert len(decisions) == 26
    for text, decision in examples:
        try:
            When.parse(text)
        except WhenError as error:
            # Seasons may end before they begin, whatever else they are.
            assert decision == "refused" or "not before the beginning" in str(error), text  # noqa: PT017 - others are read
        else:
            assert decision == "read", text


def test_the_matrix_of_formats_is_what_the_formats_say() -> None:
    exporters = plugins.installed().exporters
    lines = ["| | what it is | " + " | ".join(exporters) + " |", "|---" * (len(exporters) + 2) + "|"]
    words = re.findall(r'^    (\w+) = "([\w-]+)"\n(?:    """(.*?)"""\n)?', inspect.getsource(Feature), re.MULTILINE)
    assert [value for _, value, _ in words] == list(Feature)
    for _, value, meaning in words:
        carried = ["yes" if Feature(value) in exporter.info.carries else "no" for exporter in exporters.values()]
        lines.append(f"| {value} | {meaning.replace('``', '`')} | {' | '.join(carried)} |")
    matrix = "\n".join(lines)

    text = (ROOT / "docs" / "reference" / "formats.md").read_text("utf-8")
    found = re.search(r"<!-- matrix.*?-->\n(.*?)\n?<!-- end of matrix -->", text, re.DOTALL)

    assert found is not None
    assert found[1].strip() == matrix, f"put this into docs/reference/formats.md:\n{matrix}"


def test_every_hook_is_documented() -> None:
    text = (ROOT / "docs" / "how-to" / "write-a-plugin.md").read_text("utf-8")
    hooks = [name for name in vars(hookspecs) if name.startswith("timeline_register_")]

    assert len(hooks) == 4
    for name in hooks:
        assert f"`{name}()`" in text


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")

    for command in ("check", "date", "due", "embed", "export", "formats", "page", "plugins", "schema", "show"):
        assert f"\n`timeline {command}" in text
