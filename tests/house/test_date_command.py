"""``timeline date``: what it prints for people and for programs."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "edtf_corpus.tsv"
KEYS = ["input", "valid", "canonical", "level", "kind", "earliest", "latest", "words", "error"]


def _date(*arguments: str, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    run = subprocess.run(
        [sys.executable, "-m", "timeline", "date", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert b"Traceback" not in run.stderr
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


def _json(*arguments: str, stdin: str | bytes = "") -> list[dict[str, Any]]:
    return [json.loads(line) for line in _date("--json", *arguments, stdin=stdin).stdout.splitlines()]


def test_a_date_is_explained_in_lines() -> None:
    run = _date("?2024-06", "2024-11/")

    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "input      ?2024-06",
        "canonical  2024?-06",
        "kind       point",
        "level      2",
        "earliest   2024-06-01",
        "latest     2024-06-30",
        "words      June 2024 (year uncertain)",
        "",
        "canonical  2024-11/",
        "kind       span",
        "level      1",
        "earliest   2024-11-01",
        "latest     unknown",
        "words      from November 2024 to an unknown date",
    ]


def test_lines_of_standard_input_become_objects_in_order() -> None:
    lines = [
        "2024-12-27/2025-21",
        "",
        "2024-13",
        "[2025-01..]",
        "1985-04-12T23:20:30-04",
        "/2024",
        "2024 ",
        "\u2019",
        "198X",
    ]

    run = _date("--json", "-", stdin="\n".join(lines))
    found = [json.loads(line) for line in run.stdout.splitlines()]

    assert run.returncode == 1
    assert run.stderr == ""
    assert [each["input"] for each in found] == lines
    assert all(list(each) == KEYS for each in found)
    assert [each["valid"] for each in found] == [True, False, False, True, True, True, False, False, True]
    assert found[0] == {
        "input": "2024-12-27/2025-21",
        "valid": True,
        "canonical": "2024-12-27/2025-21",
        "level": 1,
        "kind": "span",
        "earliest": "2024-12-27",
        "latest": "2025-05-31",
        "words": "from 27 December 2024 to spring 2025",
        "error": None,
    }
    assert found[2]["error"].startswith("found '13' at character 6 of '2024-13', expected a month 01 to 12")
    assert all(found[2][key] is None for key in KEYS[2:-1])
    assert (found[3]["earliest"], found[3]["latest"]) == ("2025-01-01", "..")
    assert (found[4]["earliest"], found[4]["canonical"]) == ("1985-04-13T03:20:30Z", "1985-04-12T23:20:30-04:00")
    assert (found[5]["earliest"], found[5]["latest"]) == ("", "2024-12-31")


def test_bytes_that_are_no_text_are_no_date_and_stop_nothing() -> None:
    assert _json("-", stdin=b"\xef\xbb\xbf2024\n")[0]["valid"]
    assert len(_date("--json", "-", stdin="\x85\n\u2028\n").stdout.splitlines()) == 2
    found = _json("-", stdin=b"\xff\xfe\n2024\r\n\x00\n" + b"9" * 100_000 + b"\n\xed\xa0\x80\n2025")

    assert [each["valid"] for each in found] == [False, True, False, False, False, True]
    assert found[1]["canonical"] == "2024"


def test_every_valid_string_of_the_corpus_is_answered_as_the_corpus_has_it() -> None:
    if not CORPUS.exists():
        if os.environ.get("TIMELINE_REQUIRE_ALL"):
            pytest.fail(f"{CORPUS} is missing")
        pytest.skip("the corpus of EDTF strings is not beside this checkout")
    with CORPUS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    answers = _json("-", stdin="".join(f"{row['string']}\n" for row in rows))

    assert len(answers) == len(rows)
    for row, answer in zip(rows, answers, strict=True):
        assert answer["input"] == row["string"]
        if row["valid"] != "?":
            assert answer["valid"] == (row["valid"] == "1"), row
        if answer["valid"]:
            assert not row["level"] or answer["level"] == int(row["level"]), row
            assert all(not row[key] or answer[key] == row[key] for key in ("earliest", "latest")), (row, answer)
            assert answer["words"]


def test_an_error_is_told_and_the_others_are_still_explained() -> None:
    run = _date("2024-02-30", "2024", "x\x1b[31m")

    assert run.returncode == 1
    assert "words      2024" in run.stdout
    first, second = run.stderr.splitlines()
    assert first == (
        "timeline: found '30' at character 9 of '2024-02-30', expected a day 01 to 29 in that month (EDTF level 0)"
    )
    assert "\x1b" not in second


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--language", "de", "2024-08"], {"words": "August 2024"}),
        (["--style", "short", "2024-08-06~"], {"words": "c. 6 Aug 2024"}),
        (["--relative-to", "2024-08-01", "2024-08-06"], {"words": "6 August 2024 (in 5 days)"}),
        (["--seasons", "south", "2024-21"], {"earliest": "2024-09-01", "latest": "2024-11-30"}),
        (["--seasons", "astronomical", "2024-24"], {"earliest": "2024-12-21", "latest": "2025-03-19"}),
        (["--about", "years=5,months=1", "1850~"], {"earliest": "1845-01-01", "latest": "1855-12-31"}),
        (
            ["--uncertain", "days=2", "--about", "days=1", "2024-08-06?"],
            {"earliest": "2024-08-04", "latest": "2024-08-08"},
        ),
        (["--about", "years=1", "2024~/.."], {"earliest": "2023-01-01", "latest": ".."}),
        (["--shift", "months=3", "2024-06"], {"input": "2024-06", "canonical": "2024-09", "level": 0}),
        (["--shift", "days=-10", "2024-06"], {"canonical": "[2024-05-22..2024-06-20]", "level": 2, "kind": "one-of"}),
        (["--shift", "days=1", "1964/2008"], {"valid": False}),
        (["--lenient", "27 December 2024"], {"canonical": "2024-12-27", "level": 0}),
        (["--lenient", "--month-first", "03/04/2024"], {"canonical": "2024-03-04"}),
        (["--lenient", "03/04/2024"], {"valid": False}),
        (["--against", "1985", "198X"], {"relations": ["before", "meets", "equals", "met-by", "after"]}),
        (["--against", "2024-21", "--seasons", "south", "2024-06"], {"relations": ["before"]}),
        (["--against", "2024-06-11", "2024-06"], {"overlaps": True, "contains": True}),
        (["--duration", "2023-XX"], {"duration": [28, 31]}),
        (["--duration", "2024/.."], {"duration": [None, None]}),
        (["--seasons", "south", "2024-21/2024-23"], {"valid": False}),
        (["--seasons", "south", "--shift", "months=1", "2025-21"], {"canonical": "[2025-10..2025-12]"}),
        (["--about", "years=9999999", "2004~-06"], {"valid": False}),
    ],
)
def test_options_reach_the_date(arguments: list[str], expected: dict[str, Any]) -> None:
    (answer,) = _json(*arguments)

    assert {key: answer[key] for key in expected} == expected


def test_dates_are_sorted_and_what_is_none_comes_last() -> None:
    found = _json("--sort", "-", "2024", stdin="x\n2024/..\n../2023\n2024-01-01\n")

    assert [each["input"] for each in found] == ["../2023", "2024-01-01", "2024", "2024/..", "x"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument 'DATE...'"),
        (["--language", "sv", "2024"], "no phrases in language 'sv', only in: ar, de, en"),
        (["--about", "years=x", "2024"], "found 'years=x', expected years=3 and the like"),
        (["--about", "years=-1", "2024"], "found -1 for years"),
        (["--about", "years=1,years=2", "2024"], "each once"),
        (["--shift", "years=+-3", "2024"], "found 'years=+-3'"),
        (["--day-first", "2024"], "are for --lenient"),
        (["--shift", "fortnights=1", "2024"], "of: years, months, weeks, days"),
        (["--against", "2024-13", "2024"], "found '13' at character 6"),
        (["--relative-to", "soon", "2024"], "found 'soon'"),
        (["--style", "tiny", "2024"], "is not one of"),
    ],
)
def test_wrong_usage_is_answered_with_2(arguments: list[str], message: str) -> None:
    run = _date(*arguments)

    assert run.returncode == 2
    assert run.stdout == ""
    assert message in run.stderr


def test_output_that_nobody_reads_ends_the_command_quietly() -> None:
    command = f"yes 2024-06 | {sys.executable} -m timeline date --json - | head -n 2"
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)

    assert len(run.stdout.splitlines()) == 2
    assert "Traceback" not in run.stderr
