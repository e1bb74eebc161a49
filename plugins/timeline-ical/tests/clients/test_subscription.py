"""Subscriptions over HTTP: after each change of the timeline, real clients hold exactly what the calendar says."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

import attrs
import icalendar
import pytest

import timeline
from timeline import Claim, Event, Outcome, Source, Timeline

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
EVOLUTION = ("evolution-data-server", "gir1.2-ecal-2.0", "gir1.2-ical-3.0", "dbus", "python3-gi")
# Of their own environment: what they need may be at odds with what the tests need.
VDIRSYNCER = ("vdirsyncer==0.21.0", "khal==0.14.1")
# Far more than anything here takes; it is there so that nothing hangs.
TIMEOUT = 180
# What a client must hold as it stands in the calendar.
PROPERTIES = (
    "UID",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "STATUS",
    "DESCRIPTION",
    "SEQUENCE",
    "DTSTAMP",
    "LAST-MODIFIED",
)
NOW = datetime(2025, 3, 4, 12, tzinfo=UTC)

Entry = Mapping[str, str | None]


def give_up(reason: str) -> NoReturn:
    if os.environ.get("TIMELINE_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def entry(event: icalendar.Component) -> Entry:
    found: dict[str, str | None] = dict.fromkeys(PROPERTIES)
    for name in PROPERTIES:
        if name in event:
            written = event[name].to_ical()
            assert isinstance(written, bytes)
            found[name] = written.decode()
    return found


def entries(calendar: bytes) -> dict[str, Entry]:
    """The events of a calendar by their UIDs."""
    found = [entry(event) for event in icalendar.Calendar.from_ical(calendar).events]
    by_uid = {str(each["UID"]): each for each in found}
    assert len(by_uid) == len(found)
    return by_uid


def strong(data: bytes) -> str:
    """A strong validator: no other bytes have it (RFC 9110, section 8.8.3)."""
    return f'"{hashlib.sha256(data).hexdigest()}"'


class Feed:
    """A calendar on a server of its own, on this machine."""

    def __init__(self) -> None:
        self._published = (b"", NOW)
        self.answers: list[tuple[int, str]] = []
        """Of each request the status that it was answered with, and the ETag that was asked for."""
        feed = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                data, modified = feed._published  # at once: another may be published meanwhile
                etag, asked = strong(data), self.headers.get("If-None-Match", "")
                status = 304 if asked == etag else 200
                self.send_response(status)
                self.send_header("ETag", etag)
                self.send_header("Last-Modified", format_datetime(modified, usegmt=True))
                if status == 200:
                    self.send_header("Content-Type", "text/calendar; charset=utf-8")
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if status == 200:
                    self.wfile.write(data)
                feed.answers.append((status, asked))

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self.path = "/feed.ics"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def publish(self, data: bytes, modified: datetime) -> None:
        """Serve this from now on, and forget what was asked before."""
        self.answers.clear()
        self._published = (data, modified)

    @property
    def data(self) -> bytes:
        """What is served."""
        return self._published[0]

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def feed() -> Iterator[Feed]:
    served = Feed()
    yield served
    served.close()


class Evolution:
    """A subscription of Evolution's, of which nothing is left when it is closed."""

    def __init__(self, feed: Feed, folder: Path) -> None:
        self._feed = feed
        self._log = folder / "log"
        home = folder / "home"
        home.mkdir()
        command: list[str | Path] = [SYSTEM_PYTHON, HERE / "follow_with_evolution.py", home, str(feed.port), feed.path]
        with self._log.open("wb") as log:
            # A session of its own, so that what it starts can be ended with it.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                start_new_session=True,
            )
        self._timer = threading.Timer(TIMEOUT, self._kill)
        self._timer.start()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _ask(self, command: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{command}\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError):
            pytest.fail(f"Evolution ended: {self._log.read_text('utf-8', 'replace')[-3000:]}")

    def sync(self) -> None:
        """Have the calendar fetched and wait until it was taken over.

        That is so when it asks again with the ETag of what is published: it
        keeps that only after all changes.
        """
        deadline = time.monotonic() + TIMEOUT
        while (304, strong(self._feed.data)) not in self._feed.answers:
            assert time.monotonic() < deadline, self._log.read_text("utf-8", "replace")[-3000:]
            self._ask("refresh")
            time.sleep(0.05)

    def held(self) -> list[Entry]:
        """The events that it has."""
        return [entry(icalendar.Event.from_ical(text)) for text in self._ask("list")]

    def close(self) -> None:
        """End it, and all that it started."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            assert self._process.wait(30) == 0, self._log.read_text("utf-8", "replace")[-3000:]
            with pytest.raises(ProcessLookupError):
                os.killpg(self._process.pid, 0)
        finally:
            self._timer.cancel()
            self._kill()
            self._process.wait()
            self._process.stdout.close()


@pytest.fixture
def evolution(feed: Feed) -> Iterator[Evolution]:
    there = "import gi; gi.require_version('ECal', '2.0'); gi.require_version('ICalGLib', '3.0')"
    programs = ("dbus-run-session", SYSTEM_PYTHON, "/usr/libexec/evolution-calendar-factory")
    if (
        not all(map(shutil.which, programs))
        or subprocess.run([SYSTEM_PYTHON, "-c", there], capture_output=True, timeout=TIMEOUT, check=False).returncode
    ):
        give_up(f"one of these packages is not installed: {', '.join(EVOLUTION)}")
    # Not pytest's folder: the path of a socket may have no more than 107 bytes.
    with tempfile.TemporaryDirectory() as folder:
        client = Evolution(feed, Path(folder))
        yield client
        client.close()


@pytest.fixture(scope="session")
def vdirsyncer_python(pytestconfig: pytest.Config) -> Path:
    """The interpreter of an environment that has vdirsyncer and khal, made once."""
    assert pytestconfig.cache is not None
    cache = pytestconfig.cache.mkdir("vdirsyncer")
    ready = cache / "-".join(VDIRSYNCER)
    if not ready.exists():
        # Tests that run at the same time make it apart; the first to have it whole puts it in place.
        with tempfile.TemporaryDirectory(dir=cache) as made:
            environment = Path(made) / "environment"
            install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *VDIRSYNCER)
            commands: list[list[str | Path]] = [
                [sys.executable, "-m", "venv", environment],
                [environment / "bin" / "python", *install],
            ]
            for command in commands:
                done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False)
                if done.returncode:
                    give_up(f"pip could not fetch vdirsyncer and khal: {done.stderr.strip()[-300:]}")
            with suppress(OSError):
                environment.rename(ready)
    return ready / "bin" / "python"


VDIRSYNCER_CONFIGURATION = """
[general]
status_path = "{folder}/status"
[pair calendar]
a = "there"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage there]
type = "http"
url = "http://127.0.0.1:{port}{path}"
[storage here]
type = "filesystem"
path = "{folder}/items"
fileext = ".ics"
"""
KHAL_CONFIGURATION = """
[calendars]
[[calendar]]
path = {folder}/items
readonly = True
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[sqlite]
path = {folder}/khal.db
"""


class Khal:
    """A subscription of vdirsyncer's, shown by khal."""

    def __init__(self, feed: Feed, folder: Path, python: Path) -> None:
        self._python = python
        self._folder = folder
        (folder / "items").mkdir()
        values = {"folder": folder, "port": feed.port, "path": feed.path}
        (folder / "vdirsyncer.conf").write_text(VDIRSYNCER_CONFIGURATION.format(**values), encoding="utf-8")
        (folder / "khal.conf").write_text(KHAL_CONFIGURATION.format(**values), encoding="utf-8")
        self._run("vdirsyncer", "discover")

    def _run(self, program: str, *arguments: str) -> str:
        own = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        done = subprocess.run(
            [self._python, "-m", program, "-c", self._folder / f"{program}.conf", *arguments],
            env=os.environ | dict.fromkeys(own, f"{self._folder}") | {"NO_PROXY": "127.0.0.1", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout if program == "khal" else done.stderr

    def sync(self) -> tuple[int, int]:
        """Fetch the calendar; how many events were put here, and how many taken away."""
        log = self._run("vdirsyncer", "sync")
        return log.count("Copying"), log.count("Deleting")

    def held(self) -> list[Entry]:
        """The events; vdirsyncer has UIDs of its own for those of a calendar from the web."""
        found = [entries(path.read_bytes()) for path in (self._folder / "items").iterdir()]
        assert all(len(each) == 1 for each in found)
        return [{**event, "UID": None} for each in found for event in each.values()]

    def shown(self) -> list[tuple[str, str, str, str]]:
        """Title, first day, last day and status of each event that is listed."""
        fields = ("title", "start", "end", "status")
        wanted = [argument for field in fields for argument in ("--json", field)]
        listed = self._run("khal", "list", "--once", *wanted, "2024-07-01", "2025-12-31")
        # A line for each day.
        return sorted(
            (event["title"], event["start"], event["end"], event["status"])
            for line in listed.splitlines()
            for event in json.loads(line)
        )


@pytest.fixture
def khal(feed: Feed, tmp_path: Path, vdirsyncer_python: Path) -> Khal:
    return Khal(feed, tmp_path, vdirsyncer_python)


SOURCE = Source(id="s", title="A report", url="https://example.org/report")
PROJECTED = Claim(source="s", modality="projected", said="2024-12-27", when="2025-01")
START = Timeline(
    id="t",
    title="A timeline",
    sources=[SOURCE],
    events=[
        Event(id="raid", title="Raid", when="2024-08", text="Of which little is known."),
        Event(id="talks", title="Talks", claims=[PROJECTED]),
        Event(id="vote", title="Vote", claims=[Claim(source="s", modality="planned", when="2025-03-02")]),
        Event(id="march", title="March", when="2024-09-01/2024-09-03"),
        Event(id="speech", title="Speech", when="2024-10-05"),
    ],
)


def changed(sample: Timeline, id: str, **fields: Any) -> Timeline:
    events = [attrs.evolve(event, **fields) if event.id == id else event for event in sample.events]
    return attrs.evolve(sample, events=events)


NARROWED = changed(START, "raid", when="2024-08-06")
REPORTED = Claim(source="s", modality="reported", said="2025-02-04", when="2025-02-03")
CONFIRMED = changed(NARROWED, "talks", claims=[PROJECTED, REPORTED])
CANCELLED = changed(CONFIRMED, "vote", outcome=Outcome(result="did-not-occur", source="s", decided="2025-03-03"))
REMOVED = attrs.evolve(CANCELLED, events=[event for event in CANCELLED.events if event.id != "march"])


@attrs.frozen
class State:
    """What a timeline becomes, and what a calendar must show of it."""

    name: str
    timeline: Timeline
    shown: Mapping[str, tuple[str, str, str]]
    """By id of the event: its first day, the day after its last, and its status."""
    uploads: int
    """How many events a client has to fetch that knows the state before."""
    deletions: int


FIRST = {
    "raid": ("20240801", "20240901", "CONFIRMED"),
    "talks": ("20250101", "20250201", "TENTATIVE"),
    "vote": ("20250302", "20250303", "TENTATIVE"),
    "march": ("20240901", "20240904", "CONFIRMED"),
    "speech": ("20241005", "20241006", "CONFIRMED"),
}
THIRD = FIRST | {"raid": ("20240806", "20240807", "CONFIRMED")}
FOURTH = THIRD | {"talks": ("20250203", "20250204", "CONFIRMED")}
FIFTH = FOURTH | {"vote": ("20250302", "20250303", "CANCELLED")}
SIXTH = {id: shown for id, shown in FIFTH.items() if id != "march"}
STATES = (
    State("the first time", START, FIRST, 5, 0),
    State("nothing changed", START, FIRST, 0, 0),
    State("a month became a day", NARROWED, THIRD, 1, 1),
    State("what was projected happened", CONFIRMED, FOURTH, 1, 1),
    State("what was planned did not happen", CANCELLED, FIFTH, 1, 1),
    State("an event was removed", REMOVED, SIXTH, 0, 1),
)


def publish(feed: Feed) -> Iterator[State]:
    """Publish one state after another, a day between them."""
    previous = None
    for number, state in enumerate(STATES):
        now = NOW + timedelta(days=number)
        data = timeline.export(state.timeline, "ical", now=now, previous=previous).read()
        # The calendar itself says what this test takes it to say.
        found = {uid.partition("@")[0]: each for uid, each in entries(data).items()}
        assert {id: (each["DTSTART"], each["DTEND"], each["STATUS"]) for id, each in found.items()} == state.shown
        for event in state.timeline.events:
            assert (found[event.id]["SUMMARY"] or "").endswith(event.title)
        assert (data == previous) == (state.name == "nothing changed")
        feed.publish(data, now)
        yield state
        previous = data


def ordered(found: Iterable[Entry]) -> list[Entry]:
    return sorted(found, key=lambda each: [each[name] or "" for name in PROPERTIES])


def test_evolution_holds_what_the_calendar_says_after_each_change(feed: Feed, evolution: Evolution) -> None:
    for state in publish(feed):
        evolution.sync()
        assert ordered(evolution.held()) == ordered(entries(feed.data).values()), state.name
        fetched = 200 in {status for status, _ in feed.answers}
        assert fetched == (state.name != "nothing changed"), state.name


def test_khal_shows_what_the_calendar_says_after_each_change(feed: Feed, khal: Khal) -> None:
    for state in publish(feed):
        assert khal.sync() == (state.uploads, state.deletions), state.name
        wanted = [{**each, "UID": None} for each in entries(feed.data).values()]
        assert ordered(khal.held()) == ordered(wanted), state.name
        # To khal the end is the last day, not the day after.
        assert khal.shown() == sorted(
            (f"{event['SUMMARY']}", f"{event.start}", f"{event.end - timedelta(days=1)}", f"{event['STATUS']}")
            for event in icalendar.Calendar.from_ical(feed.data).events
        ), state.name


def test_evolution_keeps_an_old_title_unless_the_event_says_that_it_was_revised(
    feed: Feed, evolution: Evolution
) -> None:
    """Why revisions are counted; and the test above would notice if they were not."""
    data = timeline.export(START, "ical", now=NOW).read()
    feed.publish(data, NOW)
    evolution.sync()
    unrevised = data.replace(b"Speech", b"Sermon")
    assert unrevised != data
    feed.publish(unrevised, NOW + timedelta(days=1))
    evolution.sync()
    assert 200 in {status for status, _ in feed.answers}
    assert ordered(evolution.held()) == ordered(entries(data).values())

    now = NOW + timedelta(days=2)
    revised = timeline.export(changed(START, "speech", title="Sermon"), "ical", now=now, previous=data).read()
    feed.publish(revised, now)
    evolution.sync()
    assert ordered(evolution.held()) == ordered(entries(revised).values())
