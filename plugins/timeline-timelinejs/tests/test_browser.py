"""The real TimelineJS draws what this plugin writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from timeline import Claim, Event, LossKind, Media, Source, Timeline, export, load
from timeline.formats import Feature
from timeline.labels import labels
from timeline.model import Status
from timeline.testing import FEATURE_SAMPLES, HOSTILE, NOW
from timeline_timelinejs import slide_id

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[Timeline], Any]


def every_feature() -> Timeline:
    """All samples of features in one timeline."""
    events = [
        attrs.evolve(event, id=f"{feature}-{event.id}")
        for feature, sample in FEATURE_SAMPLES.items()
        for event in sample.events
    ]
    sources = FEATURE_SAMPLES[Feature.CLAIMS].sources
    return Timeline(id="all", title="All", text="About & <b>", events=events, sources=sources)


def kursk() -> Timeline:
    return load(Path(__file__).parents[3] / "seeds" / "kursk.yaml")


@pytest.mark.parametrize("make", [kursk, every_feature, lambda: HOSTILE], ids=["kursk", "features", "hostile"])
def test_every_dated_event_is_drawn_with_its_words_and_nothing_else_happens(
    make: Callable[[], Timeline], draw: Draw
) -> None:
    timeline = make()
    drawn = draw(timeline)
    dated = [event for event in timeline.events if event.when]
    assert drawn.faults == []
    assert drawn.foreign == []
    assert drawn.scripts_run == 0
    assert drawn.markers == len(dated)
    assert set(drawn.slides) == {"timeline-title", *(slide_id(event.id) for event in dated)}
    for event in dated:
        shown = drawn.slides[slide_id(event.id)]
        assert event.when is not None
        assert event.when.humanize().lower() in shown["date"].lower()
        assert shown["headline"].split() == event.title.split()


def test_plain_text_is_shown_as_it_is_in_every_place(draw: Draw) -> None:
    drawn = draw(HOSTILE)
    event = HOSTILE.events[0]
    assert f"{event.group} (Superseded)" in drawn.rows
    text = drawn.slides[slide_id(event.id)]["text"]
    for part in (*event.actors, *event.tags, "</script><script>alert(1)</script>", "“&lt;b&gt;”", "<b>x</b>"):
        assert part in text
    assert HOSTILE.text is not None
    assert drawn.slides["timeline-title"]["text"].split() == HOSTILE.text.split()


def test_no_hostile_text_becomes_an_element_or_a_handler_on_any_slide(draw: Draw) -> None:
    drawn = draw(HOSTILE)
    drawn.page.evaluate("timeline.goToEnd()")
    drawn.page.wait_for_timeout(1500)
    drawing = drawn.page.locator(".tl-timeline")
    assert drawing.locator("img, svg, iframe, form, object, embed, script").count() == 0
    handlers = """box => [...box.querySelectorAll('*')].flatMap(found => found.getAttributeNames())
                               .filter(name => name.startsWith('on'))"""
    assert drawing.first.evaluate(handlers) == []
    assert (drawn.page.evaluate("ran"), drawn.foreign, drawn.faults) == (0, [], [])


@pytest.mark.parametrize("markup", ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"])
def test_markup_in_a_group_is_shown_and_not_run(markup: str, draw: Draw) -> None:
    drawn = draw(Timeline(id="t", title="T", events=[Event(id="e", title="E", when="2024", group=markup)]))
    assert drawn.rows == [markup]
    assert (drawn.scripts_run, drawn.faults) == (0, [])


def test_what_is_no_fact_is_in_rows_of_its_own(draw: Draw) -> None:
    drawn = draw(kursk())
    assert drawn.rows == ["Reported", "Due", "Hoped for", "Projected"]
    shown = drawn.slides["event-russian-operation"]
    assert shown["date"] == "Projected: no earlier than January 2025"
    assert "A projection: no source here reports that it happened." in shown["text"]


def test_timelinejs_takes_media_for_what_we_take_them(draw: Draw) -> None:
    expected = {
        "https://example.org/a.png": "tl-icon-image",
        "https://example.org/imgur.com/a.webp?b=c": "tl-icon-image",
        "https://example.org/a.MP4": "tl-icon-video",
        "https://example.org/a.m4a": "tl-icon-audio",
        "https://www.youtube.com/watch?v=abcdefghijk": "tl-icon-youtube",
        "https://youtu.be/abcdefghijk?t=10": "tl-icon-youtube",
        "https://player.vimeo.com/video/12345": "tl-icon-vimeo",
    }
    events = [
        # The first slides load their media at once: these have none.
        *(Event(id=f"first{number}", title="First", when="2000") for number in range(4)),
        *(Event(id=f"e{number}", title="E", when="2024", media=Media(url=url)) for number, url in enumerate(expected)),
    ]
    drawn = draw(Timeline(id="t", title="T", events=events))
    icons = drawn.page.locator(".tl-timemarker-media-container span")
    assert [icon.get_attribute("class") for icon in icons.all()] == list(expected.values())
    assert (drawn.faults, drawn.foreign) == ([], [])


def test_a_span_within_a_year_keeps_its_end(draw: Draw) -> None:
    dates = ["2024/2024-06-15", "2024-06/2024-11", "2024-08/2024-08-20", "2024-06/2024", "2024-08-06"]
    events = [Event(id=f"e{number}", title=date, when=date) for number, date in enumerate(dates)]
    drawn = draw(Timeline(id="t", title="T", events=events))
    with_end = drawn.page.locator(".tl-timemarker-with-end .tl-headline").all_text_contents()
    assert sorted(with_end) == sorted(dates[:4])


def era_of(drawn: Any) -> list[tuple[str, float]]:
    """Each era by its words and how wide it is."""
    eras = drawn.page.locator(".tl-timeera").all()
    return [(era.text_content(), era.bounding_box()["width"]) for era in eras]


def test_the_future_is_an_era_that_holds_what_is_yet_to_come(draw: Draw) -> None:
    drawn = draw(kursk())
    ((words, width),) = era_of(drawn)
    assert words == "Future (as of 28 December 2024)"
    assert width > 100
    left = drawn.page.locator(".tl-timeera").bounding_box()["x"]
    markers = {
        marker.get_attribute("id"): marker.bounding_box()["x"] for marker in drawn.page.locator(".tl-timemarker").all()
    }
    assert left < markers["event-russian-operation-marker"] < left + width
    assert markers["event-incursion-marker"] < left


@pytest.mark.parametrize("when", ["2024-12-29", "2024/2024-12-29", "2025"])
def test_the_shortest_era_there_is_stops_nothing(when: str, draw: Draw) -> None:
    events = [Event(id="a", title="A", when="2024-12-20"), Event(id="b", title="B", when=when)]
    drawn = draw(Timeline(id="t", title="T", events=events))
    assert [words for words, _ in era_of(drawn)] == ["Future (as of 28 December 2024)"]
    assert (drawn.markers, drawn.faults) == (2, [])


def test_without_a_future_there_is_no_era(draw: Draw) -> None:
    drawn = draw(Timeline(id="t", title="T", events=[Event(id="a", title="A", when="2024")]))
    assert era_of(drawn) == []
    assert drawn.markers == 1


def test_rows_are_those_of_the_day_and_never_mix_facts_with_the_rest(draw: Draw) -> None:
    def event(id: str, when: str, modality: str, **fields: Any) -> Event:
        return Event(id=id, title=id, when=when, claims=[Claim(source="s", modality=modality)], **fields)

    events = [
        event("a", "2024-01", "reported"),
        event("b", "2024-02", "projected"),
        event("c", "2024-12", "planned"),
        event("d", "2025-02", "projected"),
        event("e", "2024-03", "denied"),
        event("f", "2024-01-02", "reported", group="Front"),
        event("g", "2025-03", "projected", group="Front"),
    ]
    drawn = draw(Timeline(id="t", title="T", events=events, sources=[Source(id="s")]))
    assert sorted(drawn.rows) == sorted(
        ["Reported", "Front", "Overdue", "Did not occur", "Due", "Projected", "Front (Projected)"]
    )
    assert drawn.slides["event-b"]["date"] == "Overdue: February 2024"


def test_billions_of_years_are_drawn(draw: Draw) -> None:
    events = [
        Event(id="bang", title="Big Bang", when="Y-13800000000~"),
        Event(id="chicxulub", title="Chicxulub", when="Y-66000000"),
        Event(id="homo", title="Homo sapiens", when="Y-300000/Y-200000"),
        Event(id="day", title="A day", when="2024-08-06"),
        Event(id="far", title="Too far", when="Y300000"),
        Event(id="next", title="Next", when="2030"),
    ]
    timeline = Timeline(id="t", title="T", events=events)
    drawn = draw(timeline)
    stream = export(timeline, "timelinejs", now=NOW)
    stream.read()
    assert {loss.event_id for loss in stream.losses if loss.kind is LossKind.DROPPED} == {"far"}
    assert (drawn.markers, drawn.faults) == (5, [])
    assert {id: shown["date"] for id, shown in drawn.slides.items()} == {
        "timeline-title": "",
        **{
            slide_id(each.id): shown
            for each, shown in zip(
                events[:4],
                ["About 13800000001 BC", "66000001 BC", "From 300001 BC to 200001 BC", "6 August 2024"],
                strict=True,
            )
        },
        "event-next": "Planned: 2030",
    }
    ticks = drawn.page.locator(".tl-timeaxis-tick-text").all_text_contents()
    assert any("bya" in tick for tick in ticks)
    assert "NaN" not in " ".join(ticks)
    left = {each.get_attribute("id"): each.bounding_box()["x"] for each in drawn.page.locator(".tl-timemarker").all()}
    assert left["event-bang-marker"] < left["event-chicxulub-marker"] < left["event-day-marker"]
    assert [words for words, _ in era_of(drawn)] == ["Future (as of 28 December 2024)"]


@pytest.mark.parametrize(("when", "unit"), [("Y-60000", "BCE"), ("Y-300000", "kya"), ("Y-99999999999", "bya")])
def test_the_axis_of_any_past_can_be_read(when: str, unit: str, draw: Draw) -> None:
    events = [Event(id=f"e{number}", title="E", when=date) for number, date in enumerate((when, "2024-08"))]
    drawn = draw(Timeline(id="t", title="T", events=events))
    ticks = drawn.page.evaluate(
        """() => [...document.querySelectorAll('.tl-timeaxis-tick-text')].filter(tick => {
            const left = tick.getBoundingClientRect().x;
            return left > 0 && left < window.innerWidth;
        }).map(tick => tick.textContent)"""
    )
    assert (drawn.markers, drawn.faults) == (2, [])
    assert ticks
    assert all(tick.endswith(unit) for tick in ticks)


def test_a_german_timeline_is_german(draw: Draw) -> None:
    claims = [Claim(source="s", modality="projected", said="2024-12-01", when="2025-03", quote="bald")]
    events = [Event(id="e", title="Ereignis", when="2025-03", claims=claims, places=["Kursk"])]
    drawn = draw(Timeline(id="t", title="Titel", language="de", events=events, sources=[Source(id="s", title="Q")]))
    words = labels("de")
    status = words.status(Status.PROJECTED)
    shown = drawn.slides["event-e"]
    assert status != "Projected"
    assert shown["date"] == f"{status}: März 2025"
    assert drawn.rows == [status]
    assert "1. Dezember 2024" in shown["text"]
    assert f"{words.translate('Where')}: Kursk" in shown["text"]
    assert [text for text, _ in era_of(drawn)] == [words.translate("Future (as of {date})", date="28. Dezember 2024")]


def test_markdown_is_drawn(draw: Draw) -> None:
    text = (
        "# Heading\n\nSome *emphasis*, **strength** and `code`\nwith [a link](https://example.org/).\n\n- one\n- two\n\n"
        "1. September 1939: A\n3. September 1939: B\n\n> quoted\n\n```\nfenced\n```"
    )
    events = [Event(id="e", title="Not *marked* up", when="2024", text=text)]
    drawn = draw(Timeline(id="t", title="T", text="About **it**", events=events))
    slide = drawn.page.locator("#event-e .tl-text-content")
    for tag, shown in {
        "h4": "Heading",
        "em": "emphasis",
        "strong": "strength",
        "p > code": "code",
        "ul li": "one",
        "blockquote p": "quoted",
        "pre code": "fenced",
    }.items():
        assert slide.locator(tag).first.text_content().strip() == shown
    assert slide.locator("a").get_attribute("href") == "https://example.org/"
    assert slide.locator("a").get_attribute("rel") == "noopener noreferrer"
    assert slide.locator("p br").count() == 1
    # Each line keeps the number that it begins with.
    assert [item.get_attribute("value") for item in slide.locator("ol li").all()] == [None, "3"]
    assert drawn.slides["event-e"]["headline"] == "Not *marked* up"
    assert drawn.page.locator("#timeline-title strong").text_content() == "it"
    assert (drawn.faults, drawn.foreign) == ([], [])


HOSTILE_MARKDOWN = [
    "[x](javascript:alert(1))",
    "[x](jAvAsCrIpT:alert(1) 'title')",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:alert(1))",
    "[x](https://example.org/'onfocus='alert(1))",
    '[x](https://example.org/ "" onfocus=alert(1) autofocus="")',
    "![x](https://example.org/a.png)",
    "![x](javascript:alert(1))",
    '![x](x"onerror=alert(1))',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<https://example.org/'onfocus='alert(1)>",
    "<img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "`<img src=x onerror=alert(1)>`",
    "    <script>alert(1)</script>",
    '```"><img src=x onerror=alert(1)>\nx\n```',
    "<!--><img src=x onerror=alert(1)>-->",
    "# <svg onload=alert(1)>",
    "> <iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "- <details open ontoggle=alert(1)>",
    "*<style>@import 'https://example.org/'</style>*",
    "www.x/'onfocus='alert(1) autofocus='",
    'https://example.org/"onmouseover=alert(1)',
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
]


def test_hostile_markdown_is_dead_on_every_slide(draw: Draw) -> None:
    events = [
        Event(id=f"e{number}", title=text, when="2024", text=text, claims=[Claim(source="s", quote=text, phrase=text)])
        for number, text in enumerate(HOSTILE_MARKDOWN)
    ]
    timeline = Timeline(
        id="t",
        title="T",
        text="\n\n".join(HOSTILE_MARKDOWN),
        events=events,
        sources=[Source(id="s", title=HOSTILE_MARKDOWN[0])],
    )
    drawn = draw(timeline)
    drawing = drawn.page.locator(".tl-timeline").first
    assert drawn.markers == len(HOSTILE_MARKDOWN)
    assert drawing.locator("img, svg, iframe, form, object, embed, script, style, math, details").count() == 0
    found = drawing.evaluate(
        """box => [...box.querySelectorAll('*')].flatMap(found => found.getAttributeNames()
            .filter(name => name.startsWith('on') || name === 'autofocus' || (name === 'style' && found.closest('.tl-text-content'))))"""
    )
    assert found == []
    links = drawing.evaluate("box => [...box.querySelectorAll('.tl-text-content a')].map(link => link.protocol)")
    assert links
    assert set(links) == {"https:"}
    # What would run when it is touched does not run when it is.
    drawn.page.evaluate(
        """() => document.querySelectorAll('.tl-text-content *').forEach(found => {
            for (const name of ['mouseover', 'focus', 'toggle', 'load', 'error']) found.dispatchEvent(new Event(name));
        })"""
    )
    drawn.page.evaluate("timeline.goToEnd()")
    drawn.page.wait_for_timeout(1500)
    assert (drawn.page.evaluate("ran"), drawn.foreign, drawn.faults) == (0, [], [])
