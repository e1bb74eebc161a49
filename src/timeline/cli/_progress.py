"""A progress bar for what takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 1.0
"""Seconds without a bar."""


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None] | None]:
    """Give a function to call with the number of events done; None if nobody looks.

    Args:
        label: What is going on.
        total: How many events there are, if that is known.
    """
    if not sys.stderr.isatty():
        yield None
        return
    started = time.monotonic()
    done = 0
    bar: Any = None

    def advance(count: int) -> None:
        nonlocal done, bar
        done += count
        if bar is not None:
            bar.update(count)
        elif done % 64 == 0 and time.monotonic() - started > PATIENCE:
            length: dict[str, Any] = {"iterable": iter(())} if total is None else {"length": total}
            bar = click.progressbar(**length, label=label, file=sys.stderr, show_pos=True)
            bar.__enter__()
            bar.update(done)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)
