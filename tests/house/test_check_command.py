"""``timeline check``: what it prints in every format, what it answers with, and what comments silence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from timeline.checks import Check, Finding
from timeline.cli import main
from timeline.hookspecs import hookimpl
from timeline.testing import fresh_plugins

SEED = Path(__file__).parents[2] / "seeds" / "kursk.yaml"
STORY = """\
timeline: 1
id: t
title: T
sources:
  s: {published: 2024-12-01}
events:
  - id: report
    title: A report
    claims:
      - source: s
        said: 2024-11-30
        when: 2024-12-24
  - id: plan
    title: A plan
    claims: [{source: s, modality: planned, when: "[2025..]"}]
"""
NOW = ("--now", "2024-12-28")


def _check(*arguments: str | Path, text: str | bytes | None = None, code: int | None = None) -> Result:
    run = CliRunner().invoke(main, ["check", *map(str, arguments)], input=text)
    assert run.exception is None or isinstance(run.exception, SystemExit), run.exception
    if code is not None:
        assert run.exit_code == code, run.output
    return run


def _codes(*arguments: str | Path, text: str | bytes = STORY) -> list[tuple[str, str | None, int | None]]:
    found = json.loads(_check("-", "--format", "json", *NOW, *arguments, text=text).output)
    return [(each["code"], each["event"], each["line"]) for each in found]


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("story.yaml")
    path.write_text(STORY)
    return path


def test_each_finding_is_a_line_with_its_place_and_each_file_a_sum(story: Path) -> None:
    lines = _check(story, *NOW, code=1).output.splitlines()

    assert lines[0].startswith(
        "story.yaml:12:15: TL101 error: event report: reported for 2024-12-24, but said on 2024-11"
    )
    assert lines[1].startswith("story.yaml:12:15: TL102 error: event report: ")
    assert lines[2].startswith("story.yaml:15:51: TL302 note: event plan: ")
    assert lines[3:] == ["story.yaml: 2 events, 2 claims, 1 source: 2 errors, 1 note"]


def test_a_clean_file_has_no_faults(story: Path) -> None:
    run = _check(story, *NOW, "--ignore", "TL1,TL3", code=0)

    assert run.output == "story.yaml: 2 events, 2 claims, 1 source: no faults\n"


def test_json_is_one_list_over_all_files(story: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("timeline: 1\nid: t\n")

    found = json.loads(_check(story, bad, SEED, *NOW, "--format", "json", code=1).output)
    assert [set(each) for each in found] == [{"code", "severity", "message", "event", "file", "line", "column"}] * 4
    assert [each["file"] for each in found] == ["story.yaml"] * 3 + [str(bad)]
    assert found[0]["message"].startswith("reported for 2024-12-24")
    assert (found[0]["line"], found[0]["column"], found[0]["event"]) == (12, 15, "report")
    assert (found[3]["code"], found[3]["severity"], found[3]["line"]) == ("TL001", "error", 1)
    assert found[3]["message"].startswith("found no key 'title', expected")
    assert json.loads(_check(SEED, *NOW, "--format", "json", code=0).output) == []


def test_github_gets_workflow_commands_that_nothing_can_break_out_of(tmp_path: Path) -> None:
    path = tmp_path / "a,b:c%.yaml"
    path.write_text(STORY.replace("2024-12-24", "2024-12-24%").replace("title: A report", 'title: "x\\n::error::y"'))

    lines = _check(path, *NOW, "--format", "github", code=0).output.splitlines()
    place = str(path).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    assert lines[0].startswith(
        f"::warning file={place},line=12,col=15,title=TL101 reported-in-the-future::event report: reported for 2024-12-24%25,"
    )
    assert lines[2].startswith(f"::notice file={place},line=15,col=51,title=TL302 no-horizon::event plan: ")
    assert len(lines) == 3
    faults = _check("-", "--format", "github", text="timeline: 1\nid: '%'\n", code=1).output
    assert "::error file=<stdin>,line=2,col=5,title=TL001 invalid-document::id: found '%25'," in faults


def test_sarif_has_what_its_schema_requires(story: Path) -> None:
    log = json.loads(_check(story, *NOW, "--format", "sarif", code=1).output)

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "timeline"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["name"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["help"]["text"] == f"See docs/reference/checks/{rule['id']}.md."
    assert [result["ruleId"] for result in run["results"]] == ["TL101", "TL102", "TL302"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"].startswith("event ")
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "story.yaml"
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1


def test_sarif_holds_the_faults_of_a_document_and_names_files_as_addresses(tmp_path: Path) -> None:
    path = tmp_path / "a b.yaml"
    path.write_text("timeline: 1\n")

    (run,) = json.loads(_check(path, "--format", "sarif", code=1).output)["runs"]
    assert {result["ruleId"] for result in run["results"]} == {"TL001"}
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.endswith("/a%20b.yaml")


def test_warnings_fail_only_where_they_are_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("timeline: 1\nid: t\ntitle: T\nevents: [{id: e, title: E}]\n")

    assert "TL204 warning" in _check(path, code=0).output
    _check(path, "--strict", code=1)
    # Notes never do.
    notes = STORY.replace("when: 2024-12-24", "when: 2024-11-24")
    assert "1 note" in _check("-", "--strict", *NOW, text=notes, code=0).output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "TL9"], "found 'TL9' in select, expected a code or the beginning of one"),
        (["--ignore", "nonsense"], "found 'nonsense' in ignore"),
        (["--select", "TL1,"], "found '' in select"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--texts", "gone"], "does not exist"),
        (["--texts", "empty"], "found no text of a source of story.yaml, expected files such as <source id>.txt"),
        (["--texts", "latin"], "found byte 0xe9, which is not UTF-8"),
        (["--stale-weeks", "0"], "0 is not in the range"),
        (["--possibly"], "--possibly needs --as-of"),
        (["--now", "soon"], "Invalid value for '--now'"),
    ],
)
def test_wrong_usage_is_answered_with_2(story: Path, arguments: list[str], message: str) -> None:
    for folder, content in (("empty", None), ("latin", b"caf\xe9")):
        Path(folder).mkdir()
        if content:
            (Path(folder) / "s.txt").write_bytes(content)

    assert message in _check(story, *arguments, code=2).output


def test_codes_select_and_ignore() -> None:
    assert [code for code, *_ in _codes("--select", "TL1")] == ["TL101", "TL102"]
    assert [code for code, *_ in _codes("--select", "TL1,TL3", "--ignore", "TL101")] == ["TL102", "TL302"]
    assert [code for code, *_ in _codes("--select", "TL102", "--select", "TL3")] == ["TL102", "TL302"]


def test_the_faults_of_a_document_cannot_be_ignored() -> None:
    assert {code for code, *_ in _codes("--ignore", "TL0", "--select", "TL1", text="timeline: 1\n")} == {"TL001"}


def test_a_comment_on_a_line_of_its_own_holds_for_the_file() -> None:
    text = STORY.replace("events:", "# timeline: ignore TL101, TL302 - because\nevents:")

    assert _codes(text=text) == [("TL102", "report", 13)]


def test_a_comment_at_the_end_of_a_line_holds_for_its_event() -> None:
    for place in ("id: report", "source: s", "- id: report", "said: 2024-11-30"):
        text = STORY.replace(place, f"{place} # timeline: ignore TL1 - an example", 1)
        assert [code for code, *_ in _codes(text=text)] == ["TL302"], place
    other = STORY.replace("id: plan", "id: plan # timeline: ignore TL101")
    assert _codes(text=other) == [
        ("TL101", "report", 12), ("TL102", "report", 12), ("TL302", "plan", 15), ("TL002", None, 13),
    ]  # fmt: skip
    flow = STORY.rstrip() + " # timeline: ignore TL302"
    assert [code for code, *_ in _codes(text=flow)] == ["TL101", "TL102"]


def test_a_comment_outside_events_holds_for_its_source_or_for_the_timeline() -> None:
    def found(old: str, new: str) -> list[str]:
        text = STORY.replace("published: 2024-12-01", "published: 1970-01-01").replace("  s:", "  u: {}\n  s:")
        return [code for code, *_ in _codes("--select", "TL103,TL002", text=text.replace(old, new, 1))]

    assert found("", "") == ["TL103"]
    assert found("1970-01-01}", "1970-01-01} # timeline: ignore TL103") == []
    assert found("u: {}", "u: {} # timeline: ignore TL103") == ["TL103", "TL002"]
    assert found("title: T", "title: T # timeline: ignore TL103") == ["TL103", "TL002"]
    updated = STORY.replace("title: T", "title: T\nupdated: 1970-01-01 # timeline: ignore TL103", 1)
    assert _codes("--select", "TL103,TL002", text=updated) == []


@pytest.mark.parametrize(
    "title",
    [
        '"x # timeline: ignore TL101"',
        "'x # timeline: ignore TL101'",
        "|\n      # timeline: ignore TL101",
        ">-\n      text\n\n      # timeline: ignore TL101\n",
        '"x\n      # timeline: ignore TL101\n      y"',
        "x#timeline:ignore TL101",
    ],
)
def test_what_is_text_and_no_comment_silences_nothing(title: str) -> None:
    text = STORY.replace("title: A report", f"title: {title}")

    assert [code for code, *_ in _codes(text=text)] == ["TL101", "TL102", "TL302"]


@pytest.mark.parametrize(
    "comment",
    [
        "title: | # timeline: ignore TL1\n      A report",
        "title: A report # 9 # timeline: ignore TL1",
        "title: A report #timeline:ignore TL1",
        "title: A report # timeline: ignore TL101,TL102 reason",
        "title: A report # timeline: ignore TL101 TL102 NATO says so",
    ],
)
def test_comments_may_be_written_in_several_ways(comment: str) -> None:
    assert [code for code, *_ in _codes(text=STORY.replace("title: A report", comment))] == ["TL302"]


def test_a_comment_that_is_wrong_or_of_no_use_is_a_note() -> None:
    text = STORY.replace(
        "events:", "events: # timeline: ignore TL999\n# timeline: ignore TL206 - why\n# timeline: ignore"
    )

    lines = _check("-", *NOW, "--select", "TL0,TL2", text=text, code=0).output.splitlines()
    assert lines[0].startswith("<stdin>:6:9: TL002 note: found 'TL999', expected the code of a rule")
    assert lines[1].startswith("<stdin>:7:1: TL002 note: TL206 finds nothing in the file")
    assert lines[2].startswith("<stdin>:8:1: TL002 note: found no code, expected one")
    # What was not looked for may be of use another time.
    assert len(_codes("--select", "TL0,TL1", text=text)) == 4
    assert _codes("--select", "TL2", text=text) == []


def test_a_comment_for_a_rule_that_reads_texts_is_of_use_where_there_are_some(tmp_path: Path) -> None:
    text = STORY.replace("said: 2024", "quote: not there # timeline: ignore TL201\n        said: 2024")
    (tmp_path / "s.txt").write_text("Something else.")

    assert _codes("--select", "TL0,TL201", text=text) == []
    assert _codes("--select", "TL0,TL201", "--texts", tmp_path, text=text) == []
    (tmp_path / "s.txt").write_text("It is not there.")
    assert _codes("--select", "TL0,TL201", "--texts", tmp_path, text=text) == [("TL002", None, 11)]


def test_a_quote_is_looked_for_in_the_texts(tmp_path: Path) -> None:
    text = STORY.replace("said: 2024", "quote: not there\n        said: 2024")
    (tmp_path / "s.txt").write_text("Something else.", "utf-8")

    assert _codes("--select", "TL201", "--texts", tmp_path, text=text) == [("TL201", "report", 11)]


def test_json_documents_have_places_too_and_no_comments(tmp_path: Path) -> None:
    exported = CliRunner().invoke(main, ["export", "-", "--to", "json", "-o", "-", *NOW], input=STORY).stdout_bytes
    path = tmp_path / "t.json"
    path.write_bytes(exported)

    found = json.loads(_check(path, *NOW, "--format", "json", code=1).output)
    lines = exported.decode().splitlines()
    for each in found:
        rest = lines[each["line"] - 1][each["column"] - 1 :]
        assert rest.startswith(('"2024-12-24"', '"[2025..]"')), each
    piped = json.loads(_check("-", *NOW, "--format", "json", text=exported).output)
    assert [each["line"] for each in piped] == [each["line"] for each in found]


def test_a_finding_at_a_key_that_is_not_there_is_at_what_would_hold_it() -> None:
    document = '{"timeline": 1, "id": "t", "title": "T",\n "events": [\n {"id": "e", "title": "E"}]}'

    assert _codes("--select", "TL204", text=document) == [("TL204", "e", 3)]


def test_as_of_checks_what_was_known_and_finds_it_where_it_stands(story: Path) -> None:
    text = STORY.replace("events:\n", "events:\n  - {id: later, title: L, claims: [{source: s, said: 2026}]}\n")

    assert _codes("--as-of", "2024-12-01", text=text) == [
        ("TL101", "report", 13), ("TL102", "report", 13), ("TL302", "plan", 16),
    ]  # fmt: skip
    # The claim of 2024-11-30 is the second one; in what was known it is the only one.
    moved = STORY.replace(
        "      - source: s\n", "      - {source: s, said: 2025-11-30, when: 2025-12-24}\n      - source: s\n", 1
    )
    assert _codes("--as-of", "2024-12-01", "--select", "TL101", text=moved) == [("TL101", "report", 13)]


def test_as_of_tells_what_now_is_unless_it_is_given() -> None:
    text = STORY.replace("[2025..]", "2024-12-05").replace("modality: planned", "modality: planned, said: 2024-11")
    arguments = ["check", "-", "--format", "json", "--select", "TL301"]

    def found(*more: str) -> list[Any]:
        parsed: list[Any] = json.loads(CliRunner().invoke(main, [*arguments, *more], input=text).output)
        return parsed

    assert found("--as-of", "2024-12-04") == []
    assert len(found("--as-of", "2024-12-06")) == 1
    assert len(found("--as-of", "2024-12-04", "--now", "2024-12-06")) == 1
    assert found("--as-of", "2024-12-06", "--now", "2024-12-04") == []


def test_possibly_keeps_what_may_have_been_known() -> None:
    text = STORY.replace("said: 2024-11-30", "said: 2024-11")

    sure = _check("-", "--as-of", "2024-11-15", text=text, code=0).output
    maybe = _check("-", "--as-of", "2024-11-15", "--possibly", text=text).output
    assert "no events, no claims" in sure
    assert "1 event, 1 claim" in maybe


def test_an_event_that_was_not_known_yet_is_no_dangling_reference() -> None:
    text = STORY.replace(
        "  - id: plan", "  - {id: x, title: X, claims: [{source: s, said: 2026}]}\n  - id: plan"
    ).replace("title: A plan", "title: A plan\n    after: [x]")

    assert [code for code, *_ in _codes("--as-of", "2024-12-02", text=text)] == ["TL101", "TL102", "TL302"]
    assert "TL108" in [code for code, *_ in _codes(text=text.replace("[x]", "[gone]"))]


def test_the_seed_is_explained_and_becomes_overdue_in_time() -> None:
    assert _check(SEED, *NOW, "--strict", code=0).output.endswith("16 events, 22 claims, 1 source: no faults\n")
    later = json.loads(_check(SEED, "--now", "2025-07-01", "--format", "json", code=0).output)
    assert [(each["code"], each["event"]) for each in later] == [("TL301", "hold-until-spring")]
    assert all(
        re.search(r"ignore TL\d{3} - \S", line) for line in SEED.read_text("utf-8").splitlines() if "ignore" in line
    )


def test_a_rule_of_a_plugin_is_run_like_those_that_are_built_in(monkeypatch: pytest.MonkeyPatch, story: Path) -> None:
    import types

    import timeline_yaml

    def rule(code: str, run: Callable[..., Any]) -> Check:
        return Check(code=code, name=code.lower(), title="a rule", run=run)

    def fail(*_: Any) -> Any:
        raise ZeroDivisionError

    plugin = types.ModuleType("own_rules")
    plugin.timeline_register_checks = hookimpl(  # type: ignore[attr-defined] # a hook
        lambda: [rule("XX101", lambda *_: [Finding(message="odd", event_id="plan")]), rule("XX102", fail)]
    )
    plugin.timeline_register_checks.__name__ = "timeline_register_checks"
    monkeypatch.setitem(sys.modules, "own_rules", plugin)

    with fresh_plugins(own="own_rules", yaml=timeline_yaml.__name__):
        lines = _check(story, *NOW, code=1).output.splitlines()
    assert lines == [
        "story.yaml:1:1: XX102 error: this rule failed: ZeroDivisionError",
        "story.yaml:13:5: XX101 error: event plan: odd",
        "story.yaml: 2 events, 2 claims, 1 source: 2 errors",
    ]


def test_standard_input_is_read_once_and_findings_keep_their_lines() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "timeline", "check", "-", "--now", "2024-12-28", "--select", "TL101"],
        input="\N{ZERO WIDTH NO-BREAK SPACE}".encode() + STORY.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )

    assert run.returncode == 1
    assert run.stdout.startswith(b"<stdin>:12:15: TL101 error: ")


def test_the_same_input_gives_the_same_bytes() -> None:
    for output in ("text", "json", "github", "sarif"):
        first, second = (_check("-", *NOW, "--format", output, text=STORY).output for _ in range(2))
        assert first == second
