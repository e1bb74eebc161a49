"""What is broken is mended or left out, and reported with its line; nothing ends in a traceback."""

import random
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.document import write
from timeline.errors import DocumentError
from timeline.formats import ImportContext
from timeline.model import Timeline
from timeline_ical import IcalImporter

_GOOD = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Team
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:20000101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:one@example.org
DTSTAMP:20240701T120000Z
DTSTART;TZID=Ours:20240806T100000
DTEND;TZID=Ours:20240806T110000
RRULE:FREQ=WEEKLY;UNTIL=20241231T000000Z
EXDATE;TZID=Ours:20240813T100000
SUMMARY;LANGUAGE=en:A title\\, with a comma
DESCRIPTION:A long
  line that is folded
LOCATION:Kursk
CATEGORIES:one,two
ATTENDEE;CN="Doe, Jane";PARTSTAT=ACCEPTED:mailto:jane@example.org
STATUS:TENTATIVE
BEGIN:VALARM
TRIGGER:-PT5M
END:VALARM
END:VEVENT
BEGIN:VTODO
UID:two
DTSTART;VALUE=DATE:20240806
DUE;VALUE=DATE:20240809
SUMMARY:A task
END:VTODO
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: an empty file"),
        ("\n\n", "1: an empty file"),
        ("hello", "1: text that is no calendar"),
        ("\n\nBEGIN:VCARD\nEND:VCARD", "3: text that is no calendar"),
        ("BEGIN:VTIMEZONE\nEND:VTIMEZONE", "1: text that is no calendar"),
        (b"\xff\xfeB\x00", "1: text in UTF-16"),
        ('<?xml version="1.0"?><icalendar/>', "1: XML; xCal (RFC 6321) is not read"),
    ],
)
def test_what_is_no_calendar_is_refused(read: Any, text: str | bytes, fault: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read(text)

    (found,) = raised.value.faults
    assert f"{found.line}: {found.found}" == fault
    assert "a calendar, which begins with BEGIN:VCALENDAR" in found.expected
    assert found.file == "calendar.ics"


def test_a_file_may_be_too_large(read: Any) -> None:
    with pytest.raises(DocumentError, match=r"more than 100 bytes.*ical\.max_bytes"):
        read(_GOOD, max_bytes=100)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_any_ends_of_lines_will_do(read: Any, end: str, start: str) -> None:
    found = read(start + _GOOD.replace("\n", end))

    assert [event.title for event in found.timeline.events] == ["A title, with a comma", "A task"]
    assert found.timeline.events[0].text == "A long line that is folded"


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (("UID:two", "UID two"), ["32: an entry without UID, expected one that stays; its id follows from what it says", "33: ' ', expected ':' and a value, in a line of iCalendar, such as NAME:value"]),
        (("UID:two", "UID:two\nmore text"), ["34: ' ', expected ':' and a value, in a line of iCalendar, such as NAME:value"]),
        (("UID:two", "UID;X:two"), ["32: an entry without UID, expected one that stays; its id follows from what it says", "33: ';', expected a parameter, such as ;VALUE=DATE, in a line of iCalendar, such as NAME:value"]),
        (("END:VTODO", "END:VEVENT"), ["37: END:VEVENT, expected BEGIN:VEVENT before it", "38: END:VCALENDAR inside of the VTODO that was begun on line 32, expected END:VTODO before it"]),
        (("END:VTODO\nEND:VCALENDAR\n", ""), ["32: the end of the file inside of the VTODO that was begun on line 32, expected END:VTODO"]),
        (("END:VEVENT\n", ""), ["37: END:VCALENDAR inside of the VEVENT that was begun on line 14, expected END:VEVENT before it"]),
        (("BEGIN:VCALENDAR", "Hello\nX-A:1\nX-B:2\nBEGIN:VCALENDAR"), ["1: the end of the line, expected ':' and a value, in a line of iCalendar, such as NAME:value", "2: a property outside of any component, 2 times, first here, expected BEGIN:VCALENDAR before it"]),
        (("BEGIN:VTODO", "BEGIN:VFREEBUSY\nEND:VFREEBUSY\nBEGIN:VTODO"), ["32: VFREEBUSY, expected what a timeline has a place for"]),
        (("BEGIN:VTODO", "END:VCALENDAR\nBEGIN:VCALENDAR\nX-WR-CALNAME:Second\nBEGIN:VTODO"), ["33: one more VCALENDAR, expected one in a file; the timeline has the entries of all and the title of the first"]),
        (("VERSION:2.0", "VERSION:1.0"), ["2: VERSION 1.0, expected 2.0, as which it is read"]),
        (("VERSION:2.0", "CALSCALE:CHINESE"), ["2: CALSCALE CHINESE, expected GREGORIAN, as which it is read"]),
    ],
)  # fmt: skip
def test_what_is_broken_is_mended_and_reported(read: Any, change: tuple[str, str], faults: list[str]) -> None:
    usual = {fault.partition(": ")[2] for fault in read(_GOOD).faults}

    found = read(_GOOD.replace(*change, 1))

    assert [event.title for event in found.timeline.events] == ["A title, with a comma", "A task"]
    assert found.timeline.title == "Team"
    assert [fault for fault in found.faults if fault.partition(": ")[2] not in usual] == faults


def test_entries_without_a_calendar_are_read(read: Any) -> None:
    found = read("BEGIN:VEVENT\nUID:e\nSUMMARY:x\nEND:VEVENT\n")

    assert found.event.id == "e"
    assert found.faults == ["1: VEVENT outside of any calendar, expected BEGIN:VCALENDAR before it"]


def test_bytes_that_are_not_utf_8_are_reported_where_they_are(read: Any) -> None:
    found = read(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nSUMMARY:caf\xe9\nEND:VEVENT\nEND:VCALENDAR")

    assert found.event.title == "caf\ufffd"
    assert found.faults == ["4: byte 0xe9, which is not UTF-8, expected text in UTF-8; U+FFFD is put in its place"]


def test_a_character_that_a_fold_splits_is_whole_again(read: Any) -> None:
    found = read(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nSUMMARY:caf\xc3\n \xa9\nEND:VEVENT\nEND:VCALENDAR")

    assert found.event.title == "café"
    assert found.faults == []


def test_an_empty_line_does_not_end_a_fold(read: Any) -> None:
    # What is left where each end of a line was turned into two.
    found = read("BEGIN:VCALENDAR\n\nBEGIN:VEVENT\n\nUID\n\n :e\n\nSUMMARY:one \n\n two\n\nEND:VEVENT\n\nEND:VCALENDAR")

    assert (found.event.id, found.event.title) == ("e", "one two")
    assert found.faults == []


def test_control_characters_are_kept(read_entry: Any) -> None:
    assert read_entry("SUMMARY:a\x00b\x07c").event.title == "a\x00b\x07c"


def test_faults_point_into_lines_that_are_folded() -> None:
    ctx = ImportContext(options=IcalImporter().info.make_options(), file="x.ics")
    IcalImporter().decode([b"BEGIN:VCALENDAR\nX-A;B=1\n ;C=2\n ;?=3:x\nEND:VCALENDAR"], ctx)

    (fault,) = ctx.faults
    assert (fault.line, fault.column, fault.source) == (4, 2, " ;?=3:x")
    assert fault.render().endswith("   |  ^")


def test_very_many_faults_are_counted(read: Any) -> None:
    found = read("BEGIN:VCALENDAR\n" + "broken\n" * 1000 + "END:VCALENDAR")

    assert len(found.faults) == 51
    assert found.faults[-1].startswith("None: 950 more faults of this kind")


def test_components_as_deep_as_nobody_writes_them_are_read(read: Any) -> None:
    found = read("BEGIN:VCALENDAR\n" + "BEGIN:VALARM\n" * 50_000 + "END:VALARM\n" * 50_000 + "END:VCALENDAR")

    assert any("more than 50 components in each other" in fault for fault in found.faults)


@pytest.mark.parametrize("count", [20_000])
def test_one_uid_very_many_times_takes_no_long_time(read: Any, count: int) -> None:
    found = read("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nUID:e\nSUMMARY:x\nEND:VEVENT\n" * count + "END:VCALENDAR")

    assert len({event.id for event in found.timeline.events}) == count


def _decode(data: bytes) -> Timeline | None:
    """The timeline in bytes, or none; anything but a DocumentError is a failure of the test."""
    importer = IcalImporter()
    ctx = ImportContext(options=importer.info.make_options(), file="x.ics")
    try:
        timeline = importer.decode([data], ctx)
    except DocumentError as error:
        assert str(error)  # noqa: PT017 - an error is one of two good ends
        return None
    assert all(fault.render() for fault in ctx.faults)
    assert write(timeline)
    return timeline


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_no_change_of_a_calendar_ends_in_a_traceback(seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    data = bytearray(_GOOD.encode())
    pieces = [
        b"\x00",
        b"\xff",
        b"\n",
        b"\r",
        b":",
        b";",
        b'"',
        b"\\",
        b",",
        b"BEGIN:VEVENT\n",
        b"END:VEVENT\n",
        b"=",
        b"9" * 30,
        b"-",
        b"T",
        b"Z",
        b" ",
    ]
    for _ in range(count):
        at = chance.randrange(len(data))
        change = chance.randrange(4)
        if change == 0:
            data[at : at + chance.randrange(1, 40)] = b""
        elif change == 1:
            data[at:at] = chance.choice(pieces)
        elif change == 2:
            data[at] = chance.randrange(256)
        else:
            end = min(len(data), at + chance.randrange(1, 80))
            to = chance.randrange(len(data))
            data[to:to] = data[at:end]

    _decode(bytes(data))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(data: bytes) -> None:
    _decode(data)
    _decode(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data + b"\nEND:VEVENT\nEND:VCALENDAR")


_NAMES = ["UID", "DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "SUMMARY", "DESCRIPTION", "ATTACH", "IMAGE", "URL", "ORGANIZER", "ATTENDEE", "COMPLETED", "LAST-MODIFIED", "SEQUENCE", "X-TIMELINE-EDTF", "X-TIMELINE-EVENT", "X-TIMELINE-TEXT", "X-TIMELINE-TITLE", "RELATED-TO", "CATEGORIES"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(_NAMES),
            st.sampled_from(["", ";TZID=Europe/Berlin", ";TZID=Nowhere", ";VALUE=DATE", ";VALUE=PERIOD", ";RELTYPE=FINISHTOSTART"]),
            st.sampled_from(["", "20240806", "00010101T000000", "99991231T235959Z", "00010101T000000Z", "P1D", "-P1D", "PT99999999999H", "P999999999W", "20240806T100000Z/PT1H", "FREQ=DAILY", "FREQ=DAILY;UNTIL=00010101", '{"claims":[]}', "1-2/3", "TENTATIVE", "CANCELLED", "https://[", "mailto:", "2024"])
            | st.text(max_size=20).filter(lambda text: "\n" not in text and "\r" not in text),
        ),
        max_size=12,
    ),
    st.sampled_from(["VEVENT", "VTODO", "VJOURNAL"]),
    st.sampled_from(["", "X-WR-TIMEZONE:Pacific/Kiritimati\n", "X-WR-TIMEZONE:America/New_York\n", 'X-TIMELINE-DOCUMENT:{"timeline":1\\,"id":"t"}\n', "METHOD:CANCEL\n"]),
)  # fmt: skip
def test_no_values_end_in_a_traceback(lines: list[tuple[str, str, str]], kind: str, calendar: str) -> None:
    entry = "".join(f"{name}{parameters}:{value}\n" for name, parameters, value in lines)

    timeline = _decode(f"BEGIN:VCALENDAR\n{calendar}BEGIN:{kind}\n{entry}END:{kind}\nEND:VCALENDAR".encode())

    assert timeline is not None
    assert len(timeline.events) == 1


@pytest.mark.parametrize(
    ("line", "title", "fault"),
    [
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=C3=9Fe", "Grüße", None),
        ("SUMMARY;CHARSET=ISO-8859-1;ENCODING=quoted-printable:Gr=FC=DFe", "Grüße", None),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:One =\r\ntwo=\r\nthree", "One twothree", None),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:=FF", "\ufffd", "SUMMARY in quoted-printable that is not UTF-8"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=x:a", "a", "SUMMARY in quoted-printable that is not x"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-7:+2AA-x", "?x", None),
        ("SUMMARY;ENCODING=8BIT:a=20b", "a=20b", None),
    ],
)
def test_quoted_printable_is_read(read: Any, line: str, title: str, fault: str | None) -> None:
    found = read(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:e\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")

    assert found.event.title == title
    assert [each.partition(": ")[2].partition(",")[0] for each in found.faults] == ([fault] if fault else [])


def test_a_file_that_ends_in_a_soft_line_break_is_read(read: Any) -> None:
    found = read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e\nSUMMARY;ENCODING=QUOTED-PRINTABLE:An end=")

    assert found.event.title == "An end"


_MANY = 6_000


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:s\nSUMMARY:x\nDTSTART:20000101T100000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
        + "".join(
            f"BEGIN:VEVENT\nUID:s\nSUMMARY:x\nRECURRENCE-ID:{2000 + at // 300}{at // 25 % 12 + 1:02}{at % 25 + 1:02}T100000Z\nEND:VEVENT\n"
            for at in range(_MANY)
        ),
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n"
        + "".join(f"ATTACH:https://a.example/{at}\n" for at in range(5 * _MANY)),
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n"
        + "".join(f"LOCATION:{at}\nCOMMENT:{at}\n" for at in range(5 * _MANY)),
        "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nSUMMARY:x\n" * 2 * _MANY,
        "BEGIN:VCALENDAR\n" + "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n" * 2 * _MANY,
        # One that comes after all others.
        "BEGIN:VCALENDAR\n"
        + "".join(
            f"BEGIN:VEVENT\nUID:{at}\nSUMMARY:x\nRELATED-TO;RELTYPE=FINISHTOSTART:0\nEND:VEVENT\n"
            for at in range(2 * _MANY)
        ),
    ],
    ids=["overrides", "attachments", "places", "unclosed", "nested", "related"],
)
def test_many_of_one_kind_take_no_longer_than_they_are_many(read: Any, text: str) -> None:
    begun = time.process_time()

    found = read(text)

    # Seconds at most; comparing each with each would take minutes.
    assert time.process_time() - begun < 20
    assert found.timeline.events
