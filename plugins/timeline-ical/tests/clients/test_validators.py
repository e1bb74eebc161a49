"""Many calendars, read by seven programs that share no code with us or each other: none complains, none misses an entry."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any, NoReturn

import attrs
import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, Phase, given, settings
from ical.calendar_stream import IcsCalendarStream

import timeline
from timeline import Timeline, When
from timeline.testing import NOW, PLAIN, SAMPLES
from timeline.testing.strategies import timelines
from timeline_ical import IcalExporter

HERE = Path(__file__).parent
KURSK = Path(__file__).parents[4] / "seeds" / "kursk.yaml"
ICAL_JS = "2.2.1"
# The Python of the system: the bindings of libical are not to be had elsewhere.
SYSTEM_PYTHON = "/usr/bin/python3"
TIMEOUT = 120
ENTRY = re.compile(rb"^BEGIN:(VEVENT|VTODO|VJOURNAL)\r$", re.MULTILINE)
# Dates that a calendar can show, for events that would not be in one: most that
# Hypothesis makes are before our era.
DATES = (
    "2024-08-06",
    "2024-08",
    "2024-08-06/2024-08-20",
    "[2025-01..]",
    "2024-08-06T10:00:00Z",
    "2024",
    "2025-21?",
    "{2024-08-06,2024-08-20}",
    "../2024-08-06~",
    "0001-01-01",
    "9999-12-30",
)


@attrs.frozen
class Reading:
    """What a reader made of one calendar."""

    entries: int
    complaints: list[str]


def give_up(reason: str) -> NoReturn:
    if os.environ.get("TIMELINE_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=os.environ | environment, timeout=TIMEOUT, check=False
    )


def wanted(program: str, package: str) -> str:
    found = shutil.which(program)
    return found or give_up(f"{program} is not installed (package {package})")


def read_with_script(*command: str | Path) -> dict[str, Reading]:
    done = run(*command)
    assert done.returncode == 0, done.stderr
    return {name: Reading(**reading) for name, reading in json.loads(done.stdout).items()}


def one_by_one(folder: Path, read: Callable[[bytes], tuple[int, list[str]]]) -> dict[str, Reading]:
    found = {}
    for path in sorted(folder.glob("*.ics")):
        try:
            found[path.name] = Reading(*read(path.read_bytes()))
        except Exception as error:  # noqa: BLE001 - whatever a reader raises is its complaint
            found[path.name] = Reading(0, [f"{type(error).__name__}: {error}"])
    return found


def read_with_icalendar(folder: Path, _config: pytest.Config) -> dict[str, Reading]:
    def read(data: bytes) -> tuple[int, list[str]]:
        components = icalendar.Calendar.from_ical(data).walk()
        entries = sum(component.name in ("VEVENT", "VTODO", "VJOURNAL") for component in components)
        return entries, [str(error) for component in components for error in component.errors]

    return one_by_one(folder, read)


def read_with_vobject(folder: Path, _config: pytest.Config) -> dict[str, Reading]:
    def read(data: bytes) -> tuple[int, list[str]]:
        calendar = vobject.readOne(data.decode())
        calendar.validate(raiseException=True)
        return sum(len(calendar.contents.get(kind, [])) for kind in ("vevent", "vtodo", "vjournal")), []

    return one_by_one(folder, read)


def read_with_ical(folder: Path, _config: pytest.Config) -> dict[str, Reading]:
    def read(data: bytes) -> tuple[int, list[str]]:
        calendar = IcsCalendarStream.calendar_from_ics(data.decode())
        return len(calendar.events) + len(calendar.todos) + len(calendar.journal), []

    return one_by_one(folder, read)


def read_with_libical(folder: Path, _config: pytest.Config) -> dict[str, Reading]:
    there = "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib"
    python = wanted(SYSTEM_PYTHON, "python3")
    if run(python, "-c", there).returncode:
        give_up("the bindings of libical are not installed (packages python3-gi and gir1.2-ical-3.0)")
    return read_with_script(python, HERE / "read_with_libical.py", folder)


def read_with_sabre(folder: Path, _config: pytest.Config) -> dict[str, Reading]:
    php = wanted("php", "php-cli")
    include = "include_path=/usr/share/php"
    if run(
        php, "-d", include, "-r", "exit(stream_resolve_include_path('Sabre/VObject/autoload.php') ? 0 : 1);"
    ).returncode:
        give_up("sabre/vobject is not installed (package php-sabre-vobject)")
    return read_with_script(php, "-d", include, HERE / "read_with_sabre.php", folder)


def exceptions_without_rule(data: bytes) -> int:
    """How many events calcurse leaves out that have an EXDATE but no RRULE.

    It is the only complaint that is excused: an EXDATE may as well take away what an
    RDATE adds (RFC 5545, section 3.8.5.1).
    """
    events = re.findall(rb"^BEGIN:VEVENT\r$.*?^END:VEVENT\r$", data, re.MULTILINE | re.DOTALL)
    return sum(b"\nEXDATE" in event and b"\nRRULE" not in event for event in events)


def read_with_calcurse(folder: Path, _config: pytest.Config) -> dict[str, Reading]:
    """It has no more than events and tasks, and imports a file into what it has already."""
    calcurse = wanted("calcurse", "calcurse")

    def read(path: Path) -> Reading:
        # The log of what it left out is put into the folder of temporary files, and stays there.
        with tempfile.TemporaryDirectory() as own:
            done = run(calcurse, "-D", own, "-i", path, HOME=own, TMPDIR=own, LC_ALL="C.UTF-8")
            log = "".join(log.read_text("utf-8", "replace") for log in Path(own).glob("calcurse_log*"))
        counts = {kind: int(number) for number, kind in re.findall(r"(\d+) (app|event|todo|skipped)", done.stdout)}
        complaints = re.findall(r"^V[A-Z]+ \[\d+\]: .*$", log, re.MULTILINE)
        if (counts.pop("skipped", 1) or done.returncode or done.stderr) and not complaints:
            complaints = [done.stdout + done.stderr]
        entries = sum(counts.values())
        for _ in range(exceptions_without_rule(path.read_bytes())):
            complaints.remove(
                next(text for text in complaints if text.endswith("exception date, but no recurrence rule."))
            )
            entries += 1
        return Reading(entries, complaints)

    paths = sorted(folder.glob("*.ics"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {path.name: reading for path, reading in zip(paths, pool.map(read, paths), strict=True)}


def read_with_ical_js(folder: Path, config: pytest.Config) -> dict[str, Reading]:
    node, npm = wanted("node", "nodejs"), wanted("npm", "npm")
    assert config.cache is not None
    cache = config.cache.mkdir("ical.js")
    ready = cache / ICAL_JS
    if not ready.exists():
        # Tests that run at the same time fetch it apart; the first to have it whole puts it in place.
        with tempfile.TemporaryDirectory(dir=cache) as fetched:
            options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = run(npm, "install", *options, f"--prefix={fetched}", f"ical.js@{ICAL_JS}")
            if done.returncode:
                give_up(f"npm could not fetch ical.js: {done.stderr.strip()[-300:]}")
            with suppress(OSError):
                (Path(fetched) / "node_modules").rename(ready)
    library = ready / "ical.js" / "dist" / "ical.js"
    return read_with_script(node, HERE / "read_with_ical_js.mjs", library, folder)


Reader = Callable[[Path, pytest.Config], dict[str, Reading]]
READERS: list[Reader] = [
    read_with_icalendar,
    read_with_vobject,
    read_with_ical,
    read_with_libical,
    read_with_sabre,
    read_with_calcurse,
    read_with_ical_js,
]


# Values of the options that are not one of a few words.
TRIED: dict[str, tuple[Any, ...]] = {
    "language": ("de",),
    "since": ("2024-08-06",),
    "until": ("2024-08-06",),
    "only_tags": ("incursion,a,b;c\\d",),
    "except_tags": ("incursion",),
    "cancelled": ("always", "PT0S"),
    "alarm": ("P1D", "PT36H"),
    "timezone": ("Europe/Kyiv",),
    "color": ("tomato",),
    "refresh": ("P1D",),
    "source": ("https://example.org/calendar.ics?a=b,c;d",),
    "max_size": (2500,),
}


def options() -> list[dict[str, Any]]:
    """No option, and each value of each option."""
    fields = attrs.fields(IcalExporter.info.options)
    values = {field.name: field.metadata.get("choices") or TRIED.get(field.name) for field in fields}
    untried = [name for name, tried in values.items() if not tried]
    assert not untried, f"this test does not know what values to try of {untried}"
    return [{}, *({name: value} for name, tried in values.items() for value in tried or ())]


def made() -> list[Timeline]:
    found: list[Timeline] = []

    # Always the same ones: what a reader complains of today it complains of tomorrow.
    @settings(
        max_examples=1000,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(timelines())
    def collect(sample: Timeline) -> None:
        found.append(sample)

    collect()
    assert len(found) == 1000
    return found


def dated(sample: Timeline, dates: Iterator[str]) -> Timeline:
    """The same, with other dates for the events that no calendar can show."""
    stream = timeline.export(sample, "ical", now=NOW)
    stream.read()
    dropped = {loss.event_id for loss in stream.losses if loss.drops_event}
    events = [
        attrs.evolve(event, when=When.parse(next(dates))) if event.id in dropped else event for event in sample.events
    ]
    return attrs.evolve(sample, events=events)


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A folder of calendars, and how many entries each should have."""
    folder = tmp_path_factory.mktemp("calendars")
    counts: dict[str, int] = {}

    def write(name: str, sample: Timeline, **chosen: Any) -> None:
        stream = timeline.export(sample, "ical", chosen, now=NOW)
        (folder / f"{name}.ics").write_bytes(stream.read())
        gone = {loss.event_id for loss in stream.losses if loss.drops_event} | stream.left_out
        counts[f"{name}.ics"] = sum(event.id not in gone for event in sample.events)

    for chosen in options():
        suffix = "".join(f"-{name}-{re.sub('[^A-Za-z0-9]+', '-', str(value))}" for name, value in chosen.items())
        write(f"kursk{suffix}", timeline.load(KURSK), **chosen)
        for number, sample in enumerate(SAMPLES):
            write(f"sample-{number:02}{suffix}", sample, **chosen)
    dates, varied = cycle(DATES), cycle(options())
    for number, sample in enumerate(made()):
        # Every other one as most people have it.
        write(f"made-{number:03}", dated(sample, dates), **(next(varied) if number % 2 else {}))
    return folder, counts


def test_every_event_that_is_not_reported_as_lost_is_an_entry(calendars: tuple[Path, dict[str, int]]) -> None:
    folder, counts = calendars
    assert {path.name: len(ENTRY.findall(path.read_bytes())) for path in folder.iterdir()} == counts
    assert len(counts) > 1100
    assert sum(counts.values()) > 900


@pytest.mark.parametrize("read", READERS)
def test_all_calendars_are_read_whole_and_without_complaint(
    read: Reader, calendars: tuple[Path, dict[str, int]], pytestconfig: pytest.Config
) -> None:
    folder, _ = calendars
    found = read(folder, pytestconfig)
    wrong = []
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        reading = found[path.name]
        entries = len(ENTRY.findall(data))
        if read is read_with_calcurse:
            entries -= data.count(b"BEGIN:VJOURNAL\r\n")
        if reading != Reading(entries, []):
            wrong.append(f"{path}: {reading.entries} of {entries} entries, {reading.complaints or 'no complaint'}")
    assert not wrong, "\n".join([f"{len(wrong)} of {len(found)} calendars", *wrong[:20]])


def broken(name: str) -> bytes:
    """A calendar of one event with one fault."""
    good = timeline.export(PLAIN, "ical", now=NOW).read()
    begin = b"BEGIN:VEVENT\r\n"
    bad = {
        "a line without a colon": good.replace(begin, begin + b"COMMENT\r\n"),
        "a date in words": re.sub(rb"^(DTSTART;VALUE=DATE:)\d+", rb"\1soon", good, flags=re.MULTILINE),
        "an end before the beginning": re.sub(rb"^(DTEND;VALUE=DATE:)\d+", rb"\g<1>20240801", good, flags=re.MULTILINE),
        "two beginnings": re.sub(rb"^(DTSTART;.*\r\n)", rb"\1\1", good, flags=re.MULTILINE),
        "no version": good.replace(b"VERSION:2.0\r\n", b""),
        "an unknown property": good.replace(begin, begin + b"NEWEST:1\r\n"),
        "not in UTF-8": good.replace(begin, begin + b"COMMENT:\xe9\r\n"),
    }[name]
    assert bad != good
    return bad


@pytest.mark.parametrize(
    ("fault", "noticed_by"),
    [
        ("a line without a colon", READERS),
        ("a date in words", READERS),
        ("an end before the beginning", [read_with_calcurse, read_with_ical_js]),
        ("two beginnings", [read_with_vobject, read_with_ical, read_with_libical]),
        ("no version", [read_with_calcurse, read_with_libical]),
        ("an unknown property", [read_with_libical]),
        ("not in UTF-8", [read_with_vobject, read_with_ical, read_with_libical, read_with_sabre, read_with_ical_js]),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_a_reader_notices_the_faults_that_it_looks_for(
    read: Reader, fault: str, noticed_by: list[Reader], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    (tmp_path / "broken.ics").write_bytes(broken(fault))
    found = read(tmp_path, pytestconfig)
    assert bool(found["broken.ics"].complaints) == (read in noticed_by)


def test_libical_is_excused_for_properties_that_are_newer_than_it(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    good = timeline.export(PLAIN, "ical", now=NOW).read()
    link = b"LINK;VALUE=URI;LINKREL=describedby:https://example.org/\r\n"
    (tmp_path / "links.ics").write_bytes(good.replace(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\n" + link * 2))
    assert read_with_libical(tmp_path, pytestconfig) == {"links.ics": Reading(1, [])}
