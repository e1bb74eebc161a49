"""Our own exports after somebody changed them, and what pretends to be one."""

import json
from typing import Any

import pytest

import timeline
from timeline.model import Claim, Event, Modality, Recurrence, Source, Timeline
from timeline.when import When

_STORY = Timeline(
    id="story",
    title="A story",
    sources=[Source(id="report", title="A report")],
    events=[
        Event(id="day", title="On a day", text="What happened.", when="2024-08-06", tags=["one"]),
        Event(id="plan", title="Planned", claims=[Claim(source="report", modality=Modality.PLANNED, when="2024-09")]),
        Event(id="time", title="At a time", when="2024-08-06T10:00:00Z", duration="PT1H"),
        Event(id="days", title="Some days", when="2024-08-06/2024-08-08"),
        Event(id="again", title="Again", when="2024-08-06", repeats=Recurrence(rrule=["FREQ=DAILY;COUNT=5"])),
    ],
)


@pytest.fixture
def export() -> str:
    """The story as a calendar, its lines unfolded."""
    return timeline.export(_STORY, "ical", now="2024-08-01").read().decode().replace("\r\n ", "").replace("\r\n", "\n")


def _change(text: str, id: str, **changes: str) -> str:
    """Put other values into an entry."""
    before, begin, rest = text.partition(f"UID:{id}@story\n")
    entry, end, after = rest.partition("END:V")
    for name, value in changes.items():
        lines = entry.splitlines(keepends=True)
        wanted = name.replace("_", "-")
        assert any(line.startswith(wanted) for line in lines), lines
        entry = "".join(f"{value}\n" if line.startswith(wanted) else line for line in lines)
    return before + begin + entry + end + after


def test_as_it_was_written_it_is_the_story(read: Any, export: str) -> None:
    found = read(export)

    assert found.timeline == _STORY
    assert found.faults == []


@pytest.mark.parametrize(
    ("id", "changes", "when"),
    [
        ("day", {"DTSTART": "DTSTART;VALUE=DATE:20240807", "DTEND": "DTEND;VALUE=DATE:20240808"}, "2024-08-07"),
        ("day", {"DTEND": "DTEND;VALUE=DATE:20240808"}, "2024-08-06/2024-08-07"),
        ("day", {"DTSTART": "DTSTART:20240806T100000Z", "DTEND": "DTEND:20240806T110000Z"}, "2024-08-06T10:00:00Z"),
        ("days", {"DTEND": "DTEND;VALUE=DATE:20240808"}, "2024-08-06/2024-08-07"),
        ("days", {"DTSTART": "DTSTART;VALUE=DATE:20240807"}, "2024-08-07/2024-08-08"),
        ("time", {"DTSTART": "DTSTART:20240806T103000Z"}, "2024-08-06T10:30:00Z"),
        ("plan", {"DTSTART": "DTSTART;VALUE=DATE:20241001", "DTEND": "DTEND;VALUE=DATE:20241002"}, "2024-10-01"),
        ("plan", {"DTSTART": "DTSTART;VALUE=DATE:20240831", "DTEND": "DTEND;VALUE=DATE:20240901"}, "2024-08-31"),
    ],
)
def test_where_somebody_moved_an_entry_its_new_date_counts(
    read: Any, export: str, id: str, changes: dict[str, str], when: str
) -> None:
    found = read(_change(export, id, **changes))

    event = found.timeline.event(id)
    assert event.when == When.parse(when)
    assert event.claims == _STORY.event(id).claims
    assert len(found.faults) == 1
    assert "that somebody changed, expected a date on which" in found.faults[0]


def test_a_time_in_another_zone_is_not_moved(read: Any, export: str) -> None:
    found = read(
        _change(
            export,
            "time",
            DTSTART="DTSTART;TZID=Europe/Kyiv:20240806T130000",
            DTEND="DTEND;TZID=Europe/Kyiv:20240806T140000",
        )
    )

    assert found.timeline == _STORY
    assert found.faults == []


def test_an_hour_that_somebody_added_is_kept(read: Any, export: str) -> None:
    found = read(_change(export, "time", X_TIMELINE_EVENT="X-NONE:", DTEND="DTEND:20240806T130000Z"))

    assert found.timeline.event("time").duration == "PT3H"


def test_a_rule_that_somebody_added_is_kept(read: Any, export: str) -> None:
    found = read(_change(export, "day", TRANSP="RRULE:FREQ=DAILY"))

    assert found.timeline.event("day").repeats == Recurrence(rrule=["FREQ=DAILY"])


def test_a_title_that_somebody_changed_counts(read: Any, export: str) -> None:
    plain = read(_change(export, "day", SUMMARY="SUMMARY:On that day"))
    prefixed = read(_change(export, "plan", SUMMARY="SUMMARY:New title"))

    assert plain.timeline.event("day").title == "On that day"
    assert prefixed.timeline.event("plan").title == "New title"
    assert "SUMMARY 'New title', expected one with 'Planned' in it; SUMMARY is taken" in prefixed.faults[0]


def test_a_description_that_somebody_changed_is_the_text(read: Any, export: str) -> None:
    found = read(_change(export, "day", DESCRIPTION="DESCRIPTION:Something else"))

    assert found.timeline.event("day").text == "Something else"
    assert "DESCRIPTION that somebody changed, expected that of the export; all of it is taken" in found.faults[0]


@pytest.mark.parametrize("value", ["nonsense", "5-3/14", "0-99999999999999999999/1", "-1-3/4"])
def test_a_place_of_the_text_that_there_is_not_is_reported(read: Any, export: str, value: str) -> None:
    found = read(_change(export, "day", X_TIMELINE_TEXT=f"X-TIMELINE-TEXT:{value}"))

    assert found.timeline.event("day").text.endswith("What happened.")
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("{", "X-TIMELINE-EVENT with text that is not JSON"),
        ("[]", "X-TIMELINE-EVENT with text that is not JSON"),
        ("[" * 100_000, "X-TIMELINE-EVENT with text that is not JSON"),
        ('{"claims":[{"source":"nobody"}]}', "claims.0.source: 'nobody', expected the id of one of `sources:`"),
        ('{"claims":7}', "claims: the number 7, expected a list"),
        ('{"claims":[{"source":"report"\\,"when":"soon"}]}', "claims.0.when: "),
        ('{"title":"\\\\ud800"}', "title: half a surrogate pair"),
    ],
)
def test_an_object_that_cannot_be_read_leaves_the_entry_as_everybody_writes_it(
    read: Any, export: str, value: str, fault: str
) -> None:
    found = read(_change(export, "plan", X_TIMELINE_EVENT=f"X-TIMELINE-EVENT:{value}"))

    event = found.timeline.event("plan")
    assert event.title == "[planned, Sep 2024] Planned"
    assert [claim.source for claim in event.claims] == ["calendar"]
    assert [other for other in found.timeline.events if other.id != "plan"] == [
        other for other in _STORY.events if other.id != "plan"
    ]
    assert fault in found.faults[0]


def test_keys_that_there_are_not_are_reported(read: Any, export: str) -> None:
    found = read(
        _change(export, "time", X_TIMELINE_EVENT='X-TIMELINE-EVENT:{"duration":"PT1H"\\,"id":"other"\\,"colour":"red"}')
    )

    assert found.timeline == _STORY
    assert "the keys colour, id, expected some of: " in found.faults[0]


@pytest.mark.parametrize("value", ["{", "[]", '{"timeline":1}', '{"timeline":7\\,"id":"story"}', '{"timeline":1\\,"id":"/"}', '{"timeline":1\\,"id":"s"\\,"sources":[]}', '{"timeline":1\\,"id":"s"\\,"unknown":"x"}'])  # fmt: skip
def test_a_document_that_cannot_be_read_makes_it_a_calendar_like_others(read: Any, export: str, value: str) -> None:
    lines = [
        f"X-TIMELINE-DOCUMENT:{value}" if line.startswith("X-TIMELINE-DOCUMENT") else line
        for line in export.splitlines()
    ]

    found = read("\n".join(lines))

    # The ids are told by the UIDs, so that a history goes on.
    assert (found.timeline.id, found.timeline.title) == ("calendar", "A story")
    assert [event.id for event in found.timeline.events] == [event.id for event in _STORY.events]
    assert found.timeline.event("plan").claims[0].source == "calendar"
    assert "X-TIMELINE-DOCUMENT" in found.faults[0]


def test_an_entry_that_somebody_added_is_read_like_those_of_others(read: Any, export: str) -> None:
    found = read(
        export.replace(
            "END:VCALENDAR",
            "BEGIN:VEVENT\nUID:new@story\nSUMMARY:New\nSTATUS:TENTATIVE\nDTSTART:20240901\nEND:VEVENT\nEND:VCALENDAR",
        )
    )

    assert found.timeline.events[:-1] == _STORY.events
    assert (found.timeline.events[-1].id, found.timeline.events[-1].word) == ("new", "planned")
    assert found.timeline.source("calendar").title == "A story"


def test_one_time_that_somebody_changed_leaves_the_series(read: Any, export: str) -> None:
    found = read(
        export.replace(
            "END:VCALENDAR",
            "BEGIN:VEVENT\nUID:again@story\nRECURRENCE-ID;VALUE=DATE:20240807\nSUMMARY:Later\nDTSTART:20240809\nEND:VEVENT\nEND:VCALENDAR",
        )
    )

    assert found.timeline.event("again").repeats.exdate == (When.parse("2024-08-07"),)
    assert found.timeline.event("again-20240807").when == When.parse("2024-08-09")


def test_a_copy_of_our_own_entry_for_one_time_does_not_happen_again(read: Any, export: str) -> None:
    _, _, rest = export.partition("UID:again@story\n")
    entry = rest.partition("END:VEVENT")[0]
    copy = f"BEGIN:VEVENT\nUID:again@story\nRECURRENCE-ID;VALUE=DATE:20240807\n{entry}END:VEVENT\n"

    found = read(export.replace("END:VCALENDAR", f"{copy}END:VCALENDAR"))

    assert found.timeline.event("again-20240807").repeats is None


def test_two_of_our_calendars_in_one_file_are_one_timeline(read: Any, export: str) -> None:
    other = export.replace("@story", "@other").replace('"id":"story"', '"id":"other"')
    other = other.replace('{"report":{"title":"A report"}}', '{"report":{"title":"Another"}\\,"more":{}}')

    found = read(export + other)

    assert found.timeline.id == "story"
    assert len(found.timeline.events) == 10
    assert [(source.id, source.title) for source in found.timeline.sources] == [("report", "A report"), ("more", None)]
    assert any("two sources 'report' that differ" in fault for fault in found.faults)


def test_the_calendar_is_a_source_beside_one_that_has_its_name(read: Any) -> None:
    story: Any = {"timeline": 1, "id": "s", "sources": {"calendar": {"title": "Ours"}}}
    document = json.dumps(story).replace(",", "\\,")

    found = read(
        f"BEGIN:VCALENDAR\nX-TIMELINE-DOCUMENT:{document}\nBEGIN:VEVENT\nUID:x\nSUMMARY:x\nSTATUS:TENTATIVE\nEND:VEVENT\nEND:VCALENDAR"
    )

    assert [source.id for source in found.timeline.sources] == ["calendar", "calendar-2"]
    assert found.event.claims[0].source == "calendar-2"
