"""What an event is at a moment, and the life of a projection."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import Claim, Event, Outcome, Source, Status, Timeline, When, WhenError
from timeline.model import deviation
from timeline.testing.strategies import claims, events, outcomes, timelines

SOURCE = st.just("s")


def _claim(modality: str = "reported", when: str | When | None = None, **fields: Any) -> Claim:
    return Claim(source="s", modality=modality, when=when, **fields)


def _event(*given_claims: Claim, **fields: Any) -> Event:
    return Event(id="e", title="E", claims=given_claims, **fields)


def _ended(result: str, **fields: Any) -> Outcome:
    return Outcome(result=result, source="s", decided=fields.pop("decided", "2025-03-15"), **fields)


@pytest.mark.parametrize("modality", ["projected", "planned"])
@pytest.mark.parametrize(
    ("when", "now", "status"),
    [
        ("2025-02", "2025-01-31", None),
        ("2025-02", "2025-02-01", "due"),
        ("2025-02", "2025-02-28", "due"),
        ("2025-02", "2025-03-01", "overdue"),
        ("[2025-01..]", "2024-12-31", None),
        ("[2025-01..]", "2999-01-01", "due"),
        ("[..2025-02]", "1999-01-01", "due"),
        ("[..2025-02]", "2025-03-01", "overdue"),
        ("2024-12-27/2025-21", "2024-12-28", "due"),
        ("2024-12-27/2025-21", "2025-06-01", "overdue"),
        ("2024-12-27/", "2025-06-01", "due"),
        (None, "2999-01-01", None),
    ],
)
def test_a_projection_is_open_then_due_then_overdue(modality: str, when: str | None, now: str, status: str) -> None:
    assert _event(_claim(modality, when)).status(now) == (status or modality)


@pytest.mark.parametrize(
    ("when", "now", "status"),
    [
        (None, "2025-01-01", "occurred"),
        ("2024-08", "2024-08-10", "occurred"),
        ("2024-11/..", "2025-01-01", "ongoing"),
        ("2024-11/2025-03", "2025-01-01", "ongoing"),
        ("2024-11/2025-03", "2025-04-01", "occurred"),
        ("2024-11/", "2025-01-01", "occurred"),
        ("2026-11-03", "2025-01-01", "planned"),
    ],
)
def test_what_is_stated_as_a_fact_occurred_or_goes_on(when: str | None, now: str, status: str) -> None:
    assert _event(_claim("reported", when)).status(now) == status
    assert _event(when=when).status(now) == status
    assert _event(_claim("projected", "2024"), outcome=_ended("occurred", when=when, decided="2024")).status(now) == (
        status if when is not None else "occurred"
    )


def test_a_report_ends_a_projection_even_without_a_date() -> None:
    event = _event(_claim("projected", "[2025-05..]"), _claim("reported", said="2025-03"))

    assert event.status("2025-04-01") is Status.OCCURRED


@pytest.mark.parametrize("result", ["did-not-occur", "superseded", "disputed"])
def test_an_outcome_decides(result: str) -> None:
    event = _event(_claim("projected", "2025-02"), outcome=_ended(result))

    assert event.status("2025-07-01") == result


def test_what_came_later_than_the_moment_does_not_count() -> None:
    event = _event(
        _claim("projected", "2025-02/2025-05", said="2024-12-27"),
        _claim("reported", "2025-03-14", said="2025-03-14"),
        outcome=_ended("occurred", when="2025-03-14"),
        when="2025-03-14",
    )

    assert [event.status(now) for now in ("2024-12-28", "2025-02-01", "2025-03-14", "2025-03-15")] == (
        ["projected", "due", "occurred", "occurred"]
    )


@pytest.mark.parametrize(
    ("modality", "status"), [("denied", "did-not-occur"), ("desired", "desired"), ("assessed", "assessed")]
)
def test_what_nobody_reports_or_expects(modality: str, status: str) -> None:
    assert _event(_claim(modality, "2024")).status("2025-01-01") == status


def test_a_denied_projection_is_still_a_projection() -> None:
    assert _event(_claim("projected", "2025"), _claim("denied")).status("2024-12-28") is Status.PROJECTED


def test_reports_that_contradict_each_other_are_disputed_unless_the_editor_decides() -> None:
    reports = [_claim(when="2024-08-06"), Claim(source="b", when="2024-08-07")]

    assert _event(*reports).status("2025-01-01") is Status.DISPUTED
    assert _event(*reports, when="2024-08-06").status("2025-01-01") is Status.OCCURRED


def test_a_denial_disputes_a_report_unless_it_came_before_it() -> None:
    report = _claim("reported", "2024-08-06", said="2024-08-07")

    def status(*others: Claim) -> Status:
        return _event(report, *others).status("2025-01-01")

    def denied(**fields: Any) -> Claim:
        return Claim(modality="denied", source=fields.pop("source", "b"), **fields)

    assert status(denied(said="2024-08-08")) is Status.DISPUTED
    assert status(denied()) is Status.DISPUTED
    assert status(denied(source="s")) is Status.DISPUTED
    assert status(denied(said="2024-07")) is Status.OCCURRED
    assert status(denied(said="2024-08-08", when="2024-09")) is Status.OCCURRED
    assert status(denied(said="2024-08-08", when="2024-08")) is Status.DISPUTED
    # Who reports it after all takes the denial back, and who denies it after all the report.
    assert status(denied(said="2024-08-08"), Claim(source="b", said="2024-08-09")) is Status.OCCURRED
    assert status(denied(said="2024-08-08", source="s")) is Status.DID_NOT_OCCUR
    assert status(denied(said="2024-08-08", source="s"), Claim(source="c", said="2024-08-07")) is Status.DISPUTED
    # Reports before and after a denial.
    assert status(denied(said="2024-08-08"), Claim(source="c", said="2024-08-09")) is Status.DISPUTED


def test_what_is_disputed_is_no_fact_and_says_so() -> None:
    disputed = [
        _event(_claim("reported", "2024-08-06"), Claim(source="b", when="2024-08-07")),
        _event(_claim("reported"), Claim(source="b", modality="denied")),
        _event(_claim("reported"), outcome=_ended("disputed")),
        _event(_claim("reported"), outcome=_ended("superseded")),
    ]

    assert [event.word for event in disputed] == ["disputed", "disputed", "disputed", "superseded"]
    assert not any(event.is_fact for event in disputed)
    assert _event(_claim("projected"), Claim(source="b", modality="denied")).word == "projected, denied"
    assert _event(_claim("projected", said="2024"), _claim("denied", said="2025")).word == "denied"


def test_before_anything_was_said_nothing_is_known() -> None:
    ended = _ended("did-not-occur")

    for event in (_event(_claim("reported", said="2025-03")), _event(outcome=ended, when="2025-03")):
        assert event.status("2024-01-01") is Status.UNKNOWN
        assert _timeline(event).statuses("2024-01-01") == {"e": Status.UNKNOWN}
    assert _timeline(_event(_claim("projected", "2025", said="2025-03"))).projections("2024-01-01") == ()


def test_a_timeline_knows_when_its_sources_were_published() -> None:
    event = _event(_claim("projected", "2024-02"), Claim(source="late", when="2024-02-21"))
    sources = [Source(id="s", published="2024-01"), Source(id="late", published="2024-03-10")]
    timeline = Timeline(id="t", title="T", sources=sources, events=[event])

    assert event.status("2024-02-25") is Status.OCCURRED
    assert timeline.statuses("2024-02-25") == {"e": Status.DUE}
    assert timeline.projections("2024-02-25")[0].status is Status.DUE
    assert timeline.projections("2024-03-10")[0].status is Status.OCCURRED


def test_an_outcome_without_a_date_does_not_say_that_it_was_in_time() -> None:
    (projection,) = _timeline(_event(_claim("projected", "2025-03"), outcome=_ended("occurred"))).projections(
        "2025-07-01"
    )

    assert (str(projection.before), projection.after, projection.deviation) == ("2025-03", None, None)


def test_what_its_origin_replaced_is_in_force_no_more() -> None:
    event = _event(
        _claim("planned", "2023-06", said="2023-01", likelihood="90 %"), _claim("planned", "2024-06", said="2023-05")
    )
    (projection,) = _timeline(event).projections("2024-01-01")

    assert [claim.likelihood for claim in projection.claims] == [None]
    assert str(projection.before) == "2024-06"


def test_an_open_projection_has_not_happened_yet() -> None:
    event = _event(_claim("projected", "2025-03"), _claim("reported", "2025-04-05", said="2025-01"))
    (projection,) = _timeline(event).projections("2025-02-01")

    assert (projection.status, projection.after, projection.decided) == ("planned", None, None)


def test_projections_that_contradict_each_other_are_due_by_either() -> None:
    event = _event(_claim("projected", "2025-02"), Claim(source="b", modality="projected", when="2025-05"))

    assert event.derivation.disputed
    assert event.status("2025-02-01") is Status.DUE
    assert event.status("2025-06-01") is Status.OVERDUE


def test_no_moment_is_refused() -> None:
    with pytest.raises(WhenError):
        _event().status("2025")


@given(events(claims(SOURCE), outcomes(SOURCE)), st.dates())
def test_every_event_has_one_status_on_every_day(event: Event, day: Any) -> None:
    assert isinstance(event.status(day), Status)


@given(events(claims(SOURCE)), st.dates(), st.dates())
def test_an_overdue_projection_is_not_due_again_later(event: Event, one: Any, other: Any) -> None:
    timeless = Event(
        id="e", title="E", when=event.own_when, claims=[_claim("projected", c.when) for c in event.claims if c.when]
    )
    first, second = sorted([one, other])

    if timeless.status(first) is Status.OVERDUE:
        assert timeless.status(second) is Status.OVERDUE


@pytest.mark.parametrize(
    ("window", "happened", "low", "high", "words"),
    [
        ("2025-03", "2025-03-14", 0, 0, "in time"),
        ("2025-03", "2025-04-02", 2, 2, "2 days late"),
        ("2025-03", "2025-02-28", -1, -1, "1 day early"),
        ("2025-03", "2025-04", 1, 30, "between 1 day late and 30 days late"),
        ("2025-03-14", "2025-03", -13, 17, "between 13 days early and 17 days late"),
        ("[2025-01..]", "2030-01-01", 0, 0, "in time"),
        ("[2025-01..]", "2024-12-31", -1, -1, "1 day early"),
        ("2024-12/2025-05", "2024-12/2025-03-12", -50, -50, "50 days early"),
        ("2024-12/2025-05", "2024-12/2025-05-12", 0, 0, "in time"),
        ("2025-03", "[2025-03..]", 0, float("inf"), "between in time and endlessly late"),
        ("[2024-03..]", "2024-05/..", 0, 0, "in time"),
        ("[2024-08..]", "2024-06/..", -61, -32, "between 61 days early and 32 days early"),
        ("2025-03", "2025-04-02/2025-09", 2, 2, "2 days late"),
        ("2025-01/2025-03", "2026-01/..", 276, float("inf"), "between 276 days late and endlessly late"),
    ],
)
def test_how_far_off_it_was_is_told_in_days(window: str, happened: str, low: float, high: float, words: str) -> None:
    found = deviation(When.parse(window), When.parse(happened))

    assert (found.low, found.high) == (low, high)
    assert str(found) == words


def _timeline(*given_events: Event) -> Timeline:
    return Timeline(id="t", title="T", sources=[Source(id="s")], events=given_events)


def test_projections_are_listed_by_when_their_windows_close() -> None:
    def projected(id: str, when: str | None) -> Event:
        return Event(id=id, title=id, claims=[_claim("projected", when)])

    timeline = _timeline(
        projected("never", None),
        projected("endless", "[2025-01..]"),
        projected("may", "2025-05"),
        projected("spring", "2025-04/2025-05"),
        projected("february", "2025-02"),
        Event(id="fact", title="f", claims=[_claim()]),
        Event(id="wish", title="w", claims=[_claim("desired", "2025")]),
    )
    listed = timeline.projections("2025-05-01")

    assert [each.event.id for each in listed] == ["february", "spring", "may", "endless", "never"]
    assert [each.status for each in listed] == ["overdue", "due", "due", "due", "projected"]


def test_a_projection_knows_its_window_before_and_after() -> None:
    event = _event(
        _claim("projected", "2025-02/2025-05", said="2024-12-27"),
        outcome=_ended("occurred", when="2025-03-12", decided="2025-03-13"),
    )
    before, after = (_timeline(event).projections(now)[0] for now in ("2025-02-01", "2025-07-01"))

    assert (before.status, str(before.before), before.after, before.decided, before.deviation) == (
        ("due", "2025-02/2025-05", None, None, None)
    )
    assert (after.status, str(after.before), str(after.after), str(after.decided)) == (
        ("occurred", "2025-02/2025-05", "2025-03-12", "2025-03-13")
    )
    assert str(after.deviation) == "in time"


def test_a_projection_that_was_reported_is_decided_by_the_first_report() -> None:
    event = _event(
        _claim("projected", "2025-02"),
        _claim("reported", "2025-03-02", said="2025-03-05"),
        _claim("reported", "2025-03-02", said="2025-03-03"),
    )
    (projection,) = _timeline(event).projections("2025-07-01")

    assert (str(projection.after), str(projection.decided)) == ("2025-03-02", "2025-03-03")
    assert str(projection.deviation) == "2 days late"


def test_an_editors_date_is_the_window_of_a_projection_without_one() -> None:
    (projection,) = _timeline(_event(_claim("projected"), when="2025-02")).projections("2025-03-01")

    assert (str(projection.before), projection.status) == ("2025-02", "overdue")


@given(timelines(), st.dates())
def test_all_that_is_planned_or_projected_is_listed_once(timeline: Timeline, day: Any) -> None:
    listed = [each.event.id for each in timeline.projections(day)]
    hopeful = [
        event.id for event in timeline.events if any(c.modality in ("planned", "projected") for c in event.claims)
    ]

    assert len(listed) == len(set(listed))
    assert set(listed) <= set(hopeful)
