"""What the fields of the model accept: validators and converters."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from timeline.errors import ModelError, quoted
from timeline.when import When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    import attrs

    Dated = When | date | str

# Two of them and an @ are the UID of a calendar entry, which may be cut at 255 octets (RFC 7986, 5.3).
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}"
ID_EXPECTED = "1 to 127 of the letters A-Z a-z, digits, '.', '_' and '-', beginning with a letter or digit"
LANGUAGE_PATTERN = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"
LANGUAGE_EXPECTED = "a language tag such as en, uk or pt-BR (BCP 47)"

_ID = re.compile(ID_PATTERN)
_LANGUAGE = re.compile(LANGUAGE_PATTERN)
# Neither UTF-8 nor a terminal can hold a lone surrogate.
_SURROGATE = re.compile("[\ud800-\udfff]")

_Word = TypeVar("_Word", bound=StrEnum)


def _check_text(field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str):
        raise ModelError((field.name,), type(value).__name__, "text")
    if not value.isascii() and (lone := _SURROGATE.search(value)):
        raise ModelError((field.name,), f"half a surrogate pair at character {lone.start() + 1}", "Unicode text")


def text(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate a text that may be missing."""
    if value is not None:
        _check_text(field, value)


def title(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate a text that may not be missing."""
    _check_text(field, value)
    if not str(value).strip():
        raise ModelError((field.name,), "no text", "a title")


def identifier(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate an id."""
    _check_text(field, value)
    if not _ID.fullmatch(str(value)):
        raise ModelError((field.name,), quoted(value), ID_EXPECTED)


def optional_id(owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate an id that may be missing."""
    if value is not None:
        identifier(owner, field, value)


def ids(owner: object, field: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    """Validate a list of ids."""
    for item in value:
        identifier(owner, field, item)


def language(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
    """Validate a language tag."""
    _check_text(field, value)
    if not _LANGUAGE.fullmatch(str(value)):
        raise ModelError((field.name,), quoted(value), LANGUAGE_EXPECTED)


def texts(_owner: object, field: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    """Validate a list of texts, none of them empty."""
    for item in value:
        _check_text(field, item)
        if not item:
            raise ModelError((field.name,), "empty text", "text in each place of the list")


def optional(kind: type) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """Make a validator: a ``kind``, or nothing."""

    def check(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
        if value is not None and not isinstance(value, kind):
            raise ModelError((field.name,), type(value).__name__, f"a timeline.{kind.__name__}")

    return check


def all_of(kind: type) -> Callable[[object, attrs.Attribute[Any], tuple[object, ...]], None]:
    """Make a validator: every item of the tuple is a ``kind``."""

    def check(_owner: object, field: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
        for position, item in enumerate(value):
            if not isinstance(item, kind):
                raise ModelError((field.name, position), type(item).__name__, f"a timeline.{kind.__name__}")

    return check


def no_empty(value: str | None) -> str | None:
    """Empty text counts as no text."""
    return None if value == "" else value


def or_english(value: str) -> str:
    """No language is English."""
    return "en" if value == "" else value


def to_when(value: Dated | None) -> When | None:
    """A date of what people have."""
    return None if value is None or value == "" else When.of(value)


def strings(value: Iterable[str]) -> tuple[str, ...]:
    """A tuple of a list of texts; one bare text is a mistake, not a list of letters."""
    if isinstance(value, (str, set, frozenset)):
        # A set has no order, and the same input would not give the same bytes.
        message = f"expected a list of texts, found {'a set' if not isinstance(value, str) else f'the text {value!r}'}"
        raise TypeError(message)
    return tuple(value)


def check_unique(name: str, ids: list[str]) -> None:
    """Refuse an id that several items have."""
    counts = Counter(ids)
    for position, id in enumerate(ids):
        if counts[id] > 1:
            raise ModelError((name, position, "id"), f"{quoted(id)} {counts[id]} times", "an id of its own")


def word(kind: type[_Word], name: str, value: _Word | str) -> _Word:
    """One of a few words."""
    try:
        return kind(value)
    except ValueError:
        raise ModelError((name,), quoted(value), f"one of: {', '.join(kind)}") from None
