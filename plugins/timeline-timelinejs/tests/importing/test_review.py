"""What a review of the importers found: each of these was read wrongly, in silence, or for hours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import attrs
import pytest

from timeline.document import Place
from timeline.formats import ImportContext
from timeline.model import Claim, Event, Modality, Recurrence, Source, Timeline
from timeline.when import When
from timeline_timelinejs import TimelineJsImporter
from timeline_timelinejs.reading._dates import Field
from timeline_timelinejs.reading._markup import to_text
from timeline_timelinejs.reading._report import Report
from timeline_timelinejs.reading._typed import clock_of_text, date_of_text
from timeline_timelinejs.reading._words import say_more

_HERE = Place(())


def _story(*ids: str, **facts: Any) -> Timeline:
    events = [Event(id=id, title=f"Event {id}", when="2024-09-10", **facts) for id in ids]
    return Timeline(id="story", title="Story", events=events)


@pytest.fixture
def edited(exported: Any, read: Any) -> Any:
    """Change an export of a timeline, and read it."""

    def edit(timeline: Timeline, change: Any, **options: Any) -> Any:
        made = exported(timeline, **options)
        change(made)
        return read(json.dumps(made, indent=1))

    return edit


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (date_of_text, "1," + (" " * 30 + ",") * 5 + " " * 30 + "x"),
        (date_of_text, "1," + " " * 100_000 + "x"),
        (clock_of_text, "1" + " " * 100_000 + "x"),
    ],
)
def test_no_text_takes_for_ever_to_be_no_date(call: Any, text: str) -> None:
    # A pattern that tries every way to part the blanks would not come to an end.
    given = call(Field(text, _HERE, "startDate"))

    # As a whole it stands where a year or an hour would, and is refused there.
    (part,) = given.values() if isinstance(given, dict) else given.parts.values()
    assert part.text == text


def test_no_words_take_for_ever_to_say_more_than_a_date() -> None:
    assert say_more("2024" + "\N{NO-BREAK SPACE}" * 500_000 + "x", When.parse("2024/2025"))


def test_links_without_an_end_take_no_longer_than_others() -> None:
    html = '<a href="https://example.org/">x' * 40_000 + "</a>" * 40_000

    text = to_text(html, with_links=True)

    assert text.startswith("x (https://example.org/)x (https://example.org/)x")


@pytest.mark.parametrize(
    ("text", "read_as", "fault"),
    [
        ("1,999", ("1999", None), "'1,999'"),
        ("-1,000", ("-0999", None), "'-1,000'"),
        ("1,000,000", ("Y1000000", None), "'1,000,000'"),
        ("12,000,000", ("Y12000000", None), "'12,000,000'"),
        ("1, 999", (None, "1, 999"), "'1, 999'"),
        ("1,000,5", (None, "1,000,5"), "'1,000,5'"),
        ("2012,13,5", (None, "2012,13,5"), "'2012,13,5'"),
        ("2012,5,32", (None, "2012,5,32"), "'2012,5,32'"),
        ("2012, 5 ,3", ("2012-05-03", None), None),
        ("2012,5", ("2012-05", None), None),
        ("-44,3,15", ("-0043-03-15", None), None),
    ],
)
def test_commas_part_thousands_or_the_parts_of_a_date(
    read: Any, read_csv: Any, text: str, read_as: tuple[str | None, str | None], fault: str | None
) -> None:
    when, phrase = read_as
    old = read({"timeline": {"headline": "S", "date": [{"startDate": text, "headline": "x"}]}})
    sheet = read_csv(f'Start Date,Headline\n"{text}",x\n')

    for found in (old, sheet):
        assert (found.event.when and str(found.event.when)) == when
        assert found.claim.phrase == phrase
        assert len(found.faults) == (fault is not None)
        assert fault is None or fault in found.found[0]


@pytest.mark.parametrize(
    ("row", "when", "phrase", "fault"),
    [
        ('2024,5,"1,2"', "2024-05", None, "Day '1,2'"),
        ("2024,1 2,", "2024", None, "Month '1 2'"),
        ('"20,24",,', None, "20,24", "Year '20,24'"),
        ("20 24,,", None, "20 24", "Year '20 24'"),
        ('"-13,800,000,000",,', "Y-13799999999", None, None),
        ("1 999,,", "1999", None, None),
    ],
)
def test_separators_in_cells_stand_between_thousands(
    read_csv: Any, row: str, when: str | None, phrase: str | None, fault: str | None
) -> None:
    found = read_csv(f"Year,Month,Day,Headline\n{row},x\n")

    assert (found.event.when and str(found.event.when)) == when
    assert found.claim.phrase == phrase
    assert found.found == ([] if fault is None else [fault])


def test_a_copy_takes_no_id_from_what_is_as_it_was(edited: Any) -> None:
    found = edited(_story("fair", "fair-2"), lambda made: made["events"].insert(1, made["events"][0]))

    assert [event.id for event in found.timeline.events] == ["fair", "fair-3", "fair-2"]
    assert found.found == ["a second slide of the event 'fair'"]


def test_a_changed_copy_before_the_slide_is_the_one_that_gets_another_id(edited: Any) -> None:
    def change(made: Any) -> None:
        copy = json.loads(json.dumps(made["events"][0]))
        copy["text"]["headline"] = "Another"
        made["events"].insert(0, copy)

    found = edited(_story("fair"), change)

    assert [(event.id, event.title) for event in found.timeline.events] == [
        ("fair-2", "Another"),
        ("fair", "Event fair"),
    ]


def test_a_new_id_takes_none_from_a_slide_behind_it(edited: Any) -> None:
    def change(made: Any) -> None:
        made["events"][0]["unique_id"] = "event-b"

    found = edited(_story("a", "b"), change)

    assert [(event.id, event.title) for event in found.timeline.events] == [("b-2", "Event a"), ("b", "Event b")]
    assert found.found == ["a second slide of the event 'b'", "unique_id 'event-b'"]


def test_an_id_that_can_be_none_is_said(edited: Any) -> None:
    def change(made: Any) -> None:
        made["events"][0]["unique_id"] = "my fair"

    found = edited(_story("fair"), change)

    assert found.event.id == "fair"
    (fault,) = found.faults
    assert "unique_id 'my fair', expected letters, digits" in fault
    assert not fault.startswith("1:1:")


@pytest.mark.parametrize("path", [("events", 0), ("title",)])
def test_a_headline_that_is_gone_is_said(edited: Any, path: tuple[Any, ...]) -> None:
    def change(made: Any) -> None:
        holder = made
        for step in path:
            holder = holder[step]
        del holder["text"]["headline"]

    found = edited(_story("fair"), change)

    assert (found.timeline.title, found.event.title) == ("Story", "Event fair")
    (fault,) = found.faults
    assert "without a headline" in fault
    assert not fault.startswith(("1:1:", "None:"))


@pytest.mark.parametrize(
    ("html", "text", "markdown"),
    [
        ("10<sup>6</sup>", "10⁶", "10⁶"),
        ("10<sup>-6</sup>", "10⁻⁶", "10⁻⁶"),
        ("Na<sup>+</sup>", "Na⁺", "Na⁺"),
        ("CO<sub>2</sub>", "CO₂", "CO₂"),
        ("10<sup>6n</sup>", "10^(6n)", "10^(6n)"),
        ("10<sup>-x</sup>", "10^(-x)", "10^(-x)"),
        ("x<sup>y</sup>", "x^(y)", "x^(y)"),
        ("x<sub>i</sub>", "x_(i)", "x_(i)"),
        ("19<sup>th</sup> XIX<sup>e</sup>", "19th XIXe", "19th XIXe"),
        ("a<sup>[1]</sup>", "a[1]", "a[1\\]"),
        ("a<sup></sup>b", "ab", "ab"),
    ],
)
def test_what_is_raised_is_no_part_of_what_stands_before(read_slide: Any, html: str, text: str, markdown: str) -> None:
    found = read_slide(text={"headline": html, "text": html})

    assert found.event.title == text
    assert found.event.text == markdown


_TIMED: dict[str, Any] = {"when": "2024-09-10T10:00:00", "duration": "PT2H"}


@pytest.mark.parametrize(
    ("date", "duration", "faults"),
    [
        ({"year": 2024, "month": 9, "day": 11, "hour": 9, "minute": 0, "second": 5}, "PT2H", []),
        ({"year": 2024, "month": 9, "day": 11}, None, ["the date 2024-09-11 of what lasts PT2H"]),
        ({"year": 2025}, None, ["the date 2025 of what lasts PT2H"]),
    ],
)
def test_what_lasts_from_a_time_of_day_keeps_it(
    edited: Any, date: Any, duration: str | None, faults: list[str]
) -> None:
    def change(made: Any) -> None:
        made["events"][0]["start_date"] = date
        made["events"][0].pop("end_date", None)

    story = _story("fair")
    story = attrs.evolve(story, events=[attrs.evolve(story.events[0], **_TIMED)])

    found = edited(story, change)

    assert found.event.duration == duration
    assert found.found[1:] == faults
    assert found.found[0].endswith(", which somebody changed")


@pytest.mark.parametrize(
    ("date", "is_kept"), [({"year": 2024, "month": 9, "day": 11}, True), ({"year": 2024, "month": 9}, False)]
)
def test_what_happens_again_does_so_from_a_day(edited: Any, date: Any, is_kept: Any) -> None:
    def change(made: Any) -> None:
        made["events"][0]["start_date"] = date
        made["events"][0].pop("end_date", None)

    found = edited(_story("fair", repeats=Recurrence(rrule=["FREQ=YEARLY"])), change)

    assert (found.event.repeats is not None) == is_kept
    assert len(found.faults) == (1 if is_kept else 2)
    assert is_kept or "2024-09 of what happens again" in found.found[1]


def test_groups_are_read_as_often_as_they_are_shown(edited: Any, read_slide: Any) -> None:
    found = edited(_story("fair", group="a < b & c"), lambda _made: None, record="no")

    assert found.event.group == "a < b & c"
    assert read_slide(group="R&amp;D <b>lab</b>").event.group == "R&D lab"
    assert read_slide(display_date="c. 2024 &amp;lt; 2025").claim.phrase == "c. 2024 < 2025"


def test_places_are_found_where_an_era_is_none_of_the_events(exported: Any, read: Any) -> None:
    plan = Claim(source="paper", modality=Modality.PLANNED, when="2026-05", said="2024-01-01")
    story = Timeline(
        id="story",
        title="Story",
        sources=[Source(id="paper", title="Paper")],
        events=[Event(id="one", title="One", when="2024"), Event(id="plan", title="Plan", claims=[plan])],
    )

    for options in ({}, {"record": "no"}):
        made = exported(story, **options)
        assert len(made["eras"]) == 1
        mine = {"start_date": {"year": 1900}, "end_date": {"year": 1910}, "text": {"headline": "Mine"}}
        made["eras"].append(mine)
        text = json.dumps(made, indent=1)
        events = read(text).timeline.events
        assert [event.title for event in events] == ["One", "Plan", "Mine"]
        place = Place(("events", 2, "title"))

        position = TimelineJsImporter().locate(text.encode(), [place])[place]

        assert "Mine" in text.splitlines()[position.line - 1]


def test_reports_follow_from_the_file_alone() -> None:
    # They look alike where they are told, so the first that is read is the one whose place is told.
    keys = [f"{'k' * 60}{number}" for number in range(20)]
    program = (
        "import json, sys\n"
        "from timeline.formats import ImportContext\n"
        "from timeline_timelinejs import TimelineJsImporter as I\n"
        "ctx = ImportContext(options=I().info.make_options({}), file='x')\n"
        "I().decode([sys.stdin.buffer.read()], ctx)\n"
        "print([(fault.found, fault.column) for fault in ctx.faults])\n"
    )
    data = json.dumps({"events": [{"start_date": {"year": 2024}, "text": {"headline": "x"}, **dict.fromkeys(keys, 1)}]})

    made = [
        subprocess.run(
            [sys.executable, "-c", program],
            input=data.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert made[0] == made[1]
    assert b"20 times, first here" in made[0]


def _faults(count: int, expected: Any) -> list[str]:
    ctx = ImportContext(options=None, file="x")
    report = Report(ctx, "x")
    for number in range(count):
        report.fault(_HERE, f"found {number}", expected(number))
    report.close()
    return [fault.found for fault in ctx.faults]


def test_faults_are_counted_by_kind() -> None:
    found = _faults(60, lambda number: f"'old {number}', as we wrote it; the new one is taken")

    assert len(found) == 51
    assert found[-1] == "10 more faults of this kind"


def test_fifty_faults_are_all_told() -> None:
    assert len(_faults(50, lambda _number: "another")) == 50


def test_ids_of_others_are_theirs(read: Any) -> None:
    slides = [{"unique_id": id, "start_date": {"year": 2024}, "text": {"headline": "x"}} for id in ("event-1", "1")]

    found = read({"events": slides})

    assert [event.id for event in found.timeline.events] == ["event-1", "1"]
    assert found.faults == []


def test_ids_of_ours_are_those_of_the_events(edited: Any) -> None:
    found = edited(_story("a_b.c", "a-marker", "1"), lambda _made: None, record="no")

    assert [event.id for event in found.timeline.events] == ["a_b.c", "a-marker", "1"]


def test_two_long_ids_are_two(read: Any) -> None:
    slides = [{"unique_id": "a" * 127, "start_date": {"year": 2024}, "text": {"headline": "x"}}] * 2

    found = read({"events": slides})

    assert [event.id for event in found.timeline.events] == ["a" * 127, "a" * 125 + "-2"]


@pytest.mark.parametrize(
    ("words", "year", "phrase"),
    [
        ("20.24", 2024, "20.24"),
        ("20,24", 2024, "20,24"),
        ("2024.", 2024, None),
        ("44 B.C.E.", -44, None),
        ("44 B.C.", -44, None),
    ],
)
def test_points_within_words_say_something(read_slide: Any, words: str, year: int, phrase: str | None) -> None:
    assert read_slide(start_date={"year": year}, display_date=words).claim.phrase == phrase


def test_words_of_both_ends_say_no_more_than_they_do() -> None:
    for words in ("2024 to 2025", "2024\N{NO-BREAK SPACE} \N{EM DASH}  2025", "2024-2025", "2024\N{EN DASH}2025"):
        assert not say_more(words, When.parse("2024/2025"))


_DAY = {"year": 2024, "month": 8, "day": 6}


@pytest.mark.parametrize(
    ("date", "when", "fault"),
    [
        ({"year": 1}, "0001", None),
        ({**_DAY, "hour": 24, "minute": 0, "second": 0}, "2024-08-06", "hour '24'"),
        ({**_DAY, "hour": 10, "minute": 0, "second": 60}, "2024-08-06", "second '60'"),
        ({"year": 2024, "month": "Ma"}, "2024", "month 'Ma'"),
        ({"year": 2024, "month": "Ju"}, "2024", "month 'Ju'"),
        ("1,999", "1999", "start_date '1,999'"),
    ],
)
def test_the_limits_of_dates(read_slide: Any, date: Any, when: str, fault: str | None) -> None:
    found = read_slide(start_date=date)

    assert str(found.event.when) == when
    assert fault is None or fault in " ".join(found.found)
    assert bool(found.faults) == (fault is not None)


def test_there_is_no_half_past_zero_in_the_morning(read_csv: Any) -> None:
    found = read_csv(
        "Year,Month,Day,Time,Headline\n2024,8,6,0:30 am,x\n2024,8,6,12:30:00 am,y\n2024,8,6,1:00:00 p.m.,z\n"
    )

    assert [str(event.when) for event in found.timeline.events] == [
        "2024-08-06",
        "2024-08-06T00:30:00",
        "2024-08-06T13:00:00",
    ]
    assert found.found == ["Time '0:30 am'"]
