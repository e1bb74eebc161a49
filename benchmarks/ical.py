"""Events per second of CPU, out to iCalendar and in from it, beside the libraries that only do calendars.

Ours is timed whole, from a timeline to all bytes: where a calendar can show a date, what to say of it,
what is lost, and the writing. The peers are given what ours made of that, ready: the same properties
with the same texts, parsed out of our own calendar; they do no more than write. They are icalendar,
`ics` for Python, ical-generator for JavaScript, and a writer by hand that only escapes and folds.
All run in one run, in turn, the peers that clash with our dependencies in processes of their own,
where they measure their own time. Ratios tell; nothing fails for being slow.

Two sets of events: plain ones of 800 to 900 bytes, with a date that is a day, and real ones, with
claims, quotes and speakers, months, windows and projections. What to reach is of the first.

Reading is timed on calendars of ours and on one that icalendar wrote, beside what parses them.

Run it with the interpreter that has the library: ``python benchmarks/ical.py --help``. What is not
installed, pip and npm fetch into a folder: a temporary one, or that of ``--peers``.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar

import timeline
from timeline import Claim, Event, Modality, Source, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NOW = "2025-06-01"
_FIRST = date(2022, 1, 1).toordinal()
_MAX_OCTETS = 75

# How many times as fast as a peer ours is to be: what to reach, on the plain events.
REACH = {"icalendar": 12, "ical-generator": 4, "ics": 6, "by hand": 0.5}
REACH_MEMORY = 20  # megabytes, for a calendar of 100,000 events that is streamed

# ---------------------------------------------------------------- the events

# ruff: noqa: RUF001 - letters that look alike are what texts are made of
_TITLES = (
    "Überraschung in Köln: Київ і Львів beraten – l’été à Genève",
    "Réunion à Orléans; les préfets, les maires et la Défense: fin",
    "Brücke über die Őrség gesperrt, Straße nach Győr wieder frei",
)
_SENTENCES = (
    "The ministry said on Tuesday that the crossing, closed since the storm, would be opened again; no day was given.",
    "„Es gibt keinen Termin“, sagte die Sprecherin, und verwies auf die Behörden in Győr, Sopron und Szombathely.",
    "Témoins: les travaux avancent, mais le pont n’est pas prêt; la date dépend de l’acier, du temps, et des crédits.",
    "Officials who asked not to be named put it at several weeks,\nperhaps months, if the weather holds: nobody knows.",
)
_QUOTES = (
    "we now control approximately 800 km² (309 mi²), less than the 1,376 km² of August, but the line holds",
    "the operation began days ago and could last for several months; nobody who says otherwise knows it",
    "there is no sign of an end to the fighting, „und das wissen alle“, along the line of contact",
    "if the pledged vehicles arrive, the brigade will be ready, as the minister said, not before the spring",
)


def plain(count: int) -> Timeline:
    """Events with a title of 60 characters, a text of 400, a place, two tags and a day; the same every time."""
    return Timeline(id="plain", title="Plain events", events=[_plain_event(number) for number in range(count)])


def _plain_event(number: int) -> Event:
    text = " ".join(_SENTENCES[(number + part) % 4] for part in range(4))
    return Event(
        id=f"event-{number}",
        title=f"{number} {_TITLES[number % 3]}"[:60].ljust(60, "x"),
        text=text[:399] + ".",
        when=_iso(number * 7 % 1200),
        places=[f"Győr, Platz {number % 90}"],
        tags=[f"tag {number % 40}", "Brücken"],
    )


def _iso(day: int) -> str:
    return date.fromordinal(_FIRST + day).isoformat()


def real(count: int) -> Timeline:
    """Events with a claim or two of each modality, on days, in months and windows, or expected; the same every time."""
    chance = random.Random(count)  # noqa: S311 - a sample, no secret
    sources = [
        Source(
            id=f"s{number}",
            title=f"What is known of the offensive, part {number}",
            publisher=f"Paper {number % 50}",
            author=f"Author {number % 70}",
            url=f"https://example.org/{number}",
            published=_iso(number % 1000),
        )
        for number in range(max(1, count // 10))
    ]
    events = [_real_event(number, chance, len(sources)) for number in range(count)]
    return Timeline(id="real", title="Events as they are reported", sources=sources, events=events)


def _real_event(number: int, chance: random.Random, sources: int) -> Event:
    day = number * 7 % 1000
    iso = _iso(day)
    dates = [iso] * 6 + [iso[:7]] * 2 + [f"[{iso}..]", f"[{iso}..{_iso(day + 20)}]", f"{iso}/{_iso(day + 9)}"]
    claims = [
        Claim(
            source=f"s{chance.randrange(sources)}",
            speakers=[f"Speaker {chance.randrange(500)}", f"Speaker {chance.randrange(500)}"][: 1 + number % 2],
            said=_iso(day + part),
            modality=chance.choice((Modality.REPORTED,) * 3 + (Modality.PROJECTED, Modality.PLANNED)),
            when=chance.choice(dates),
            phrase="in the first days of the month" if part else None,
            quote=chance.choice(_QUOTES),
            likelihood="likely" if number % 7 == 0 else None,
        )
        for part in range(1 + number % 2)
    ]
    return Event(
        id=f"event-{number}",
        title=f"{number} {_TITLES[number % 3]}",
        text=_SENTENCES[number % 4] if number % 3 == 0 else None,
        when=chance.choice(dates) if number % 4 == 0 else None,
        places=[f"Győr, Platz {number % 90}"],
        actors=[f"Brigade {number % 30}", "General Staff"],
        tags=[f"tag {number % 40}"],
        group=f"row {number % 4}",
        claims=claims,
    )


SETS: dict[str, Callable[[int], Timeline]] = {"plain": plain, "real": real}


def ours(sample: Timeline) -> bytes:
    """The whole calendar."""
    return timeline.export(sample, "ical", now=NOW).read()


# ---------------------------------------------------------------- what the peers are given


_PARAMETER = re.compile(r';([A-Z-]+)=("[^"]*"|[^;]*)')


class Property(NamedTuple):
    """A property as ours writes it: everything before the colon, and the values, of which texts are not escaped."""

    head: str
    values: tuple[str, ...]
    is_text: bool

    @property
    def name(self) -> str:
        """``SUMMARY``."""
        return self.head.partition(";")[0]

    @property
    def parameters(self) -> dict[str, str]:
        """``{"LANGUAGE": "en"}``."""
        return {name: value.strip('"') for name, value in _PARAMETER.findall(self.head)}


class Ready(NamedTuple):
    """A calendar taken apart."""

    head: list[Property]
    events: list[list[Property]]


_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "COMMENT", "CONTACT", "NAME", "RESOURCES"}
_ESCAPED = re.compile(r"\\(.)")


def take_apart(data: bytes) -> Ready:
    """Read by the letter of RFC 5545 what one of the writers here wrote."""
    head: list[Property] = []
    events: list[list[Property]] = []
    into = head
    for line in re.sub(r"\r?\n[ \t]", "", data.decode()).splitlines():
        if line == "BEGIN:VEVENT":
            into = []
            events.append(into)
        elif line and not line.startswith(("BEGIN:", "END:")):
            match = re.fullmatch(r'((?:"[^"]*"|[^":])*):(.*)', line)
            assert match, line
            into.append(_property(match[1], match[2]))
    return Ready(head, events)


def _property(head: str, value: str) -> Property:
    name = head.partition(";")[0]
    is_text = "VALUE=" not in head and (name in _TEXTS or name.startswith("X-"))
    if not is_text:
        return Property(head, (value,), is_text=False)
    # Of a list the commas that are not escaped divide; in other texts there are none.
    values = re.findall(r"((?:\\.|[^\\,])*)(?:,|$)", value)[:-1] if name == "CATEGORIES" else [value]
    return Property(head, tuple(_ESCAPED.sub(_unescaped, text) for text in values), is_text=True)


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


# ---------------------------------------------------------------- the peers


def by_hand(ready: Ready) -> bytes:
    """What any writer has to do: escape texts, fold at 75 octets but not inside a character, join."""
    lines = ["BEGIN:VCALENDAR"]
    lines += [_line(item) for item in ready.head]
    for event in ready.events:
        lines.append("BEGIN:VEVENT")
        lines += [_line(item) for item in event]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return b"".join([_folded(line.encode()) for line in lines])


def _line(item: Property) -> str:
    if not item.is_text:
        return f"{item.head}:{item.values[0]}"
    return f"{item.head}:{','.join([_escape(text) for text in item.values])}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: bytes) -> bytes:
    if len(line) <= _MAX_OCTETS:
        return line + b"\r\n"
    pieces, start, room = [], 0, _MAX_OCTETS
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(line[start:end])
        start, room = end, _MAX_OCTETS - 1
    pieces.append(line[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


_ARGUMENTS = {
    "CATEGORIES": "categories",
    "CLASS": "classification",
    "COLOR": "color",
    "CREATED": "created",
    "DESCRIPTION": "description",
    "DTEND": "end",
    "DTSTAMP": "stamp",
    "DTSTART": "start",
    "LAST-MODIFIED": "last_modified",
    "LOCATION": "location",
    "SEQUENCE": "sequence",
    "STATUS": "status",
    "SUMMARY": "summary",
    "TRANSP": "transparency",
    "UID": "uid",
    "URL": "url",
}

# Arguments of Event.new, then of add: name, value, parameters.
Prepared = tuple[dict[str, Any], list[tuple[str, Any, dict[str, str]]]]


def prepare_icalendar(properties: Sequence[Property]) -> Prepared:
    """A component as the documentation of icalendar has one made: what Event.new takes, and what is added."""
    arguments: dict[str, Any] = {}
    more: list[tuple[str, Any, dict[str, str]]] = []
    for item in properties:
        parameters = item.parameters
        if isinstance(_native(item), date):
            parameters.pop("VALUE", None)  # follows from the type
        if item.name in _ARGUMENTS and not parameters:
            arguments[_ARGUMENTS[item.name]] = _native(item)
        else:
            more.append((item.name, _native(item), parameters))
    return arguments, more


def _native(item: Property) -> Any:
    value = item.values[0]
    if item.name == "CATEGORIES":
        return list(item.values)
    if item.name == "SEQUENCE":
        return int(value)
    if item.parameters.get("VALUE") == "DURATION":
        return icalendar.vDuration.from_ical(value)  # type: ignore[no-untyped-call] # not typed yet
    if re.fullmatch(r"\d{8}", value):
        return date.fromisoformat(value)
    if re.fullmatch(r"\d{8}T\d{6}Z", value):
        return datetime.fromisoformat(value)
    # A name that icalendar does not know is written as it is, so a text has to say that it is one.
    return icalendar.vText(value) if item.is_text and item.name not in _TEXTS else value


def by_icalendar(head: Prepared, events: Sequence[Prepared]) -> bytes:
    """One VEVENT an event, by the documented ways."""
    calendar = icalendar.Calendar()
    for name, value, parameters in head[1]:
        calendar.add(name, value, parameters)
    for arguments, more in events:
        event = icalendar.Event.new(**arguments)
        for name, value, parameters in more:
            event.add(name, value, parameters)
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def prepare_head(properties: Sequence[Property]) -> Prepared:
    """The properties of the calendar itself, all of them to be added."""
    return {}, [(item.name, _native(item), item.parameters) for item in properties]


# Events come as JSON in a file; the times and a calendar, to be checked, go to the standard output.
_ICS = """
import json, sys, time
import ics
from ics.grammar.parse import ContentLine

events, rounds = json.load(open(sys.argv[1], encoding="utf-8")), int(sys.argv[2])


def write():
    calendar = ics.Calendar(creator="-//benchmark//")
    for one in events:
        event = ics.Event(
            name=one["SUMMARY"],
            begin=one["first"],
            end=one["last"],
            uid=one["UID"],
            description=one.get("DESCRIPTION"),
            location=one.get("LOCATION"),
            categories=one["CATEGORIES"],
            status=one.get("STATUS"),
            transparent=True,
            created=one["DTSTAMP"],
            last_modified=one.get("LAST-MODIFIED"),
            url=one.get("URL"),
        )
        if one["whole"]:
            event.make_all_day()
        for name, parameters, _, escaped in one["more"]:
            parameters = {key: [value] for key, value in parameters.items()}
            event.extra.append(ContentLine(name, parameters, escaped))
        calendar.events.add(event)
    return calendar.serialize()


times = []
for _ in range(rounds):
    started = time.process_time()
    text = write()
    times.append(time.process_time() - started)
json.dump({"seconds": min(times), "text": text}, sys.stdout)
"""

_GENERATOR = """
import fs from 'node:fs';
import ical from 'ical-generator';

const events = JSON.parse(fs.readFileSync(process.argv[2], 'utf-8')).map(one => ({
    id: one.UID,
    start: new Date(one.first),
    end: one.end ? new Date(one.end) : undefined,
    stamp: new Date(one.DTSTAMP),
    allDay: one.whole,
    summary: one.SUMMARY,
    description: one.DESCRIPTION,
    location: one.LOCATION,
    categories: one.CATEGORIES.map(name => ({name})),
    status: one.STATUS,
    transparency: 'TRANSPARENT',
    sequence: one.SEQUENCE,
    lastModified: one['LAST-MODIFIED'] && new Date(one['LAST-MODIFIED']),
    url: one.URL,
    x: one.more.filter(([name]) => name.startsWith('X-')).map(([name, , value]) => [name, value]),
}));

const seconds = [];
let text = '';
for (let round = 0; round < Number(process.argv[3]); round++) {
    const started = process.cpuUsage();
    const calendar = ical({name: 'benchmark', prodId: '//benchmark//benchmark//EN'});
    for (const event of events) calendar.createEvent(event);
    text = calendar.toString();
    const used = process.cpuUsage(started);
    seconds.push((used.user + used.system) / 1e6);
}
process.stdout.write(JSON.stringify({seconds: Math.min(...seconds), text}));
"""


_BY_NAME = {
    "CATEGORIES",
    "DESCRIPTION",
    "DTSTAMP",
    "LAST-MODIFIED",
    "LOCATION",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "UID",
    "URL",
}


def as_json(ready: Ready) -> str:
    """The events as a process of another library is given them."""
    return json.dumps([_record(event) for event in ready.events], ensure_ascii=False)


def _record(event: Sequence[Property]) -> dict[str, Any]:
    """What those libraries have arguments for by name, dates in ISO 8601, and the rest."""
    record: dict[str, Any] = {"CATEGORIES": [], "more": []}
    for item in event:
        value = _native(item)
        if isinstance(value, datetime):
            value = value.isoformat().replace("+00:00", "Z")
        elif isinstance(value, date):
            value = value.isoformat()
        if item.name in _BY_NAME:
            record[item.name] = value
        elif item.name == "DTSTART":
            record["first"], record["whole"] = value, "T" not in value
        elif item.name == "DTEND":
            record["end"] = value
        elif item.name != "TRANSP":
            text = item.values[0]
            record["more"].append((item.name, item.parameters, text, _escape(text) if item.is_text else text))
    # To ics the end of days is the last of them.
    end = record.get("end")
    record["last"] = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end and record["whole"] else end
    return record


class Peers:
    """The libraries that run in processes of their own, as far as they are to be had."""

    def __init__(self, folder: Path) -> None:
        """Fetch what is not in the folder yet."""
        self.missing: dict[str, str] = {}
        self._commands: dict[str, list[str]] = {}
        self._environment = dict(os.environ)
        self._fetch_ics(folder / "ics")
        self._fetch_generator(folder / "npm")

    def _fetch_ics(self, folder: Path) -> None:
        if not (folder / "ics").is_dir():
            # Apart from ours: what it depends on may be of other versions.
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", f"{folder}", "ics"]
            if not self._run("ics", command):
                return
        self._environment["PYTHONPATH"] = f"{folder}"
        self._commands["ics"] = [sys.executable, "-c", _ICS]

    def _fetch_generator(self, folder: Path) -> None:
        npm, node = shutil.which("npm"), shutil.which("node")
        if npm is None or node is None:
            self.missing["ical-generator"] = "npm is not installed"
            return
        if not (folder / "node_modules" / "ical-generator").is_dir():
            flags = ["--ignore-scripts", "--no-audit", "--no-fund", f"--prefix={folder}"]
            # Left to choose, npm may take an older one that declares this version of node, and is 8 times as slow.
            if not self._run("ical-generator", [npm, "install", *flags, "ical-generator@>=11.1"]):
                return
        # A module is looked for beside the script that imports it.
        script = folder / "benchmark.mjs"
        script.write_text(_GENERATOR, "utf-8")
        self._commands["ical-generator"] = [node, f"{script}"]

    def _run(self, name: str, command: list[str]) -> bool:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode:
            self.missing[name] = f"it could not be fetched: {done.stderr.strip()[-300:]}"
        return done.returncode == 0

    @property
    def names(self) -> list[str]:
        """Those that are there."""
        return list(self._commands)

    def measure(self, name: str, events: Path, rounds: int) -> tuple[float, bytes]:
        """The least CPU time in seconds, and what was written."""
        command = [*self._commands[name], f"{events}", f"{rounds}"]
        done = subprocess.run(command, capture_output=True, check=True, env=self._environment)
        answer = json.loads(done.stdout)
        return answer["seconds"], answer["text"].encode()


# ---------------------------------------------------------------- writing


def seconds(work: Callable[[], object]) -> float:
    """CPU time of one run, with the garbage collector as it is."""
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started


def compare(made: bytes, ready: Ready, name: str) -> None:
    """Check that a peer wrote the same events with the same texts: it would be no peer."""
    theirs = {_prop(event, "UID"): event for event in take_apart(made).events}
    for event in ready.events:
        other = theirs[_prop(event, "UID")]
        for prop in ("SUMMARY", "DESCRIPTION", "LOCATION", "X-TIMELINE-EDTF", "X-TIMELINE-EVENT"):
            assert _prop(event, prop) == _prop(other, prop), f"{name} wrote another {prop}"


def _prop(event: Sequence[Property], name: str) -> str | None:
    return next((item.values[0] for item in event if item.name == name), None)


def write(make: Callable[[int], Timeline], count: int, rounds: int, peers: Peers) -> dict[str, float]:
    """The least CPU time of each writer, in seconds."""
    data = ours(make(count))
    ready = take_apart(data)
    head, events = prepare_head(ready.head), [prepare_icalendar(event) for event in ready.events]
    assert len(ready.events) == count, "ours wrote less than all events"
    assert by_hand(ready).replace(b"\r\n ", b"") == data.replace(b"\r\n ", b""), "not what ours writes"
    compare(by_icalendar(head, events), ready, "icalendar")
    least: defaultdict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(rounds):
        # Fresh events every time: an event remembers what it derived.
        sample = make(count)
        for name, took in (
            ("ours", seconds(lambda sample=sample: ours(sample))),  # type: ignore[misc]
            ("by hand", seconds(lambda: by_hand(ready))),
            ("icalendar", seconds(lambda: by_icalendar(head, events))),
        ):
            least[name] = min(least[name], took)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.json"
        path.write_text(as_json(ready), "utf-8")
        for name in peers.names:
            least[name], made = peers.measure(name, path, rounds)
            compare(made, ready, name)
    return least


def show_writing(name: str, sizes: Sequence[int], rounds: int, peers: Peers) -> None:
    """Print the table of one set of events."""
    data = ours(SETS[name](sizes[0]))
    measured = {count: write(SETS[name], count, rounds, peers) for count in sizes}
    print(f"\nwriting {name} events of {len(data) / sizes[0]:,.0f} bytes each: events/s of CPU, best of {rounds}")
    print(f"{'':18}" + "".join(f"{count:>12,}" for count in sizes) + f"{'ours is':>14}{'reach':>10}")
    for peer in ("ours", *REACH):
        if peer not in measured[sizes[0]]:
            continue
        rates = "".join(f"{count / measured[count][peer]:12,.0f}" for count in sizes)
        # The worst of the sizes counts.
        ratio = min(took[peer] / took["ours"] for took in measured.values())
        reach = f"{REACH[peer]:8g} x" if name == "plain" and peer in REACH else ""
        print(f"{peer:18}{rates}{'' if peer == 'ours' else f'{ratio:12.2f} x':>14}{reach:>10}")


# ---------------------------------------------------------------- memory


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        import resource  # noqa: PLC0415 - not on every system

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    match = re.search(r"VmHWM:\s*(\d+)", status)
    assert match
    return int(match[1]) / 1024


def _forget_peak() -> None:
    """Let the peak be what there is now: making the events may have needed more than they take."""
    gc.collect()
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return


def memory(job: str, count: int) -> None:
    """Print the extra memory of one job, in megabytes; the events are made before."""
    if job == "ours":
        sample = plain(count)
        for _ in timeline.export(plain(10), "ical", now=NOW):  # what is imported on first use
            pass
        _forget_peak()
        before = _peak()
        for _ in timeline.export(sample, "ical", now=NOW):
            pass
    else:
        ready = take_apart(ours(plain(count)))
        head, events = prepare_head(ready.head), [prepare_icalendar(event) for event in ready.events]
        by_icalendar(head, events[:10])
        _forget_peak()
        before = _peak()
        by_icalendar(head, events)
    print(_peak() - before)


def show_memory() -> None:
    """Measure in processes of their own, which have done nothing before."""
    print("\nextra memory of writing plain events, in megabytes")
    for job, count, reach in (("ours", 100_000, f"reach: at most {REACH_MEMORY}"), ("icalendar", 10_000, "")):
        command = [sys.executable, __file__, "--memory", job, f"{count}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        what = "streamed" if job == "ours" else "Calendar.to_ical"
        print(f"{job:12}{what:18}{count:>12,} events{float(done.stdout):10.1f}   {reach}".rstrip())


# ---------------------------------------------------------------- reading


def foreign(count: int) -> bytes:
    """A calendar as others have them, written by icalendar: days, times in UTC and in a zone, some that repeat."""
    calendar = icalendar.Calendar.new(prodid="-//somebody else//calendar//EN", name="A calendar of somebody else")
    zone = ZoneInfo("Europe/Budapest")
    for number in range(count):
        day = date.fromordinal(_FIRST + number * 7 % 1200)
        start: date
        if number % 3 == 0:
            start, end = day, day + timedelta(days=1 + number % 2)
        else:
            start = datetime(day.year, day.month, day.day, 9 + number % 9, 30, tzinfo=UTC if number % 3 == 1 else zone)
            end = start + timedelta(minutes=90)
        event = icalendar.Event.new(
            uid=f"{number}@example.org",
            stamp=datetime(2025, 6, 1, tzinfo=UTC),
            start=start,
            end=end,
            summary=f"{number} {_TITLES[number % 3]}",
            description=" ".join(_SENTENCES[(number + part) % 4] for part in range(4)),
            location=f"Győr, Platz {number % 90}",
            categories=[f"tag {number % 40}", "Brücken"],
            status=icalendar.STATUS.CONFIRMED,
            sequence=number % 3,
            url=f"https://example.org/{number}",
        )
        if number % 10 == 0:
            event.add("rrule", {"freq": "weekly", "count": 10})
        calendar.add_component(event)
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def readers() -> Iterator[tuple[str, Callable[[bytes], int]]]:
    """Ours and those that are installed; each returns the number of events."""

    def by_ours(data: bytes) -> int:
        return len(timeline.load(data, "ical", on_fault=lambda _: None).events)

    yield "ours", by_ours
    yield "icalendar", lambda data: len(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    # This file has the name of one of them, and Python looks beside it first.
    sys.path[:] = [folder for folder in sys.path if Path(folder).resolve() != Path(__file__).parent.resolve()]
    try:
        from ical.calendar_stream import IcsCalendarStream  # noqa: PLC0415 - it may be missing

        yield "ical", lambda data: len(IcsCalendarStream.calendar_from_ics(data.decode()).events)
    except ImportError:
        print("ical is not in this run: it is not installed")
    try:
        import vobject  # noqa: PLC0415 - the same

        yield "vobject", lambda data: len(vobject.readOne(data.decode()).vevent_list)
    except ImportError:
        print("vobject is not in this run: it is not installed")


def show_reading(count: int, rounds: int) -> None:
    """Print the table."""
    files = {
        "ours, plain": ours(plain(count)),
        "ours, real": ours(real(count)),
        "of icalendar": foreign(count),
    }
    counts = {file: data.count(b"BEGIN:VEVENT\r\n") for file, data in files.items()}
    least: dict[str, dict[str, float]] = {}
    for reader, read in readers():
        least[reader] = dict.fromkeys(files, float("inf"))
        for file, data in files.items():
            for _ in range(rounds):
                found: list[int] = []
                took = seconds(lambda read=read, data=data, found=found: found.append(read(data)))  # type: ignore[misc]
                assert found == [counts[file]], f"{reader} read {found} of {file}"
                least[reader][file] = min(least[reader][file], took)
    print(f"\nreading {count:,} events: events/s of CPU, best of {rounds}, and how many times as fast ours is")
    print(f"{'':12}" + "".join(f"{file:>22}" for file in files) + f"{'reach':>10}")
    for reader in least:
        row = ""
        for file, events in counts.items():
            ratio = least[reader][file] / least["ours"][file]
            row += f"{events / least[reader][file]:12,.0f}" + ("" if reader == "ours" else f"{ratio:8.2f} x").rjust(10)
        print(f"{reader:12}{row}{'     1 x' if reader == 'icalendar' else '':>10}")


# ---------------------------------------------------------------- the run


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of events to write (default: %(default)s)")
    parser.add_argument("--large", action="store_true", help="100,000 events too")
    parser.add_argument("--rounds", type=int, default=3, help="the best of how many runs counts (default: %(default)s)")
    parser.add_argument("--read", type=int, default=10_000, help="how many events to read (default: %(default)s)")
    parser.add_argument("--peers", type=Path, help="folder in which the fetched peers are and stay")
    parser.add_argument("--only", choices=("write", "memory", "read"), help="a part of it")
    parser.add_argument("--memory", nargs=2, metavar=("WHO", "EVENTS"), help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    chosen = arguments()
    if chosen.memory:
        memory(chosen.memory[0], int(chosen.memory[1]))
        return
    sizes = [int(size) for size in chosen.sizes.split(",")] + [100_000] * chosen.large
    if chosen.only in (None, "memory"):
        show_memory()
    if chosen.only in (None, "write"):
        with tempfile.TemporaryDirectory() as temporary:
            peers = Peers(chosen.peers or Path(temporary))
            for name, reason in peers.missing.items():
                print(f"{name} is not in this run: {reason}")
            for name in SETS:
                show_writing(name, sizes, chosen.rounds, peers)
    if chosen.only in (None, "read"):
        show_reading(chosen.read, chosen.rounds)


if __name__ == "__main__":
    main()
