"""The ledger: it gives back what was recorded, whatever happens to those who write it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import Claim, Event, Source, Timeline, When
from timeline.errors import HistoryError, WhenError
from timeline.history import Ledger, diff, record
from timeline.testing import SAMPLES, strategies

if TYPE_CHECKING:
    from collections.abc import Callable

_START = datetime(2024, 12, 28, 10, tzinfo=UTC)


def _timeline(*titles: str, **fields: Any) -> Timeline:
    events = [Event(id=f"e{number}", title=title) for number, title in enumerate(titles)]
    return Timeline(**{"id": "t", "title": "T", "events": events, **fields})


def _recorded(folder: Path, *timelines: Timeline) -> Path:
    """A ledger with an entry of each, an hour apart."""
    path = folder / "ledger.jsonl"
    for number, timeline in enumerate(timelines):
        record(timeline, path, now=_START + timedelta(hours=number), note=f"note {number}")
    return path


_TIMELINES = st.lists(
    strategies.timelines().map(lambda timeline: attrs.evolve(timeline, id="t")), min_size=1, max_size=4
)


@given(_TIMELINES, st.data())
def test_what_was_recorded_is_given_back_exactly(timelines: list[Timeline], data: st.DataObject) -> None:
    # Versions that share events: each has those of the first besides its own.
    first = timelines[0]
    versions = [first]
    for timeline in timelines[1:]:
        own = {event.id for event in timeline.events}
        sources = {source.id: source for source in (*timeline.sources, *first.sources)}
        shared = [event for event in first.events if event.id not in own]
        events = data.draw(st.permutations([*timeline.events, *shared]))
        versions.append(attrs.evolve(timeline, sources=tuple(sources.values()), events=events))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        moments = [_START + timedelta(minutes=number) for number in range(len(versions))]
        entries = [record(version, path, now=now) for version, now in zip(versions, moments, strict=True)]
        ledger = Ledger.read(path)

    assert ledger.entries == tuple(entry for entry in entries if entry is not None)
    for version, now in zip(versions, moments, strict=True):
        assert ledger.at(now) == version
    assert ledger.timeline == versions[-1]
    assert ledger.at(_START - timedelta(seconds=1)) is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_every_sample_comes_back(tmp_path: Path, sample: Timeline) -> None:
    path = _recorded(tmp_path, sample)

    assert Ledger.read(path).timeline == sample
    assert path.read_bytes().count(b"\n") == 1


def test_an_entry_is_a_line_of_documented_keys(tmp_path: Path) -> None:
    source, claim = Source(id="s", title="A"), Claim(source="s", when="2025-01")
    before = Timeline(id="t", title="T", text="x", sources=[source, Source(id="u")], events=[Event(id="a", title="A"), Event(id="b", title="B")])  # fmt: skip
    after = Timeline(id="t", title="T", sources=[source], events=[Event(id="b", title="C", claims=[claim])])
    path = tmp_path / "ledger.jsonl"
    record(before, path, now="2024-12-28")
    record(after, path, now="2024-12-29T10:00:00+02:00", note="correction: “C”")

    first, second = path.read_bytes().splitlines()
    assert json.loads(first) == {
        "ledger": 1,
        "timeline": "t",
        "recorded": "2024-12-28T00:00:00Z",
        "header": {"title": "T", "text": "x", "language": "en"},
        "sources": {"set": {"s": {"title": "A"}, "u": {}}},
        "events": {"set": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]},
    }
    assert json.loads(second) == {
        "ledger": 1,
        "timeline": "t",
        "recorded": "2024-12-29T08:00:00Z",
        "note": "correction: “C”",
        "previous": sha256(first).hexdigest(),
        "header": {"text": None},
        "sources": {"removed": ["u"]},
        "events": {
            "set": [{"id": "b", "title": "C", "claims": [{"source": "s", "modality": "reported", "when": "2025-01"}]}],
            "removed": ["a"],
        },
    }
    assert "“C”".encode() in second


def test_the_order_is_recorded_only_if_it_does_not_follow(tmp_path: Path) -> None:
    one = _timeline("a", "b")
    path = _recorded(tmp_path, one, _timeline("a", "c", "d"), attrs.evolve(one, events=one.events[::-1]))

    entries = [json.loads(line)["events"] for line in path.read_text("utf-8").splitlines()]
    assert ["order" in entry for entry in entries] == [False, False, True]
    assert entries[2]["order"] == ["e1", "e0"]


def test_without_a_change_and_without_a_note_nothing_is_written(tmp_path: Path) -> None:
    path = _recorded(tmp_path, _timeline("a"))
    before = path.read_bytes()

    assert record(_timeline("a"), path, now="2024-12-29") is None
    assert path.read_bytes() == before
    entry = record(_timeline("a"), path, now="2024-12-29", note="still so")
    assert entry is not None
    assert (entry.note, bool(entry.diff), entry.summary) == ("still so", False, "nothing changed")
    assert Ledger.read(path).entries[-1] == entry


def test_a_day_means_its_end_and_a_moment_itself(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    versions = {"2024-12-28T00:00:00Z": "a", "2024-12-28T10:00:00Z": "b", "2024-12-28T23:59:59Z": "c"}
    for now, title in versions.items():
        record(_timeline(title), path, now=now)
    ledger = Ledger.read(path)

    def at(moment: Any) -> str | None:
        timeline = ledger.at(moment)
        return timeline.events[0].title if timeline else None

    assert [at(day) for day in ("2024-12-28", date(2024, 12, 28), When.parse("2024-12-28"))] == ["c", "c", "c"]
    assert at("2024-12-27") is None
    assert at("9999-12-31") == "c"
    assert at("2024-12-28T09:59:59Z") == "a"
    assert at("2024-12-28T10:00") == "b"
    assert at(datetime(2024, 12, 28, tzinfo=UTC)) == "a"
    assert at(When.parse("2024-12-28T10:00:00Z")) == "b"
    with pytest.raises(WhenError):
        ledger.at("December")


def test_of_two_entries_of_one_moment_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    for title in "ab":
        record(_timeline(title), path, now=_START)

    assert Ledger.read(path).at(_START) == _timeline("b")


def test_as_of_leaves_out_what_was_recorded_later_and_what_was_said_later(tmp_path: Path) -> None:
    early, late = (Claim(source="s", said=said, when="2025") for said in ("2024-12-01", "2024-12-27"))

    def version(*claims: Claim) -> Timeline:
        return Timeline(id="t", title="T", sources=[Source(id="s")], events=[Event(id="e", title="E", claims=claims)])

    path = tmp_path / "ledger.jsonl"
    record(version(late), path, now="2024-12-28")
    record(version(early, late), path, now="2024-12-30")
    ledger = Ledger.read(path)

    assert ledger.as_of("2024-12-27") is None
    assert ledger.as_of("2024-12-28") == version(late)
    # What was said early was recorded late.
    assert version(early, late).as_of("2024-12-10").events != ()
    assert ledger.as_of("2024-12-30", by="said", possibly=True) == version(early, late)


def test_entries_say_what_changed(tmp_path: Path) -> None:
    before, after = _timeline("a"), _timeline("b", "c")
    first, second = Ledger.read(_recorded(tmp_path, before, after)).entries

    assert first.sentences == ("recorded for the first time: 1 event, 0 sources",)
    assert second.diff == diff(before, after)
    assert second.sentences == ("event e1 (c): added", "event e0 (b): title: was “a”, is “b”")
    assert (second.recorded, second.note, second.line) == (_START + timedelta(hours=1), "note 1", 2)
    assert second.recorded_text == "2024-12-28T11:00:00Z"


def test_an_empty_ledger_has_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.touch()
    ledger = Ledger.read(path)

    assert (ledger.entries, ledger.timeline, ledger.at("2024-12-28")) == ((), None, None)
    with pytest.raises(FileNotFoundError):
        Ledger.read(tmp_path / "gone.jsonl")


def _changed(**keys: Any) -> Callable[[dict[str, Any]], bytes]:
    def change(entry: dict[str, Any]) -> bytes:
        return json.dumps({key: value for key, value in (entry | keys).items() if value is not ...}).encode()

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda _: b"{", r":2: found no JSON \(.*\), expected an entry in JSON$"),
        (lambda _: b"", ":2: found no JSON"),
        (lambda _: b"[]", ":2: found JSON that is not an object"),
        (lambda _: b"[" * 100_000, ":2: found no JSON"),
        (lambda _: b'{"ledger": "\xff"}', ":2: found byte 0xff, which is not UTF-8"),
        (_changed(ledger=2), ":2: found key 'ledger' with '2', expected 1, the version of the ledger"),
        (_changed(ledger=True), ":2: found key 'ledger' with 'true'"),
        (_changed(ledger=...), ":2: found no key 'ledger'"),
        (_changed(extra=1), ":2: found unknown key 'extra', expected one of: ledger, timeline,"),
        (_changed(timeline="u"), ":2: found the timeline 'u', expected 't', as on the first line"),
        (_changed(timeline=...), ":2: found no key 'timeline', expected text"),
        (_changed(recorded="yesterday"), ":2: found key 'recorded' with .*yesterday.*, expected a day or a time"),
        (
            _changed(recorded="2024-12-28T09:00:00Z"),
            ":2: found recorded 2024-12-28T09:00:00Z, expected no earlier than",
        ),
        (_changed(note=7), ":2: found key 'note' with '7', expected text"),
        (_changed(previous=...), ":2: found no key 'previous', expected [0-9a-f]{64}, the SHA-256 of the line before"),
        (_changed(previous="0" * 64), ":2: found previous '000"),
        (_changed(header=[]), ":2: found key 'header' with"),
        (_changed(header={"titel": "x"}), ":2: found unknown key 'header.titel', expected one of: title,"),
        (_changed(header={"id": "u"}), ":2: found the id 'u' in its header"),
        (_changed(header={"title": None}), ":2: found no key 'title', expected"),
        (_changed(header={"title": "\ud800"}), ":2: found title with half a surrogate pair"),
        (_changed(sources={"set": []}), ":2: found sources.set of another type, expected an object"),
        (
            _changed(sources={"removed": ["x"]}),
            ":2: found the source 'x' removed, expected the id of a source that was",
        ),
        (_changed(events={"set": {}}), ":2: found events.set of another type, expected a list"),
        (_changed(events={"lost": []}), ":2: found unknown key 'events.lost', expected one of: set, removed, order"),
        (_changed(events={"removed": "e0"}), ":2: found events.removed that is no list of texts"),
        (
            _changed(events={"removed": ["e0", "e0"]}),
            ":2: found the events removed to name one twice, expected each id once",
        ),
        (
            _changed(events={"set": [{"id": "e0", "title": "x"}], "removed": ["e0"]}),
            ":2: found 'e0' both set and removed",
        ),
        (_changed(events={"order": []}), ":2: the order of the events: found 'e0' in one of them only"),
        (_changed(events={"set": [7]}), r":2: found events\[0\] with the number 7, expected a mapping"),
        (
            _changed(events={"set": [{"id": "x", "title": "X", "when": "2024-13"}]}),
            r":2: found events\[0\]\.when with .*2024-13",
        ),
        (
            _changed(events={"set": [{"id": "x", "title": "X", "claims": [{"source": "s"}]}]}),
            r":2: found events\[0\]\.claims\[0\]\.source with 's'",
        ),
        (_changed(events={"set": [{"id": "x"}, {}]}), r":2: found .* \(and 2 more faults\)$"),
    ],
)
def test_a_line_that_is_no_entry_is_refused_by_its_number(
    tmp_path: Path, change: Callable[[dict[str, Any]], bytes], message: str
) -> None:
    path = _recorded(tmp_path, _timeline("a"), _timeline("b"), _timeline("c"))
    first, second, third = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([first, change(json.loads(second)), third, b""]))
    before = path.read_bytes()

    with pytest.raises(HistoryError, match=message) as caught:
        Ledger.read(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    with pytest.raises(HistoryError):
        record(_timeline("d"), path, now="2025-01-01")
    assert path.read_bytes() == before


def test_a_change_of_an_old_line_is_found_out(tmp_path: Path) -> None:
    path = _recorded(tmp_path, _timeline("a"), _timeline("b"))
    path.write_bytes(path.read_bytes().replace(b'"title":"a"', b'"title":"z"'))

    with pytest.raises(HistoryError, match=":2: found previous"):
        Ledger.read(path)


def test_the_first_line_follows_nothing(tmp_path: Path) -> None:
    path = _recorded(tmp_path, _timeline("a"), _timeline("b"))
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])

    with pytest.raises(HistoryError, match=r":1: found previous '.*', expected none on the first line"):
        Ledger.read(path)


def test_a_source_that_claims_name_does_not_go(tmp_path: Path) -> None:
    event = Event(id="e", title="E", claims=[Claim(source="s")])
    path = _recorded(tmp_path, Timeline(id="t", title="T", sources=[Source(id="s")], events=[event]))
    (line,) = path.read_bytes().splitlines()
    entry = {"ledger": 1, "timeline": "t", "recorded": "2025-01-01T00:00:00Z", "previous": sha256(line).hexdigest()}
    path.write_bytes(line + b"\n" + json.dumps({**entry, "sources": {"removed": ["s"]}}).encode() + b"\n")

    with pytest.raises(HistoryError, match=r":2: events\[0\].claims\[0\].source: found 's'"):
        Ledger.read(path).at("2025-01-02")
    assert Ledger.read(path).at("2024-12-30") is not None


@pytest.mark.parametrize(
    ("timeline", "now", "note", "message"),
    [
        (_timeline("b", id="u"), "2025-01-01", None, ":1: found a ledger of the timeline 't', expected one of 'u'"),
        (
            _timeline("b"),
            "2024-12-28T09:59:59Z",
            None,
            ":1: found an entry of 2024-12-28T10:00:00Z, expected none after",
        ),
        (_timeline("b"), "2025-01-01", "\ud800", "note: found half a surrogate pair"),
    ],
)
def test_what_cannot_be_recorded_leaves_the_ledger_as_it_was(
    tmp_path: Path, timeline: Timeline, now: str, note: str | None, message: str
) -> None:
    path = _recorded(tmp_path, _timeline("a"))
    before = path.read_bytes()

    with pytest.raises(HistoryError, match=message):
        record(timeline, path, now=now, note=note)
    assert path.read_bytes() == before


def test_a_device_is_no_ledger() -> None:
    with pytest.raises(HistoryError, match="/dev/null: found a device or a pipe, expected a file"):
        record(_timeline("a"), "/dev/null", now=_START)


def test_a_write_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _recorded(tmp_path, _timeline("a"))
    before = path.read_bytes()
    write = os.write

    def full(handle: int, data: bytes) -> int:
        write(handle, bytes(data)[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        record(_timeline("b"), path, now="2025-01-01")
    assert path.read_bytes() == before


def test_a_ledger_cut_at_any_byte_reads_to_its_last_whole_entry_and_goes_on(tmp_path: Path) -> None:
    versions = [_timeline("a"), _timeline("a", "b “ü”"), _timeline("b"), _timeline("d")]
    whole = _recorded(tmp_path, *versions[:3]).read_bytes()
    path = tmp_path / "cut.jsonl"
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        # An entry of which only the end of the line is gone is whole.
        complete = sum(cut >= place for place, char in enumerate(whole) if char == ord("\n"))

        ledger = Ledger.read(path)
        assert len(ledger.entries) == complete
        assert ledger.timeline == (versions[complete - 1] if complete else None)
        entry = record(versions[3], path, now="2025-01-01")
        assert entry is not None
        assert entry.line == complete + 1
        assert path.read_bytes().splitlines()[:-1] == whole.splitlines()[:complete]
        ledger = Ledger.read(path)
        assert len(ledger.entries) == complete + 1
        assert ledger.timeline == versions[3]


@pytest.mark.parametrize("text", [b"my only notes", b'{"timeline": 1, "id": "x", "title": "X"}', b"ledger", b'{"a'])
def test_a_file_that_is_no_ledger_is_left_as_it_is(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(text)

    with pytest.raises(HistoryError, match=r"notes\.txt:1: found text that is no entry, expected a ledger"):
        record(_timeline("a"), path, now="2025-01-01")
    assert path.read_bytes() == text


def test_a_device_is_read_as_no_ledger() -> None:
    with pytest.raises(HistoryError, match="/dev/zero: found a device or a pipe, expected a file"):
        Ledger.read("/dev/zero")


def test_a_middle_entry_cannot_be_changed_without_a_trace(tmp_path: Path) -> None:
    path = _recorded(tmp_path, _timeline("a"), _timeline("b"), _timeline("c"))
    lines = path.read_bytes().splitlines(keepends=True)
    previous = json.loads(lines[2])["previous"]

    assert previous == sha256(lines[1].rstrip(b"\n")).hexdigest()
    path.write_bytes(lines[0] + lines[1].replace(b'"title":"b"', b'"title":"x"') + lines[2])
    with pytest.raises(HistoryError, match=":3: found previous"):
        Ledger.read(path)


_WRITER = """
import sys
from timeline import Event, Timeline
from timeline.history import Ledger, record
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    # A long line takes the system more than one page to write.
    event = Event(id="e", title=f"{name} {number}", text="x" * 20000)
    record(Timeline(id="t", title="T", events=[event]), path, now="2024-12-29", note=f"{name} {number}")
    print(number, flush=True)
"""


def _writer(path: Path, name: str, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _WRITER, path, name, str(count)], stdout=subprocess.PIPE)


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    writers = [_writer(path, f"writer{number}", 15) for number in range(4)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0

    notes = [entry.note for entry in Ledger.read(path).entries]

    assert len(notes) == 60
    for number in range(4):
        own = [note for note in notes if note and note.startswith(f"writer{number} ")]
        assert own == [f"writer{number} {count}" for count in range(15)]
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]


def test_a_writer_that_is_killed_leaves_whole_entries_and_the_next_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    chance = random.Random(20241228)  # noqa: S311 - when to kill, no secret
    known = 0
    for number in range(8):
        writer = _writer(path, f"writer{number}", 10_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.random() / 20)
        writer.send_signal(signal.SIGKILL)
        said = writer.communicate()[0].count(b"\n") + 1

        entries = Ledger.read(path).entries
        # What it said to have recorded is there, and at most one entry that it had no time to tell of.
        assert known + said <= len(entries) <= known + said + 1
        known = len(entries)
    assert Ledger.read(path).timeline is not None


def test_a_ledger_put_in_its_place_meanwhile_is_the_one_written_to(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    path = _recorded(tmp_path, _timeline("a"))
    other = tmp_path / "other.jsonl"
    other.write_bytes(path.read_bytes())
    with path.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        writer = _writer(path, "writer", 1)
        time.sleep(0.5)  # as a rule it waits for the lock by now; the result is the same if it does not
        other.replace(path)
        old = held.read()
    assert writer.communicate()[0] == b"0\n"

    assert len(old.splitlines()) == 1
    assert len(Ledger.read(path).entries) == 2


def test_an_entry_is_on_the_disk_before_it_is_said_to_be_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "l.jsonl"
    synced: list[bytes] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        synced.append(path.read_bytes())

    monkeypatch.setattr(os, "fsync", fsync)
    record(_timeline("a"), path, now="2025-01-01")

    assert synced[-1] == path.read_bytes() != b""


def test_what_a_crash_left_is_cut_off_even_if_it_is_longer_than_the_next_entry(tmp_path: Path) -> None:
    path = _recorded(tmp_path, _timeline("a"))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"ledger":1,"timeline":"' + b"x" * 10_000)

    assert record(_timeline("b"), path, now="2025-01-01") is not None
    assert path.read_bytes().startswith(whole)
    assert len(Ledger.read(path).entries) == path.read_bytes().count(b"\n") == 2
