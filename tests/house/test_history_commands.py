"""The commands ``diff``, ``record`` and ``log``: what they print and answer with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from timeline import Timeline, document
from timeline.testing import HOSTILE

BEFORE = """\
timeline: 1
id: t
title: T
sources: {s: {title: A report}}
events:
- {id: e, title: E, when: 2024-06, claims: [{source: s, likelihood: may}]}
- {id: gone, title: Gone, when: 2024}
"""
AFTER = """\
timeline: 1
id: t
title: U
sources: {s: {title: A report}}
events:
- {id: e, title: E, when: 2024-06-14, claims: [{source: s, likelihood: likely}]}
- {id: new, title: New, claims: [{source: s, modality: projected, when: 2025}]}
"""
PLAIN = """\
~ the timeline
    title: was “T”, is “U”
+ event new: New
    projected, 2025
~ event e: E
    the date narrowed from 2024-06 to 2024-06-14
    a claim changed: its likelihood was “may”, is “likely”
- event gone: Gone
    2024
1 event added, 1 changed, 1 removed; title changed
"""
MARKDOWN = """\
# Changes: U

## The timeline

- title: was “T”, is “U”

## Added

- **New** (new): projected, 2025

## Changed

- **E** (e)
  - the date narrowed from 2024-06 to 2024-06-14
  - a claim changed: its likelihood was “may”, is “likely”

## Removed

- **Gone** (gone): 2024
"""


def _run(*arguments: str | Path, folder: Path, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "timeline", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )
    assert "Traceback" not in run.stderr
    return run


def _git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(BEFORE)
    (tmp_path / "new.yaml").write_text(AFTER)
    return tmp_path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which ``part/t.yaml`` has two revisions and a third version uncommitted."""
    (tmp_path / "part").mkdir()
    path = tmp_path / "part" / "t.yaml"
    _git(tmp_path, "init", "-q")
    for number, text in enumerate((BEFORE, AFTER)):
        path.write_text(text)
        (tmp_path / "part" / "deleted.yaml").write_text(text)
        _git(tmp_path, "add", ".")
        _git(tmp_path, "commit", "-q", "-m", f"version {number}")
    (tmp_path / "part" / "deleted.yaml").unlink()
    path.write_text(AFTER.replace("title: U", "title: V"))
    return tmp_path


def test_a_difference_is_printed_for_people_and_answered_with_1(files: Path) -> None:
    run = _run("diff", "old.yaml", "new.yaml", folder=files)

    assert (run.returncode, run.stdout, run.stderr) == (1, PLAIN, "")


def test_no_difference_is_answered_with_0(files: Path) -> None:
    plain, as_json, markdown = (_run("diff", "old.yaml", "old.yaml", *more, folder=files) for more in ([], ["--json"], ["--markdown"]))  # fmt: skip

    assert (plain.returncode, plain.stdout) == (0, "")
    assert as_json.returncode == markdown.returncode == 0
    assert json.loads(as_json.stdout)["events"] == {"added": [], "changed": [], "removed": [], "order": None}
    assert markdown.stdout == "# Changes: T\n\nNothing changed.\n"


def test_a_difference_can_be_published(files: Path) -> None:
    run = _run("diff", "old.yaml", "new.yaml", "--markdown", folder=files)

    assert (run.returncode, run.stdout) == (1, MARKDOWN)


def test_programs_get_sentences_and_values(files: Path) -> None:
    run = _run("diff", "old.yaml", "new.yaml", "--json", folder=files)

    found = json.loads(run.stdout)
    assert run.returncode == 1
    assert found["id"] == "t"
    assert found["timeline"] == {
        "sentences": ["title: was “T”, is “U”"],
        "fields": [{"path": ["title"], "before": "T", "after": "U"}],
    }
    assert found["events"] == {
        "added": [
            {"id": "new", "title": "New", "claims": [{"source": "s", "modality": "projected", "when": "2025"}]},
        ],
        "changed": [
            {
                "id": "e",
                "title": "E",
                "sentences": [
                    "the date narrowed from 2024-06 to 2024-06-14",
                    "a claim changed: its likelihood was “may”, is “likely”",
                ],
                "fields": [
                    {"path": ["when"], "before": "2024-06", "after": "2024-06-14"},
                    {"path": ["claims", 0, "likelihood"], "before": "may", "after": "likely"},
                ],
            }
        ],
        "removed": [{"id": "gone", "title": "Gone", "when": "2024"}],
        "order": None,
    }


def test_one_side_may_be_standard_input(files: Path) -> None:
    assert _run("diff", "-", "new.yaml", folder=files, text=BEFORE).stdout == PLAIN
    assert _run("diff", "old.yaml", "-", folder=files, text=AFTER).stdout == PLAIN
    both = _run("diff", "-", "-", folder=files, text=AFTER)
    assert both.returncode == 2
    assert "cannot both be standard input" in both.stderr


@pytest.mark.parametrize("name", ["part/t.yaml@HEAD~1", "part/t.yaml@HEAD@{1}", "part/deleted.yaml@HEAD~1"])
def test_a_revision_of_a_file_is_read_from_git(repository: Path, name: str) -> None:
    run = _run("diff", name, "part/t.yaml@HEAD", folder=repository)

    assert (run.returncode, run.stdout, run.stderr) == (1, PLAIN, "")
    inside = _run("diff", f"{Path(name).name}", "t.yaml", folder=repository / "part")
    assert "title: was “T”, is “V”" in inside.stdout


def test_a_file_of_that_very_name_wins(repository: Path) -> None:
    (repository / "part" / "t.yaml@HEAD.yaml").write_text(BEFORE)

    run = _run("diff", "part/t.yaml@HEAD.yaml", "part/t.yaml@HEAD", folder=repository)

    assert run.stdout == PLAIN


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.yaml", "timeline: gone.yaml: No such file or directory"),
        ("bad.yaml", "bad.yaml:4:17: events[0].when: found "),
        ("part", "part: found a file whose ending no plugin reads"),
        ("part/t.yaml@nope", "part/t.yaml@nope: found no revision 'nope', expected one of git's, such as HEAD~1"),
        ("part/t.yaml@--version", "part/t.yaml@--version: found no revision '--version'"),
        ("part/none.yaml@HEAD", "part/none.yaml@HEAD: found no 'none.yaml' in the revision 'HEAD', expected it there"),
        ("bad.yaml@HEAD", "bad.yaml@HEAD: found no 'bad.yaml' in the revision 'HEAD', expected it there"),
        ("none/t.yaml@HEAD", "none/t.yaml@HEAD: found no folder 'none', expected one in a git repository"),
    ],
)
def test_trouble_is_one_line_and_answered_with_2(repository: Path, name: str, message: str) -> None:
    (repository / "bad.yaml").write_text("timeline: 1\nid: t\ntitle: T\nevents: [{when: 2024-13, id: e, title: E}]\n")

    for arguments in ([name, "part/t.yaml"], ["part/t.yaml", name]):
        run = _run("diff", *arguments, folder=repository)
        assert run.returncode == 2
        assert run.stdout == ""
        first, *rest = run.stderr.splitlines()
        assert first.startswith(message)
        # A fault of a document is shown with its line and a caret.
        assert len(rest) == (2 if name == "bad.yaml" else 0)


def test_without_a_repository_or_git_it_is_said(files: Path) -> None:
    outside = _run("diff", "old.yaml@HEAD", "new.yaml", folder=files, GIT_CEILING_DIRECTORIES=str(files.parent))
    without = _run("diff", "old.yaml@HEAD", "new.yaml", folder=files, PATH=str(files))

    assert outside.returncode == without.returncode == 2
    assert outside.stderr == "old.yaml@HEAD: found no git repository, expected the file to be in one\n"
    assert without.stderr == "old.yaml@HEAD: found no command git, expected it to be installed\n"


def test_faults_in_a_revision_name_it(repository: Path) -> None:
    path = repository / "part" / "t.yaml"
    path.write_text(BEFORE.replace("2024-06", "2024-13"))
    _git(repository, "commit", "-q", "-a", "-m", "a mistake")

    run = _run("diff", "part/t.yaml@HEAD", "part/t.yaml@HEAD~1", folder=repository)

    assert run.returncode == 2
    assert run.stderr.startswith("part/t.yaml@HEAD:6:27: events[0].when: found ")


def test_options_reach_the_format(repository: Path) -> None:
    for old in ("part/t.yaml", "part/t.yaml@HEAD", "-"):
        run = _run("diff", old, "part/t.yaml", "-O", "yaml.max_bytes=10", folder=repository, text=BEFORE)
        assert run.returncode == 2
        assert "more than 10 bytes" in run.stderr


@pytest.mark.parametrize("command", ["diff", "log"])
def test_two_forms_at_once_are_refused(files: Path, command: str) -> None:
    (files / "l.jsonl").touch()
    arguments = ["old.yaml", "new.yaml"] if command == "diff" else ["l.jsonl"]

    run = _run(command, *arguments, "--json", "--markdown", folder=files)

    assert run.returncode == 2
    assert "--json and --markdown: give one of them" in run.stderr


def test_texts_of_documents_are_safe_to_print_and_to_publish(tmp_path: Path) -> None:
    empty = Timeline(id="hostile", title="T\x1b[2J")
    for name, timeline in (("old.json", empty), ("new.json", HOSTILE)):
        (tmp_path / name).write_text(json.dumps(document.write(timeline)), "utf-8")

    plain = _run("diff", "old.json", "new.json", folder=tmp_path)
    markdown = _run("diff", "old.json", "new.json", "--markdown", folder=tmp_path)
    _run("record", "old.json", "--ledger", "l.jsonl", "--now", "2024-12-28", folder=tmp_path)
    recorded = _run(
        "record", "new.json", "--ledger", "l.jsonl", "--now", "2024-12-28", "--note", "- <b>\x1b", folder=tmp_path
    )
    logs = [_run("log", "l.jsonl", *more, folder=tmp_path) for more in ([], ["--markdown"])]

    for run in (plain, markdown, recorded, *logs):
        assert run.stdout
        for char in "\x1b\x07\r\x00\N{RIGHT-TO-LEFT OVERRIDE}\N{LINE SEPARATOR}":
            assert char not in run.stdout
    for text in (markdown.stdout, logs[1].stdout):
        assert "\\<script\\>alert(1)\\</script\\>" in text
        assert "<" not in text.replace("\\<", "")
        assert "https:" not in text
        assert all(line.startswith(("#", "- ", "  - ", "\\-", "Recorded")) for line in text.split("\n") if line)
    assert "\n\\- \\<b\\>\n" in logs[1].stdout


def test_changes_are_recorded_and_listed(files: Path) -> None:
    first = _run("record", "old.yaml", "--ledger", "l.jsonl", "--now", "2024-12-28", folder=files)
    note = ("--note", "correction: the day\nand more")
    second = _run("record", "new.yaml", "--ledger", "l.jsonl", "--now", "2024-12-29T10:00:00Z", *note, folder=files)
    third = _run("record", "new.yaml", "--ledger", "l.jsonl", "--now", "2024-12-30", folder=files)
    plain, markdown, as_json = (
        _run("log", "l.jsonl", *more, folder=files) for more in ([], ["--markdown"], ["--json"])
    )

    head = "2024-12-28T00:00:00Z  recorded for the first time: 2 events, 1 source\n"
    *changes, summary = PLAIN.splitlines()
    entry = "\n".join([f"2024-12-29T10:00:00Z  {summary}", "  correction: the day", "  and more", *changes, ""])
    assert (first.returncode, first.stdout, first.stderr) == (0, f"l.jsonl: entry 1\n{head}", "")
    assert second.stdout == f"l.jsonl: entry 2\n{entry}"
    assert (third.returncode, third.stdout) == (0, "l.jsonl: nothing changed, nothing was recorded\n")
    assert plain.stdout == f"{head}\n{entry}"
    body = MARKDOWN.partition("\n\n")[2].replace("## ", "### ")
    assert markdown.stdout == (
        f"# Changes\n\n## 2024-12-29T10:00:00Z\n\ncorrection: the day ¶ and more\n\n{body}\n"
        "## 2024-12-28T00:00:00Z\n\nRecorded for the first time: 2 events, 1 source.\n"
    )
    entries = [json.loads(line) for line in as_json.stdout.splitlines()]
    assert [(entry["recorded"], entry["note"]) for entry in entries] == [
        ("2024-12-28T00:00:00Z", None),
        ("2024-12-29T10:00:00Z", "correction: the day\nand more"),
    ]
    assert [event["id"] for event in entries[0]["events"]["added"]] == ["e", "gone"]
    assert entries[1]["events"]["changed"][0]["sentences"][0] == "the date narrowed from 2024-06 to 2024-06-14"


def test_a_timeline_is_not_recorded_in_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"timeline": 1, "id": "t", "title": "T"}')

    run = _run("record", "t.json", "--ledger", "t.json", folder=tmp_path)

    assert (run.returncode, path.read_text()) == (2, '{"timeline": 1, "id": "t", "title": "T"}')
    assert "t.json is the file to record" in run.stderr


def test_a_revision_is_no_pattern_and_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    pattern, missing = (_run("diff", name, name, folder=tmp_path) for name in ("t.yaml@v*", "gone.yaml"))

    assert (pattern.returncode, missing.returncode) == (2, 2)
    assert pattern.stderr.startswith("t.yaml@v*: found no revision 'v*'")
    assert missing.stderr == "timeline: gone.yaml: No such file or directory\n"


def test_json_is_right_whatever_the_terminal_can_hold(tmp_path: Path) -> None:
    for name, title in (("a", "Напад"), ("b", "Наступ")):
        (tmp_path / f"{name}.yaml").write_text(f"timeline: 1\nid: t\ntitle: {title}\n", "utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "timeline", "diff", "a.yaml", "b.yaml", "--json"],
        cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip

    assert json.loads(run.stdout)["timeline"]["fields"][0]["after"] == "Наступ"


def test_an_empty_ledger_lists_nothing(tmp_path: Path) -> None:
    (tmp_path / "l.jsonl").write_bytes(b'{"ledger":1,"timel')

    plain, markdown = (_run("log", "l.jsonl", *more, folder=tmp_path) for more in ([], ["--markdown"]))

    assert (plain.returncode, plain.stdout) == (0, "")
    assert markdown.stdout == "# Changes\n\nNothing is recorded.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["record", "old.yaml"], 2, "Missing option '--ledger'"),
        (["record", "gone.yaml", "--ledger", "l.jsonl"], 2, "'gone.yaml' does not exist"),
        (["record", "old.yaml", "--ledger", "new.yaml"], 1, "new.yaml:1: found no JSON"),
        (["record", "old.yaml", "--ledger", "/dev/null"], 1, "/dev/null: found a device or a pipe, expected a file"),
        (["record", "old.yaml", "--ledger", "none/l.jsonl"], 1, "timeline: none/l.jsonl: No such file or directory"),
        (["record", "old.yaml", "--ledger", "l.jsonl", "--now", "today"], 2, "Invalid value for '--now'"),
        (["log", "gone.jsonl"], 2, "'gone.jsonl' does not exist"),
        (["log", "new.yaml"], 1, "new.yaml:1: found no JSON"),
    ],
)
def test_mistakes_are_said(files: Path, arguments: list[str], code: int, message: str) -> None:
    run = _run(*arguments, folder=files)

    assert run.returncode == code
    assert message in run.stderr
    assert run.stdout == ""
    assert not (files / "l.jsonl").exists()


def test_a_note_that_is_no_text_is_refused(files: Path) -> None:
    command: list[str | bytes] = [sys.executable, "-m", "timeline", "record", "old.yaml", "--ledger", "l.jsonl"]
    command += ["--note", b"\xff"]

    run = subprocess.run(command, cwd=files, capture_output=True, check=False)

    assert run.returncode == 1
    assert run.stderr == b"note: found half a surrogate pair, expected Unicode text\n"
