"""What becomes of RRULE, RDATE, EXDATE and RECURRENCE-ID."""

from datetime import date
from typing import Any

import pytest

from timeline.model import Recurrence
from timeline.when import When

_START = "DTSTART;TZID=Europe/Berlin:20240325T100000"


@pytest.mark.parametrize(
    ("lines", "repeats"),
    [
        (["DTSTART;VALUE=DATE:20240806", "RRULE:FREQ=WEEKLY;COUNT=3"], Recurrence(rrule=["FREQ=WEEKLY;COUNT=3"])),
        (["DTSTART:20240806T100000Z", "RRULE:FREQ=DAILY"], Recurrence(rrule=["FREQ=DAILY"])),
        (["DTSTART:20240806T100000", "RRULE:FREQ=DAILY"], Recurrence(rrule=["FREQ=DAILY"])),
        ([_START, "RRULE:FREQ=WEEKLY"], Recurrence(rrule=["FREQ=WEEKLY"], tzid="Europe/Berlin")),
        (["DTSTART;TZID=W. Europe Standard Time:20240806T100000", "RRULE:FREQ=DAILY"], Recurrence(rrule=["FREQ=DAILY"], tzid="Europe/Berlin")),
        ([_START, "RRULE:FREQ=WEEKLY", "RRULE:FREQ=YEARLY"], Recurrence(rrule=["FREQ=WEEKLY", "FREQ=YEARLY"], tzid="Europe/Berlin")),
        ([_START, "RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Berlin:20240401T100000,20240408T100000"], Recurrence(rrule=["FREQ=WEEKLY"], exdate=["2024-04-01T10:00:00+02:00", "2024-04-08T10:00:00+02:00"], tzid="Europe/Berlin")),
        ([_START, "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20240401"], Recurrence(rrule=["FREQ=WEEKLY"], exdate=["2024-04-01"], tzid="Europe/Berlin")),
        ([_START, "RDATE:20240401T080000Z"], Recurrence(rdate=["2024-04-01T08:00:00Z"], tzid="Europe/Berlin")),
        # Of what begins on a day, only the day of an exception counts.
        (["DTSTART;VALUE=DATE:20240806", "RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/Berlin:20240807T000000"], Recurrence(rrule=["FREQ=DAILY"], exdate=["2024-08-07"])),
        (["DTSTART;VALUE=DATE:20240806", "DTEND;VALUE=DATE:20240808", "RRULE:FREQ=WEEKLY"], Recurrence(rrule=["FREQ=WEEKLY"])),
        # What many programs write, and means the same.
        (["DTSTART;VALUE=DATE:20240806", "RRULE:FREQ=WEEKLY; BYDAY=MO, TU;"], Recurrence(rrule=["FREQ=WEEKLY;BYDAY=MO,TU"])),
        (["DTSTART;VALUE=DATE:20240806", "RRULE:RSCALE=GREGORIAN;FREQ=WEEKLY;SKIP=OMIT"], Recurrence(rrule=["FREQ=WEEKLY"])),
        ([_START, "EXDATE;TZID=Europe/Berlin:", "RRULE:FREQ=WEEKLY"], Recurrence(rrule=["FREQ=WEEKLY"], tzid="Europe/Berlin")),
    ],
)  # fmt: skip
def test_rules_are_kept(read_entry: Any, lines: list[str], repeats: Recurrence) -> None:
    found = read_entry(*lines)

    assert found.event.repeats == repeats
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "repeats", "fault"),
    [
        ([_START, "RRULE:FREQ=SOMETIMES"], None, "5: RRULE 'FREQ=SOMETIMES', expected a rule such as FREQ=WEEKLY"),
        ([_START, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], None, "5: RRULE 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', expected a rule such as FREQ=WEEKLY (a day that there is)"),
        ([_START, "RRULE:FREQ=DAILY", "RRULE:?"], Recurrence(rrule=["FREQ=DAILY"], tzid="Europe/Berlin"), "6: RRULE '?'"),
        ([_START, "EXRULE:FREQ=DAILY"], None, "5: EXRULE, expected no rules for exceptions"),
        (["RRULE:FREQ=DAILY"], None, "4: RRULE, expected it only where DTSTART"),
        ([_START, "EXDATE:20240401T080000Z"], None, "5: EXDATE without a rule"),
        ([_START, "RDATE;VALUE=PERIOD:20240401T080000Z/PT1H"], Recurrence(rdate=["2024-04-01T08:00:00Z"], tzid="Europe/Berlin"), "5: periods in RDATE, expected when they begin"),
        ([_START, "RDATE:20240401T080000Z,soon"], Recurrence(rdate=["2024-04-01T08:00:00Z"], tzid="Europe/Berlin"), "5: RDATE 'soon', expected a date or time"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_reported(
    read_entry: Any, lines: list[str], repeats: Recurrence | None, fault: str
) -> None:
    found = read_entry(*lines)

    assert found.event.when is None or found.event.when == When.parse("2024-03-25T10:00:00+01:00")
    assert found.event.repeats == repeats
    (reported,) = found.faults
    assert reported.startswith(fault)


def test_an_hour_stays_that_of_the_clock_when_summer_time_begins(read_entry: Any) -> None:
    found = read_entry(_START, "RRULE:FREQ=WEEKLY;COUNT=2")

    assert list(map(str, found.event.occurrences(date(2024, 1, 1), date(2024, 12, 31)))) == [
        "2024-03-25T10:00:00+01:00",
        "2024-04-01T10:00:00+02:00",
    ]


def test_rules_of_times_in_utc_stay_in_utc(read_entry: Any) -> None:
    found = read_entry(
        "DTSTART:20240325T230000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2", calendar="X-WR-TIMEZONE:Europe/Berlin"
    )

    # In Berlin that is Tuesday.
    assert found.event.when == When.parse("2024-03-26T00:00:00+01:00")
    assert list(map(str, found.event.occurrences(date(2024, 1, 1), date(2024, 12, 31)))) == [
        "2024-03-25T23:00:00Z",
        "2024-04-01T23:00:00Z",
    ]


def _series(*entries: str, master: str = "RRULE:FREQ=WEEKLY;COUNT=3") -> str:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:s", "SUMMARY:Series", _START, master, "END:VEVENT"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", "UID:s", *entry.split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR"])


def test_an_entry_for_one_time_is_an_event_of_its_own(read: Any) -> None:
    found = read(_series("RECURRENCE-ID;TZID=Europe/Berlin:20240401T100000\nDTSTART:20240402T080000Z\nSUMMARY:Moved"))

    series, moved = found.timeline.events
    assert (moved.id, moved.title, str(moved.when)) == ("s-20240401T100000", "Moved", "2024-04-02T08:00:00Z")
    assert series.repeats.exdate == (When.parse("2024-04-01T10:00:00+02:00"),)
    assert list(map(str, series.occurrences(date(2024, 1, 1), date(2024, 12, 31)))) == [
        "2024-03-25T10:00:00+01:00",
        "2024-04-08T10:00:00+02:00",
    ]
    assert found.faults == []


def test_an_entry_for_one_time_has_the_same_id_whatever_zone_it_names_it_in(read: Any) -> None:
    found = read(_series("RECURRENCE-ID:20240401T080000Z\nDTSTART:20240402T080000Z\nSUMMARY:Moved"))

    assert found.timeline.events[1].id == "s-20240401T100000"


def test_an_entry_may_stand_before_the_series_that_it_changes(read: Any) -> None:
    text = _series("RECURRENCE-ID:20240401T080000Z\nDTSTART:20240402T080000Z\nSUMMARY:Moved")
    head, series, moved = text.split("BEGIN:VEVENT")

    found = read(f"{head}BEGIN:VEVENT{moved.replace('END:VCALENDAR', '')}BEGIN:VEVENT{series}END:VCALENDAR")

    assert [event.id for event in found.timeline.events] == ["s-20240401T100000", "s"]
    assert len(found.timeline.events[1].repeats.exdate) == 1


def test_a_cancelled_time_did_not_occur(read: Any) -> None:
    found = read(
        _series(
            "RECURRENCE-ID:20240401T080000Z\nDTSTART:20240401T080000Z\nSTATUS:CANCELLED\nDTSTAMP:20240320T000000Z\nSUMMARY:Off"
        )
    )

    assert found.timeline.events[1].word == "did not occur"
    assert len(found.timeline.events[0].repeats.exdate) == 1


def test_two_entries_for_one_time_are_both_kept(read: Any) -> None:
    moved = "RECURRENCE-ID:20240401T080000Z\nDTSTART:20240402T080000Z\nSUMMARY:Moved"

    found = read(_series(moved, moved))

    assert [event.id for event in found.timeline.events] == ["s", "s-20240401T100000", "s-20240401T100000-2"]
    assert found.faults == [
        "14: a second entry for one time of another, expected one; this has the id s-20240401T100000-2"
    ]


@pytest.mark.parametrize(
    ("entry", "master", "fault"),
    [
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20240401T080000Z\nSUMMARY:x", "RRULE:FREQ=WEEKLY", "10: RANGE=THISANDFUTURE, expected one time"),
        ("RECURRENCE-ID:20240401T080000Z\nSUMMARY:x", "X-NONE:", "2: entries for single times of an entry, expected one that happens again"),
        ("RECURRENCE-ID:soon\nSUMMARY:x", "RRULE:FREQ=WEEKLY", "10: RECURRENCE-ID 'soon', expected a date or time"),
        ("RECURRENCE-ID:20240401T080000Z\nDTSTART:20240401T080000Z\nSUMMARY:x\nRRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY", "13: RRULE in an entry for one time of another"),
    ],
)  # fmt: skip
def test_what_an_entry_for_one_time_cannot_say_is_reported(read: Any, entry: str, master: str, fault: str) -> None:
    found = read(_series(entry, master=master))

    assert len(found.timeline.events) == 2
    assert found.timeline.events[1].repeats is None
    assert found.faults[0].startswith(fault)


def test_an_entry_for_one_time_without_its_series_is_kept(read: Any) -> None:
    found = read(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:s\nSUMMARY:x\nRECURRENCE-ID:20240401T080000Z\nDTSTART:20240401T080000Z\nEND:VEVENT\nEND:VCALENDAR"
    )

    assert found.event.id == "s-20240401T080000"
    assert found.faults == ["5: RECURRENCE-ID without the entry that happens again, expected that entry in the file"]


def test_a_task_happens_again_on_its_days_and_not_within_windows(read_entry: Any) -> None:
    daily = read_entry("DTSTART;VALUE=DATE:20240806", "DUE;VALUE=DATE:20240806", "RRULE:FREQ=DAILY", kind="VTODO")
    begun = read_entry("DTSTART;VALUE=DATE:20240806", "RRULE:FREQ=DAILY", kind="VTODO")
    within = read_entry("DTSTART;VALUE=DATE:20240806", "DUE;VALUE=DATE:20240808", "RRULE:FREQ=DAILY", kind="VTODO")

    for found in (daily, begun):
        assert found.event.when == When.parse("2024-08-06")
        assert found.event.repeats == Recurrence(rrule=["FREQ=DAILY"])
        assert found.faults == []
    assert within.event.repeats is None
    assert within.faults == ["6: RRULE, expected it only where DTSTART, and no later DUE, says from when on"]


def test_rules_in_a_zone_of_the_file_follow_an_offset(read_entry: Any) -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE"

    found = read_entry("DTSTART;TZID=Ours:20240806T100000", "RRULE:FREQ=DAILY", calendar=zone)

    assert found.event.repeats == Recurrence(rrule=["FREQ=DAILY"])
    assert found.faults == [
        "13: rules in a time zone of the file only, "
        "expected a zone of the database, whose clock rules can follow; the offset of the first time is kept"
    ]
