"""Which events of a timeline somebody wants."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from timeline import Event, Recurrence, Selection, Timeline
from timeline.testing.strategies import timelines


def event(when: str | None = "2024-08-06", **fields: Any) -> Event:
    return Event(id="e", title="e", when=when, **fields)


@pytest.mark.parametrize(
    ("criteria", "when", "taken"),
    [
        ({}, None, True),
        ({"since": "2024"}, None, False),
        ({"since": "2024-08-06"}, "2024-08-06", True),
        ({"since": "2024-08-07"}, "2024-08-06", False),
        ({"since": "2024-08-07"}, "2024-08", True),
        ({"since": "2030"}, "2024/..", True),
        ({"since": "2030"}, "[2024..]", True),
        ({"until": "2024-08-06"}, "2024-08-06", True),
        ({"until": "2024-08-05"}, "2024-08-06", False),
        ({"until": "2024-08"}, "[2024-08-31..]", True),
        ({"until": "2024-07"}, "[2024-08..]", False),
        ({"until": "2020"}, "../2024", True),
        ({"since": "2024-01", "until": "2024-03"}, "2024-08", False),
        ({"since": "2024-01", "until": "2024-03"}, "2023/2025", True),
    ],
)
def test_an_event_is_in_a_window_that_it_may_touch(criteria: dict[str, Any], when: str | None, *, taken: bool) -> None:
    assert Selection(**criteria).takes(event(when)) == taken


@pytest.mark.parametrize(
    ("criteria", "tags", "taken"),
    [
        ({"tags": ["a"]}, ["a", "b"], True),
        ({"tags": ["a", "c"]}, ["b", "c"], True),
        ({"tags": ["a"]}, [], False),
        ({"without_tags": ["a"]}, [], True),
        ({"without_tags": ["a"]}, ["a"], False),
        ({"tags": ["a"], "without_tags": ["b"]}, ["a", "b"], False),
    ],
)
def test_tags_let_in_and_keep_out(criteria: dict[str, Any], tags: list[str], *, taken: bool) -> None:
    assert Selection(**criteria).takes(event(tags=tags)) == taken


def test_what_happens_again_is_in_every_later_window() -> None:
    yearly = event("2020-08-06", repeats=Recurrence(rrule=["FREQ=YEARLY"]))
    assert Selection(since="2024").takes(yearly)
    assert not Selection(until="2019").takes(yearly)


@given(timelines())
def test_nothing_asked_for_is_everything(sample: Timeline) -> None:
    assert not Selection()
    assert sample.select(Selection()) == sample


def test_a_selection_keeps_order_and_sources() -> None:
    first, second = event(tags=["a"]), Event(id="f", title="f", tags=["a"])
    sample = Timeline(id="t", title="t", events=[second, first])
    assert sample.select(Selection(tags=["a"])) == sample
    assert sample.select(Selection(tags=["b"])).events == ()
