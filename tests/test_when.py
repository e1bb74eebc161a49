"""Dates: reading, writing, bounds, order and words."""

from __future__ import annotations

import csv
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import WhenError
from timeline.testing.strategies import whens
from timeline.when import Bound, Day, Grain, Kind, Qualifier, Range, Unit, When

CORPUS = Path(__file__).parents[2] / "shared" / "data" / "edtf_corpus.tsv"

# EDTF, kind, earliest, latest, words; ".." is open, "?" unknown.
DATES = [
    ("2024-08-06", Kind.POINT, "2024-08-06", "2024-08-06", "6 August 2024"),
    ("2024-08", Kind.POINT, "2024-08-01", "2024-08-31", "August 2024"),
    ("2024-02", Kind.POINT, "2024-02-01", "2024-02-29", "February 2024"),
    ("2024", Kind.POINT, "2024-01-01", "2024-12-31", "2024"),
    ("0000", Kind.POINT, "0000-01-01", "0000-12-31", "1 BC"),
    ("-0043-03-15", Kind.POINT, "-0043-03-15", "-0043-03-15", "15 March 44 BC"),
    ("-0004-02-29", Kind.POINT, "-0004-02-29", "-0004-02-29", "29 February 5 BC"),
    ("9999-12-31", Kind.POINT, "9999-12-31", "9999-12-31", "31 December 9999"),
    ("9999-24", Kind.POINT, "9999-12-01", "10000-02-29", "winter 9999"),
    ("2025-21", Kind.POINT, "2025-03-01", "2025-05-31", "spring 2025"),
    ("2024-24", Kind.POINT, "2024-12-01", "2025-02-28", "winter 2024"),
    ("1900-02", Kind.POINT, "1900-02-01", "1900-02-28", "February 1900"),
    ("2024-22", Kind.POINT, "2024-06-01", "2024-08-31", "summer 2024"),
    ("2024-23", Kind.POINT, "2024-09-01", "2024-11-30", "autumn 2024"),
    ("2024-25", Kind.POINT, "2024-03-01", "2024-05-31", "northern spring 2024"),
    ("2024-26", Kind.POINT, "2024-06-01", "2024-08-31", "northern summer 2024"),
    ("2024-27", Kind.POINT, "2024-09-01", "2024-11-30", "northern autumn 2024"),
    ("2024-28", Kind.POINT, "2024-12-01", "2025-02-28", "northern winter 2024"),
    ("2024-29", Kind.POINT, "2024-09-01", "2024-11-30", "southern spring 2024"),
    ("2024-30", Kind.POINT, "2024-12-01", "2025-02-28", "southern summer 2024"),
    ("2024-31", Kind.POINT, "2024-03-01", "2024-05-31", "southern autumn 2024"),
    ("2024-32", Kind.POINT, "2024-06-01", "2024-08-31", "southern winter 2024"),
    ("2024-33", Kind.POINT, "2024-01-01", "2024-03-31", "the first quarter of 2024"),
    ("2024-35", Kind.POINT, "2024-07-01", "2024-09-30", "the third quarter of 2024"),
    ("2024-36", Kind.POINT, "2024-10-01", "2024-12-31", "the fourth quarter of 2024"),
    ("2024-38", Kind.POINT, "2024-05-01", "2024-08-31", "the second four months of 2024"),
    ("2024-39", Kind.POINT, "2024-09-01", "2024-12-31", "the third four months of 2024"),
    ("2024-40", Kind.POINT, "2024-01-01", "2024-06-30", "the first half of 2024"),
    ("2024-34", Kind.POINT, "2024-04-01", "2024-06-30", "the second quarter of 2024"),
    ("2024-37", Kind.POINT, "2024-01-01", "2024-04-30", "the first four months of 2024"),
    ("2024-41", Kind.POINT, "2024-07-01", "2024-12-31", "the second half of 2024"),
    ("2024?", Kind.POINT, "2024-01-01", "2024-12-31", "2024 (uncertain)"),
    ("2024-08~", Kind.POINT, "2024-08-01", "2024-08-31", "about August 2024"),
    ("2024-08-06%", Kind.POINT, "2024-08-06", "2024-08-06", "about 6 August 2024 (uncertain)"),
    ("1964/2008", Kind.SPAN, "1964-01-01", "2008-12-31", "from 1964 to 2008"),
    ("2024-12-27/2025-21", Kind.SPAN, "2024-12-27", "2025-05-31", "from 27 December 2024 to spring 2025"),
    ("2024-11/..", Kind.SPAN, "2024-11-01", "..", "from November 2024 on"),
    ("2024-11/", Kind.SPAN, "2024-11-01", "?", "from November 2024 to an unknown date"),
    ("../2024", Kind.SPAN, "..", "2024-12-31", "until 2024"),
    ("/2024", Kind.SPAN, "?", "2024-12-31", "from an unknown date to 2024"),
    ("[2025-01..]", Kind.ONE_OF, "2025-01-01", "..", "no earlier than January 2025"),
    ("[..2024]", Kind.ONE_OF, "..", "2024-12-31", "no later than 2024"),
    (
        "[2024-12-27..2025-05-31]",
        Kind.ONE_OF,
        "2024-12-27",
        "2025-05-31",
        "some time between 27 December 2024 and 31 May 2025",
    ),
    ("[1667,1668,1670..1672]", Kind.ONE_OF, "1667-01-01", "1672-12-31", None),
    ("[2024,2026]", Kind.ONE_OF, "2024-01-01", "2026-12-31", "one of 2024 or 2026"),
    ("{1960,1961-12}", Kind.ALL_OF, "1960-01-01", "1961-12-31", "1960 and December 1961"),
    ("{1960..1962}", Kind.ALL_OF, "1960-01-01", "1962-12-31", "every year from 1960 to 1962"),
    ("{..1960}", Kind.ALL_OF, "..", "1960-12-31", "every year up to 1960"),
    ("{1960-02..}", Kind.ALL_OF, "1960-02-01", "..", "every month since February 1960"),
]

REFUSED = [
    ("", 0, "empty text"),
    ("2024-13", 5, "month 01 to 12 or a season"),
    ("2024-00", 5, "month 01 to 12"),
    ("2024-42", 5, "season code 21 to 41"),
    ("2024-21-05", 5, "a month 01 to 12"),
    ("2024-02-30", 8, "a day 01 to 29"),
    ("2023-02-29", 8, "a day 01 to 28"),
    ("2024-08-00", 8, "a day 01 to 31"),
    ("-0000", 0, "no year -0000"),
    ("24", 0, "a date such as"),
    ("2024-8", 4, "two digits for a month"),
    ("2024-08-6", 7, "two digits for a day"),
    ("2024 ", 4, "the end"),
    (" 2024", 0, "a date such as"),
    ("2024-08-06?x", 11, "nothing after the qualifier"),
    ("\uff12\uff10\uff12\uff14", 0, "a date such as"),  # digits, but not ASCII
    ("2024/2025/2026", 9, "one /"),
    ("/", 0, "a date at one end"),
    ("../..", 0, "a date at one end"),
    ("2025/2024", 5, "not before the beginning"),
    ("[2024", 5, "] at the end"),
    ("[", 1, "] at the end"),
    ("{2024]", 6, "} at the end"),
    ("[]", 1, "a date such as"),
    ("[2024,]", 6, "a date such as"),
    ("[..]", 1, "a date on one side"),
    ("[2024,..2025]", 6, "open only at its two ends"),
    ("[2024..,2025]", 7, "open only at its two ends"),
    ("[2025..2024]", 7, "not before the one on the left"),
    ("[2024-12-27..2025-06]", 13, "the same on each"),
    ("[2024-21..2024-22]", 10, "the same on each"),
    ("2024-08-06T10:00:00Z", 10, "a time of day"),
    ("198X", 3, "unspecified digits"),
    ("1984-1X", 6, "unspecified digits"),
    ("1984-XX", 5, "unspecified digits"),
    ("Y17000", 0, "more than four digits"),
    ("1950S2", 4, "significant digits"),
    ("2024?-08", 4, "qualifier of a part"),
]


@pytest.mark.parametrize(("text", "kind", "earliest", "latest", "words"), DATES)
def test_reads_writes_and_says_a_date(text: str, kind: Kind, earliest: str, latest: str, words: str | None) -> None:
    when = When.parse(text)

    assert str(when) == text
    assert when.kind is kind
    assert _edge(when.earliest, when.start_bound) == earliest
    assert _edge(when.latest, when.end_bound) == latest
    if words is not None:
        assert when.humanize() == words


def _edge(day: date | Day | None, bound: Bound | None) -> str:
    if day is not None:
        assert bound is None
        return day.isoformat()
    return {Bound.OPEN: "..", Bound.UNKNOWN: "?", None: "none"}[bound]


@pytest.mark.parametrize(("text", "position", "expected"), REFUSED)
def test_refuses_what_is_not_read_and_says_where(text: str, position: int, expected: str) -> None:
    with pytest.raises(WhenError) as caught:
        When.parse(text)

    assert caught.value.position == position
    assert expected in str(caught.value)


@given(whens())
def test_parse_of_str_is_the_same_date(when: When) -> None:
    again = When.parse(str(when))

    assert again == when
    assert hash(again) == hash(when)
    assert str(again) == str(when)
    assert eval(repr(when), {"When": When}) == when  # noqa: S307 - the law that repr promises


@given(whens())
def test_every_date_has_words_without_codes(when: When) -> None:
    words = when.humanize()

    assert words == words.strip()
    assert not set("[]{}/~%") & set(words)


@given(st.lists(whens(), max_size=8), st.randoms())
def test_any_mixture_of_dates_sorts_one_way(dates: list[When], random: object) -> None:
    shuffled = list(dates)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random

    by_key = sorted(dates, key=lambda when: when.sort_key)

    assert by_key == sorted(shuffled, key=lambda when: when.sort_key)


@given(st.dates())
def test_a_date_of_the_standard_library_is_itself(day: date) -> None:
    when = When.of(day)

    assert when == When.parse(day.isoformat())
    assert when.earliest == when.latest == day
    assert when.days == 1


@given(whens())
def test_the_window_reaches_from_the_first_to_the_last_unit(when: When) -> None:
    start, end = when.window
    firsts = [part.first if isinstance(part, Range) else part for part in when.parts]
    lasts = [part.last if isinstance(part, Range) else part for part in when.parts]
    if when.kind is Kind.SPAN:
        firsts, lasts = firsts[:1], lasts[-1:]

    open_start = next((first for first in firsts if isinstance(first, Bound)), None)
    open_end = next((last for last in lasts if isinstance(last, Bound)), None)
    assert start == (min(_window(first)[0] for first in firsts) if open_start is None else open_start)
    assert end == (max(_window(last)[1] for last in lasts) if open_end is None else open_end)


def _window(part: object) -> tuple[int, int]:
    assert isinstance(part, Unit)
    return part.window


@given(st.integers(-9999, 9999), st.integers(1, 12))
def test_months_follow_each_other_without_gap_in_any_year(year: int, month: int) -> None:
    after = Unit(year + month // 12, month % 12 + 1)

    assert Unit(year, month).window[1] == after.window[0]


def test_equality_is_of_meaning_not_of_text() -> None:
    assert When.parse("[2024,2025]") == When.parse("[2025,2024]")
    assert hash(When.parse("{2024,2025}")) == hash(When.parse("{2025,2024}"))
    assert When.parse("[2024,2025]") != When.parse("{2024,2025}")
    assert When.parse("2024") != When.parse("2024-01/2024-12")
    assert When.parse("2024/") != When.parse("2024/..")
    assert When.parse("2024") != "2024"


def test_of_takes_what_people_have_and_nothing_that_it_would_cut_short() -> None:
    when = When.parse("2024-08")

    assert When.of(when) is when
    assert When.of("2024-08") == when
    with pytest.raises(TypeError, match="time of day"):
        When.of(datetime(2024, 8, 6, 10, 0))  # noqa: DTZ001 - a zone would make no difference
    with pytest.raises(TypeError, match="found int"):
        When.of(2024)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="found NoneType"):
        When.parse(None)  # type: ignore[arg-type]


def test_what_occurs_in_a_date_is_told() -> None:
    when = When.parse("[2024-08-06~,2025?,2026-21]")

    assert when.grains == {Grain.DAY, Grain.YEAR, Grain.SEASON}
    assert when.qualifiers == {Qualifier.APPROXIMATE, Qualifier.UNCERTAIN}
    assert When.parse("2024/..").days is None


def _corpus() -> list[dict[str, str]]:
    if not CORPUS.exists():
        if os.environ.get("TIMELINE_REQUIRE_ALL"):
            pytest.fail(f"{CORPUS} is missing")
        pytest.skip("the corpus of EDTF strings is not beside this checkout")
    with CORPUS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_corpus_is_read_rightly_or_refused_but_never_misread() -> None:
    """Every string: either its bounds are right, or it is an error; invalid ones are."""
    read = 0
    for row in _corpus():
        try:
            when = When.parse(row["string"])
        except WhenError:
            continue
        assert row["valid"] != "0", row
        assert str(when) == row["string"]
        read += 1
        for written, day, bound in (
            (row["earliest"], when.earliest, when.start_bound),
            (row["latest"], when.latest, when.end_bound),
        ):
            if written:
                assert _edge(day, bound) == written, row
    # What this version reads of 1,020 valid strings; a drop means that something broke.
    assert read >= 506
