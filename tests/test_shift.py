"""Arithmetic: what is uncertain stays so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import FR, relativedelta
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import WhenError
from timeline.testing.strategies import whens
from timeline.when import Bound, Kind, SeasonTable, When


@pytest.mark.parametrize(
    ("text", "amount", "expected"),
    [
        # What the amount is as coarse as moves exactly.
        ("2024-06", {"months": 3}, "2024-09"),
        ("2024-06?", {"months": -6}, "2023-12?"),
        ("2024", {"years": 1, "months": 12}, "2026"),
        ("0000", {"years": -1}, "-0001"),
        ("9999", {"years": 1}, "Y10000"),
        ("Y170000002", {"years": 5}, "Y170000007"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2024-02-29~", {"years": 1}, "2025-02-28~"),
        ("2024-06-11", {"weeks": 2, "days": -1}, "2024-06-24"),
        ("-0043-03-15", {"days": -30}, "-0043-02-13"),
        ("-0001-12-31", {"days": 1}, "0000-01-01"),
        ("2004?-06-~11", {"days": 20}, "2004?-07-~01"),
        ("2024-21", {"months": 3}, "2024-22"),
        ("2024-24?", {"months": 3}, "2025-21?"),
        ("2024-29", {"months": 6}, "2025-31"),
        ("2024-33", {"months": -3}, "2023-36"),
        ("2024-39", {"months": 4}, "2025-37"),
        ("2024-40", {"years": 1, "months": 6}, "2025-41"),
        ("198X", {"years": 10}, "199X"),
        ("2024-06-XX", {"months": 8}, "2025-02-XX"),
        ("2024-XX", {"years": 1}, "2025-XX"),
        ("2024-XX-XX", {"years": -1}, "2023-XX-XX"),
        ("1985-04-12T23:20:30-04:00", {"hours": 1}, "1985-04-13T00:20:30-04:00"),
        ("1985-04-12T00:00:00Z", {"days": 1, "seconds": -1}, "1985-04-12T23:59:59Z"),
        ("1985-01-31T10:00:00", {"months": 1}, "1985-02-28T10:00:00"),
        # What it is finer than becomes a window.
        ("2024-06", {"days": 10}, "[2024-06-11..2024-07-10]"),
        ("2024-06~", {"days": 10}, "[2024-06-11~..2024-07-10~]"),
        ("2024", {"months": 3}, "[2024-04..2025-03]"),
        ("2024", {"days": 1}, "[2024-01-02..2025-01-01]"),
        ("2024-21", {"days": 5}, "[2024-03-06..2024-06-05]"),
        ("2024-21", {"months": 1}, "[2024-04..2024-06]"),
        ("2024-06-11", {"hours": 10}, "[2024-06-11,2024-06-12]"),
        ("2024-06-11", {"hours": 24}, "2024-06-12"),
        ("198X", {"years": 1}, "[1981..1990]"),
        ("198X", {"months": 1}, "[1980-02..1990-01]"),
        ("1950S2", {"years": 1}, "[1901..2000]"),
        ("2024-06-XX", {"days": 10}, "[2024-06-11..2024-07-10]"),
        ("2024-01-3X", {"months": 1}, "[2024-02-29]"),
        ("201X-21", {"years": 1}, "[2011-21,2012-21,2013-21,2014-21,2015-21,2016-21,2017-21,2018-21,2019-21,2020-21]"),
        # Intervals and sets.
        ("1964/2008", {"years": 1}, "1965/2009"),
        ("2024-11-05/", {"days": 40}, "2024-12-15/"),
        ("../2024-11", {"months": 2}, "../2025-01"),
        ("[2025-01..]", {"days": 10}, "[2025-01-11..]"),
        ("[..2024]", {"months": 1}, "[..2025-01]"),
        ("[2024,2026]", {"months": 1}, "[2024-02..2025-01,2026-02..2027-01]"),
        ("[2024-06-01..2024-06-03]", {"days": 30}, "[2024-07-01..2024-07-03]"),
        ("[..20XX]", {"years": 1}, "[..2100]"),
        ("{1960,1961-12}", {"years": 1}, "{1961,1962-12}"),
        ("{1960..1962}", {"years": 1}, "{1961..1963}"),
        # No day is invented: 30 and 31 March have no day in February.
        ("{2024-02-27..2024-03-02}", {"months": 1}, "{2024-03-27..2024-03-29,2024-04-01,2024-04-02}"),
        ("[2024-02-27..2024-03-02]", {"months": 1}, "[2024-03-27..2024-03-29,2024-04-01,2024-04-02]"),
        ("[2020..202X]", {"years": 1}, "[2021..2030]"),
        ("999X", {"years": 10}, "[Y10000..Y10009]"),
        ("2024-06", {}, "2024-06"),
    ],
)
def test_a_date_is_moved_and_stays_as_uncertain_as_it_is(text: str, amount: dict[str, Any], expected: str) -> None:
    when = When.parse(text)

    assert str(when.shift(**amount)) == expected
    assert when + relativedelta(**amount) == when.shift(**amount)


@pytest.mark.parametrize(
    ("text", "amount", "message"),
    [
        ("1964/2008", {"months": 1}, "a shift by whole years: EDTF has no way to write an interval"),
        ("2024-06/2024-08", {"days": 1}, "a shift by whole months"),
        ("{1960,1961-12}", {"days": 1}, "a shift by whole years: EDTF has no way to write a set of all"),
        ("9999-12-31", {"days": 1}, "a shift within the years -9999 to 9999"),
        ("2024-06-11", {"days": 10**9}, "a shift within the years -9999 to 9999"),
        ("-9999-01", {"months": -1}, "a shift within the years -9999 to 9999"),
        ("XXXX-XX-31", {"months": 1}, "one of at most 10,000"),
    ],
)
def test_what_edtf_cannot_write_is_an_error(text: str, amount: dict[str, Any], message: str) -> None:
    with pytest.raises(WhenError, match=message):
        When.parse(text).shift(**amount)


def test_seasons_are_moved_by_the_table_that_is_given() -> None:
    south = SeasonTable.meteorological(south=True)

    assert str(When.parse("2025-21").shift(months=1, seasons=south)) == "[2025-10..2025-12]"
    assert str(When.parse("2025-22").shift(months=3, seasons=south)) == "2026-23"


def test_timedeltas_and_relativedeltas_are_added_and_taken_away() -> None:
    day = When.parse("2024-06-11")

    assert day + timedelta(days=3) == When.parse("2024-06-14")
    assert day - timedelta(days=3) == When.parse("2024-06-08")
    assert day - relativedelta(months=1) == When.parse("2024-05-11")
    assert When.parse("1985-04-12T23:20:30Z") - timedelta(seconds=31) == When.parse("1985-04-12T23:19:59Z")


@pytest.mark.parametrize("amount", [relativedelta(month=1), relativedelta(weekday=FR), relativedelta(leapdays=1)])
def test_a_relativedelta_that_sets_something_is_refused(amount: relativedelta) -> None:
    with pytest.raises(ValueError, match="only adds"):
        _ = When.parse("2024-06-11") + amount


def test_amounts_of_other_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="whole seconds"):
        _ = When.parse("2024-06-11") + timedelta(microseconds=1)
    with pytest.raises(TypeError):
        _ = When.parse("2024-06-11") + 3  # type: ignore[operator]


@given(st.dates(), st.integers(-200, 200), st.integers(-2000, 2000))
def test_days_move_as_dateutil_moves_them(day: date, months: int, days: int) -> None:
    amount = relativedelta(months=months, days=days)
    try:
        expected = day + amount
    except (ValueError, OverflowError):
        return

    assert When.of(day) + amount == When.of(expected)


@given(whens(), st.integers(-50, 50))
def test_moving_by_days_moves_the_window_by_days(when: When, days: int) -> None:
    try:
        moved = when.shift(days=days)
    except WhenError:
        return  # EDTF cannot write it
    for before, after in zip(when.window, moved.window, strict=True):
        assert after == (before if isinstance(before, Bound) else before + days)
    assert moved.kind is when.kind or (when.kind is Kind.POINT and moved.kind is Kind.ONE_OF)


@given(whens(), st.integers(-50, 50))
def test_whole_years_back_and_forth_lose_nothing_but_leap_days(when: When, years: int) -> None:
    try:
        again = when.shift(years=years).shift(years=-years)
    except WhenError:
        return
    for before, after in zip(when.window, again.window, strict=True):
        assert isinstance(before, Bound) or isinstance(after, Bound) or abs(before - after) <= 1
