"""One writer at a time."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from timeline._terminal import printable
from timeline.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def locked(path: str) -> Iterator[int]:
    """Open a file to read and append, made if need be, while no other process has it so.

    The file itself is locked, not one beside it: it is only ever appended to, so it stays the
    same file, its lock ends with the process whatever ends that, and nothing is left lying
    about. Should a program put another file in its place meanwhile, that one is taken.

    Yields:
        The descriptor.

    Raises:
        HistoryError: It is no regular file.
        OSError: It cannot be opened.
    """
    handle = _open_locked(path)
    while not _is_at(path, handle):
        os.close(handle)
        handle = _open_locked(path)
    try:
        yield handle
    finally:
        _unlock(handle)
        os.close(handle)


def _open_locked(path: str) -> int:
    is_new = not Path(path).exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        check_regular(path, handle)
        _lock(handle)
        if is_new:
            _sync_folder(path)
    except BaseException:
        os.close(handle)
        raise
    return handle


def check_regular(path: str, handle: int) -> None:
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        message = f"{printable(path)}: found a device or a pipe, expected a file"
        raise HistoryError(message)


def _is_at(path: str, handle: int) -> bool:
    """Whether an open file is the one that a path names."""
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
    except OSError:
        os.close(handle)
        raise


def _sync_folder(path: str) -> None:
    """Make the name of a new file outlast a loss of power, where the system can."""
    with suppress(OSError):
        folder = os.open(Path(path).resolve().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


if sys.platform == "win32":  # pragma: no cover - another system
    import msvcrt

    # A lock keeps others from reading the bytes that it covers, so it is on one that no ledger has.
    _FAR = 0x7FFF_FFFF

    def _lock(handle: int) -> None:
        while True:
            os.lseek(handle, _FAR, os.SEEK_SET)
            with suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
                return

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
