"""Dates are as precise as slides give them; what is wrong with one is said, and the rest of it kept."""

from typing import Any

import pytest

from timeline.model import Event, Timeline


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ({"year": 2024}, "2024"),
        ({"year": "2024", "month": "", "day": None}, "2024"),
        ({"year": 2024, "month": 8}, "2024-08"),
        ({"year": "2024", "month": "08", "day": "06"}, "2024-08-06"),
        ({"year": 602}, "0602"),
        ({"year": -1}, "0000"),
        ({"year": -44, "month": 3, "day": 15}, "-0043-03-15"),
        ({"year": 1900.0}, "1900"),
        ({"year": "-13800000000"}, "Y-13799999999"),
        ({"year": 123456}, "Y123456"),
        ({"year": 2024, "month": 8, "day": 6, "hour": 10, "minute": 30, "second": 5}, "2024-08-06T10:30:05"),
        # So TimelineJS takes numbers that are 0.
        ({"year": 2024, "month": 8, "day": 6, "hour": 0, "minute": 0, "second": 0, "millisecond": 0}, "2024-08-06"),
    ],
)
def test_a_date_is_as_precise_as_it_is_given(read_slide: Any, date: dict[str, Any], when: str) -> None:
    found = read_slide(start_date=date)

    assert str(found.event.when) == when
    assert found.claim.phrase is None
    assert found.faults == []


@pytest.mark.parametrize(
    ("date", "when", "phrase", "fault"),
    [
        ({"year": 0}, None, "0", "year 0"),
        ({"year": "1,999"}, "1999", None, "year '1,999'"),
        ({"year": "44 BC"}, "-0043", None, "year '44 BC'"),
        ({"year": "c. 1200"}, None, "c. 1200", "year 'c. 1200'"),
        ({"year": 1900.5}, None, "1900.5", "year '1900.5'"),
        ({"year": True}, None, None, "year true"),
        ({"year": float("nan")}, None, None, "year nan"),
        ({"year": [1]}, None, None, "year that is a list"),
        ({}, None, None, "a date without a year"),
        ({"month": 5}, None, "5", "a date without a year: month '5'"),
        ({"month": 5, "day": 3}, None, None, "a date without a year: month '5', day '3'"),
        ({"hour": 10, "minute": 30}, None, None, "a date without a year: hour '10', minute '30'"),
        ({"year": 12000, "month": 3}, "Y12000", None, "a month beside a year of five digits or more"),
        ({"year": 2024, "day": 5}, "2024", None, "day '5' without a month"),
        ({"year": 2024, "month": 13}, "2024", None, "month '13'"),
        ({"year": 2024, "month": 0}, "2024", None, "month '0'"),
        ({"year": 2024, "month": "May", "day": 5}, "2024-05-05", None, "month 'May'"),
        ({"year": 2024, "month": "Sept."}, "2024-09", None, "month 'Sept.'"),
        ({"year": 2024, "month": "Mai"}, "2024", None, "month 'Mai'"),
        ({"year": 2024, "month": 2, "day": 30}, "2024-02", None, "day '30'"),
        ({"year": 2024, "month": 2, "day": 0}, "2024-02", None, "day '0'"),
        ({"year": 2024, "month": 8, "day": 6, "hour": 10, "minute": 30}, "2024-08-06", None, "the time of day '10:30'"),
        ({"year": 2024, "month": 8, "day": 6, "hour": 25}, "2024-08-06", None, "hour '25'"),
        ({"year": 2024, "month": 8, "hour": 10}, "2024-08", None, "the time of day 'hour 10' without a day"),
        ({"year": 2024, "month": 8, "day": 6, "hour": 1, "minute": 2, "second": 3, "millisecond": 4}, "2024-08-06T01:02:03", None, "a fraction of a second"),
        ({"year": 2024, "month": 8, "day": 6, "minute": 5}, "2024-08-06", None, "the time of day 'minute 5'"),
        ({"year": 2024, "month": 8, "day": 6, "hour": 10, "second": 5}, "2024-08-06", None, "the time of day 'hour 10, second 5'"),
        ({"year": 2024, "format": "yyyy"}, "2024", None, "the format of a date"),
        ("2020-05-01", "2020-05-01", None, "start_date '2020-05-01'"),
        ("2020-05-01T10:00:00", "2020-05-01T10:00:00", None, "start_date '2020-05-01T10:00:00'"),
        ("5/1/2020", "2020-05-01", None, "start_date '5/1/2020'"),
        ("soon", None, "soon", "start_date 'soon'"),
        (1969, "1969", None, "start_date 1969"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_date_is_said(
    read_slide: Any, date: Any, when: str | None, phrase: str | None, fault: str
) -> None:
    found = read_slide(start_date=date)

    assert (found.event.when and str(found.event.when)) == when
    assert found.claim.phrase == phrase
    assert found.found == [fault]
    assert found.faults[0].startswith("1:")


@pytest.mark.parametrize("date", [None, [], "no", ""])
def test_a_slide_without_a_date_is_an_event_without_one(read_slide: Any, date: Any) -> None:
    found = read_slide(start_date=date)

    assert found.event.when is None
    assert "a slide without start_date" in found.found


@pytest.mark.parametrize(
    ("start", "end", "when", "faults"),
    [
        ({"year": 2020}, {"year": 2021}, "2020/2021", []),
        ({"year": 2020}, {"year": 2020, "month": 12, "day": 31}, "2020/2020-12-31", []),
        ({"year": 2020}, {"year": 2020}, "2020", []),
        ({"year": -44}, {"year": 14, "month": 8}, "-0043/0014-08", []),
        ({"year": -538800000}, {"year": -251902000}, "Y-538799999/Y-251901999", []),
        ({"year": 2020}, {"year": 2010}, "2020", ["the end 2010 before the start"]),
        ({"year": 2020}, {"year": "", "month": ""}, "2020", ["an end date of empty parts"]),
        ({"year": 2020}, None, "2020", ["null as end_date"]),
        ({"year": 2020}, {"month": 5}, "2020", ["a date without a year: month '5'"]),
        ("no", {"year": 2020}, "/2020", ["an end without a start"]),
    ],
)
def test_two_dates_are_an_interval(read_slide: Any, start: Any, end: Any, when: str, faults: list[str]) -> None:
    found = read_slide(start_date=start, end_date=end)

    assert str(found.event.when) == when
    assert found.found == faults


_TEN = {"year": 2024, "month": 8, "day": 6, "hour": 10, "minute": 0, "second": "00"}


@pytest.mark.parametrize(
    ("end", "when", "duration", "faults"),
    [
        ({**_TEN, "hour": 12, "second": 5}, "2024-08-06T10:00:00", "PT2H0M5S", []),
        ({**_TEN, "day": 7}, "2024-08-06T10:00:00", "P1D", []),
        (_TEN, "2024-08-06T10:00:00", "", []),
        ({**_TEN, "hour": 9}, "2024-08-06T10:00:00", "", ["an end before the start (2024-08-06T09:00:00)"]),
        ({"year": 2024, "month": 8, "day": 9}, "2024-08-06/2024-08-09", "", ["a time of day in a date that lasts from one day to another (10:00:00)"]),
        ({"year": 2024, "month": 8, "day": 6}, "2024-08-06", "", ["a time of day at one end only (10:00:00)"]),
    ],
)  # fmt: skip
def test_two_times_of_day_are_a_time_and_how_long_it_lasts(
    read_slide: Any, end: Any, when: str, duration: str, faults: list[str]
) -> None:
    found = read_slide(start_date=_TEN, end_date=end)

    assert str(found.event.when) == when
    assert (found.event.duration or "") == duration
    assert found.found == faults
    # No time of day is lost, and none becomes words that nobody wrote.
    assert "T10:00" in when or "10:00:00" in found.faults[0]
    assert found.claim.phrase is None


@pytest.mark.parametrize(
    ("shown", "date", "phrase"),
    [
        ("2024", {"year": 2024}, None),
        ("<b>2024</b>", {"year": 2024}, None),
        (2024, {"year": 2024}, None),
        ("AD 2024", {"year": 2024}, None),
        ("Aug 6, 2024", {"year": 2024, "month": 8, "day": 6}, None),
        ("44 BCE", {"year": -44}, None),
        (" ", {"year": 2024}, None),
        ("c. 2024", {"year": 2024}, "c. 2024"),
        ("Summer 2024", {"year": 2024}, "Summer 2024"),
        ("2024", {"year": 2024, "month": 8}, "2024"),
        ("R&amp;D &amp;lt;day&amp;gt;", {"year": 2024}, "R&D <day>"),
    ],
)
def test_words_for_a_date_are_kept_if_they_say_more(read_slide: Any, shown: Any, date: Any, phrase: str | None) -> None:
    assert read_slide(start_date=date, display_date=shown).claim.phrase == phrase


@pytest.mark.parametrize(
    ("shown", "phrase"),
    [
        ("1815-1852", None),
        ("1815 to 1852", None),
        ("1815 \N{EN DASH} 1852", None),
        ("from 1815 to 1852", None),
        ("1815 to 1853", "1815 to 1853"),
        ("her life", "her life"),
    ],
)
def test_words_for_an_interval_are_kept_if_they_say_more(read_slide: Any, shown: str, phrase: str | None) -> None:
    found = read_slide(start_date={"year": 1815}, end_date={"year": 1852}, display_date=shown)

    assert found.claim.phrase == phrase


def test_words_are_kept_as_they_are_and_nothing_is_put_to_them(read_slide: Any) -> None:
    date = {"year": 2024, "month": 8, "day": 6, "hour": 22, "minute": 30}

    assert read_slide(start_date=date, display_date="late").claim.phrase == "late"
    found = read_slide(start_date={**date, "display_date": "at night"})
    assert found.claim.phrase == "at night"
    assert found.found == ["the time of day '22:30'"]


def test_words_at_both_places_are_not_lost_in_silence(read_slide: Any) -> None:
    found = read_slide(start_date={"year": 2024, "display_date": "in spring"}, display_date="early")

    assert found.claim.phrase == "early"
    assert found.found == ["words for a date at the date and at the slide"]


def test_words_of_two_dates_are_shown_as_timelinejs_shows_them(read_slide: Any) -> None:
    start, end = {"year": 1939, "display_date": "Late summer"}, {"year": 1940, "display_date": "May"}

    assert read_slide(start_date=start, end_date=end).claim.phrase == "Late summer \N{EM DASH} May"


@pytest.mark.parametrize(
    ("start", "end", "faults"),
    [
        ({"year": 2024, "month": 5}, {"year": 2024, "month": 4}, ["the end 2024-04 before the start"]),
        ({"year": "c. 1200", "month": 5}, None, ["year 'c. 1200'", "month '5' beside a year that cannot be read"]),
        ({"year": 2024, "month": 8, "day": 6, "hour": 25, "minute": 5}, None, ["hour '25'", "minute '5' with no hour that can be read"]),
        ("no", {"year": 2024, "month": 8, "day": 6, "hour": 1, "minute": 2, "second": 3}, ["an end without a start", "the time of day 01:02:03 of an end without a start"]),
    ],
)  # fmt: skip
def test_what_is_left_out_of_dates_is_said_and_no_phrase(
    read_slide: Any, start: Any, end: Any, faults: list[str]
) -> None:
    found = read_slide(start_date=start, end_date=end)

    assert sorted(found.found) == sorted([*faults, *(["null as end_date"] if end is None else [])])
    assert found.claim.phrase == ("c. 1200" if "c. 1200" in str(start) else None)


@pytest.mark.parametrize("when", ["2024", "2024-08", "2024-08-06", "2024-06/2024-11", "2020-01-05/2021-02-03", "-0043", "0000", "0602", "Y-13799999999"])  # fmt: skip
def test_what_our_exporter_draws_is_read_as_it_was(exported: Any, read: Any, when: str) -> None:
    made = exported(Timeline(id="t", title="T", events=[Event(id="e", title="x", when=when)]), record="no")

    found = read(made)

    assert str(found.event.when) == when
    assert found.found == ["a slide of one of our exports without its record"]
