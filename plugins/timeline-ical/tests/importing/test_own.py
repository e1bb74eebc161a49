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
    assert "SUMMARY 'New title', expected one with 'Planned' at its end; SUMMARY is taken" in prefixed.faults[0]


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


_MORE = Timeline(
    id="more",
    title="More",
    sources=[Source(id="report", title="A report", url="https://example.org/report")],
    events=[
        Event(id="month", title="A month", when="2024-06"),
        Event(id="time", title="At a time", when="2024-08-06T10:00:00Z", duration="PT1H"),
        Event(id="moment", title="A moment", when="2024-08-06T10:00:00Z"),
        Event(id="day", title="A day", when="2024-08-06", places=["One", "Two"], group="g", tags=["a", "b"]),
        Event(id="plan", title="Go", claims=[Claim(source="report", modality=Modality.PLANNED, when="2024-09")]),
        Event(id="open", title="Go on", when="[..2024-08-06]"),
    ],
)
_ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-P1D\nDESCRIPTION:[planned, Sep 2024] Go\nEND:VALARM"


@pytest.fixture
def read_changed(read: Any) -> Any:
    """Read the second story with one entry changed."""

    def reader(id: str, projections: str = "event", **changes: str) -> tuple[Event, list[str]]:
        options = {"projections": projections, "alarm": "P1D", "color": "red", "source": "https://example.org/feed"}
        data = timeline.export(_MORE, "ical", now="2024-08-01", options=options).read().decode()
        text = data.replace("\r\n ", "").replace("\r\n", "\n").replace("@more\n", "@story\n")
        found = read(_change(text, id, **changes).replace("@story\n", "@more\n"))
        assert [event for event in found.timeline.events if event.id != id] == [
            event for event in _MORE.events if event.id != id
        ]
        return found.timeline.event(id), [fault.partition(": ")[2] for fault in found.faults]

    return reader


@pytest.mark.parametrize("projections", ["event", "todo", "journal"])
def test_what_nobody_changed_is_not_reported(read_changed: Any, projections: str) -> None:
    event, faults = read_changed("plan", projections)

    assert event == _MORE.event("plan")
    assert faults == []


@pytest.mark.parametrize(
    ("id", "changes", "when", "duration"),
    [
        ("month", {"DTSTART": "DTSTART;VALUE=DATE:20240612", "DTEND": "DTEND;VALUE=DATE:20240613"}, "2024-06-12", None),
        ("month", {"DTEND": "DTEND;VALUE=DATE:20240613"}, "2024-06-01/2024-06-12", None),
        ("month", {"DTEND": "X-NONE:"}, "2024-06-01", None),
        ("month", {"DTEND": "DURATION:P2D"}, "2024-06-01/2024-06-02", None),
        ("time", {"DTEND": "DTEND:20240806T123000Z"}, "2024-08-06T10:00:00Z", "PT2H30M"),
        ("time", {"DTEND": "DURATION:PT2H"}, "2024-08-06T10:00:00Z", "PT2H"),
        ("time", {"DTEND": "X-NONE:"}, "2024-08-06T10:00:00Z", None),
        ("time", {"DTEND": "DTEND:20240806T123000"}, "2024-08-06T10:00:00Z", None),
        ("moment", {"TRANSP": "DTEND:20240806T110000Z"}, "2024-08-06T10:00:00Z", "PT1H"),
        ("time", {"DTSTART": "DTSTART:20240806T100000"}, "2024-08-06T10:00:00", None),
        ("time", {"DTSTART": "DTSTART;VALUE=DATE:20240806", "DTEND": "X-NONE:"}, "2024-08-06", None),
        ("open", {"DTSTART": "DTSTART;VALUE=DATE:20240805"}, "2024-08-05/2024-08-06", None),
    ],
)  # fmt: skip
def test_a_date_that_somebody_changed_within_what_is_shown_counts(
    read_changed: Any, id: str, changes: dict[str, str], when: str, duration: str | None
) -> None:
    event, faults = read_changed(id, **changes)

    assert (event.when, event.duration if "T" in when else None) == (When.parse(when), duration)
    assert any("that somebody changed, expected" in fault for fault in faults)


@pytest.mark.parametrize("changes", [{"DTEND": "DURATION:P30D"}, {"DTEND": "DTEND;VALUE=DATE:20240701"}])
def test_the_same_days_told_otherwise_are_the_same(read_changed: Any, changes: dict[str, str]) -> None:
    event, faults = read_changed("month", **changes)

    assert event == _MORE.event("month")
    assert faults == []


@pytest.mark.parametrize(
    ("projections", "changes", "when"),
    [
        ("todo", {"DUE": "DUE;VALUE=DATE:20240912"}, "[2024-09-01..2024-09-12]"),
        ("todo", {"DTSTART": "X-NONE:"}, "[..2024-09-30]"),
        ("journal", {"DTSTART": "DTSTART;VALUE=DATE:20240912"}, "2024-09-12"),
    ],
)
def test_dates_of_tasks_and_journals_that_somebody_changed_count(
    read_changed: Any, projections: str, changes: dict[str, str], when: str
) -> None:
    event, faults = read_changed("plan", projections, **changes)

    assert event.when == When.parse(when)
    assert event.claims == _MORE.event("plan").claims
    assert len(faults) == 1


def test_dates_that_somebody_took_away_are_kept_and_reported(read_changed: Any) -> None:
    event, faults = read_changed("month", DTSTART="X-WR-NONE:", DTEND="X-WR-NONE:")

    assert event == _MORE.event("month")
    assert faults == [
        "a VEVENT without DTSTART, expected a date on which '2024-06' is shown; 2024-06 is kept",
    ]


def test_a_date_that_is_none_leaves_that_of_the_export(read_changed: Any) -> None:
    event, faults = read_changed("month", DTSTART="DTSTART:soon")

    assert event == _MORE.event("month")
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("projections", "status", "word"),
    [("event", "CANCELLED", "did not occur"), ("todo", "COMPLETED", "occurred"), ("journal", "CANCELLED", "did not occur")],
)  # fmt: skip
def test_what_somebody_cancelled_did_not_occur(read_changed: Any, projections: str, status: str, word: str) -> None:
    event, faults = read_changed("plan", projections, STATUS=f"STATUS:{status}")

    assert event.claims == _MORE.event("plan").claims
    assert (event.outcome.source, event.outcome.result.word) == ("calendar", word)
    assert len(faults) == 1
    assert f"STATUS:{status} that somebody changed, expected STATUS:" in faults[0]


def test_a_fact_that_somebody_cancelled_did_not_occur(read_changed: Any) -> None:
    event, faults = read_changed("month", STATUS="STATUS:CANCELLED")

    assert not event.is_fact
    assert event.when == When.parse("2024-06")
    assert len(faults) == 1


@pytest.mark.parametrize(("id", "status"), [("plan", "CONFIRMED"), ("month", "TENTATIVE")])
def test_another_status_is_reported(read_changed: Any, id: str, status: str) -> None:
    event, faults = read_changed(id, STATUS=f"STATUS:{status}")

    assert event == _MORE.event(id)
    (fault,) = faults
    assert fault.startswith(f"STATUS:{status} that somebody changed, expected STATUS:")


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"LOCATION": "LOCATION:Three"}, "places", ("Three",)),
        ({"LOCATION": "X-WR-NONE:"}, "places", ("One", "Two")),
        ({"CATEGORIES": "CATEGORIES:g,a,c"}, "tags", ("a", "c")),
        ({"CATEGORIES": "CATEGORIES:c"}, "group", None),
        ({"CATEGORIES": "X-WR-NONE:"}, "tags", ("a", "b")),
    ],
)
def test_places_and_tags_that_somebody_changed_count(
    read_changed: Any, changes: dict[str, str], field: str, value: object
) -> None:
    event, faults = read_changed("day", **changes)

    assert getattr(event, field) == value
    assert len(faults) == 1


@pytest.mark.parametrize("summary", ["Going", "Not Go", "Go (postponed)", "[planned, Sep 2024] Let us Go!", "Gone"])
def test_a_title_that_somebody_wrote_around_ours_counts(read_changed: Any, summary: str) -> None:
    event, faults = read_changed("plan", SUMMARY=f"SUMMARY:{summary}")

    assert event.title == summary
    assert any("at its end; SUMMARY is taken" in fault for fault in faults)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("GEO:1;2", "GEO, expected what a timeline has a place for"),
        ("X-FOO:1", "X-FOO, expected what a timeline has a place for"),
        ("ATTENDEE:mailto:a@example.org", "ATTENDEE in an entry of an export, expected what the export wrote"),
        ("ATTACH:https://example.org/", "ATTACH in an entry of an export, expected what the export wrote"),
        ("URL:https://example.org/other", "URL in an entry of an export, expected what the export wrote"),
        ("IMAGE:https://example.org/a.png", "IMAGE in an entry of an export, expected what the export wrote"),
        ("RELATED-TO:other", "RELATED-TO in an entry of an export, expected what the export wrote"),
        ("SUMMARY:Another", "SUMMARY a second time, expected it once in a VEVENT"),
        ("BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT5M\nEND:VALARM", "VALARM, expected what a timeline has a place for"),
    ],
)
def test_what_somebody_added_is_reported(read_changed: Any, line: str, fault: str) -> None:
    event, faults = read_changed("plan", TRANSP=line)

    assert event == _MORE.event("plan")
    assert any(found.startswith(fault) for found in faults)


_SERIES = Timeline(
    id="story",
    title="Series",
    events=[
        Event(
            id="again",
            title="Again",
            when="2024-08-06T10:00:00+03:00",
            repeats=Recurrence(
                rrule=["FREQ=DAILY;UNTIL=20240816T210000Z"],
                rdate=["2024-09-01", "2024-09-02T08:00:00Z"],
                exdate=["2024-08-07", "2024-08-08T10:00:00+03:00"],
                tzid="Europe/Kyiv",
            ),
        )
    ],
)


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("X-WR-NONE:", "exdate", ("2024-08-07", "2024-08-08T10:00:00+03:00")),
        ("EXDATE;TZID=Europe/Kyiv:20240809T100000", "exdate", ("2024-08-07", "2024-08-08T10:00:00+03:00", "2024-08-09T10:00:00+03:00")),
        ("EXDATE:20240808T070000Z", "exdate", ("2024-08-07", "2024-08-08T10:00:00+03:00")),
        ("RDATE:20240903T070000Z", "rdate", ("2024-09-01", "2024-09-02T08:00:00Z", "2024-09-03T07:00:00Z")),
    ],
)  # fmt: skip
def test_times_that_somebody_added_to_a_series_count(
    read: Any, change: str, field: str, value: tuple[str, ...]
) -> None:
    export = (
        timeline.export(_SERIES, "ical", now="2024-08-01").read().decode().replace("\r\n ", "").replace("\r\n", "\n")
    )

    found = read(export.replace("TRANSP:TRANSPARENT", change))

    assert getattr(found.event.repeats, field) == tuple(map(When.parse, value))
    assert len(found.faults) == (len(value) > 2)


@pytest.mark.parametrize(
    ("rule", "is_theirs"),
    [
        ("FREQ=WEEKLY", True),
        ("FREQ=DAILY;UNTIL=20240820T210000Z", True),
        ("FREQ=DAILY;UNTIL=20240817", False),
        ("freq=daily;until=20240816T210000Z;", False),
    ],
)
def test_a_rule_that_somebody_changed_counts(read: Any, export: str, rule: str, is_theirs: bool) -> None:  # noqa: FBT001
    export = (
        timeline.export(_SERIES, "ical", now="2024-08-01").read().decode().replace("\r\n ", "").replace("\r\n", "\n")
    )

    found = read(export.replace("RRULE:FREQ=DAILY;UNTIL=20240816T210000Z", f"RRULE:{rule}"))

    assert ("RRULE that somebody changed" in "".join(found.faults)) is is_theirs
    assert (found.event == _SERIES.events[0]) is not is_theirs


def test_a_description_that_somebody_wrote_is_the_text_of_an_event_that_has_none(read_changed: Any) -> None:
    event, faults = read_changed("month", DESCRIPTION="DESCRIPTION:When: June 2024.\\n\\nBring cake")

    assert event.text == "When: June 2024.\n\nBring cake"
    assert faults == ["DESCRIPTION that somebody changed, expected that of the export; all of it is taken"]


def test_a_description_that_somebody_took_away_is_reported(read: Any, export: str) -> None:
    found = read(_change(export, "day", DESCRIPTION="X-WR-NONE:"))

    assert found.timeline.event("day").text is None
    assert "no DESCRIPTION, expected that of the export; the event has no text" in found.faults[0]


def test_a_rule_that_nobody_can_follow_leaves_that_of_the_export(read: Any) -> None:
    export = (
        timeline.export(_SERIES, "ical", now="2024-08-01").read().decode().replace("\r\n ", "").replace("\r\n", "\n")
    )

    found = read(export.replace("RRULE:FREQ=DAILY;UNTIL=20240816T210000Z", "RRULE:FREQ=DAILY;UNTIL=soon"))

    assert found.event == _SERIES.events[0]
    assert "RRULE that somebody changed" in found.faults[0]


def test_when_a_task_was_done_is_taken(read_changed: Any) -> None:
    event, faults = read_changed("plan", "todo", STATUS="STATUS:COMPLETED\nCOMPLETED:20240905T100000Z")

    assert event.outcome.when == When.parse("2024-09-05T10:00:00Z")
    assert faults == ["STATUS:COMPLETED that somebody changed, expected STATUS:NEEDS-ACTION; that it occurred is taken"]
