"""The bytes of one export, made as they are read."""

from __future__ import annotations

import errno
import filecmp
import os
import stat
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.errors import PluginError, StreamError, TimelineError
from timeline.formats._losses import LossError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats._losses import Loss
    from timeline.formats._seam import ExportContext, Exporter
    from timeline.model import Timeline


_UNFINISHED = ".timeline-{pid}-{number}.part"


class Staged:
    """A file written whole beside its place, not yet in it."""

    def __init__(self, temporary: Path, path: Path) -> None:
        """Remember where the bytes are and where they belong."""
        self._temporary, self.path = temporary, path

    @classmethod
    def write(cls, path: str | os.PathLike[str], chunks: Iterable[bytes]) -> Staged:
        """Write bytes beside ``path``; `commit` puts them there.

        Raises:
            OSError: The file cannot be written.
        """
        # A link stays, and what it points to is replaced.
        target = Path(os.path.realpath(path))
        try:
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            handle, temporary = _create_beside(target)
        except OSError as error:
            # Name the file that was asked for, not the one beside it.
            raise type(error)(error.errno, error.strerror, os.fspath(path)) from None
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if target.is_file():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return cls(temporary, target)

    def commit(self) -> Path:
        """Put the file in its place at once, over one that may be there.

        One that holds the same stays, with its time: what serves it tells by that whether it changed.

        Raises:
            OSError: It cannot be put there.
        """
        if _is_special(self.path):
            # A pipe or a device is written to: in its place nothing may be put.
            with self._temporary.open("rb") as source, self.path.open("wb") as target:
                while chunk := source.read(1 << 20):
                    target.write(chunk)
            self.discard()
        elif self.path.exists() and filecmp.cmp(self._temporary, self.path, shallow=False):
            self.discard()
        else:
            self._temporary.replace(self.path)
        return self.path

    def discard(self) -> None:
        """Forget the file."""
        self._temporary.unlink(missing_ok=True)

    @staticmethod
    def discard_unfinished(folder: Path) -> None:
        """Remove what this process began to write in a folder and did not put in its place.

        An end from outside may come between any two steps, also after a file is made and
        before anybody knows of it.
        """
        for path in folder.glob(_UNFINISHED.format(pid=os.getpid(), number="*")):
            path.unlink(missing_ok=True)

    @staticmethod
    def discard_abandoned(folder: Path) -> None:
        """Remove what processes that are no more began to write in a folder of this machine."""
        for path in folder.glob(_UNFINISHED.format(pid="*", number="*")):
            pid = path.name.split("-")[1]
            if pid.isdecimal() and not _is_running(int(pid)):
                path.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    """Whether there is a process of a number; where that cannot be asked, as if there were."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _create_beside(target: Path) -> tuple[int, Path]:
    """A new file in the folder of ``target``, with the rights that a new file has."""
    if _is_special(target):
        import tempfile  # noqa: PLC0415 - not cheap to import, and hardly ever wanted

        handle, name = tempfile.mkstemp()
        return handle, Path(name)
    for number in count():
        temporary = target.with_name(_UNFINISHED.format(pid=os.getpid(), number=number))
        try:
            return os.open(
                temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666
            ), temporary
        except FileExistsError:
            continue
    raise AssertionError


class ExportStream:
    """The bytes of one export, made as they are read.

    Read it once: iterate, `read` or `write_to`. Afterwards `losses` says what the
    format could not carry.
    """

    def __init__(
        self, exporter: Exporter, timeline: Timeline, ctx: ExportContext, *, strict: bool = False, provider: str = ""
    ) -> None:
        """Prepare the stream; nothing is done until it is read."""
        self.info = exporter.info
        self.size = 0
        """Bytes made so far."""
        self._ctx, self._strict, self._finished = ctx, strict, False
        self._provider = provider or type(exporter).__module__
        self._chunks: Iterator[bytes] | None = self._encode(exporter, timeline)

    def _encode(self, exporter: Exporter, timeline: Timeline) -> Iterator[bytes]:
        try:
            for chunk in exporter.encode(timeline, self._ctx):
                if not isinstance(chunk, bytes):
                    message = f"expected pieces of bytes, found {type(chunk).__name__}"  # type: ignore[unreachable] # a plugin without types
                    raise TypeError(message)  # noqa: TRY301 - reported like any other failure of a plugin
                self.size += len(chunk)
                yield chunk
        except TimelineError:
            raise
        except Exception as error:
            message = f"exporter {self.info.name} of {self._provider} failed: {type(error).__name__}: {error}"
            raise PluginError(message) from error
        self._finished = True
        if self._strict and self._ctx.losses:
            raise LossError(self.info.name, self._ctx.losses)

    def __iter__(self) -> Iterator[bytes]:
        """The document, piece by piece.

        Raises:
            StreamError: The stream was read before.
            LossError: It is strict, something was lost, and all pieces were read.
            PluginError: The exporter failed.
        """
        if self._chunks is None:
            message = "this export was read already: call export() again"
            raise StreamError(message)
        chunks, self._chunks = self._chunks, None
        return chunks

    def read(self) -> bytes:
        """The whole document. Raises as iteration does."""
        return b"".join(self)

    def stage(self, path: str | os.PathLike[str]) -> Staged:
        """Write the document beside ``path``; `Staged.commit` puts it there.

        Raises:
            OSError: The file cannot be written.
        """
        return Staged.write(path, self)

    def write_to(self, path: str | os.PathLike[str]) -> Path:
        """Write the document to a file, all of it or nothing.

        Raises:
            OSError: The file cannot be written.
        """
        staged = self.stage(path)
        try:
            return staged.commit()
        finally:
            staged.discard()

    @property
    def left_out(self) -> frozenset[str]:
        """The ids of events that the options leave out.

        Raises:
            StreamError: The stream was not read to its end yet.
        """
        self._check_finished()
        return frozenset(self._ctx.left_out)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know besides, in words.

        Raises:
            StreamError: The stream was not read to its end yet.
        """
        self._check_finished()
        return tuple(self._ctx.warnings)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """What the format could not carry.

        Raises:
            StreamError: The stream was not read to its end yet.
        """
        self._check_finished()
        return tuple(self._ctx.losses)

    def _check_finished(self) -> None:
        if not self._finished:
            message = "the losses are known when the export was read: call read() or write_to() first"
            raise StreamError(message)
