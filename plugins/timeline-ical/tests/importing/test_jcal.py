"""jCal (RFC 7265) is read as the lines that it stands for."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from timeline.errors import DocumentError
from timeline.formats import ImportContext
from timeline.model import Recurrence
from timeline_ical import IcalImporter

_EVENT: list[Any] = [
    ["uid", {}, "text", "e"],
    ["dtstart", {"tzid": "Europe/Berlin"}, "date-time", "2024-08-06T10:00:00"],
    ["duration", {}, "duration", "PT1H"],
    ["rrule", {}, "recur", {"freq": "WEEKLY", "byday": ["MO", "TU"], "until": "2024-12-31T00:00:00Z"}],
    ["exdate", {"tzid": "Europe/Berlin"}, "date-time", "2024-08-12T10:00:00", "2024-08-13T10:00:00"],
    ["summary", {"language": "de"}, "text", "a, b; c\\d"],
    ["description", {}, "text", "one\ntwo"],
    ["categories", {}, "text", "one, two", "three"],
    ["attendee", {"cn": 'Doe, "J"'}, "cal-address", "mailto:j@example.org"],
    ["geo", {}, "float", [1.5, 2]],
    ["x-flag", {}, "boolean", True],
    ["x-other", {}, "unknown", "verbatim\\, it is"],
]


def _calendar(*events: Any, properties: tuple[Any, ...] = ()) -> str:
    return json.dumps(
        ["vcalendar", [["version", {}, "text", "2.0"], *properties], [["vevent", list(event), []] for event in events]]
    )


def test_an_entry_in_json(read: Any) -> None:
    found = read(_calendar(_EVENT, properties=(["name", {}, "text", "a, b\nc"],)))

    event = found.event
    assert found.timeline.title == "a, b\nc"
    assert (event.id, event.title, event.text) == ("e", "a, b; c\\d", "one\ntwo")
    assert (str(event.when), event.duration) == ("2024-08-06T10:00:00+02:00", "PT1H")
    assert event.repeats == Recurrence(
        rrule=["FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20241231T000000Z"],
        exdate=["2024-08-12T10:00:00+02:00", "2024-08-13T10:00:00+02:00"],
        tzid="Europe/Berlin",
    )
    assert (event.tags, event.actors) == (("one, two", "three"), ('Doe, "J"',))
    # Of JSON, no line is told: it may be one.
    what = ("GEO", "X-FLAG", "X-OTHER")
    assert sorted(found.faults) == [f"None: {name}, expected what a timeline has a place for" for name in what]


def test_several_calendars_may_stand_in_a_list(read: Any) -> None:
    found = read(f"[{_calendar(_EVENT)},{_calendar()}]")

    assert found.event.id == "e"


def test_days_and_periods(read: Any) -> None:
    found = read(
        _calendar(
            [
                ["dtstart", {}, "date", "2024-08-06"],
                ["dtend", {}, "date", "2024-08-08"],
                ["rdate", {}, "period", ["2024-09-01T00:00:00Z", "PT1H"]],
                ["summary", {}, "text", "x"],
                ["uid", {}, "text", "e"],
            ]
        )
    )

    assert str(found.event.when) == "2024-08-06/2024-08-07"
    assert found.event.repeats == Recurrence(rdate=["2024-09-01"])


def test_what_icalendar_writes_as_jcal_is_what_it_writes_as_lines(read: Any) -> None:
    lines = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:e\r\nDTSTAMP:20240101T000000Z\r\nDTSTART;TZID=Europe/Berlin:20240806T100000\r\nDTEND;TZID=Europe/Berlin:20240806T110000\r\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU\r\nSUMMARY:a\\, b\r\nDESCRIPTION:one\\ntwo\r\nCATEGORIES:x,y\r\nATTACH;FMTTYPE=image/png:https://example.org/a\r\nATTENDEE;CN=Jane:mailto:j@example.org\r\nSTATUS:TENTATIVE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

    assert read(json.dumps(Calendar.from_ical(lines).to_jcal())).timeline == read(lines).timeline


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[", "text that is not JSON"),
        ("[" * 200_000, "text that is not JSON"),
        ("[]", "JSON that is no component"),
        ("[1]", "text that is no calendar"),
        ('["vcard",[],[]]', "text that is no calendar"),
        ("[\xff", "text that is not JSON"),
    ],
)
def test_what_is_no_jcal_is_refused(read: Any, text: str, found: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read(text.encode("latin-1"), "x.jcal")

    assert found in str(raised.value)
    assert "x.jcal" in str(raised.value)


@pytest.mark.parametrize("broken", [7, ["a"], ["dtstart", {}, "date"], ["x y", {}, "text", "x"], ["uid", [], "text", "x"], [1, {}, "text", "x"], ["dtstart", {}, "date", {"a": 1}], ["summary", {}, "text", None], ["x", {"a b": "c"}, "text", "a"]])  # fmt: skip
def test_what_is_broken_in_jcal_is_reported(read: Any, broken: object) -> None:
    found = read(_calendar([broken, ["uid", {}, "text", "e"]]))

    assert found.event.id == "e"
    assert found.faults


def test_half_a_surrogate_pair_is_no_text(read: Any) -> None:
    found = read(_calendar([["summary", {}, "text", "a\ud800"], ["uid", {}, "text", "e"]]))

    assert found.event.title == "a\ufffd\ufffd\ufffd"


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["vcalendar", "vevent", "dtstart", "text", "date"]),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=4), values, max_size=3),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(_JSON, _JSON)
def test_no_json_ends_in_a_traceback(properties: object, children: object) -> None:
    importer = IcalImporter()
    for tree in (["vcalendar", [properties], [["vevent", [properties], [children]], children]], [properties, children]):
        ctx = ImportContext(options=importer.info.make_options(), file="x.jcal")
        try:
            importer.decode([json.dumps(tree).encode()], ctx)
        except DocumentError:
            continue


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'["vcalendar", ' + b"1" * 5000 + b"]", "a number of more than 4,000 digits"),
        (b'["vcalendar\xff"]', "byte 0xff at 11 is not UTF-8"),
        (b"[" * 200_000, "lists in lists, too many to follow"),
    ],
    ids=["digits", "bytes", "depth"],
)
def test_what_python_says_of_json_is_not_told(read: Any, text: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read(text)

    assert raised.value.faults[0].found == f"text that is not JSON ({reason})"
