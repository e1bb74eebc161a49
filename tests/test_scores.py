"""How those who project the future have done."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import Claim, Event, Outcome, Source, Timeline, Verdict, track_records
from timeline.testing.strategies import timelines


def _projected(when: str | None, likelihood: str | None = None, **fields: Any) -> Claim:
    return Claim(source=fields.pop("source", "s"), modality=fields.pop("modality", "projected"), when=when,
                 likelihood=likelihood, **fields)  # fmt: skip


def _occurred(when: str | None, decided: str = "2025-06-01") -> Outcome:
    return Outcome(result="occurred", source="s", decided=decided, when=when)


def _ended(result: str) -> Outcome:
    return Outcome(result=result, source="s", decided="2025-06-01")


def _event(id: str, *claims: Claim, outcome: Outcome | None = None) -> Event:
    return Event(id=id, title="E", claims=claims, outcome=outcome)


def _records(*events: Event, now: str = "2025-07-01") -> dict[str, Any]:
    timeline = Timeline(id="t", title="T", sources=[Source(id="s"), Source(id="b")], events=events)
    return {record.name: record for record in track_records(timeline, now)}


def _verdict(event: Event, *others: Event, now: str = "2025-07-01") -> Verdict:
    verdict: Verdict = dict(_records(event, *others, now=now)["s"].verdicts)[event.id]
    return verdict


@pytest.mark.parametrize(
    ("window", "outcome", "verdict"),
    [
        ("2025-03", _occurred("2025-03-14"), "inside"),
        ("2025-03", _occurred("2025-03"), "inside"),
        ("2025-03", _occurred("2025-02-28"), "early"),
        ("2025-03", _occurred("2025-04-01"), "late"),
        ("2025-03-14", _occurred("2025-03"), "void"),
        ("2025-03", _ended("did-not-occur"), "failed"),
        ("2025-03", _ended("superseded"), "void"),
        ("2025-03", _ended("disputed"), "void"),
        (None, _occurred("2025-03"), "void"),
        (None, _ended("did-not-occur"), "failed"),
        ("2025-03", None, "overdue"),
        ("2025-12", None, "open"),
    ],
)
def test_what_became_of_a_projection(window: str | None, outcome: Outcome | None, verdict: str) -> None:
    assert _verdict(_event("e", _projected(window), outcome=outcome)) == verdict


def test_a_report_is_an_outcome_too() -> None:
    assert _verdict(_event("e", _projected("2025-03"), Claim(source="b", when="2025-03-14"))) is Verdict.INSIDE


def test_what_was_decided_later_does_not_count_yet() -> None:
    event = _event("e", _projected("2025-03"), outcome=_occurred("2025-03-14", decided="2025-04-02"))

    assert _verdict(event, now="2025-04-01") is Verdict.OVERDUE
    assert _verdict(event, now="2025-04-02") is Verdict.INSIDE


def test_a_projection_on_a_condition_counts_only_if_the_condition_came_true() -> None:
    held = _event("held", _projected("2025-03", condition_event="attack"), outcome=_ended("did-not-occur"))

    assert _verdict(held) is Verdict.VOID
    assert _verdict(held, _event("attack", _projected("2025-01"))) is Verdict.VOID
    assert _verdict(held, _event("attack", Claim(source="s", when="2025-01"))) is Verdict.FAILED


def test_several_claims_of_one_origin_about_one_event_are_one_projection() -> None:
    records = _records(
        _event("e", _projected("2025-03", via=["Bloomberg"]), _projected("2025", via=["bloomberg"], source="b"),
               _projected("2025-05", source="b"), outcome=_occurred("2025-03-14")),
    )  # fmt: skip

    assert {name: dict(record.verdicts) for name, record in records.items()} == (
        {"Bloomberg": {"e": Verdict.INSIDE}, "b": {"e": Verdict.EARLY}}
    )


def test_an_origin_that_gave_no_window_is_not_held_to_that_of_another() -> None:
    event = _event("e", _projected("2025-03"), _projected(None, "90 %", source="b"), outcome=_occurred("2025-04-05"))
    records = _records(event)

    assert dict(records["s"].verdicts) == {"e": Verdict.LATE}
    assert dict(records["b"].verdicts) == {"e": Verdict.VOID}
    assert records["b"].brier is None


def test_whether_it_is_overdue_goes_by_ones_own_window() -> None:
    records = _records(_event("e", _projected("2025-03"), _projected("2025-12", source="b")), now="2025-08-01")

    assert dict(records["s"].verdicts) == {"e": Verdict.OVERDUE}
    assert dict(records["b"].verdicts) == {"e": Verdict.OPEN}


def test_what_was_said_when_it_was_known_is_no_projection() -> None:
    late = _projected("2025-03", "99 %", said="2025-06-02")

    assert _records(_event("e", late, outcome=_occurred("2025-03-14", decided="2025-06-01"))) == {}


def test_a_probability_that_was_repeated_counts_once_as_it_was_given_last() -> None:
    said = [
        _projected("2025-03", likelihood, said=said) for likelihood, said in (("50 %", "2025-01"), ("90 %", "2025-02"))
    ]
    record = _records(_event("e", *said, *said, outcome=_occurred("2025-03-14")))["s"]

    assert record.forecasts == ((0.9, 0.9, True),)


def test_what_was_projected_on_a_condition_that_failed_widens_no_window() -> None:
    narrow, wide = _projected("2025-03"), _projected("2025-03-14", condition_event="attack")

    assert _verdict(_event("e", narrow, wide, outcome=_occurred("2025-03-20"))) is Verdict.INSIDE


def test_where_only_the_day_is_disputed_the_window_may_hold_all_of_them() -> None:
    reports = [Claim(source="s", when="2025-03-14", speakers=["X"]), Claim(source="b", when="2025-03-16")]
    denial = Claim(source="b", modality="denied", speakers=["Y"])

    assert _verdict(_event("e", _projected("2025-03"), *reports)) is Verdict.INSIDE
    assert _verdict(_event("e", _projected("2025-03-14"), *reports)) is Verdict.VOID
    assert _verdict(_event("e", _projected("2025-03"), *reports, denial)) is Verdict.VOID


def test_what_is_withdrawn_did_not_occur() -> None:
    event = _event("e", _projected("2025-03", said="2025-01"), Claim(source="s", modality="denied", said="2025-02"))

    assert _verdict(event) is Verdict.FAILED


def test_plans_and_wishes_are_no_projections() -> None:
    assert _records(_event("e", _projected("2025-03", modality="planned"), _projected(None, modality="desired"))) == {}


@pytest.mark.parametrize(
    ("given", "brier", "count"),
    [
        ([("2025-03", "70 %", True)], (0.09, 0.09), 1),
        ([("2025-03", "70 %", False)], (0.49, 0.49), 1),
        ([("2025-03", "100 %", True), ("2025-03", "50 %", False)], (0.125, 0.125), 2),
        ([("2025-03", "60-80 %", True)], (0.04, 0.16), 1),
        ([("2025-03", "likely", True), ("2025-03", "might", False)], None, 0),
        ([("2025-02", "70 %", True)], (0.49, 0.49), 1),  # it came late
        ([("2025-03-14", "70 %", None)], None, 0),  # nobody knows whether it came on that day
    ],
)
def test_the_brier_score_is_the_mean_squared_error_of_the_probabilities_given(
    given: list[tuple[str, str, bool | None]], brier: tuple[float, float] | None, count: int
) -> None:
    outcomes = {True: _occurred("2025-03-14"), False: _ended("did-not-occur"), None: _occurred("2025-03")}
    events = [
        _event(f"e{number}", _projected(when, likelihood), outcome=outcomes[happened])
        for number, (when, likelihood, happened) in enumerate(given)
    ]
    record = _records(*events)["s"]

    assert len(record.forecasts) == count
    assert record.brier == (None if brier is None else pytest.approx(brier))


@given(timelines(), st.dates())
def test_every_projection_of_an_origin_has_one_verdict(timeline: Timeline, day: Any) -> None:
    for record in track_records(timeline, day):
        ids = [id for id, _ in record.verdicts]
        assert len(ids) == len(set(ids))
        assert sum(record.count(verdict) for verdict in Verdict) == len(ids)
        assert record.brier is None or 0 <= record.brier[0] <= record.brier[1] <= 1
