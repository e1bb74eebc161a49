"""The options of a calendar: what each does, and what it refuses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

import timeline
from timeline import Claim, Event, Feature, OptionError, Outcome, Recurrence, Source, Timeline
from timeline.formats import LossKind
from timeline.testing import NOW

SOURCE = Source(id="s", title="A report")


def of(*events: Event, **fields: Any) -> Timeline:
    return Timeline(**{"id": "t", "title": "T", "sources": [SOURCE], "events": events, **fields})


def projected(when: str | None, **fields: Any) -> Event:
    return Event(
        **{"id": "p", "title": "It begins", "when": when, "claims": [Claim(source="s", modality="projected")], **fields}
    )


def stream_of(sample: Timeline, now: datetime = NOW, **options: Any) -> timeline.ExportStream:
    return timeline.export(sample, "ical", options, now=now)


def write(sample: Timeline, now: datetime = NOW, **options: Any) -> bytes:
    return stream_of(sample, now, **options).read()


def entries(data: bytes) -> list[str]:
    return unfolded(data.partition(b"END:VTIMEZONE\r\n")[2] or data)


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def values(data: bytes, name: str) -> list[str]:
    return [line.partition(":")[2] for line in unfolded(data) if re.match(rf"{name}[;:]", line)]


def titles(data: bytes) -> list[str]:
    return values(data, "SUMMARY")


@pytest.mark.parametrize(
    ("prefix", "title"),
    [
        ("both", "[projected\\, no earlier than Jan 2025] It begins"),
        ("status", "[projected] It begins"),
        ("date", "[no earlier than Jan 2025] It begins"),
        ("none", "It begins"),
    ],
)
def test_the_prefix_of_a_title_is_chosen(prefix: str, title: str) -> None:
    assert titles(write(of(projected("[2025-01..]")), prefix=prefix)) == [title]


def test_dates_are_in_the_language_of_the_timeline_or_of_the_option() -> None:
    event = Event(id="e", title="Ein Ereignis", when="2024-08")
    german = of(event, language="de")
    assert titles(write(german)) == ["[Aug. 2024] Ein Ereignis"]
    assert "Août" in titles(write(german, language="fr"))[0].title()
    assert "When: August 2024" in values(write(german, language="en"), "DESCRIPTION")[0]
    stream = stream_of(german)
    stream.read()
    assert (Feature.LANGUAGE, LossKind.APPROXIMATED) in {(loss.feature, loss.kind) for loss in stream.losses}
    # A language that nothing is known of: English, and reported.
    assert titles(write(of(event, language="tlh"))) == ["[Aug 2024] Ein Ereignis"]


def test_events_out_of_the_window_or_without_the_tags_are_left_out_and_no_loss() -> None:
    sample = of(
        Event(id="old", title="old", when="2023", tags=["x"]),
        Event(id="now", title="now", when="2024-08-06", tags=["x", "y"]),
        Event(id="later", title="later", when="[2025-01..]", tags=["y"]),
        Event(id="again", title="again", when="2023-01-02", repeats=Recurrence(rrule=["FREQ=YEARLY"]), tags=["z"]),
    )
    for options, kept in (
        ({"since": "2024"}, "now later again"),
        ({"until": "2024-08-06"}, "old now again"),
        ({"since": "2024-08-06", "until": "2024"}, "now again"),
        ({"only_tags": "x"}, "old now"),
        ({"only-tags": "x, z"}, "old now again"),
        ({"except_tags": ("y",)}, "old again"),
        ({"only_tags": ["x"], "except_tags": ["y"]}, "old"),
        ({}, "old now later again"),
    ):
        stream = stream_of(sample, **options, prefix="none", wide="span")
        assert titles(stream.read()) == kept.split(), options
        assert stream.left_out == {"old", "now", "later", "again"} - set(kept.split())
        assert not [loss for loss in stream.losses if loss.drops_event]


@pytest.mark.parametrize(
    ("now", "cancelled", "is_shown"),
    [
        ("2025-01-10", "P90D", True),
        ("2025-04-10", "P90D", True),
        ("2025-04-11", "P90D", False),
        ("2025-04-11", "P13W", True),
        ("2030-01-01", "always", True),
        ("2025-01-11", "PT0S", False),
        ("2025-01-10", "PT0S", True),
    ],
)
def test_what_was_called_off_is_shown_for_a_while(now: str, cancelled: str, *, is_shown: bool) -> None:
    outcome = Outcome(result="did-not-occur", source="s", decided="2025-01-10")
    stream = stream_of(
        of(projected("2025-01", outcome=outcome)), datetime.fromisoformat(now).replace(tzinfo=UTC), cancelled=cancelled
    )
    data = stream.read()
    assert bool(titles(data)) == is_shown
    assert stream.left_out == (set() if is_shown else {"p"})
    if is_shown:
        assert titles(data) == ["CANCELLED: [Jan 2025] It begins"]
        assert values(data, "STATUS") == ["CANCELLED"]


@pytest.mark.parametrize(
    ("when", "todo"),
    [
        ("2025-01", ["DTSTART;VALUE=DATE:20250101", "DUE;VALUE=DATE:20250131"]),
        ("2025-01-10", ["DUE;VALUE=DATE:20250110"]),
        ("[..2025-01-10]", ["DUE;VALUE=DATE:20250110"]),
        ("[2025-01..]", ["DTSTART;VALUE=DATE:20250101"]),
        ("2025", ["DTSTART;VALUE=DATE:20250101", "DUE;VALUE=DATE:20251231"]),
        ("2025-01-10T10:00:00Z", ["DTSTART:20250110T100000Z"]),
    ],
)
def test_a_projection_may_be_a_todo(when: str, todo: list[str]) -> None:
    data = write(of(projected(when), Event(id="e", title="plain", when="2024-08-06")), projections="todo")
    lines = unfolded(data)
    first, last = lines.index("BEGIN:VTODO"), lines.index("END:VTODO")
    assert [line for line in lines[first:last] if line.startswith(("DTSTART", "DUE", "DTEND"))] == todo
    assert "STATUS:NEEDS-ACTION" in lines[first:last]
    assert not [line for line in lines[first:last] if line.startswith("TRANSP")]
    assert lines.count("BEGIN:VEVENT") == 1
    assert len(icalendar.Calendar.from_ical(data).todos) == 1


@pytest.mark.parametrize(
    ("result", "todo", "journal"),
    [
        ("occurred", "COMPLETED", "FINAL"),
        ("did-not-occur", "CANCELLED", "CANCELLED"),
        ("disputed", "NEEDS-ACTION", "DRAFT"),
    ],
)
def test_a_todo_or_journal_entry_says_how_it_ended(result: str, todo: str, journal: str) -> None:
    sample = of(
        projected("2025-01", places=["Kursk"], outcome=Outcome(result=result, source="s", decided="2024-12-28"))
    )
    assert values(write(sample, projections="todo"), "STATUS") == [todo]
    data = write(sample, projections="journal")
    assert values(data, "STATUS") == [journal]
    # A VJOURNAL has no LOCATION (RFC 5545, 3.8.1.7).
    assert values(data, "LOCATION") == []
    assert "Where: Kursk" in values(data, "DESCRIPTION")[0]
    assert values(data, "DTEND") == []


def test_what_falls_due_gives_an_alarm_if_that_is_wanted() -> None:
    sample = of(
        projected("2025-01"),
        projected("2025-02", id="q", outcome=Outcome(result="occurred", source="s", decided="2025-02-01")),
    )
    assert b"VALARM" not in write(sample)
    data = write(sample, alarm="P1D")
    assert data.count(b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\nDESCRIPTION:[projected\\, Jan 2025]") == 1
    assert data.count(b"BEGIN:VALARM") == 1
    assert b"TRIGGER;RELATED=END:-P1D" in write(of(projected("[..2025-01-10]")), alarm="P1D", projections="todo")
    assert b"VALARM" not in write(sample, alarm="P1D", projections="journal")


def test_times_are_told_in_a_zone_that_the_calendar_describes() -> None:
    sample = of(Event(id="e", title="e", when="2024-08-06T10:00:00Z", duration="PT1H"))
    assert [line for line in unfolded(write(sample)) if line.startswith("DT") and "STAMP" not in line] == [
        "DTSTART:20240806T100000Z",
        "DTEND:20240806T110000Z",
    ]
    data = write(sample, timezone="Europe/Kyiv")
    assert [line for line in unfolded(data) if line.startswith(("DTSTART;TZID", "DTEND"))] == [
        "DTSTART;TZID=Europe/Kyiv:20240806T130000",
        "DTEND;TZID=Europe/Kyiv:20240806T140000",
    ]
    assert data.count(b"BEGIN:VTIMEZONE\r\nTZID:Europe/Kyiv\r\n") == 1
    (event,) = icalendar.Calendar.from_ical(data).events
    assert isinstance(event.start, datetime)
    assert event.start.astimezone(UTC) == datetime(2024, 8, 6, 10, tzinfo=UTC)


def test_what_happens_again_does_so_in_the_calendar() -> None:
    weekly = Recurrence(
        rrule=["FREQ=WEEKLY;UNTIL=20241231"], rdate=["2024-08-09"], exdate=["2024-08-13"], tzid="Europe/Kyiv"
    )
    data = write(of(Event(id="e", title="e", when="2024-08-06T10:00:00+03:00", repeats=weekly)))
    assert [line for line in entries(data) if line.startswith(("DTSTART;T", "RRULE", "RDATE", "EXDATE"))] == [
        "DTSTART;TZID=Europe/Kyiv:20240806T100000",
        # To the end of that day in Kyiv.
        "RRULE:FREQ=WEEKLY;UNTIL=20241231T215959Z",
        "RDATE;TZID=Europe/Kyiv:20240809T100000",
        "EXDATE;TZID=Europe/Kyiv:20240813T100000",
    ]
    data = write(of(Event(id="e", title="e", when="2024-08-06", repeats=weekly)))
    assert [line for line in entries(data) if line.startswith(("RRULE", "RDATE", "EXDATE"))] == [
        "RRULE:FREQ=WEEKLY;UNTIL=20241231",
        "RDATE;VALUE=DATE:20240809",
        "EXDATE;VALUE=DATE:20240813",
    ]


def test_a_rule_without_a_day_to_go_on_from_is_reported() -> None:
    event = Event(id="e", title="e", when="2024-08", repeats=Recurrence(rrule=["FREQ=YEARLY"]))
    stream = stream_of(of(event))
    data = stream.read()
    assert b"\r\nRRULE" not in data
    assert "Happens again by the rule FREQ=YEARLY" in values(data, "DESCRIPTION")[0]
    assert (Feature.RECURRENCE, LossKind.APPROXIMATED) in [(loss.feature, loss.kind) for loss in stream.losses]


def test_the_calendar_says_its_colour_its_address_and_how_often_to_ask() -> None:
    data = write(of(), color="Tomato", refresh="P1D", source="https://example.org/t.ics")
    lines = unfolded(data)
    assert "COLOR:tomato" in lines
    assert "X-APPLE-CALENDAR-COLOR:#FF6347" in lines
    # RFC 7986, 5.7 and 5.8: the parameters are required.
    assert "REFRESH-INTERVAL;VALUE=DURATION:P1D" in lines
    assert "X-PUBLISHED-TTL:P1D" in lines
    assert "SOURCE;VALUE=URI:https://example.org/t.ics" in lines
    assert not [line for line in unfolded(write(of())) if line.startswith(("COLOR", "SOURCE", "X-APPLE"))]


def test_a_calendar_may_be_bounded_and_what_has_no_room_is_named() -> None:
    sample = of(*[Event(id=f"e{number}", title="x" * 100, when="2024-08-06") for number in range(50)])
    stream = stream_of(sample, max_size="5000")
    data = stream.read()
    assert 3500 < len(data) <= 5000
    lost = [loss for loss in stream.losses if loss.feature is Feature.SIZE]
    assert len(lost) == 50 - data.count(b"BEGIN:VEVENT") > 0
    assert all(loss.drops_event for loss in lost)
    assert "there is no room for it in 5,000 bytes" in lost[0].message


def test_a_calendar_that_google_may_refuse_is_warned_of() -> None:
    event = Event(id="e", title="x", text="x" * 1_000_000, when="2024-08-06")
    stream = stream_of(of(event, updated="2025-01-01"))
    stream.read()
    (warning,) = stream.warnings
    assert "1.0 MB, and Google" in warning


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"wide": "x"}, "found wide=x, expected one of: marker, span, omit"),
        ({"prefix": "x"}, "expected one of: both, status, date, none"),
        ({"projections": "task"}, "expected one of: event, todo, journal"),
        ({"language": "tlh"}, "found language=tlh, expected a language"),
        ({"since": "soon"}, "found since=soon, expected a date in EDTF"),
        ({"cancelled": "90"}, "found cancelled=90, expected a duration such as P1D or PT6H, or always"),
        ({"alarm": "-P1D"}, "found alarm=-P1D, expected a duration"),
        ({"refresh": "always"}, "found refresh=always, expected a duration"),
        ({"timezone": "Mars/Olympus"}, "found timezone=Mars/Olympus, expected the name of a time zone"),
        ({"timezone": "../etc/passwd"}, "expected the name of a time zone"),
        ({"color": "#ff0000"}, "found color=#ff0000, expected the name of a color in CSS3"),
        ({"source": "javascript:alert(1)"}, "expected an address of the web"),
        ({"max_size": "1k"}, "found max_size=1k, expected a whole number"),
        ({"refresh": "PT0S"}, "longer than nothing"),
        ({"source": "https://example.org/a b.ics"}, "without blanks"),
    ],
)
def test_a_bad_option_is_refused_by_name(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=re.escape(message)):
        stream_of(of(), **options)


def test_relations_links_and_pictures_are_told_as_their_rfcs_want_it() -> None:
    source = Source(id="s", title='A "report"', url="https://example.org/a,b")
    sample = Timeline(
        id="t",
        title="T",
        sources=[source],
        events=[
            Event(
                id="a",
                title="a",
                when="2024-08-06",
                claims=[Claim(source="s")],
                media=timeline.Media(url="https://example.org/x.JPG?w=1"),
            ),
            Event(id="b", title="b", when="2024-08-07", after=["a"]),
        ],
    )
    lines = unfolded(write(sample))
    assert "URL:https://example.org/a,b" in lines
    assert "LINK;VALUE=URI;LINKREL=via;LABEL=\"A ^'report^'\":https://example.org/a,b" in lines
    assert "IMAGE;VALUE=URI;DISPLAY=FULLSIZE;FMTTYPE=image/jpeg:https://example.org/x.JPG?w=1" in lines
    # The relation stands in what comes first (RFC 9253, 4).
    assert lines.index("RELATED-TO;RELTYPE=FINISHTOSTART:b@t") < lines.index("UID:b@t")


def test_a_day_that_is_the_last_of_python_has_no_alarm_or_end_beyond_it() -> None:
    stream = stream_of(of(projected("9999-12-31"), projected("9999-12-30", id="q")), alarm="P1D", projections="todo")
    data = stream.read()
    assert values(data, "DUE") == ["99991230"]
    assert [loss.event_id for loss in stream.losses if loss.drops_event] == ["p"]
    assert date(9999, 12, 30) == icalendar.Calendar.from_ical(data).todos[0].DUE


def test_a_task_or_journal_entry_is_reported_as_it_is_shown() -> None:
    task = stream_of(of(projected("2025")), projections="todo", wide="omit")
    assert values(task.read(), "DUE") == ["20251231"]
    assert "shown from 2025-01-01 to 2025-12-31" in str(task.losses[0])
    journal = stream_of(of(projected("2025-04")), projections="journal", prefix="none")
    assert "Shown on the first day only." in values(journal.read(), "DESCRIPTION")[0]
    assert "shown on 2025-04-01" in str(journal.losses[0])


@pytest.mark.parametrize("fields", [{}, {"repeats": Recurrence(rrule=["FREQ=YEARLY"])}])
def test_an_alarm_goes_by_what_the_task_has(fields: dict[str, Any]) -> None:
    data = write(of(projected("2025-04-14T10:00:00Z", **fields)), projections="todo", alarm="P1D")
    assert b"\r\nTRIGGER:-P1D\r\n" in data
    outcome = Outcome(result="superseded", source="s", decided="2024-12-28")
    for result in (outcome, Outcome(result="disputed", source="s", decided="2024-12-28")):
        assert b"VALARM" not in write(of(projected("2025-04", outcome=result)), alarm="P1D")


@pytest.mark.parametrize(
    ("when", "projections", "line", "is_lost"),
    [
        ("2025-04-14T10:00:00Z", "event", "DTEND:20250414T113000Z", False),
        ("2025-04-14T10:00:00Z", "todo", "DURATION:PT1H30M", False),
        ("2025-04-14T10:00:00Z", "journal", None, True),
        ("2025-04-14", "event", "DTEND;VALUE=DATE:20250415", True),
    ],
)
def test_how_long_it_lasts_is_shown_or_reported(
    when: str, projections: str, line: str | None, *, is_lost: bool
) -> None:
    stream = stream_of(of(projected(when, duration="PT1H30M")), projections=projections)
    data = stream.read()
    assert line is None or line in unfolded(data)
    assert "Lasts: 1 hour 30 minutes" in values(data, "DESCRIPTION")[0]
    assert (Feature.TIMES in {loss.feature for loss in stream.losses}) == is_lost


def test_a_calendar_without_a_single_event_is_warned_of() -> None:
    stream = stream_of(of(projected("2025"), updated="2025-01-01"), only_tags="nix")
    stream.read()
    assert stream.warnings == ("no event is left: whoever subscribes to this calendar will see nothing",)


def test_a_bound_that_holds_no_event_at_all_is_refused() -> None:
    with pytest.raises(OptionError, match=r"found max_size=100, expected [0-9]+ or more"):
        write(of(projected("2025")), max_size=100)


@pytest.mark.parametrize(
    ("rules", "written", "reason"),
    [
        (["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=2"], ["FREQ=WEEKLY"], "only the first of its rules is shown"),
        (["FREQ=MONTHLY;BYDAY=-1FR"], [], "its rule does not make the first date"),
        (["FREQ=WEEKLY;BYDAY=TU"], ["FREQ=WEEKLY;BYDAY=TU"], None),
    ],
)
def test_a_rule_that_calendars_choke_on_is_told_in_words_only(
    rules: list[str], written: list[str], reason: str | None
) -> None:
    stream = stream_of(of(Event(id="e", title="e", when="2024-08-06", repeats=Recurrence(rrule=rules))))
    data = stream.read()
    assert values(data, "RRULE") == written
    lost = [loss.message for loss in stream.losses if loss.feature is Feature.RECURRENCE]
    assert len(lost) == (reason is not None)
    assert all(reason and reason in message for message in lost)
    assert rules[-1].replace(";", "\\;") in values(data, "DESCRIPTION")[0]


@pytest.mark.parametrize("title", ["two\nlines", "two\r\nlines", "two\u2028lines"])
def test_a_title_is_one_line(title: str) -> None:
    sample = of(Event(id="e", title=title, when="2024-08-06"))
    data = write(sample)
    assert titles(data) == ["two lines"]
    assert timeline.load(data, "ical", on_fault=print).events[0].title == title


def test_a_zone_has_nothing_that_its_component_may_not_have() -> None:
    sample = of(Event(id="e", title="e", when="2024-08-06T10:00:00Z"))
    zone = write(sample, timezone="Europe/Kyiv").partition(b"BEGIN:VTIMEZONE")[2].partition(b"END:VTIMEZONE")[0]
    assert b"BEGIN:DAYLIGHT" in zone
    assert b"COMMENT" not in zone


@pytest.mark.parametrize(
    ("when", "fields", "options"),
    [
        ("9999-06-01T23:00:00-05:00", {"repeats": Recurrence(rrule=["FREQ=DAILY"], tzid="Europe/Berlin")}, {}),
        ("9999-12-30T23:00:00", {"duration": "PT5H"}, {"timezone": "Europe/Kyiv"}),
        ("0001-01-02T00:00:00Z", {}, {"timezone": "America/New_York"}),
        (
            "2024-01-01T00:00:00+09:00",
            {"repeats": Recurrence(exdate=["0001-01-01T00:00:00Z"], tzid="America/New_York")},
            {},
        ),
        ("2024-01-01T00:00:00Z", {"repeats": Recurrence(rdate=["9999-12-31T23:59:59Z"], tzid="Asia/Tokyo")}, {}),
    ],
)
def test_times_at_the_ends_of_what_python_holds_are_written_or_reported(
    when: str, fields: dict[str, Any], options: dict[str, Any]
) -> None:
    stream = stream_of(of(Event(id="e", title="e", when=when, **fields)), **options)
    data = stream.read()
    assert data.count(b"BEGIN:VEVENT") == 1
    assert not timeline.lint(data)


@pytest.mark.parametrize(
    ("when", "duration", "start", "end"),
    [
        # 01:30 comes twice that night in New York, and means the first.
        ("2024-11-03T01:30:00-04:00", "PT15M", ";TZID=America/New_York:20241103T013000", None),
        ("2024-11-03T01:30:00-05:00", "PT15M", ":20241103T063000Z", ":20241103T064500Z"),
        ("2024-11-03T00:30:00-04:00", "PT2H", ":20241103T043000Z", ":20241103T063000Z"),
        ("2024-11-03T00:30:00-04:00", "PT1H", ";TZID=America/New_York:20241103T003000", None),
        ("2024-03-10T01:30:00-05:00", "PT1H", ";TZID=America/New_York:20240310T013000", None),
    ],
)
def test_an_hour_that_comes_twice_is_told_in_utc(when: str, duration: str, start: str, end: str | None) -> None:
    sample = of(Event(id="e", title="e", when=when, duration=duration))
    data = write(sample, timezone="America/New_York")
    assert f"DTSTART{start}" in entries(data)
    assert end is None or f"DTEND{end}" in entries(data)
    (event,) = icalendar.Calendar.from_ical(data).events
    begins = datetime.fromisoformat(when)
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    assert event.start.astimezone(UTC) == begins.astimezone(UTC)
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == (sample.events[0].lasts or 0)


def test_what_happens_again_from_such_an_hour_on_is_reported() -> None:
    again = Recurrence(rrule=["FREQ=DAILY;COUNT=2"], tzid="America/New_York")
    stream = stream_of(of(Event(id="e", title="e", when="2024-11-03T01:30:00-05:00", repeats=again)))
    assert values(stream.read(), "RRULE") == []
    assert Feature.RECURRENCE in {loss.feature for loss in stream.losses}


@pytest.mark.parametrize(
    "name", ["Africa/Casablanca", "Asia/Gaza", "Europe/Kyiv", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe"]
)
def test_a_zone_is_described_hour_by_hour_as_the_database_has_it(name: str) -> None:
    sample = of(
        Event(id="e", title="e", when="2024-08-06T10:00:00Z"), Event(id="f", title="f", when="2048-07-11T12:22:00Z")
    )
    (component,) = icalendar.Calendar.from_ical(write(sample, timezone=name)).timezones
    described, known = component.to_tz(lookup_tzid=False), ZoneInfo(name)
    assert described is not known
    for hours in range(0, 24 * 366 * 25, 7):
        moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
        assert moment.astimezone(described).utcoffset() == moment.astimezone(known).utcoffset(), moment


def test_only_the_zones_that_a_time_is_told_in_are_described() -> None:
    again = Recurrence(tzid="Europe/Berlin", rrule=["FREQ=DAILY"])
    data = write(
        of(Event(id="e", title="e", when="2024-08-06", repeats=again), Event(id="f", title="f", repeats=again))
    )
    assert b"VTIMEZONE" not in data


@pytest.mark.parametrize(
    ("when", "repeats", "options", "shown"),
    [
        # By the offset of no zone: UTC has another day of the week, and another hour in winter.
        ("2024-08-06T23:30:00-04:00", {"rrule": ["FREQ=WEEKLY;BYDAY=TU"]}, {}, []),
        ("2024-08-06T23:30:00-04:00", {"rrule": ["FREQ=WEEKLY"]}, {"timezone": "America/New_York"}, []),
        ("2024-08-06T10:00:00Z", {"rrule": ["FREQ=WEEKLY"]}, {"timezone": "Europe/Kyiv"}, ["FREQ=WEEKLY"]),
        ("2024-08-06T10:00:00Z", {"rrule": ["FREQ=WEEKLY"], "tzid": "UTC"}, {}, ["FREQ=WEEKLY"]),
        (
            "2024-08-06T10:00:00-04:00",
            {"rrule": ["FREQ=YEARLY;UNTIL=99991231"], "tzid": "America/New_York"},
            {},
            ["FREQ=YEARLY;UNTIL=99991231T235959Z"],
        ),
        ("2024-08-06T09:00:00Z", {"rrule": ["FREQ=MINUTELY;INTERVAL=120;BYHOUR=10"]}, {}, []),
        ("2024-08-06", {"rrule": ["FREQ=WEEKLY;BYMONTHDAY=6"]}, {}, []),
        ("2024-08-06", {"rrule": ["COUNT=3;FREQ=DAILY"]}, {}, []),
    ],
)
def test_a_rule_is_written_by_its_own_clock_or_reported(
    when: str, repeats: dict[str, Any], options: dict[str, Any], shown: list[str]
) -> None:
    stream = stream_of(of(Event(id="e", title="e", when=when, repeats=Recurrence(**repeats))), **options)
    data = stream.read()
    assert values(data, "RRULE") == shown
    assert (Feature.RECURRENCE in {loss.feature for loss in stream.losses}) == (not shown)
    assert not [defect for defect in timeline.lint(data) if defect.code != "ICAL405"]
    if when.endswith("Z"):
        assert "DTSTART:20240806T" in data.decode()


@pytest.mark.parametrize(
    ("when", "dates"),
    [
        ("2024-08-06/2024-08-08", ["DTSTART;VALUE=DATE:20240806", "DUE;VALUE=DATE:20240808", "RRULE:FREQ=WEEKLY"]),
        ("2024-08-06", ["DTSTART;VALUE=DATE:20240806", "RRULE:FREQ=WEEKLY"]),
        ("2024-08", ["DTSTART;VALUE=DATE:20240801", "DUE;VALUE=DATE:20240831"]),
        ("[..2024-08-31]", ["DUE;VALUE=DATE:20240831"]),
    ],
)
def test_a_task_that_repeats_keeps_its_window(when: str, dates: list[str]) -> None:
    data = write(of(projected(when, repeats=Recurrence(rrule=["FREQ=WEEKLY"]))), projections="todo")
    assert [line for line in unfolded(data) if line.startswith(("DTSTART", "DUE", "RRULE"))] == dates


def test_dates_of_early_years_have_four_digits() -> None:
    again = Recurrence(rdate=["0901-01-01"])
    assert "RDATE;VALUE=DATE:09010101" in unfolded(
        write(of(Event(id="e", title="e", when="0900-01-01", repeats=again)))
    )


def test_a_moment_and_a_time_of_no_zone_are_not_mixed() -> None:
    again = Recurrence(rdate=["2024-09-01T12:00:00Z"])
    stream = stream_of(of(Event(id="e", title="e", when="2024-08-06T12:00:00", repeats=again)))
    assert values(stream.read(), "RDATE") == []
    assert Feature.RECURRENCE in {loss.feature for loss in stream.losses}


def test_the_order_of_events_is_not_in_an_entry() -> None:
    first = Event(id="a", title="a", when="2024-08-06")
    rest = [Event(id=id, title=id, when="2024-08-07", after=["a", "a"]) for id in "cb"]
    data = write(of(first, *rest))
    assert values(data, "RELATED-TO") == ["b@t", "c@t"] == values(write(of(first, *rest[::-1])), "RELATED-TO")


def test_durations_and_addresses_are_written_as_the_linter_wants_them() -> None:
    source = Source(id="s", title="A report", url="https://example.org/100%")
    sample = Timeline(
        id="t", title="T", sources=[source], events=[projected("2025-01-01T10:00:00Z", duration="PT1H30S")]
    )
    data = write(sample, alarm="PT1H30S", refresh="PT1H30S", projections="todo")
    assert not timeline.lint(data)
    assert b"DURATION:PT1H0M30S" in data
    assert b"https://example.org/100%25" in data
