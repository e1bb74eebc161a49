"""What becomes of SUMMARY, DESCRIPTION and the rest of what an entry says."""

from typing import Any

import pytest

from timeline.model import Media

_PLACE = "expected what a timeline has a place for"


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("Plain", "Plain"),
        ("a\\, b\\; c\\\\d", "a, b; c\\d"),
        ("a, b; c: d", "a, b; c: d"),
        ("one\\ntwo\\N three", "one two three"),
        ("  around  ", "around"),
        ("C:\\\\News", "C:\\News"),
        ("\N{FAMILY} été", "\N{FAMILY} été"),
    ],
)
def test_titles(read_entry: Any, summary: str, title: str) -> None:
    found = read_entry(f"SUMMARY:{summary}")

    assert found.event.title == title
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "title", "fault"),
    [
        (["SUMMARY:", "DESCRIPTION:First line\\nsecond"], "First line", "4: no SUMMARY, expected a title; the first line of the description is taken"),
        (["SUMMARY:\\n"], "(no title)", "4: no SUMMARY, expected a title; “(no title)” is written"),
        (["SUMMARY: ", "DESCRIPTION: "], "(no title)", "4: no SUMMARY, expected a title; “(no title)” is written"),
        (["SUMMARY:", f"DESCRIPTION:{'x' * 300}"], f"{'x' * 199}…", "4: no SUMMARY, expected a title; the first line of the description is taken"),
        (["SUMMARY:One", "SUMMARY:Two"], "One", "5: SUMMARY a second time, expected it once in a VEVENT"),
    ],
)  # fmt: skip
def test_an_entry_without_a_title(read_entry: Any, lines: list[str], title: str, fault: str) -> None:
    found = read_entry(*lines)

    assert (found.event.title, found.faults) == (title, [fault])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["DESCRIPTION:one\\n\\ntwo"], "one\n\ntwo"),
        (["DESCRIPTION:first", "DESCRIPTION:second"], "first\n\nsecond"),
        (["DESCRIPTION:text", "COMMENT:and this"], "text\n\nand this"),
        (["DESCRIPTION:text", "URL:https://example.org/1"], "text\n\nhttps://example.org/1"),
        (["DESCRIPTION:see https://example.org/1", "URL:https://example.org/1"], "see https://example.org/1"),
        (["URL:https://example.org/1"], "https://example.org/1"),
        (["ATTACH:https://example.org/report.pdf", "ATTACH:https://example.org/report.pdf"], "https://example.org/report.pdf"),
        (["CONFERENCE;VALUE=URI:https://meet.example.org/x"], "https://meet.example.org/x"),
        (["DESCRIPTION:", "URL:"], None),
    ],
)  # fmt: skip
def test_texts(read_entry: Any, lines: list[str], text: str | None) -> None:
    found = read_entry(*lines, kind="VJOURNAL")

    assert found.event.text == text
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (["LOCATION:Sudzha\\, Kursk Oblast"], "places", ("Sudzha, Kursk Oblast",)),
        (["LOCATION:Hall\\n1 Main Street\\nCity"], "places", ("Hall, 1 Main Street, City",)),
        (["LOCATION: "], "places", ()),
        (["CATEGORIES:one,two\\, three", "CATEGORIES:one, four ,,"], "tags", ("one", "two, three", "four")),
        (['ORGANIZER;CN="Doe, Jane":mailto:jane@example.org', "ATTENDEE:MAILTO:joe@example.org", "ATTENDEE;CN=Doe^, Jane:x"], "actors", ("Doe, Jane", "joe@example.org", "Doe^")),
        (['ATTENDEE;CN="She said ^\'no^\'":mailto:a@example.org', 'ATTENDEE;CN="":mailto:b@example.org'], "actors", ('She said "no"', "b@example.org")),
        (["ATTACH;FMTTYPE=image/png:https://example.org/picture"], "media", Media(url="https://example.org/picture")),
        (["ATTACH:https://example.org/a/map.JPG?size=1"], "media", Media(url="https://example.org/a/map.JPG?size=1")),
        (["IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/x"], "media", Media(url="https://example.org/x")),
        (["ATTACH;FMTTYPE=application/pdf:https://example.org/a.png"], "media", None),
    ],
)  # fmt: skip
def test_places_tags_actors_and_pictures(read_entry: Any, lines: list[str], field: str, value: object) -> None:
    found = read_entry(*lines)

    assert getattr(found.event, field) == value
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["GEO:51.2;35.2"], "GEO"),
        (["CLASS:PRIVATE"], "CLASS:PRIVATE"),
        (["PRIORITY:1"], "PRIORITY"),
        (["RESOURCES:projector"], "RESOURCES"),
        (["CONTACT:Jane"], "CONTACT"),
        (["REQUEST-STATUS:2.0;Success"], "REQUEST-STATUS"),
        (["X-SOMETHING:1"], "X-SOMETHING"),
        (["X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:1,2"], "X-APPLE-STRUCTURED-LOCATION"),
        (["STYLED-DESCRIPTION;VALUE=URI:https://example.org/"], "STYLED-DESCRIPTION"),
        (["ATTENDEE;CUTYPE=ROOM;CN=Hall:mailto:hall@example.org"], "an attendee that is a room"),
        (["ATTENDEE;PARTSTAT=DECLINED;CN=Jane:mailto:jane@example.org"], "an attendee who declined"),
        (["ATTENDEE;ROLE=NON-PARTICIPANT;CN=Jane:mailto:jane@example.org"], "an attendee who takes no part"),
        (["ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA"], "ATTACH that holds a file"),
        (["ATTACH:CID:part1@example.org"], "ATTACH that holds a file"),
        (["BEGIN:VALARM", "ACTION:DISPLAY", "END:VALARM"], "VALARM"),
        (["RELATED-TO:other"], "RELATED-TO as PARENT"),
    ],
)
def test_what_has_no_place_is_reported(read_entry: Any, lines: list[str], what: str) -> None:
    found = read_entry(*lines)

    assert found.faults == [f"4: {what}, {_PLACE}"]


def test_what_has_no_place_is_reported_once_a_kind(read: Any) -> None:
    entries = "".join(f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:x\nGEO:1;2\nEND:VEVENT\n" for number in range(1200))

    found = read(f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR")

    assert found.faults == [f"5: GEO, 1,200 times, first here, {_PLACE}"]


def test_a_second_picture_is_reported(read_entry: Any) -> None:
    found = read_entry("ATTACH:https://example.org/1.png", "ATTACH:https://example.org/2.png")

    assert found.event.media == Media(url="https://example.org/1.png")
    assert found.faults == [f"5: a picture beside the first of an entry, {_PLACE}"]


@pytest.mark.parametrize(
    "line",
    [
        "DTSTAMP:20240101T000000Z",
        "CREATED:20240101T000000Z",
        "LAST-MODIFIED:20240101T000000Z",
        "SEQUENCE:3",
        "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
        "PRIORITY:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC",
        "X-MOZ-GENERATION:2",
        "X-EMPTY:",
    ],
)
def test_bookkeeping_is_not_reported(read_entry: Any, line: str) -> None:
    assert read_entry(line).faults == []


def _related(first: str, second: str, kind: str = ";RELTYPE=FINISHTOSTART") -> str:
    return (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@x\nSUMMARY:a\n{first}\nRELATED-TO{kind}:b@x\nEND:VEVENT\n"
        f"BEGIN:VEVENT\nUID:b@x\nSUMMARY:b\n{second}\nEND:VEVENT\nEND:VCALENDAR"
    )


def test_what_can_begin_only_when_another_has_ended_comes_after_it(read: Any) -> None:
    found = read(_related("DTSTART:20240806", "DTSTART:20240807"))

    first, second = found.timeline.events
    assert (first.after, second.after) == ((), (first.id,))
    assert found.faults == []


def test_a_relation_the_other_way_round_is_not_taken(read: Any) -> None:
    found = read(_related("DTSTART:20240807", "DTSTART:20240806"))

    assert [event.after for event in found.timeline.events] == [(), ()]
    assert "which is before" in found.faults[0]


def test_a_relation_to_what_is_not_there_is_reported(read_entry: Any) -> None:
    found = read_entry("RELATED-TO;RELTYPE=FINISHTOSTART:nobody")

    assert found.faults == ["4: RELATED-TO 'nobody', expected the UID of an entry of this file"]


def test_the_language_of_a_calendar_is_that_of_all_its_titles(read: Any) -> None:
    calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY;LANGUAGE=de:x\nEND:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY;LANGUAGE={}:y\nEND:VEVENT\nEND:VCALENDAR"

    assert read(calendar.format("de")).timeline.language == "de"
    assert read(calendar.format("fr")).timeline.language == "en"
    assert read(calendar.format("?!")).timeline.language == "en"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["X-ALT-DESC;FMTTYPE=text/html:<b>bold</b>"], "bold"),
        (["DESCRIPTION:", "X-ALT-DESC:<html><head><title>t</title></head><p>One</p><p>Two &amp\\; <br>three"], "One\nTwo &\nthree"),
        (["DESCRIPTION:Plain", "X-ALT-DESC:<b>bold</b>"], "Plain"),
        (["STYLED-DESCRIPTION;FMTTYPE=text/html:<b>bold</b>", "COMMENT:More"], "bold\n\nMore"),
        (["X-ALT-DESC:<style>b {}</style>"], None),
    ],
)  # fmt: skip
def test_a_description_that_has_markup_only_is_taken_without(read_entry: Any, lines: list[str], text: str) -> None:
    found = read_entry(*lines)

    assert found.event.text == text
    assert found.faults == []


def test_addresses_beside_a_text_that_is_searched_no_longer_are_written_once_more(
    read_entry: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_ical.reading._texts._MOST_SEARCHED", 10)

    assert read_entry("DESCRIPTION:See https://a.example/", "URL:https://a.example/").event.text == (
        "See https://a.example/\n\nhttps://a.example/"
    )
