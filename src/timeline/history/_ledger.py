"""A record of what was known when: a file of JSON Lines that is only ever appended to.

Each line is an entry::

    {"ledger": 1, "timeline": "kursk", "recorded": "2024-12-28T10:00:00Z",
     "note": "correction: the day was wrong",
     "previous": "the SHA-256 of the line before, in hexadecimal; none on the first",
     "header": {"title": "A new title", "text": null},
     "sources": {"set": {"article": {"title": "…"}}, "removed": ["id"], "order": ["id", "id"]},
     "events": {"set": [{"id": "e", "title": "…"}], "removed": ["id"], "order": ["id", "id"]}}

What is set is a whole record of the document, and stands where the one of its id stood, or at
the end; ``order`` is there only if the order does not follow from that. Keys without a value
are left out. A last line that is only the beginning of an entry does not count: a writer came to its end in it.
"""

from __future__ import annotations

import functools
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline._memory import without_collector
from timeline._terminal import printable
from timeline.errors import HistoryError, ModelError, quoted
from timeline.history._diff import Diff, diff
from timeline.history._entry import (
    ENTRY_START,
    LEDGER_VERSION,
    State,
    diff_of,
    digest,
    first_diff,
    is_whole,
    read_line,
    recorded_text,
    write_entry,
)
from timeline.history._lock import check_regular, locked
from timeline.model import Basis
from timeline.when import Grain, When, as_moment

if TYPE_CHECKING:
    from typing import NoReturn

    from timeline.model import Revision, Timeline
    from timeline.when import Moment

__all__ = ["LEDGER_VERSION", "Entry", "Ledger", "record"]


@attrs.frozen(kw_only=True)
class Entry:
    """What was recorded at one moment.

    Attributes:
        timeline: The id of the timeline.
        recorded: When it was recorded, in UTC.
        note: The editor's words.
        line: The line of the ledger, counted from 1.
        diff: What changed; of the first entry, all that there was.
    """

    timeline: str
    recorded: datetime
    note: str | None = None
    line: int
    diff: Diff

    @property
    def recorded_text(self) -> str:
        """When it was recorded, as the ledger has it: ``2024-12-28T10:00:00Z``."""
        return recorded_text(self.recorded)

    @property
    def is_first(self) -> bool:
        """Whether it is the first entry, with all that there was."""
        return self.line == 1

    @property
    def summary(self) -> str:
        """How much changed: ``1 event added, 2 changed``."""
        if self.is_first:
            events, sources = len(self.diff.added), len(self.diff.sources_added)
            return (
                f"recorded for the first time: {events:,} event{'' if events == 1 else 's'}, "
                f"{sources:,} source{'' if sources == 1 else 's'}"
            )
        return self.diff.summary if self.diff else "nothing changed"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changed, in plain English; of the first entry only how much there was."""
        return (self.summary,) if self.is_first else self.diff.sentences


@attrs.frozen(kw_only=True)
class Ledger:
    """A record of what was known when.

    Attributes:
        path: The file, for messages.
        entries: The entries, the oldest first.
    """

    path: str
    entries: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Ledger:
        """Read a ledger.

        Raises:
            HistoryError: A line is not an entry, does not follow from the one before, or holds a
                document with faults; the message says which line.
            OSError: The file cannot be read.
        """
        with without_collector(), Path(path).open("rb") as file:
            check_regular(os.fspath(path), file.fileno())
            return _parse(file.read(), os.fspath(path)).ledger

    @functools.cached_property
    def timeline(self) -> Timeline | None:
        """The timeline as it was recorded last; None if nothing was.

        Raises:
            HistoryError: Its parts contradict each other.
        """
        return self._after(len(self.entries))

    def at(self, moment: Moment) -> Timeline | None:
        """The timeline as it was recorded by a moment; None if nothing was.

        Args:
            moment: The moment; a day means the end of that day, in UTC.

        Raises:
            WhenError: It is not a moment.
            HistoryError: The parts that were recorded contradict each other.
        """
        limit = as_moment(moment)
        if _is_day(moment):
            limit = limit.replace(hour=23, minute=59, second=59)
        count = sum(entry.recorded <= limit for entry in self.entries)
        return self.timeline if count == len(self.entries) else self._after(count)

    def as_of(self, day: Moment, *, possibly: bool = False, by: Basis | str = Basis.KNOWN) -> Timeline | None:
        """The timeline as it was recorded by a moment, and of that what was known; None if nothing was.

        What was recorded later is not in it, nor what its claims say of later: see `Timeline.as_of`.

        Args:
            day: The day; of a moment, what was recorded by then and known by the end of its day.
            possibly: As for `Timeline.as_of`.
            by: As for `Timeline.as_of`.

        Raises:
            WhenError: It is not a moment.
            HistoryError: The parts that were recorded contradict each other.
        """
        recorded = self.at(day)
        return None if recorded is None else recorded.as_of(day, possibly=possibly, by=by)

    def revisions(self, timeline: Timeline, *, now: Moment) -> dict[str, Revision]:
        """How often each event was revised, by its id, and when last.

        An event is revised with what it names: a source, or the title of another event. One that
        was removed and comes back counts on.

        Args:
            timeline: The timeline as it is now; what was not recorded of it yet counts as revised now.
            now: The moment of that.

        Raises:
            WhenError: It is not a moment.
            HistoryError: The ledger is of another timeline.
        """
        from timeline.history._revisions import revisions  # noqa: PLC0415 - few ask for them

        last = self.timeline
        if last is not None and last.id != timeline.id:
            message = f"{self.path}: found a ledger of {quoted(last.id)}, expected one of {quoted(timeline.id)}"
            raise HistoryError(message)
        recorded = ((entry.diff, entry.recorded) for entry in self.entries)
        return revisions(recorded, last, timeline, as_moment(now))

    def _after(self, count: int) -> Timeline | None:
        """The timeline after the first entries."""
        if not count:
            return None
        state = State()
        for entry in self.entries[:count]:
            state.advance(entry.diff)
        return _timeline(state, self.path, self.entries[count - 1].line)


@attrs.frozen(kw_only=True)
class _Parsed:
    """A ledger, and what the next entry needs of it."""

    ledger: Ledger
    state: State
    end: int
    """Where its last entry ends."""
    previous: str | None


def record(timeline: Timeline, path: str | os.PathLike[str], *, now: Moment, note: str | None = None) -> Entry | None:
    """Append to a ledger what changed since its last entry; the file is made if need be.

    The entry is one line, written at once and put on the disk before this returns; other
    writers wait. A line that another writer did not end is cut off.

    Args:
        timeline: The timeline as it is now.
        path: The ledger.
        now: The moment to record; a day stands for its beginning, in UTC.
        note: The editor's words, such as "correction: the day was wrong".

    Returns:
        The entry; None if nothing changed and there is no note, and so nothing was written.

    Raises:
        HistoryError: The file is no ledger, or of another timeline, or its last entry is later than ``now``.
        WhenError: ``now`` is not a moment.
        OSError: The file cannot be read or written.
    """
    moment = as_moment(now)
    note = note or None
    if note is not None and any("\ud800" <= char <= "\udfff" for char in note):
        message = "note: found half a surrogate pair, expected Unicode text"
        raise HistoryError(message)
    name = os.fspath(path)
    with locked(name) as handle, without_collector():
        data = _read_all(handle)
        parsed = _parse(data, name)
        change = _change(timeline, parsed, moment)
        if not change and note is None:
            return None
        line = write_entry(change, timeline=timeline.id, recorded=moment, note=note, previous=parsed.previous)
        is_ended = data[: parsed.end].endswith(b"\n") or not parsed.end
        _append(handle, parsed.end, (b"" if is_ended else b"\n") + line + b"\n")
        number = len(parsed.ledger.entries) + 1
    return Entry(timeline=timeline.id, recorded=moment, note=note, line=number, diff=change)


def _change(timeline: Timeline, parsed: _Parsed, moment: datetime) -> Diff:
    """What changed since the last entry, if there may be a next one."""
    if not parsed.ledger.entries:
        return first_diff(timeline)
    last = parsed.ledger.entries[-1]
    place = f"{printable(parsed.ledger.path)}:{last.line}"
    if timeline.id != last.timeline:
        message = (
            f"{place}: found a ledger of the timeline {quoted(last.timeline)}, expected one of {quoted(timeline.id)}"
        )
        raise HistoryError(message)
    if moment < last.recorded:
        expected = f"none after {recorded_text(moment)}, the moment to record"
        message = f"{place}: found an entry of {last.recorded_text}, expected {expected}"
        raise HistoryError(message)
    return diff(_timeline(parsed.state, parsed.ledger.path, last.line), timeline)


def _parse(data: bytes, path: str) -> _Parsed:
    """Read the complete lines of a ledger."""
    end = _end_of_entries(data, path)
    state = State()
    entries: list[Entry] = []
    previous: str | None = None
    for number, text in enumerate(data[:end].removesuffix(b"\n").split(b"\n") if end else (), start=1):
        fail = functools.partial(_fail, path, number)
        line = read_line(text, fail)
        if line.previous != previous:
            found = "no key 'previous'" if line.previous is None else f"previous {quoted(line.previous)}"
            expected = "none on the first line" if previous is None else f"{previous}, the SHA-256 of the line before"
            fail(found, expected)
        if entries and line.timeline != entries[0].timeline:
            fail(f"the timeline {quoted(line.timeline)}", f"{quoted(entries[0].timeline)}, as on the first line")
        if entries and line.recorded < entries[-1].recorded:
            fail(f"recorded {recorded_text(line.recorded)}", f"no earlier than {entries[-1].recorded_text}")
        change = diff_of(line, state, fail)
        try:
            state.advance(change)
        except HistoryError as error:
            message = f"{printable(path)}:{number}: {error}"
            raise HistoryError(message) from None
        entries.append(Entry(timeline=line.timeline, recorded=line.recorded, note=line.note, line=number, diff=change))
        previous = digest(text)
    return _Parsed(ledger=Ledger(path=path, entries=tuple(entries)), state=state, end=end, previous=previous)


def _end_of_entries(data: bytes, path: str) -> int:
    """Where the last entry ends.

    A line that is not ended may be what a crash left of an entry, which does not count; or an entry
    of which an editor took the end of the line, which does. Anything else is no ledger, and is not ours to cut.

    Raises:
        HistoryError: What stands at the end is no beginning of an entry.
    """
    end = data.rfind(b"\n") + 1
    tail = data[end:]
    if not tail:
        return end
    if not (tail.startswith(ENTRY_START) or ENTRY_START.startswith(tail)):
        line = data.count(b"\n") + 1
        _fail(path, line, "text that is no entry", "a ledger, as `timeline record` writes it")
    return len(data) if is_whole(tail) else end


def _fail(path: str, line: int, found: str, expected: str) -> NoReturn:
    message = f"{printable(path)}:{line}: found {printable(found)}, expected {printable(expected)}"
    raise HistoryError(message) from None


def _timeline(state: State, path: str, line: int) -> Timeline:
    """The timeline of a state, or the fault and the line after which it is there."""
    try:
        return state.timeline()
    except ModelError as error:
        message = f"{printable(path)}:{line}: {printable(str(error))}"
        raise HistoryError(message) from error


def _is_day(moment: Moment) -> bool:
    """Whether a moment is given as a day."""
    if isinstance(moment, When):
        return moment.grains == {Grain.DAY}
    if isinstance(moment, str):
        return len(moment) == len("2024-12-28")
    return not isinstance(moment, datetime)


def _read_all(handle: int) -> bytes:
    with os.fdopen(handle, "rb", closefd=False) as file:
        return file.read()


def _append(handle: int, end: int, line: bytes) -> None:
    """Write a line after the last entry and put it on the disk; all of it or nothing."""
    try:
        os.ftruncate(handle, end)
        os.lseek(handle, end, os.SEEK_SET)
        left = memoryview(line)
        while left:  # one write does it, unless a line has gigabytes
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except BaseException:
        os.ftruncate(handle, end)
        raise
