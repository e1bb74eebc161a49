"""Writes the files of a page."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from timeline import api
from timeline.formats import ExportContext, Staged
from timeline.when import as_moment
from timeline_web import HtmlExporter
from timeline_web._page import Builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline.formats import Loss
    from timeline.history import Ledger
    from timeline.model import Timeline
    from timeline.when import Moment

# What belongs to a page with chapters alone: what an earlier one left of it goes.
_OWN = ("chapters/*.html", "data/*.js", "all.html")


@attrs.frozen(kw_only=True)
class Written:
    """A file that was written.

    Attributes:
        format: The format: ``html``, ``ical`` and the like.
        path: Where.
        size: Its bytes.
        losses: What the format could not carry.
        warnings: What to know besides, in words.
    """

    format: str
    path: Path
    size: int
    losses: tuple[Loss, ...] = ()
    warnings: tuple[str, ...] = ()


def write(
    timeline: Timeline,
    folder: str | os.PathLike[str],
    options: Mapping[str, Any] | object | None,
    *,
    now: Moment,
    single_file: bool,
    previous: bytes | None = None,
    ledger: Ledger | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> tuple[Written, ...]:
    """Write the page; see `timeline_web.write_page`.

    Args:
        timeline: The timeline.
        folder: The folder.
        options: Options of the page.
        now: The moment of the page.
        single_file: Whether to write one file.
        previous: The calendar as it was published the last time.
        ledger: The record of the timeline.
        on_progress: Called with the number of events done since the last call.
    """
    moment = as_moment(now)
    info = HtmlExporter.info
    ctx = ExportContext(options=info.make_options(options), now=moment, on_progress=on_progress)
    builder = Builder(timeline, ctx)
    # A link stays, and what it points to is written to.
    target = Path(os.path.realpath(folder))
    with ExitStack() as leftovers:
        made: list[tuple[str, Staged, int, Any]] = []

        def stage(name: str, format: str, chunks: Iterable[bytes], source: Any) -> None:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            leftovers.callback(Staged.discard_unfinished, path.parent)
            counted = _Counted(chunks)
            staged = Staged.write(path, counted)
            leftovers.callback(staged.discard)
            made.append((format, staged, counted.size, source))

        if single_file:
            stage(f"{timeline.id}{info.suffixes[0]}", info.name, _encoded(builder.single()), ctx)
        else:
            offered = builder.offered()
            for format, name, _ in offered:
                counts = format == "ical"
                stream = api.export(
                    timeline,
                    format,
                    now=moment,
                    previous=previous if counts else None,
                    ledger=ledger if counts else None,
                )
                stage(name, format, stream, stream)
            for name, pieces in builder.folder(link for _, _, link in offered):
                stage(name, info.name, _encoded(pieces), ctx)
        for _, staged, _, _ in made:
            staged.commit()
        if not single_file:
            _remove_others(target, {staged.path for _, staged, _, _ in made})
    return tuple(
        Written(
            format=format,
            path=Path(folder) / staged.path.relative_to(target),
            size=size,
            losses=tuple(source.losses) if source is not ctx or number == len(made) - 1 else (),
            warnings=tuple(source.warnings) if source is not ctx or number == len(made) - 1 else (),
        )
        for number, (format, staged, size, source) in enumerate(made)
    )


class _Counted:
    """Bytes that are counted as they pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self.size = chunks, 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.encode("utf-8", "replace")


def _remove_others(target: Path, written: set[Path]) -> None:
    """Remove the chapters of an earlier page that this one does not have, and folders that are empty then."""
    others = [path for pattern in _OWN for path in target.glob(pattern) if path.is_file() and path not in written]
    for path in others:
        path.unlink()
    for folder in {path.parent for path in others} - {target}:
        if not any(folder.iterdir()):
            folder.rmdir()
