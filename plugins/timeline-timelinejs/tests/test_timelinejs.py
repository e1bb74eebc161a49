"""What the documents say, read as JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import attrs
import pytest
from hypothesis import given

from timeline import Claim, Event, LossKind, Media, Modality, Outcome, Source, Timeline, export
from timeline.formats import Feature, Loss
from timeline.testing import FEATURE_SAMPLES, HOSTILE, NOW, PLAIN, SAMPLES
from timeline.testing.strategies import ids, timelines
from timeline_timelinejs import slide_id
from timeline_timelinejs.markup import is_link


def written(timeline: Timeline, **options: str) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    stream = export(timeline, "timelinejs", options, now=NOW)
    return json.loads(stream.read()), stream.losses


def slide(**fields: Any) -> dict[str, Any]:
    """The slide of one event, long after it."""
    sources = [Source(id="a", publisher="A Paper", url="https://example.org/a"), Source(id="b", title="B")]
    event = Event(**{"id": "e", "title": "An event", "when": "2024-08-06", **fields})
    timeline = Timeline(id="t", title="T", events=[event], sources=sources)
    document = json.loads(export(timeline, "timelinejs", {"record": "no"}, now="2026-11-27").read())
    slide: dict[str, Any] = document["events"][0]
    return slide


def values(document: object) -> list[object]:
    """Every value in a document, at any depth."""
    if isinstance(document, dict):
        return [document, *(found for value in document.values() for found in values(value))]
    if isinstance(document, list):
        return [found for value in document for found in values(value)]
    return [document]


@given(ids(), ids())
def test_slide_ids_never_collide(first: str, second: str) -> None:
    one, other = slide_id(first), slide_id(second)
    assert re.fullmatch(r"event-[A-Za-z0-9_-]+", one)
    assert (one == other) == (first == second)
    assert f"{one}-marker" != other


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.b", "a_b"),
        ("a.b", "a_pb"),
        ("a..", "a__"),
        ("a.", "a_p"),
        ("a", "a-marker"),
        ("a_", "a-marker"),
        ("a", "a-2"),
    ],
)
def test_slide_ids_of_near_ids_differ(first: str, second: str) -> None:
    assert slide_id(first) != slide_id(second)
    assert f"{slide_id(first)}-marker" != slide_id(second)


@given(timelines())
def test_any_timeline_is_written_so_that_timelinejs_takes_it(timeline: Timeline) -> None:
    document, losses = written(timeline, record="no")
    slides = [document["title"], *document["events"]]
    assert document["scale"] in ("human", "cosmological")
    assert None not in values(document)
    assert all(found["autolink"] is False for found in slides)
    assert not {"format", "link", "errors"} & {
        key for found in values(document) if type(found) is dict for key in found
    }
    found = [found["unique_id"] for found in slides]
    assert len(set(found)) == len(found)
    dropped = [loss.event_id for loss in losses if loss.drops_event]
    assert len(document["events"]) == len(timeline.events) - len(dropped)


@given(timelines())
def test_the_document_can_stand_in_a_script(timeline: Timeline) -> None:
    text = export(timeline, "timelinejs", now=NOW).read().decode()
    assert not re.search("[<>&\u2028\u2029]", text)


@given(timelines())
def test_the_same_timeline_gives_the_same_bytes(timeline: Timeline) -> None:
    again = attrs.evolve(timeline)
    assert export(timeline, "timelinejs", now=NOW).read() == export(again, "timelinejs", now=NOW).read()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_every_slide_has_its_date_in_words(sample: Timeline) -> None:
    words = [event["display_date"].lower() for event in written(sample)[0]["events"]]
    expected = [event.when.humanize(sample.language).lower() for event in sample.events if event.when]
    assert all(word in shown for word, shown in zip(expected, words, strict=True))


def test_a_line_above_the_headline_says_what_is_no_fact() -> None:
    assert slide()["display_date"] == "6 August 2024"
    assert slide(claims=[Claim(source="a")])["display_date"] == "6 August 2024"
    projected = slide(when="[2027-01..]", claims=[Claim(source="a", modality="projected")])
    assert projected["display_date"] == "Projected: no earlier than January 2027"
    assert "A projection: no source here reports that it happened." in projected["text"]["text"]


@pytest.mark.parametrize("modality", ["denied", "planned", "projected", "desired", "assessed"])
@pytest.mark.parametrize("group", ["group", "tag", "status"])
def test_facts_share_no_row_with_what_is_no_fact(modality: str, group: str) -> None:
    fact = Event(id="f", title="F", when="2024", group="Front", tags=["war"], claims=[Claim(source="a")])
    other = attrs.evolve(fact, id="o", claims=[Claim(source="a", modality=modality)])
    timeline = Timeline(id="t", title="T", events=[fact, other], sources=[Source(id="a")])
    rows = [event["group"] for event in written(timeline, group=group)[0]["events"]]
    assert rows[0] != rows[1]
    assert rows[0] == {"group": "Front", "tag": "war", "status": "Reported"}[group]


def test_rows_can_be_left_out_and_the_group_is_then_said_in_words() -> None:
    document, losses = written(FEATURE_SAMPLES[Feature.GROUPS], group="none")
    assert "group" not in document["events"][0]
    assert "<strong>Group</strong>: Front line" in document["events"][0]["text"]["text"]
    assert losses == ()


def test_a_group_that_makes_no_row_is_said_even_if_the_row_begins_like_it() -> None:
    timeline = Timeline(
        id="t", title="T", events=[Event(id="e", title="E", when="2024", group="war", tags=["warfare"])]
    )
    event = written(timeline, group="tag")[0]["events"][0]
    assert event["group"] == "warfare"
    assert "<strong>Group</strong>: war" in event["text"]["text"]


def test_an_event_that_nobody_claims_or_groups_has_no_row() -> None:
    assert "group" not in slide()
    assert "group" not in slide(group=" ")


def test_a_claim_says_all_it_holds() -> None:
    text = written(FEATURE_SAMPLES[Feature.CLAIMS])[0]["events"][0]["text"]["text"]
    for part in (
        "<strong>Projected</strong>: no earlier than January 2025",
        "in the words “as early as January”",
        "likelihood: “could”",
        "condition: if nothing changes (e1) ",
        "recorded 28 December 2024",
        "<blockquote><p>could begin as early as January</p>",
        "credibility 2: probably true (Admiralty)",
        "<cite>officials (several, unnamed), via a newspaper, 27 December 2024</cite>",
        "reliability B: usually reliable (Admiralty)",
        'href="https://example.org/report"',
        "An Author",
        "A Publisher",
        "published 27 December 2024",
        "read 28 December 2024",
        'href="https://example.org/archived"',
    ):
        assert part in text


def test_what_occurred_is_in_the_row_of_what_is_reported() -> None:
    ended = Outcome(result="occurred", source="a", decided="2025-01-01")
    got = slide(claims=[Claim(source="a", modality=Modality.PROJECTED, condition_event="x")], outcome=ended)
    assert got["group"] == "Reported"
    assert "condition: x " in got["text"]["text"]


def test_what_is_disputed_shares_no_row_with_facts() -> None:
    got = slide(claims=[Claim(source="a"), Claim(source="b", modality=Modality.DENIED)])
    assert got["group"] == "Disputed"
    assert got["display_date"].startswith("Disputed: ")
    assert "Disputed: the sources contradict each other." in got["text"]["text"]


def test_an_outcome_says_all_it_holds() -> None:
    text = written(FEATURE_SAMPLES[Feature.OUTCOMES])[0]["events"][0]["text"]["text"]
    assert (
        "<p><strong>Occurred</strong>: 6 August 2024 · in its place: e1 · decided 28 December 2024 · As seen.</p>"
        in text
    )
    assert "<blockquote><p>it happened</p><cite>A Publisher</cite></blockquote>" in text


def test_what_an_event_comes_after_is_named_by_its_title() -> None:
    text = written(FEATURE_SAMPLES[Feature.RELATIONS])[0]["events"][1]["text"]["text"]
    assert "<strong>After</strong>: An event" in text


def test_what_did_not_occur_looks_like_no_fact() -> None:
    ended = Outcome(result="did-not-occur", source="a", decided="2025-01-01")
    got = slide(claims=[Claim(source="a", modality=Modality.PROJECTED)], outcome=ended)
    assert got["group"] == "Did not occur"
    assert got["display_date"].startswith("Did not occur: ")


def test_claims_of_several_sources_name_theirs() -> None:
    text = slide(claims=[Claim(source="a", speakers=["X"]), Claim(source="b", speakers=["Y"])])["text"]["text"]
    assert "X, via A Paper" in text
    assert "Y, via B" in text


def test_links_are_of_the_web_and_tell_nothing_of_the_page() -> None:
    text = slide(claims=[Claim(source="a")])["text"]["text"]
    assert re.search(r'<a href="https://example.org/a" rel="noopener noreferrer">', text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "example.org",
        "https://",
        "https:///path",
        "https://example.org/'onload='alert(1)",
        'https://example.org/"',
        "https://example.org/<b>",
        "https://example.org/a b",
        "https://example.org/\n",
        "https://example.org\\@evil.example/",
        "https://bank.example@evil.example/",
        "https://[bad/",
    ],
)
def test_other_addresses_are_text_not_links(url: str) -> None:
    timeline = Timeline(id="t", title="T", url=url, events=PLAIN.events)
    assert not is_link(url)
    assert "<a" not in written(timeline)[0]["title"]["text"]["text"]


@pytest.mark.parametrize("url", ["https://exa%mple.org/", "https://1.2.3.999/", "https://example.org:99999/"])
def test_an_address_that_cannot_be_linked_is_still_said(url: str) -> None:
    timeline = Timeline(id="t", title="T", url=url, events=PLAIN.events)
    assert written(timeline)[0]["title"]["text"]["text"] == f"<p>{url}</p>"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/map.png",
        "http://example.org/MAP.JPEG?size=large",
        "https://upload.wikimedia.org/wikipedia/commons/a/a0/Map.svg",
        "https://live.staticflickr.com/1/2.jpg",
        "https://example.org/film.mp4",
        "https://example.org/speech.mp3",
        "https://www.youtube.com/watch?v=abcdefghijk&t=10",
        "https://youtu.be/abcdefghijk",
        "https://vimeo.com/12345",
    ],
)
def test_media_that_timelinejs_knows_are_shown(url: str) -> None:
    assert slide(media=Media(url=url))["media"] == {"url": url}


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/article",
        "https://example.org/report.pdf",
        "https://example.org/catpng",
        "https://example.org/map.png#part",
        "https://example.org/youtu.be/map.png",
        "https://example.org/spotify.mp4",
        "https://example.org/iframe/film.webm",
        "https://x.community/map.png",
        "https://en.wikipedia.org/wiki/File:Map.png",
        "https://vimeo.com/channels/staff/12345",
        "https://youtube.evil.example/watch?v=abcdefghijk",
    ],
)
def test_other_media_of_the_web_are_linked_in_the_text(url: str) -> None:
    event = Event(id="e", title="E", when="2024", media=Media(url=url, caption="A <map>", credit="B & C"))
    document, losses = written(Timeline(id="t", title="T", events=[event]))
    assert "media" not in document["events"][0]
    assert "A &lt;map&gt;</a>, B &amp; C" in document["events"][0]["text"]["text"]
    assert [(loss.feature, loss.kind, loss.event_id) for loss in losses] == [
        (Feature.MEDIA, LossKind.APPROXIMATED, "e")
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)//.png", "https://x.example/a.png' onload='alert(1)", "map.png"])
def test_addresses_that_are_not_safe_are_dropped(url: str) -> None:
    event = Event(id="e", title="E", when="2024", media=Media(url=url))
    document, losses = written(Timeline(id="t", title="T", events=[event]), record="no")
    assert url not in json.dumps(document)
    assert [(loss.feature, loss.kind) for loss in losses] == [(Feature.MEDIA, LossKind.DROPPED)]


def test_words_about_media_are_escaped_where_they_are_html_only() -> None:
    media = slide(media=Media(url="https://example.org/a.png", caption="<i>c</i>", credit="R&D", alt="<b>"))["media"]
    assert media["caption"] == "&lt;i&gt;c&lt;/i&gt;"
    assert media["credit"] == "R&amp;D"
    assert media["alt"] == "<b>"


def test_words_for_those_who_cannot_see_a_film_are_reported_lost() -> None:
    event = Event(id="e", title="E", when="2024", media=Media(url="https://example.org/a.mp4", alt="A march"))
    _, losses = written(Timeline(id="t", title="T", events=[event]))
    assert [(loss.feature, loss.kind) for loss in losses] == [(Feature.MEDIA, LossKind.DROPPED)]


def test_hostile_text_leaves_no_markup_but_ours() -> None:
    document, _ = written(HOSTILE)
    html = [text for found in [document["title"], *document["events"]] for text in found["text"].values()]
    html += [text for found in document["events"] for key, text in found.get("media", {}).items() if key != "url"]
    tags = {tag for text in html for tag in re.findall(r"<[^>]*>", text)}
    assert {re.sub(r"[</> ].*", "", tag.lstrip("</")) for tag in tags} <= {
        "p",
        "br",
        "strong",
        "em",
        "blockquote",
        "cite",
    }
    assert all("media" not in found for found in document["events"])


def test_a_group_is_escaped_twice_as_timelinejs_decodes_it_once() -> None:
    assert slide(group="<b>R&D</b>")["group"] == "&amp;lt;b&amp;gt;R&amp;amp;D&amp;lt;/b&amp;gt;"


def test_text_is_set_in_paragraphs_and_lines() -> None:
    assert (
        slide(text="One <b>\r\ntwo\r\n \r\nthree\n")["text"]["text"] == "<p>One &lt;b&gt;<br>\ntwo</p>\n<p>three</p>\n"
    )


def test_what_a_drawing_cannot_say_is_reported_for_its_event() -> None:
    _, losses = written(FEATURE_SAMPLES[Feature.OPEN_ENDS])
    assert [loss.event_id for loss in losses] == ["e0", "e1", "e2", "e3", "e4"]
    assert {loss.kind for loss in losses} == {LossKind.APPROXIMATED}


def test_a_timeline_without_dates_is_reported_as_it_shows_nothing() -> None:
    document, losses = written(Timeline(id="t", title="T"))
    assert document["events"] == []
    assert [(loss.feature, loss.kind, loss.event_id) for loss in losses] == [
        (Feature.UNDATED, LossKind.APPROXIMATED, None)
    ]


def test_a_source_on_no_slide_is_reported() -> None:
    timeline = attrs.evolve(PLAIN, sources=[Source(id="unused")])
    assert [loss.feature for loss in written(timeline)[1]] == [Feature.SOURCES]


def test_events_are_written_one_by_one() -> None:
    done: list[int] = []
    stream = iter(export(FEATURE_SAMPLES[Feature.INTERVALS], "timelinejs", now=NOW, on_progress=done.append))
    pieces = [next(stream)]
    while b"event-e0" not in pieces[-1]:
        pieces.append(next(stream))
    assert done == []
    next(stream)
    assert done == [1]


def test_importing_loads_no_sanitizer() -> None:
    code = (
        "import sys, timeline_timelinejs as t; loaded = set(sys.modules);"
        "assert not loaded & {'nh3', 'markdown_it', 'timeline_timelinejs._slides', 'timeline.labels'}, loaded; t.Slides"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
