"""What a plugin provides for a format, and what it is given to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

import attrs

from timeline.formats._losses import Feature, Loss, LossKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from timeline.document import Path, Place, Position
    from timeline.formats._info import FormatInfo
    from timeline.model import Timeline

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
        losses: What was reported so far.
    """

    now: datetime
    losses: list[Loss] = attrs.field(factory=list)

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


@attrs.frozen(kw_only=True)
class ImportContext(Context):
    """What an importer is given.

    Attributes:
        file: Name of the file, for messages; None if there is none.
    """

    file: str | None = None


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
