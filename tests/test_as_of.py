"""The timeline as it was known on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline import Basis, Claim, Event, Outcome, Source, Timeline, When, WhenError
from timeline.testing.strategies import timelines, whens

FAR = st.dates(date(1, 1, 2), date(9999, 12, 30))


def _timeline(*events: Event, **source: Any) -> Timeline:
    sources = [Source(id="s", **source), Source(id="later"), Source(id="unnamed")]
    return Timeline(id="t", title="T", sources=sources, events=events)


def _claim(**fields: Any) -> Claim:
    return Claim(source=fields.pop("source", "s"), **fields)


def _known(day: Any, *claims: Claim, source: Any = None, **options: Any) -> list[Claim]:
    timeline = _timeline(Event(id="e", title="E", claims=claims), **(source or {})).as_of(day, **options)
    return [claim for event in timeline.events for claim in event.claims]


def test_claims_that_were_made_later_are_gone_and_so_are_events_without_any_left() -> None:
    early, late = _claim(said="2024-12-27"), _claim(said="2025-03-14", source="later")
    timeline = _timeline(
        Event(id="both", title="B", claims=[early, late]),
        Event(id="late", title="L", claims=[late]),
        Event(id="editor", title="E", when="2024"),
    )
    known = timeline.as_of("2024-12-28")

    assert [event.id for event in known.events] == ["both", "editor"]
    assert known.events[0].claims == (early,)
    assert [source.id for source in known.sources] == ["s", "unnamed"]
    assert timeline.as_of("2025-03-14") == timeline


@pytest.mark.parametrize("day", ["2024-12-27", date(2024, 12, 27), When.parse("2024-12-27"), "2024-12-27T10:00:00Z"])
def test_a_day_is_known_to_its_end(day: Any) -> None:
    assert len(_known(day, _claim(said="2024-12-27"), _claim(said="2024-12-27T23:59:59Z"))) == 2
    assert _known(day, _claim(said="2024-12-28")) == []


def test_a_moment_stands_for_its_day_in_utc() -> None:
    evening = datetime(2024, 12, 27, 20, 0, tzinfo=timezone(timedelta(hours=-5)))

    assert len(_known(evening, _claim(said="2024-12-28"))) == 1


def test_no_day_is_refused() -> None:
    with pytest.raises(WhenError):
        _timeline().as_of("2024-12")


def test_an_uncertain_day_must_be_over_or_may_have_begun() -> None:
    claim = _claim(said="[2024-08-01..2024-12-28]")

    assert _known("2024-10-01", claim) == []
    assert _known("2024-10-01", claim, possibly=True) == [claim]
    assert _known("2024-07-31", claim, possibly=True) == []
    assert _known("2024-12-28", claim) == [claim]


def test_a_claim_that_does_not_say_when_was_made_by_the_time_its_source_was_published() -> None:
    assert len(_known("2024-12-28", _claim(), source={"published": "2024-12-28"})) == 1
    assert _known("2024-12-27", _claim(), source={"published": "2024-12-28"}) == []
    assert len(_known("1990-01-01", _claim())) == 1


def test_what_was_recorded_later_was_not_known_unless_only_the_saying_counts() -> None:
    claim = _claim(said="2024-12-27", recorded="2025-03-01")

    assert _known("2025-01-01", claim) == []
    assert _known("2025-01-01", claim, by="said") == [claim]
    assert _known("2025-03-01", claim) == [claim]
    assert _known("2024-01-01", _claim(said="2024-12-27", recorded="2023-01-01"), by=Basis.RECORDED)
    assert _known("2024-01-01", _claim(said="2024-12-27"), by=Basis.RECORDED) == []
    with pytest.raises(ValueError, match="heard"):
        _known("2025-01-01", claim, by="heard")


def test_the_date_follows_from_what_is_left_for_the_editors_may_rest_on_what_came_later() -> None:
    projected = _claim(modality="projected", when="[2025-01..]", said="2024-12-27")
    reported = _claim(when="2025-03-14", said="2025-03-15")
    event = Event(id="e", title="E", when="2025-03-14", claims=[projected, reported])
    timeline = _timeline(event, attrs.evolve(event, id="derived", when=None))

    for known in timeline.as_of("2024-12-28").events:
        assert str(known.when) == "[2025-01..]"
        assert known.own_when is None
        assert known.status("2024-12-28") == "projected"
    assert timeline.as_of("2025-03-15") == timeline


@pytest.mark.parametrize(
    ("later", "kept"),
    [
        ({"modality": "assessed"}, "2024-08-06"),
        ({"modality": "desired"}, "2024-08-06"),
        ({"modality": "projected"}, "2024-08-06"),
        ({"modality": "denied", "when": "2024-08"}, "2024-08-06"),
        ({"modality": "assessed", "when": "2024-08"}, "None"),
        ({"modality": "reported"}, "None"),
    ],
)
def test_the_editors_date_goes_only_with_what_it_may_rest_on(later: Any, kept: str) -> None:
    known = _claim(said="2024-08-07")
    event = Event(id="e", title="E", when="2024-08-06", claims=[known, _claim(said="2024-12-27", **later)])
    (left,) = _timeline(event).as_of("2024-09-01").events

    assert left.claims == (known,)
    assert str(left.when) == kept


def test_an_outcome_is_known_from_the_day_it_was_decided() -> None:
    ended = Outcome(result="occurred", source="later", decided="2025-03-15", when="2025-03-14")
    projected = _claim(modality="projected", when="[2025-01..]", said="2024-12-27")
    timeline = _timeline(Event(id="e", title="E", when="2025-03-14", claims=[projected], outcome=ended))
    before, after = timeline.as_of("2025-03-14"), timeline.as_of("2025-03-15")

    assert before.events[0].outcome is None
    assert str(before.events[0].when) == "[2025-01..]"
    assert "later" not in {source.id for source in before.sources}
    assert after == timeline


def test_the_day_of_the_last_change_is_not_known_before_it() -> None:
    timeline = attrs.evolve(_timeline(), updated="2024-12-28")

    assert timeline.as_of("2024-12-27").updated is None
    assert timeline.as_of("2024-12-28").updated == timeline.updated


OPTIONS = st.fixed_dictionaries({"possibly": st.booleans(), "by": st.sampled_from(Basis)})


@given(timelines(), FAR, OPTIONS)
def test_to_look_twice_is_to_look_once(timeline: Timeline, day: date, options: Any) -> None:
    known = timeline.as_of(day, **options)

    assert known.as_of(day, **options) == known


@given(timelines(), FAR, FAR, OPTIONS)
def test_a_later_day_never_loses_an_event_or_claim(timeline: Timeline, one: date, other: date, options: Any) -> None:
    first, second = (timeline.as_of(day, **options) for day in sorted([one, other]))
    later = {event.id: event for event in second.events}

    for event in first.events:
        assert event.id in later
        assert not [claim for claim in event.claims if claim not in later[event.id].claims]
        assert event.outcome in (None, later[event.id].outcome)
    assert {source.id for source in first.sources} <= {source.id for source in second.sources}


@given(timelines(), FAR, FAR, OPTIONS)
def test_an_earlier_day_can_be_seen_from_a_later_one(timeline: Timeline, one: date, other: date, options: Any) -> None:
    first, second = sorted([one, other])

    assert timeline.as_of(second, **options).as_of(first, **options) == timeline.as_of(first, **options)


@given(timelines(), FAR)
def test_what_was_certainly_known_was_possibly_known(timeline: Timeline, day: date) -> None:
    certainly, possibly = timeline.as_of(day), timeline.as_of(day, possibly=True)

    assert {event.id for event in certainly.events} <= {event.id for event in possibly.events}


@given(whens(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_two_readings_are_those_of_the_relations(said: When, day: date) -> None:
    # Of a time with an offset, relations allow for the clock of the day, which has none.
    assume("T" not in str(said))
    assume(str(said).count("X") < 4)
    after = When.of(day + timedelta(days=1))

    assert bool(_known(day, _claim(said=said))) == said.certainly_before(after)
    possibly = said.possibly_before(after) or said.possibly_overlaps(When.of(day))
    assert bool(_known(day, _claim(said=said), possibly=True)) >= possibly


def test_an_event_that_only_its_outcome_told_of_is_gone_before_that() -> None:
    ended = Outcome(result="occurred", source="s", decided="2025-03-15", when="2025-03-14")
    timeline = _timeline(Event(id="e", title="E", claims=[_claim(said="2025-04")], outcome=ended))

    assert [event.claims for event in timeline.as_of("2025-03-20").events] == [()]
    assert timeline.as_of("2025-03-20").as_of("2025-03-01").events == ()
    assert timeline.as_of("2025-03-01").events == ()


def test_what_comes_after_an_event_that_is_gone_does_not_say_so() -> None:
    late = Event(id="late", title="L", claims=[_claim(said="2025-03")])
    follower = Event(id="e", title="E", claims=[_claim(said="2024")], after=["late", "never-there"])
    timeline = _timeline(late, follower)

    assert timeline.as_of("2024-12-31").event("e").after == ("never-there",)
    assert timeline.as_of("2025-03-31") == timeline


def test_ids_never_change_and_the_order_stays() -> None:
    events = [Event(id=f"e{n}", title="E", claims=[_claim(said=f"2024-{n:02}")]) for n in (3, 1, 2)]

    assert [event.id for event in _timeline(*events).as_of("2024-02-29").events] == ["e1", "e2"]
