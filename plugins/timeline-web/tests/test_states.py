"""How an event looked on earlier days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from timeline import Claim, Event, Outcome, Source, Timeline
from timeline.testing.strategies import timelines
from timeline_web._states import Past, State, stops

NOW = "2025-07-01"
_NOW = date.fromisoformat(NOW).toordinal()


def past(*events: Event, **source: str) -> list[tuple[State, ...]]:
    timeline = Timeline(id="t", title="T", sources=[Source(id="s", **source)], events=events)
    found = Past(timeline, _NOW, timeline.statuses(NOW))
    return [found.of(event) for event in timeline.events]


def projected(said: str | None = "2024-12-27", when: str | None = "2025-03", **fields: str) -> Claim:
    return Claim(source="s", modality="projected", said=said, when=when, **fields)


def told(states: tuple[State, ...]) -> list[tuple[str, str, int]]:
    return [(date.fromordinal(state.day).isoformat(), state.status, len(state.event.claims)) for state in states]


def test_what_nothing_dates_was_always_known() -> None:
    by_editor = Event(id="a", title="A", when="2024-08-06")
    undated = Event(id="b", title="B", claims=[projected(None)])
    assert past(by_editor, undated) == [(), ()]


def test_a_projection_was_unknown_then_projected_then_due_then_overdue() -> None:
    (found,) = past(Event(id="a", title="A", claims=[projected()]))
    assert told(found) == [
        ("2024-12-27", "projected", 1),
        ("2025-03-01", "due", 1),
        ("2025-04-01", "overdue", 1),
    ]


def test_an_outcome_changes_it_on_the_day_it_was_decided() -> None:
    outcome = Outcome(result="occurred", source="s", decided="2025-03-10", when="2025-03-09")
    (found,) = past(Event(id="a", title="A", claims=[projected()], outcome=outcome))
    assert told(found)[-2:] == [("2025-03-01", "due", 1), ("2025-03-10", "occurred", 1)]
    assert [str(state.event.when) for state in found] == ["2025-03", "2025-03", "2025-03-09"]


def test_claims_come_one_after_another_each_when_it_certainly_was_made() -> None:
    claims = [projected("2024-06", when=None), Claim(source="s", said="2024-09-02", when="2024-08")]
    (found,) = past(Event(id="a", title="A", claims=claims))
    assert told(found) == [("2024-06-30", "projected", 1), ("2024-09-02", "occurred", 2)]


def test_a_claim_was_made_when_its_source_was_published_and_known_when_it_was_recorded() -> None:
    (found,) = past(Event(id="a", title="A", claims=[projected(None, recorded="2025-01-05")]), published="2024-12-28")
    assert told(found)[0][0] == "2025-01-05"


def test_what_nobody_knew_before_the_day_of_the_page_was_hidden_until_then() -> None:
    for said in (NOW, "2025-12", "[2024..]"):
        (found,) = past(Event(id="a", title="A", claims=[projected(said)]))
        assert [state.day for state in found] == [_NOW]


def test_what_the_editor_dates_was_planned_before_it_came() -> None:
    bare = Event(id="a", title="A", when="2025-02")
    said = Event(id="b", title="B", claims=[projected("2024-12-27")])
    found, _ = past(bare, said)
    assert [(state.day, state.status) for state in found] == [
        (1, "planned"),
        (date(2025, 2, 1).toordinal(), "occurred"),
    ]


def test_an_event_comes_after_none_of_which_nobody_knew() -> None:
    later = Event(id="later", title="L", claims=[projected("2025-01-10")])
    event = Event(id="a", title="A", claims=[projected("2024-12-27", when=None)], after=["later", "nobody"])
    found, _ = past(event, later)
    assert [(state.day, state.event.after) for state in found] == [
        (date(2024, 12, 27).toordinal(), ("nobody",)),
        (date(2025, 1, 10).toordinal(), ("later", "nobody")),
    ]


@given(timeline=timelines(), day=st.dates(date(1, 1, 2), date(2025, 6, 30)))
def test_the_state_of_a_day_is_what_the_timeline_says_as_of_that_day(timeline: Timeline, day: date) -> None:
    known = timeline.as_of(day)
    there = {event.id: event for event in known.events}
    statuses = known.statuses(day)
    now = timeline.statuses(NOW)
    past = Past(timeline, _NOW, now)
    all_states = {event.id: past.of(event) for event in timeline.events}
    first = min((state.day for states in all_states.values() for state in states if state.day > 1), default=_NOW)
    for event in timeline.events:
        states = all_states[event.id]
        shown = [state for state in states if state.day <= day.toordinal()]
        assert bool(shown or not states) == (event.id in there)
        # Nobody looks at days before the first of which anything is told.
        if event.id in there and day.toordinal() >= first:
            event, status = (shown[-1].event, shown[-1].status) if shown else (event, now[event.id])  # noqa: PLW2901 - as it was
            assert (event.claims, event.when, status) == (
                there[event.id].claims,
                there[event.id].when,
                statuses[event.id],
            )
            assert set(event.after) == set(there[event.id].after)


def test_the_slider_stops_where_something_changes() -> None:
    assert stops([5, 3, 3, _NOW, _NOW + 4], _NOW) == (3, 5, _NOW)


def test_of_many_changes_the_slider_stops_at_the_last_of_each_month_or_year() -> None:
    first = date(2024, 1, 1).toordinal()
    months = stops(range(first, first + 366), _NOW)
    assert [date.fromordinal(day).day for day in months[:-1]] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    years = stops(range(date(1900, 1, 1).toordinal(), date(2000, 1, 1).toordinal()), _NOW)
    assert [date.fromordinal(day).isoformat() for day in years[:2]] == ["1900-12-31", "1901-12-31"]
    assert len(years) == 101
