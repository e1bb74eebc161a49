"""The date of an event, as it follows from its claims."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline import Claim, Event, Modality, Outcome, When
from timeline.model import compatible, derive
from timeline.testing.strategies import claims, whens
from timeline.when import Kind


def _claim(when: str | None, modality: str = "reported", **fields: Any) -> Claim:
    return Claim(source=fields.pop("source", "s"), when=when, modality=modality, **fields)


def _date(*given: Claim) -> str | None:
    when = derive(given).when
    return None if when is None else str(when)


def test_no_claim_no_date() -> None:
    assert derive([]).when is None
    assert derive([_claim(None)]).when is None
    assert derive([_claim(None)]).reason == "no claim gives a date"


def test_a_denial_never_dates() -> None:
    assert _date(_claim("2024-08-06", "denied")) is None
    assert _date(_claim("2024-08-06", "denied"), _claim("2024-08", "projected")) == "2024-08"


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [("reported", "projected"), ("reported", "planned"), ("reported", "assessed"), ("projected", "desired"),
     ("planned", "desired"), ("desired", "assessed")],
)  # fmt: skip
def test_the_stronger_modality_dates(stronger: str, weaker: str) -> None:
    vague, exact = _claim("2024", stronger), _claim("2024-08-06", weaker)

    assert _date(vague, exact) == _date(exact, vague) == "2024"
    assert derive([exact, vague]).claims == (vague,)


def test_what_is_reported_without_a_date_is_not_dated_by_what_was_expected() -> None:
    reported = _claim(None)

    assert _date(reported, _claim("[2025-05..]", "projected")) is None
    assert _date(reported, _claim("2025-05", "planned"), _claim("2025-06", "desired")) is None
    assert _date(reported, _claim("2025-03", "assessed")) is None


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        (["2024-08", "2024-08-06"], "2024-08-06"),
        (["2024", "2024-08", "[2024-07..]"], "2024-08"),
        (["[2025-01..]", "2025"], "2025"),
        (["2024-08-06?", "2024-08-06"], "2024-08-06"),
        (["2024-11/..", "2024-11/2025-03"], "2024-11/2025-03"),
        (["2024-08/2024-11", "2024-08-06/2024-11"], "2024-08-06/2024-11"),
        (["2024-08-06", "2024-08-06/2024-08-20"], "2024-08-06/2024-08-20"),
        (["2024-01-01/2024-01-20", "2024-01-05"], "2024-01-01/2024-01-20"),
        (["2023-12-31T23:30:00-05:00", "2023-12-31"], "2023-12-31"),
        (["1990~", "1991"], "1991"),
        (["-0609~", "-0610"], "-0610"),
        (["2024-08-06?", "2024-08-07"], "2024-08-07"),
        (["[2024-01-01,2024-03-01]", "2024-01-01"], "2024-01-01"),
        (["2024-XX-12", "2024-02-12"], "2024-02-12"),
        (["[..2024]", "2024-02"], "2024-02"),
    ],
)
def test_of_dates_that_agree_the_most_specific_stands(dates: list[str], date: str) -> None:
    given = [_claim(when, source=f"s{number}") for number, when in enumerate(dates)]
    found = derive(given)

    assert str(found.when) == date
    assert not found.disputed
    assert [str(claim.when) for claim in found.claims] == [date]
    assert "most specific" in found.reason


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        (["2024-08-06", "2024-08-07"], "[2024-08-06,2024-08-07]"),
        (["2024-08-07", "2024-08-06", "2024-08"], "[2024-08-06,2024-08-07]"),
        (["2024-06", "2024-08"], "[2024-06,2024-08]"),
        (["2024-06", "[2024-08,2024-09]"], "[2024-06,2024-08,2024-09]"),
        (["2024-06", "[2025-01..]"], "[2024-06,2025-01..]"),
        (["2024-08/2024-11", "2024-08/2024-12"], "[2024-08-01..2024-12-31]"),
        (["2024-08/2024-11", "2024-12"], "[2024-08-01..2024-12-31]"),
        (["2024-08/..", "2024-06/2024-07"], "[2024-06-01..]"),
        (["../2024-01", "2024-08/.."], None),
        (["1990~", "1993"], "[1990~,1993]"),
        (["[2024-01-01,2024-03-01]", "2024-02-01"], "[2024-01-01,2024-02-01,2024-03-01]"),
        (["{2024-01-01,2024-03-01}", "2024-02-01"], "[2024-01-01..2024-03-01]"),
        (["2024-XX-12", "2024-02-13"], "[2024-XX-12,2024-02-13]"),
        (["2024-08-06T10:00:00", "2024-08-09"], "[2024-08-06..2024-08-09]"),
        (["Y17000", "Y17001/Y17002"], "[Y17000..Y17002]"),
    ],
)
def test_dates_that_cannot_all_be_true_leave_one_of_them_and_are_disputed(dates: list[str], date: str | None) -> None:
    found = derive(_claim(when, source=f"s{number}") for number, when in enumerate(dates))

    assert (None if found.when is None else str(found.when)) == date
    assert found.disputed
    assert "cannot all be true" in found.reason


def test_an_origin_that_speaks_again_replaces_what_it_said() -> None:
    first = _claim("2025-03", "planned", said="2025-01")
    again = _claim("2025-05", "planned", said="2025-02")
    other = _claim("2025-05-09", "planned", said="2025-01", source="b")

    assert _date(first, again) == _date(again, first) == "2025-05"
    assert not derive([first, again]).disputed
    assert derive([first, again]).claims == (again,)
    assert _date(first, again, other) == "2025-05-09"
    assert derive([first, other]).disputed


def test_an_origin_replaces_nothing_that_it_may_have_said_later() -> None:
    first = _claim("2025-03", said="2025-01")

    assert derive([first, _claim("2025-05", said="2025-01")]).disputed
    assert derive([first, _claim("2025-05")]).disputed


def test_an_origin_that_repeats_itself_less_exactly_takes_nothing_back() -> None:
    assert _date(_claim("2024-08-06", said="2024-08-07"), _claim("2024-08", said="2024-12")) == "2024-08-06"


def test_all_claims_of_the_best_date_are_named_as_used() -> None:
    same = [_claim("2024-08-06", source=source) for source in "ab"]

    assert derive([*same, _claim("2024-08", source="c")]).claims == tuple(same)


def test_a_surer_date_goes_before_one_that_is_as_exact() -> None:
    assert _date(_claim("2025-01?", source="a"), _claim("2025-01", source="b")) == "2025-01"
    later = _claim("[2025-01-01,2025-01-02]", said="2025-02")

    assert _date(_claim("[2025-01-01..2025-01-02]", said="2025-01", source="b"), later) == "[2025-01-01,2025-01-02]"


def test_speakers_of_one_name_are_one_origin_whatever_the_source() -> None:
    first = _claim("2025-03", "planned", said="2025-01", speakers=["A Minister"], source="a")
    again = _claim("2025-05", "planned", said="2025-02", speakers=["A Minister"], source="b")

    assert _date(first, again) == "2025-05"


def test_the_editor_comes_first_then_the_outcome_then_the_claims() -> None:
    given = [_claim("[2025-01..]", "projected")]
    ended = Outcome(result="occurred", source="s", decided="2025-03-15", when="2025-03-14")
    failed = Outcome(result="did-not-occur", source="s", decided="2025-07-01", when="2025-03-14")

    def event(**fields: Any) -> Event:
        return Event(id="e", title="E", claims=given, **fields)

    assert str(event().when) == "[2025-01..]"
    assert event().derivation.claims == tuple(given)
    assert str(event(outcome=ended).when) == "2025-03-14"
    assert event(outcome=ended).derivation.reason == "the date of the outcome"
    assert str(event(outcome=failed).when) == "[2025-01..]"
    assert str(event(outcome=ended, when="2025-03").when) == "2025-03"
    assert event(when="2025-03").derivation.reason == "the editor's date"


def test_a_derivation_is_computed_once_and_changes_no_event() -> None:
    event, same = (Event(id="e", title="E", claims=[_claim("2024-08")]) for _ in range(2))

    assert event.derivation is event.derivation
    assert event == same
    assert hash(event) == hash(same)


@given(st.lists(claims(st.sampled_from("abc")), max_size=5), st.randoms())
def test_the_order_of_the_claims_does_not_matter(given_claims: list[Claim], random: Any) -> None:
    shuffled = given_claims.copy()
    random.shuffle(shuffled)

    assert derive(shuffled).when == derive(given_claims).when
    assert derive(shuffled).disputed == derive(given_claims).disputed


@given(st.lists(claims(st.sampled_from("abc")), max_size=5))
def test_a_date_that_is_not_disputed_is_one_that_a_claim_states(given_claims: list[Claim]) -> None:
    found = derive(given_claims)

    assert set(found.claims) <= set(given_claims)
    assert all(claim.modality is not Modality.DENIED for claim in found.claims)
    if found.when is not None and not found.disputed:
        assert {claim.when for claim in found.claims} == {found.when}
    if found.disputed and found.when is not None:
        assert all(claim.when is not None and found.when.contains(claim.when) for claim in found.claims) or any(
            claim.when is not None and claim.when.kind is not Kind.POINT for claim in found.claims
        )


@given(st.lists(whens(), min_size=1, max_size=5))
def test_dates_are_compatible_if_they_are_two_by_two(dates: list[When]) -> None:
    quick = [when for when in dates if str(when).count("X") < 4]

    assert compatible(quick) == all(compatible(pair) for pair in combinations(quick, 2))
    assert compatible(reversed(quick)) == compatible(quick)


@given(whens(), whens())
def test_dates_that_possibly_overlap_are_compatible_but_for_the_ends_of_intervals(one: When, other: When) -> None:
    assume(str(one).count("X") < 4)
    assume(str(other).count("X") < 4)
    if Kind.SPAN not in (one.kind, other.kind) and "T" not in f"{one}{other}" and one.possibly_overlaps(other):
        assert compatible([one, other])


@pytest.mark.parametrize("later", ["2025-02", "2025-01-02"])
def test_what_its_own_origin_denied_later_dates_nothing(later: str) -> None:
    report = _claim("2024-08-06", said="2025-01-01")
    denial = _claim(None, "denied", said=later)

    assert _date(report, denial) is None
    assert _date(report, _claim(None, "denied", said="2024-12")) == "2024-08-06"
    assert _date(report, _claim(None, "denied")) == "2024-08-06"
    assert _date(report, _claim(None, "denied", said=later, source="b")) == "2024-08-06"
    assert _date(report, _claim("2024-09", "denied", said=later)) == "2024-08-06"
    assert _date(report, denial, _claim("2024-08-07", said="2025-03")) == "2024-08-07"


def test_an_outcome_without_a_date_is_not_dated_by_what_was_expected() -> None:
    ended = Outcome(result="occurred", source="s", decided="2025-03-15")
    event = Event(id="e", title="E", claims=[_claim("2025-01", "projected")], outcome=ended)

    assert event.when is None
    assert str(Event(id="e", title="E", claims=[*event.claims, _claim("2025-02")], outcome=ended).when) == "2025-02"


def test_a_claim_that_says_when_it_was_made_goes_before_one_that_does_not() -> None:
    first, second = _claim("[2025-01,2025-02]", said="2024"), _claim("[2025-01..2025-02]", source="b")
    wide = _claim("2025-01/2025-02", said="2024")

    assert _date(first, second) in ("[2025-01,2025-02]", "[2025-01..2025-02]")
    assert derive([_claim("2025-01", said="2024", source="a"), _claim("2025-01?", source="b")]).claims[0].source == "a"
    assert _date(wide, first) == "2025-01/2025-02"
