"""Which revision of an entry it is: by the last export, by a ledger, or by what the timeline states."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

import timeline
from timeline import Claim, Event, Ledger, OptionError, Outcome, Source, Timeline
from timeline.errors import HistoryError
from timeline.testing import NOW, SAMPLES
from timeline.testing.strategies import timelines

SOURCE = Source(id="s", title="A report", published="2024-12-27")
EARLY, LATE = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 2, 1, tzinfo=UTC)


def story(**changes: Any) -> Timeline:
    """Three events, of which the second is as told."""
    second = {"id": "b", "title": "Second", "when": "2024-09", "claims": [Claim(source="s", modality="projected")]}
    return Timeline(
        id="story",
        title="A story",
        sources=[SOURCE],
        events=[
            Event(id="a", title="First", when="2024-08-06"),
            Event(**{**second, **changes}),
            Event(id="c", title="Third", when="2024-10", after=["b"]),
        ],
    )


def write(sample: Timeline, now: datetime = EARLY, **arguments: Any) -> bytes:
    return timeline.export(sample, "ical", {"cancelled": "always"}, now=now, **arguments).read()


def entries(data: bytes) -> dict[str, bytes]:
    found = re.findall(rb"BEGIN:V(?:EVENT|TODO|JOURNAL)\r\nUID:([^@]+)@.*?END:V[A-Z]+\r\n", data, re.DOTALL)
    whole = re.findall(rb"(BEGIN:V(?:EVENT|TODO|JOURNAL)\r\nUID:.*?END:V[A-Z]+\r\n)", data, re.DOTALL)
    return dict(zip((uid.decode() for uid in found), whole, strict=True))


def revision(entry: bytes) -> tuple[int, str, str]:
    """SEQUENCE, DTSTAMP and LAST-MODIFIED."""
    return (
        int(re.findall(rb"^SEQUENCE:(\d+)\r$", entry, re.MULTILINE)[0]),
        re.findall(rb"^DTSTAMP:(\S+)\r$", entry, re.MULTILINE)[0].decode(),
        re.findall(rb"^LAST-MODIFIED:(\S+)\r$", entry, re.MULTILINE)[0].decode(),
    )


CHANGES = [
    {"when": "2024-09-07"},
    {"claims": [Claim(source="s", modality="projected"), Claim(source="s", modality="reported")]},
    {"outcome": Outcome(result="did-not-occur", source="s", decided="2024-12-30")},
    {"text": "More of it."},
    {"tags": ["x"]},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_what_did_not_change_keeps_its_bytes_and_what_did_grows_in_all_three(changes: dict[str, Any]) -> None:
    first = write(story())
    assert write(story(), LATE, previous=first) == first
    second = write(story(**changes), LATE, previous=first)
    before, after = entries(first), entries(second)
    assert (before["a"], before["c"]) == (after["a"], after["c"])
    assert revision(after["b"]) == (1, "20250201T000000Z", "20250201T000000Z")
    third = write(story(), LATE, previous=second)
    # It goes back to what it was, and that is a revision too; in the same moment it has to be later.
    assert revision(entries(third)["b"]) == (2, "20250201T000001Z", "20250201T000001Z")


def test_what_names_a_changed_title_is_revised_with_it() -> None:
    first = write(story())
    after = entries(write(story(title="Another title"), LATE, previous=first))
    assert [revision(after[id])[0] for id in "abc"] == [0, 1, 1]


def test_a_clock_that_went_back_still_gives_a_later_revision() -> None:
    first = write(story(), LATE)
    changed = write(story(), LATE, previous=write(story(text="x"), LATE, previous=first))
    back = entries(write(story(text="y"), EARLY, previous=changed))
    assert revision(back["b"])[1] > revision(entries(changed)["b"])[1]


def test_what_is_new_is_of_the_moment_and_what_is_gone_is_gone() -> None:
    sample = story()
    first = write(attrs.evolve(sample, events=sample.events[:1]))
    second = write(attrs.evolve(sample, events=sample.events[1:]), LATE, previous=first)
    assert {id: revision(entry)[:2] for id, entry in entries(second).items()} == {
        "b": (0, "20250201T000000Z"),
        "c": (0, "20250201T000000Z"),
    }


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(timelines())
def test_any_timeline_exported_again_is_the_same_bytes(sample: Timeline) -> None:
    first = write(sample)
    assert write(sample, LATE, previous=first) == first


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
@pytest.mark.parametrize("projections", ["event", "todo", "journal"])
def test_samples_exported_again_are_the_same_bytes(sample: Timeline, projections: str) -> None:
    options = {"projections": projections, "cancelled": "always"}
    first = timeline.export(sample, "ical", options, now=NOW).read()
    assert timeline.export(sample, "ical", options, now=LATE, previous=first).read() == first


@pytest.mark.parametrize(
    ("previous", "message"),
    [
        (b"no calendar", "found no calendar in the previous export"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "that were not written so"),
        (b"BEGIN:VCALENDAR\r\n", "a calendar that is cut off"),
    ],
)
def test_a_previous_export_that_is_none_is_refused(previous: bytes, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        write(story(), previous=previous)


def test_an_empty_previous_export_is_that_before_the_first() -> None:
    stream = timeline.export(story(), "ical", {"cancelled": "always"}, now=EARLY, previous=b"")
    assert stream.read() == write(story())
    assert stream.warnings == ()


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 0.99])
def test_a_previous_export_that_is_cut_off_is_refused(share: float) -> None:
    whole = write(story())
    with pytest.raises(OptionError, match="cut off"):
        write(story(), previous=whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"DTSTAMP:1970", b"DTSTAMP:9999"),
        (b"DTSTAMP:19700101", b"DTSTAMP:19709999"),
        (b"SEQUENCE:0", b"SEQUENCE:" + b"9" * 5000),
        (b"BEGIN:VEVENT", b"begin:vevent"),
        (b"\r\nEND:VEVENT", b""),
    ],
)
def test_a_previous_export_that_somebody_changed_is_refused(old: bytes, new: bytes) -> None:
    whole = write(story())
    assert old in whole
    head, _, rest = whole.rpartition(old)
    with pytest.raises(OptionError, match="in the previous export, expected"):
        write(story(text="x"), previous=head + new + rest)
    with pytest.raises(TypeError, match="expected the last export as bytes, found str"):
        write(story(), previous="text")


def test_a_previous_export_of_another_timeline_is_refused() -> None:
    other = write(attrs.evolve(story(), id="other"))
    with pytest.raises(OptionError, match=r"of the timeline 'other'.*expected a calendar of the timeline 'story'"):
        write(story(), previous=other)


def test_a_previous_export_with_other_line_ends_is_refused_not_misread() -> None:
    with pytest.raises(OptionError, match="unchanged as it was written"):
        write(story(), previous=write(story()).replace(b"\r\n", b"\n"))


def test_an_id_so_long_that_its_line_is_folded_is_found_again() -> None:
    sample = Timeline(id="t" * 120, title="T", events=[Event(id="e" * 127, title="x", when="2024-08-06")])
    first = write(sample)
    assert write(sample, LATE, previous=first) == first
    changed = attrs.evolve(sample, events=[attrs.evolve(sample.events[0], title="y")])
    assert b"\r\nSEQUENCE:1\r\n" in write(changed, LATE, previous=first)


def test_a_ledger_tells_how_often_an_event_was_revised(tmp_path: Path) -> None:
    path = tmp_path / "story.jsonl"
    timeline.record(story(), path, now="2025-01-01")
    timeline.record(story(when="2024-09-07"), path, now="2025-01-02")
    last = story(when="2024-09-07", title="Another")
    timeline.record(last, path, now="2025-01-03T10:00:00Z")
    data = write(last, LATE, ledger=Ledger.read(path))
    assert {id: revision(entry)[:2] for id, entry in entries(data).items()} == {
        "a": (0, "20250101T000000Z"),
        "b": (2, "20250103T100000Z"),
        "c": (1, "20250103T100000Z"),
    }
    assert write(last, datetime(2030, 1, 1, tzinfo=UTC), ledger=Ledger.read(path)) == data
    assert b"\r\nLAST-MODIFIED:20250103T100000Z\r\nREFRESH" in data


def test_what_a_ledger_has_not_recorded_yet_is_a_revision_of_now_and_said(tmp_path: Path) -> None:
    path = tmp_path / "story.jsonl"
    timeline.record(story(), path, now="2025-01-01")
    stream = timeline.export(story(text="x"), "ical", now=LATE, ledger=Ledger.read(path))
    assert revision(entries(stream.read())["b"])[:2] == (1, "20250201T000000Z")
    assert any("record" in warning for warning in stream.warnings)


def test_revisions_are_counted_once(tmp_path: Path) -> None:
    path = tmp_path / "story.jsonl"
    timeline.record(story(), path, now="2025-01-01")
    with pytest.raises(OptionError, match="both previous and ledger"):
        write(story(), previous=write(story()), ledger=Ledger.read(path))
    with pytest.raises(HistoryError, match="found a ledger of 'story', expected one of 'other'"):
        write(attrs.evolve(story(), id="other"), ledger=Ledger.read(path))


@pytest.mark.parametrize(
    ("updated", "claims", "stamp"),
    [
        ("2024-12-29", [Claim(source="s", said="2025-01-05")], "20241229T000000Z"),
        (None, [Claim(source="s", said="2025-01-05"), Claim(source="s", recorded="2025-01-07")], "20250107T000000Z"),
        (None, [Claim(source="s")], "20241227T000000Z"),
        ("2024-12", [Claim(source="s", said="2025-01-05?")], "19700101T000000Z"),
        (None, [], "19700101T000000Z"),
    ],
)
def test_without_revisions_the_stamp_is_a_day_that_the_timeline_states(
    updated: str | None, claims: list[Claim], stamp: str
) -> None:
    sample = attrs.evolve(story(claims=claims), updated=updated)
    data = write(sample)
    assert revision(entries(data)["b"]) == (0, stamp, stamp)
    assert write(sample, LATE) == data


def test_whoever_exports_without_revisions_is_told_what_that_means() -> None:
    stream = timeline.export(story(), "ical", now=NOW)
    first = stream.read()
    assert [warning for warning in stream.warnings if "--previous" in warning]
    for known in (
        timeline.export(story(), "ical", now=NOW, previous=first),
        timeline.export(attrs.evolve(story(), updated="2025-01-01"), "ical", now=NOW),
    ):
        known.read()
        assert known.warnings == ()


def test_a_changed_event_is_revised_although_the_timeline_says_when_it_was_updated(tmp_path: Path) -> None:
    dated = [attrs.evolve(sample, updated="2024-12-30") for sample in (story(), story(text="x"))]
    first = write(dated[0])
    assert revision(entries(write(dated[1], LATE, previous=first))["b"]) == (1, "20250201T000000Z", "20250201T000000Z")
    path = tmp_path / "story.jsonl"
    for day, sample in enumerate(dated, start=2):
        timeline.record(sample, path, now=f"2025-01-{day:02}")
    assert revision(entries(write(dated[1], ledger=Ledger.read(path)))["b"])[0] == 1
