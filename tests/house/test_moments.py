"""What commands say of a moment: ``due``, and ``--as-of``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parents[2] / "seeds" / "kursk.yaml"
STORY = """timeline: 1
id: story
title: A story
sources:
  a: {published: 2024-12-28}
  b: {published: 2025-03-15}
events:
  - id: attack
    title: The attack begins
    claims:
      - {source: a, modality: projected, said: 2024-12-27, when: "[2025-02..2025-05]", likelihood: 70 %}
      - {source: a, modality: projected, said: "[2025-01..2025-02]", when: 2025-04}
      - {source: b, when: 2025-03-14}
  - id: election
    title: The election
    claims:
      - {source: a, modality: planned, said: 2024-12-27, when: 2025-06-10, condition: if there is peace}
"""


def _run(*arguments: str | Path, text: str = STORY) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "timeline", *map(str, arguments)],
        capture_output=True, text=True, check=False, encoding="utf-8", input=text,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
    )  # fmt: skip


def _due(*arguments: str, text: str = STORY) -> list[str]:
    run = _run("due", "-", *arguments, text=text)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def _object(*arguments: str) -> Any:
    return json.loads("\n".join(_due("--json", *arguments)))


def test_before_its_window_nothing_is_due() -> None:
    assert _due("--now", "2025-01-15") == ["2025-01-15: 0 overdue, 0 due, 2 to come, 0 resolved"]


def test_what_falls_due_within_some_time_is_listed() -> None:
    lines = _due("--now", "2025-01-20", "--within", "71d")

    assert lines[2:] == [
        "Falls due by 2025-04-01",
        "          window   by  likelihood and condition",
        "  attack  2025-04  a   70 %",
    ]
    assert lines == _due("--now", "2025-01-20", "--within", "71")
    assert len(_due("--now", "2025-01-20", "--within", "70")) == 1
    assert "Falls due by 2025-06-14" in _due("--now", "2025-01-18", "--within", "21w")


def test_what_is_overdue_is_listed_first_and_how_the_rest_ended_last() -> None:
    lines = _due("--now", "2025-07-01")

    assert lines == [
        "2025-07-01: 1 overdue, 0 due, 0 to come, 1 resolved",
        "",
        "Overdue",
        "            window      by  likelihood and condition",
        "  election  2025-06-10  a   on a condition",
        "",
        "Resolved",
        "          window   outcome              off",
        "  attack  2025-04  occurred 2025-03-14  18 days early",
        "",
        "Record of what was projected",
        "     in its window  early  late  not at all  void  open  Brier score",
        "  a              0      1     0           0     0     0   0.490 of 1",
    ]


def test_programs_get_one_object() -> None:
    found = _object("--now", "2025-07-01")

    assert (found["id"], found["now"]) == ("story", "2025-07-01")
    assert [(each["event"], each["status"], each["before"], each["after"]) for each in found["projections"]] == [
        ("attack", "occurred", "2025-04", "2025-03-14"),
        ("election", "overdue", "2025-06-10", None),
    ]
    assert found["projections"][0]["days_off"] == [-18, -18]
    assert found["record"] == [{"name": "a", "verdicts": {"attack": "early"}, "forecasts": 1, "brier": [0.49, 0.49]}]


def test_the_same_moment_gives_the_same_bytes_and_none_is_the_clock() -> None:
    assert _due("--now", "2025-07-01") == _due("--now", "2025-07-01")
    assert not _due()[0].startswith("2025-07-01")


@pytest.mark.parametrize("within", ["30y", "-3d", "", "soon", "1e9", "9999999d"])
def test_a_time_that_is_none_is_a_wrong_use(within: str) -> None:
    run = _run("due", "-", "--within", within)

    assert run.returncode == 2
    assert "expected a number of days or weeks such as 30d or 4w" in run.stderr


@pytest.mark.parametrize("arguments", [("--now", "9999-12-31", "--within", "30d"), ("--within", "999999w")])
def test_a_time_beyond_the_calendar_ends_with_it(arguments: tuple[str, ...]) -> None:
    assert "Traceback" not in "".join(_due(*arguments))


def test_what_began_in_an_open_window_was_in_time() -> None:
    story = STORY.replace('"[2025-02..2025-05]"', '"[2025-02..]"').replace("when: 2025-04}", "when: 2025}")
    story = story.replace("when: 2025-03-14", "when: 2025-03/..")

    assert any("in time" in line for line in _due("--now", "2025-07-01", text=story))
    assert json.loads("\n".join(_due("--json", "--now", "2025-07-01", text=story)))["projections"][-1]["days_off"] == [
        0,
        0,
    ]


def test_as_of_is_the_moment_too_unless_there_is_another() -> None:
    assert _due("--as-of", "2025-02-10")[0] == "2025-02-10: 0 overdue, 1 due, 1 to come, 0 resolved"
    assert _due("--as-of", "2025-02-10", "--now", "2025-07-01")[0] == (
        "2025-07-01: 2 overdue, 0 due, 0 to come, 0 resolved"
    )


def test_an_uncertain_saying_counts_in_one_reading_only() -> None:
    certain, possible = (
        _object("--as-of", "2025-02-10", *more)["projections"][0]["before"] for more in ([], ["--possibly"])
    )

    assert (certain, possible) == ("[2025-02..2025-05]", "2025-04")


def test_the_reading_needs_a_day() -> None:
    for option in (["--possibly"], ["--by", "said"], ["--ledger", str(SEED)]):
        run = _run("show", "-", *option)
        assert run.returncode == 2
        assert f"{option[0]} needs --as-of" in run.stderr


def test_show_and_export_know_no_more_than_was_known() -> None:
    shown = _run("show", "-", "--as-of", "2024-12-28")
    exported = _run("export", "-", "--to", "json", "-o", "-", "--as-of", "2024-12-28")
    document = json.loads(exported.stdout)

    assert "2 of them not reported as facts; as known on 2024-12-28\n" in shown.stdout
    assert list(document["sources"]) == ["a"]
    assert [len(event["claims"]) for event in document["events"]] == [1, 1]


def test_show_says_what_is_due_and_what_is_overdue() -> None:
    shown = {now: _run("show", SEED, "--now", now, "--width", "160").stdout for now in ("2025-02-01", "2025-07-01")}

    assert "due: Ukrainian troops hold the territory until spring at most" in shown["2025-02-01"]
    assert "overdue: Ukrainian troops hold the territory until spring at most" in shown["2025-07-01"]


def test_a_calendar_on_an_earlier_day_has_the_same_ids() -> None:
    early, late = (
        {
            line
            for line in _run("export", SEED, "--to", "ical", "-o", "-", *moment).stdout.splitlines()
            if line.startswith("UID")
        }
        for moment in (["--as-of", "2024-12-01"], ["--now", "2024-12-28"])
    )

    assert early
    assert early < late


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A record of the story: first without the report of the attack, and some months later with it."""
    path = tmp_path / "story.jsonl"
    early = STORY.replace("      - {source: b, when: 2025-03-14}\n", "").replace("The election", "An election")
    for text, now in ((early, "2024-12-30T12:00:00Z"), (STORY, "2025-04-01T12:00:00Z")):
        run = _run("record", "-", "--ledger", path, "--now", now, text=text)
        assert run.returncode == 0, run.stderr
    return path


def _titles(*arguments: str | Path) -> list[str]:
    run = _run("export", "-", "--to", "json", "-o", "-", *arguments)
    assert run.returncode == 0, run.stderr
    return [event["title"] for event in json.loads(run.stdout)["events"]]


def test_a_ledger_knows_what_the_file_said_on_a_day(ledger: Path) -> None:
    assert _titles("--as-of", "2025-03-20") == ["The attack begins", "The election"]
    assert _titles("--as-of", "2025-03-20", "--ledger", ledger) == ["The attack begins", "An election"]
    assert _titles("--as-of", "2025-04-01", "--ledger", ledger) == ["The attack begins", "The election"]
    # The report was made in March and recorded in April.
    assert _due("--as-of", "2025-03-20")[0].endswith("1 resolved")
    assert _due("--as-of", "2025-03-20", "--ledger", str(ledger))[0].endswith("0 resolved")


def test_a_ledger_that_cannot_tell_says_so(ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "no.jsonl"
    other.write_text("{}\n")
    for run, message in (
        (_run("show", "-", "--as-of", "2024-12-29", "--ledger", ledger), "nothing was recorded by 2024-12-29"),
        (
            _run("show", SEED, "--as-of", "2025-01-01", "--ledger", ledger),
            "found the record of timeline 'story', expected that of 'kursk'",
        ),
        (_run("show", "-", "--as-of", "2025-01-01", "--ledger", other), "no.jsonl:1: found no key 'ledger'"),
    ):
        assert run.returncode == 1
        assert message in run.stderr
        assert "Traceback" not in run.stderr


def test_a_check_of_an_earlier_day_takes_no_notice_of_what_came_later(ledger: Path) -> None:
    codes = [
        {each["code"] for each in json.loads(_run("check", "-", "--format", "json", *moment).stdout)}
        for moment in (["--as-of", "2025-03-01"], ["--as-of", "2025-07-01"])
    ]

    assert "TL301" not in codes[0]
    assert "TL301" in codes[1]
    assert _run("check", "-", "--as-of", "2025-03-01", "--ledger", ledger).returncode == 0
