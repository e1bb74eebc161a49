"""Puts a text into every field of the model: those that are added later, too."""

from __future__ import annotations

import functools
from typing import Any

from timeline.document import RECORDS, Key, Shape, keys
from timeline.errors import ModelError
from timeline.model import Modality, Outcome, Result, Timeline

# Both sides of the moment at which samples are exported.
_PAST = "2024-08-06"
_FUTURE = "2025-08-06"
# An event of each modality that nobody decided, then one of each result.
_EVENTS = len(Modality) + len(Result)


@functools.cache
def text_fields() -> tuple[str, ...]:
    """The fields of the model that take any text, such as ``Event.title``: those that `everywhere` fills.

    The others have a grammar of their own, and refuse it: ids, dates, languages, durations, rules.
    """
    return tuple(
        f"{record.__name__}.{key.name}"
        for record in RECORDS
        for key in keys(record).values()
        if _takes_any(record, key)
    )


def everywhere(text: str) -> Timeline:
    """A timeline with a text in every field that takes any.

    It has events of every modality and result, some of them before `NOW` and some after.

    Args:
        text: The text.

    Raises:
        ModelError: It is none that a title may be.
    """
    timeline = _made(Timeline, text, 0)
    assert isinstance(timeline, Timeline)
    return timeline


@functools.cache
def _takes_any(record: type, key: Key) -> bool:
    if key.shape not in (Shape.TEXT, Shape.TEXTS):
        return False
    needed = {name: _needed(other) for name, other in keys(record).items() if other.required}
    text = "<any text>"
    try:
        record(**{**needed, key.name: text if key.shape is Shape.TEXT else [text]})
    except ModelError:
        return False
    return True


@functools.cache
def _holds_text(record: type) -> bool:
    return any(
        _takes_any(record, key) or (key.record is not None and _holds_text(key.record)) for key in keys(record).values()
    )


def _needed(key: Key, number: int = 0) -> str:
    """A value for a field that may not be missing."""
    if key.shape is Shape.WORD:
        return key.words[number % len(key.words)]
    # Whatever names a source names the first.
    return _PAST if key.shape is Shape.DATE else f"x{number if key.name == 'id' else 0}"


def _made(record: type, text: str, number: int) -> Any:
    values = {name: _value(record, key, text, number) for name, key in keys(record).items()}
    return record(**{name: value for name, value in values.items() if value is not None})


def _value(record: type, key: Key, text: str, number: int) -> Any:
    """What a field holds; None where it may be left out, and would say nothing."""
    if key.record is not None:
        return _records(key, key.record, text, number)
    if key.shape is Shape.FLAG:
        return number % 2 == 0
    if key.shape is Shape.DATE and key.name == "when":
        return _FUTURE if number // 2 % 2 else _PAST
    if _takes_any(record, key):
        return text if key.shape is Shape.TEXT else [text]
    return _needed(key, number) if key.required or key.shape in (Shape.WORD, Shape.DATE) else None


def _records(key: Key, record: type, text: str, number: int) -> Any:
    if not _holds_text(record) or (record is Outcome and number < len(Modality)):
        return None
    if key.shape is Shape.RECORD:
        return _made(record, text, number)
    count = _EVENTS if key.name == "events" else 1
    return [_made(record, text, number + item) for item in range(count)]
