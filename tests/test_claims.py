"""Who says what, how likely, and whom it goes back to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from timeline import Claim, Estimate, Event, ModelError, Outcome, Source, Speaker, Timeline
from timeline.model import read_credibility, read_likelihood, read_reliability
from timeline.testing.strategies import texts


@pytest.mark.parametrize(
    ("text", "term", "scale", "low", "high"),
    [
        ("likely", "likely", "ICD 203", 0.55, 0.8),
        ("Probably", "likely", "ICD 203", 0.55, 0.8),
        ("very  likely", "very likely", "ICD 203", 0.8, 0.95),
        ("remote", "almost no chance", "ICD 203", 0.01, 0.05),
        ("highly improbable", "very unlikely", "ICD 203", 0.05, 0.2),
        ("unlikely", "unlikely", "ICD 203", 0.2, 0.45),
        ("roughly even odds", "roughly even chance", "ICD 203", 0.45, 0.55),
        ("almost certainly", "almost certain", "ICD 203", 0.95, 0.99),
        ("70 %", "70", "percent", 0.7, 0.7),
        ("70% chance", "70", "percent", 0.7, 0.7),
        ("60-70 per cent", "60-70", "percent", 0.6, 0.7),
        ("60% to 70%", "60-70", "percent", 0.6, 0.7),
        ("12.5 percent", "12.5", "percent", 0.125, 0.125),
        ("0%", "0", "percent", 0, 0),
    ],
)
def test_a_word_on_a_scale_is_an_interval(text: str, term: str, scale: str, low: float, high: float) -> None:
    assert read_likelihood(text) == Estimate(word=text, term=term, scale=scale, low=low, high=high)


@pytest.mark.parametrize("text", ["might", "could", "may", "possible", "not likely", "more likely than not", "130 %",
                                  "70-60 %", "70", "0.7", "%", "potential"])  # fmt: skip
def test_a_word_on_no_scale_has_no_number(text: str) -> None:
    assert read_likelihood(text) is None
    assert Claim(source="s", likelihood=text).estimate is None
    assert Claim(source="s", likelihood=text).likelihood == text


def test_an_estimate_says_its_word_its_bounds_and_its_scale() -> None:
    assert str(read_likelihood("likely")) == "likely: 55 to 80 % (ICD 203)"
    assert str(read_likelihood("70 %")) == "70 %"
    assert str(read_likelihood("60-70 %")) == "60 to 70 %"


@given(texts())
def test_whatever_the_word_there_is_an_answer(text: str) -> None:
    found = read_likelihood(text)

    assert found is None or 0 <= found.low <= found.high <= 1


@pytest.mark.parametrize(
    ("text", "code"), [("B", "B"), ("b", "B"), ("usually reliable", "B"), ("F", "F"), ("B2", None), ("1", None)]
)
def test_the_reliability_of_a_source_is_read_on_the_admiralty_scale(text: str, code: str | None) -> None:
    grade = read_reliability(text)

    assert (grade and grade.code) == code
    assert Source(id="s", reliability=text).grade == grade


@pytest.mark.parametrize(("text", "code"), [("2", "2"), ("Probably true", "2"), ("6", "6"), ("7", None), ("B", None)])
def test_the_credibility_of_a_claim_is_read_on_the_admiralty_scale(text: str, code: str | None) -> None:
    grade = read_credibility(text)

    assert (grade and grade.code) == code
    assert Claim(source="s", credibility=text).grade == grade


def test_a_grade_says_its_code_and_what_it_means() -> None:
    assert str(read_reliability("B")) == "B: usually reliable (Admiralty)"


def test_a_name_alone_is_a_speaker_who_is_named() -> None:
    claim = Claim(source="s", speakers=["Vladimir Putin", Speaker(name="aides", named="false", count="2")])

    assert claim.speakers == (Speaker(name="Vladimir Putin", named=True), Speaker(name="aides", named=False, count="2"))


@pytest.mark.parametrize(
    ("speakers", "via", "attribution"),
    [
        ([], [], ""),
        (["Vladimir Putin"], [], "Vladimir Putin"),
        (
            [Speaker(name="US officials", named=False, count="several")],
            ["Bloomberg"],
            "US officials (several, unnamed), via Bloomberg",
        ),
        (["A", "B"], ["C", "D"], "A, B, via C, via D"),
        ([], ["Reuters"], "via Reuters"),
    ],
)
def test_the_attribution_goes_from_the_speakers_to_the_source(speakers: Any, via: Any, attribution: str) -> None:
    assert Claim(source="s", speakers=speakers, via=via).attribution == attribution


def _any(value: object) -> Any:
    """A value whose type callers without types get wrong."""
    return value


UNNAMED = Speaker(name="officials", named=False)


@pytest.mark.parametrize(
    ("speakers", "via", "origin"),
    [
        ([], [], "s"),
        ([], ["Reuters"], "Reuters"),
        ([UNNAMED], ["Bloomberg", "AFP"], "Bloomberg"),
        ([UNNAMED], [], "s"),
        ([UNNAMED, "A Minister"], ["Bloomberg"], "A Minister"),
    ],
)
def test_the_origin_is_a_named_speaker_or_who_first_relayed_it(speakers: Any, via: Any, origin: str) -> None:
    assert Claim(source="s", speakers=speakers, via=via).origin == origin


def test_four_sentences_from_one_report_are_one_origin() -> None:
    sentences = [Claim(source=source, speakers=[UNNAMED], via=[via], modality="projected")
                 for source in ("s", "t") for via in ("Bloomberg", "bloomberg")]  # fmt: skip
    event = Event(id="e", title="E", claims=[*sentences, Claim(source="u", modality="projected")])

    assert [(origin.name, len(origin.claims)) for origin in event.origins] == [("Bloomberg", 4), ("u", 1)]


def test_only_origins_of_what_the_event_is_stated_as_count() -> None:
    projected = Claim(source="s", modality="projected")
    event = Event(id="e", title="E", claims=[projected, Claim(source="t"), Claim(source="u", modality="denied")])

    assert [origin.name for origin in event.origins] == ["t"]
    assert Event(id="e", title="E").origins == ()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Speaker(name=" "), "name: found no text"),
        (lambda: Speaker(name="A", named="perhaps"), "named: found 'perhaps', expected true or false"),
        (lambda: Claim(source="s", speakers=_any([3])), r"speakers\[0\]: found int, expected a timeline.Speaker"),
        (lambda: Claim(source="s", condition_event="a b"), "condition_event: found 'a b'"),
        (lambda: Event(id="e", title="E", after=["-"]), "after: found '-'"),
        (lambda: Event(id="e", title="E", outcome=_any("done")), "outcome: found str, expected a timeline.Outcome"),
        (lambda: Outcome(result="won", source="s", decided="2024"), "result: found 'won', expected one of: occurred"),
        (lambda: Outcome(result="occurred", source="s", decided="2024", by="/"), "by: found '/'"),
    ],
)
def test_what_is_no_speaker_claim_or_outcome_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        make()


def test_one_text_is_no_list_of_speakers() -> None:
    with pytest.raises(TypeError, match="expected a list of texts"):
        Claim(source="s", speakers="Vladimir Putin")


def test_an_outcome_names_a_source_that_is_there() -> None:
    event = Event(id="e", title="E", outcome=Outcome(result="occurred", source="x", decided="2024"))

    with pytest.raises(ModelError, match=r"events\[0\].outcome.source: found 'x', expected the id of a source"):
        Timeline(id="t", title="T", events=[event])


def test_events_and_sources_are_found_by_id() -> None:
    timeline = Timeline(id="t", title="T", sources=[Source(id="s")], events=[Event(id="e", title="E")])

    assert timeline.event("e") is timeline.events[0]
    assert timeline.source("s") is timeline.sources[0]
    with pytest.raises(KeyError):
        timeline.event("s")
