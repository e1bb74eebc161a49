"""Writes the document of a timeline as plain dicts, lists and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from timeline.document._keys import VERSION, VERSION_KEY, Shape, keys

if TYPE_CHECKING:
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
    for key in keys(kind).values():
        value = getattr(record, key.field.name)
        if value is None or value == () or (key.shape is Shape.FLAG and value == key.field.default):
            continue
        if key.shape is Shape.DATE or key.shape is Shape.WORD:
            value = str(value)
        elif key.shape is Shape.DATES:
            value = list(map(str, value))
        elif key.shape is Shape.TEXTS:
            value = list(value)
        elif key.shape is Shape.RECORD:
            value = _written(value)
        elif key.shape is Shape.RECORDS:
            value = [_written(item) for item in value]
        elif key.shape is Shape.NAMED_RECORDS:
            value = [item["name"] if len(item) == 1 else item for item in map(_written, value)]
        elif key.shape is Shape.RECORD_MAP:
            value = {item.id: {k: v for k, v in _written(item).items() if k != "id"} for item in value}
        written[key.name] = value
    return written
