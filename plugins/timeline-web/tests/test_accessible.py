"""The page for those who hear it, who use no mouse, who print it, in light and dark, small and wide, in both directions."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from timeline import Timeline, load
from timeline.labels import labels
from timeline.testing import FEATURE_SAMPLES
from timeline_web import write_page

NOW = "2024-12-28"
AXE = "4.10.3"
SEED = Path(__file__).parents[3] / "seeds" / "kursk.yaml"
# Where to keep the screenshots, for those who want to look at them.
KEPT = os.environ.get("TIMELINE_SCREENSHOTS")
SIZES = {"phone": (390, 844), "desktop": (1280, 900), "wide": (1920, 1080)}


def every_feature(language: str = "en") -> Timeline:
    """All samples of features in one timeline."""
    events = [
        attrs.evolve(event, id=f"{feature}-{event.id}", after=())
        for feature, sample in FEATURE_SAMPLES.items()
        for event in sample.events
    ]
    sources = FEATURE_SAMPLES["claims"].sources  # type: ignore[index] # a feature is its word
    return Timeline(id="all", title="All features", text="About.", language=language, events=events, sources=sources)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, timelinejs: Path) -> dict[str, Path]:
    """Pages of several timelines, each in a folder."""
    made = {
        "kursk": load(SEED),
        "features": every_feature(),
        "arabic": attrs.evolve(load(SEED), language="ar"),
        "chapters": load(SEED),
        "german": attrs.evolve(load(SEED), language="de"),
    }
    folders = {}
    for name, timeline in made.items():
        folder = tmp_path_factory.mktemp(name)
        options = {"assets": str(timelinejs), "chapters": "month" if name == "chapters" else "auto"}
        write_page(timeline, folder, options, now=NOW)
        folders[name] = folder / "index.html"
    return folders


def drawn(page: Any) -> None:
    page.wait_for_selector(".tl-timemarker", state="attached")
    # What moves has come to rest.
    page.wait_for_timeout(700)


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("kursk", "light"), ("kursk", "dark"), ("features", "light"), ("arabic", "dark"), ("chapters", "light")],
)
def test_axe_finds_nothing_serious_in_our_part(
    name: str, scheme: str, pages: dict[str, Path], opened: Callable[..., Any], npm_package: Callable[[str, str], Path]
) -> None:
    found = opened(pages[name])
    found.page.emulate_media(color_scheme=scheme)
    drawn(found.page)
    found.page.evaluate((npm_package("axe-core", AXE) / "axe.min.js").read_text("utf-8"))
    result = found.page.evaluate("() => axe.run({exclude: [['.tl-timeline']]})")
    serious = [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []
    assert len(result["passes"]) > 20


def test_axe_would_find_something(
    opened: Callable[..., Any], npm_package: Callable[[str, str], Path], tmp_path: Path
) -> None:
    (tmp_path / "bad.html").write_text('<!doctype html><html><img src="data:,"><input>')
    found = opened(tmp_path / "bad.html")
    found.page.evaluate((npm_package("axe-core", AXE) / "axe.min.js").read_text("utf-8"))
    result = found.page.evaluate("() => axe.run()")
    assert {"image-alt", "label"} <= {violation["id"] for violation in result["violations"]}


def test_every_event_is_reached_with_the_tab_key_alone(pages: dict[str, Path], opened: Callable[..., Any]) -> None:
    page = opened(pages["kursk"]).page
    drawn(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached: list[str] = []
    for _ in range(300):
        page.keyboard.press("Tab")
        event = page.evaluate("document.activeElement.closest('li.event')?.dataset.event ?? ''")
        outside = page.evaluate("!document.activeElement.closest('#events')")
        if outside and reached:
            break
        if event and event not in reached:
            reached.append(event)
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert reached == [event.id for event in load(SEED).in_order]


def test_headings_go_down_one_level_at_a_time(pages: dict[str, Path], opened: Callable[..., Any]) -> None:
    page = opened(pages["kursk"]).page
    levels = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(found => !found.closest('.tl-timeline'))
                  .map(found => Number(found.tagName[1]))"""
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_nothing_is_told_by_colour_alone(pages: dict[str, Path], opened: Callable[..., Any]) -> None:
    page = opened(pages["kursk"]).page
    drawn(page)
    looks = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#events li.event')].map(event => {
            const badge = event.querySelector('.badge');
            return [event.dataset.certainty, [badge.textContent.trim() !== '', getComputedStyle(badge).borderTopStyle,
                                              badge.querySelector('use').getAttribute('href')]];
        }))"""
    )
    assert looks["reported"][0]
    assert looks["open"][0]
    assert looks["reported"][1] != looks["open"][1]
    assert looks["reported"][2] != looks["open"][2]
    # In the drawing too.
    styles = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.tl-timemarker')].map(marker =>
            [marker.dataset.certainty ?? [...marker.classList].find(name => name.startsWith('certainty-')),
             getComputedStyle(marker.querySelector('.tl-timemarker-content-container')).borderTopStyle]))"""
    )
    assert len(set(styles.values())) > 1


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [
        ("kursk", "phone", "light"),
        ("kursk", "desktop", "light"),
        ("kursk", "desktop", "dark"),
        ("kursk", "wide", "light"),
        ("arabic", "phone", "dark"),
        ("arabic", "desktop", "light"),
        ("chapters", "phone", "light"),
        ("chapters", "desktop", "dark"),
        ("features", "phone", "light"),
    ],
)
def test_the_look_fits_the_screen(  # noqa: PLR0917 - pytest calls it with keywords
    name: str, size: str, scheme: str, pages: dict[str, Path], opened: Callable[..., Any], tmp_path: Path
) -> None:
    found = opened(pages[name])
    width, height = SIZES[size]
    found.page.set_viewport_size({"width": width, "height": height})
    found.page.emulate_media(color_scheme=scheme)
    drawn(found.page)
    folder = Path(KEPT) if KEPT else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    found.page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
    if KEPT:
        found.page.screenshot(path=folder / f"{name}-{size}-{scheme}-whole.png", full_page=True)
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found.faults == []
    assert found.asked == []
    ground = found.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    light = sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")[:3]) > 3 * 128
    assert light == (scheme == "light")


def test_on_paper_it_is_whole(pages: dict[str, Path], opened: Callable[..., Any], tmp_path: Path) -> None:
    found = opened(pages["kursk"])
    drawn(found.page)
    found.page.emulate_media(media="print")
    folder = Path(KEPT) if KEPT else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    found.page.pdf(path=folder / "kursk.pdf", format="A4")
    found.page.screenshot(path=folder / "kursk-print.png", full_page=True)
    hidden = found.page.evaluate(
        "() => [...document.querySelectorAll('#events li.event, #events blockquote')].filter(found => !found.checkVisibility()).length"
    )
    assert hidden == 0
    assert not found.page.is_visible("#drawing")
    assert not found.page.is_visible("#filters")
    assert (folder / "kursk.pdf").read_bytes().startswith(b"%PDF")


def test_the_page_says_its_language_and_direction(pages: dict[str, Path], opened: Callable[..., Any]) -> None:
    found = opened(pages["arabic"])
    drawn(found.page)
    assert found.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert found.page.inner_text("#subscribe summary, #download summary").strip() in {
        labels("ar").translate("Subscribe"),
        labels("ar").translate("Download"),
    }


def test_the_drawing_speaks_the_language_of_the_page(pages: dict[str, Path], opened: Callable[..., Any]) -> None:
    page = opened(pages["german"]).page
    drawn(page)
    page.click(".tl-slidenav-next")
    page.wait_for_timeout(900)
    heard = page.eval_on_selector_all(
        "#drawing [aria-label], #drawing [aria-description]",
        """all => all.map(one => [one.closest('[lang]').lang, one.getAttribute('aria-label'),
                                  one.getAttribute('aria-description') ?? ''])""",
    )
    german = " ".join(f"{label} {description}" for language, label, description in heard if language == "de")
    assert [language for language, *_ in heard].count("de") > 16
    for english in ("Timeline", "press space", "shown", "next,", "previous,", "Navigate", "Show", "Zoom", "slide"):
        assert english not in german, english
    said = labels("de")
    following = page.get_attribute(".tl-slidenav-next", "aria-label")
    assert following.startswith(f"{said.translate('Next')}, ")
    assert page.get_attribute(".tl-slidenav-previous", "aria-label").startswith(f"{said.translate('Previous')}, ")
    # What it has no word for here is marked as English.
    english_ones = {label for language, label, _ in heard if language == "en"}
    assert english_ones == {"Zoom in", "Zoom out", "Go to the last slide"}
