"""Chapters, and where the overview has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import Event, Status, Timeline
from timeline.labels import labels
from timeline.testing.strategies import timelines
from timeline_web._chapters import MOST, Chapter, chapters, in_order
from timeline_web._overview import Overview, overview

ENGLISH = labels("en")
NOW = 739_248  # 2024-12-28


def made(dates: list[str | None], by: str = "auto", **fields: list[str]) -> tuple[Chapter, ...]:
    events = [Event(id=f"e{number}", title="E", when=date, **fields) for number, date in enumerate(dates)]  # type: ignore[arg-type] # by name
    timeline = Timeline(id="t", title="T", events=events)
    return chapters(in_order(timeline), by, timeline.statuses("2024-12-28"), ENGLISH)


def strip(parts: tuple[Chapter, ...]) -> Overview:
    statuses = {event.id: Status.OCCURRED for part in parts for event in part.events}
    return overview(parts, statuses, now=NOW, href=lambda part: part.id, language="en")


def test_a_short_timeline_has_one() -> None:
    (only,) = made(["2024"] * MOST)
    assert (only.id, len(only.events)) == ("all", MOST)


@pytest.mark.parametrize("by", ["year", "month", "tag", "status"])
def test_a_short_timeline_is_parted_if_that_is_asked_for(by: str) -> None:
    found = made(["2023-05", "2024-06", "2026"], by)
    assert len(found) == {"year": 3, "month": 3, "tag": 1, "status": 2}[by]


def test_none_is_one_however_long() -> None:
    assert len(made(["2024"] * 1000, "none")) == 1


def test_time_is_parted_as_finely_as_it_is_full() -> None:
    dates = ["1812", "1847", *["1944-06-06"] * 140, *[f"1944-{month:02}" for month in range(1, 13)], *["1945"] * 149]
    found = made([*dates])
    assert [(part.label, len(part.events)) for part in found] == [
        ("1812 – 1847", 2),
        ("January 1944 – October 1944", 150),
        ("November 1944 – December 1944", 2),
        ("1945", 149),
    ]
    assert [part.id for part in found][:3] == ["1812_1847", "1944-01_1944-10", "1944-11_1944-12"]


def test_a_chapter_says_no_more_than_the_dates_in_it() -> None:
    found = made([*["2020"] * 100, *["2020-01-05"] * 100, "2020/2022", "[2020..]"], "month")
    assert [(part.label, len(part.events)) for part in found] == [("2020", 102), ("January 2020", 100)]
    found = made([*["194X"] * 10, *[f"194{digit}" for digit in range(10)] * 20])
    assert [part.label for part in found] == ["1940 – 1949", "1940 – 1946", "1947 – 1949"]
    assert len({part.id for part in found}) == 3


def test_what_has_no_first_date_stands_at_its_last() -> None:
    timeline = Timeline(
        id="t",
        title="T",
        events=[
            Event(id=date, title="E", when=when)
            for date, when in (("a", "[..2020-03-05]"), ("b", "2020-03-01"), ("c", "../2024"), ("d", "1984"))
        ],
    )
    assert [event.id for event in in_order(timeline)] == ["d", "b", "a", "c"]


def test_a_day_that_is_too_full_is_numbered() -> None:
    found = made(["2024-08-06"] * 310)
    assert [(part.label, part.id, len(part.events)) for part in found] == [
        ("6 August 2024 (1/3)", "2024-08-06-part-1", 150),
        ("6 August 2024 (2/3)", "2024-08-06-part-2", 150),
        ("6 August 2024 (3/3)", "2024-08-06-part-3", 10),
    ]


def test_what_has_no_date_comes_last_in_a_chapter_of_its_own() -> None:
    found = made([None, *["2024"] * 160, None])
    assert [(part.label, part.days is None) for part in found][-1] == ("Undated", True)
    assert len(found[-1].events) == 2


def test_years_before_the_common_era_and_far_ones_are_parted_too() -> None:
    found = made([*["-0043-03-15"] * 100, *["-0100"] * 100, *["Y-170000002"] * 200])
    assert [(part.id, part.label, len(part.events)) for part in found] == [
        ("bc170000003-part-1", "170000003 BC (1/2)", 150),
        ("bc170000003-part-2", "170000003 BC (2/2)", 50),
        ("bc0101", "101 BC", 100),
        ("bc0044", "44 BC", 100),
    ]


def test_tags_part_by_the_first_one() -> None:
    events = [
        Event(id=f"e{number}", title="E", when="2024", tags=tags) for number, tags in enumerate([["a", "b"], [], ["b"]])
    ]
    timeline = Timeline(id="t", title="T", events=events)
    found = chapters(in_order(timeline), "tag", timeline.statuses("2024-12-28"), ENGLISH)
    assert [(part.label, [event.id for event in part.events]) for part in found] == [
        ("a", ["e0"]),
        ("Other", ["e1"]),
        ("b", ["e2"]),
    ]


@given(timeline=timelines(), by=st.sampled_from(["auto", "year", "month", "tag", "status", "none"]))
def test_every_event_is_in_one_chapter_and_names_are_fit_for_files(timeline: Timeline, by: str) -> None:
    found = chapters(in_order(timeline), by, timeline.statuses("2024-12-28"), ENGLISH)
    ids = [event.id for part in found for event in part.events]
    assert sorted(ids) == sorted(event.id for event in timeline.events)
    names = [part.id for part in found]
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").replace("-", "").isalnum() and name[0] != "-" for name in names)
    assert all(len(part.events) <= MOST for part in found if by != "none")


@given(timeline=timelines(), by=st.sampled_from(["year", "month", "status"]))
def test_the_overview_has_every_chapter_inside_it_and_in_order(timeline: Timeline, by: str) -> None:
    found = chapters(in_order(timeline), by, timeline.statuses("2024-12-28"), ENGLISH)
    drawn = strip(found)
    assert [view.count for view in drawn.chapters] == [len(part.events) for part in found]
    assert all(0 <= view.x <= 1 and 0 < view.width <= 1 and view.x + view.width <= 1.0001 for view in drawn.chapters)
    assert all(0 <= tick.x <= 1 for tick in drawn.ticks)
    assert drawn.now is None or 0 <= drawn.now <= 1


def test_the_overview_marks_years_and_now() -> None:
    drawn = strip(made([str(year) for year in range(1900, 2100)]))
    assert [tick.label for tick in drawn.ticks] == ["1900", "1950", "2000", "2050"]
    assert drawn.now is not None
    assert abs(drawn.now - 125 / 200) < 0.01


def test_the_overview_has_room_for_time_beside_many_undated_events() -> None:
    drawn = strip(made([None] * 4_000 + ["2024"]))
    assert drawn.end > 0.6
    assert all(view.x >= 0 for view in drawn.chapters)


def test_years_before_the_common_era_are_marked_where_they_are_round() -> None:
    drawn = strip(made([f"-{year:04}" for year in range(1, 400)]))
    assert [tick.label for tick in drawn.ticks] == [
        "350 BC",
        "300 BC",
        "250 BC",
        "200 BC",
        "150 BC",
        "100 BC",
        "50 BC",
    ]


def test_the_overview_of_a_year_marks_months() -> None:
    drawn = strip(made([f"2024-{month:02}" for month in range(1, 13)], "month"))
    assert drawn.ticks[0].label == "Jan 2024"
    assert [view.label for view in drawn.chapters][:2] == ["January 2024", "February 2024"]
