"""Slides, one by one: their rows, words, language and era."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import Claim, Event, LossKind, Media, Modality, Outcome, Source, Status, Timeline, export, load
from timeline.errors import OptionError
from timeline.formats import ExportContext, Feature
from timeline.labels import labels
from timeline.testing import FEATURE_SAMPLES, HOSTILE, NOW, PLAIN
from timeline.testing.strategies import texts, timelines, whens
from timeline.when import When, languages
from timeline_timelinejs import Slides, TimelineJsOptions
from timeline_timelinejs._record import DIGEST, digest
from timeline_timelinejs._rows import Rows

FACTS = {Status.OCCURRED, Status.ONGOING}
SOURCES = [Source(id="a", publisher="A Paper", url="https://example.org/a"), Source(id="b", title="B")]


def context(**options: Any) -> ExportContext:
    return ExportContext(options=TimelineJsOptions(**options), now=NOW)


def timeline_of(*events: Event, **fields: Any) -> Timeline:
    return Timeline(**{"id": "t", "title": "T", "events": events, "sources": SOURCES, **fields})


def event(**fields: Any) -> Event:
    return Event(**{"id": "e", "title": "An event", "when": "2024-08-06", **fields})


def slide(of: Event, status: Status = Status.OCCURRED, **options: Any) -> dict[str, Any]:
    """The slide of an event of a status."""
    language = options.pop("language", None)
    timeline = timeline_of(of, language=language or "en")
    found = Slides(timeline, context(**options)).slide(of, status)
    assert found is not None
    return found


def written(timeline: Timeline, now: Any = NOW, **options: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(export(timeline, "timelinejs", options, now=now).read())
    return document


PROJECTION = event(when="2025-03", claims=[Claim(source="a", modality="projected", said="2024-12-01")])


# Rows


@pytest.mark.parametrize(
    ("now", "row"),
    [("2024-12-28", "Projected"), ("2025-03-10", "Due"), ("2025-04-01", "Overdue"), ("2024-01-01", "Unknown")],
)
def test_the_row_of_a_projection_is_its_status_on_the_day(now: str, row: str) -> None:
    document = written(timeline_of(PROJECTION), now)
    assert document["events"][0]["group"] == row
    assert document["events"][0]["display_date"] == f"{row}: March 2025"


@pytest.mark.parametrize(
    ("fields", "row"),
    [
        ({"claims": [Claim(source="a")]}, "Reported"),
        ({"when": "2024-08-06/2026", "claims": [Claim(source="a")]}, "Reported"),
        ({"when": "2030", "claims": [Claim(source="a", modality="planned")]}, "Planned"),
        # What is stated for a day to come is a plan, whoever states it.
        ({"when": "2030"}, "Planned"),
        ({"when": "2030", "claims": [Claim(source="a")]}, "Planned"),
        ({"claims": [Claim(source="a", modality="desired")]}, "Hoped for"),
        ({"claims": [Claim(source="a", modality="assessed")]}, "Assessed"),
        ({"claims": [Claim(source="a", modality="denied")]}, "Did not occur"),
        ({"claims": [Claim(source="a"), Claim(source="b", modality="denied")]}, "Disputed"),
        ({"outcome": Outcome(result="occurred", source="a", decided="2024-09-01")}, "Reported"),
        ({"outcome": Outcome(result="superseded", source="a", decided="2024-09-01")}, "Superseded"),
        ({"outcome": Outcome(result="did-not-occur", source="a", decided="2024-09-01")}, "Did not occur"),
        ({}, None),
    ],
)
@pytest.mark.parametrize("by", ["group", "status"])
def test_what_is_in_which_row(fields: dict[str, Any], row: str | None, by: str) -> None:
    document = written(timeline_of(event(**fields)), group=by)
    assert document["events"][0].get("group") == row


@pytest.mark.parametrize(("by", "own"), [("group", "Front"), ("tag", "war"), ("place", "Sudzha"), ("status", None)])
@pytest.mark.parametrize("status", Status)
def test_facts_share_no_row_with_what_is_none(by: str, own: str | None, status: Status) -> None:
    of = event(group="Front", tags=["war", "x"], places=["Sudzha", "y"], claims=[Claim(source="a")])
    row = slide(of, status, group=by)["group"]
    if status in FACTS:
        assert row == (own or "Reported")
    else:
        word = labels("en").status(status)
        assert row == (f"{own} ({word})" if own else word)


@given(st.data(), st.sampled_from(["en", "de"]))
def test_no_name_of_a_group_brings_a_fact_into_a_row_of_what_is_none(data: st.DataObject, language: str) -> None:
    rows = Rows(labels(language), "group")
    words = [labels(language).status(status) for status in Status]
    name = st.one_of(
        texts(),
        st.sampled_from(words),
        st.builds("{} ({})".format, st.sampled_from(["x", *words]), st.sampled_from(words)),
    )
    spaced = st.builds(
        "{}{}{}".format, st.sampled_from(["", " ", "\ufeff", "\xa0"]), name, st.sampled_from(["", " ", "\ufeff"])
    )
    of_fact, of_other = data.draw(spaced), data.draw(spaced)
    fact = rows.row(event(group=of_fact, claims=[Claim(source="a")]), Status.OCCURRED)
    other = rows.row(event(group=of_other), data.draw(st.sampled_from([each for each in Status if each not in FACTS])))
    assert fact is not None
    assert other is not None
    # TimelineJS trims names.
    assert fact.strip(" \xa0\ufeff") != other.strip(" \xa0\ufeff")


@pytest.mark.parametrize("language", languages())
def test_in_no_language_is_reported_the_word_for_anything_else(language: str) -> None:
    words = labels(language)
    reported = words.modality(Modality.REPORTED)
    assert reported not in {words.status(status) for status in Status if status not in FACTS}


def test_a_group_called_like_a_status_is_told_from_it() -> None:
    fact, other = event(group="Projected", claims=[Claim(source="a")]), attrs.evolve(PROJECTION, id="p")
    rows = [found["group"] for found in written(timeline_of(fact, other))["events"]]
    assert rows == ["Projected (Reported)", "Projected"]


# Words


def test_dates_and_words_are_in_the_language_of_the_timeline() -> None:
    found = slide(attrs.evolve(PROJECTION, places=["Kursk"]), Status.PROJECTED, language="de")
    words = labels("de")
    status = words.status(Status.PROJECTED)
    assert found["display_date"] == f"{status}: März 2025"
    assert found["group"] == status
    for part in (
        f"<strong>{words.translate('Where')}</strong>: Kursk",
        "1. Dezember 2024",
        words.translate("Source"),
        words.translate("A projection: no source here reports that it happened."),
    ):
        assert part in found["text"]["text"]


def test_the_words_of_a_scale_are_not_said_in_another_language() -> None:
    claim = Claim(source="g", likelihood="likely", credibility="2")
    source = Source(id="g", title="G", reliability="B")
    for language, parts in (
        ("en", ["“likely”, 55 to 80 % (ICD 203)", "2: probably true (Admiralty)", "B: usually reliable (Admiralty)"]),
        ("de", ["55\N{EN DASH}80\N{NO-BREAK SPACE}% (ICD 203)", "2: wahrscheinlich wahr (Admiralty)"]),
    ):
        timeline = timeline_of(event(claims=[claim]), sources=[source], language=language)
        text = html.unescape(written(timeline)["events"][0]["text"]["text"])
        assert all(part in text for part in parts), text


@pytest.mark.parametrize("language", languages())
def test_every_language_of_dates_has_all_words(language: str) -> None:
    for sample in FEATURE_SAMPLES.values():
        ctx = context()
        timeline = attrs.evolve(sample, language=language)
        slides = Slides(timeline, ctx)
        assert slides.labels.language == language
        for status in Status:
            assert all(slides.slide(each, status) for each in timeline.events if each.when)
        assert Feature.LANGUAGE not in {loss.feature for loss in ctx.losses}


@pytest.mark.parametrize(
    ("language", "lost"), [("en", 0), ("en-GB", 0), ("EN", 0), ("de-AT", 0), ("tlh", 1), ("mis", 1)]
)
def test_a_language_without_words_is_english_and_reported_once(language: str, lost: int) -> None:
    ctx = context()
    slides = Slides(attrs.evolve(PLAIN, language=language), ctx)
    assert [(loss.feature, loss.kind) for loss in ctx.losses] == [(Feature.LANGUAGE, LossKind.APPROXIMATED)] * lost
    if lost:
        assert slides.labels.language == "en"


def test_without_babel_another_language_is_english_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    from timeline.errors import LanguageError

    def without_babel(tag: str) -> object:
        if tag == "en":
            return labels("en")
        message = "Babel has to be installed"
        raise LanguageError(message)

    monkeypatch.setattr("timeline_timelinejs._slides.labels", without_babel)
    for language, lost in (("de", 1), ("en-GB", 0)):
        ctx = context()
        found = Slides(attrs.evolve(PLAIN, language=language), ctx).slide(PLAIN.events[0], Status.OCCURRED)
        assert found is not None
        assert found["display_date"] == "6 August 2024"
        assert len(ctx.losses) == lost


def test_the_language_of_the_options_wins_and_is_no_loss() -> None:
    stream = export(attrs.evolve(PLAIN, language="tlh"), "timelinejs", {"language": "fr"}, now=NOW)
    assert json.loads(stream.read())["events"][0]["display_date"] == "6 août 2024"
    assert stream.losses == ()


def test_a_language_that_nobody_has_words_of_is_no_option() -> None:
    with pytest.raises(OptionError, match=r"found language=tlh, expected a language that outputs can be in"):
        export(PLAIN, "timelinejs", {"language": "tlh"}, now=NOW).read()


def test_who_said_it_is_told_with_all_who_passed_it_on() -> None:
    claim = Claim(source="a", speakers=["X"], via=["Y", "Z"], quote="q", said="2024-08-07")
    assert "<cite>X, via Y, via Z, 7 August 2024</cite>" in slide(event(claims=[claim]))["text"]["text"]
    unknown = Claim(source="a", via=["Y", "Z"], quote="q")
    assert "<cite>via Y, via Z</cite>" in slide(event(claims=[unknown]))["text"]["text"]
    itself = Claim(source="a", quote="q")
    assert "<cite>A Paper</cite>" in slide(event(claims=[itself]))["text"]["text"]


def test_only_the_text_of_an_event_is_markdown() -> None:
    found = slide(
        event(
            title="*t*",
            text="*x*",
            places=["*p*"],
            claims=[Claim(source="a", quote="*q*", phrase="*w*", condition="*c*", likelihood="*l*")],
        )
    )
    assert found["text"]["headline"] == "*t*"
    assert within(found["text"]["text"], "em") == ["x"]


def within(html: str, tag: str) -> list[str]:
    return [part.partition(f"</{tag}>")[0] for part in html.split(f"<{tag}>")[1:]]


def test_the_text_of_the_timeline_is_markdown() -> None:
    title = Slides(timeline_of(text="About **it**\n\n- a", updated="2024-12-28"), context()).title()
    assert title["text"]["text"] == (
        "<p>About <strong>it</strong></p>\n<ul>\n<li>a</li>\n</ul>\n<p>Updated 28 December 2024</p>"
    )


def test_control_characters_are_seen_and_never_written() -> None:
    of = event(
        title="a\x00b",
        text="c\x07 *d*",
        group="e\x1b",
        places=["f\x7f"],
        media=Media(url="https://example.org/a.png", caption="g\x9d", alt="h\x08"),
        claims=[Claim(source="a", quote="i\x01")],
    )
    text = json.dumps(slide(of, Status.OCCURRED), ensure_ascii=False)
    assert "\\u00" not in text
    for part in ("a␀b", "c␇ <em>d</em>", "e␛", "f␡", "g\N{REPLACEMENT CHARACTER}", "h␈", "i␁"):
        assert part in text


# Media


def test_media_can_be_links_so_that_nothing_is_loaded() -> None:
    ctx = context(media="link")
    of = event(media=Media(url="https://example.org/map.png", caption="A map", credit="C", alt="It shows a map"))
    found = Slides(timeline_of(of), ctx).slide(of, Status.OCCURRED)
    assert found is not None
    assert "media" not in found
    assert '<strong>Media</strong>: <a href="https://example.org/map.png"' in found["text"]["text"]
    assert "A map</a>, It shows a map, C</p>" in found["text"]["text"]
    assert ctx.losses == []


@pytest.mark.parametrize("media", ["load", "link"])
def test_an_address_that_is_none_is_lost_either_way(media: str) -> None:
    ctx = context(media=media)
    of = event(media=Media(url="javascript:alert(1)//.png"))
    found = Slides(timeline_of(of), ctx).slide(of, Status.OCCURRED)
    assert "javascript" not in json.dumps(found)
    assert [loss.kind for loss in ctx.losses] == [LossKind.DROPPED]


# The era


def ymd(*parts: int) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), parts, strict=False))


@pytest.mark.parametrize(
    ("dates", "now", "start", "end"),
    [
        # A year or month is drawn where it begins; if that is yet to come, it is so to its end.
        (["2024", "2030"], "2024-12-28", ymd(2024, 12, 29), ymd(2030, 12, 31)),
        (["2024", "2028-02"], "2024-12-28", ymd(2024, 12, 29), ymd(2028, 2, 29)),
        (["2024-12-29", "2025-01-07"], "2024-12-28", ymd(2024, 12, 29), ymd(2025, 1, 7)),
        (["2024/2025-05-05"], "2024-12-31", ymd(2025, 1, 1), ymd(2025, 5, 5)),
        # TimelineJS draws nothing at all if an era ends where it begins.
        (["2024-12-29"], "2024-12-28", ymd(2024, 12, 29), ymd(2024, 12, 30)),
        (["2024/2024-12-29"], "2024-12-28", ymd(2024, 12, 29), ymd(2024, 12, 30)),
        (["2024-12-28"], "2024-12-28", None, None),
        # A marker at the beginning of this year does not reach beyond today.
        (["2024", "2024-12"], "2024-12-28", None, None),
        (["-0044", "../1990"], "2024-12-28", None, None),
        (["9999-12-31"], "9999-12-30", ymd(9999, 12, 31), ymd(10_000, 1, 1)),
        # In years alone, this year is not yet to come.
        (["Y-13800000000", "2024"], "2024-12-28", None, None),
        (["Y-13800000000", "2030-05"], "2024-12-28", ymd(2024), ymd(2030)),
        (["Y-13800000000", "2020/2030-05"], "2024-12-28", ymd(2024), ymd(2030)),
        (["Y-13800000000/2024"], "2024-12-28", None, None),
        ([], "2024-12-28", None, None),
    ],
)
def test_the_era_goes_from_tomorrow_to_the_last_day_that_is_drawn(
    dates: list[str], now: str, start: dict[str, int] | None, end: dict[str, int] | None
) -> None:
    document = written(timeline_of(*(event(id=f"e{n}", when=when) for n, when in enumerate(dates))), now)
    if start is None:
        assert "eras" not in document
    else:
        (era,) = document["eras"]
        assert (era["start_date"], era["end_date"]) == (start, end)
        assert era["text"]["headline"] == f"Future (as of {When.of(now).humanize()})"


@given(st.lists(whens(), min_size=1, max_size=4), st.dates(date(1, 1, 1), date(9999, 12, 29)))
def test_an_era_always_ends_after_it_begins(dates: list[When], now: date) -> None:
    timeline = timeline_of(*(event(id=f"e{number}", when=when) for number, when in enumerate(dates)))
    slides = Slides(timeline, context())
    made = [slides.slide(each, Status.OCCURRED) for each in timeline.events]
    era = slides.era([each for each in made if each is not None], now)
    if era is not None:
        start, end = list(era["start_date"].values()), list(era["end_date"].values())
        assert start < end
        assert len(start) == len(end) == (3 if slides.scale == "human" else 1)


def test_the_era_of_another_day_is_made_of_the_same_slides() -> None:
    timeline = timeline_of(event(id="p", when="2020"), event(id="q", when="2030-05"), language="de")
    slides = Slides(timeline, context())
    drawn = [slides.slide(each, Status.PLANNED) for each in timeline.events]
    era = slides.era([each for each in drawn if each is not None], "2026-11-27")
    assert era is not None
    assert era["start_date"] == ymd(2026, 11, 28)
    assert "27. November 2026" in era["text"]["headline"]


# The document


def test_a_distant_past_is_counted_in_years_and_a_distant_future_left_out() -> None:
    timeline = timeline_of(
        event(id="bang", when="Y-13800000000"),
        event(id="day", when="2024-08-06"),
        event(id="year", when="2024"),
        event(id="far", when="Y300000"),
    )
    stream = export(timeline, "timelinejs", now=NOW)
    document = json.loads(stream.read())
    assert document["scale"] == "cosmological"
    assert [found["start_date"] for found in document["events"]] == [ymd(-13_800_000_001), ymd(2024), ymd(2024)]
    assert [found["display_date"] for found in document["events"]][1:] == ["6 August 2024", "2024"]
    assert [
        (loss.event_id, loss.feature, loss.kind) for loss in stream.losses if loss.feature is not Feature.SOURCES
    ] == [
        ("day", Feature.PRECISION, LossKind.APPROXIMATED),
        ("far", Feature.DISTANT_YEARS, LossKind.DROPPED),
    ]


@pytest.mark.parametrize(("count", "warned"), [(300, False), (301, True)])
def test_many_events_are_warned_of(count: int, warned: bool) -> None:  # noqa: FBT001 - a column of the table
    timeline = timeline_of(*(event(id=f"e{number}") for number in range(count)), event(id="undated", when=None))
    stream = export(timeline, "timelinejs", now=NOW)
    stream.read()
    assert [("301 events" in text and "timeline page" in text) for text in stream.warnings] == [True] * warned


@given(timelines())
def test_the_record_is_the_timeline(timeline: Timeline) -> None:
    document = written(timeline)
    record = {**document["timeline"], "events": [found["timeline"] for found in document["events"]]}
    for part in (record, *record["events"]):
        del part[DIGEST]
    shown = {found["id"] for found in record["events"]}
    expected = attrs.evolve(timeline, events=[each for each in timeline.events if each.id in shown])
    assert load(json.dumps(record).encode(), "json") == expected


def test_the_record_can_be_left_out_and_the_rest_stays() -> None:
    document, without = written(HOSTILE), written(HOSTILE, record="no")
    del document["timeline"]
    for found in document["events"]:
        del found["timeline"]
    assert document == without
    assert all("timeline" not in found for found in (without, *without["events"]))


def test_slides_of_their_own_have_no_record() -> None:
    assert "timeline" not in slide(event())
    assert "timeline" not in Slides(PLAIN, context()).title()


def test_an_event_that_cannot_be_drawn_has_no_slide() -> None:
    ctx = context()
    slides = Slides(timeline_of(), ctx)
    assert slides.slide(event(when=None), Status.OCCURRED) is None
    assert slides.slide(event(when="Y300000"), Status.PLANNED) is None
    losses = [(loss.feature, loss.kind) for loss in ctx.losses]
    assert losses == [(Feature.UNDATED, LossKind.DROPPED), (Feature.DISTANT_YEARS, LossKind.DROPPED)]


# What a review found


@pytest.mark.parametrize(
    ("date", "lost"), [("2024-08-06/2024-11", ["precision"]), ("2024-06/2024", ["precision"]), ("2024/2024-06", [])]
)
def test_an_end_that_is_drawn_finer_than_stated_is_told(date: str, lost: list[str]) -> None:
    stream = export(timeline_of(event(when=date)), "timelinejs", now=NOW)
    stream.read()
    assert [loss.feature for loss in stream.losses if loss.event_id] == lost


def test_how_long_it_lasts_is_shown() -> None:
    found = slide(event(duration="P3D"))
    assert "<strong>Lasts</strong>: 3 days" in found["text"]["text"]
    assert "3 Tage" in slide(event(duration="P3D"), language="de")["text"]["text"]


def test_a_film_that_would_be_taken_for_a_picture_is_a_link() -> None:
    assert "media" not in slide(event(media=Media(url="https://example.org/film.mp4?poster=a.png")))
    assert "media" in slide(event(media=Media(url="https://example.org/film.mp4?poster=a")))


def test_a_link_to_no_host_stays_as_it_was_written() -> None:
    text = slide(event(text="[a](https://exa%mple.org/)"))["text"]["text"]
    assert "[a](https://exa%mple.org/)" in text


def test_no_named_speaker_has_empty_brackets() -> None:
    claim = Claim(source="a", speakers=["العمدة"], said="2024-12-01")
    text = slide(event(claims=[claim]), language="ar")["text"]["text"]
    assert "()" not in text.replace("\u2068", "").replace("\u2069", "")
    assert "العمدة" in text


def test_our_era_says_that_it_is_ours() -> None:
    document = written(timeline_of(PROJECTION))
    assert document["eras"][0]["timeline"] == {DIGEST: digest(document["eras"][0])}
    assert "timeline" not in written(timeline_of(PROJECTION), record="no")["eras"][0]


def test_losses_say_how_it_is_drawn_on_the_scale_that_there_is() -> None:
    timeline = timeline_of(
        event(id="far", when="Y-13800000000"),
        event(id="season", when="2025-21"),
        event(id="set", when="[2024,2024-08-06]"),
    )
    stream = export(timeline, "timelinejs", now=NOW)
    stream.read()
    said = {(loss.event_id, loss.feature): loss.message for loss in stream.losses}
    assert "drawn in years" in said["season", Feature.SEASONS]
    assert said["set", Feature.SETS] == "drawn at one of its dates alone"
