"""Which revision of an entry it is: SEQUENCE, DTSTAMP and LAST-MODIFIED, and what of the last export still holds.

Evolution takes an edit over only if one of the three grew, Google asks for SEQUENCE, and one that
did not change has to keep its bytes, or every entry would be new every time.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from timeline.errors import OptionError, quoted
from timeline_ical._contentlines import unfold
from timeline_ical._dates import exact_day, time_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn

    from timeline.formats import ExportContext
    from timeline.model import Event, Revision, Timeline

_ENTRY = re.compile(
    rb"^BEGIN:(VEVENT|VTODO|VJOURNAL)\r\n(UID:(?:[^\r]|\r\n )*)\r\n"
    rb"DTSTAMP:(\d{8}T\d{6}Z)\r\nLAST-MODIFIED:(?:\d{8}T\d{6}Z)\r\nSEQUENCE:(\d{1,9})\r\n",
    re.MULTILINE,
)
_BEGIN = re.compile(rb"^BEGIN:V(?:EVENT|TODO|JOURNAL)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
# DTSTAMP is required; where nothing tells when an event was last revised, this is at least no reason to load it anew.
_UNKNOWN = "19700101T000000Z"


class Revisions:
    """Says which revision of an entry it is."""

    def __init__(self, timeline: Timeline, ctx: ExportContext) -> None:
        """Read the last export, if there is one.

        Raises:
            OptionError: It is none of this timeline, or not as it was written.
        """
        self._data = ctx.previous or b""
        self._written = _read(ctx.previous, timeline.id) if ctx.previous else None
        # An empty one is what there was before the first.
        self._is_followed = ctx.previous is not None
        self._recorded: Mapping[str, Revision] | None = ctx.revisions
        self._now = time_text(ctx.now.replace(microsecond=0))
        updated = exact_day(timeline.updated)
        self._updated = None if updated is None else _midnight(updated.toordinal())
        self._published = {source.id: source.published for source in timeline.sources}
        # What is the same for all entries is made once.
        self._same = _lines(0, self._updated) if self._updated and not self._written and not ctx.revisions else None

    @property
    def is_known(self) -> bool:
        """Whether anything tells when events were revised."""
        return self._is_followed or self._recorded is not None or self._updated is not None

    @property
    def last(self) -> str | None:
        """When the calendar was revised, as far as that is known before its entries are written."""
        if self._recorded:
            return time_text(max(revision.recorded for revision in self._recorded.values()))
        return self._updated

    def entry(self, event: Event, kind: bytes, uid: bytes, body: bytes) -> bytes:
        """An entry of its parts, with what tells its revision between them.

        Args:
            event: The event.
            kind: ``VEVENT`` and the like.
            uid: The line with the UID, without its end.
            body: All other lines, up to END.
        """
        lines = self._same or _lines(*self._revision(event, uid, body))
        return b"BEGIN:%b\r\n%b\r\n%b%b" % (kind, uid, lines, body)

    def _revision(self, event: Event, uid: bytes, body: bytes) -> tuple[int, str]:
        if self._written is not None:
            at = self._written.get(uid)
            before = None if at is None else _ENTRY.match(self._data, at)
            if before is None:
                return 0, self._now
            sequence, stamp = int(before[4]), before[3].decode()
            # The last line of a body tells the kind of entry.
            if self._data.startswith(body, before.end()):
                return sequence, stamp
            return sequence + 1, self._now if self._now > stamp else _second_after(stamp)
        if self._recorded is not None:
            recorded = self._recorded[event.id]
            return recorded.number, time_text(recorded.recorded)
        return 0, self._updated or self._stated(event)

    def _stated(self, event: Event) -> str:
        """The last day that is stated of what is said of an event."""
        days = [event.outcome.decided] if event.outcome else []
        for claim in event.claims:
            days += filter(None, (claim.recorded, claim.said or self._published.get(claim.source)))
        exact = [day.toordinal() for day in map(exact_day, days) if day is not None]
        return _midnight(max(exact)) if exact else _UNKNOWN


def _lines(sequence: int, stamp: str) -> bytes:
    return f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{sequence}\r\n".encode()


def _midnight(day: int) -> str:
    return time_text(datetime.combine(datetime.fromordinal(day), time(), UTC))


def _second_after(stamp: str) -> str:
    return time_text(datetime.fromisoformat(stamp).replace(tzinfo=UTC) + timedelta(seconds=1))


def _is_moment(stamp: str) -> bool:
    """Whether there is such a moment, and one after it."""
    try:
        return datetime.fromisoformat(stamp).year < MAXYEAR
    except ValueError:
        return False


def _read(data: bytes, timeline: str) -> dict[bytes, int]:
    """Where the entries of the last export begin, by the line with their UID."""
    written: dict[bytes, int] = {}
    end = 0
    for match in _ENTRY.finditer(data):
        if not data.endswith(b"\r\n", 0, match.start()) or not _is_moment(match[3].decode()):
            end = -1
            break
        # At the beginning of a line: a text may hold the same, and be folded behind it.
        end = data.find(b"\r\nEND:%b\r\n" % match[1], match.end(), _next(data, match.end()))
        if end < 0:
            break
        (line,) = unfold(match[2])
        owner = line.data.rpartition(b"@")[2].decode(errors="replace")
        if owner != timeline:
            _refuse(f"an entry of the timeline {quoted(owner)}", timeline)
        written[match[2]] = match.start()
    if not data.startswith(b"BEGIN:VCALENDAR\r\n"):
        _refuse("no calendar", timeline)
    if not data.endswith(b"\r\nEND:VCALENDAR\r\n"):
        _refuse("a calendar that is cut off, or has other line ends,", timeline)
    if end < 0 or len(written) != len(_BEGIN.findall(data)):
        _refuse("entries that were not written so", timeline)
    return written


def _next(data: bytes, start: int) -> int:
    """Where the next entry begins, or the calendar ends."""
    found = _BEGIN.search(data, start)
    return found.start() if found else len(data)


def _refuse(what: str, timeline: str) -> NoReturn:
    expected = f"a calendar of the timeline {quoted(timeline)}, unchanged as it was written"
    message = f"found {what} in the previous export, expected {expected}"
    raise OptionError(message)
