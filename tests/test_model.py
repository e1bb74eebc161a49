"""The model: what constructors take and refuse."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from timeline import Claim, Event, Media, Modality, ModelError, Source, Timeline, When, WhenError


def _event(id: str = "e", **fields: Any) -> Event:
    return Event(id=id, title="E", **fields)


def test_constructors_take_what_people_have() -> None:
    timeline = Timeline(
        id="t",
        title="T",
        sources=[Source(id="s", published=date(2024, 12, 28))],
        events=[_event(when="2024-08", tags=["a"], claims=[Claim(source="s", modality="projected")])],
    )

    assert timeline.events[0].when == When.parse("2024-08")
    assert timeline.sources[0].published == When.parse("2024-12-28")
    assert timeline.events[0].tags == ("a",)
    assert timeline.events[0].claims[0].modality is Modality.PROJECTED
    assert hash(timeline) == hash(attrs.evolve(timeline))


def test_nothing_can_be_changed_but_a_copy() -> None:
    event = _event()

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.title = "other"  # type: ignore[misc]
    assert attrs.evolve(event, title="other").title == "other"


def test_empty_text_is_no_text() -> None:
    assert _event(text="") == _event(text=None)


@pytest.mark.parametrize("id", ["", ".", "-a", "_a", "a b", "a/b", "../a", "é", "a\n", "a" * 128])
def test_ids_are_safe_in_file_names_uids_and_pages(id: str) -> None:
    with pytest.raises(ModelError, match="id: found"):
        _event(id)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": " "}, "title"),
        ({"title": "\ud800"}, "surrogate"),
        ({"text": 3}, "text: found int, expected text"),
        ({"tags": [""]}, "tags: found empty text"),
        ({"tags": [1]}, "tags: found int"),
        ({"claims": [Claim(source="s")], "media": "x.png"}, "media"),
        ({"claims": ["x"]}, r"claims\[0\]: found str, expected a timeline.Claim"),
    ],
)
def test_wrong_values_are_refused_by_name(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        Event(**{"id": "e", "title": "E", **fields})


def test_one_text_is_no_list_of_texts() -> None:
    with pytest.raises(TypeError, match="a list of texts"):
        _event(tags="war")


def test_a_date_that_is_not_one_is_refused() -> None:
    with pytest.raises(WhenError):
        _event(when="August")


def test_a_language_is_a_tag() -> None:
    with pytest.raises(ModelError, match="language"):
        Timeline(id="t", title="T", language="English please")


def test_ids_are_unique_and_claims_name_sources_that_are_there() -> None:
    with pytest.raises(ModelError, match=r"events\[0\].id: found 'e' 2 times"):
        Timeline(id="t", title="T", events=[_event(), _event()])
    with pytest.raises(ModelError, match=r"sources\[0\].id"):
        Timeline(id="t", title="T", sources=[Source(id="s"), Source(id="s")])
    with pytest.raises(ModelError, match=r"events\[0\].claims\[0\].source: found 'gone'"):
        Timeline(id="t", title="T", events=[_event(claims=[Claim(source="gone")])])


@pytest.mark.parametrize(
    ("modalities", "expected", "is_open"),
    [
        ([], None, False),
        (["reported"], Modality.REPORTED, False),
        (["projected", "reported"], Modality.REPORTED, False),
        (["assessed", "desired"], Modality.DESIRED, True),
        (["projected", "planned"], Modality.PLANNED, True),
        (["projected"], Modality.PROJECTED, True),
        (["projected", "denied"], Modality.PROJECTED, True),
        (["denied"], Modality.DENIED, False),
        (["denied", "reported"], Modality.REPORTED, False),
        (["assessed"], Modality.ASSESSED, False),
    ],
)
def test_an_event_is_as_settled_as_its_most_settled_claim(
    modalities: list[str], expected: Modality | None, *, is_open: bool
) -> None:
    event = _event(claims=[Claim(source="s", modality=Modality(modality)) for modality in modalities])

    assert event.modality is expected
    assert event.is_open is is_open
    assert event.is_fact is (expected in (None, Modality.REPORTED) and "denied" not in modalities)
    assert expected is None or expected.word in ("hoped for", str(expected))


def test_events_in_order_are_by_date_with_the_undated_last() -> None:
    timeline = Timeline(
        id="t",
        title="T",
        events=[_event("u"), _event("b", when="2024-08"), _event("a", when="2024-08"), _event("open", when="[..2024]")],
    )

    assert [event.id for event in timeline.in_order] == ["open", "a", "b", "u"]


def test_a_source_is_found_by_its_id() -> None:
    timeline = Timeline(id="t", title="T", sources=[Source(id="s")])

    assert timeline.source("s") is timeline.sources[0]
    with pytest.raises(KeyError):
        timeline.source("gone")


def test_media_needs_an_address() -> None:
    with pytest.raises(ModelError, match="url"):
        Media(url="")
