"""Every JSON and CSV that TimelineJS itself ships as a timeline is read whole, and drawn again."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from timeline import export, load
from timeline.errors import DocumentError, Fault
from timeline.testing import NOW

_SHEETS = ["template/my-own-timeline.csv", "js/core/__tests__/women_in_computing.csv"]
_DOCUMENTS = [f"template/{name}.json" for name in ("all-media-types", "cosmo-mixed", "cosmo", "eras")]
_FACTS = {
    "template/all-media-types.json": {0: ("YouTube Videos", "1901"), 3: ("TikTok", "1904-06"), 31: ("Blockquote", "1924")},
    "template/cosmo-mixed.json": {0: ("The Big Bang", "Y-13799999999"), 5: ("Euclid's Optica", "-0299"), 9: ("Apollo 11: Humans Walk on the Moon", "1969-07-20")},
    "template/cosmo.json": {4: ("Paleozoic era", "Y-538799999/Y-251901999"), 6: ("oldest known depiction of a wheeled vehicle", "-3499")},
    "template/eras.json": {0: ("Last great Roman-Persian War.", "0602/0629"), 2: ("Muhammad Migrates from Mecca to Medina", "0622-08-09/0622-08-23"), 22: ("Era Test 700-720", "0700/0720")},
    "template/my-own-timeline.csv": {0: ("Ada Lovelace", "1815-12-10/1852-11-27"), 2: ("...And the women who made it work", "1943-07/1946"), 9: ('"The Mother of the Internet"', "1985")},
    "js/core/__tests__/women_in_computing.csv": {4: ("Rózsa Péter writes recursion", "1951"), 6: ("Contributions to space exploration", "1956/1962")},
}  # fmt: skip
# What none of them has a place in a timeline.
_EXPECTED = {
    "HTML as the address of a medium",
    "a background",
    "a link that leads neither to the web nor to a mailbox, in a text",
    "the background of a slide",
    "the link of a medium",
    "the medium of the title slide",
    "words about a medium that has no address",
}


@pytest.fixture(scope="session")
def sources(timelinejs: Path) -> Path:
    """The sources that are in the package of npm."""
    return timelinejs.parent / "src"


def _slides_of(path: Path) -> list[str]:
    """The headlines of the slides and eras of a file, counted without our reader."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [row["Headline"] for row in csv.DictReader(file) if row["Type"] != "title"]
    root = json.loads(path.read_text("utf-8"))
    return [re.sub("<[^>]*>", "", slide["text"]["headline"]) for slide in [*root["events"], *root.get("eras", [])]]


@pytest.mark.parametrize("name", [*_DOCUMENTS, *_SHEETS])
def test_each_is_read_whole(sources: Path, name: str) -> None:
    path = sources / name
    faults: list[Fault] = []

    timeline = load(path, "timelinejs-csv" if path.suffix == ".csv" else "timelinejs", on_fault=faults.append)

    titles = [event.title for event in timeline.events]
    assert titles == _slides_of(path)
    assert all(event.when is not None for event in timeline.events)
    assert {number: (titles[number], str(timeline.events[number].when)) for number in _FACTS[name]} == _FACTS[name]
    assert {re.sub(", [0-9]+ times, first here", "", fault.found) for fault in faults} <= _EXPECTED
    assert all(fault.line is not None for fault in faults)


@pytest.mark.parametrize("name", [*_DOCUMENTS, *_SHEETS])
def test_each_is_drawn_again_with_as_many_slides(sources: Path, name: str) -> None:
    path = sources / name
    faults: list[Fault] = []
    timeline = load(path, "timelinejs-csv" if path.suffix == ".csv" else "timelinejs", on_fault=faults.append)

    made = export(timeline, "timelinejs", now=NOW).read()

    assert len(json.loads(made)["events"]) == len(_slides_of(path))
    assert load(made, "timelinejs") == timeline


def test_a_sheet_of_something_else_is_refused(sources: Path) -> None:
    with pytest.raises(DocumentError, match="the first row 'title,count,description'"):
        load(sources / "js/core/__tests__/parser_test.csv")


def test_no_timeline_in_the_package_is_forgotten(sources: Path) -> None:
    def has_slides(path: Path) -> bool:
        if path.suffix == ".csv":
            return True
        root: Any = json.loads(path.read_text("utf-8"))
        return isinstance(root, dict) and "events" in root

    found = {
        str(path.relative_to(sources))
        for path in sources.rglob("*")
        if path.suffix in (".csv", ".json") and has_slides(path)
    }

    assert found == {*_DOCUMENTS, *_SHEETS, "js/core/__tests__/parser_test.csv"}
