"""The first chronology, through the whole house."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import timeline
from timeline import Modality, Timeline
from timeline.when import Kind

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "kursk.yaml"
ARTICLE = ROOT.parent / "shared" / "data" / "kursk-article.txt"


@pytest.fixture(scope="module")
def kursk() -> Timeline:
    return timeline.load(SEED)


def _article() -> str:
    if not ARTICLE.exists():
        if os.environ.get("TIMELINE_REQUIRE_ALL"):
            pytest.fail(f"{ARTICLE} is missing")
        pytest.skip("the article is not beside this checkout")
    return ARTICLE.read_text("utf-8")


def test_every_quote_phrase_and_condition_is_verbatim_from_the_article(kursk: Timeline) -> None:
    article = _article()

    for event in kursk.events:
        for claim in event.claims:
            for words in (claim.quote, claim.phrase, claim.condition):
                assert words is None or words in article, (event.id, words)
            assert claim.quote, event.id
            assert len(claim.quote) < 100, claim.quote


def test_all_nineteen_statements_are_there() -> None:
    text = SEED.read_text("utf-8")

    for number in range(1, 20):
        assert f"- source: article # {number}" in text, number


def test_the_dates_are_those_that_the_article_states(kursk: Timeline) -> None:
    when = {event.id: str(event.when) for event in kursk.events}

    assert when["putin-states-terms"] == "2024-06"
    assert when["incursion"] == "2024-08"
    assert when["russian-operation"] == "[2025-01..]"
    assert when["hold-until-spring"] == "2024-12-27/2025-21"
    assert when["ushakov-proposals-stand"] == "[2024-08-01..2024-12-28]"
    assert when["territory-lost"] == "2024-08/2024-11"


def test_as_early_as_january_is_a_lower_bound_and_not_january(kursk: Timeline) -> None:
    event = next(event for event in kursk.events if event.id == "russian-operation")

    assert event.when is not None
    assert event.when.kind is Kind.ONE_OF
    assert event.when.latest is None
    assert event.modality is Modality.PROJECTED
    assert event.claims[0].phrase == "as early as January"


def test_until_spring_keeps_its_phrase_and_condition(kursk: Timeline) -> None:
    claim = next(event for event in kursk.events if event.id == "hold-until-spring").claims[0]

    assert claim.phrase == "only until spring"
    assert claim.likelihood == "might"
    assert claim.condition == "should Russia initiate a concentrated effort to reclaim the region"


def test_every_claim_says_when_it_was_made(kursk: Timeline) -> None:
    assert all(claim.said is not None for event in kursk.events for claim in event.claims)
