"""Options of the readers."""

from __future__ import annotations

import re
from typing import Any

import attrs

from timeline.formats import choice, whole_number

# What `timeline.model` allows.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,126}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def _matching(pattern: re.Pattern[str], expected: str) -> Any:
    """An attrs field for a text that may be missing."""

    def check(_owner: object, field: attrs.Attribute[Any], value: object) -> None:
        if value is not None and not (isinstance(value, str) and pattern.fullmatch(value)):
            message = f"found {field.name}={value}, expected {expected}"
            raise ValueError(message)

    return attrs.field(default=None, converter=lambda value: None if value == "" else value, validator=check)


@attrs.frozen(kw_only=True)
class TimelineJsReadOptions:
    """Options for reading JSON and spreadsheets of TimelineJS.

    Attributes:
        id: The id of the timeline. Without it, it follows from the title.
        text_language: The language of its texts, which TimelineJS does not keep in the file. Without it, English.
        eras: Whether eras become events with the tag "era", or are left out.
        max_bytes: How many bytes a file may have.
    """

    id: str | None = _matching(_ID, "letters, digits, '.', '_' and '-', beginning with a letter or digit")
    text_language: str | None = _matching(_LANGUAGE, "a language tag such as en, uk or pt-BR")
    eras: str = choice("events", "none", default="events")
    max_bytes: int = whole_number(default=256 * 1024 * 1024, at_least=1)
