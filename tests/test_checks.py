"""The rules that are built in: each finds what it is for, and spares what only looks like it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

import timeline
from timeline import Claim, Event, Outcome, Source, Timeline
from timeline.checks import Check, CheckContext, Finding, Severity
from timeline.checks._cycles import cycles
from timeline.checks._day_rules import binomial_tail
from timeline.checks._ignores import silence
from timeline.checks._run import choose, run
from timeline.errors import OptionError
from timeline.formats import Ignore
from timeline.plugins import installed
from timeline.testing import HOSTILE, NOW, SAMPLES
from timeline.testing.strategies import timelines

CTX = CheckContext(now=NOW)


def _claim(when: str | None = None, said: str | None = "2024-12-27", **fields: Any) -> Claim:
    return Claim(**{"source": "s", "when": when, "said": said, **fields})


def _event(*claims: Claim, id: str = "e", **fields: Any) -> Event:
    return Event(id=id, title="An event", claims=claims, **fields)


def _timeline(*events: Event, **published: str | None) -> Timeline:
    named = {claim.source for event in events for claim in event.claims}
    named |= {event.outcome.source for event in events if event.outcome is not None}
    sources = [Source(id=id, published=published.get(id)) for id in sorted(named)]
    return Timeline(id="t", title="T", sources=sources, events=events)


def _found(code: str, *events: Event, now: str = "2024-12-28", **published: str | None) -> list[Finding]:
    return list(timeline.check(_timeline(*events, **published), now=now, select=[code]))


def _severities(findings: Iterable[Finding]) -> list[str]:
    return [str(finding.severity) for finding in findings]


# TL101


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2024-12-29", "2024-12-27"),
        ("2025-02", "2024-12"),
        ("[2025-01..]", "2024-12-27"),
        ("2025/..", "2024-12-27"),
        ("[2025-01-05,2025-02-05]", "[2024-11,2024-12]"),
        ("2024-12-27T11:00:00Z", "2024-12-27T10:00:00Z"),
    ],
)
def test_a_report_of_what_was_yet_to_come_is_an_error(when: str, said: str) -> None:
    (finding,) = _found("TL101", _event(_claim(when, said)))

    assert finding.severity is Severity.ERROR
    assert finding.path == ("events", 0, "claims", 0, "when")
    assert finding.event_id == "e"
    assert f"reported for {when}, but said on {said}" in finding.message


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2024-12-27", "2024-12-27"),
        ("2024-12", "2024-12-27"),  # the month has begun
        ("2024-11/..", "2024-11"),
        ("[2024-06..]", "2024-06"),  # once from June on: may have been in June
        ("../2030", "2024-12-27"),
        ("/2030", "2024-12-27"),
        ("2025-01", "2024-12/.."),  # said nobody knows how late
        ("2024-12-28", "2024-12-27T23:00:00Z"),  # where it was 28 December already
        ("2024-12-XX", "2024-12-27"),
    ],
)
def test_a_report_that_may_be_of_the_past_is_spared(when: str, said: str) -> None:
    assert _found("TL101", _event(_claim(when, said))) == []


def test_only_reports_can_be_too_early() -> None:
    for modality in ("projected", "planned", "denied", "desired", "assessed"):
        assert _found("TL101", _event(_claim("2025-06", modality=modality))) == []


def test_a_report_may_not_be_of_a_day_after_it_was_recorded() -> None:
    (finding,) = _found("TL101", _event(_claim("2024-12-29", None, recorded="2024-12-28")))

    assert "recorded on 2024-12-28" in finding.message


def test_an_uncertain_date_makes_a_contradiction_a_warning() -> None:
    assert _severities(_found("TL101", _event(_claim("2025-06?", "2024-12-27")))) == ["warning"]
    assert _severities(_found("TL101", _event(_claim("2025-06", "2024-12-27~")))) == ["warning"]


def test_the_editors_date_may_not_come_after_every_report() -> None:
    late = _event(_claim(None, "2024-12-01"), _claim(None, "2024-12-05"), when="2024-12-06")

    (finding,) = _found("TL101", late)
    assert finding.path == ("events", 0, "when")
    assert "the last on 2024-12-05" in finding.message
    assert _found("TL101", _event(_claim(None, "2024-12-01"), _claim(None, "2024-12-06"), when="2024-12-06")) == []
    assert _found("TL101", _event(_claim(None, "2024-12-01"), _claim(None, None), when="2024-12-06")) == []
    # An appointment that the editor alone states.
    assert _found("TL101", _event(when="2030-01-02")) == []


# TL102


def test_a_source_may_not_be_older_than_what_it_reports() -> None:
    (finding,) = _found("TL102", _event(_claim("2024-12-30", None)), s="2024-12-28")

    assert finding.severity is Severity.ERROR
    assert finding.path == ("events", 0, "claims", 0, "when")
    assert "its source 's' was published on 2024-12-28" in finding.message
    assert _found("TL102", _event(_claim("2024-12-28", None)), s="2024-12-28") == []
    assert _found("TL102", _event(_claim("2024-12-29", None, modality="planned")), s="2024-12-28") == []
    assert _found("TL102", _event(_claim("2024-12-29", None)), s=None) == []


def test_a_claim_without_a_date_is_held_against_that_of_the_event() -> None:
    (finding,) = _found("TL102", _event(_claim(None, None), when="2024-12-29"), s="2024-12-28")

    assert finding.path == ("events", 0, "claims", 0, "source")


# TL103


@pytest.mark.parametrize(
    "when",
    [
        "0001-01-01", "1753-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "1969-12-31", "2038-01-19",
        "9999-12-31", "1970-01-01?", "1970-01-01T00:00:00Z", "-4713-11-24", "2024-01-05/9999-12-31", "[1753-01-01..2024-06-30]",
    ],
)  # fmt: skip
def test_a_day_that_programs_put_in_is_found(when: str) -> None:
    (finding,) = _found("TL103", _event(when=when))

    assert finding.severity is Severity.WARNING
    assert finding.path == ("events", 0, "when")
    assert "looks like a placeholder" in finding.message


@pytest.mark.parametrize(
    "when",
    [
        "1970-01-02", "1970-01", "1970", "1970-01-01/1979-12-31", "[1900-01-01..1999-12-31]", "1582-10-15",
        "2000-01-01", "21970-01-01"[1:].replace("1970", "1971"), "-1970-01-01", "1970-01-XX",
    ],
)  # fmt: skip
def test_a_day_that_somebody_may_have_meant_is_spared(when: str) -> None:
    assert _found("TL103", _event(when=when)) == []


def test_placeholders_are_found_wherever_a_date_stands() -> None:
    day = "1900-01-01"
    claim = Claim(source="s", when=day, said=day, recorded=day)
    event = _event(claim, when=day, outcome=Outcome(result="occurred", source="s", decided=day, when=day))
    whole = Timeline(
        id="t", title="T", updated=day, sources=[Source(id="s", published=day, accessed=day)], events=[event]
    )

    paths = [finding.path for finding in timeline.check(whole, now=NOW, select="TL103")]
    assert paths == [
        ("updated",),
        ("sources", "s", "accessed"),
        ("sources", "s", "published"),
        ("events", 0, "claims", 0, "recorded"),
        ("events", 0, "claims", 0, "said"),
        ("events", 0, "claims", 0, "when"),
        ("events", 0, "outcome", "decided"),
        ("events", 0, "outcome", "when"),
        ("events", 0, "when"),
    ]


# TL106


def test_too_many_firsts_of_the_month_are_one_finding() -> None:
    firsts = [_event(id=f"f{n}", when=f"2023-{n:02}-01") for n in range(2, 8)]
    others = [_event(id=f"o{n}", when=f"2023-{n:02}-17") for n in range(1, 11)]

    (finding,) = _found("TL106", *firsts, *others)
    assert finding.event_id is None
    assert finding.path == ("events",)
    assert "of 16 different exact days 6 (37.5 %) are the first of a month, where chance gives 3.3 %" in finding.message


def test_a_few_firsts_and_many_events_of_one_day_are_chance() -> None:
    four = [_event(id=f"f{n}", when=f"2023-{n:02}-01") for n in range(2, 6)]
    one_day = [_event(id=f"d{n}", when="2024-06-01") for n in range(50)]
    months = [_event(id=f"m{n}", when=f"2023-{n:02}") for n in range(1, 13)]
    expected = [_event(id=f"x{n}", when=f"{2000 + n // 28}-02-{n % 28 + 1:02}") for n in range(200)]

    assert _found("TL106", *four) == []
    assert _found("TL106", *one_day, *months) == []
    assert _found("TL106", *expected) == []


def test_new_years_days_are_counted_on_their_own() -> None:
    years = [_event(id=f"y{n}", when=f"{2000 + n}-01-01") for n in range(5)]
    others = [_event(id=f"o{n}", when=f"2010-{n % 12 + 1:02}-{n % 27 + 2:02}") for n in range(100)]

    (finding,) = _found("TL106", *years, *others)
    assert "5 (4.8 %) are 1 January" in finding.message
    assert "first of a month" not in finding.message


def test_the_tail_of_the_binomial_is_right() -> None:
    assert binomial_tail(5, 5, 0.5) == pytest.approx(1 / 32)
    assert binomial_tail(8, 10, 0.5) == pytest.approx(56 / 1024)
    assert binomial_tail(2, 10, 0.5) == 1.0
    chance = Fraction(1, 30)
    exact = sum(math.comb(1000, n) * chance**n * (1 - chance) ** (1000 - n) for n in range(60, 1001))
    assert binomial_tail(60, 1000, 1 / 30) == pytest.approx(float(exact), rel=1e-9)


# TL107


def test_a_day_that_fits_the_other_reports_when_exchanged_is_found() -> None:
    event = _event(_claim("2024-03-12"), _claim("2024-12", source="b"))

    (finding,) = _found("TL107", event)
    assert finding.path == ("events", 0, "claims", 0, "when")
    assert "2024-03-12 looks like day and month exchanged: another report says 2024-12" in finding.message
    assert "fits 2024-12-03" in finding.message


def test_an_exchange_that_mends_nothing_is_no_suspicion() -> None:
    assert _found("TL107", _event(_claim("2024-03-12"), _claim("2024-03", source="b"))) == []
    assert _found("TL107", _event(_claim("2024-03-12"), _claim("2024-11", source="b"))) == []
    assert _found("TL107", _event(_claim("2024-03-13"), _claim("2024-12", source="b"))) == []
    assert _found("TL107", _event(_claim("2024-03-03"), _claim("2024-12", source="b"))) == []
    # The third report fits neither.
    three = _event(_claim("2024-03-12"), _claim("2024-12", source="b"), _claim("2024-11", source="c"))
    assert _found("TL107", three) == []


def test_plans_that_differ_are_changes_and_no_exchange() -> None:
    event = _event(
        _claim("2024-03-12", "2024-01-01", modality="planned"), _claim("2024-12", "2024-02-01", modality="planned")
    )

    assert _found("TL107", event) == []


def test_the_editors_day_is_held_against_the_reports() -> None:
    (finding,) = _found("TL107", _event(_claim("2024-12"), when="2024-03-12"))

    assert finding.path == ("events", 0, "when")


def test_a_day_after_the_report_of_it_that_fits_when_exchanged_is_found() -> None:
    (said,) = _found("TL107", _event(_claim("2024-12-03", "2024-03-20")))
    (published,) = _found("TL107", _event(_claim("2024-12-03", None)), s="2024-03-20")

    assert "said on 2024-03-20, which fits 2024-03-12" in said.message
    assert "published on 2024-03-20" in published.message
    assert _found("TL107", _event(_claim("2024-12-05", "2024-03-20"))) == []
    assert _found("TL107", _event(_claim("2024-12-03", "2024-03-20", modality="planned"))) == []


def test_a_claim_that_is_younger_than_its_source_may_have_been_exchanged() -> None:
    (finding,) = _found("TL107", _event(_claim("2024-01", "2024-12-03")), s="2024-03-20")

    assert finding.path == ("events", 0, "claims", 0, "said")


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ({"phrase": "on 3 April"}, True),
        ({"phrase": "in April"}, True),
        ({"phrase": "early in Apr."}, True),
        ({"phrase": "between March and April"}, False),
        ({"phrase": "on 4 March"}, False),
        ({"phrase": "they march on"}, False),
        ({"quote": "it began on the 3rd of April at dawn"}, True),
        ({"quote": "it began on April 3, 2024"}, True),
        ({"quote": "after the elections of April"}, False),
        ({"quote": "between March 4 and April 3"}, False),
    ],
)
def test_words_that_name_the_other_month_tell_of_an_exchange(words: dict[str, str], *, is_found: bool) -> None:
    assert bool(_found("TL107", _event(_claim("2024-03-04", **words)))) is is_found


# TL108


def test_an_event_cannot_come_after_a_later_one() -> None:
    first, second = _event(id="a", when="2024-06"), _event(id="b", when="2024-05", after=["a"])

    (finding,) = _found("TL108", first, second)
    assert finding.path == ("events", 1, "after", 0)
    assert "comes after 'a', but that is dated 2024-06 and this 2024-05" in finding.message


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("2024-06", "2024-06"), ("2024-06-30", "2024-06"), ("2024", "2024-01-01"), ("2024-06", None), ("../2024", "2020")],
)
def test_an_order_that_may_be_right_is_spared(earlier: str, later: str | None) -> None:
    assert _found("TL108", _event(id="a", when=earlier), _event(id="b", when=later, after=["a"])) == []


def test_what_comes_after_itself_or_nothing_is_an_error() -> None:
    (unknown,) = _found("TL108", _event(after=["gone"]))
    (itself,) = _found("TL108", _event(after=["e"]))
    cycle = [
        _event(id="a", after=["c"]),
        _event(id="b", after=["a"]),
        _event(id="c", after=["b"]),
        _event(id="d", after=["a"]),
    ]

    assert "'gone', which is no event" in unknown.message
    assert itself.message == "comes after itself"
    (round_,) = _found("TL108", *cycle)
    assert round_.message == "comes after itself, by way of 3 events: a, b, c"
    assert round_.path == ("events", 0, "after", 0)


def test_a_cycle_of_a_hundred_thousand_events_is_one_finding() -> None:
    edges = [((number + 1) % 100_000,) for number in range(100_000)]

    (cycle,) = cycles(edges)
    assert len(cycle) == 100_000
    assert list(cycles([(1,), (2,), ()])) == []
    # A node that was left before is no part of the circle.
    assert sorted(map(sorted, cycles([(1,), (), (1, 3), (2,)]))) == [[2, 3]]
    assert sorted(map(sorted, cycles([(1,), (0, 2), (3,), (2,), (4,)]))) == [[0, 1], [2, 3], [4]]


# TL204 to TL207


def test_an_event_without_a_claim_or_outcome_is_unsourced() -> None:
    (finding,) = _found("TL204", _event(), _event(_claim("2024"), id="f"))

    assert finding.path == ("events", 0)
    assert _found("TL204", _event(outcome=Outcome(result="occurred", source="s", decided="2024"))) == []


def test_two_sources_of_one_origin_do_not_confirm_each_other() -> None:
    (finding,) = _found(
        "TL205", _event(_claim("2024", source="a", speakers=["X"]), _claim("2024", source="b", speakers=["x"]))
    )

    assert finding.path == ("events", 0, "claims")
    assert "2 sources, but all of them go back to X" in finding.message
    same = _event(_claim("2024", source="a", speakers=["X"]), _claim("2024", source="a", speakers=["X"]))
    assert _found("TL205", same) == []
    other = _event(_claim("2024", source="a", speakers=["X"]), _claim("2024", source="b", speakers=["Y"]))
    assert _found("TL205", other) == []
    # A projection is not counted as corroboration of a report.
    mixed = _event(
        _claim("2024", source="a", speakers=["X"]), _claim("2024", source="b", speakers=["X"], modality="projected")
    )
    assert _found("TL205", mixed) == []


def test_dates_that_cannot_both_be_true_are_contradictory() -> None:
    claims = _claim("2024-06", source="a"), _claim("2024-08", source="b")

    for event in (_event(*claims), _event(*claims, when="2024-06")):
        (finding,) = _found("TL206", event)
        assert finding.path == ("events", 0, "claims", 1, "when")
        assert "a says 2024-06 and b says 2024-08" in finding.message
    assert _found("TL206", _event(_claim("2024-06", source="a"), _claim("2024-06-03", source="b"))) == []
    assert (
        _found("TL206", _event(_claim("2024-06", source="a"), _claim("2024-08", source="b", modality="planned"))) == []
    )


def test_that_forecasts_differ_is_worth_a_note_and_no_warning() -> None:
    differ = _event(
        *(_claim(when, source=source, modality="projected") for when, source in (("2025", "a"), ("2026", "b")))
    )

    assert _severities(_found("TL206", differ)) == ["note"]
    assert _severities(_found("TL206", _event(_claim("2023", source="a"), _claim("2024", source="b")))) == ["warning"]


def test_intervals_with_other_ends_are_contradictory() -> None:
    (finding,) = _found("TL206", _event(_claim("2024-01/2024-06", source="a"), _claim("2024-01/2024-09", source="b")))

    assert "a says 2024-01/2024-06 and b says 2024-01/2024-09" in finding.message


def test_an_origin_that_corrects_itself_contradicts_nobody() -> None:
    before = _claim("2024-06", "2024-06-05", speakers=["X"])
    after = _claim("2024-08", "2024-09-05", speakers=["X"])

    assert _found("TL206", _event(before, after)) == []


def test_what_one_reports_and_another_denies_is_contradictory() -> None:
    report = _claim("2024-06", "2024-07-01", source="a")

    (finding,) = _found("TL206", _event(report, _claim(None, "2024-07-02", source="b", modality="denied")))
    assert finding.path == ("events", 0, "claims", 1)
    for spared in (
        _claim(None, "2024-07-02", source="a", modality="denied"),  # the same origin
        _claim(None, "2024-06-01", source="b", modality="denied"),  # made before anybody reported it
        _claim("2023", "2024-07-02", source="b", modality="denied"),  # of another time
    ):
        assert _found("TL206", _event(report, spared)) == []


def test_a_claim_that_nothing_dates_is_a_note() -> None:
    (finding,) = _found("TL207", _event(_claim("2024", None)))

    assert finding.severity is Severity.NOTE
    assert finding.path == ("events", 0, "claims", 0)
    assert _found("TL207", _event(_claim("2024", "2024-06"))) == []
    assert _found("TL207", _event(_claim("2024", None)), s="2024-06") == []
    assert _found("TL207", _event(_claim("2024", None, recorded="2024-06"))) == []


# TL301 to TL304


def test_a_projection_is_overdue_from_the_day_after_its_window() -> None:
    event = _event(_claim("2024-12-27/2024-12-30", modality="projected"))

    assert _found("TL301", event, now="2024-12-30") == []
    (finding,) = _found("TL301", event, now="2024-12-31")
    assert finding.path == ("events", 0)
    assert "projected for 2024-12-27/2024-12-30, which was over by 2024-12-31" in finding.message


def test_what_ended_or_never_can_is_not_overdue() -> None:
    late = {"now": "2026-01-01"}
    projected = _claim("2025-01", modality="projected")
    outcome = Outcome(result="did-not-occur", source="s", decided="2025-02")

    assert _found("TL301", _event(projected, outcome=outcome), **late) == []
    assert _found("TL301", _event(projected, _claim("2025-01-05", "2025-01-06")), **late) == []
    assert _found("TL301", _event(_claim("[2025-01..]", modality="projected")), **late) == []
    assert _found("TL301", _event(_claim("2025-01", modality="desired")), **late) == []
    # A report that was made after the moment is not known yet.
    assert len(_found("TL301", _event(projected, _claim("2025-01-05", "2027")), **late)) == 1


def test_a_projection_without_an_end_is_a_note() -> None:
    for when, path in (("[2025-01..]", ("claims", 0, "when")), ("2025/", ("claims", 0, "when")), (None, ())):
        (finding,) = _found("TL302", _event(_claim(when, modality="planned")))
        assert finding.severity is Severity.NOTE
        assert finding.path == ("events", 0, *path)
    (own,) = _found("TL302", _event(_claim("2025", modality="planned"), when="2025/.."))
    assert own.path == ("events", 0, "when")
    assert _found("TL302", _event(_claim("[2025..2026]", modality="planned"))) == []
    assert _found("TL302", _event(_claim("[2025-01..]"))) == []


def test_a_condition_must_be_another_event_that_may_come_before() -> None:
    (unknown,) = _found("TL303", _event(_claim("2025", modality="projected", condition_event="gone")))
    (itself,) = _found("TL303", _event(_claim("2025", modality="projected", condition_event="e")))
    condition = _event(_claim("2025-06", modality="projected"), id="c")
    (late,) = _found("TL303", condition, _event(_claim("2025-01", modality="projected", condition_event="c")))

    assert _severities([unknown, itself, late]) == ["error", "error", "warning"]
    assert late.path == ("events", 1, "claims", 0, "condition_event")
    assert _found("TL303", condition, _event(_claim("2025", modality="projected", condition_event="c"))) == []


def _outcome(**fields: Any) -> Event:
    values = {"result": "occurred", "source": "s", "decided": "2025-02-01", **fields}
    return _event(_claim("2025-01", modality="projected"), outcome=Outcome(**values))


@pytest.mark.parametrize(
    ("event", "severity", "path"),
    [
        (_outcome(when="2025-02-03"), "error", "when"),
        (_outcome(when="2025-02-02"), "warning", "when"),
        (_outcome(when="2025-02-02?"), "warning", "when"),
        (_outcome(result="superseded"), "warning", "result"),
        (_outcome(result="superseded", by="gone"), "error", "by"),
        (_outcome(result="superseded", by="e"), "error", "by"),
    ],
)
def test_an_outcome_that_contradicts_itself_is_found(event: Event, severity: str, path: str) -> None:
    (finding,) = _found("TL304", event)

    assert finding.severity == severity
    assert finding.path == ("events", 0, "outcome", path)


def test_an_outcome_of_what_nobody_projected_is_a_warning() -> None:
    decided = Outcome(result="occurred", source="s", decided="2026", when="2025")
    (finding,) = _found("TL304", _event(_claim("2025", modality="assessed"), outcome=decided))

    assert finding.severity is Severity.WARNING
    assert finding.path == ("events", 0, "outcome")
    assert _found("TL304", _event(_claim("2025"), outcome=decided)) == []
    assert _found("TL304", _outcome(when="2025-02-01")) == []
    assert _found("TL304", _outcome(result="superseded", by="n"), _event(id="n")) == []


def test_an_outcome_that_occurred_says_when() -> None:
    (finding,) = _found("TL304", _outcome())

    assert (finding.severity, finding.path) == (Severity.WARNING, ("events", 0, "outcome", "result"))
    assert _found("TL304", _outcome(result="did-not-occur")) == []


def test_days_that_follow_each_other_may_be_one_day_elsewhere() -> None:
    assert _severities(_found("TL101", _event(_claim("2024-12-28", "2024-12-27")))) == ["warning"]


def test_two_articles_of_one_newsroom_are_one_voice() -> None:
    sources = [
        Source(id="a", publisher="Reuters"),
        Source(id="b", publisher="reuters"),
        Source(id="c", publisher="AFP"),
    ]

    def found(*names: str, modality: str = "reported") -> list[Finding]:
        event = _event(*(_claim("2024", source=name, modality=modality) for name in names))
        timeline_ = Timeline(id="t", title="T", sources=sources, events=[event])
        return list(timeline.check(timeline_, now="2025-01-01", select=["TL205"]))

    assert _severities(found("a", "b")) == ["warning"]
    assert "go back to reuters" in found("a", "b")[0].message.casefold()
    assert _severities(found("a", "b", modality="planned")) == ["note"]
    assert found("a", "c") == []


# How rules are run


def _rule(code: str, *findings: Any, **fields: Any) -> Check:
    return Check(code=code, name="rule", title="a rule", run=lambda *_: findings, **fields)


def test_codes_and_their_beginnings_select_and_ignore() -> None:
    rules = {code: _rule(code) for code in ("TL101", "TL102", "TL201", "XX101")}

    assert list(choose(rules)) == ["TL101", "TL102", "TL201", "XX101"]
    assert list(choose(rules, select=["TL1"], ignore=["TL102"])) == ["TL101"]
    assert list(choose(rules, select="XX", ignore=["TL101"])) == ["XX101"]
    for wrong in ("TL9", "tl101", "", "TL1011"):
        with pytest.raises(OptionError, match="expected a code or the beginning of one"):
            choose(rules, select=[wrong])
        with pytest.raises(OptionError, match="in ignore"):
            choose(rules, ignore=[wrong])


def test_a_rule_that_fails_is_an_error_with_its_code() -> None:
    def fail(*_: Any) -> Iterable[Finding]:
        yield Finding(message="one")
        message = "by\n nought"
        raise ZeroDivisionError(message)

    nonsense: Any = "nonsense"
    rules = {
        "XX101": Check(code="XX101", name="a", title="a", run=fail, severity=Severity.NOTE),
        "XX102": _rule("XX102", nonsense),
        "XX103": _rule("XX103", Finding(message="fine")),
    }
    found = run(_timeline(), rules, CTX)

    assert [(finding.code, finding.severity) for finding in found] == [
        ("XX101", "error"),
        ("XX102", "error"),
        ("XX103", "error"),
    ]
    assert found[0].message == "this rule failed: ZeroDivisionError: by nought"
    assert found[1].message == "this rule failed: TypeError: expected findings, found str"


def test_findings_are_filled_in_and_sorted_by_the_document() -> None:
    events = [_event(id="z"), _event(id="a")]
    findings = [
        Finding(message="3", event_id="a"),
        Finding(message="2", path=("events", 0, "when"), severity=Severity.NOTE),
        Finding(message="1"),
        Finding(message="4", event_id="gone"),
    ]
    found = run(_timeline(*events), {"XX101": _rule("XX101", *findings, severity=Severity.WARNING)}, CTX)

    assert [(f.message, f.event_id, f.path, f.severity) for f in found] == [
        ("1", None, (), "warning"),
        ("4", "gone", (), "warning"),
        ("2", "z", ("events", 0, "when"), "note"),
        ("3", "a", ("events", 1), "warning"),
    ]
    assert {f.code for f in found} == {"XX101"}


def test_the_same_timeline_gives_the_same_findings_and_no_rule_fails() -> None:
    for sample in SAMPLES:
        first = timeline.check(sample, now=NOW)
        assert first == timeline.check(sample, now=NOW)
        assert not [finding for finding in first if "this rule failed" in finding.message]
    assert timeline.check(HOSTILE, now=NOW)


@given(timelines())
def test_no_rule_fails_on_any_timeline(whole: Timeline) -> None:
    found = timeline.check(whole, now=NOW, texts={source.id: "a text" for source in whole.sources})

    assert not [finding for finding in found if "this rule failed" in finding.message]


def test_every_rule_that_is_built_in_describes_itself() -> None:
    rules = {code: rule for code, rule in installed().checks.items() if code.startswith("TL")}

    assert len(rules) == 22
    assert len({rule.name for rule in rules.values()}) == 22
    assert all(rule.code == code for code, rule in rules.items())


def test_an_event_of_ten_thousand_claims_is_checked() -> None:
    claims = [
        _claim(f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", "2024-12-31", source=f"s{n % 50}",
               modality=("reported", "denied", "projected")[n % 3])
        for n in range(10_000)
    ]  # fmt: skip

    assert {finding.code for finding in timeline.check(_timeline(_event(*claims)), now=NOW)} >= {"TL206"}


# Comments that silence


def _ignore(*codes: str, scope: Any = None) -> Ignore:
    return Ignore(codes=codes, scope=scope)


def test_a_comment_silences_its_codes_where_it_holds() -> None:
    found = [
        Finding(message="e0", code="TL101", path=("events", 0, "when")),
        Finding(message="e1", code="TL101", path=("events", 1)),
        Finding(message="s", code="TL103", path=("sources", "s", "published")),
        Finding(message="t", code="TL106", path=("events",)),
    ]
    known = {"TL101", "TL103", "TL106"}

    def left(*ignores: Ignore) -> list[str]:
        kept, _ = silence(found, ignores, known=known, looked=known)
        return [finding.message for finding in kept]

    assert left() == ["e0", "e1", "s", "t"]
    assert left(_ignore("TL101")) == ["s", "t"]
    assert left(_ignore("TL1")) == []
    assert left(_ignore("TL101", scope=("events", 1))) == ["e0", "s", "t"]
    assert left(_ignore("TL1", scope=("sources", "s"))) == ["e0", "e1", "t"]
    assert left(_ignore("TL1", scope=())) == ["e0", "e1", "s"]


def test_a_comment_of_no_use_is_said() -> None:
    found = [Finding(message="e", code="TL101", path=("events", 0))]
    known = {"TL101", "TL103"}

    def useless(*ignores: Ignore, looked: Iterable[str] = known) -> list[str]:
        return [message for _, message in silence(found, ignores, known=known, looked=set(looked))[1]]

    assert useless(_ignore("TL101")) == []
    assert useless(_ignore("TL101", scope=("events", 1))) == [
        "TL101 finds nothing in the event in which it stands: expected no comment, or another code"
    ]
    assert useless(_ignore("TL101", "TL103"))[0].startswith("TL103 finds nothing in the file")
    assert useless(_ignore("TL999"))[0].startswith("found 'TL999', expected the code of a rule")
    assert useless(_ignore())[0].startswith("found no code")
    # Nobody looked for it this time.
    assert useless(_ignore("TL103"), looked={"TL101"}) == []
