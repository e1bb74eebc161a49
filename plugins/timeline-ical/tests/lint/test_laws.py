"""What holds for any bytes, and for what we write ourselves."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import timeline
from timeline import Timeline
from timeline.checks import Severity
from timeline.formats import Defect
from timeline.testing import NOW, SAMPLES
from timeline.testing.strategies import timelines
from timeline_ical.lint import RULES, lint

SEVERITIES = {rule.code: rule.severity for rule in RULES}
# Pieces of calendars, so that what is put together at random comes near to one.
PIECES = [
    *(f"{word}:{name}".encode() for word in ("BEGIN", "END") for name in ("VCALENDAR", "VEVENT", "VALARM", "VTIMEZONE", "STANDARD", "X-A", "")),
    *(b"DTSTART", b"DTEND", b"DUE", b"DURATION", b"RRULE", b"TRIGGER", b"UID", b"TZID", b"GEO", b"COLOR", b"LINK", b"EXDATE", b"FREEBUSY"),
    *(b";VALUE=", b";TZID=", b";RELATED=END", b"DATE", b"PERIOD", b"BINARY", b'"', b":", b";", b",", b"=", b"\\", b"/"),
    *(b"20240914", b"T180000", b"Z", b"FREQ=DAILY", b";UNTIL=", b";BYDAY=-1SU", b"PT1H", b"+0100", b"1;2", b"\xc3", b"\xbc", b"\xef\xbb\xbf"),
    *(b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b"\r\n ", b"\r\n\t", b"\x00", b" "),
]  # fmt: skip


def _check(data: bytes) -> list[Defect]:
    found = list(lint(data))
    count = len(re.findall(rb"\r\n|\r|\n", data)) + 1
    assert {defect.code for defect in found} <= SEVERITIES.keys()
    assert all(1 <= defect.line <= count and defect.column >= 1 for defect in found)
    assert [defect.line for defect in found] == sorted(defect.line for defect in found)
    assert len(set(found)) == len(found)
    assert found == list(lint(data))
    return found


@given(st.binary())
def test_any_bytes_are_judged(data: bytes) -> None:
    assert _check(data) or data[:256].lstrip().startswith(b"[")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))
def test_any_pieces_of_a_calendar_are_judged(data: bytes) -> None:
    _check(data)
    _check(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_good_feed_with_anything_in_it_is_judged(good: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(good)))
    end = start + data.draw(st.integers(0, 30))

    _check(good[:start] + data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8))) + good[end:])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_feed_that_is_cut_off_is_told_so(good: bytes, data: st.DataObject) -> None:
    # Not within the first line, nor in the end of the last one.
    kept = data.draw(st.integers(len(b"BEGIN:VCALENDAR"), len(good) - len(b"VCALENDAR\r\n")))

    cut = good[:kept].removesuffix(b"\r")

    assert [defect.code for defect in _check(cut)] == ["ICAL203"]


def test_one_line_that_is_lost_or_there_twice_is_one_fault_at_most(good: bytes) -> None:
    lines = good.removesuffix(b"\r\n").split(b"\r\n")

    for at, line in enumerate(lines):
        lost = b"".join(each + b"\r\n" for each in lines[:at] + lines[at + 1 :])
        twice = b"".join(each + b"\r\n" for each in [*lines[: at + 1], *lines[at:]])
        # What is in a component of somebody's own is known to be right only in there.
        assert len(_check(lost)) <= (2 if line == b"BEGIN:X-OWN" else 1), line
        assert len(_check(twice)) <= 1, line


def test_one_line_that_cannot_be_read_is_one_fault(good: bytes) -> None:
    lines = good.removesuffix(b"\r\n").split(b"\r\n")

    for at, line in enumerate(lines):
        if line[:1] != b" " and not line.startswith((b"BEGIN", b"END")):
            broken = b"".join(each + b"\r\n" for each in [*lines[:at], b"?" + line[1:], *lines[at + 1 :]])
            assert [(each.code, each.line) for each in _check(broken)] == [("ICAL109", at + 1)], line


def _bad(sample: Timeline) -> list[Defect]:
    data = timeline.export(sample, "ical", now=NOW).read()
    # Where no event has a date, no reader has anything to show.
    return [defect for defect in lint(data) if SEVERITIES[defect.code] != Severity.NOTE and defect.code != "ICAL210"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.id))
def test_what_we_write_has_no_fault(sample: Timeline) -> None:
    assert _bad(sample) == []


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(timelines())
def test_whatever_we_write_has_no_fault(sample: Timeline) -> None:
    assert _bad(sample) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda count: b"BEGIN:X-A\r\n" * count,
        lambda count: b"END:X-A\r\n" * count,
        lambda count: b"X-A:a" + b"\r\n \xff" * count,
        lambda count: b"X-A:a" + b"\r\n \\" * count,
        lambda count: b"BEGIN:VEVENT\r\nSUMMARY:" + b"\\x," * count,
        lambda count: b"BEGIN:VEVENT\r\nEXDATE:" + b"2024," * count,
        lambda count: b"BEGIN:VEVENT\r\nRRULE:" + b"FREQ=DAILY;" * count,
        lambda count: b"BEGIN:VEVENT\r\nATTENDEE" + b";A=b" * count + b":x",
        lambda count: b"BEGIN:VEVENT\r\nURL:" + b"%a" * count,
        lambda count: b"BEGIN:VEVENT\r\nDURATION:P" + b"1" * count,
        lambda count: b"\r" * count + b"\r\r\n" * count,
        lambda count: b"BEGIN:VEVENT\r\n" * count + b"END:VEVENT\r\n" * count,
    ],
)
def test_nothing_takes_longer_than_its_length(build: Callable[[int], bytes]) -> None:
    def seconds(count: int) -> float:
        data = b"BEGIN:VCALENDAR\r\n" + build(count)
        begun = time.process_time()
        list(lint(data))
        return time.process_time() - begun

    # Ten times as much would take a hundred times as long if it grew with the square.
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.005)


def test_the_rules_are_listed_without_the_linter() -> None:
    code = "import sys; from timeline_ical.lint import RULES; print([m for m in sys.modules if m.startswith('timeline_ical.lint.') or m in ('icalendar', 'webcolors')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "['timeline_ical.lint._rules']"
