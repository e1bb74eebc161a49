"""Dates: reading, writing, bounds, order and words."""

from __future__ import annotations

import copy
import csv
import math
import os
import pickle
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import WhenError
from timeline.testing.strategies import units, whens
from timeline.when import Bound, Clock, Day, Grain, Kind, Part, Qualifier, Unit, When

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "edtf_corpus.tsv"

# EDTF, kind, level, earliest, latest; ".." is open, "?" unknown.
DATES = [
    # Level 0.
    ("2024-08-06", Kind.POINT, 0, "2024-08-06", "2024-08-06"),
    ("2024-08", Kind.POINT, 0, "2024-08-01", "2024-08-31"),
    ("2024-02", Kind.POINT, 0, "2024-02-01", "2024-02-29"),
    ("1900-02", Kind.POINT, 0, "1900-02-01", "1900-02-28"),
    ("2024", Kind.POINT, 0, "2024-01-01", "2024-12-31"),
    ("0000", Kind.POINT, 0, "0000-01-01", "0000-12-31"),
    ("9999-12-31", Kind.POINT, 0, "9999-12-31", "9999-12-31"),
    ("1985-04-12T23:20:30", Kind.POINT, 0, "1985-04-12T23:20:30", "1985-04-12T23:20:30"),
    ("1985-04-12T23:20:30Z", Kind.POINT, 0, "1985-04-12T23:20:30+00:00", "1985-04-12T23:20:30+00:00"),
    ("1985-04-12T23:20:30-04:00", Kind.POINT, 0, "1985-04-13T03:20:30+00:00", "1985-04-13T03:20:30+00:00"),
    ("1964/2008", Kind.SPAN, 0, "1964-01-01", "2008-12-31"),
    ("2024/2024", Kind.SPAN, 0, "2024-01-01", "2024-12-31"),
    # Level 1.
    ("-0043-03-15", Kind.POINT, 1, "-0043-03-15", "-0043-03-15"),
    ("-0004-02-29", Kind.POINT, 1, "-0004-02-29", "-0004-02-29"),
    ("-1985-04-12T23:20:30-04:00", Kind.POINT, 1, "-1985-04-13T03:20:30Z", "-1985-04-13T03:20:30Z"),
    ("Y170000002", Kind.POINT, 1, "170000002-01-01", "170000002-12-31"),
    ("Y-170000002", Kind.POINT, 1, "-170000002-01-01", "-170000002-12-31"),
    ("9999-24", Kind.POINT, 1, "9999-12-01", "10000-02-29"),
    ("2025-21", Kind.POINT, 1, "2025-03-01", "2025-05-31"),
    ("2024-22", Kind.POINT, 1, "2024-06-01", "2024-08-31"),
    ("2024-23", Kind.POINT, 1, "2024-09-01", "2024-11-30"),
    ("2024-24", Kind.POINT, 1, "2024-12-01", "2025-02-28"),
    ("2024?", Kind.POINT, 1, "2024-01-01", "2024-12-31"),
    ("2024-08~", Kind.POINT, 1, "2024-08-01", "2024-08-31"),
    ("2024-08-06%", Kind.POINT, 1, "2024-08-06", "2024-08-06"),
    ("198X", Kind.POINT, 1, "1980-01-01", "1989-12-31"),
    ("-19XX", Kind.POINT, 1, "-1999-01-01", "-1900-12-31"),
    ("2004-XX", Kind.POINT, 1, "2004-01-01", "2004-12-31"),
    ("1985-02-XX", Kind.POINT, 1, "1985-02-01", "1985-02-28"),
    ("1985-XX-XX", Kind.POINT, 1, "1985-01-01", "1985-12-31"),
    ("2024-12-27/2025-21", Kind.SPAN, 1, "2024-12-27", "2025-05-31"),
    ("2024-11/..", Kind.SPAN, 1, "2024-11-01", ".."),
    ("2024-11/", Kind.SPAN, 1, "2024-11-01", "?"),
    ("2024/Y170000000000000", Kind.SPAN, 1, "2024-01-01", "170000000000000-12-31"),
    ("../Y-170000000000000", Kind.SPAN, 1, "..", "-170000000000000-12-31"),
    ("../2024", Kind.SPAN, 1, "..", "2024-12-31"),
    ("/2024", Kind.SPAN, 1, "?", "2024-12-31"),
    # Level 2.
    ("2024-25", Kind.POINT, 2, "2024-03-01", "2024-05-31"),
    ("2024-28", Kind.POINT, 2, "2024-12-01", "2025-02-28"),
    ("2024-29", Kind.POINT, 2, "2024-09-01", "2024-11-30"),
    ("2024-30", Kind.POINT, 2, "2024-12-01", "2025-02-28"),
    ("2024-31", Kind.POINT, 2, "2024-03-01", "2024-05-31"),
    ("2024-32", Kind.POINT, 2, "2024-06-01", "2024-08-31"),
    ("2024-34", Kind.POINT, 2, "2024-04-01", "2024-06-30"),
    ("2024-36", Kind.POINT, 2, "2024-10-01", "2024-12-31"),
    ("2024-37", Kind.POINT, 2, "2024-01-01", "2024-04-30"),
    ("2024-39", Kind.POINT, 2, "2024-09-01", "2024-12-31"),
    ("2024-40", Kind.POINT, 2, "2024-01-01", "2024-06-30"),
    ("2024-41", Kind.POINT, 2, "2024-07-01", "2024-12-31"),
    ("1950S2", Kind.POINT, 2, "1900-01-01", "1999-12-31"),
    ("0000S2", Kind.POINT, 2, "0000-01-01", "0099-12-31"),
    ("X400-02-29", Kind.POINT, 2, "0400-02-29", "8400-02-29"),
    ("-1950S2", Kind.POINT, 2, "-1999-01-01", "-1900-12-31"),
    ("Y338800S3", Kind.POINT, 2, "338000-01-01", "338999-12-31"),
    ("1984-1X", Kind.POINT, 2, "1984-10-01", "1984-12-31"),
    ("2016-X1", Kind.POINT, 2, "2016-01-01", "2016-11-30"),
    ("15XX-01-3X", Kind.POINT, 2, "1500-01-30", "1599-01-31"),
    ("156X-12-25", Kind.POINT, 2, "1560-12-25", "1569-12-25"),
    ("-1X32-X1-X2", Kind.POINT, 2, "-1932-01-02", "-1032-11-22"),
    ("XXXX-02-29", Kind.POINT, 2, "0000-02-29", "9996-02-29"),
    ("-XXXX-02-29", Kind.POINT, 2, "-9996-02-29", "0000-02-29"),
    ("19X0-02-29", Kind.POINT, 2, "1920-02-29", "1980-02-29"),
    ("XXXX-XX-31", Kind.POINT, 2, "0000-01-31", "9999-12-31"),
    ("2004-06~-11", Kind.POINT, 2, "2004-06-11", "2004-06-11"),
    ("2004?-06-~11", Kind.POINT, 2, "2004-06-11", "2004-06-11"),
    ("2004-06-XX/2004-07-03", Kind.SPAN, 2, "2004-06-01", "2004-07-03"),
    ("198X/199X", Kind.SPAN, 2, "1980-01-01", "1999-12-31"),
    ("[2025-01..]", Kind.ONE_OF, 2, "2025-01-01", ".."),
    ("[..2024]", Kind.ONE_OF, 2, "..", "2024-12-31"),
    ("[2024-12-27..2025-05-31]", Kind.ONE_OF, 2, "2024-12-27", "2025-05-31"),
    ("[1667,1668,1670..1672]", Kind.ONE_OF, 2, "1667-01-01", "1672-12-31"),
    ("[1760-01,1760-02,1760-12..]", Kind.ONE_OF, 2, "1760-01-01", ".."),
    ("[1667,1760-12]", Kind.ONE_OF, 2, "1667-01-01", "1760-12-31"),
    ("[..1960,1970..]", Kind.ONE_OF, 2, "..", ".."),
    ("[198X,1985-1X]", Kind.ONE_OF, 2, "1980-01-01", "1989-12-31"),
    ("{1960,1961-12}", Kind.ALL_OF, 2, "1960-01-01", "1961-12-31"),
    ("{1960..1962}", Kind.ALL_OF, 2, "1960-01-01", "1962-12-31"),
    ("{..1960}", Kind.ALL_OF, 2, "..", "1960-12-31"),
]

# What is read, and its canonical text.
CANONICAL = [
    ("%1945", "1945%"),
    ("?2004-06-~11", "2004?-06-~11"),
    ("?2004-?06-?11", "2004-06-11?"),
    ("2004?-06-01~", "2004%-~06-~01"),
    ("?-2004-06", "-2004?-06"),
    ("2001-?09~-09", "2001~-%09-09"),
    ("?2024?", "2024?"),
    ("Y17E7", "Y170000000"),
    ("Y-17E7", "Y-170000000"),
    ("Y3388E2S3", "Y338800S3"),
    ("Y170E199", "Y17E200"),
    ("Y1" + "0" * 30, "Y1E30"),
    ("1985-04-12T23:20:30-04", "1985-04-12T23:20:30-04:00"),
    ("1985-04-12T23:20:30+00:00", "1985-04-12T23:20:30Z"),
    ("[2025,2023]", "[2023,2025]"),
    ("[2025,2024,2023,2023]", "[2023..2025]"),
    ("[1667..1668,1669]", "[1667..1669]"),
    ("[1667..1668]", "[1667,1668]"),
    ("[1667..1669,1670]", "[1667..1670]"),
    ("Y1000000000000000000", "Y1E18"),
    ("Y100000000000000000", "Y100000000000000000"),
    ("[1950S2,1951]", "[1950S2,1951]"),
    ("[1984..1984]", "[1984]"),
    ("[2024-12-30,2025-01-01,2024-12-31,2024-12]", "[2024-12,2024-12-30..2025-01-01]"),
    ("{1984..,1960}", None),
    ("{1960,1970..,..1950}", None),
    ("[1990,1980..]", "[1980..]"),
    ("[..2024,2020]", "[..2024]"),
    ("[..2024,2025]", "[..2025]"),
    ("[2025,2026..]", "[2025..]"),
    ("[..1980,1970..]", "[..1980,1970..]"),
    ("[2024-21,2024-22,2024-23]", "[2024-21,2024-22,2024-23]"),
    ("[2024?..2024?]", "[2024?..2024?]"),
    ("[198X..198X]", "[198X..198X]"),
    ("1950S4", "1950"),
    ("Y17000S5", "Y17000"),
    ("[1667?,1668?,1669?]", "[1667?,1668?,1669?]"),
    ("{1960,1960}", "{1960}"),
]

REFUSED = [
    ("", 0, 0, "empty text"),
    ("2024-13", 5, 2, "month 01 to 12 or a season code 21 to 41"),
    ("2024-00", 5, 2, "month 01 to 12"),
    ("2024-42", 5, 2, "season code 21 to 41"),
    ("2024-21-05", 5, 0, "a month 01 to 12"),
    ("2024-02-30", 8, 0, "a day 01 to 29"),
    ("2023-02-29", 8, 0, "a day 01 to 28"),
    ("2024-08-00", 8, 0, "a day 01 to 31"),
    ("-0000", 0, 1, "no year -0000"),
    ("-0000-12", 0, 1, "no year -0000"),
    ("24", 2, 0, "a digit or X: a year has four of them"),
    ("199x", 3, 0, "a digit or X"),
    ("x199", 0, 0, "a date such as"),
    ("-0000S2", 0, 1, "no year -0000"),
    ("2024-8", 4, 0, "two digits for a month"),
    ("2024-08-6", 7, 0, "two digits for a day"),
    ("2024 ", 4, 0, "the end"),
    (" 2024", 0, 0, "a date such as"),
    ("2024-08-06?x", 11, 2, "nothing after the qualifier"),
    ("2024?~", 5, 2, "two digits for a month, / and another date, or the end"),
    ("2024-08?~", 8, 2, "two digits for a day, / and another date, or the end"),
    ("\uff12\uff10\uff12\uff14", 0, 0, "a date such as"),  # digits, but not ASCII
    ("\uff12\uff10\uff12\uff14-01-01", 0, 0, "a date such as"),
    ("2024/2025/2026", 9, 0, "one /"),
    ("/", 0, 1, "a date at one end"),
    ("2025/2024", 5, 0, "not before the beginning"),
    ("2024-06-02/2024-06-0X", None, None, None),
    ("2024-06-20/2024-06-0X", 11, 0, "not before the beginning"),
    ("2024-01-01T10:00:00/2025", 10, 0, "no time of day: intervals and sets"),
    ("2024..2025", 4, 0, "or the end"),
    ("[2024", 5, 2, "] at the end"),
    ("[", 1, 2, "] at the end"),
    ("{2024]", 5, 2, "} at the end"),
    ("2024S", 4, 2, "a number of digits after S"),
    ("[[2024]]", 1, 0, "a date such as"),
    ("[]", 1, 0, "a date such as"),
    ("[2024,]", 6, 0, "a date such as"),
    ("[..]", 1, 2, "a date on one side"),
    ("[2024,..2025]", 6, 2, "open only at its two ends"),
    ("[2024..,2025]", 7, 2, "open only at its two ends"),
    ("[2025..2024]", 7, 2, "not before the one on the left"),
    ("[2024-12-27..2025-06]", 13, 2, "a day, as on the left of .."),
    ("[2024-21..2024-33]", 10, 2, "a season of the same kind"),
    ("2024-08-06T", 10, 0, "hours, minutes and seconds"),
    ("2024-08-06T10:00", 10, 0, "hours, minutes and seconds"),
    ("2024-08-06T25:00:00", 11, 0, "an hour 00 to 23"),
    ("2024-08-06T10:60:00", 14, 0, "a minute 00 to 59"),
    ("2024-08-06T10:00:00.5", 19, 0, "Z, an offset such as +02:00, or the end"),
    ("2024-08-06T10:00:00+24", 20, 0, "an hour 00 to 23"),
    ("2024-08T10:00:00", 7, 0, "a time of day after a day"),
    ("2024-08-0XT10:00:00", 10, 0, "a time of day after a day without X"),
    ("2024-08-06~T10:00:00", 11, 0, "a time of day after a day without X, ? ~ or %"),
    ("2024-XX-32", 8, 0, "a day 01 to 31"),
    ("2024-4X", 5, 2, "some month 01 to 12 has"),
    ("2024-08-4X", 8, 2, "some day 01 to 31 has"),
    ("XXXX-02-30", 8, 2, "a day that some month"),
    ("XXX1-02-29", 8, 2, "a day that some month"),
    ("15XX-02-3X", 8, 2, "a day that some month"),
    ("19XXX", 4, 0, "or the end"),
    ("Y", 1, 1, "more than four digits after Y"),
    ("Y1234", 1, 1, "a year of more than four digits"),
    ("Y012345", 1, 1, "a digit 1 to 9"),
    ("Y12345-01", 6, 1, "E and an exponent"),
    ("Y17E0", 4, 2, "an exponent of 1 or more"),
    ("Y17E2000000000", 1, 2, "at most 1,000 digits"),
    ("Y" + "9" * 1001, 1, 1, "at most 1,000 digits"),
    ("1950S0", 5, 2, "significant digits, 1 to 4"),
    ("1950S2-01", 6, 2, "only a year has significant digits"),
    ("19XXS2", 0, 2, "four digits before S"),
    ("Y12345S" + "9" * 5000, 7, 2, "significant digits, 1 to 5"),
]


@pytest.mark.parametrize(("text", "kind", "level", "earliest", "latest"), DATES)
def test_reads_a_date_and_writes_it_again(text: str, kind: Kind, level: int, earliest: str, latest: str) -> None:
    when = When.parse(text)

    assert str(when) == text
    assert when.kind is kind
    assert when.level == When.level_of(text) == level
    assert _edge(when.earliest, when.start_bound) == earliest
    assert _edge(when.latest, when.end_bound) == latest


def _edge(day: date | Day | None, bound: Bound | None) -> str:
    if day is not None:
        assert bound is None
        return day.isoformat()
    return {Bound.OPEN: "..", Bound.UNKNOWN: "?", None: "none"}[bound]


@pytest.mark.parametrize(("text", "canonical"), CANONICAL)
def test_dates_that_mean_the_same_have_one_text(text: str, canonical: str | None) -> None:
    if canonical is None:
        with pytest.raises(WhenError):
            When.parse(text)
        return
    when = When.parse(text)

    assert str(when) == canonical
    assert when == When.parse(canonical)
    assert hash(when) == hash(When.parse(canonical))


@pytest.mark.parametrize(("text", "position", "level", "expected"), REFUSED)
def test_refuses_what_is_no_date_and_says_where(
    text: str, position: int | None, level: int | None, expected: str | None
) -> None:
    if expected is None:
        assert str(When.parse(text)) == text
        return
    with pytest.raises(WhenError) as caught:
        When.parse(text)

    assert caught.value.position == position
    assert caught.value.level == level
    assert expected in str(caught.value)
    assert len(str(caught.value)) < 400


@given(whens())
def test_parse_of_str_is_the_same_date(when: When) -> None:
    again = When.parse(str(when))

    assert again == when
    assert hash(again) == hash(when)
    assert str(again) == str(when)
    assert eval(repr(when), {"When": When}) == when  # noqa: S307 - the law that repr promises


@given(st.lists(whens(), max_size=8), st.randoms())
def test_any_mixture_of_dates_sorts_one_way(dates: list[When], random: object) -> None:
    shuffled = list(dates)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random

    by_key = sorted(dates, key=lambda when: when.sort_key)

    assert by_key == sorted(shuffled, key=lambda when: when.sort_key)


@given(whens(), whens())
def test_dates_are_equal_if_their_texts_are_and_sort_apart_if_not(one: When, other: When) -> None:
    assert (one == other) == (str(one) == str(other)) == (one.sort_key == other.sort_key)


def test_open_and_unknown_starts_sort_first_and_ends_last() -> None:
    texts = [
        "2024/..",
        "2024",
        "2024-01-01",
        "../2024",
        "/2023",
        "2024-01",
        "198X",
        "[2024..]",
        "2024?",
        "Y1E999",
        "Y-1E999",
    ]

    in_order = sorted(map(When.parse, texts), key=lambda when: when.sort_key)

    assert [str(when) for when in in_order[:2]] == ["/2023", "../2024"]
    texts_of_open_starts = ["../2024", "../0009", "/-0043", "../Y17000"]
    sorted_again = sorted(map(When.parse, texts_of_open_starts), key=lambda when: when.sort_key)
    assert [str(when) for when in sorted_again] == ["/-0043", "../0009", "../2024", "../Y17000"]
    assert str(in_order[-1]) == "Y1E999"
    assert [str(when) for when in in_order].index("2024-01-01") < [str(when) for when in in_order].index("2024-01")
    assert [str(when) for when in in_order].index("2024?") < [str(when) for when in in_order].index("2024/..")


@given(whens())
def test_the_window_reaches_from_the_first_to_the_last_of_what_it_may_be(when: When) -> None:
    start, end = when.extent().window
    starts = [_window(part)[0] for part in when.parts if part is not Bound.OPEN and part is not Bound.UNKNOWN]
    ends = [_window(part)[1] for part in when.parts if part is not Bound.OPEN and part is not Bound.UNKNOWN]
    if when.kind is Kind.SPAN:
        starts = [_window(when.parts[0])[0]]
        ends = [_window(when.parts[1])[1]]

    open_start = next((edge for edge in starts if isinstance(edge, Bound)), None)
    open_end = next((edge for edge in ends if isinstance(edge, Bound)), None)
    assert start == (min(starts) if open_start is None else open_start)
    assert end == (max(ends) if open_end is None else open_end)


def _window(part: Part) -> tuple[int | Bound, int | Bound]:
    if isinstance(part, Bound):
        return part, part
    return When(Kind.POINT if isinstance(part, Unit) else Kind.ONE_OF, (part,)).extent().window


@given(units(grains="year month day", qualified=False))
def test_a_unit_touches_the_first_and_last_day_that_it_may_be(unit: Unit) -> None:
    """Held against a search through all digits, in which there is no calendar but that of Python."""
    years, months, days = (_choices(unit.year, 4), _choices(unit.month, 2), _choices(unit.day, 2))
    if unit.significant or len(years) > 1000 or any(abs(year) > 9999 for year in years):
        return
    found = [
        (year, month, day)
        for year in years
        for month in months or range(1, 13)
        for day in days or range(1, 32)
        if month <= 12
        and day
        <= (
            date(2000 + year % 400 + month // 12, month % 12 + 1, 1).toordinal()
            - date(2000 + year % 400, month, 1).toordinal()
        )
    ]
    when = When(Kind.POINT, (unit,))
    assert when.earliest is not None
    assert when.latest is not None
    assert (when.earliest.year, when.earliest.month, when.earliest.day) == min(found)
    assert (when.latest.year, when.latest.month, when.latest.day) == max(found)


def _choices(digits: int | str | None, width: int) -> list[int]:
    if not isinstance(digits, str):
        return [] if digits is None else [digits]
    sign = -1 if digits[0] == "-" else 1
    numbers = range(10**width)
    return [
        sign * number
        for number in numbers
        if all(mask in ("X", digit) for mask, digit in zip(digits.lstrip("-"), f"{number:0{width}}", strict=True))
        and (width == 4 or number)
    ]


@given(st.integers(-9999, 9999), st.integers(1, 12))
def test_months_follow_each_other_without_gap_in_any_year(year: int, month: int) -> None:
    after = year + month // 12, month % 12 + 1
    if after[0] == 10_000:
        return

    first, second = (When(Kind.POINT, (Unit(*each),)) for each in ((year, month), after))
    assert first.window[1] == second.window[0]


def test_equality_is_of_meaning_not_of_text() -> None:
    assert When.parse("[2024,2025]") == When.parse("[2025,2024]")
    assert When.parse("Y17E7") == When.parse("Y170000000")
    assert When.parse("[2024,2025]") != When.parse("{2024,2025}")
    assert When.parse("2024") != When.parse("2024-01/2024-12")
    assert When.parse("2024/") != When.parse("2024/..")
    assert When.parse("198X") != When.parse("1980/1989")
    assert When.parse("2004") != When.parse("2004-XX")
    assert When.parse("1985-04-12T23:20:30-04") != When.parse("1985-04-13T03:20:30Z")
    assert When.parse("2024") != "2024"


def test_what_occurs_in_a_date_is_told() -> None:
    when = When.parse("[2024-08-06~,2025?,2026-21]")

    assert when.grains == {Grain.DAY, Grain.YEAR, Grain.SEASON}
    assert when.qualifiers == {Qualifier.APPROXIMATE, Qualifier.UNCERTAIN}
    assert When.parse("2024/..").days is None
    assert When.parse("1985-04-12T23:20:30").grains == {Grain.SECOND}


def test_parts_say_what_is_written() -> None:
    (unit,) = When.parse("?2004-1X-~XX").parts
    assert unit == Unit(2004, "1X", "XX", (Qualifier.UNCERTAIN, Qualifier.NONE, Qualifier.APPROXIMATE))
    assert isinstance(unit, Unit)
    assert unit.qualifier is Qualifier.BOTH
    assert not unit.is_specified
    (second,) = When.parse("1985-04-12T23:20:30-04").units
    assert second.clock == Clock(23, 20, 30, -240)
    assert When.parse("1950S2").units[0].significant == 2
    assert When.parse("2024-08?").parts == (
        Unit(2024, 8, None, (Qualifier.UNCERTAIN, Qualifier.UNCERTAIN, Qualifier.NONE)),
    )


@given(whens())
def test_a_date_is_made_of_its_parts(when: When) -> None:
    assert When(when.kind, when.parts) == when


def test_parts_that_make_no_date_are_refused() -> None:
    with pytest.raises(WhenError, match="a day 01 to 28"):
        When(Kind.POINT, (Unit(2023, 2, 29),))
    with pytest.raises(WhenError, match="a year of four digits"):
        When(Kind.POINT, (Unit(10_000, 1),))
    with pytest.raises(ValueError, match="found 2 parts, expected 1 for a point date"):
        When(Kind.POINT, (Unit(2024), Unit(2025)))
    with pytest.raises(ValueError, match="expected a day and qualifiers of parts"):
        When(Kind.POINT, (Unit(2024, None, 5),))
    with pytest.raises(ValueError, match="found 0 parts"):
        When(Kind.ONE_OF, ())
    with pytest.raises(WhenError, match="not before the beginning"):
        When(Kind.SPAN, (Unit(2025), Unit(2024)))


@given(whens())
def test_dates_and_errors_can_be_sent_to_another_process(when: When) -> None:
    assert pickle.loads(pickle.dumps(when)) == when == copy.deepcopy(when)  # noqa: S301 - our own
    with pytest.raises(WhenError) as caught:
        When.parse(f"{when}!")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (str(again), again.position, again.level) == (str(caught.value), caught.value.position, caught.value.level)


def test_the_window_of_days_is_of_the_day_that_is_stated() -> None:
    evening = When.parse("2024-12-31T23:30:00-01:00")

    assert evening.window == (date(2024, 12, 31).toordinal(), date(2025, 1, 1).toordinal())
    assert evening.earliest == datetime(2025, 1, 1, 0, 30, tzinfo=UTC)
    assert evening.extent().window[0] == date(2025, 1, 1).toordinal() * 86_400 + 1800


def test_days_beyond_those_of_python_compare_print_and_sort() -> None:
    texts = ["Y17000", "2024-06-11", "-0043-03-15", "0001-01-01", "-0044", "9999-12-31", "Y-17000"]
    days = [When.parse(text).earliest for text in texts]

    in_order = sorted(days)  # type: ignore[type-var] # days of two types that compare

    assert [str(day) for day in in_order] == [
        "-17000-01-01", "-0044-01-01", "-0043-03-15", "0001-01-01", "2024-06-11", "9999-12-31", "17000-01-01",
    ]  # fmt: skip
    noon = When.parse("-1985-04-12T12:00:00Z").earliest
    assert Day(-1985, 4, 12) < noon < date(1, 1, 1)  # type: ignore[operator] # the same
    assert date(1, 1, 1) > Day(0, 12, 31)
    assert Day(0, 12, 31) <= Day(0, 12, 31) <= datetime(1, 1, 1, tzinfo=UTC)
    assert Day(10_000, 1, 1) >= datetime(9999, 12, 31, 23, tzinfo=UTC)
    with pytest.raises(TypeError):
        _ = Day(0, 1, 1) < "0001"


DAY = 86_400.0


@pytest.mark.parametrize(
    ("text", "shortest", "longest"),
    [
        ("2024-06-11", 1, 1),
        ("2024-02", 29, 29),
        ("2023", 365, 365),
        ("198X", 365, 366),
        ("2023-XX", 28, 31),
        ("XXXX-XX-X1", 1, 1),
        ("2024-21", 92, 92),
        ("202X-24", 90, 91),
        ("2024-06-11/2024-06-12", 2, 2),
        ("2024-06/2024-06", 1, 30),
        ("1964/2008", 43 * 365 + 10 - 365 + 366 + 2 - 1, 45 * 365 + 12),
        ("2024/..", math.inf, math.inf),
        ("../2024", math.inf, math.inf),
        ("2024/", 1, math.inf),
        ("[2024-06-11,2024-07]", 1, 31),
        ("[2024..]", 365, 366),
        ("[2021-01..2024-12]", 28, 31),
        ("{1960,1961-12}", 31, 366),
        ("1985-04-12T23:20:30Z", 1 / DAY, 1 / DAY),
    ],
)
def test_a_date_lasts_at_least_and_at_most(text: str, shortest: float, longest: float) -> None:
    duration = When.parse(text).duration

    assert duration.days == (shortest, longest)
    assert duration == (shortest * DAY, longest * DAY)


def test_windows_contain_and_overlap_each_other() -> None:
    year, month, since = When.parse("2024"), When.parse("2024-06"), When.parse("[2024-06..]")

    assert year.contains(month)
    assert year.contains(year)
    assert not month.contains(year)
    assert since.contains(When.parse("2030"))
    assert not since.contains(year)
    assert year.overlaps(since)
    assert not year.overlaps(When.parse("2025"))
    assert When.parse("/2024").overlaps(When.parse("1900"))
    assert When.parse("[2020,2030]").overlaps(When.parse("2025"))
    # 23:30 in New York is the next day in London.
    night = When.parse("2024-06-30T23:30:00-04:00")
    assert not night.overlaps(When.parse("2024-06-30T23:30:00Z"))
    # Beside dates without an offset it is told as its clock tells it.
    assert not night.overlaps(When.parse("2024-07"))
    assert When.parse("2024-06").contains(night)
    # What nobody knows contains nothing for certain.
    assert not When.parse("2024-11/").contains(When.parse("2030"))
    assert When.parse("2024-11/..").contains(When.parse("2030"))


def _corpus() -> list[dict[str, str]]:
    if not CORPUS.exists():
        if os.environ.get("TIMELINE_REQUIRE_ALL"):
            pytest.fail(f"{CORPUS} is missing")
        pytest.skip("the corpus of EDTF strings is not beside this checkout")
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_corpus_is_read_rightly() -> None:
    """All of it: what is valid with its level and bounds, and nothing that is not."""
    wrong = []
    for row in _corpus():
        text = row["string"]
        try:
            when = When.parse(text)
        except WhenError as error:
            assert error.level is not None  # noqa: PT017 - others are read
            if row["valid"] == "1":
                wrong.append((text, str(error)))
            continue
        if row["valid"] == "0":
            wrong.append((text, "is accepted"))
        assert When.parse(str(when)) == when
        assert not row["level"] or When.level_of(text) == int(row["level"]), text
        for written, day, bound in (
            (row["earliest"], when.earliest, when.start_bound),
            (row["latest"], when.latest, when.end_bound),
        ):
            if written and written != _edge(day, bound).replace("+00:00", "Z"):
                wrong.append((text, _edge(day, bound)))
            if not written and row["valid"] == "1" and when.kind is Kind.SPAN:
                assert bound is Bound.UNKNOWN, text

    assert wrong == []


@given(st.text("0123456789XYEST-+:.,/[]{}?~%Z ", max_size=60) | st.text(max_size=20))
def test_any_text_is_a_date_or_a_when_error(text: str) -> None:
    try:
        when = When.parse(text)
    except WhenError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - others are read
    else:
        assert When.parse(str(when)) == when
        assert text.isascii()
        assert " " not in text
