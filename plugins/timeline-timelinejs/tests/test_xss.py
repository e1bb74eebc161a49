"""In the real TimelineJS no text of a timeline comes to life, whatever it is and in whatever field."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from timeline import export
from timeline.testing import NOW, PAYLOADS, everywhere, text_fields

# With a policy nothing of the page is inline, so that all that it stops is not of the page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' https://x.example"
)
PAGE = """<!doctype html>
<meta charset="utf-8">
{policy}
<title>timelines</title>
<link rel="stylesheet" href="css/timeline.css">
<link rel="stylesheet" href="page.css">
<div id="drawn"></div>
<script src="js/timeline.js"></script>
{data}
<script src="page.js"></script>
"""
STYLE = "#drawn {height: 650px}"
# One drawing of all timelines; their titles are slides with a date, which TimelineJS draws as it does titles.
SCRIPT = """
const slides = timelines.flatMap((data, timeline) => [data.title, ...data.events].map((slide, number) =>
    ({start_date: {year: 2000 + number}, ...slide, unique_id: `slide-${timeline}-${number}`})));
const data = {scale: 'human', events: slides, eras: timelines.flatMap(data => data.eras || [])};
const drawing = new TL.Timeline('drawn', data, {font: null, script_path: '', duration: 1});
"""
SHOWN = """() => {
    const text = (from, name) => (from.querySelector(name) || {textContent: ''}).textContent;
    return {
        slides: Object.fromEntries([...document.querySelectorAll('.tl-slide')].map(slide =>
            [slide.id, [text(slide, '.tl-headline'), text(slide, '.tl-text-content'), text(slide, '.tl-media')]])),
        rows: [...document.querySelectorAll('.tl-timegroup-message')].map(row => row.textContent),
    };
}"""
# The second ends an isolate that it did not begin.
TURNING = ["abc \N{RIGHT-TO-LEFT OVERRIDE}def", "abc \N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT OVERRIDE}def"]
ANY = "zqz"
CHUNK = 40
HALVES = (slice(0, None, 2), slice(1, None, 2))
# The title, half of the events, and one with a picture.
SLIDES = 1 + len(everywhere(ANY).events[HALVES[0]]) + 1
CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u2400-\u2421\ufeff\ufffd]")
PICTURE = "https://x.example/a.png"


@pytest.fixture
def draw_all(opened: Callable[..., Any], timelinejs: Path, tmp_path: Path) -> Callable[..., Any]:
    """Draws the documents of many timelines as one, with the media of every slide."""
    for part in ("css", "js"):
        (tmp_path / part).symlink_to(timelinejs / part)

    def drawn(documents: list[str], *, policy: bool = False) -> Any:
        meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' if policy else ""
        # As a document of JSON may be put into a page: as it is.
        data = f"const timelines = [{','.join(documents)}];"
        inline = "" if policy else f"<script>{data}</script>"
        (tmp_path / "index.html").write_text(PAGE.format(policy=meta, data=inline), encoding="utf-8")
        (tmp_path / "page.css").write_text(STYLE, encoding="utf-8")
        (tmp_path / "page.js").write_text((data if policy else "") + SCRIPT, encoding="utf-8")
        watched = opened(tmp_path / "index.html", pictures=[PICTURE])
        watched.page.wait_for_selector(".tl-timemarker", state="attached")
        watched.page.evaluate("drawing._storyslider._slides.forEach(slide => slide.loadMedia())")
        # They load 1.2 seconds after they are told to.
        watched.page.wait_for_timeout(1600)
        watched.poke()
        return watched

    return drawn


def written(text: str, events: slice) -> str:
    """The document of a timeline that has a text everywhere: some of its events, and one with a picture besides."""
    timeline = everywhere(text)
    last = timeline.events[-1]
    assert last.media is not None
    shown = attrs.evolve(last, id="picture", media=attrs.evolve(last.media, url=PICTURE))
    chosen = attrs.evolve(timeline, events=[*timeline.events[events], shown])
    return export(chosen, "timelinejs", now=NOW).read().decode()


def plain(text: str) -> str:
    """What a page can show of a text: blanks as it likes; characters that control as signs for them, or not at all."""
    return "".join(char for char in CONTROLS.sub("", text) if not char.isspace())


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), CHUNK))
def test_nothing_comes_to_life_and_text_is_shown_as_it_is(first: int, draw_all: Callable[..., Any]) -> None:
    payloads = PAYLOADS[first : first + CHUNK]
    documents = [written(payload.text, HALVES[payload.number % 2]) for payload in payloads]
    watched = draw_all([*documents, *(written(ANY, half) for half in HALVES)])
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    assert watched.page.url.endswith("/index.html")
    assert watched.page.evaluate("window.clobbered === undefined")
    shown = watched.page.evaluate(SHOWN)
    for number, payload in enumerate(payloads):
        text = plain(payload.text)
        for slide in range(SLIDES):
            headline, words, media = map(plain, shown["slides"][f"slide-{number}-{slide}"])
            _, any_words, any_media = shown["slides"][f"slide-{len(payloads) + payload.number % 2}-{slide}"]
            assert headline == text
            # The text of the timeline and that of the event are Markdown, and not shown as they are.
            assert words.count(text) >= any_words.count(ANY) - 1, payload.name
            assert media.count(text) == any_media.count(ANY), payload.name
        assert any(plain(row).lstrip("\u2068").startswith(text) for row in shown["rows"]), payload.name


def test_a_policy_has_nothing_to_stop(draw_all: Callable[..., Any]) -> None:
    watched = draw_all([written(payload.text, slice(0)) for payload in PAYLOADS], policy=True)
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    assert len(watched.page.evaluate(SHOWN)["slides"]) == 2 * len(PAYLOADS)


def test_what_is_html_is_safe_without_timelinejs(opened: Callable[..., Any], tmp_path: Path) -> None:
    """TimelineJS cleans most of it once more, but others may take it as it is."""
    pieces = []
    for payload in PAYLOADS:
        document = json.loads(written(payload.text, HALVES[payload.number % 2]))
        for slide in (document["title"], *document["events"]):
            media = slide.get("media", {})
            pieces += [*slide["text"].values(), media.get("caption", ""), media.get("credit", "")]
    file = tmp_path / "pieces.html"
    sections = "\n".join(f"<section>{piece}</section>" for piece in pieces)
    file.write_text(f"<!doctype html><meta charset=utf-8>{sections}", encoding="utf-8")
    watched = opened(file)
    watched.poke()
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    # No piece reaches beyond its section.
    assert watched.page.locator("body > section").count() == watched.page.locator("section").count() == len(pieces)


@pytest.mark.parametrize("text", TURNING, ids=["turns", "ends and turns"])
def test_no_text_turns_what_stands_beside_it(text: str, draw_all: Callable[..., Any]) -> None:
    """A character that turns text round ends its work with its own text."""
    assert draw_all([written(text, slice(None))]).turned == []


def test_payloads_are_in_all_that_is_shown(draw_all: Callable[..., Any]) -> None:
    """Or there would be nothing to compare."""
    shown = draw_all([written(ANY, HALVES[0])]).page.evaluate(SHOWN)
    assert len(PAYLOADS) * len(text_fields()) >= 300
    assert len(shown["slides"]) == SLIDES
    for number in range(1, SLIDES):
        _, words, media = shown["slides"][f"slide-0-{number}"]
        assert words.count(ANY) >= 14
        assert media.count(ANY) == (2 if number == SLIDES - 1 else 0)


# What this plugin never writes: slides that let payloads live. Each payload is in one, for it tells no more than its number.
HOLES: list[tuple[Callable[[str], dict[str, Any]], list[str]]] = [
    (lambda text: {"start_date": {"year": 2000, "display_date": text}}, ["details", "style that imports"]),
    (lambda text: {"start_date": {"year": 2000, "format": f"'{text}'"}}, ["image that fails"]),
    (lambda text: {"group": html.escape(text)}, ["frame of a text", "link to a script"]),
    (lambda text: {"group": text}, ["escaped once"]),
    (lambda text: {"display_date": html.escape(text)}, ["svg, animation", "film"]),
    (lambda text: {"display_date": text}, ["escaped by numbers"]),
    (lambda text: {"text": {"headline": "x", "text": html.escape(text, quote=False)}}, ["address without a scheme"]),
    (lambda text: {"text": {"headline": "x", "text": text}}, ["image of elsewhere"]),
    (lambda text: {"media": {"url": text}}, ["handler in the address of a file"]),
    (lambda text: {"media": {"url": PICTURE, "link": text}}, ["javascript", "javascript, capitals"]),
]


@pytest.mark.parametrize("policy", [None, POLICY], ids=["no policy", "policy"])
def test_timelinejs_itself_lets_payloads_live(policy: str | None, draw_all: Callable[..., Any]) -> None:
    """And so the tests above can fail, and a policy is worth having."""
    by_name = {payload.name: payload for payload in PAYLOADS}
    slide = {"text": {"headline": "x", "text": "x"}}
    slides = [{**slide, **make(by_name[name].text)} for make, names in HOLES for name in names]
    document = json.dumps({"title": slide, "events": slides}).replace("<", "\\u003c")
    watched = draw_all([document], policy=policy)
    if policy:
        assert watched.ran == []
        assert watched.faults
    else:
        assert watched.alive == {by_name[name].number for _, names in HOLES for name in names}
