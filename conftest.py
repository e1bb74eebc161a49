"""What all tests share: settings of Hypothesis, packages of npm, and a browser whose pages are watched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import attrs
import pytest
from hypothesis import HealthCheck, settings

from timeline.testing import BEACON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Machines are shared and noisy: how long an example takes says nothing about the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
# Everything that sets the mark of `timeline.testing.PAYLOADS` is told, from frames too.
_LISTEN = "Object.defineProperty(window, '__ran', {set: number => window.__tell(number)})"
# What a reader would have to do: whatever listens is called, what leads to a script is followed.
_POKE = """async () => {
    const scheme = address => { try { return new URL(address, document.baseURI).protocol } catch { return '' } };
    for (const found of document.querySelectorAll('*')) {
        for (const name of found.getAttributeNames())
            if (name.toLowerCase().startsWith('on')) found.dispatchEvent(new Event(name.slice(2).toLowerCase()));
        const address = found.href instanceof SVGAnimatedString ? found.href.animVal : found.getAttribute('href');
        const leads = address !== null && ['javascript:', 'data:', 'vbscript:'].includes(scheme(address));
        // A window of its own would be kept from opening, for nobody clicked.
        if (leads) found.removeAttribute('target');
        if (found.localName === 'form' && found.hasAttribute('action')) found.requestSubmit();
        else if (leads || found.hasAttribute('formaction')) found.dispatchEvent(new MouseEvent('click'));
        else continue;
        // The next would take its place, if that came before it is followed.
        await new Promise(done => setTimeout(done, 20));
    }
}"""

# What is turned round: of each line, and of each part of it that stands apart, the text over which an override reaches.
_TURNED = """() => {
    const parts = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());) {
        let element = text.parentNode;
        if (['SCRIPT', 'STYLE', 'OPTION'].includes(element.tagName)) continue;
        const apart = ({display, unicodeBidi}) => display !== 'inline' || /isolate|plaintext/.test(unicodeBidi);
        while (!apart(getComputedStyle(element))) element = element.parentNode;
        parts.set(element, (parts.get(element) ?? '') + text.data);
    }
    const reach = part => {
        const open = [];
        let turned = '';
        for (const char of part) {
            if ('\\u2066\\u2067\\u2068'.includes(char)) open.push('isolate');
            else if (char === '\\u202e') open.push('override');
            else if (char === '\\u202c' && open.at(-1) === 'override') open.pop();
            else if (char === '\\u2069' && open.includes('isolate')) while (open.pop() !== 'isolate');
            else if (open.includes('override')) turned += char;
        }
        return turned;
    };
    return [...new Set([...parts.values()].filter(part => /[^def\\s\\u2069]/.test(reach(part))))];
}"""


@attrs.frozen(kw_only=True)
class Opened:
    """A page in the browser, and what it did."""

    page: Any
    ran: list[int] = attrs.field(factory=list)
    """What it, or a frame of it, set ``window.__ran`` to: the numbers of payloads that came to life."""
    asked: list[str] = attrs.field(factory=list)
    """What it asked of anywhere but its own folder; nothing was answered."""
    faults: list[str] = attrs.field(factory=list)
    """Errors of scripts, errors in the console, and dialogs."""

    @property
    def alive(self) -> set[int]:
        """The numbers of the payloads that came to life."""
        asked = (url.removeprefix(BEACON) for url in self.asked if url.startswith(BEACON))
        return {*self.ran, *(int(re.split(r"\D", rest)[0]) for rest in asked)}

    @property
    def turned(self) -> list[str]:
        """The lines in which an override of direction turns round more than the text that it stands in."""
        found: list[str] = self.page.evaluate(_TURNED)
        return found

    def poke(self) -> None:
        """Give every handler and link in it its chance, in frames too."""
        from playwright.sync_api import Error  # noqa: PLC0415 - few tests draw

        for frame in self.page.frames:
            try:
                frame.evaluate(_POKE)
            except Error as error:
                # It has gone elsewhere.
                self.faults.append(str(error))
        self.page.wait_for_timeout(300)


def _give_up(reason: str) -> NoReturn:
    """A tool is missing: that is no fault of who runs the tests, but it is one where all of them are required."""
    if os.environ.get("TIMELINE_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def npm_package(pytestconfig: pytest.Config) -> Callable[[str, str], Path]:
    """The folder of a package as npm has it, by its name and version; fetched once."""
    cache = pytestconfig.cache
    assert cache is not None
    folder = cache.mkdir("npm")

    def fetched(name: str, version: str) -> Path:
        ready = folder / f"{name.replace('/', '+')}@{version}"
        if ready.exists():
            return ready / name
        npm = shutil.which("npm")
        if npm is None:
            _give_up("npm is not installed")
        # Tests that run at the same time fetch it apart; the first to have it whole puts it in place.
        with tempfile.TemporaryDirectory(dir=folder) as own:
            command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", f"--prefix={own}"]
            command.append(f"{name}@{version}")
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
            if done.returncode:
                _give_up(f"npm could not fetch {name}: {done.stderr.strip()[-300:]}")
            with suppress(OSError):
                (Path(own) / "node_modules").rename(ready)
        return ready / name

    return fetched


@pytest.fixture(scope="session")
def timelinejs(npm_package: Callable[[str, str], Path]) -> Path:
    """What TimelineJS gives to browsers: its folders ``css`` and ``js``."""
    return npm_package("@knight-lab/timelinejs", "3.9.11") / "dist"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser, closed after the tests of a file: Playwright's event loop would be in the way of others."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - few tests draw
    except ImportError:
        _give_up("playwright is not installed")
    if not Path(_CHROMIUM).exists():
        _give_up("chromium is not installed")
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Opens a file in the browser and watches it; no test leaves this machine, even if it fails.

    What it asks of the addresses of ``pictures`` is answered.
    """
    contexts: list[Any] = []

    def watched(file: Path, *, pictures: Iterable[str] = ()) -> Opened:
        here = (file.parent.as_uri() + "/", "data:", "blob:", "about:")
        context = browser.new_context(viewport={"width": 1200, "height": 700})
        contexts.append(context)
        page = context.new_page()
        opened = Opened(page=page)

        def dismiss(dialog: Any) -> None:
            opened.faults.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        context.expose_binding("__tell", lambda _source, number: opened.ran.append(number))
        context.add_init_script(_LISTEN)
        context.route(lambda url: not url.startswith(here), lambda route: route.abort())
        for url in pictures:
            context.route(url, lambda route: route.fulfill(body=_PICTURE, content_type="image/svg+xml"))
        allowed = (*here, *pictures)
        context.on("request", lambda asked: None if asked.url.startswith(allowed) else opened.asked.append(asked.url))
        context.on("page", lambda other: opened.faults.append(f"window: {other.url}"))
        context.on("dialog", dismiss)
        context.on("weberror", lambda error: opened.faults.append(str(error.error)))
        context.on("console", lambda said: opened.faults.append(said.text) if said.type == "error" else None)
        page.goto(file.as_uri())
        return opened

    yield watched
    for context in contexts:
        context.close()
