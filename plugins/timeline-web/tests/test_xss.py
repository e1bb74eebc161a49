"""In a page no text of a timeline comes to life, whatever it is and wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
import pytest

from timeline.errors import OptionError
from timeline.model import Event, Media, Timeline
from timeline.testing import NOW, PAYLOADS, Payload, everywhere, text_fields
from timeline_timelinejs import markup
from timeline_web import _embedded, _page, _resources, embed, write_page

PICTURE = "https://x.example/a.png"
ANY = "zqz"
# What a page can show of a text: control characters as signs for them, or not at all.
CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u2400-\u2421\ufeff\ufffd]")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
FILES = {"index.html", "all.html", "chapters", "data", "all.ics", "all.json", "all.timelinejs.json"}
HEAD = """() => {
    const content = name => document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.content;
    const data = JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent);
    const links = [...document.querySelectorAll('link[rel=canonical], a[rel]')].map(link => link.getAttribute('href'));
    const addresses = [...links, content('og:url'), data.url, ...data.itemListElement.map(({item}) => item.url)];
    const known = 'html head meta title link style script body'.split(' ');
    return {
        h1: document.querySelector('h1').textContent, title: document.title, og: content('og:title'), data,
        addresses: addresses.filter(address => address !== undefined && address !== null),
        elements: [...document.head.children].map(found => found.localName).filter(name => !known.includes(name)),
        clobbered: 'clobbered' in window, events: document.querySelectorAll('.event').length,
    };
}"""
EVENTS = """() => Object.fromEntries([...document.querySelectorAll('.event')].map(event => [event.dataset.event, {
    title: event.querySelector('h3').textContent, text: event.textContent,
    links: [...event.querySelectorAll('a[href]')].map(link => link.getAttribute('href')),
}]))"""
FILTER = """() => {
    const field = document.getElementById('filter-tag');
    return Object.fromEntries([...field.options].slice(1).map(option => {
        option.selected = true;
        field.dispatchEvent(new Event('input', {bubbles: true}));
        return [option.textContent, document.querySelectorAll('.event:not([hidden])').length];
    }));
}"""
# The second ends an isolate that it did not begin.
TURNING = ["abc \N{RIGHT-TO-LEFT OVERRIDE}def", "abc \N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT OVERRIDE}def"]
Opener = Callable[..., Any]


def plain(text: str) -> str:
    return "".join(CONTROLS.sub("", text).split())


def of(number: int, text: str, events: slice = slice(None)) -> Timeline:
    """A timeline that has a text everywhere, whose ids are no other's; its last event has a picture that can be shown."""
    timeline = everywhere(text)
    (source,) = timeline.sources

    def own(event: Event) -> Event:
        assert event.media is not None
        outcome = event.outcome and attrs.evolve(event.outcome, source=f"s{number}")
        claims = [attrs.evolve(claim, source=f"s{number}") for claim in event.claims]
        media = attrs.evolve(event.media, url=PICTURE) if event.id == timeline.events[-1].id else event.media
        return attrs.evolve(event, id=f"n{number}-{event.id}", claims=claims, outcome=outcome, media=media)

    sources = [attrs.evolve(source, id=f"s{number}")]
    return attrs.evolve(timeline, sources=sources, events=[own(event) for event in timeline.events[events]])


def merged(payloads: Iterable[Payload]) -> Timeline:
    """All of them in one; a few events of each, of one kind or another."""
    parts = [of(payload.number, payload.text, slice(payload.number % 5, None, 5)) for payload in payloads]
    return Timeline(
        id="all",
        title="All",
        sources=[source for part in parts for source in part.sources],
        events=[event for part in parts for event in part.events],
    )


def without_policy(pages: Iterable[Path]) -> list[Path]:
    """Take the policies out of pages; every eighth is there with it, too: it has nothing to stop."""
    there = list(pages)
    kept = [page.rename(page.with_name(f"kept-{page.name}")) for page in there[::8]]
    for page in there:
        source = page if page.exists() else page.with_name(f"kept-{page.name}")
        text, count = POLICY.subn("", source.read_text("utf-8"))
        assert count == 1
        page.write_text(text, encoding="utf-8")
    return [*there, *kept]


def in_frames(file: Path, framed: Iterable[Path], *, sandbox: bool = False) -> Path:
    """Write a page that has others in frames."""
    attribute = ' sandbox="allow-scripts" width="1100" height="900"' if sandbox else ""
    addresses = [page.relative_to(file.parent).as_posix() for page in framed]
    frames = "\n".join(f'<iframe{attribute} src="{url}"></iframe>' for url in addresses)
    file.write_text(f"<!doctype html><meta charset=utf-8>{frames}", encoding="utf-8")
    return file


def use_everything(frame: Any) -> None:
    """Do what a reader can do: search, filter, go through the chapters, look at the past."""
    frame.wait_for_selector(".tl-timemarker", state="attached")
    for name in ("filter-tag", "filter-source", "filter-status"):
        field = frame.locator(f"#{name}")
        for index in (1, 5, 40):
            if index < field.locator("option").count():
                field.select_option(index=index)
                frame.wait_for_timeout(50)
        field.select_option(index=0)
    frame.locator("#filter-text").fill("window.__ran")
    frame.wait_for_timeout(600)
    frame.locator("#clear").click()
    slider = frame.locator("#as-of-stop")
    days = int(slider.get_attribute("max"))
    assert days
    for day in range(days + 1):
        slider.fill(str(day))
        frame.wait_for_timeout(400)
    for chapter in range(1, frame.locator(".strip a[data-chapter]").count()):
        frame.locator(f".strip a[data-chapter='{chapter}']").dispatch_event("click")
        frame.wait_for_timeout(500)
    frame.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")


def write(timeline: Timeline, folder: Path, *, single: bool = False, **options: str) -> Path:
    """Write the page; where it is."""
    write_page(timeline, folder, options, now=NOW, single_file=single)
    return folder / (f"{timeline.id}.html" if single else "index.html")


@pytest.mark.parametrize(
    ("single", "policy", "sandbox"),
    # A folder in a sandbox has no further files: a browser lets it have none from a disk.
    [(True, True, False), (True, False, True), (False, True, False), (False, False, False)],
    ids=["file", "file without its policy, in a sandbox", "folder", "folder without its policy"],
)
def test_nothing_comes_to_life(
    *, single: bool, policy: bool, sandbox: bool, opened: Opener, timelinejs: Path, tmp_path: Path
) -> None:
    assert len(PAYLOADS) * len(text_fields()) >= 300
    options = {"media": "load", "chapters": "year", "assets": f"{timelinejs}"}
    page = write(merged(PAYLOADS), tmp_path, single=single, **options)
    if not policy:
        without_policy([page])
    if sandbox:
        page = in_frames(tmp_path / "host.html", [page], sandbox=True)
    watched = opened(page, pictures=[PICTURE])
    use_everything(watched.page.frames[-1])
    watched.poke()
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    assert watched.page.frames[-1].evaluate("window.clobbered === undefined")


def test_the_timeline_itself_does_not_come_to_life(opened: Opener, tmp_path: Path) -> None:
    """Its title, text and address: in the head, in what search engines read, and above the list."""
    pages = []
    for payload in PAYLOADS:
        timeline = attrs.evolve(of(payload.number, payload.text, slice(1)), id=f"t{payload.number}")
        pages.append(write(timeline, tmp_path, single=True, assets="none"))
    watched = opened(in_frames(tmp_path / "host.html", without_policy(pages)))
    watched.poke()
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    frames = watched.page.frames[1:]
    assert len(frames) > len(PAYLOADS)
    wrong = set()
    for frame, payload in zip(frames, PAYLOADS, strict=False):
        head = frame.evaluate(HEAD)
        text = plain(payload.text)
        assert {plain(head["h1"]), plain(head["title"]), plain(head["og"]), plain(head["data"]["name"])} == {text}
        if not all(map(markup.is_link, head["addresses"])):
            wrong.add(payload.name)
        assert head["elements"] == [], payload.name
        assert head["clobbered"] is False
        assert head["events"] == 1
    assert wrong == set()


def test_pages_without_a_script_do_not_come_to_life(opened: Opener, tmp_path: Path) -> None:
    """Those of the chapters, which are called by a tag here, and the whole list."""
    write(merged(PAYLOADS), tmp_path, chapters="tag", assets="none")
    chapters = sorted((tmp_path / "chapters").iterdir())
    assert len(chapters) == len(PAYLOADS)
    assert {path.name for path in tmp_path.iterdir()} <= FILES
    # Each has the names of all in its overview.
    chapters = chapters[::6]
    watched = opened(in_frames(tmp_path / "host.html", without_policy([tmp_path / "all.html", *chapters])))
    watched.poke()
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    titles = {plain(frame.title()) for frame in watched.page.frames[2:]}
    assert len(titles) == len(chapters) + 1
    assert titles <= {"All", *(plain(f"{payload.text} · All") for payload in PAYLOADS)}
    for frame in watched.page.frames[1:]:
        names = frame.locator(".contents a").all_text_contents()
        assert {plain(name).removesuffix("2") for name in names} == {plain(payload.text) for payload in PAYLOADS}


def test_text_is_shown_as_it_is(opened: Opener, tmp_path: Path) -> None:
    others = [of(payload.number, payload.text, slice(payload.number % 2, None, 2)) for payload in PAYLOADS]
    any_ = [of(1000 + half, ANY, slice(half, None, 2)) for half in (0, 1)]
    timeline = Timeline(
        id="all",
        title="All",
        sources=[source for part in (*others, *any_) for source in part.sources],
        events=[event for part in (*others, *any_) for event in part.events],
    )
    watched = opened(write(timeline, tmp_path, single=True, chapters="none", assets="none"))
    shown = watched.page.evaluate(EVENTS)
    for payload, part in zip(PAYLOADS, others, strict=True):
        text = plain(payload.text)
        for event in part.events:
            of_any = event.id.replace(f"n{payload.number}-", f"n{1000 + payload.number % 2}-")
            assert plain(shown[event.id]["title"]) == text
            # The text of the event is Markdown, and not shown as it is. An address that is linked to is not shown.
            expected = plain(shown[of_any]["text"]).count(ANY) - 1
            assert expected > 10
            links = sum(link in (payload.text, f"{payload.text}/") for link in shown[event.id]["links"])
            assert plain(shown[event.id]["text"]).count(text) >= expected - links, payload.name


def test_a_filter_finds_the_events_of_every_tag(opened: Opener, tmp_path: Path) -> None:
    watched = opened(write(merged(PAYLOADS), tmp_path, single=True, chapters="none", assets="none"))
    options = watched.page.locator("#filter-tag option")
    assert options.count() == 1 + len(PAYLOADS)
    shown = watched.page.evaluate(FILTER)
    assert len(shown) == len(PAYLOADS)
    assert {option: count for option, count in shown.items() if count != 2} == {}


@pytest.mark.parametrize("text", TURNING, ids=["turns", "ends and turns"])
def test_no_text_turns_what_stands_beside_it(text: str, opened: Opener, tmp_path: Path) -> None:
    """A character that turns text round ends its work with its own text."""
    watched = opened(write(of(1, text), tmp_path, single=True, assets="none"))
    assert watched.turned == []


def test_no_title_of_a_snippet_comes_to_life(opened: Opener, tmp_path: Path) -> None:
    url = "https://x.example/story/"
    file = tmp_path / "host.html"
    # What it is called in is an attribute of any element; so many frames take long.
    snippets = [embed(url, title=payload.text).replace("<iframe ", "<section ") for payload in PAYLOADS]
    file.write_text(f"<!doctype html><meta charset=utf-8>{''.join(snippets)}", encoding="utf-8")
    watched = opened(file)
    watched.poke()
    assert (watched.alive, watched.asked, watched.faults) == (set(), [], [])
    titles = watched.page.evaluate("[...document.querySelectorAll('section')].map(frame => frame.title)")
    assert list(map(plain, titles)) == [plain(payload.text) for payload in PAYLOADS]


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
@pytest.mark.parametrize("form", ["iframe", "script"])
def test_no_payload_is_the_address_of_a_page(form: str, payload: Payload) -> None:
    with pytest.raises(OptionError):
        embed(payload.text, title="x", form=form)


# What the page does to keep text dead, each left out once; and payloads that live then.
def no_escapes(patch: pytest.MonkeyPatch) -> None:
    careless = _resources.templates().overlay(autoescape=False)
    patch.setattr(_page, "templates", lambda: careless)


def no_marks_in_data(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(_embedded, "_IN_SCRIPT", {})


def no_care_for_links(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(markup, "is_link", lambda url: True)


def no_care_for_markdown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(markup, "to_html", str)


LEFT_OUT = {
    no_escapes: {"image that fails", "svg, script", "frame of a text", "refresh", "end of a double quote"},
    no_marks_in_data: {"end of a script", "end of a script, and of what it holds"},
    no_care_for_links: {"javascript", "javascript, capitals", "javascript, tab"},
    no_care_for_markdown: {"image that fails", "film", "base", "link to a script, entities"},
}


@pytest.mark.parametrize("policy", [False, True], ids=["no policy", "policy"])
@pytest.mark.parametrize("left_out", LEFT_OUT, ids=lambda left_out: left_out.__name__)
def test_what_keeps_text_dead_is_needed(
    *, left_out: Callable[..., None], policy: bool, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so the tests above can fail, and the policy is worth having."""
    left_out(monkeypatch)
    payloads = [payload for payload in PAYLOADS if payload.name in LEFT_OUT[left_out]]
    pages = []
    for payload in payloads:
        text = payload.text
        event = Event(id="e", title=text, text=text, when="2024", media=Media(url=text, alt=text))
        timeline = Timeline(id=f"t{payload.number}", title=text, text=text, events=[event])
        pages.append(write(timeline, tmp_path, single=True, assets="none"))
    if not policy:
        without_policy(pages)
    watched = opened(in_frames(tmp_path / "host.html", pages))
    watched.poke()
    if policy:
        assert watched.ran == []
    else:
        assert watched.alive == {payload.number for payload in payloads}
