"""The number that sorts a date, which holds its window too.

From high to low: the first second; 64 bits of how long the window is; 8 bits of the
kind or, for a plain date, its grain and qualifier; and 96 bits that no other text has.
Integers of Python compare quickly and have no size that they must stay within.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.when._parts import Bound

if TYPE_CHECKING:
    from timeline.when._windows import Window

# No year is so far away (see MAX_YEAR_DIGITS): where a date without a beginning is sorted.
_FAR = 1 << 3400
_WIDTH_BITS, _FORM_BITS, _TIE_BITS = 64, 8, 96
_TAIL_BITS = _FORM_BITS + _TIE_BITS
_START_SHIFT = _TAIL_BITS + _WIDTH_BITS
# The widths of no end, and of a window that is as long as that or longer.
_ENDLESS = (1 << _WIDTH_BITS) - 1
_LONGEST = _ENDLESS - 1
# Without a beginning, the width is that from here to the end: 146,000 million years ago.
_LONG_AGO = -(1 << 62)

_KINDS = {"[": 2, "{": 3}
_PRIME = (1 << 89) - 1


def key_of(form: int | str, window: Window) -> int:
    """The key of a date that is plain (a number, see `When`) or canonical text, and of its window in seconds."""
    start, end = window
    if form.__class__ is int:  # as quick as can be; such a window has two ends
        return ((start << _WIDTH_BITS | (end - start)) << _FORM_BITS | form) << _TIE_BITS  # type: ignore[operator]
    assert isinstance(form, str)
    first = -_FAR if isinstance(start, Bound) else start
    width = _ENDLESS
    if not isinstance(end, Bound):
        width = max(1, min(end - (_LONG_AGO if isinstance(start, Bound) else start), _LONGEST))
    # After all plain dates of the same window: points, spans, one-of and all-of sets.
    kind = _KINDS.get(form[0], "/" in form) << 6 | 63
    return ((first << _WIDTH_BITS | width) << _FORM_BITS | kind) << _TIE_BITS | _tie(form)


def start_in(key: int) -> int:
    """The first second of the window that the key of a plain date holds."""
    return key >> _START_SHIFT


def window_in(key: int, form: int | str) -> Window:
    """The window in seconds that a key holds."""
    head = key >> _TAIL_BITS
    first, width = head >> _WIDTH_BITS, head & _ENDLESS
    if form.__class__ is int:
        return first, first + width
    assert isinstance(form, str)
    if width == _LONGEST or (width == 1 and form[0] not in "0123456789"):
        from timeline.when._reader import read_whole  # noqa: PLC0415 - only for what is too long for a key

        return read_whole(form)[2]
    is_open = first == -_FAR
    start = Bound.UNKNOWN if form[0] == "/" else Bound.OPEN
    end = Bound.UNKNOWN if form[-1] == "/" else Bound.OPEN
    return (
        start if is_open else first,
        end if width == _ENDLESS else width + (_LONG_AGO if is_open else first),
    )


def _tie(text: str) -> int:
    """A number of 96 bits for a text: itself if it is short, else what is left of it by a prime."""
    number = int.from_bytes(text.encode())
    # The first bit is never that of a short text, which is ASCII.
    return number if len(text) <= 12 else number % _PRIME | 1 << 95
