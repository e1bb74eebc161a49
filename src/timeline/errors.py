"""All errors of the library, in one tree.

::

    TimelineError
    ├── WhenError (ValueError)              text that is not EDTF
    ├── LanguageError (LookupError)         a language that dates cannot be said in
    ├── ModelError (ValueError)             an object of the model that contradicts itself
    ├── DocumentError (ValueError)          a document with faults, all of them
    ├── HistoryError (ValueError)           a difference that does not apply, or a ledger that is not one
    ├── UnknownFormatError (LookupError)    no plugin provides the format
    ├── AmbiguousFormatError (LookupError)  more than one plugin provides it
    ├── OptionError (ValueError)            an option that a format does not take
    ├── LossError (ValueError)              a strict export that lost something; in `timeline.formats`
    ├── StreamError (RuntimeError)          an export stream used out of turn
    └── PluginError (RuntimeError)          a plugin that failed at its work

    DocumentWarning (UserWarning)           a document of which something could not be taken, and the rest was

Messages are lower-case and say what was found and what was expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from timeline._terminal import printable, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class TimelineError(Exception):
    """The base of every error that this library raises on purpose."""


class WhenError(TimelineError, ValueError):
    """Text that is not the date that it ought to be, in EDTF or another notation.

    Attributes:
        text: The text.
        position: The character at which reading stopped, counted from 0.
        found: What stands there, in words.
        expected: What may stand there, with the level.
        level: The level of EDTF (0, 1 or 2) of what may stand there; None if it is not of EDTF.
    """

    def __init__(self, text: str, position: int, expected: str, level: int | None = None) -> None:
        """Build the message from the parts."""
        self.text, self.position, self.level = text, position, level
        self._arguments = text, position, expected, level
        self.expected = expected if level is None else f"{expected} (EDTF level {level})"
        rest = text[position : position + 20]
        if not text:
            found = "empty text"
        elif rest:
            found = f"{printable(rest)!r} at character {position + 1} of {printable(text[:80])!r}"
        else:
            found = f"the end of {printable(text[:80])!r}"
        self.found = found
        super().__init__(f"found {found}, expected {self.expected}")

    def __reduce__(self) -> tuple[type[WhenError], tuple[str, int, str, int | None]]:
        """Be pickled as what it was made of, so that it can come out of another process."""
        return type(self), self._arguments


class LanguageError(TimelineError, LookupError):
    """A language that dates cannot be said in; the message says why, and which there are."""


class ModelError(TimelineError, ValueError):
    """An object of the model that contradicts itself.

    Attributes:
        path: Where in the object, such as ``("events", 3, "claims", 0, "source")``.
        found: What was found there.
        expected: What was expected.
    """

    def __init__(self, path: Sequence[str | int], found: str, expected: str) -> None:
        """Build the message from the parts."""
        self.path, self.found, self.expected = tuple(path), found, expected
        super().__init__(f"{path_text(self.path)}: found {found}, expected {expected}")

    def __reduce__(self) -> tuple[type[ModelError], tuple[Sequence[str | int], str, str]]:
        """Be pickled as what it was made of."""
        return type(self), (self.path, self.found, self.expected)


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong with a document.

    Attributes:
        path: Keys and indices from the root to the value.
        found: What was found, in words.
        expected: What was expected, in words.
        file: Name of the file, or None for text without a name.
        line: Line, counted from 1, or None if the fault is of the whole file.
        column: Character in the line, counted from 1.
        source: The line itself.
        length: How many characters of the line the value takes.
    """

    path: tuple[str | int, ...] = ()
    found: str
    expected: str
    file: str | None = None
    line: int | None = None
    column: int = 1
    source: str = ""
    length: int = 1

    def __str__(self) -> str:
        """``file:line:column: path: found …, expected …``."""
        place = self.file or "<text>"
        if self.line is not None:
            place += f":{self.line}:{self.column}"
        path = f" {path_text(self.path)}:" if self.path else ""
        return (
            f"{printable(place)}:{printable(path)} found {printable(self.found)}, expected {printable(self.expected)}"
        )

    def render(self) -> str:
        """The fault with its source line and a caret, as compilers show it."""
        if self.line is None or not self.source:
            return str(self)
        # A long line is shown from a little before the fault.
        start = max(0, self.column - 41) if len(self.source) > 100 else 0
        shown = self.source[start : start + 100]
        column = self.column - 1 - start
        carets = "^" * max(1, min(self.length, len(shown) - column))
        margin = " " * len(str(self.line))
        padding = " " * (width_of(shown[:column]) + max(0, column - len(shown)))
        shown = printable(shown.replace("\t", " "))
        return f"{self}\n {self.line} | {shown}\n {margin} | {padding}{carets}"


class DocumentError(TimelineError, ValueError):
    """A document that has faults; none of it was taken.

    Attributes:
        faults: Every fault, in the order of the file.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults."""
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """Every fault, with its line and a caret."""
        return "\n".join(fault.render() for fault in self.faults)


class DocumentWarning(UserWarning):
    """A document of which something could not be taken; the rest was.

    Attributes:
        faults: What was read past, in the order of the file.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults."""
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """How much it is, and the first of it."""
        more = len(self.faults) - 1
        return f"{self.faults[0]}" + (f" (and {more:,} more; load(..., on_fault=...) gets all)" if more else "")


class HistoryError(TimelineError, ValueError):
    """A difference that does not apply, or a ledger that contradicts itself; the message says where."""


class UnknownFormatError(TimelineError, LookupError):
    """A format that no installed plugin provides; the message says what would."""


class AmbiguousFormatError(TimelineError, LookupError):
    """A format that several plugins provide; the message names them all."""


class OptionError(TimelineError, ValueError):
    """An option that a format does not take, or a value that it does not."""


class StreamError(TimelineError, RuntimeError):
    """An export stream that was read twice, or asked for losses too early."""


class PluginError(TimelineError, RuntimeError):
    """A plugin that failed at its work; the message names its distribution."""


def quoted(text: object) -> str:
    """A text in quotation marks for a message, cut short if it is long."""
    shown = str(text)
    return repr(shown if len(shown) <= 60 else f"{shown[:59]}…")


def path_text(path: Sequence[str | int]) -> str:
    """A path as people write it: ``events[3].claims[0].when``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text
