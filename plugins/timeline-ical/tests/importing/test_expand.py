"""One event a time, within a window."""

from typing import Any

import pytest

from timeline.errors import DocumentError, OptionError
from timeline_ical import IcalImporter

_WEEKLY = ("DTSTART;TZID=Europe/Berlin:20240325T100000", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize("window", ["2024-03-26/2024-12-31", "2024-04", "2024-04/2024-06"])
def test_each_time_in_the_window_is_an_event(read_entry: Any, window: str) -> None:
    found = read_entry(*_WEEKLY, expand=window)

    assert [(event.id, str(event.when), event.repeats) for event in found.timeline.events] == [
        ("e-20240401T100000", "2024-04-01T10:00:00+02:00", None),
        ("e-20240408T100000", "2024-04-08T10:00:00+02:00", None),
    ]
    assert {event.title for event in found.timeline.events} == {"An entry"}


def test_days_have_ids_of_days(read_entry: Any) -> None:
    found = read_entry(
        "DTSTART;VALUE=DATE:20240806", "DTEND;VALUE=DATE:20240808", "RRULE:FREQ=WEEKLY;COUNT=2", expand="2024"
    )

    assert [(event.id, str(event.when)) for event in found.timeline.events] == [
        ("e-20240806", "2024-08-06/2024-08-07"),
        ("e-20240813", "2024-08-13/2024-08-14"),
    ]


def test_what_does_not_happen_again_stays_wherever_it_is(read_entry: Any) -> None:
    found = read_entry("DTSTART;VALUE=DATE:20200101", expand="2024")

    assert [event.id for event in found.timeline.events] == ["e"]
    assert found.faults == []


def test_what_does_not_happen_in_the_window_is_left_out_and_reported(read_entry: Any) -> None:
    found = read_entry(*_WEEKLY, expand="2020")

    assert found.timeline.events == ()
    assert found.faults == [
        "3: an entry that happens again, but not from 2020-01-01 to 2020-12-31, expected a time within the window; it is left out"
    ]


def test_what_is_tentative_is_planned_each_time(read_entry: Any) -> None:
    found = read_entry("DTSTART;VALUE=DATE:20240806", "RRULE:FREQ=WEEKLY;COUNT=2", "STATUS:TENTATIVE", expand="2024")

    assert [(str(event.when), str(event.claims[0].when), event.own_when) for event in found.timeline.events] == [
        ("2024-08-06", "2024-08-06", None),
        ("2024-08-13", "2024-08-13", None),
    ]


def test_a_time_that_is_an_entry_of_its_own_is_there_once(read: Any) -> None:
    found = read(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nSUMMARY:Series\nDTSTART:20240806T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:e\nSUMMARY:Moved\nDTSTART:20240809T120000Z\nRECURRENCE-ID:20240807T100000Z\nEND:VEVENT\nEND:VCALENDAR",
        expand="2024",
    )

    assert [(event.id, event.title) for event in found.timeline.events] == [
        ("e-20240806T100000", "Series"),
        ("e-20240808T100000", "Series"),
        ("e-20240807T100000", "Moved"),
    ]


def test_times_in_utc_are_told_in_the_zone_of_the_calendar(read_entry: Any) -> None:
    found = read_entry(
        "DTSTART:20240806T100000Z", "RRULE:FREQ=DAILY;COUNT=2", calendar="X-WR-TIMEZONE:Europe/Berlin", expand="2024"
    )

    assert [str(event.when) for event in found.timeline.events] == [
        "2024-08-06T12:00:00+02:00",
        "2024-08-07T12:00:00+02:00",
    ]


@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=SECONDLY"])
def test_there_is_a_limit(read_entry: Any, rule: str) -> None:
    # A rule of many moments is refused for these.
    reason = r"more than 10 occurrences.*max_occurrences|more than [\d,]+ moments"
    with pytest.raises(DocumentError, match=reason) as raised:
        read_entry("DTSTART:20240101T100000Z", f"RRULE:{rule}", expand="2024", max_occurrences="10")

    assert raised.value.faults[0].line == 3


def test_the_limit_is_one_of_all_rules_together(read: Any) -> None:
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{id}\nSUMMARY:x\nDTSTART:20240101\nRRULE:FREQ=DAILY;COUNT=6\nEND:VEVENT\n" for id in "ab"
    )

    with pytest.raises(DocumentError):
        read(f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR", expand="2024", max_occurrences=11)
    assert (
        len(read(f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR", expand="2024", max_occurrences=12).timeline.events) == 12
    )


@pytest.mark.parametrize("window", ["2024/..", "soon", "2024-12-31/2024-01-01", 7.5, "-0100"])
def test_a_window_has_a_first_and_a_last_day(window: object) -> None:
    with pytest.raises(OptionError):
        IcalImporter().info.make_options({"expand": window})


def test_what_is_no_date_is_told_with_the_name_of_the_option() -> None:
    with pytest.raises(OptionError, match=r"found expand=soon, expected a window in EDTF"):
        IcalImporter().info.make_options({"expand": "soon"})


def test_no_window_is_no_expansion(read_entry: Any) -> None:
    assert read_entry(*_WEEKLY, expand="").event.repeats is not None
