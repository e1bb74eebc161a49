"""What STATUS makes of an entry: what is tentative or cancelled is no fact."""

from typing import Any

import pytest

from timeline.model import Claim, Modality, Outcome, Result, Source
from timeline.when import When

_DATED = ("DTSTART;VALUE=DATE:20240806", "DTSTAMP:20240701T120000Z")
_PLANNED = Claim(source="calendar", said="2024-07-01", modality=Modality.PLANNED, when="2024-08-06")


@pytest.mark.parametrize("status", ["STATUS:CONFIRMED", "STATUS:confirmed", "X-NONE:"])
def test_what_is_confirmed_needs_no_claim(read_entry: Any, status: str) -> None:
    found = read_entry(*_DATED, status)

    assert (found.event.claims, found.event.outcome, found.event.own_when) == ((), None, When.parse("2024-08-06"))
    assert found.timeline.sources == ()
    assert found.event.is_fact


def test_what_is_tentative_is_planned(read_entry: Any) -> None:
    found = read_entry(
        *_DATED, "STATUS:TENTATIVE", calendar="X-WR-CALNAME:Plans\nSOURCE;VALUE=URI:https://example.org/feed"
    )

    assert found.event.claims == (_PLANNED,)
    assert found.event.when == When.parse("2024-08-06")
    assert found.event.word == "planned"
    assert found.timeline.sources == (Source(id="calendar", title="Plans", url="https://example.org/feed"),)


def test_the_day_of_the_last_change_is_when_it_was_said(read_entry: Any) -> None:
    found = read_entry(*_DATED, "LAST-MODIFIED:20240715T000000Z", "STATUS:TENTATIVE")

    assert found.event.claims[0].said == When.parse("2024-07-15")


@pytest.mark.parametrize("stamp", ["DTSTAMP:never", "DTSTAMP:20240231T000000Z", "DTSTAMP:"])
def test_nobody_knows_when_it_was_said_where_the_calendar_does_not_tell(read_entry: Any, stamp: str) -> None:
    found = read_entry(_DATED[0], stamp, "STATUS:TENTATIVE")

    assert found.event.claims[0].said is None


@pytest.mark.parametrize("kind", ["VEVENT", "VJOURNAL"])
@pytest.mark.parametrize("status", ["CANCELLED", "CANCELED"])
def test_what_is_cancelled_did_not_occur(read_entry: Any, kind: str, status: str) -> None:
    found = read_entry(*_DATED, f"STATUS:{status}", kind=kind)

    assert found.event.outcome == Outcome(result=Result.DID_NOT_OCCUR, source="calendar", decided="2024-07-01")
    assert found.event.claims == (_PLANNED,)
    assert found.event.when == When.parse("2024-08-06")
    assert found.event.word == "did not occur"


def test_what_is_cancelled_on_a_day_that_nobody_knows_is_denied(read_entry: Any) -> None:
    found = read_entry(_DATED[0], "STATUS:CANCELLED")

    assert found.event.outcome is None
    assert found.event.claims == (Claim(source="calendar", modality=Modality.DENIED, when="2024-08-06"),)
    assert found.event.when == When.parse("2024-08-06")
    assert not found.event.is_fact


@pytest.mark.parametrize("status", ["STATUS:NEEDS-ACTION", "STATUS:IN-PROCESS", "X-NONE:"])
def test_a_task_is_planned(read_entry: Any, status: str) -> None:
    found = read_entry("DUE;VALUE=DATE:20240806", _DATED[1], status, kind="VTODO")

    assert found.event.claims == (
        Claim(source="calendar", said="2024-07-01", modality=Modality.PLANNED, when="[..2024-08-06]"),
    )
    assert found.event.is_open


@pytest.mark.parametrize("status", ["STATUS:COMPLETED", "X-NONE:"])
def test_a_task_that_is_done_occurred_when_it_was_done(read_entry: Any, status: str) -> None:
    found = read_entry("DUE;VALUE=DATE:20240806", _DATED[1], status, "COMPLETED:20240805T093000Z", kind="VTODO")

    assert found.event.outcome == Outcome(
        result=Result.OCCURRED, source="calendar", decided="2024-08-05", when="2024-08-05T09:30:00Z"
    )
    assert found.event.when == When.parse("2024-08-05T09:30:00Z")
    assert found.event.is_fact


def test_a_task_that_was_done_nobody_says_when_has_no_date(read_entry: Any) -> None:
    known = read_entry("DUE;VALUE=DATE:20240806", _DATED[1], "STATUS:COMPLETED", kind="VTODO")
    unknown = read_entry("DUE;VALUE=DATE:20240806", "STATUS:COMPLETED", kind="VTODO")

    # When it was due does not say when it happened.
    assert known.event.outcome == Outcome(result=Result.OCCURRED, source="calendar", decided="2024-07-01")
    assert known.event.when is None
    assert unknown.event.outcome is None
    assert [claim.modality for claim in unknown.event.claims] == [Modality.PLANNED, Modality.REPORTED]
    assert unknown.event.when is None


@pytest.mark.parametrize(("kind", "status"), [("VEVENT", "COMPLETED"), ("VTODO", "TENTATIVE"), ("VJOURNAL", "DONE")])
def test_a_status_that_there_is_not_is_reported(read_entry: Any, kind: str, status: str) -> None:
    found = read_entry(*_DATED, f"STATUS:{status}", kind=kind)

    assert found.faults[0].startswith(f"6: STATUS '{status}', expected one of: ")


def test_a_journal_is_stated(read_entry: Any) -> None:
    assert read_entry(*_DATED, "STATUS:FINAL", kind="VJOURNAL").event.claims == ()


def test_a_draft_of_a_journal_is_planned(read_entry: Any) -> None:
    assert read_entry(*_DATED, "STATUS:DRAFT", kind="VJOURNAL").event.claims == (_PLANNED,)


@pytest.mark.parametrize("status", ["NEEDS-ACTION", "IN-PROCESS", "CANCELLED"])
def test_a_task_that_is_said_to_be_done_and_not_is_reported(read_entry: Any, status: str) -> None:
    found = read_entry(*_DATED, f"STATUS:{status}", "COMPLETED:20240805T093000Z", kind="VTODO")

    assert found.faults == [f"7: COMPLETED beside STATUS:{status}, expected STATUS:COMPLETED; it is not taken as done"]


@pytest.mark.parametrize(("method", "word"), [("CANCEL", "did not occur"), ("COUNTER", "planned"), ("PUBLISH", None)])
def test_what_a_calendar_is_sent_for_matters(read_entry: Any, method: str, word: str | None) -> None:
    assert read_entry(*_DATED, calendar=f"METHOD:{method}").event.word == word
