"""A browser that draws timelines with the real TimelineJS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

from timeline import export
from timeline.testing import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from timeline import Timeline

# What a hostile text would call is counted; the data stand in the page as a reader of the README would put them.
_PAGE = """<!doctype html>
<meta charset="utf-8">
<title>a timeline</title>
<link rel="stylesheet" href="css/timeline.css">
<style>body {{ margin: 0 }} #timeline {{ height: 650px }}</style>
<div id="timeline"></div>
<script>var ran = 0; window.alert = function () {{ ran += 1 }};</script>
<script src="js/timeline.js"></script>
<script>
var data = {data};
var timeline = new TL.Timeline('timeline', data, {{timenav_height_percentage: 40, font: null, script_path: ''}});
</script>
"""


@attrs.frozen(kw_only=True)
class Drawn:
    """What a browser made of a timeline."""

    page: Any
    slides: Mapping[str, Mapping[str, str]]
    """By id of the slide: what it shows as headline, date and text."""
    markers: int
    rows: list[str]
    scripts_run: int
    faults: list[str]
    foreign: list[str]
    """Requests to any other place than the folder of the page."""


@pytest.fixture
def draw(browser: Any, timelinejs: Path, tmp_path: Path) -> Iterator[Callable[[Timeline], Drawn]]:
    """Draws a timeline and says what is to be seen."""
    site = tmp_path / "site"
    site.mkdir()
    for part in ("css", "js"):
        (site / part).symlink_to(timelinejs / part)
    pages: list[Any] = []

    def drawn(timeline: Timeline) -> Drawn:
        data = export(timeline, "timelinejs", now=NOW).read().decode()
        (site / "index.html").write_text(_PAGE.format(data=data), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1200, "height": 700})
        pages.append(page)
        faults: list[str] = []
        foreign: list[str] = []
        here = site.as_uri()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((here, "data:", "blob:")) else foreign.append(asked.url),
        )
        # No test leaves this machine, even if it fails.
        page.route(lambda url: not url.startswith((here, "data:", "blob:")), lambda route: route.abort())
        page.goto(f"{here}/index.html")
        page.wait_for_selector(".tl-timemarker", state="attached")
        # Media load 1.2 seconds after their slide is shown, those of its neighbours too.
        page.wait_for_timeout(1500)
        slides = page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('.tl-slide')].map(slide => {
                const text = name => (slide.querySelector(name) || {textContent: ''}).textContent;
                return [slide.id, {headline: text('.tl-headline'), date: text('.tl-headline-date'),
                                   text: text('.tl-text-content')}];
            }))"""
        )
        return Drawn(
            page=page,
            slides=slides,
            markers=page.locator(".tl-timemarker").count(),
            rows=page.locator(".tl-timegroup-message").all_text_contents(),
            scripts_run=page.evaluate("ran"),
            faults=faults,
            foreign=foreign,
        )

    yield drawn
    for page in pages:
        page.close()
