"""Lines of a ledger: a change as values of the document, and back."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import attrs

from timeline import document
from timeline.errors import DocumentError, ModelError, WhenError, path_text, quoted
from timeline.history._diff import HEADER, Diff, EventChange, SourceChange, header_changes, ordered
from timeline.history._values import sources_value, value_of
from timeline.model import Event, Source, Timeline
from timeline.when import as_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from typing import NoReturn

    # Raises the error of what was found and expected, with file and line.
    Fail = Callable[[str, str], NoReturn]

LEDGER_VERSION = 1
"""The version of the ledger, the value of the key ``ledger`` of its entries."""

ENTRY_START = b'{"ledger":'
"""What every entry begins with."""

_KEYS = ("ledger", "timeline", "recorded", "note", "previous", "header", "sources", "events")
_PART_KEYS = ("set", "removed", "order")


@attrs.define
class State:
    """A timeline in the making, of one entry after another."""

    header: dict[str, Any] = attrs.field(factory=dict)
    """The fields of the timeline itself, as values of the document."""
    values: dict[str, Any] = attrs.field(factory=dict)
    """The same, as the model has them."""
    sources: dict[str, Source] = attrs.field(factory=dict)
    events: dict[str, Event] = attrs.field(factory=dict)

    def advance(self, diff: Diff) -> None:
        """Take over what changed.

        Raises:
            HistoryError: An order does not name what is there.
        """
        for change in diff.header:
            name = str(change.path[0])
            self.values[name] = change.after
            self.header[name] = value_of(change.after)
        for source in diff.sources_removed:
            del self.sources[source.id]
        for source in (*(change.after for change in diff.sources_changed), *diff.sources_added):
            self.sources[source.id] = source
        if diff.sources_order is not None:
            self.sources = ordered("source", self.sources, diff.sources_order)
        for event in diff.removed:
            del self.events[event.id]
        for event in (*(change.after for change in diff.changed), *diff.added):
            self.events[event.id] = event
        if diff.order is not None:
            self.events = ordered("event", self.events, diff.order)

    def timeline(self) -> Timeline:
        """The timeline.

        Raises:
            ModelError: Its parts contradict each other.
        """
        return Timeline(**self.values, sources=tuple(self.sources.values()), events=tuple(self.events.values()))


def first_diff(timeline: Timeline) -> Diff:
    """All of a timeline, as what changed from nothing."""
    return Diff(header=header_changes({}, timeline), sources_added=timeline.sources, added=timeline.events)


def digest(line: bytes) -> str:
    """What the next entry says of a line: the SHA-256 of it, without its end, in hexadecimal."""
    return hashlib.sha256(line).hexdigest()


def recorded_text(moment: datetime) -> str:
    """A moment as entries have it: ``2024-12-28T10:00:00Z``."""
    return f"{moment.isoformat().removesuffix('+00:00')}Z"


def write_entry(diff: Diff, *, timeline: str, recorded: datetime, note: str | None, previous: str | None) -> bytes:
    """The line of an entry, without its end."""
    entry: dict[str, Any] = {"ledger": LEDGER_VERSION, "timeline": timeline, "recorded": recorded_text(recorded)}
    if note is not None:
        entry["note"] = note
    if previous is not None:
        entry["previous"] = previous
    header = {change.name: value_of(change.after) for change in diff.header if change.path != ("id",)}
    sources = _part(
        sources_value((*(change.after for change in diff.sources_changed), *diff.sources_added)),
        diff.sources_removed,
        diff.sources_order,
    )
    events = _part(
        [document.event(event) for event in (*(change.after for change in diff.changed), *diff.added)],
        diff.removed,
        diff.order,
    )
    entry |= {key: value for key, value in (("header", header), ("sources", sources), ("events", events)) if value}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


def _part(set_: Any, removed: Iterable[Source | Event], order: tuple[str, ...] | None) -> dict[str, Any]:
    part = {"set": set_, "removed": [item.id for item in removed]}
    return {key: value for key, value in part.items() if value} | ({} if order is None else {"order": list(order)})


@attrs.frozen(kw_only=True)
class Line:
    """A line of a ledger, read as far as it can be without those before it.

    Attributes:
        timeline: The id of the timeline.
        recorded: When it was recorded.
        note: The editor's words.
        previous: The digest of the line before.
        tree: The whole entry.
    """

    timeline: str
    recorded: datetime
    note: str | None
    previous: str | None
    tree: dict[str, Any]


def read_line(line: bytes, fail: Fail) -> Line:
    """Read a line.

    Args:
        line: The line, without its end.
        fail: Raises the error of what was found and expected.

    Raises:
        HistoryError: It is not an entry.
    """
    tree = _parsed(line, fail)
    version = tree.get("ledger")
    if isinstance(version, bool) or version != LEDGER_VERSION:
        fail(_found(tree, "ledger"), f"{LEDGER_VERSION}, the version of the ledger")
    for key in tree:
        if key not in _KEYS:
            fail(f"unknown key {quoted(key)}", f"one of: {', '.join(_KEYS)}")
    for key, needed in (("timeline", True), ("recorded", True), ("note", False), ("previous", False)):
        if not isinstance(tree.get(key), str) and (needed or key in tree):
            fail(_found(tree, key), "text")
    for key in ("header", "sources", "events"):
        if not isinstance(tree.get(key, {}), dict):
            fail(_found(tree, key), "a mapping")
    for key, kind in (("sources", dict), ("events", list)):
        _check_part(tree.get(key, {}), key, kind, fail)
    try:
        moment = as_moment(tree["recorded"])
    except WhenError as error:
        fail(f"key 'recorded' with {error.found}", error.expected)
    return Line(
        timeline=tree["timeline"],
        recorded=moment,
        note=tree.get("note") or None,
        previous=tree.get("previous"),
        tree=tree,
    )


def is_whole(line: bytes) -> bool:
    """Whether a line that begins as an entry is whole: cut short, no text in JSON is one."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed(line: bytes, fail: Fail) -> dict[str, Any]:
    try:
        tree = json.loads(line.decode())
    except UnicodeDecodeError as error:
        fail(f"byte 0x{line[error.start]:02x}, which is not UTF-8", "an entry in JSON")
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        fail(f"no JSON ({reason})", "an entry in JSON")
    if not isinstance(tree, dict):
        fail("JSON that is not an object", "an entry, an object")
    return tree


def _check_part(part: dict[str, Any], name: str, kind: type, fail: Fail) -> None:
    for key, value in part.items():
        if key not in _PART_KEYS:
            fail(f"unknown key {quoted(f'{name}.{key}')}", f"one of: {', '.join(_PART_KEYS)}")
        if key == "set" and not isinstance(value, kind):
            fail(f"{name}.{key} of another type", "an object" if kind is dict else "a list")
        if key != "set" and not (isinstance(value, list) and all(isinstance(id, str) for id in value)):
            fail(f"{name}.{key} that is no list of texts", "a list of ids")


def _found(tree: dict[str, Any], key: str) -> str:
    if key not in tree:
        return f"no key {key!r}"
    return f"key {key!r} with {quoted(json.dumps(tree[key], ensure_ascii=False))}"


def diff_of(line: Line, state: State, fail: Fail) -> Diff:
    """What an entry changes of what there was.

    Only what it holds is read as a document; the records of earlier entries are there.

    Args:
        line: The entry.
        state: The timeline before it.
        fail: Raises the error of what was found and expected.

    Raises:
        HistoryError: The document has faults, or the entry does not fit what was before it.
    """
    tree = line.tree
    sources, events = tree.get("sources", {}), tree.get("events", {})
    header = {**state.header, "id": line.timeline, **tree.get("header", {})}
    part = _read(header, sources.get("set", {}), events.get("set", []), state.sources, fail)
    if part.id != line.timeline:
        fail(f"the id {quoted(part.id)} in its header", f"{quoted(line.timeline)}, the id of its timeline")
    set_sources = [source for source in part.sources if source.id in sources.get("set", {})]
    sources_removed = _removed("source", sources, state.sources, fail)
    events_removed = _removed("event", events, state.events, fail)
    diff = Diff(
        header=header_changes(state.values, part),
        sources_added=tuple(source for source in set_sources if source.id not in state.sources),
        sources_removed=sources_removed,
        sources_changed=tuple(
            SourceChange(before=state.sources[source.id], after=source)
            for source in set_sources
            if source.id in state.sources and state.sources[source.id] != source
        ),
        sources_order=_order(sources),
        added=tuple(event for event in part.events if event.id not in state.events),
        removed=events_removed,
        changed=tuple(
            EventChange(before=state.events[event.id], after=event)
            for event in part.events
            if event.id in state.events and state.events[event.id] != event
        ),
        order=_order(events),
    )
    for removed, given in ((sources_removed, sources.get("set", {})), (events_removed, part.events)):
        ids = {item if isinstance(item, str) else item.id for item in given}
        for item in removed:
            if item.id in ids:
                fail(f"{quoted(item.id)} both set and removed", "one of the two")
    return diff


def _read(
    header: dict[str, Any], sources: dict[str, Any], events: list[Any], known: dict[str, Source], fail: Fail
) -> Timeline:
    """The parts that an entry holds, as a timeline with the sources that they name."""
    for key in header:
        if key not in HEADER:
            fail(f"unknown key {quoted(f'header.{key}')}", f"one of: {', '.join(HEADER[1:])}")
    # Sources that were there before need not be read again: their ids are enough.
    named: dict[str, Any] = {id: {} for id in _named(events) if id in known and id not in sources}
    tree = {document.VERSION_KEY: document.VERSION, **header, "sources": {**named, **sources}, "events": events}
    try:
        return document.read(tree)
    except DocumentError as error:
        faults = [
            f"{f'{path_text(fault.path)} with ' if fault.path else ''}{fault.found}, expected {fault.expected}"
            for fault in error.faults
        ]
        found, _, expected = faults[0].rpartition(", expected ")
        more = len(faults) - 1
        fail(found, expected + (f" (and {more:,} more fault{'' if more == 1 else 's'})" if more else ""))
    except ModelError as error:
        fail(f"{path_text(error.path)} with {error.found}", error.expected)


def _named(events: list[Any]) -> set[str]:
    """The ids of the sources that the mappings of events name."""
    mappings = [event for event in events if isinstance(event, dict)]
    records = [event["outcome"] for event in mappings if isinstance(event.get("outcome"), dict)]
    for event in mappings:
        if isinstance(event.get("claims"), list):
            records += [claim for claim in event["claims"] if isinstance(claim, dict)]
    return {record["source"] for record in records if isinstance(record.get("source"), str)}


def _removed(noun: str, part: dict[str, Any], known: dict[str, Any], fail: Fail) -> tuple[Any, ...]:
    ids = part.get("removed", [])
    for id in ids:
        if id not in known:
            fail(f"the {noun} {quoted(id)} removed", f"the id of a {noun} that was there")
    if len(set(ids)) != len(ids):
        fail(f"the {noun}s removed to name one twice", "each id once")
    return tuple(known[id] for id in ids)


def _order(part: dict[str, Any]) -> tuple[str, ...] | None:
    return tuple(part["order"]) if "order" in part else None
