"""Options of the reader."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from timeline.formats import whole_number

if TYPE_CHECKING:
    Window = tuple[date, date]


def _window(value: Any) -> Window | None:
    """The first and the last day of a window, of EDTF that has both."""
    if value is None or value == "":
        return None
    if isinstance(value, tuple):
        first, last = value
        if isinstance(first, date) and isinstance(last, date) and first <= last:
            return first, last
    else:
        from timeline.when import When  # noqa: PLC0415 - few imports are asked to expand

        try:
            first, last = When.of(value).window
        except ValueError as error:
            message = f"found expand={value}, expected a window in EDTF, such as 2024-01-01/2024-12-31 ({error})"
            raise ValueError(message) from None
        if isinstance(first, int) and isinstance(last, int) and 0 < first < last <= date.max.toordinal():
            return date.fromordinal(first), date.fromordinal(last - 1)
    message = f"found expand={value}, expected a window with a first and a last day, such as 2024-01-01/2024-12-31"
    raise ValueError(message)


@attrs.frozen(kw_only=True)
class IcalReadOptions:
    """Options for reading calendars.

    Attributes:
        expand: A window such as ``2024-01-01/2024-12-31`` or ``2024``: what happens again becomes one
            event for each time within it. Without it, the rules are kept as they are.
        max_occurrences: How many events that may make.
        max_bytes: How many bytes a file may have.
    """

    expand: tuple[date, date] | None = attrs.field(default=None, converter=_window)
    max_occurrences: int = whole_number(default=100_000, at_least=1)
    max_bytes: int = whole_number(default=256 * 1024 * 1024, at_least=1)
