"""How often events were revised, by what a ledger recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

import timeline
from timeline import Claim, Event, HistoryError, Ledger, Outcome, Source, Timeline

SOURCES = (Source(id="s", title="A report"), Source(id="r", title="Another"))


def story(*, events: dict[str, dict[str, Any]] | None = None, **fields: Any) -> Timeline:
    """Events a to d, of which some are as told; None is one that is not there."""
    told: dict[str, dict[str, Any]] = {
        "a": {"title": "A"},
        "b": {"title": "B", "claims": [Claim(source="s")]},
        "c": {"title": "C", "after": ["a"], "claims": [Claim(source="r", condition_event="b")]},
        "d": {"title": "D", "outcome": Outcome(result="superseded", source="r", decided="2024", by="a")},
        **(events or {}),
    }
    made = [Event(id=id, **values) for id, values in told.items() if values]
    return Timeline(**{"id": "story", "title": "A story", "sources": SOURCES, "events": made, **fields})


def numbers(path: Path, *versions: Timeline) -> dict[str, int]:
    path.unlink(missing_ok=True)
    for day, version in enumerate(versions, start=1):
        timeline.record(version, path, now=f"2025-01-{day:02}", note="x")
    found = Ledger.read(path).revisions(versions[-1], now="2025-02-01")
    return {id: revision.number for id, revision in sorted(found.items())}


@pytest.mark.parametrize(
    ("changed", "revised"),
    [
        (story(), ""),
        (story(text="About it"), ""),
        (story(events={"b": {"title": "B", "claims": [Claim(source="s", quote="q")]}}), "b"),
        # A title is shown with what comes after, has it as a condition, or took its place.
        (story(events={"a": {"title": "A!"}}), "acd"),
        (story(events={"a": {"title": "A", "text": "more"}}), "a"),
        (story(events={"b": {"title": "B!", "claims": [Claim(source="s")]}}), "bc"),
        (story(sources=[attrs.evolve(SOURCES[0], title="Corrected"), SOURCES[1]]), "b"),
        (story(sources=[SOURCES[0], attrs.evolve(SOURCES[1], title="Corrected")]), "cd"),
        (story(language="de"), "abcd"),
        # What comes after an event is told with it.
        (story(events={"c": {"title": "C", "claims": [Claim(source="r", condition_event="b")]}}), "ac"),
        (story(events={"c": {}}), "a"),
    ],
)
def test_an_event_is_revised_with_what_it_names(tmp_path: Path, changed: Timeline, revised: str) -> None:
    found = numbers(tmp_path / "l.jsonl", story(), changed)
    assert {id for id, number in found.items() if number} == set(revised)


def test_one_that_comes_back_counts_on(tmp_path: Path) -> None:
    found = numbers(tmp_path / "l.jsonl", story(), story(events={"b": {}}), story())
    assert found["b"] == 1


def test_each_revision_has_the_moment_of_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    numbers(path, story(), story(events={"a": {"title": "A", "text": "x"}}))
    found = Ledger.read(path).revisions(story(), now="2025-02-01")
    assert {id: str(revision.recorded.date()) for id, revision in found.items()} == {
        "a": "2025-02-01",  # not yet as it was recorded
        "b": "2025-01-01",
        "c": "2025-01-01",
        "d": "2025-01-01",
    }
    assert found["a"].number == 2


def test_an_empty_ledger_knows_no_revision(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    path.touch()
    found = Ledger.read(path).revisions(story(), now="2025-02-01")
    assert {revision.number for revision in found.values()} == {0}
    assert sorted(found) == ["a", "b", "c", "d"]


def test_the_ledger_of_another_timeline_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    numbers(path, story())
    with pytest.raises(HistoryError, match="found a ledger of 'story', expected one of 'other'"):
        Ledger.read(path).revisions(story(id="other"), now="2025-02-01")
