"""The difference of two timelines: that it is whole, and what it says."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import Claim, Event, Media, Outcome, Source, Speaker, Timeline
from timeline.errors import HistoryError
from timeline.history import Diff, EventChange, apply, diff
from timeline.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DrawFn

_KEPT = ("id", "claims", "outcome", "sources", "events")
_SOURCES = [Source(id="article"), Source(id="report"), Source(id="wire")]


def _timeline(*events: Event, **fields: Any) -> Timeline:
    return Timeline(**{"id": "t", "title": "T", "sources": _SOURCES, "events": events, **fields})


def _claim(**fields: Any) -> Claim:
    return Claim(**{"source": "article", "said": "2024-12-27", **fields})


def _sentences(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    old, new = (_timeline(Event(**{"id": "e", "title": "E", **fields})) for fields in (before, after))
    (change,) = diff(old, new).changed
    return change.sentences


@st.composite
def _edited(draw: DrawFn, item: Any, pool: Any) -> Any:
    """A record with some of its fields those of another one."""
    other = draw(pool)
    names = [field.alias for field in attrs.fields(type(item)) if field.name not in _KEPT]
    chosen = draw(st.lists(st.sampled_from(names), max_size=2))
    return attrs.evolve(item, **{name: getattr(other, name if name != "when" else _own(other)) for name in chosen})


def _own(record: Any) -> str:
    return "own_when" if isinstance(record, Event) else "when"


# Made once: making a strategy takes longer than drawing from it.
_TIMELINES = strategies.timelines()
_EVENTS = strategies.events()
_OTHER_SOURCES = strategies.sources()
_CLAIMS = strategies.claims(st.just("s"))
_OUTCOMES = strategies.outcomes(st.just("s"))
_NUMBERS = st.integers(0, 5)


@st.composite
def versions(draw: DrawFn) -> tuple[Timeline, Timeline]:
    """Two versions of a timeline that share most of their events."""
    before = draw(_TIMELINES)
    ids = [source.id for source in before.sources]
    events = []
    for event in before.events:
        chance = draw(_NUMBERS)
        changed = draw(_edited(event, _EVENTS)) if chance > 2 else event
        if ids and chance > 3:
            changed = draw(_with_other_claims(changed, ids))
        if chance > 0:
            events.append(changed)
    if draw(_NUMBERS) > 3:
        added = draw(_EVENTS)
        events += [] if added.id in {event.id for event in before.events} else [added]
    if draw(_NUMBERS) > 2:
        events = draw(st.permutations(events))
    sources = [draw(_edited(source, _OTHER_SOURCES)) if draw(_NUMBERS) > 3 else source for source in before.sources]
    after = draw(_edited(before, _TIMELINES)) if draw(_NUMBERS) > 3 else before
    return before, attrs.evolve(after, sources=draw(st.permutations(sources)), events=events)


@st.composite
def _with_other_claims(draw: DrawFn, event: Event, ids: list[str]) -> Event:
    """An event of which some claims were edited, came, went or moved, and maybe the outcome."""
    claims = []
    for claim in event.claims:
        chance = draw(_NUMBERS)
        if chance > 0:
            claims.append(draw(_edited(claim, _CLAIMS)) if chance > 2 else claim)
    claims += draw(st.lists(_CLAIMS, max_size=1))
    outcome = draw(st.none() | st.just(event.outcome) | _OUTCOMES)
    if outcome is not None and event.outcome is not None and draw(_NUMBERS) > 2:
        outcome = attrs.evolve(event.outcome, decided=outcome.decided, note=outcome.note)
    known = [claim if claim.source in ids else attrs.evolve(claim, source=ids[-1]) for claim in claims]
    if outcome is not None and outcome.source not in ids:
        outcome = attrs.evolve(outcome, source=ids[0])
    return attrs.evolve(event, claims=draw(st.permutations(known)), outcome=outcome)


@given(strategies.timelines(), strategies.timelines())
def test_a_difference_makes_the_new_timeline_of_the_old_one(a: Timeline, b: Timeline) -> None:
    assert apply(diff(a, b), a) == b
    assert apply(diff(b, a), b) == a


@given(versions())
def test_a_difference_of_versions_makes_one_of_the_other(pair: tuple[Timeline, Timeline]) -> None:
    a, b = pair
    assert apply(diff(a, b), a) == b
    assert apply(diff(b, a), b) == a
    assert bool(diff(a, b)) is (a != b)


@given(strategies.timelines())
def test_equal_timelines_do_not_differ(timeline: Timeline) -> None:
    other = attrs.evolve(timeline, events=[attrs.evolve(event) for event in timeline.events])

    changes = diff(timeline, other)

    assert not changes
    assert changes == Diff()
    assert changes.sentences == ()
    assert changes.summary == "no difference"


@given(versions())
def test_a_difference_names_only_what_changed(pair: tuple[Timeline, Timeline]) -> None:
    a, b = pair
    changes = diff(a, b)
    was, is_ = ({event.id: event for event in timeline.events} for timeline in pair)

    assert {event.id for event in changes.added} == is_.keys() - was.keys()
    assert {event.id for event in changes.removed} == was.keys() - is_.keys()
    assert {change.id for change in changes.changed} == {id for id in was.keys() & is_.keys() if was[id] != is_[id]}
    for change in changes.changed:
        assert (change.before, change.after) == (was[change.id], is_[change.id])


@given(versions())
def test_the_changes_of_fields_make_the_new_event_of_the_old_one(pair: tuple[Timeline, Timeline]) -> None:
    for change in diff(*pair).changed:
        assert _replayed(change) == change.after


def _replayed(change: EventChange) -> Event:
    """The new version, of the old one and the changes of fields alone."""
    claims: dict[int, Claim] = {}
    fields: dict[str, Any] = {}
    gone = {
        field.path[1]
        for field in change.fields
        if field.path[0] == "claims" and field.after is None and len(field.path) == 2
    }
    kept = [number for number in range(len(change.before.claims)) if number not in gone]
    edits: dict[int, dict[str, Any]] = {}
    for field in change.fields:
        first, *rest = field.path
        if first == "claims" and rest == ["order"]:
            assert field.before == tuple(sorted(field.after)) != field.after
            kept = list(field.after)
        elif first == "claims" and len(rest) == 1 and field.before is None:
            claims[int(rest[0])] = field.after
        elif first == "claims" and len(rest) == 2:
            edits.setdefault(int(rest[0]), {})[str(rest[1])] = field.after
        elif first != "claims" and not rest:
            assert field.before != field.after
            fields[str(first)] = field.after
        elif first != "claims":
            whole = fields.get(str(first)) or getattr(change.before, str(first))
            fields[str(first)] = attrs.evolve(whole, **{str(rest[0]): field.after})
    places = (number for number in range(len(change.after.claims)) if number not in claims)
    for number, earlier in zip(places, kept, strict=True):
        claims[number] = attrs.evolve(change.before.claims[earlier], **edits.get(number, {}))
    return attrs.evolve(change.before, **fields, claims=[claims[number] for number in sorted(claims)])


@given(versions())
def test_every_change_of_a_field_has_a_sentence_and_no_other_has_one(pair: tuple[Timeline, Timeline]) -> None:
    changes = diff(*pair)
    assert len(changes.header_sentences) == len(changes.header) + sum(
        order is not None for order in (changes.sources_order, changes.order)
    )
    for source in changes.sources_changed:
        assert [text.partition(":")[0] for text in source.sentences] == [str(field.path[0]) for field in source.fields]
    for change in changes.changed:
        _check_sentences(change)


def _check_sentences(change: EventChange) -> None:
    left = list(change.sentences)
    for start, parts in [*_of_facts(change.before, change.after), *_of_fields(change)]:
        found = next(
            (text for text in left if text.startswith(start) and text.count(" was ") + text.count(" were ") >= parts),
            None,
        )
        assert found is not None, (start, change.sentences)
        left.remove(found)
    assert left == []


def _of_fields(change: EventChange) -> Iterator[tuple[str, int]]:
    """How the sentences of fields begin, and of how many fields they tell."""
    edited: Counter[str | int] = Counter()
    for field in change.fields:
        first, *rest = field.path
        if field.path == ("claims", "order"):
            yield "the claims are in another order", 0
        elif first == "claims" and len(rest) == 1:
            yield f"a claim {'added' if field.before is None else 'removed'}: ", 0
        elif first == "outcome" and not rest:
            yield "outcome: " if field.after is not None else "the outcome is withdrawn: ", 0
        elif first in ("claims", "outcome"):
            edited["outcome" if first == "outcome" else rest[0]] += 1
        elif first != "when":
            yield " ".join(map(str, field.path)) + ": ", 0
    for which, count in edited.items():
        yield "the outcome changed: " if which == "outcome" else "a claim changed", count


def _of_facts(before: Event, after: Event) -> Iterator[tuple[str, int]]:
    """How the sentences of what follows from the fields begin."""
    yield from _of_dates(before, after)
    if before.derivation.disputed is not after.derivation.disputed:
        yield "the date is now disputed" if after.derivation.disputed else "the date is no longer disputed", 0
    if before.modality is not after.modality:
        yield "now ", 0
    if before.stated is after.stated:
        old, new = ({origin.name.casefold() for origin in event.origins} for event in (before, after))
        yield from [("no longer an origin: ", 0)] * len(old - new)
        kept = len(old & new)
        words = ("new", "second", "third", "fourth")[kept : kept + len(new - old)]
        yield from ((f"a {word} origin: ", 0) for word in words)


def _told(before: Event, after: Event) -> tuple[str, ...]:
    return EventChange(before=before, after=after).sentences


def _of_dates(before: Event, after: Event) -> Iterator[tuple[str, int]]:
    if before.when is None and after.when is not None:
        yield f"it now has a date: {after.when}", 0
    elif before.when is not None and after.when is None:
        yield f"it has no date any more (was {before.when})", 0
    else:
        if before.when != after.when:
            words = [
                f"the date {way} from {before.when} to {after.when}"
                for way in ("narrowed", "widened", "moved", "changed")
            ]
            yield next(text for text in words if text in _told(before, after)), 0
        if (before.own_when is None) is not (after.own_when is None):
            yield "the date is now the editor's" if after.own_when else "the date is no longer the editor's", 0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2024-06", "2024-06-14", "the date narrowed from 2024-06 to 2024-06-14"),
        ("[2025-01..]", "2025-03", "the date narrowed from [2025-01..] to 2025-03"),
        ("2024-06-14", "2024-06", "the date widened from 2024-06-14 to 2024-06"),
        ("2024-06-14", "2024-06-15", "the date moved from 2024-06-14 to 2024-06-15"),
        ("2024-06", "2024-06-30/2024-07", "the date moved from 2024-06 to 2024-06-30/2024-07"),
        ("2024-06", "2024-06?", "the date changed from 2024-06 to 2024-06?"),
        ("2024/2026", "2024-05/2026-03", "the date narrowed from 2024/2026 to 2024-05/2026-03"),
        ("2024/", "2024/2026", "the date narrowed from 2024/ to 2024/2026"),
        ("2024/2026", "2024/2025", "the date changed from 2024/2026 to 2024/2025"),
        ("2024/2026", "2025", "the date changed from 2024/2026 to 2025"),
        (None, "2024-06", "it now has a date: 2024-06"),
        ("2024-06", None, "it has no date any more (was 2024-06)"),
    ],
)
def test_what_became_of_a_date_is_said(before: str | None, after: str | None, expected: str) -> None:
    assert _sentences({"when": before}, {"when": after}) == (expected,)
    if before and after:
        # The date that counts is the one that follows from the claims.
        of_claims = _sentences({"claims": [_claim(when=before)]}, {"claims": [_claim(when=after)]})
        assert of_claims == (expected, f"a claim changed: its date was {before}, is {after}")


def test_it_is_said_who_gives_the_date() -> None:
    claims = [_claim(when="2024-06")]
    outcome = Outcome(result="occurred", source="report", decided="2024-07", when="2024-06")

    assert _sentences({"claims": claims}, {"claims": claims, "when": "2024-06"}) == ("the date is now the editor's",)
    assert _sentences({"claims": claims, "when": "2024-06"}, {"claims": claims}) == (
        "the date is no longer the editor's: it follows from the claims",
    )
    assert _sentences({"outcome": outcome, "when": "2024-07"}, {"outcome": outcome}) == (
        "the date moved from 2024-07 to 2024-06",
        "the date is no longer the editor's: it is that of the outcome",
    )


def test_a_report_after_a_projection_is_told() -> None:
    projected = _claim(
        modality="projected",
        speakers=[Speaker(name="US officials", named=False, count="several")],
        via=["Bloomberg"],
        when="[2025-01..]",
    )
    reported = _claim(source="wire", modality="reported", when="2025-03-14", said="2025-03-14", quote="It\nbegan.")
    denied = _claim(source="report", when="2025-03-20", said="2025-03-21")

    assert _sentences({"claims": [projected]}, {"claims": [projected, reported]}) == (
        "the date narrowed from [2025-01..] to 2025-03-14",
        "now reported, was projected",
        "a claim added: reported in wire, said 2025-03-14, for 2025-03-14: “It ¶ began.”",
    )
    assert _sentences({"claims": [reported]}, {"claims": [reported, denied]}) == (
        "the date widened from 2025-03-14 to [2025-03-14,2025-03-20]",
        "the date is now disputed",
        "a second origin: report",
        "a claim added: reported in report, said 2025-03-21, for 2025-03-20",
    )
    assert _sentences({"claims": [reported, projected]}, {"claims": [reported]}) == (
        "a claim removed: projected by US officials (several, unnamed) via Bloomberg in article, "
        "said 2024-12-27, for [2025-01..]",
    )


def test_origins_are_counted() -> None:
    def of(*names: str) -> dict[str, Any]:
        return {"claims": [_claim(speakers=[name]) for name in names]}

    def said(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
        return [text for text in _sentences(before, after) if "origin" in text]

    assert said(of("Reuters"), of("Reuters", "AP", "AFP")) == ["a second origin: AP", "a third origin: AFP"]
    assert said(of("Reuters", "AP"), of("REUTERS")) == ["no longer an origin: AP"]
    assert said(of("A"), of("B")) == ["a new origin: B", "no longer an origin: A"]
    many = [f"speaker {number}" for number in range(1, 24)]
    ordinals = [text.split()[1] for text in said(of(many[0]), of(*many))]
    assert ordinals[9:13] == ["eleventh", "twelfth", "13th", "14th"]
    assert ordinals[19:] == ["21st", "22nd", "23rd"]


def test_another_modality_takes_no_origin_back() -> None:
    projected, reported = _claim(modality="projected", speakers=["A"]), _claim(speakers=["B"])

    told = _sentences({"claims": [projected]}, {"claims": [projected, reported]})

    assert not any("origin" in text for text in told)


def test_outcomes_are_told() -> None:
    claims = [_claim(modality="projected")]
    occurred = Outcome(result="occurred", source="report", decided="2025-03-15", when="2025-03-14")
    replaced = Outcome(result="superseded", source="report", decided="2025-03-15", by="other", note="Moved.")

    def told(before: Outcome | None, after: Outcome | None) -> tuple[str, ...]:
        return _sentences({"claims": claims, "outcome": before}, {"claims": claims, "outcome": after})

    assert told(None, occurred) == (
        "it now has a date: 2025-03-14",
        "now reported, was projected",
        "outcome: occurred on 2025-03-14, decided 2025-03-15, source report",
    )
    assert told(replaced, None) == (
        "the outcome is withdrawn: superseded by other, decided 2025-03-15, source report: “Moved.”",
    )
    assert told(replaced, attrs.evolve(replaced, note=None, decided="2025-03-16")) == (
        "the outcome changed: the day it was decided was 2025-03-15, is 2025-03-16; its note was “Moved.”, is not given",
    )


def test_texts_and_lists_are_told() -> None:
    assert _sentences({}, {"title": "B", "text": "New."}) == ("title: was “E”, is “B”", "text: added “New.”")
    assert _sentences({"group": "g"}, {}) == ("group: removed “g”",)
    assert _sentences({"tags": ["y", "z"]}, {"tags": ["z", "x"]}) == ("tags: added x; removed y",)
    assert _sentences({"places": ["a", "b"]}, {"places": ["b", "a"]}) == ("places: in another order: b, a",)
    assert _sentences({"places": []}, {"places": ["Kursk, Russia"]}) == ("places: added “Kursk, Russia”",)
    assert _sentences({}, {"media": Media(url="u", credit="C")}) == ("media: added u (credit “C”)",)
    assert _sentences({"media": Media(url="u", alt="A")}, {"media": Media(url="v")}) == (
        "media url: was “u”, is “v”",
        "media alt: removed “A”",
    )


def test_of_a_long_text_the_part_that_differs_is_told() -> None:
    start, end = "It was said that " * 20, " and so on" * 20

    (sentence,) = _sentences({"text": f"{start}ten{end}"}, {"text": f"{start}two{end}"})

    assert "that ten and so on" in sentence
    assert "that two and so on" in sentence
    assert len(sentence) < 400


def test_changed_claims_are_told_and_named_where_there_are_several() -> None:
    one, other = _claim(likelihood="may"), _claim(source="report", speakers=["B"], via=["C"])
    edited = attrs.evolve(one, likelihood="likely", condition="if so")

    assert _sentences({"claims": [one]}, {"claims": [edited]}) == (
        "a claim changed: its likelihood was “may”, is “likely”; its condition was not given, is “if so”",
    )
    assert _sentences({"claims": [one, other]}, {"claims": [one, attrs.evolve(other, said=None)]}) == (
        "a claim changed (by B via C in report): the time it was said was 2024-12-27, is not given",
    )
    assert _sentences({"claims": [one, other]}, {"claims": [other, one]}) == ("the claims are in another order",)


def test_an_edited_claim_is_changed_and_another_one_is_not() -> None:
    claims = [_claim(quote=f"quote {number}", when=f"2024-{number + 1:02}") for number in range(3)]

    def matched(after: list[Claim]) -> tuple[Any, ...]:
        old, new = (_timeline(Event(id="e", title="E", claims=each)) for each in (claims, after))
        found = diff(old, new).changed[0].claims
        return found.changed, found.added, found.removed, found.order

    for field, value in [
        ("when", "2030"),
        ("said", "2023"),
        ("quote", "a new quote"),
        ("source", "report"),
        ("speakers", ["B"]),
        ("modality", "denied"),
        ("condition", "if"),
    ]:
        edited = attrs.evolve(claims[1], **{field: value})  # type: ignore[arg-type] # each value is of its field
        assert matched([claims[0], edited, claims[2]]) == (((1, 1),), (), (), None), field
    new = _claim(source="wire", said="2025", quote="new")
    assert matched([claims[0], new, claims[2]]) == ((), (1,), (1,), None)
    assert matched([claims[2], new, claims[0], claims[1]]) == ((), (1,), (), (2, 0, 1))
    # Equal claims belong together first, whatever is alike besides.
    assert matched([attrs.evolve(claims[0], when="2030"), *claims]) == ((), (0,), (), None)


def test_the_header_and_the_sources_are_told() -> None:
    before = _timeline(updated="2024", sources=[Source(id="a", title="A"), Source(id="b")])
    after = _timeline(title="U", updated="2025", sources=[Source(id="c", publisher="P", title="C"), Source(id="a")])

    changes = diff(before, after)

    assert changes.sentences == (
        "the timeline: title: was “T”, is “U”",
        "the timeline: updated: was 2024, is 2025",
        "the timeline: the sources are in another order",
        "source c (P, “C”): added",
        "source a: title: removed “A”",
        "source b: removed",
    )
    assert changes.sources_order == ("c", "a")
    assert changes.summary == (
        "1 source added, 1 changed, 1 removed; title changed, updated changed; sources in another order"
    )


def test_the_order_is_kept_only_if_it_does_not_follow() -> None:
    a, b, c = (Event(id=id, title=id) for id in "abc")
    changed = attrs.evolve(b, title="other")

    assert diff(_timeline(a, b), _timeline(changed, c)).order is None
    assert diff(_timeline(a, b), _timeline(c, a, b)).order == ("c", "a", "b")
    assert diff(_timeline(a, b), _timeline(b, a)).order == ("b", "a")


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"title": "Other"}, r"^title: found 'Other', expected 'T'$"),
        ({"events": [Event(id="g", title="G")]}, "^event e: found no such event, .* the difference changes$"),
        ({"events": [Event(id="e", title="?"), Event(id="g", title="G")]}, "^event e: found another version of it"),
        ({"events": [Event(id="e", title="E")]}, "^event g: found no such event, .* removes$"),
        (
            {"events": [Event(id="e", title="E"), Event(id="g", title="G"), Event(id="n", title="N")]},
            "^event n: found it there, expected no event of the id that the difference adds$",
        ),
        (
            {"events": [Event(id="e", title="E"), Event(id="g", title="G"), Event(id="x", title="X")]},
            "^the order of the events: found 'x' in one of them only",
        ),
        (
            {
                "events": [Event(id="e", title="E"), Event(id="g", title="G")],
                "sources": [Source(id="report"), Source(id="wire")],
            },
            r"^the difference does not fit this timeline: events\[0\]",
        ),
    ],
)
def test_a_difference_applies_to_what_it_was_made_of_only(other: dict[str, Any], message: str) -> None:
    before = _timeline(Event(id="e", title="E"), Event(id="g", title="G"))
    new = Event(id="n", title="N", claims=[_claim()])
    after = _timeline(new, Event(id="e", title="F"), title="U")

    with pytest.raises(HistoryError, match=message):
        apply(diff(before, after), attrs.evolve(before, **other))


def test_a_difference_applies_to_what_differs_elsewhere() -> None:
    before = _timeline(Event(id="e", title="E"), Event(id="g", title="G"))
    after = _timeline(Event(id="e", title="F"), Event(id="g", title="G"))
    elsewhere = attrs.evolve(before, title="Other", events=[before.events[0], Event(id="x", title="X")])

    applied = apply(diff(before, after), elsewhere)

    assert [event.title for event in applied.events] == ["F", "X"]


def _calls(work: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def tick(_frame: Any, _event: str, _argument: Any) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_twice_the_claims_take_twice_the_steps() -> None:
    def steps(count: int) -> int:
        old = [_claim(quote=f"quote {number}", said=f"{number + 1:04}") for number in range(count)]
        new = [attrs.evolve(claim, quote="another", likelihood="may") for claim in reversed(old)]
        change = EventChange(before=Event(id="e", title="E", claims=old), after=Event(id="e", title="E", claims=new))
        return _calls(lambda: change.fields)

    assert steps(400) < 2.5 * steps(200)


def test_twice_the_events_take_twice_the_steps() -> None:
    def steps(count: int) -> int:
        old, new = (
            _timeline(*(Event(id=f"e{number}", title=title) for number in range(count))) for title in ("E", "F")
        )
        new = attrs.evolve(new, events=new.events[::-1])
        return _calls(lambda: diff(old, new).sentences)

    assert steps(400) < 2.5 * steps(200)
