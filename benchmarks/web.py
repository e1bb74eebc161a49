"""How soon a page of many events can be read and answers a key, beside TimelineJS and vis-timeline.

All of them draw the same events from files, in the same browser, one after another. Given are milliseconds from the
start of the navigation, the median of the runs:

- *paint*: the first paint with content (Paint Timing, ``first-contentful-paint``);
- *drawn*: the frame in which the events of the first view are there;
- *key*: the frame after a key that is pressed as soon as that is so.

Run it with npm and Chromium at hand: ``python benchmarks/web.py [--events 5000 50000] [--runs 3]``.
"""

from __future__ import annotations

import argparse
import http.server
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import sync_playwright

import timeline
import timeline_web
from timeline import Claim, Event, Source, Timeline

NOW = "2024-12-28"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (  # noqa: SIM905 - a list of words reads better so
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
# A peer that takes longer is written down as that, not waited for.
PATIENCE = 120_000
WORDS = (  # noqa: SIM905 - the same
    "army border bridge ceasefire city council court election fire flood front harvest law market minister "
    "offensive parliament peace port railway region river speech strike summit tax trade treaty vote winter"
).split()
# Counts from the start of the navigation, which is when the clock of a page starts.
WATCH = """
window.__seen = {};
(function watch() {
  var seen = window.__seen, ready = document.querySelector(%(ready)s);
  if (ready && !seen.drawn) {
    requestAnimationFrame(function () { setTimeout(function () { seen.drawn = performance.now(); }); });
    ready = null;
  }
  requestAnimationFrame(watch);
})();
addEventListener("keydown", function () {
  requestAnimationFrame(function () { setTimeout(function () { window.__seen.key = performance.now(); }); });
}, true);
"""


def story(count: int) -> Timeline:
    """So many events over 120 years, denser towards the end, each reported by one of 200 sources."""
    rng = random.Random(count)  # noqa: S311 - made-up events
    sources = [Source(id=f"s{number}", publisher=f"Paper {number}") for number in range(200)]
    events = []
    for number in range(count):
        year = 2024 - int(120 * rng.random() ** 1.7)
        date = f"{year}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        title = " ".join(rng.choices(WORDS, k=5)).capitalize()
        text = " ".join(rng.choices(WORDS, k=28)).capitalize() + "."
        claim = Claim(source=f"s{rng.randrange(200)}", when=date, quote=" ".join(rng.choices(WORDS, k=8)))
        events.append(
            Event(id=f"e{number}", title=title, text=text, when=date, tags=[rng.choice(WORDS)], claims=[claim])
        )
    return Timeline(id="story", title=f"A story of {count:,} events", events=events, sources=sources)


def npm(folder: Path, *packages: str) -> Path:
    """The folder that npm put packages into."""
    program = shutil.which("npm")
    if program is None:
        message = "npm is not installed, which fetches TimelineJS and vis-timeline"
        raise SystemExit(message)
    subprocess.run(
        [program, "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", *packages],
        cwd=folder,
        check=True,
    )
    return folder / "node_modules"


def timelinejs_page(folder: Path, modules: Path, made: Timeline) -> str:
    """TimelineJS with all events at once, as its documentation has it."""
    shutil.copytree(modules / "@knight-lab/timelinejs/dist", folder / "dist", dirs_exist_ok=True)
    slides = timeline.export(made, "timelinejs", {"record": "no"}, now=NOW).read().decode()
    (folder / "timelinejs.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="dist/css/timeline.css">'
        '<div id="t" style="height: 650px"></div><script src="dist/js/timeline.js"></script>'
        f"<script>new TL.Timeline('t', {slides}, {{font: null, script_path: ''}})</script>",
        encoding="utf-8",
    )
    return "timelinejs.html"


def vis_page(folder: Path, modules: Path, made: Timeline) -> str:
    """vis-timeline with all items at once, clustered as its documentation advises for many."""
    for name in ("standalone/umd/vis-timeline-graph2d.min.js", "styles/vis-timeline-graph2d.min.css"):
        shutil.copy(modules / "vis-timeline" / name, folder)
    items = [{"id": event.id, "content": event.title, "start": str(event.when)} for event in made.events]
    (folder / "vis.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="vis-timeline-graph2d.min.css">'
        '<div id="t"></div><script src="vis-timeline-graph2d.min.js"></script>'
        f"<script>new vis.Timeline(document.getElementById('t'), new vis.DataSet({json.dumps(items)}), "
        "{height: '650px', cluster: {}})</script>",
        encoding="utf-8",
    )
    return "vis.html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def wait_for(page: Any, what: str) -> None:
    """Wait until the page was seen to do something; its policy lets Playwright's own waiting not run."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate("what => window.__seen && window.__seen[what]", what):
        if time.monotonic() > end:
            raise TooLong(what)
        time.sleep(0.005)


def watched(browser: Any, url: str, ready: str) -> dict[str, float] | None:
    """What a fresh browser sees of a page; None if it takes too long."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.add_init_script(WATCH % {"ready": json.dumps(ready)})
        page.goto(url, wait_until="commit", timeout=PATIENCE)
        wait_for(page, "drawn")
        page.keyboard.press("ArrowRight")
        wait_for(page, "key")
        found: dict[str, float] = page.evaluate(
            """() => Object.assign({paint: performance.getEntriesByName("first-contentful-paint")[0].startTime},
                                   window.__seen)"""
        )
    except TooLong:
        return None
    finally:
        context.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, nargs="+", default=[5_000, 50_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers-up-to", type=int, default=5_000, help="Most events that peers are given. [5000]")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        root = Path(temporary)
        modules = npm(root, "@knight-lab/timelinejs@3.9.11", "vis-timeline@8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for count in arguments.events:
            made = story(count)
            folder = root / f"site{count}"
            folder.mkdir()
            start = time.process_time()
            written = timeline_web.write_page(made, folder / "ours", now=NOW)
            took = time.process_time() - start
            index = next(file.size for file in written if file.path.name == "index.html")
            print(f"{count:,} events: written in {took:.1f} s of CPU, {len(written)} files, index.html {index:,} bytes")
            pages = {"timeline page": ("ours/index.html", ".tl-timemarker")}
            if count <= arguments.peers_up_to:
                pages["TimelineJS"] = (timelinejs_page(folder, modules, made), ".tl-timemarker")
                pages["vis-timeline"] = (vis_page(folder, modules, made), ".vis-item")
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            base = f"http://127.0.0.1:{server.server_port}"
            keys: dict[str, float] = {}
            for name, (path, ready) in pages.items():
                runs = [watched(browser, f"{base}/{path}", ready) for _ in range(arguments.runs)]
                done = [run for run in runs if run is not None]
                if not done:
                    print(f"  {name:14} not drawn within {PATIENCE / 1000:.0f} s")
                    continue
                medians = {key: statistics.median(run[key] for run in done) for key in ("paint", "drawn", "key")}
                keys[name] = medians["key"]
                print(f"  {name:14}", "  ".join(f"{key} {value:7,.0f}" for key, value in medians.items()))
            for name in keys.keys() - {"timeline page"}:
                print(f"  {name} takes {keys[name] / keys['timeline page']:.1f} times as long to answer a key")
            server.shutdown()
        browser.close()


if __name__ == "__main__":
    main()
