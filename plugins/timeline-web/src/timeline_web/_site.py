"""Writes the files of a page."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from timeline import api
from timeline.errors import OptionError
from timeline.formats import ExportContext, Staged
from timeline.when import as_moment
from timeline_web import HtmlExporter
from timeline_web._embedded import FILE_START
from timeline_web._page import Builder, generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline.formats import ExportStream, Loss
    from timeline.history import Ledger
    from timeline.model import Timeline
    from timeline.when import Moment

# What belongs to a page with chapters alone: what an earlier one left of it goes.
_OWN = ("chapters/*.html", "data/*.js", "all.html")
_HEAD = 1 << 16


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
    format_options: Mapping[str, Mapping[str, Any]] | None = None,
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
        format_options: Options of the files that it offers, by format.
        previous: The calendar as it was published the last time.
        ledger: The record of the timeline.
        on_progress: Called with the number of events done since the last call.
    """
    moment = as_moment(now)
    info = HtmlExporter.info
    ctx = ExportContext(options=info.make_options(options), now=moment, on_progress=on_progress)
    builder = Builder(timeline, ctx)
    with ExitStack() as leftovers:
        files = _Files(folder, leftovers)
        pages: list[tuple[Staged, Written]] = []
        if single_file:
            files.stage(f"{timeline.id}{info.suffixes[0]}", info.name, _encoded(builder.single()))
        else:
            offered = builder.offered()
            chosen = format_options or {}
            for format, name, _ in offered:
                counts = format == "ical"
                stream = api.export(
                    timeline,
                    format,
                    {**builder.options_of(format), **chosen.get(format, {})},
                    now=moment,
                    previous=previous if counts else None,
                    ledger=ledger if counts else None,
                )
                files.stage(name, format, stream)
                files.tell(stream)
            # The first page comes last: until it is there, the last one leads to what it led to.
            first = len(files.made)
            for name, pieces in builder.folder(link for _, _, link in offered):
                files.stage(name, info.name, _encoded(pieces))
            pages = files.made[first:]
            _check_places((staged.path for staged, _ in pages), timeline.id)
        # What is to be said of the page is said once.
        files.tell(ctx)
        for staged, _ in files.made:
            staged.commit()
        if not single_file:
            _remove_others(files.target, {os.path.realpath(staged.path) for staged, _ in pages}, timeline.id)
    return tuple(written for _, written in files.made)


class _Files:
    """Files of a folder, each made beside its place.

    Attributes:
        target: The folder. A link stays, and what it points to is written to.
        made: The files, with what there is to say of them.
    """

    def __init__(self, folder: str | os.PathLike[str], leftovers: ExitStack) -> None:
        self.target = Path(os.path.realpath(folder))
        self.made: list[tuple[Staged, Written]] = []
        self._folder, self._leftovers = Path(folder), leftovers
        self._seen: set[Path] = set()

    def stage(self, name: str, format: str, chunks: Iterable[bytes]) -> None:
        """Make a file beside its place."""
        path = self.target / name
        if path.parent not in self._seen:
            path.parent.mkdir(parents=True, exist_ok=True)
            Staged.discard_abandoned(path.parent)
            self._seen.add(path.parent)
            self._leftovers.callback(Staged.discard_unfinished, path.parent)
        counted = _Counted(chunks)
        staged = Staged.write(path, counted)
        self._leftovers.callback(staged.discard)
        self.made.append((staged, Written(format=format, path=self._folder / name, size=counted.size)))

    def tell(self, source: ExportStream | ExportContext) -> None:
        """Say of the file made last what was lost in it, and what to know besides."""
        staged, written = self.made[-1]
        told = attrs.evolve(written, losses=tuple(source.losses), warnings=tuple(source.warnings))
        self.made[-1] = staged, told


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


def _check_places(paths: Iterable[Path], id: str) -> None:
    """Refuse to write over what no page of a timeline is.

    Raises:
        OptionError: There are files of something else, or of another timeline.
    """
    others = [os.fspath(path) for path in paths if path.is_file() and not _is_own(path, id)]
    if others:
        more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
        message = (
            f"found {others[0]}{more}, which no page of the timeline {id} is; expected an empty folder, or one of an "
            "earlier page of it: choose another folder, or remove that"
        )
        raise OptionError(message)


def _is_own(path: Path, id: str) -> bool:
    """Whether a file was written for a page of a timeline: it says so at its beginning."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return generator(id).encode() in head or (path.suffix == ".js" and head.startswith(FILE_START.encode()))


def _remove_others(target: Path, written: set[str], id: str) -> None:
    """Remove the chapters of an earlier page that this one does not have, and folders that are empty then."""
    others = [
        path
        for pattern in _OWN
        for path in target.glob(pattern)
        if path.is_file() and os.path.realpath(path) not in written and _is_own(path, id)
    ]
    for path in others:
        path.unlink()
    for folder in {path.parent for path in others} - {target}:
        if not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
