"""Timelines that nobody here wrote, read and written again: TimelineJS draws as many events, with the same dates in words."""

from __future__ import annotations

import csv
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from timeline import export, load
from timeline.testing import NOW

NAMES = [
    "src/template/all-media-types.json",
    "src/template/cosmo.json",
    "src/template/cosmo-mixed.json",
    "src/template/eras.json",
    "src/template/my-own-timeline.csv",
    "src/js/core/__tests__/women_in_computing.csv",
]
# A timeline as its authors' own pages have it, by the address of its file.
_PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="css/timeline.css">
<div id="t" style="height: 650px"></div><script src="js/timeline.js"></script>
<script>new TL.Timeline("t", location.origin + "/{name}", {{font: null, script_path: ""}})</script>"""
_SLIDES = """() => [...document.querySelectorAll('.tl-slide:not(.tl-slide-titleslide)')].map(slide => {
    const text = name => slide.querySelector(name)?.textContent ?? '';
    return [text('.tl-headline'), text('.tl-headline-date'), text('.tl-text-content')];
})"""
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905 - reads better
# Dates in words, whatever their order: numbers and months, without the words between.
_PARTS = re.compile(r"[a-z]+|[0-9]+(?:[.,:][0-9]+)*")
# TimelineJS rounds years of the universe in its own way.
_ROUNDED = re.compile("years ago|BCE")


class Slide(NamedTuple):
    """What a slide shows."""

    headline: str
    date: str
    text: str


def parts(words: str) -> Counter[str]:
    found = _PARTS.findall(words.lower())
    return Counter(part for part in found if part in _MONTHS or part[0].isdigit())


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def shown(browser: Any, timelinejs: Path, tmp_path: Path) -> Iterator[Callable[..., list[Slide]]]:
    """What TimelineJS shows of a file: headline, date and text of each slide but the title's."""
    for part in ("css", "js"):
        (tmp_path / part).symlink_to(timelinejs / part)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}/"

    def show(name: str, data: bytes, *, quietly: bool = False) -> list[Slide]:
        (tmp_path / name).write_bytes(data)
        (tmp_path / "index.html").write_text(_PAGE.format(name=name), encoding="utf-8")
        context = browser.new_context()
        # The media of these files are anywhere, and wanted from nowhere.
        context.route(lambda url: not url.startswith((here, "data:", "blob:")), lambda route: route.abort())
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith((here, "data:")) else wrong.append(asked.url))
        page.goto(f"{here}index.html")
        page.wait_for_selector(".tl-timemarker", state="attached")
        slides = page.evaluate(_SLIDES)
        assert page.locator(".tl-timemarker").count() == len(slides)
        if quietly:
            # Media load some time after their slide is shown.
            page.wait_for_timeout(1500)
            assert wrong == []
        context.close()
        return [Slide(*slide) for slide in slides]

    yield show
    server.shutdown()
    server.server_close()


def stated(path: Path) -> tuple[int, set[str]]:
    """How many eras a file has, and the dates that its author put into words; read without our reader."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return sum(row["Type"] == "era" for row in rows), {row["Display Date"].strip() for row in rows}
    data = json.loads(path.read_text("utf-8"))
    return len(data.get("eras") or []), {slide.get("display_date", "") for slide in data["events"]}


@pytest.mark.parametrize("name", NAMES)
def test_it_is_drawn_again_with_the_same_dates(name: str, shown: Callable[..., list[Slide]], timelinejs: Path) -> None:
    path = timelinejs.parent / name
    eras, in_words = stated(path)
    before = shown(f"before{path.suffix}", path.read_bytes())
    format = "timelinejs-csv" if path.suffix == ".csv" else "timelinejs"
    ours = load(path, format, on_fault=lambda _: None)
    after = shown("after.json", export(ours, "timelinejs", {"media": "link"}, now=NOW).read(), quietly=True)
    assert len(before) >= 7
    assert len(after) == len(before) + eras
    for slide in before:
        same = [other for other in after if other.headline.split() == slide.headline.split()]
        assert same, slide.headline
        if slide.date in in_words:
            # The author's words stand in the text; the date above it is the one that is drawn.
            assert any(slide.date in other.text for other in same), slide.date
        elif not _ROUNDED.search(slide.date):
            assert any(parts(other.date) == parts(slide.date) for other in same), (slide, same)
