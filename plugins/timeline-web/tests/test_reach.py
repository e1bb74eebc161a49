"""In a browser: as many events are drawn as there are, nothing goes wrong, nobody else is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from timeline import Claim, Event, Source, Timeline, export, load
from timeline.testing import FEATURE_SAMPLES, NOW
from timeline_web import write_page

SEED = Path(__file__).parents[3] / "seeds" / "kursk.yaml"


def every_feature() -> Timeline:
    """All samples of features in one timeline."""
    events = [
        attrs.evolve(event, id=f"{feature}-{event.id}", after=())
        for feature, sample in FEATURE_SAMPLES.items()
        for event in sample.events
    ]
    return Timeline(id="all", title="All", events=events, sources=FEATURE_SAMPLES["claims"].sources)  # type: ignore[index] # a feature is its word


def many(count: int) -> Timeline:
    """So many events over five centuries, one in ten of them projected."""
    sources = [Source(id=f"s{number}", title=f"Source {number}", published="2024-12-01") for number in range(9)]
    events = [
        Event(
            id=f"e{number}",
            title=f"Event {number}",
            text="What is to be said of it, in a sentence or two. " * 3,
            tags=[f"tag {number % 7}"],
            claims=[
                Claim(
                    source=f"s{number % 9}",
                    when=f"{1525 + number * 500 // count}-{1 + number % 12:02}",
                    modality="projected" if number % 10 == 0 else "reported",
                    quote="It is so.",
                )
            ],
        )
        for number in range(count)
    ]
    return Timeline(id="many", title="Many", events=events, sources=sources)


@pytest.mark.parametrize("make", [lambda: load(SEED), every_feature], ids=["kursk", "features"])
@pytest.mark.parametrize("single_file", [False, True], ids=["folder", "file"])
def test_what_goes_in_is_drawn_or_reported(
    make: Callable[[], Timeline], *, single_file: bool, opened: Callable[..., Any], timelinejs: Path, tmp_path: Path
) -> None:
    timeline = make()
    options = {"assets": str(timelinejs), "chapters": "none"}
    (*_, page) = write_page(timeline, tmp_path, options, now=NOW, single_file=single_file)
    found = opened(page.path)
    found.page.wait_for_selector(".tl-timemarker", state="attached")
    stream = export(timeline, "timelinejs", now=NOW)
    stream.read()
    missing = {loss.event_id for loss in stream.losses if loss.drops_event}
    assert found.page.locator(".tl-timemarker").count() == len(timeline.events) - len(missing)
    assert found.page.locator("li.event").count() == len(timeline.events)
    assert (found.faults, found.asked) == ([], [])


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory, timelinejs: Path) -> Path:
    """The page of 5,000 events."""
    folder = tmp_path_factory.mktemp("long")
    write_page(many(5_000), folder, {"assets": str(timelinejs)}, now=NOW)
    return folder


def test_five_thousand_events_are_all_there(long_page: Path, opened: Callable[..., Any]) -> None:
    found = opened(long_page / "index.html")
    page = found.page
    page.wait_for_selector(".tl-timemarker", state="attached")
    chapters = page.evaluate("JSON.parse(document.getElementById('page-data').textContent).chapters")
    assert sum(chapter["count"] for chapter in chapters) == 5_000
    assert max(chapter["count"] for chapter in chapters) <= 150
    # From one to the next, to the last: each has its events in the list and in the drawing.
    seen = 0
    for number, chapter in enumerate(chapters):
        if number:
            page.locator(".pager .next").first.click()
        for _ in range(200):
            if (
                page.inner_text("#events h2").startswith(chapter["label"])
                and page.locator("#events[aria-busy]").count() == 0
                and page.locator("#events li.event").count() == chapter["count"]
                and page.locator(".tl-timemarker").count() == chapter["count"]
            ):
                break
            page.wait_for_timeout(50)
        assert page.locator("#events li.event").count() == chapter["count"]
        assert page.locator(".tl-timemarker").count() == chapter["count"]
        seen += chapter["count"]
        if number == 4:
            break
    assert seen > 500
    assert (found.faults, found.asked) == ([], [])


def test_filters_reach_all_five_thousand(long_page: Path, opened: Callable[..., Any]) -> None:
    found = opened(long_page / "index.html")
    page = found.page
    page.wait_for_selector(".tl-timemarker", state="attached")
    page.select_option("#filter-tag", label=next(iter(page.locator("#filter-tag option").all_text_contents()[1:])))
    for _ in range(100):
        text = page.inner_text("#count")
        if "5000" in text.replace(",", "") and not text.startswith("5"):
            break
        page.wait_for_timeout(50)
    matches = int("".join(filter(str.isdigit, page.inner_text("#count").split("of")[0])))
    assert matches in {714, 715}
    assert (found.faults, found.asked) == ([], [])
