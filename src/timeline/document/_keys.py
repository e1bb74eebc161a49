"""The keys of the document: the fields of the model, so there is one list of them."""

from __future__ import annotations

import functools
import types
import typing
from enum import StrEnum
from typing import Any

import attrs

from timeline.model import Claim, Event, Media, Modality, Source, Timeline
from timeline.when import When

VERSION = 1
"""The version of the document, the value of its key ``timeline``."""
VERSION_KEY = "timeline"

RECORDS = (Timeline, Source, Event, Media, Claim)
"""The classes of the model that the document has mappings for."""


class Shape(StrEnum):
    """What the value of a key looks like."""

    TEXT = "text"
    DATE = "date"
    WORD = "word"
    TEXTS = "list of texts"
    RECORD = "mapping"
    RECORDS = "list of mappings"
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


@functools.cache
def keys(record: type) -> dict[str, Key]:
    """The keys of a mapping that holds a class of the model, in their order."""
    hints = typing.get_type_hints(record)
    return {field.name: _key(field, hints[field.name]) for field in attrs.fields(record)}


def _key(field: attrs.Attribute[Any], hint: Any) -> Key:
    """Derive a key from a field of the model and its type."""
    if isinstance(hint, types.UnionType):
        hint = next(option for option in typing.get_args(hint) if option is not type(None))
    inner: Any = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None
    record: type | None = None
    words: tuple[str, ...] = ()
    if hint is When:
        shape = Shape.DATE
    elif hint is Modality:
        shape, words = Shape.WORD, tuple(Modality)
    elif inner is str:
        shape = Shape.TEXTS
    elif inner is not None:
        shape, record = (Shape.RECORD_MAP if inner is Source else Shape.RECORDS), inner
    elif attrs.has(hint):
        shape, record = Shape.RECORD, hint
    else:
        shape = Shape.TEXT
    return Key(
        name=field.name,
        shape=shape,
        required=field.default is attrs.NOTHING,
        record=record,
        words=words,
        field=field,
    )
