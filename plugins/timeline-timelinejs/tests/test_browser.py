"""The real TimelineJS draws what this plugin writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from timeline import Event, Media, Timeline, load
from timeline.formats import Feature
from timeline.testing import FEATURE_SAMPLES, HOSTILE
from timeline_timelinejs._writer import slide_id

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
    assert f"{event.group} (superseded)" in drawn.rows
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
    assert drawn.rows == ["Reported", "Planned", "Projected", "Hoped for"]
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
