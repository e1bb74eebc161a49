"""The doors beside EDTF: what programs have, and what people type."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import WhenError
from timeline.when import When


@given(st.dates())
def test_a_date_of_the_standard_library_is_itself(day: date) -> None:
    when = When.of(day)

    assert when == When.parse(day.isoformat()) == When.of(day.isoformat())
    assert when.earliest == when.latest == day
    assert when.days == 1
    year, week, weekday = day.isocalendar()
    assert When.of(f"{year:04}-W{week:02}-{weekday}") == when
    assert When.of(f"{day.year:04}-{day.timetuple().tm_yday:03}") == when


@given(st.datetimes(timezones=st.none() | st.timezones()))
def test_a_datetime_keeps_its_second_and_its_offset(moment: datetime) -> None:
    when = When.of(moment)

    assert (when.level, len(when.units)) == (0, 1)
    try:
        whole = moment.replace(microsecond=0)
        expected = whole if moment.tzinfo is None else whole.astimezone(timezone.utc)  # noqa: UP017 - equal, not the same
    except OverflowError:
        return  # beyond what Python holds in UTC
    assert when.earliest == when.latest == expected


def test_an_offset_with_seconds_is_told_in_utc() -> None:
    amsterdam = timezone(timedelta(minutes=19, seconds=32))

    assert str(When.of(datetime(1930, 1, 1, 12, 0, 0, tzinfo=amsterdam))) == "1930-01-01T11:40:28Z"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2024, "2024"),
        (-43, "-0043"),
        (0, "0000"),
        (12_024, "Y12024"),
        ("2024-08", "2024-08"),
        (datetime(2024, 1, 2, 3, 4, 5, 999), "2024-01-02T03:04:05"),  # noqa: DTZ001 - a clock without a zone
        (datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone(-timedelta(hours=4))), "2024-01-02T03:04:05-04:00"),
        ("2024-W52-6", "2024-12-28"),
        ("2020-W53-5", "2021-01-01"),
        ("2024-W52", "[2024-12-23..2024-12-29]"),
        ("2024-366", "2024-12-31"),
    ],
)
def test_of_takes_what_programs_have(value: str | int | date, text: str) -> None:
    assert str(When.of(value)) == text


def test_of_gives_a_when_back() -> None:
    when = When.parse("2024-08")

    assert When.of(when) is when


@pytest.mark.parametrize(
    "text",
    ["2023-366", "2024-000", "2024-W54", "2023-W53", "2024-W00-1", "2024-W01-8", "0000-001", "0000-W01", "20241228"],
)
def test_week_and_ordinal_dates_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(WhenError):
        When.of(text)


@pytest.mark.parametrize("value", [None, True, 1.5, b"2024", (2024, 8)])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(TypeError, match="expected EDTF text, a date"):
        When.of(value)  # type: ignore[arg-type]


def test_numbers_and_times_beyond_what_can_be_written_are_refused() -> None:
    with pytest.raises(WhenError, match="a year of at most 1,000 digits"):
        When.of(10**5000)
    with pytest.raises(WhenError, match="within the years 1 to 9999 in UTC"):
        When.of(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5, seconds=30))))


def test_parse_takes_edtf_only() -> None:
    with pytest.raises(TypeError, match="found NoneType"):
        When.parse(None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected text, found int"):
        When.lenient(2024)  # type: ignore[arg-type]
    for text in ("2024-W52", "2024-363", "June 2024"):
        with pytest.raises(WhenError):
            When.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-08~", "2024-08~"),
        ("2024-W52", "[2024-12-23..2024-12-29]"),
        ("June 2024", "2024-06"),
        ("Dec. 2024", "2024-12"),
        ("10 2024", "2024-10"),
        ("27 December 2024", "2024-12-27"),
        ("  December 27, 2024 ", "2024-12-27"),
        ("27th Dec 2024", "2024-12-27"),
        ("Friday 27 December 2024", "2024-12-27"),
        ("1st of May 1999", "1999-05-01"),
        ("13/04/2024", "2024-04-13"),
        ("12/28/2024", "2024-12-28"),
        ("05/05/2024", "2024-05-05"),
        ("2024/03/04", "2024-03-04"),
        ("2024.03.04", "2024-03-04"),
        ("20240304", "2024-03-04"),
        ("27 December 2024 10:00:05", "2024-12-27T10:00:05"),
        ("27 December 2024 10:00:05 UTC", "2024-12-27T10:00:05Z"),
        ("6 August 2024, 10:00:00 UTC+02:00", "2024-08-06T10:00:00+02:00"),
        ("6 August 2024, 10:00:00 GMT-5", "2024-08-06T10:00:00-05:00"),
        ("6 August 2024 10:00:05 pm", "2024-08-06T22:00:05"),
        ("27 December 2024 10:00:05 -0430", "2024-12-27T10:00:05-04:30"),
    ],
)
def test_what_people_type_is_read_as_precise_as_it_is(text: str, expected: str) -> None:
    assert str(When.lenient(text)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "03/04/2024",
            "one reading only, or to be told whether day or month comes first: it may be 2024-03-04 or 2024-04-03",
        ),
        ("June", "with its year"),
        ("27 December", "with its year"),
        ("Friday", "with its year"),
        ("10:00:00", "with its year"),
        ("June 24", "with its year"),
        ("12/28/24", "a year of four digits"),
        ("44", "a year of four digits"),
        ("44 BC", "in EDTF or in English"),
        ("spring 2024", "in EDTF or in English"),
        ("27 décembre 2024", "in EDTF or in English"),
        ("Monday 27 December 2024", "a weekday beside the day that it is"),
        ("Friday June 2024", "a weekday beside the day that it is"),
        ("1st 2024", "a month by its name"),
        ("2024 at 5", "a month by its name"),
        ("5 May 47", "a year of four digits"),
        ("2024.06", "nothing has to be left out"),
        ("2024-06-05 10:00:00.9", "nothing has to be left out"),
        ("2024-14", "a month 01 to 12"),
        ("2024-02-30", "a day 01 to 29"),
        ("[2025-01..", "] at the end of the set"),
        ("27 December 2024 10:00", "with its second too"),
        ("June 2024 10:00:00", "with its day too: nothing is filled in"),
        ("27 December 2024 10:00:05 EST", "the zone 'EST' may mean several offsets"),
        ("", "at most 200 characters"),
        ("2024 " * 100, "at most 200 characters"),
    ],
)
def test_what_says_less_than_a_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(WhenError, match=message.replace("(", r"\(")):
        When.lenient(text)


def test_the_order_of_day_and_month_is_as_told() -> None:
    assert str(When.lenient("03/04/2024", dayfirst=True)) == "2024-04-03"
    assert str(When.lenient("03/04/2024", dayfirst=False)) == "2024-03-04"
    assert str(When.lenient("2024/03/04", dayfirst=True)) == "2024-03-04"


@given(st.text(max_size=30) | st.text("0123456789 /-.:JunedcTZ+amp", max_size=20))
def test_any_text_is_a_date_or_a_when_error(text: str) -> None:
    for dayfirst in (None, True):
        try:
            when = When.lenient(text, dayfirst=dayfirst)
        except WhenError:
            continue
        assert When.parse(str(when)) == when
