"""What becomes of DTSTART, DTEND, DUE and DURATION; expectations are told by RFC 5545, worked out by hand."""

from typing import Any

import pytest

from timeline.when import When


@pytest.mark.parametrize(
    ("lines", "when", "duration"),
    [
        (["DTSTART;VALUE=DATE:20240806"], "2024-08-06", None),
        (["DTSTART:20240806"], "2024-08-06", None),
        (["DTSTART;VALUE=DATE:20240806", "DTEND;VALUE=DATE:20240807"], "2024-08-06", None),
        (["DTSTART;VALUE=DATE:20240806", "DTEND;VALUE=DATE:20240809"], "2024-08-06/2024-08-08", None),
        (["DTSTART;VALUE=DATE:20240806", "DURATION:P3D"], "2024-08-06/2024-08-08", None),
        (["DTSTART;VALUE=DATE:20240806", "DURATION:P1W"], "2024-08-06/2024-08-12", None),
        (["DTSTART;VALUE=DATE:20240806T000000"], "2024-08-06", None),
        (["DTSTART:20240806T100000Z"], "2024-08-06T10:00:00Z", None),
        (["DTSTART:20240806T100000"], "2024-08-06T10:00:00", None),
        (["DTSTART:20240806T100000Z", "DTEND:20240806T113000Z"], "2024-08-06T10:00:00Z", "PT1H30M"),
        (["DTSTART:20240806T100000Z", "DTEND:20240808T113001Z"], "2024-08-06T10:00:00Z", "P2DT1H30M1S"),
        (["DTSTART:20240806T100000Z", "DURATION:PT90M"], "2024-08-06T10:00:00Z", "PT90M"),
        (["DTSTART:20240806T100000Z", "DURATION:+P1DT2H"], "2024-08-06T10:00:00Z", "P1DT2H"),
        (["DTSTART;TZID=Europe/Berlin:20240806T100000"], "2024-08-06T10:00:00+02:00", None),
        (["DTSTART;TZID=Europe/Berlin:20241206T100000"], "2024-12-06T10:00:00+01:00", None),
        (["DTSTART;TZID=Europe/London:20241206T100000"], "2024-12-06T10:00:00+00:00", None),
        (["DTSTART;TZID=America/St_Johns:20240806T100000"], "2024-08-06T10:00:00-02:30", None),
        (["DTSTART;TZID=UTC:20240806T100000"], "2024-08-06T10:00:00Z", None),
        (["DTSTART;TZID=W. Europe Standard Time:20240806T100000"], "2024-08-06T10:00:00+02:00", None),
        (["DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20240806T100000"], "2024-08-06T10:00:00+02:00", None),
        # Across the end of summer time there is an hour more.
        (["DTSTART;TZID=Europe/Berlin:20241026T120000", "DTEND;TZID=Europe/Berlin:20241027T120000"], "2024-10-26T12:00:00+02:00", "P1DT1H"),
        # From one zone to another: a flight of an hour.
        (["DTSTART;TZID=Europe/Berlin:20240806T100000", "DTEND;TZID=Europe/London:20240806T100000"], "2024-08-06T10:00:00+02:00", "PT1H"),
        # A day by the clock of the place, of which this one has 23 hours; by UTC it has 24.
        (["DTSTART;TZID=Europe/Berlin:20240330T100000", "DURATION:P1D"], "2024-03-30T10:00:00+01:00", "PT23H"),
        (["DTSTART;TZID=Europe/Berlin:20240330T100000", "DURATION:P1DT2H"], "2024-03-30T10:00:00+01:00", "P1DT1H"),
        (["DTSTART;TZID=Europe/Berlin:20240330T100000", "DURATION:PT24H"], "2024-03-30T10:00:00+01:00", "PT24H"),
        (["DTSTART;TZID=Europe/Berlin:20240329T100000", "DURATION:P1D"], "2024-03-29T10:00:00+01:00", "P1D"),
        (["DTSTART:20240330T100000Z", "DURATION:P1D"], "2024-03-30T10:00:00Z", "P1D"),
        (["DTSTART;TZID=Europe/Berlin:99991231T100000", "DURATION:P1D"], "9999-12-31T10:00:00+01:00", "P1D"),
        # Offsets with seconds have no place in EDTF: the same moment in UTC.
        (["DTSTART;TZID=Europe/Berlin:18800101T120000"], "1880-01-01T11:06:32Z", None),
        # 02:30 does not exist on that day, and is read by the offset before the gap (RFC 5545, 3.3.5).
        (["DTSTART;TZID=Europe/Berlin:20240331T023000"], "2024-03-31T02:30:00+01:00", None),
        # 02:30 comes twice on that day, and means the first.
        (["DTSTART;TZID=Europe/Berlin:20241027T023000"], "2024-10-27T02:30:00+02:00", None),
        (["DTSTART;VALUE=DATE:00010101"], "0001-01-01", None),
        (["DTSTART;VALUE=DATE:99991231"], "9999-12-31", None),
    ],
)  # fmt: skip
def test_dates_of_events(read_entry: Any, lines: list[str], when: str, duration: str | None) -> None:
    found = read_entry(*lines)

    assert str(found.event.when) == str(When.parse(when))
    assert found.event.duration == duration
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "when", "fault"),
    [
        (["DTSTART;VALUE=DATE:20240806", "DTEND;VALUE=DATE:20240806"], "2024-08-06", "5: DTEND 2024-08-06, expected a day after DTSTART"),
        (["DTSTART;VALUE=DATE:20240806", "DTEND;VALUE=DATE:20240801"], "2024-08-06", "5: DTEND 2024-08-01, expected a day after DTSTART"),
        (["DTSTART:20240806T100000Z", "DTEND:20240806T100000Z"], "2024-08-06T10:00:00Z", "5: DTEND '20240806T100000Z', expected a time after DTSTART"),
        (["DTSTART:20240806T100000Z", "DURATION:-PT1H"], "2024-08-06T10:00:00Z", "5: DURATION '-PT1H', expected a time after DTSTART"),
        (["DTSTART:20240806T100000Z", "DURATION:PT0S"], "2024-08-06T10:00:00Z", "5: DURATION 'PT0S', expected a time after DTSTART"),
        (["DTSTART:20240806T100000Z", "DURATION:soon"], "2024-08-06T10:00:00Z", "5: DURATION 'soon', expected a duration"),
        (["DTSTART;VALUE=DATE:20240806", "DURATION:PT1H"], "2024-08-06", "5: DURATION PT1H, expected one or more whole days"),
        (["DTSTART;VALUE=DATE:20240806", "DTEND:20240807T100000Z"], "2024-08-06", "5: DTEND '20240807T100000Z', expected an end of the same kind"),
        (["DTSTART:20240806T100000", "DTEND:20240806T110000Z"], "2024-08-06T10:00:00", "5: DTEND '20240806T110000Z', expected an end of the same kind"),
        (["DTSTART;TZID=Mars/Olympus:20240806T100000"], "2024-08-06T10:00:00", "4: the time zone 'Mars/Olympus', expected one that is known"),
        # A zone of the machine means another one on each.
        (["DTSTART;TZID=localtime:20240806T100000"], "2024-08-06T10:00:00", "4: the time zone 'localtime'"),
        (["DTSTART;TZID=Europe:20240806T100000"], "2024-08-06T10:00:00", "4: the time zone 'Europe'"),
        (["DTSTART;TZID=../../etc/passwd:20240806T100000"], "2024-08-06T10:00:00", "4: the time zone '../../etc/passwd'"),
        (["DTSTART:20240230"], None, "4: DTSTART '20240230', expected a date or time"),
        (["DTSTART:2024-08-06"], None, "4: DTSTART '2024-08-06', expected a date or time"),
        (["DTSTART:20240806T250000Z"], None, "4: DTSTART '20240806T250000Z', expected a date or time"),
        (["DTSTART:"], None, "4: DTSTART '', expected a date or time"),
        (["DTEND:20240806T100000Z"], None, "4: DTEND without DTSTART"),
        (["DTSTART:20240806", "DTSTART:20240807"], "2024-08-06", "5: DTSTART a second time"),
        (["DTSTART;VALUE=DATE:99991230", "DURATION:P9D"], "9999-12-30", "4: 9 days from 9999-12-30 on"),
    ],
)  # fmt: skip
def test_what_no_date_can_be_is_reported(read_entry: Any, lines: list[str], when: str | None, fault: str) -> None:
    found = read_entry(*lines)

    assert found.event.when == (when and When.parse(when))
    assert found.event.duration is None
    (reported,) = found.faults
    assert reported.startswith(fault)


def test_an_end_and_a_duration_are_one_too_many(read_entry: Any) -> None:
    found = read_entry("DTSTART:20240806T100000Z", "DTEND:20240806T110000Z", "DURATION:PT3H")

    assert found.event.duration == "PT1H"
    assert found.faults == ["6: DURATION beside DTEND, expected one of them; DTEND is taken"]


def test_an_entry_without_a_date_is_undated(read_entry: Any) -> None:
    found = read_entry()

    assert found.event.when is None
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (["DTSTART;VALUE=DATE:20240806", "DUE;VALUE=DATE:20240809"], "[2024-08-06..2024-08-09]"),
        (["DTSTART;VALUE=DATE:20240806", "DUE;VALUE=DATE:20240806"], "2024-08-06"),
        (["DTSTART;VALUE=DATE:20240806", "DURATION:P3D"], "[2024-08-06..2024-08-09]"),
        (["DUE;VALUE=DATE:20240809"], "[..2024-08-09]"),
        (["DTSTART;VALUE=DATE:20240806"], "[2024-08-06..]"),
        (["DTSTART:20240806T100000Z", "DUE:20240806T100000Z"], "2024-08-06T10:00:00Z"),
        ([], None),
    ],
)
def test_a_task_is_done_once_until_it_is_due(read_entry: Any, lines: list[str], when: str | None) -> None:
    found = read_entry(*lines, kind="VTODO")

    assert found.event.when == (when and When.parse(when))
    assert found.faults == []


@pytest.mark.parametrize(
    ("lines", "when", "fault"),
    [
        (["DTSTART:20240806T100000Z", "DUE:20240809T100000Z"], "[2024-08-06..2024-08-09]", "4: the time of day of a task, 2 times, first here"),
        (["DTSTART:20240806T100000Z", "DUE:20240806T120000Z"], "2024-08-06", "4: the time of day of a task"),
        (["DUE:20240809T100000Z"], "[..2024-08-09]", "4: the time of day of a task"),
        (["DTSTART;VALUE=DATE:20240806", "DUE;VALUE=DATE:20240801"], "2024-08-06", "5: DUE '20240801', expected a time not before DTSTART"),
        (["DTSTART;VALUE=DATE:20240806", "DUE:20240809T100000Z"], "[2024-08-06..2024-08-09]", "5: DUE of another kind"),
    ],
)  # fmt: skip
def test_what_a_task_cannot_tell_is_reported(read_entry: Any, lines: list[str], when: str, fault: str) -> None:
    found = read_entry(*lines, kind="VTODO")

    assert found.event.when == When.parse(when)
    (reported,) = found.faults
    assert reported.startswith(fault)


def test_times_in_utc_are_told_in_the_zone_of_the_calendar(read_entry: Any) -> None:
    found = read_entry("DTSTART:20240806T100000Z", "DTEND:20240806T110000Z", calendar="X-WR-TIMEZONE:Europe/Berlin")

    assert found.event.when == When.parse("2024-08-06T12:00:00+02:00")
    assert found.event.when.seconds == When.parse("2024-08-06T10:00:00Z").seconds
    assert found.event.duration == "PT1H"


def test_times_of_no_zone_are_of_the_zone_of_the_calendar(read_entry: Any) -> None:
    found = read_entry("DTSTART:20240806T100000", calendar="X-WR-TIMEZONE:Europe/Berlin")

    assert found.event.when == When.parse("2024-08-06T10:00:00+02:00")


def test_a_zone_of_the_calendar_that_nobody_knows_is_reported(read_entry: Any) -> None:
    found = read_entry("DTSTART:20240806T100000", calendar="X-WR-TIMEZONE:Middle/Earth")

    assert found.event.when == When.parse("2024-08-06T10:00:00")
    assert found.faults == ["3: X-WR-TIMEZONE 'Middle/Earth', expected a time zone that is known"]


_CUSTOM = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0330
TZOFFSETTO:+0230
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0230
TZOFFSETTO:+0330
RRULE:{}FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def test_a_zone_that_the_file_defines_is_followed(read_entry: Any) -> None:
    zone = _CUSTOM.format("")

    summer = read_entry("DTSTART;TZID=Customized Time Zone:20240806T100000", calendar=zone)
    winter = read_entry("DTSTART;TZID=Customized Time Zone:20241206T100000", calendar=zone)

    assert summer.event.when == When.parse("2024-08-06T10:00:00+03:30")
    assert winter.event.when == When.parse("2024-12-06T10:00:00+02:30")
    assert summer.faults == winter.faults == []


def test_a_zone_may_say_the_hour_once_more(read_entry: Any) -> None:
    zone = _CUSTOM.format("BYHOUR=2;BYMINUTE=0;")  # as Lotus Notes does

    found = read_entry("DTSTART;TZID=Customized Time Zone:20240806T100000", calendar=zone)

    assert found.event.when == When.parse("2024-08-06T10:00:00+03:30")


@pytest.mark.parametrize("hostile", ["FREQ=SECONDLY;X=", "FREQ=YEARLY;BYSECOND=1,2,3;X=", "nonsense;"])
def test_a_zone_whose_rules_would_keep_the_computer_busy_is_not_followed(read_entry: Any, hostile: str) -> None:
    found = read_entry("DTSTART;TZID=Customized Time Zone:20240806T100000", calendar=_CUSTOM.format(hostile))

    assert found.event.when == When.parse("2024-08-06T10:00:00")
    assert "a VTIMEZONE with rules that no time zone has" in found.faults[0]
    assert "the time zone 'Customized Time Zone'" in found.faults[1]


def test_a_name_of_the_database_is_the_zone_of_the_database(read_entry: Any) -> None:
    # What programs write for it is often true of this year only.
    wrong = _CUSTOM.format("").replace("Customized Time Zone", "Europe/Berlin")

    found = read_entry("DTSTART;TZID=Europe/Berlin:20240806T100000", calendar=wrong)

    assert found.event.when == When.parse("2024-08-06T10:00:00+02:00")


def test_a_location_names_the_zone_that_a_file_defines(read_entry: Any) -> None:
    zone = _CUSTOM.format("").replace("BEGIN:STANDARD", "X-LIC-LOCATION:Europe/Kyiv\nBEGIN:STANDARD", 1)

    found = read_entry("DTSTART;TZID=Customized Time Zone:20240806T100000", calendar=zone)

    assert found.event.when == When.parse("2024-08-06T10:00:00+03:00")


def test_of_what_happens_again_a_day_stays_one(read_entry: Any) -> None:
    found = read_entry("DTSTART;TZID=Europe/Berlin:20240330T100000", "DURATION:P1D", "RRULE:FREQ=WEEKLY;COUNT=2")

    assert found.event.duration == "P1D"


def test_a_leap_second_is_the_one_before(read_entry: Any) -> None:
    found = read_entry("DTSTART:20161231T235960Z")

    assert str(found.event.when) == "2016-12-31T23:59:59Z"
    assert found.faults == ["4: a leap second in DTSTART, expected seconds up to 59, which is taken"]


@pytest.mark.parametrize(
    ("kind", "lines", "fault"),
    [
        ("VEVENT", ["DTSTART:20240806", "DUE:20240808"], "5: DUE in a VEVENT, expected it in other components"),
        (
            "VEVENT",
            ["DTSTART:20240806", "COMPLETED:20240808T100000Z"],
            "5: COMPLETED in a VEVENT, expected it in other",
        ),
        ("VTODO", ["DTSTART:20240806", "DTEND:20240808"], "5: DTEND in a VTODO, expected it in other components"),
        (
            "VTODO",
            ["DUE:20240806", "DURATION:P1D"],
            "5: DURATION without DTSTART, expected it beside DTSTART and no DUE",
        ),
        ("VTODO", ["DTSTART:20240801", "DUE:20240806", "DURATION:P1D"], "6: DURATION beside DUE, expected it beside"),
    ],
)
def test_dates_of_other_components_are_reported(read_entry: Any, kind: str, lines: list[str], fault: str) -> None:
    (found,) = read_entry(*lines, kind=kind).faults

    assert found.startswith(fault)
