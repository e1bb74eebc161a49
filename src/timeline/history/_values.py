"""Parts of a timeline as values of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline import document
from timeline.model import Claim, Event, Media, Outcome, Recurrence, Source, Speaker, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS = (Claim, Speaker, Media, Outcome, Recurrence)
_NAMES = {Media: "media", Outcome: "outcome", Recurrence: "repeats"}


def sources_value(sources: Iterable[Source]) -> dict[str, Any]:
    """Sources as the mapping of ids to mappings that the document has."""
    value: dict[str, Any] = document.header(Timeline(id="t", title="t", sources=tuple(sources))).get("sources", {})
    return value


def value_of(value: Any) -> Any:
    """The value of a field, as the document has it; None stands for no value."""
    if isinstance(value, tuple):
        return [value_of(item) for item in value]
    if isinstance(value, Event):
        return document.event(value)
    if isinstance(value, Source):
        return {"id": value.id, **sources_value([value])[value.id]}
    if isinstance(value, _PARTS):
        return _part_value(value)
    return value if value is None or isinstance(value, int) else str(value)


def _part_value(value: Claim | Speaker | Media | Outcome | Recurrence) -> Any:
    """A record that stands in another, taken out of one that holds nothing else."""
    if isinstance(value, Speaker):
        return _part_value(Claim(source="s", speakers=[value]))["speakers"][0]
    if isinstance(value, Claim):
        return document.event(Event(id="e", title="e", claims=[value]))["claims"][0]
    name = _NAMES[type(value)]
    return document.event(Event(id="e", title="e", **{name: value}))[name]  # type: ignore[arg-type] # one of them
