"""Which ids events get, and that none is dropped."""

from hashlib import sha256
from typing import Any

import pytest


def _entries(*entries: str) -> str:
    parts = (f"BEGIN:VEVENT\n{entry}\nEND:VEVENT" for entry in entries)
    return "\n".join(["BEGIN:VCALENDAR", *parts, "END:VCALENDAR"])


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    ("uid", "id"),
    [
        ("simple", "simple"),
        ("550E8400-E29B-41D4-A716-446655440000", "550E8400-E29B-41D4-A716-446655440000"),
        ("abc@google.com", f"abc-google.com-{_hash('abc@google.com')}"),
        ("abc google.com", f"abc-google.com-{_hash('abc google.com')}"),
        ("-.-", f"event-{_hash('-.-')}"),
        ("кіт", f"event-{_hash('кіт')}"),
        ("a" * 127, "a" * 127),
        ("a" * 128, f"{'a' * 118}-{_hash('a' * 128)}"),
        ("a\\,b", f"a-b-{_hash('a,b')}"),
    ],
)
def test_ids_follow_from_uids(read: Any, uid: str, id: str) -> None:
    found = read(_entries(f"UID:{uid}\nSUMMARY:x"))

    assert found.event.id == id
    assert found.faults == []


def test_an_entry_without_uid_has_an_id_of_what_it_says(read: Any) -> None:
    one = read(_entries("SUMMARY:x\nDTSTART:20240806\nDTSTAMP:20240101T000000Z"))
    revised = read(_entries("DTSTAMP:20240202T000000Z\nDTSTART:20240806\nSUMMARY:x\nSEQUENCE:1"))
    other = read(_entries("SUMMARY:y\nDTSTART:20240806"))

    assert one.event.id == revised.event.id != other.event.id
    assert one.event.id.startswith("event-")
    assert one.faults == ["2: an entry without UID, expected one that stays; its id follows from what it says"]


@pytest.mark.parametrize(
    ("first", "second", "newest"),
    [
        ("SEQUENCE:2", "SEQUENCE:1", 0),
        ("SEQUENCE:1", "SEQUENCE:2", 1),
        ("SEQUENCE:1\nDTSTAMP:20240101T000000Z", "SEQUENCE:1\nDTSTAMP:20230101T000000Z", 0),
        ("LAST-MODIFIED:20240101T000000Z\nDTSTAMP:20200101T000000Z", "DTSTAMP:20230101T000000Z", 0),
        ("X-A:", "X-A:", 1),
        ("SEQUENCE:soon", "SEQUENCE:1", 1),
    ],
)
def test_of_two_entries_with_one_uid_the_newest_has_its_id(read: Any, first: str, second: str, newest: int) -> None:
    found = read(_entries(f"UID:e\nSUMMARY:0\n{first}", f"UID:e\nSUMMARY:1\n{second}"))

    ids = {event.title: event.id for event in found.timeline.events}
    assert ids == {str(newest): "e", str(1 - newest): "e-2"}
    assert any("a second VEVENT of one UID" in fault for fault in found.faults)


def test_an_id_that_is_taken_gets_another_number(read: Any) -> None:
    found = read(_entries("UID:e\nSUMMARY:0", "UID:e-2\nSUMMARY:1", "UID:e\nSUMMARY:2", "UID:e\nSUMMARY:3"))

    assert [(event.title, event.id) for event in found.timeline.events] == [
        ("0", "e-3"),
        ("1", "e-2"),
        ("2", "e-4"),
        ("3", "e"),
    ]


def test_events_of_our_exports_have_the_ids_that_they_had(read: Any) -> None:
    found = read(_entries("UID:e@story\nX-TIMELINE-EDTF:2024\nSUMMARY:x", "UID:e@story\nSUMMARY:copy"))

    assert {event.id for event in found.timeline.events} == {"e", f"e-story-{_hash('e@story')}"}


@pytest.mark.parametrize(
    ("file", "id", "title"),
    [
        ("/some/folder/Team plans.ics", "Team-plans", "Team plans"),
        ("C:\\folder\\plans.v2.ics", "plans.v2", "plans.v2"),
        ("<stdin>", "calendar", "Calendar"),
        (None, "calendar", "Calendar"),
        ("план.ics", "calendar", "план"),
    ],
)
def test_a_timeline_is_named_by_its_file(read: Any, file: str | None, id: str, title: str) -> None:
    found = read("BEGIN:VCALENDAR\nEND:VCALENDAR", file)

    assert (found.timeline.id, found.timeline.title) == (id, title)


def test_what_a_calendar_says_of_itself(read: Any) -> None:
    found = read(
        "BEGIN:VCALENDAR\nNAME;LANGUAGE=de:Kalender\\, neu\nX-WR-CALNAME:old\nX-WR-CALDESC:Worum es geht\n"
        "URL:https://example.org/\nLAST-MODIFIED:20240806T000000Z\nCOLOR:red\nEND:VCALENDAR"
    )

    timeline = found.timeline
    assert (timeline.title, timeline.text, timeline.language) == ("Kalender, neu", "Worum es geht", "de")
    assert (timeline.url, str(timeline.updated)) == ("https://example.org/", "2024-08-06")
    assert found.faults == []


def test_the_moment_of_the_last_change_is_kept(read: Any) -> None:
    found = read("BEGIN:VCALENDAR\nLAST-MODIFIED:20240806T101500Z\nEND:VCALENDAR")

    assert str(found.timeline.updated) == "2024-08-06T10:15:00Z"
