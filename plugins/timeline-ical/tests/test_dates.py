"""Where a calendar shows a date, what the title says of it and what is reported."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from timeline.formats import DATE_FEATURES, Feature
from timeline.testing.strategies import whens
from timeline.when import Kind, When
from timeline_ical._dates import Omitted, Shown, Zone, exact_day, short, show

P, S, X, U, I, O, E = (  # noqa: E741 - one letter each, for a table that can be read
    Feature.PRECISION,
    Feature.SEASONS,
    Feature.UNSPECIFIED,
    Feature.UNCERTAINTY,
    Feature.INTERVALS,
    Feature.OPEN_ENDS,
    Feature.SETS,
)

# EDTF, DTSTART, DTEND, what the title says, what is reported
SHOWN = [
    ("2024-08-06", "2024-08-06", "2024-08-07", "6 Aug 2024", ()),
    ("2024-02-29", "2024-02-29", "2024-03-01", "29 Feb 2024", ()),
    ("0001-01-01", "0001-01-01", "0001-01-02", "1 Jan AD 1", ()),
    ("9999-12-30", "9999-12-30", "9999-12-31", "30 Dec 9999", ()),
    ("2024-08-06~", "2024-08-06", "2024-08-07", "c. 6 Aug 2024", (U,)),
    ("2024-08-06?", "2024-08-06", "2024-08-07", "6 Aug 2024?", (U,)),
    ("2024-08-06%", "2024-08-06", "2024-08-07", "c. 6 Aug 2024?", (U,)),
    ("2024-08", "2024-08-01", "2024-09-01", "Aug 2024", (P,)),
    ("2024-12", "2024-12-01", "2025-01-01", "Dec 2024", (P,)),
    ("2024-05~", "2024-05-01", "2024-06-01", "c. May 2024", (P, U)),
    ("2024", "2024-01-01", "2024-01-02", "2024", (P,)),
    ("2025-21", "2025-03-01", "2025-06-01", "spring 2025", (S,)),
    ("2024-24", "2024-12-01", "2025-03-01", "winter 2024", (S,)),
    ("2024-35", "2024-07-01", "2024-10-01", "the third quarter of 2024", (S,)),
    ("2024-40", "2024-01-01", "2024-01-02", "the first half of 2024", (S,)),
    ("2024-08-06/2024-08-20", "2024-08-06", "2024-08-21", "from 6 Aug 2024 to 20 Aug 2024", ()),
    ("2024-08-06~/2024-08-20", "2024-08-06", "2024-08-21", "from c. 6 Aug 2024 to 20 Aug 2024", (U,)),
    ("2024-08/2024-09", "2024-08-01", "2024-10-01", "from Aug 2024 to Sep 2024", (I,)),
    ("2024-12-27/2025-21", "2024-12-27", "2024-12-28", "from 27 Dec 2024 to spring 2025", (I,)),
    ("2024-01-01/2024-12-31", "2024-01-01", "2024-01-02", "from 1 Jan 2024 to 31 Dec 2024", (I,)),
    ("2024-07-01/2024-10-01", "2024-07-01", "2024-07-02", "from 1 Jul 2024 to 1 Oct 2024", (I,)),
    ("2024-07-01/2024-09-30", "2024-07-01", "2024-10-01", "from 1 Jul 2024 to 30 Sep 2024", ()),
    ("2024-08-06/..", "2024-08-06", None, "from 6 Aug 2024 on", (O,)),
    ("2024-08/", "2024-08-01", None, "from Aug 2024 to an unknown date", (O,)),
    ("../2024-08", "2024-08-31", "2024-09-01", "until Aug 2024", (O,)),
    ("/2024-08-06", "2024-08-06", "2024-08-07", "from an unknown date to 6 Aug 2024", (O,)),
    ("[2025-01..]", "2025-01-01", None, "no earlier than Jan 2025", (O,)),
    ("[..2024-08-06?]", "2024-08-06", "2024-08-07", "no later than 6 Aug 2024?", (O, U)),
    ("[2024-08-06..2024-08-20]", "2024-08-06", "2024-08-21", "between 6 Aug 2024 and 20 Aug 2024", (E,)),
    ("[2024-08-01..2024-12-28]", "2024-08-01", "2024-08-02", "between 1 Aug 2024 and 28 Dec 2024", (E,)),
    ("[2024-08-20,2024-08-06]", "2024-08-06", "2024-08-21", "1 of 2 days: 6 Aug 2024 or 20 Aug 2024", (E,)),
    ("[2024-01,2024-03,2024-05,2024-07]", "2024-01-01", "2024-01-02", "one of several dates", (E,)),
    ("{2024-08-20,2024-08-06}", "2024-08-06", "2024-08-07", "6 Aug 2024 and 20 Aug 2024", (E,)),
    ("{1960,1961-12}", "1960-01-01", "1960-01-02", "1960 and Dec 1961", (E,)),
    ("{2024-02,2024-04,2024-06,2024-08}", "2024-02-01", "2024-03-01", "several dates", (E,)),
    ("{2024-08-06..2024-08-08}", "2024-08-06", "2024-08-09", "every day from 6 Aug 2024 to 8 Aug 2024", (E,)),
    ("2024-08-XX", "2024-08-01", "2024-09-01", "some day of Aug 2024", (X,)),
    ("202X-08-06", "2020-08-06", "2020-08-07", "1 of 10 days from 6 Aug 2020 to 6 Aug 2029", (X,)),
    ("2024-08-XX/2024-09-10", "2024-08-01", "2024-09-11", "from some day of Aug 2024 to 10 Sep 2024", (X,)),
    ("1950S2", "1900-01-01", "1900-01-02", "some year from 1900 to 1999 (estimated as 1950)", (X,)),
    ("2024?-08-06", "2024-08-06", "2024-08-07", "6 Aug 2024 (year uncertain)", (U,)),
    ("{..2024-08-06,2024-09}", "2024-09-30", "2024-10-01", "every day up to 6 Aug 2024 and Sep 2024", (O,)),
]


def basic(day: str) -> str:
    return day.replace("-", "")


@pytest.mark.parametrize(("edtf", "first", "end", "words", "inexact"), SHOWN, ids=[row[0] for row in SHOWN])
def test_a_date_is_shown_on_its_days_and_said_as_it_is_stated(
    edtf: str, first: str, end: str | None, words: str, inexact: tuple[Feature, ...]
) -> None:
    shown = show(When.parse(edtf), wide="marker")
    assert isinstance(shown, Shown)
    assert (shown.start, shown.end, shown.inexact) == (basic(first), end and basic(end), inexact)
    assert (shown.parameters, shown.edtf) == (";VALUE=DATE", str(When.parse(edtf)))
    assert short(shown.when, "en") == words


@pytest.mark.parametrize(
    ("edtf", "feature"),
    [
        (None, Feature.UNDATED),
        ("0000-01-01", Feature.DISTANT_YEARS),
        ("-0043-03-15", Feature.DISTANT_YEARS),
        ("-0100/2024", Feature.DISTANT_YEARS),
        ("9999-12-31", Feature.DISTANT_YEARS),
        ("9999-24", Feature.DISTANT_YEARS),
        ("[..2024-01,2025-01..]", Feature.OPEN_ENDS),
    ],
)
def test_a_date_that_has_no_days_in_a_calendar_is_omitted(edtf: str | None, feature: Feature) -> None:
    omitted = show(When.parse(edtf) if edtf else None, wide="marker")
    assert isinstance(omitted, Omitted)
    assert omitted.feature is feature


@pytest.mark.parametrize(
    ("edtf", "end", "inexact"),
    [("2024", "2025-01-01", (P,)), ("2024-01-01/2024-12-31", "2025-01-01", ()), ("1964/2008", "2009-01-01", (I,))],
)
def test_wide_dates_may_span_all_of_their_days(edtf: str, end: str, inexact: tuple[Feature, ...]) -> None:
    shown = show(When.parse(edtf), wide="span")
    assert isinstance(shown, Shown)
    assert (shown.end, shown.inexact) == (basic(end), inexact)


@pytest.mark.parametrize(
    ("edtf", "feature"), [("2024", P), ("2024-01-01/2024-12-31", I), ("[2024-01..2024-12]", E), ("2024-40", S)]
)
def test_wide_dates_may_be_omitted(edtf: str, feature: Feature) -> None:
    omitted = show(When.parse(edtf), wide="omit")
    assert isinstance(omitted, Omitted)
    assert omitted.feature is feature


KYIV = Zone("Europe/Kyiv", tz.gettz("Europe/Kyiv") or tz.UTC)


@pytest.mark.parametrize(
    ("edtf", "lasts", "zone", "start", "end"),
    [
        ("2024-08-06T10:00:00Z", None, None, "20240806T100000Z", None),
        ("2024-12-31T23:30:00-01:00", None, None, "20250101T003000Z", None),
        ("2024-12-31T23:30:00-01:00", 90, None, "20250101T003000Z", "20250101T020000Z"),
        ("2024-08-06T10:00:00", 60, None, "20240806T100000", "20240806T110000"),
        ("2024-08-06T10:00:00", 60, KYIV, "20240806T100000", "20240806T110000"),
        ("2024-08-06T10:00:00Z", 60, KYIV, "20240806T130000", "20240806T140000"),
        ("2024-01-06T10:00:00Z", None, KYIV, "20240106T120000", None),
    ],
)
def test_a_time_is_shown_as_the_moment_that_it_is(
    edtf: str, lasts: int | None, zone: Zone | None, start: str, end: str | None
) -> None:
    shown = show(When.parse(edtf), wide="marker", lasts=timedelta(minutes=lasts) if lasts else None, zone=zone)
    assert isinstance(shown, Shown)
    assert (shown.start, shown.end, shown.inexact, shown.note) == (start, end, (), "")
    assert shown.parameters == (";TZID=Europe/Kyiv" if zone and "Z" in edtf else "")


@pytest.mark.parametrize("edtf", ["-0043-03-15T10:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-01:00"])
def test_a_time_out_of_reach_is_omitted(edtf: str) -> None:
    omitted = show(When.parse(edtf), wide="marker", zone=KYIV)
    assert isinstance(omitted, Omitted)
    assert omitted.feature is Feature.DISTANT_YEARS


def test_narrow_dates_are_shown_alike_whatever_is_done_with_wide_ones() -> None:
    season = When.parse("2024-35")  # 92 days
    assert show(season, wide="omit") == show(season, wide="span") == show(season, wide="marker")


@pytest.mark.parametrize(
    ("edtf", "note"),
    [
        ("2024-08-06", ""),
        ("2024-08-06~", ""),
        ("2024-08-06/2024-08-20", ""),
        ("2024-08", "Shown on all the days that this may mean."),
        ("2024", "Shown on the first day only."),
        ("[2025-01..]", "Shown on the first day only."),
        ("../2024-08-06", "Shown on the last day only."),
        ("{2024-08,2024-10}", "Shown at the first of these dates only."),
        ("2024-08-06T10:00:00", ""),
        ("2024-08-XX", "Shown on all the days that this may mean."),
        ("{..2024-08-06,2024-09}", "Shown on the last day only."),
    ],
)
def test_the_note_tells_how_the_days_differ(edtf: str, note: str) -> None:
    shown = show(When.parse(edtf), wide="marker")
    assert isinstance(shown, Shown)
    assert shown.note == note


@given(whens(), st.sampled_from(["marker", "span", "omit"]))
def test_days_shown_lie_within_the_date_and_are_exact_or_reported(when: When, wide: str) -> None:
    shown = show(when, wide=wide)
    if isinstance(shown, Omitted):
        assert shown.feature in DATE_FEATURES
        return
    if shown.is_timed:
        assert when.kind is Kind.POINT
        assert shown.end is None
        return
    first = date.fromisoformat(shown.start).toordinal()
    end = date.fromisoformat(shown.end).toordinal() if shown.end else first + 1
    assert first < end
    start, after = when.window
    assert isinstance(start, str) or start <= first
    assert isinstance(after, str) or end <= after
    if not shown.inexact:
        assert (first, end) == when.window
    assert bool(shown.note) == bool(set(shown.inexact) - {Feature.UNCERTAINTY})


@pytest.mark.parametrize(
    "edtf",
    [
        "2024-08",
        "2024-08-06?",
        "2024-08-06/2024-08-06",
        "0000-01-01",
        "[2024-08-06]",
        "2024-08-XX",
        "2024-08-06T10:00:00",
    ],
)
def test_a_date_with_any_doubt_is_no_exact_day(edtf: str) -> None:
    assert exact_day(When.parse(edtf)) is None


def test_a_plain_day_is_exact() -> None:
    assert exact_day(When.parse("2024-08-06")) == date(2024, 8, 6)
