"""Writes the document of a timeline as plain dicts, lists and texts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import attrs

from timeline.document._keys import VERSION, VERSION_KEY, Shape, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from timeline.document._keys import Key
    from timeline.model import Event, Timeline


def header(timeline: Timeline) -> dict[str, Any]:
    """The document of a timeline without its events."""
    return {VERSION_KEY: VERSION, **_written(attrs.evolve(timeline, events=()))}


def event(event: Event) -> dict[str, Any]:
    """The mapping of an event, as it stands in the list of events."""
    return _written(event)


def write(timeline: Timeline) -> dict[str, Any]:
    """The whole document of a timeline: `read` of it gives an equal timeline."""
    return {**header(timeline), "events": [event(each) for each in timeline.events]}


def _written(record: Any) -> dict[str, Any]:
    """An object of the model as a mapping; what is absent has no key."""
    written: dict[str, Any] = {}
    kind: type = type(record)
    for name, attribute, write_value in _plan(kind):
        value = getattr(record, attribute)
        # Not compared with (): what a date is equal to takes long to find out.
        if value is None or (value.__class__ is tuple and not value):
            continue
        if write_value is None:
            written[name] = value
        elif (made := write_value(value)) is not None:
            written[name] = made
    return written


@functools.cache
def _plan(record: type) -> tuple[tuple[str, str, Callable[[Any], Any] | None], ...]:
    """Key, attribute and how its value is written, None for as it is, of each field of a class of the model."""
    return tuple((key.name, key.field.name, _how(key)) for key in keys(record).values())


def _how(key: Key) -> Callable[[Any], Any] | None:
    if key.shape is Shape.FLAG:
        return lambda value: None if value == key.field.default else value
    return _WRITERS.get(key.shape)


def _named(items: Iterable[Any]) -> list[Any]:
    """Records, of which one that has a name and no more is that name."""
    return [item["name"] if len(item) == 1 else item for item in map(_written, items)]


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    return {item.id: {key: value for key, value in _written(item).items() if key != "id"} for item in items}


_WRITERS: dict[Shape, Callable[[Any], Any]] = {
    Shape.DATE: str,
    Shape.WORD: str,
    Shape.DATES: lambda value: list(map(str, value)),
    Shape.TEXTS: list,
    Shape.RECORD: _written,
    Shape.RECORDS: lambda value: list(map(_written, value)),
    Shape.NAMED_RECORDS: _named,
    Shape.RECORD_MAP: _by_id,
}
