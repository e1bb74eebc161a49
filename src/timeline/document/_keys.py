"""The keys of the document: the fields of the model, so there is one list of them."""

from __future__ import annotations

import functools
import types
import typing
from enum import StrEnum
from typing import Any

import attrs

from timeline.model import Claim, Event, Media, Outcome, Recurrence, Source, Speaker, Timeline
from timeline.when import When

VERSION = 1
"""The version of the document, the value of its key ``timeline``."""
VERSION_KEY = "timeline"

RECORDS = (Timeline, Source, Event, Recurrence, Media, Outcome, Claim, Speaker)
"""The classes of the model that the document has mappings for."""


class Shape(StrEnum):
    """What the value of a key looks like."""

    TEXT = "text"
    DATE = "date"
    DATES = "list of dates"
    WORD = "word"
    FLAG = "true or false"
    TEXTS = "list of texts"
    RECORD = "mapping"
    RECORDS = "list of mappings"
    NAMED_RECORDS = "list of names or mappings"
    RECORD_MAP = "mapping of ids to mappings"


@attrs.frozen(kw_only=True)
class Key:
    """A key of a mapping in the document.

    Attributes:
        name: The key.
        shape: What its value looks like.
        required: Whether it must be there.
        record: For the mapping shapes, the class of the model they hold.
        words: For `Shape.WORD`, the words it may be.
        field: The field of the model.
    """

    name: str
    shape: Shape
    required: bool
    record: type | None
    words: tuple[str, ...]
    field: attrs.Attribute[Any]


# Sources are found by their ids, and most speakers are a name and no more.
_LISTS = {Source: Shape.RECORD_MAP, Speaker: Shape.NAMED_RECORDS}


@functools.cache
def keys(record: type) -> dict[str, Key]:
    """The keys of a mapping that holds a class of the model, in their order."""
    hints = typing.get_type_hints(record)
    return {key.name: key for key in (_key(field, hints[field.name]) for field in attrs.fields(record))}


def _key(field: attrs.Attribute[Any], hint: Any) -> Key:
    """Derive a key from a field of the model and its type."""
    if isinstance(hint, types.UnionType):
        hint = next(option for option in typing.get_args(hint) if option is not type(None))
    inner: Any = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None
    record: type | None = None
    words: tuple[str, ...] = ()
    if hint is When:
        shape = Shape.DATE
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        shape, words = Shape.WORD, tuple(hint)
    elif hint is bool:
        shape = Shape.FLAG
    elif inner is When:
        shape = Shape.DATES
    elif inner is str:
        shape = Shape.TEXTS
    elif inner is not None:
        shape, record = _LISTS.get(inner, Shape.RECORDS), inner
    elif attrs.has(hint):
        shape, record = Shape.RECORD, hint
    else:
        shape = Shape.TEXT
    return Key(
        # What the constructor calls it: `Event.own_when` is given as ``when``.
        name=field.alias or field.name,
        shape=shape,
        required=field.default is attrs.NOTHING,
        record=record,
        words=words,
        field=field,
    )
