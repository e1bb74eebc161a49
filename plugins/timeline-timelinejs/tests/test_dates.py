"""Where dates are drawn."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from timeline import When
from timeline.formats import Feature
from timeline.testing.strategies import whens
from timeline_timelinejs._dates import LATEST_YEAR, Scale, drawing, hull_of, scale_of, shortcomings, undrawable


def ymd(*parts: int | str) -> dict[str, int | str]:
    return dict(zip(("year", "month", "day"), parts, strict=False))


def drawn(when: When, scale: Scale = Scale.HUMAN) -> dict[str, dict[str, int | str]]:
    return drawing(hull_of(when), scale)


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2024", ymd(2024), None),
        ("2024-08", ymd(2024, 8), None),
        ("2024-08-06", ymd(2024, 8, 6), None),
        ("2024-12-28~", ymd(2024, 12, 28), None),
        # Years before 1 are those of historians: there is no year 0.
        ("0001", ymd(1), None),
        ("0000-01-01", ymd(-1, 1, 1), None),
        ("-0043-03-15", ymd(-44, 3, 15), None),
        ("-9999", ymd(-10000), None),
        # Seasons are their months; winter runs into the next year.
        ("2025-21", ymd(2025, 3, ""), ymd(2025, 5)),
        ("2024-24", ymd(2024, 12, ""), ymd(2025, 2)),
        ("2024-34", ymd(2024, 4, ""), ymd(2024, 6)),
        # Spans: an end is as fine as the finer of the two.
        ("1964/2008", ymd(1964, "", ""), ymd(2008)),
        ("2024-06/2024-11", ymd(2024, 6, ""), ymd(2024, 11)),
        ("2024-08-06/2024-08-20", ymd(2024, 8, 6), ymd(2024, 8, 20)),
        ("2024/2024-06", ymd(2024, "", ""), ymd(2024, 6)),
        ("2024-06/2024", ymd(2024, 6, ""), ymd(2024, 12)),
        ("2024-12-27/2025-21", ymd(2024, 12, 27), ymd(2025, 5, 31)),
        ("2024/2024", ymd(2024), None),
        # Open and unknown ends: the end that is known.
        ("2024-11/..", ymd(2024, 11), None),
        ("2024-11/", ymd(2024, 11), None),
        ("[2025-01..]", ymd(2025, 1), None),
        ("../2024", ymd(2024), None),
        ("/2024", ymd(2024), None),
        ("[..2024-08-06]", ymd(2024, 8, 6), None),
        ("../2025-21", ymd(2025, 5), None),
        ("[..1960,1970..]", ymd(1960), None),
        # Sets: from the first date to the last.
        ("[2024-08..2024-11]", ymd(2024, 8, ""), ymd(2024, 11)),
        ("[2024,2024-08-06]", ymd(2024), None),
        ("{1961-12,1960}", ymd(1960, "", ""), ymd(1961, 12)),
        ("[2024-08]", ymd(2024, 8), None),
        # A time is drawn on the day that is stated; digits that nobody knows over all that they may be.
        ("2024-12-31T23:30:00-01:00", ymd(2024, 12, 31), None),
        ("198X", ymd(1980, "", ""), ymd(1989)),
        ("2024-06-XX", ymd(2024, 6, 1), ymd(2024, 6, 30)),
        ("1950S2", ymd(1900, "", ""), ymd(1999)),
        ("Y12024", ymd(12024), None),
    ],
)
def test_a_date_is_drawn_over_its_window(edtf: str, start: dict[str, Any], end: dict[str, Any] | None) -> None:
    expected = {"start_date": start} if end is None else {"start_date": start, "end_date": end}
    assert drawn(When.parse(edtf)) == expected


def as_timelinejs_places(date: dict[str, Any]) -> tuple[int, ...]:
    """Where TimelineJS puts a date: what it does not have is the first."""
    return (date["year"], date.get("month") or 1, date.get("day") or 1)


@given(whens())
def test_an_end_is_after_its_start_and_timelinejs_keeps_it(when: When) -> None:
    dates = drawn(when, scale_of([when]))
    start, end = dates.get("start_date"), dates.get("end_date")
    if start is not None and end is not None:
        assert as_timelinejs_places(start) <= as_timelinejs_places(end)
        assert any(start[key] != end.get(key) for key in start)


@given(whens())
def test_no_date_is_finer_than_the_finest_it_states(when: When) -> None:
    finest = max(1 if grain == 1 else 2 if grain < 4 else 3 for grain in when.grains)
    dates = drawn(when, scale_of([when]))
    assert all(len([part for part in date.values() if part != ""]) <= finest for date in dates.values())


@given(whens())
def test_no_year_is_beyond_what_its_scale_holds(when: When) -> None:
    scale = scale_of([when])
    dates = drawn(when, scale)
    years = [int(date["year"]) for date in dates.values()]
    assert all(-(10**11) <= year <= LATEST_YEAR for year in years)
    if scale is Scale.HUMAN:
        assert all(year >= -99_999 for year in years)
    else:
        assert years[0] < -99_999
    assert all(0 not in date.values() for date in dates.values())


@pytest.mark.parametrize(
    ("edtf", "scale", "start", "end"),
    [
        ("Y-99998", Scale.HUMAN, ymd(-99_999), None),
        ("Y-99999", Scale.COSMOLOGICAL, ymd(-100_000), None),
        ("Y-13800000000", Scale.COSMOLOGICAL, ymd(-13_800_000_001), None),
        ("Y-300000/2024", Scale.COSMOLOGICAL, ymd(-300_001), ymd(2024)),
        ("[..Y-300000]", Scale.COSMOLOGICAL, ymd(-300_001), None),
        ("Y275759", Scale.HUMAN, ymd(275_759), None),
        ("2024/Y300000", Scale.HUMAN, ymd(2024), None),
        # Too far in the past or the future to be drawn at all: no reason to count the others in years.
        ("Y275760", Scale.HUMAN, None, None),
        ("Y-100000000000", Scale.HUMAN, None, None),
        ("Y-1E24", Scale.HUMAN, None, None),
    ],
)
def test_years_that_a_browser_has_no_days_of_are_counted_alone(
    edtf: str, scale: Scale, start: dict[str, Any] | None, end: dict[str, Any] | None
) -> None:
    when = When.parse(edtf)
    expected = {"start_date": start, "end_date": end}
    assert scale_of([When.of(2024), when]) is scale
    assert drawn(when, scale) == {key: date for key, date in expected.items() if date is not None}


def test_one_distant_year_makes_all_dates_years() -> None:
    assert drawn(When.parse("2024-08-06"), Scale.COSMOLOGICAL) == {"start_date": ymd(2024)}
    assert drawn(When.parse("2024-08/2025-01"), Scale.COSMOLOGICAL) == {"start_date": ymd(2024), "end_date": ymd(2025)}
    when = When.parse("2024-08/2024-09")
    assert drawn(when, Scale.COSMOLOGICAL) == {"start_date": ymd(2024)}
    assert [feature for feature, _ in shortcomings(when, hull_of(when), Scale.COSMOLOGICAL)] == [Feature.PRECISION]
    assert list(shortcomings(When.of(2024), hull_of(When.of(2024)), Scale.COSMOLOGICAL)) == []


def test_an_end_that_cannot_be_drawn_is_told_of() -> None:
    when = When.parse("2024/Y300000")
    assert [feature for feature, _ in shortcomings(when, hull_of(when))] == [Feature.DISTANT_YEARS]


@pytest.mark.parametrize(
    ("edtf", "scale", "words"),
    [
        ("Y300000", Scale.HUMAN, "after the year 275,759"),
        ("Y300000", Scale.COSMOLOGICAL, "after the year 275,759"),
        ("Y-100000000000", Scale.HUMAN, "before 99,999 BC"),
        ("Y-100000000000", Scale.COSMOLOGICAL, "before 100,000,000,000 BC"),
    ],
)
def test_why_a_date_is_not_drawn(edtf: str, scale: Scale, words: str) -> None:
    assert undrawable(hull_of(When.parse(edtf)), scale).endswith(words)
