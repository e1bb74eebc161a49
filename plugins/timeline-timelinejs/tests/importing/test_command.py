"""The commands of the core read the files of TimelineJS, and say where in them something is."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from timeline.cli import main
from timeline.document import Place
from timeline_timelinejs import TimelineJsCsvImporter, TimelineJsImporter

_SHEET = """Year,Month,Day,Display Date,Headline,Text,Media,Type,Background
,,,,The war,About it.,,title,#123456
2024,8,6,,Troops cross the border,See it.,https://example.org/a.png,,
2024,Feb,30,late February,Talks,,,,
,,,,A letter,,,,
"""
_WARNINGS = [
    "warning: story.csv:2:30: found a background, expected what a timeline has a place for",
    "warning: story.csv:4:6: found Month 'Feb', expected a number; it is read as 2",
    "warning: story.csv:4:10: found Day '30', expected a day that 2024-02 has; the month is kept",
    "warning: story.csv:5:5: found a slide without Year, expected a date; the event is kept without one, as TimelineJS would not show it",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command beside a sheet; its exit code is 0."""
    monkeypatch.chdir(tmp_path)
    Path("story.csv").write_text(_SHEET, "utf-8")

    def command(*words: str) -> Any:
        result = CliRunner().invoke(main, list(words), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result

    return command


def test_show(run: Any) -> None:
    result = run("show", "story.csv", "--now", "2024-12-01", "--width", "80")

    lines = result.stdout.splitlines()
    assert lines[:2] == ["The war", "the-war: 3 events; now 2024-12-01"]
    assert [line.split()[0] for line in lines if line[:2] in ("20", "un")] == ["2024-02", "2024-08-06", "undated"]
    assert result.stderr.splitlines() == _WARNINGS


def test_export_and_back(run: Any) -> None:
    result = run("export", "story.csv", "--to", "timelinejs", "-o", "story.timelinejs.json", "--now", "2024-12-01")

    assert result.stdout.splitlines()[1].split() == [
        "timelinejs",
        "story.timelinejs.json",
        "2",
        *result.stdout.splitlines()[1].split()[3:],
    ]
    assert [line for line in result.stderr.splitlines() if line.startswith("warning")] == _WARNINGS
    shown = run("show", "story.timelinejs.json", "--now", "2024-12-01")
    assert shown.stdout.splitlines()[1] == "the-war: 2 events; now 2024-12-01"
    assert shown.stderr == ""


def test_check_says_where(run: Any) -> None:
    result = run("check", "story.csv", "--now", "2024-12-01")

    places = [line.split()[0] for line in result.stdout.splitlines() if line.startswith("story.csv:") and "TL" in line]
    assert places == [
        "story.csv:2:30:",
        "story.csv:4:6:",
        "story.csv:4:10:",
        "story.csv:5:5:",
        "story.csv:3:1:",
        "story.csv:4:1:",
        "story.csv:5:5:",
    ]


def test_a_plain_json_file_wants_to_be_told(run: Any) -> None:
    Path("plain.json").write_text('{"events": [{"start_date": {"year": 2024}, "text": {"headline": "x"}}]}', "utf-8")

    result = run("show", "plain.json", "--from", "timelinejs", "--now", "2024-12-01")

    assert result.stdout.splitlines()[:2] == ["plain", "plain: 1 event; now 2024-12-01"]


@pytest.mark.parametrize(
    ("path", "position"),
    [
        ((), (2, 5)),
        (("title",), (2, 5)),
        (("text",), (2, 13)),
        (("events", 0), (3, 1)),
        (("events", 0, "title"), (3, 11)),
        (("events", 0, "media", "url"), (3, 43)),
        (("events", 1, "claims", 0, "when"), (4, 1)),
        (("events", 1, "claims", 0, "phrase"), (4, 13)),
        (("events", 2, "claims", 0, "said"), (5, 5)),
        (("events", 9), (2, 5)),
    ],
)
def test_places_of_a_sheet_are_found(path: tuple[Any, ...], position: tuple[int, int]) -> None:
    place = Place(path)

    found = TimelineJsCsvImporter().locate(_SHEET.encode(), [place])[place]

    assert (found.line, found.column) == position


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("title",), 3),
        (("events", 0, "title"), 8),
        (("events", 0, "when"), 7),
        (("events", 0, "places", 0), 6),
        (("events", 1, "claims", 0, "said"), 12),
        (("events", 2, "title"), 15),
    ],
)
def test_places_of_json_are_found(path: tuple[Any, ...], line: int) -> None:
    text = """{"title": {"text": {
"text": "About",
"headline": "T"}},
"timeline": {},
"events": [
{
"start_date": {"year": 2024},
"text": {"headline": "x"}},
{"timeline": {
"title": "x",
"claims": [
{"source": "s"}]}}],
"eras": [
{"text": {
"headline": "y"}}]}
"""
    assert json.loads(text)
    place = Place(path)

    assert TimelineJsImporter().locate(text.encode(), [place])[place].line == line
    assert not list(TimelineJsImporter().ignores(text.encode()))


def test_places_of_version_2_are_found() -> None:
    text = '{"timeline": {"headline": "T", "date": [\n{"startDate": "2024",\n"headline": "x"}]}}'
    place = Place(("events", 0, "title"))

    assert TimelineJsImporter().locate(text.encode(), [place])[place].line == 3
