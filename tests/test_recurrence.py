"""Events that happen again; what is expected was worked out by hand, or stands in RFC 5545, 3.8.5.3."""

import time
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.errors import ModelError
from timeline.model import Event, Recurrence, to_duration, to_timedelta, zone_of
from timeline.when import When

_YEAR = ("2024-01-01", "2024-12-31")


def _times(when: str, window: tuple[str, str] = _YEAR, limit: int = 10_000, **repeats: Any) -> list[str]:
    event = Event(id="e", title="x", when=when, repeats=Recurrence(**repeats))
    since, until = map(date.fromisoformat, window)
    return [str(each) for each in event.occurrences(since, until, limit=limit)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["2024-08-06", "2024-08-07", "2024-08-08"]),
        ("FREQ=DAILY;INTERVAL=10;COUNT=3", ["2024-08-06", "2024-08-16", "2024-08-26"]),
        ("FREQ=WEEKLY;UNTIL=20240820", ["2024-08-06", "2024-08-13", "2024-08-20"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", ["2024-08-06", "2024-08-08", "2024-08-13", "2024-08-15"]),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;COUNT=4", ["2024-08-06", "2024-08-18", "2024-08-20", "2024-09-01"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["2024-08-06", "2024-08-30", "2024-09-27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["2024-08-06", "2024-08-31", "2024-09-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2024-08-06", "2024-08-30", "2024-09-30"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", ["2024-08-06", "2024-09-13", "2024-12-13"]),
        ("FREQ=YEARLY;BYYEARDAY=366;COUNT=1", ["2024-08-06", "2024-12-31"]),
        ("FREQ=YEARLY;BYWEEKNO=40;BYDAY=MO;COUNT=1", ["2024-08-06", "2024-09-30"]),
        ("freq=daily;count=2", ["2024-08-06", "2024-08-07"]),
    ],
)  # fmt: skip
def test_rules_make_days(rule: str, days: list[str]) -> None:
    assert _times("2024-08-06", rrule=[rule]) == days


def test_a_month_without_the_day_is_left_out() -> None:
    assert _times("2024-01-31", rrule=["FREQ=MONTHLY;COUNT=3"]) == ["2024-01-31", "2024-03-31", "2024-05-31"]
    assert _times("2024-02-29", ("2024-01-01", "2033-01-01"), rrule=["FREQ=YEARLY"]) == [
        "2024-02-29",
        "2028-02-29",
        "2032-02-29",
    ]


def test_days_are_added_and_left_out() -> None:
    found = _times(
        "2024-08-06",
        rrule=["FREQ=WEEKLY;COUNT=3"],
        rdate=["2024-08-09", "2024-08-13"],
        exdate=["2024-08-06", "2024-08-20", "2030-01-01"],
    )

    assert found == ["2024-08-09", "2024-08-13"]


def test_several_rules_make_each_day_once() -> None:
    assert _times("2024-08-06", rrule=["FREQ=DAILY;COUNT=2", "FREQ=WEEKLY;COUNT=2"]) == [
        "2024-08-06",
        "2024-08-07",
        "2024-08-13",
    ]


def test_intervals_keep_their_length() -> None:
    assert _times("2024-08-06/2024-08-08", rrule=["FREQ=WEEKLY;COUNT=2"], rdate=["2024-09-01"]) == [
        "2024-08-06/2024-08-08",
        "2024-08-13/2024-08-15",
        "2024-09-01/2024-09-03",
    ]


@pytest.mark.parametrize(
    ("window", "found"),
    [
        (("2024-08-08", "2024-08-12"), ["2024-08-06/2024-08-08"]),
        (("2024-08-09", "2024-08-12"), []),
        (("2024-08-09", "2024-08-13"), ["2024-08-13/2024-08-15"]),
        (("2024-08-15", "2024-08-15"), ["2024-08-13/2024-08-15"]),
        (("2024-08-16", "2024-12-31"), []),
        (("2020-01-01", "2024-08-05"), []),
        (("0001-01-01", "0001-01-01"), []),
        (("9999-12-31", "9999-12-31"), []),
    ],
)
def test_what_reaches_into_a_window_is_in_it(window: tuple[str, str], found: list[str]) -> None:
    assert _times("2024-08-06/2024-08-08", window, rrule=["FREQ=WEEKLY;COUNT=2"]) == found


@pytest.mark.parametrize(
    ("when", "zone", "found"),
    [
        # An hour of the clock stays that when summer time begins, and in UTC it does not.
        ("2024-03-30T10:00:00+01:00", "Europe/Berlin", ["2024-03-30T10:00:00+01:00", "2024-03-31T10:00:00+02:00"]),
        ("2024-03-30T09:00:00Z", "Europe/Berlin", ["2024-03-30T10:00:00+01:00", "2024-03-31T10:00:00+02:00"]),
        ("2024-03-30T10:00:00+01:00", None, ["2024-03-30T10:00:00+01:00", "2024-03-31T10:00:00+01:00"]),
        ("2024-03-30T09:00:00Z", None, ["2024-03-30T09:00:00Z", "2024-03-31T09:00:00Z"]),
        # 02:30 does not exist on the 31st, and is read by the offset before the gap (RFC 5545, 3.3.5).
        ("2024-03-30T02:30:00+01:00", "Europe/Berlin", ["2024-03-30T02:30:00+01:00", "2024-03-31T02:30:00+01:00"]),
        # 02:30 comes twice on the 27th, and means the first.
        ("2024-10-26T02:30:00+02:00", "Europe/Berlin", ["2024-10-26T02:30:00+02:00", "2024-10-27T02:30:00+02:00"]),
        ("2024-10-27T10:00:00", "Europe/Berlin", ["2024-10-27T10:00:00", "2024-10-28T10:00:00"]),
        ("2024-11-02T12:00:00-04:00", "America/New_York", ["2024-11-02T12:00:00-04:00", "2024-11-03T12:00:00-05:00"]),
    ],
)
def test_times_follow_the_clock_of_their_zone(when: str, zone: str | None, found: list[str]) -> None:
    assert _times(when, rrule=["FREQ=DAILY;COUNT=2"], tzid=zone) == found


def test_the_day_of_the_week_is_one_of_the_clock_of_the_date() -> None:
    # In UTC it is Tuesday already.
    found = _times("2024-01-01T23:30:00-05:00", rrule=["FREQ=WEEKLY;BYDAY=MO;COUNT=2"])

    assert found == ["2024-01-01T23:30:00-05:00", "2024-01-08T23:30:00-05:00"]


@pytest.mark.parametrize(
    ("when", "zone", "until", "count"),
    [
        ("2024-03-30", None, "20240401", 3),
        ("2024-03-30", None, "20240401T000000Z", 3),
        ("2024-03-30T10:00:00", None, "20240401", 3),
        ("2024-03-30T10:00:00", None, "20240401T100000", 3),
        ("2024-03-30T10:00:00", None, "20240401T095959", 2),
        ("2024-03-30T10:00:00", None, "20240401T100000Z", 3),
        ("2024-03-30T10:00:00Z", None, "20240401T100000Z", 3),
        ("2024-03-30T10:00:00Z", None, "20240401T095959Z", 2),
        ("2024-03-30T10:00:00Z", None, "20240401", 3),
        ("2024-03-30T10:00:00+01:00", "Europe/Berlin", "20240401T080000Z", 3),
        ("2024-03-30T10:00:00+01:00", "Europe/Berlin", "20240401T075959Z", 2),
        # By the clock of the zone, where it does not say UTC.
        ("2024-03-30T10:00:00+01:00", "Europe/Berlin", "20240401T100000", 3),
        ("2024-03-30T10:00:00+01:00", "Europe/Berlin", "20240401", 3),
        ("2024-03-30T10:00:00+01:00", None, "20240401", 3),
        ("2024-03-30", None, "20200101", 1),
    ],
)
def test_every_kind_of_until_is_understood(when: str, zone: str | None, until: str, count: int) -> None:
    assert len(_times(when, rrule=[f"FREQ=DAILY;UNTIL={until}"], tzid=zone)) == count


@pytest.mark.parametrize(
    ("exdate", "left"),
    [
        ("2024-08-07T10:00:00+02:00", 2),
        ("2024-08-07T08:00:00Z", 2),
        ("2024-08-07T04:00:00-04:00", 2),
        ("2024-08-07T10:00:00", 2),  # by the clock of the event
        ("2024-08-07", 2),  # the time of that day
        ("2024-08-07T10:00:01+02:00", 3),
        ("2024-08-07T10:00:00Z", 3),
    ],
)
def test_exceptions_may_be_of_any_kind(exdate: str, left: int) -> None:
    found = _times("2024-08-06T10:00:00+02:00", rrule=["FREQ=DAILY;COUNT=3"], exdate=[exdate], tzid="Europe/Berlin")

    assert len(found) == left


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SOMETIMES", "FREQ, one of: SECONDLY"),
        ("FREQ", "FREQ, one of: SECONDLY"),
        ("RRULE:FREQ=DAILY", "one rule, without its name"),
        ("FREQ=DAILY\nFREQ=WEEKLY", "one rule"),
        ("FREQ=DAILY;FREQ=WEEKLY", "each part once"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20240101", "COUNT or UNTIL, not both"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL of 1 or more"),
        ("FREQ=DAILY;COUNT=-1", "COUNT of 1 or more"),
        ("FREQ=DAILY;COUNT=many", "COUNT of 1 or more"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH from 1 to 12"),
        ("FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY from 1 to 31"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR from 0 to 23"),
        ("FREQ=DAILY;BYHOUR=-1", "BYHOUR from 0 to 23"),
        ("FREQ=DAILY;BYDAY=XX", "invalid 'BYDAY'"),
        ("FREQ=DAILY;UNTIL=20240230", "UNTIL as 20241231"),
        ("FREQ=DAILY;UNTIL=31 December 2024", "one rule"),
        ("FREQ=DAILY;UNTIL=20241231ZT", "UNTIL as 20241231 or 20241231T235959Z"),
        ("FREQ=DAILY;UNTIL=2024-12-31", "UNTIL as 20241231 or 20241231T235959Z"),
        ("FREQ=YEARLY;BYEASTER=0", "no part 'BYEASTER'"),
        ("DTSTART=20240101;FREQ=DAILY", "no part 'DTSTART'"),
        # No year has such a day: a search for one would go on to the year 9999.
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "a day that there is"),
        ("FREQ=DAILY;BYMONTH=1;BYYEARDAY=200", "a day that there is"),
        ("FREQ=DAILY;BYMONTH=6;BYWEEKNO=40", "a day that there is"),
        ("FREQ=DAILY;BYMONTH=4;BYMONTHDAY=-31", "a day that there is"),
    ],
)
def test_a_rule_that_is_none_is_refused(rule: str, reason: str) -> None:
    with pytest.raises(ModelError, match=r"rrule\[1\]: found .*expected a rule such as FREQ=WEEKLY") as raised:
        Recurrence(rrule=["FREQ=DAILY", rule])

    assert reason in str(raised.value)


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYYEARDAY=-366", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-29", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;WKST=SU", "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=30"])  # fmt: skip
def test_a_rule_of_rare_days_is_one(rule: str) -> None:
    assert Recurrence(rrule=[rule]).rrule == (rule,)


def test_a_rule_that_makes_nothing_from_its_start_leaves_the_first_time() -> None:
    assert _times("2024-01-01T00:00:00Z", rrule=["FREQ=MINUTELY;INTERVAL=60;BYMINUTE=30"]) == ["2024-01-01T00:00:00Z"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rdate": ["2024"]}, r"rdate\[0\]: found '2024', expected a day or a time"),
        ({"exdate": ["2024-08-06", "[2024..]"]}, r"exdate\[1\]: found '\[2024..\]', expected a day or a time"),
        ({"exdate": ["2024-08-06?"]}, r"exdate\[0\]"),
        ({"rdate": ["-0043-03-15"]}, r"rdate\[0\]"),
        ({"tzid": "Nowhere/At all"}, "tzid: found 'Nowhere/At all', expected the name of a time zone"),
        ({"tzid": "../../etc/passwd"}, "tzid"),
    ],
)
def test_what_is_no_recurrence_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        Recurrence(**fields)


@pytest.mark.parametrize("when", [None, "2024-08-06", "2024-08", "[2024-08..2024-10]", "2024-08-06T10:00:00Z"])
def test_what_does_not_happen_again_has_its_own_date_if_that_touches_the_window(when: str | None) -> None:
    event = Event(id="e", title="x", when=when)

    assert list(event.occurrences(date(2024, 8, 1), date(2024, 8, 31))) == ([] if when is None else [When.parse(when)])
    assert list(event.occurrences(date(2023, 8, 1), date(2023, 8, 31))) == []


@pytest.mark.parametrize("when", ["2024-08", "2024", "[2024-08-06..]", "2024-08-06~", "2024-08-06/..", "{2024-08-06,2024-08-08}", "-0043-03-15", "2024-08/2024-09"])  # fmt: skip
def test_rules_lead_on_from_days_and_times_only(when: str) -> None:
    with pytest.raises(ModelError, match="expected a day, a time or an interval of days"):
        _times(when, rrule=["FREQ=DAILY"])


def test_there_is_a_limit_on_what_is_in_the_window_and_what_is_before_it() -> None:
    assert len(_times("2024-01-01", limit=366, rrule=["FREQ=DAILY"])) == 366
    with pytest.raises(ModelError, match=r"more than 365 occurrences from 2024-01-01 to 2024-12-31"):
        _times("2024-01-01", limit=365, rrule=["FREQ=DAILY"])
    with pytest.raises(ModelError, match=r"goes through more than 5,000,000 moments up to 2024-12-31"):
        _times("2000-01-01T00:00:00Z", rrule=["FREQ=SECONDLY"])
    with pytest.raises(ModelError, match=r"more than 100,000 occurrences up to 2024-12-24"):
        _times("2024-12-23T00:00:00Z", limit=10**6, rrule=["FREQ=SECONDLY"])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-6",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;BYMONTH=6",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_that_no_day_can_meet_is_refused_before_anybody_looks_for_one(rule: str) -> None:
    with pytest.raises(ModelError, match="a day that there is"):
        Recurrence(rrule=[rule])


def test_zones_are_those_of_the_database_in_all_years() -> None:
    # dateutil's own know no summer time after 2037.
    times = _times(
        "2050-01-01T12:00:00+01:00",
        ("2050-01-01", "2050-12-31"),
        rrule=["FREQ=MONTHLY;INTERVAL=6"],
        tzid="Europe/Berlin",
    )
    assert times == ["2050-01-01T12:00:00+01:00", "2050-07-01T12:00:00+02:00"]


def test_dates_end_with_the_year_9999() -> None:
    assert _times("9999-12-30", ("9999-12-01", "9999-12-31"), rrule=["FREQ=DAILY"]) == ["9999-12-30", "9999-12-31"]
    assert _times("9999-12-29/9999-12-30", ("9999-12-01", "9999-12-31"), rrule=["FREQ=DAILY"]) == ["9999-12-29/9999-12-30", "9999-12-30/9999-12-31"]  # fmt: skip
    with pytest.raises(ModelError, match="times within the years 1 to 9999"):
        _times("2024-01-01T00:00:00Z", rdate=["0001-01-01T00:00:00Z"], tzid="America/New_York")


def test_a_rule_that_never_comes_again_is_found_out_in_time() -> None:
    begun = time.process_time()

    for rule in ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29"):
        assert _times("2001-03-01", rrule=[rule]) == []

    assert time.process_time() - begun < 5


def test_it_is_told_in_words() -> None:
    repeats = Recurrence(rrule=["FREQ=WEEKLY"], rdate=["2024-08-09"], exdate=["2024-08-13"], tzid="Europe/Kyiv")

    assert str(repeats) == "FREQ=WEEKLY, also 2024-08-09, except 2024-08-13, by the clock of Europe/Kyiv"


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=31"]),
    st.integers(-400, 400),
    st.integers(0, 400),
)  # fmt: skip
def test_a_window_has_what_all_time_has_of_it(start: date, rule: str, offset: int, length: int) -> None:
    since = start + timedelta(days=offset)
    until = since + timedelta(days=length)
    event = Event(id="e", title="x", when=start, repeats=Recurrence(rrule=[rule]))

    found = list(event.occurrences(since, until))

    day = start.strftime("%Y%m%dT%H%M%S")
    made = {each.date() for each in rrulestr(f"DTSTART:{day}\nRRULE:{rule};UNTIL={until:%Y%m%d}")} | {start}
    assert found == [When.of(each) for each in sorted(made) if since <= each <= until]


@settings(max_examples=60, deadline=None)
@given(st.datetimes().filter(lambda moment: 1975 < moment.year < 2035), st.sampled_from(["Europe/Kyiv", "America/New_York", "UTC", "Australia/Lord_Howe"]))  # fmt: skip
def test_each_time_is_the_same_by_the_clock_or_in_a_gap(moment: Any, zone: str) -> None:
    start = When.of(moment.replace(microsecond=0, tzinfo=UTC))
    event = Event(id="e", title="x", when=start, repeats=Recurrence(rrule=["FREQ=MONTHLY;COUNT=6"], tzid=zone))
    first = moment.date() - timedelta(days=2)

    found = list(event.occurrences(first, first + timedelta(days=2000)))

    assert found[0].seconds == start.seconds
    assert len({str(each)[11:19] for each in found}) == 1


def test_a_rule_that_leads_nowhere_from_its_date_is_an_error_of_ours() -> None:
    with pytest.raises(ModelError, match="rules that lead on from that date"):
        _times("2024-08-06T09:00:00Z", rrule=["FREQ=MINUTELY;INTERVAL=120;BYHOUR=10"])


def test_for_ever_is_to_the_last_day_also_west_of_utc() -> None:
    times = _times("2024-08-06T10:00:00-04:00", rrule=["FREQ=YEARLY;UNTIL=99991231"], tzid="America/New_York")
    assert times == ["2024-08-06T10:00:00-04:00"]


@pytest.mark.parametrize("dates", [{"rdate": ["2024-09-01/2024-09-05"]}, {"exdate": ["2024-09-01/2024-09-05"]}])
def test_an_interval_is_no_date_to_add_or_leave_out(dates: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="a day or a time"):
        Recurrence(**dates)


def test_a_duration_of_very_many_digits_is_none() -> None:
    with pytest.raises(ModelError, match="a duration such as"):
        Event(id="e", title="x", duration=f"P{'9' * 5000}D")


@pytest.mark.parametrize("text", ["PT1H30M", "PT1H0M30S", "PT1M5S", "PT45S", "P2D", "P1DT1H", "PT0S", "PT1H", "P1DT5S"])
def test_a_duration_is_written_as_it_is_read(text: str) -> None:
    length = to_timedelta(text)
    assert length is not None
    assert to_duration(length) == text


@pytest.mark.parametrize(
    "name", ["localtime", "posix/Europe/Kyiv", "right/UTC", "ABC5", "EST5EDT4", "CEST", "../UTC", "Europe"]
)
def test_a_zone_that_depends_on_the_machine_is_none(name: str) -> None:
    assert zone_of(name) is None
    with pytest.raises(ModelError, match="the name of a time zone"):
        Recurrence(rrule=["FREQ=DAILY"], tzid=name)
