"""What a plugin provides for a format, and what it is given to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

import attrs

from timeline.errors import Fault
from timeline.formats._losses import Feature, Loss, LossKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from timeline.document import Path, Place, Position
    from timeline.formats._info import FormatInfo
    from timeline.model import Revision, Timeline

_Item = TypeVar("_Item")


@attrs.frozen(kw_only=True)
class Context:
    """What every import and export is given.

    Attributes:
        options: An instance of the format's options class.
        on_progress: Called with the number of events done since the last call.
    """

    options: Any
    on_progress: Callable[[int], None] | None = None

    def track(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The items, each counted as done when the next is asked for."""
        if self.on_progress is None:
            yield from items
            return
        for item in items:
            yield item
            self.on_progress(1)


@attrs.frozen(kw_only=True)
class ExportContext(Context):
    """What an exporter is given.

    Attributes:
        now: The moment of the export, in UTC; the only clock there is.
        previous: What was written the last time, for a format that tells what changed; None if that is not known.
        revisions: How often each event was revised, by its id; None if nobody recorded that.
        losses: What was reported so far.
        left_out: The ids of events that the user's options leave out.
        warnings: What the user should know besides, in words.
    """

    now: datetime
    previous: bytes | None = None
    revisions: Mapping[str, Revision] | None = None
    losses: list[Loss] = attrs.field(factory=list)
    left_out: set[str] = attrs.field(factory=set)
    warnings: list[str] = attrs.field(factory=list)

    def lose(
        self,
        feature: Feature,
        message: str,
        *,
        event_id: str | None = None,
        kind: LossKind = LossKind.DROPPED,
    ) -> None:
        """Report something that the format cannot carry, where it happens."""
        self.losses.append(Loss(feature=Feature(feature), kind=LossKind(kind), event_id=event_id, message=message))

    def leave_out(self, event_id: str) -> None:
        """Tell that an event is not written because the user's options say so: that is no loss."""
        self.left_out.add(event_id)

    def warn(self, message: str) -> None:
        """Tell the user what is no loss, and matters all the same."""
        self.warnings.append(message)


@attrs.frozen(kw_only=True)
class ImportContext(Context):
    """What an importer is given.

    Attributes:
        file: Name of the file, for messages; None if there is none.
        faults: What was read past so far.
    """

    file: str | None = None
    faults: list[Fault] = attrs.field(factory=list)

    def skip(
        self, found: str, expected: str, *, line: int | None = None, column: int = 1, source: str = "", length: int = 1
    ) -> None:
        """Report what could not be taken into the timeline, for a format of which the rest can.

        Args:
            found: What was found, in words.
            expected: What was expected.
            line: Line, counted from 1; None if it is of the whole file.
            column: Character in the line, counted from 1.
            source: The line itself.
            length: How many characters of the line it takes.
        """
        self.faults.append(
            Fault(
                found=found, expected=expected, file=self.file, line=line, column=column, source=source, length=length
            )
        )


@runtime_checkable
class Exporter(Protocol):
    """Writes timelines in a format."""

    @property
    def info(self) -> FormatInfo:
        """What there is to know of the format."""
        ...

    def encode(self, timeline: Timeline, ctx: ExportContext) -> Iterator[bytes]:
        """Yield the document, piece by piece.

        The bytes follow from the timeline, the options and ``ctx.now`` alone.
        """
        ...


@runtime_checkable
class Importer(Protocol):
    """Reads timelines in a format."""

    @property
    def info(self) -> FormatInfo:
        """What there is to know of the format."""
        ...

    def decode(self, chunks: Iterable[bytes], ctx: ImportContext) -> Timeline:
        """The timeline in a document.

        What it has no place for, and damage that the rest can be read in spite of, is reported
        by `ImportContext.skip`.

        Raises:
            DocumentError: The document has faults; the error has all of them.
        """
        ...


@attrs.frozen(kw_only=True)
class Ignore:
    """A comment in a document that silences rules of ``timeline check``.

    Attributes:
        codes: The codes that it names, or the beginnings of some.
        reason: Why, in the author's words; empty if they give no reason.
        scope: What it holds for: the path of an event or a source, ``()`` for all that is of neither, or
            None for the whole file.
        line: Where it stands, counted from 1.
        column: The same.
    """

    codes: tuple[str, ...]
    reason: str = ""
    scope: Path | None = None
    line: int = 1
    column: int = 1


@runtime_checkable
class Locator(Protocol):
    """What an importer may be able to do besides: say where in a document something stands.

    ``timeline check`` gives findings a line and a column if it can. Both methods are called with a
    document that the importer has read without a fault.
    """

    def locate(self, data: bytes, places: Collection[Place]) -> Mapping[Place, Position]:
        """Find places in a document.

        A place that is not in it, such as a key that was left out, is where it would be: at what
        holds it.
        """
        ...

    def ignores(self, data: bytes) -> Iterable[Ignore]:
        """The comments in a document that silence rules, in their order; none if the syntax has no comments."""
        ...


@attrs.frozen(kw_only=True)
class Defect:
    """Something wrong with the bytes of a document, whatever they say.

    Attributes:
        code: The rule; it is one of those that the plugin registers as a `timeline.checks.Check`.
        message: What is wrong, in words.
        line: Line, counted from 1.
        column: Byte or character in the line, counted from 1.
    """

    code: str
    message: str
    line: int
    column: int = 1


@runtime_checkable
class Linter(Protocol):
    """What an importer may be able to do besides: find what is wrong with the bytes of a document.

    ``timeline check`` asks it first, for any document, also one that cannot be read.
    """

    def lint(self, data: bytes) -> Iterable[Defect]:
        """Find what is wrong, in the order of the lines."""
        ...
