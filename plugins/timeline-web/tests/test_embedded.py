"""The snippets in a page of somebody else, as a browser shows them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from timeline import export, load
from timeline.testing import NOW
from timeline_web import _assets, embed, write_page

SEED = Path(__file__).parents[3] / "seeds" / "kursk.yaml"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[str], tuple[Path, str]]]:
    """Makes a folder and serves it on a port of its own."""
    servers: list[ThreadingHTTPServer] = []

    def serve(name: str) -> tuple[Path, str]:
        folder = tmp_path / name
        folder.mkdir()
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return folder, f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def visited(browser: Any) -> Iterator[Callable[[str], tuple[Any, list[str]]]]:
    """Opens an address, and keeps what goes wrong."""
    pages: list[Any] = []

    def visit(url: str) -> tuple[Any, list[str]]:
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        pages.append(page)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(url)
        return page, faults

    yield visit
    for page in pages:
        page.close()


@pytest.mark.parametrize("chapters", ["none", "month"])
def test_the_frame_grows_with_its_page_and_works(
    chapters: str, served: Callable[..., Any], visited: Callable[..., Any], timelinejs: Path
) -> None:
    site, url = served("site")
    host, address = served("host")
    timeline = load(SEED)
    write_page(timeline, site, {"assets": str(timelinejs), "chapters": chapters}, now=NOW)
    (host / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><h1>An article</h1>'
        + embed(url, title="A timeline", height=300),
        encoding="utf-8",
    )
    page, faults = visited(address)
    frame = page.frame_locator("iframe")
    frame.locator(".tl-timemarker").first.wait_for(state="attached")
    for _ in range(100):
        height = page.locator("iframe").bounding_box()["height"]
        if height > 1000:
            break
        page.wait_for_timeout(50)
    assert height > 1000
    if chapters == "month":
        # What comes from beside the page comes into a frame without an origin too.
        before = frame.locator("li.event").first.get_attribute("data-event")
        frame.locator(".pager .next").first.click()
        frame.locator(f'li.event[data-event="{before}"]').wait_for(state="detached")
        assert frame.locator("li.event").count() > 0
    frame.locator("#filter-text").fill("incursion")
    frame.locator("#clear").wait_for(state="visible")
    assert faults == []


def test_messages_of_others_do_not_move_the_frame(served: Callable[..., Any], visited: Callable[..., Any]) -> None:
    _, url = served("site")
    host, address = served("host")
    (host / "index.html").write_text(
        '<!doctype html><link rel="icon" href="data:,">' + embed(url, title="T", height=300)
    )
    page, _ = visited(address)
    page.evaluate("postMessage({type: 'timeline:height', height: 5000}, '*')")
    page.wait_for_timeout(200)
    assert page.locator("iframe").bounding_box()["height"] == 300


def test_the_drawing_alone_is_drawn(served: Callable[..., Any], browser: Any, timelinejs: Path) -> None:
    host, address = served("host")
    timeline = load(SEED)
    export(timeline, "timelinejs", now=NOW).write_to(host / "kursk.timelinejs.json")
    snippet = embed(address, title="T", form="script", data=f"{address}kursk.timelinejs.json")
    (host / "index.html").write_text('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">' + snippet)
    context = browser.new_context()
    asked: list[str] = []

    def answer(route: Any) -> None:
        """As the network would: the files of that version, which anybody may read."""
        url = route.request.url
        asked.append(url)
        name = url.partition(f"@{_assets.VERSION}/dist/")[2]
        path = timelinejs / name
        if not name or not path.is_file():
            route.abort()
            return
        kind = {"css": "text/css", "js": "text/javascript"}.get(path.suffix[1:], "application/octet-stream")
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": kind}
        route.fulfill(body=path.read_bytes(), headers=headers)

    context.route(lambda url: not url.startswith(address), answer)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(address)
    page.locator(".tl-timemarker").first.wait_for(state="attached")
    assert page.locator(".tl-timemarker").count() == len(timeline.events)
    assert {url.partition("/npm/")[0] for url in asked} == {_assets.CDN_HOST}
    assert faults == []
    context.close()


def test_a_page_with_timelinejs_from_a_network_is_drawn(browser: Any, timelinejs: Path, tmp_path: Path) -> None:
    write_page(load(SEED), tmp_path, {"assets": "cdn"}, now=NOW)
    context = browser.new_context()

    def answer(route: Any) -> None:
        path = timelinejs / route.request.url.partition(f"@{_assets.VERSION}/dist/")[2]
        kind = "text/css" if path.suffix == ".css" else "text/javascript" if path.suffix == ".js" else "font/woff2"
        route.fulfill(body=path.read_bytes(), headers={"Access-Control-Allow-Origin": "*", "Content-Type": kind})

    context.route(f"{_assets.CDN_HOST}/**", answer)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto((tmp_path / "index.html").as_uri())
    page.locator(".tl-timemarker").first.wait_for(state="attached")
    assert faults == []
    context.close()
