"""Tests with plugins of their own."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING
from unittest import mock

from timeline import plugins

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def fresh_plugins(**modules: str) -> Iterator[plugins.Plugins]:
    """Replace the installed plugins for the length of a ``with`` block.

    Args:
        modules: Entry points to load instead: name and module. Without any, what
            is installed is looked for again.
    """
    points = [EntryPoint(name=name, value=value, group="timeline") for name, value in modules.items()]
    fresh = plugins.Plugins(points or None)
    with mock.patch.object(plugins, "installed", return_value=fresh):
        yield fresh
