"""The hooks that a plugin may implement, all of them.

A plugin is an entry point in the group ``timeline`` that names a module with
functions marked `hookimpl`. They are called once, when formats or commands are
first wanted: keep them cheap, and import heavy libraries inside the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

    from timeline.checks import Check
    from timeline.formats import Exporter, Importer

GROUP = "timeline"

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@hookspec
def timeline_register_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body] # a specification has no body
    """Return the exporters that this plugin provides."""


@hookspec
def timeline_register_importers() -> Iterable[Importer]:  # type: ignore[empty-body] # a specification has no body
    """Return the importers that this plugin provides."""


@hookspec
def timeline_register_checks() -> Iterable[Check]:  # type: ignore[empty-body] # a specification has no body
    """Return the rules that this plugin adds to ``timeline check``."""


@hookspec
def timeline_register_commands() -> Iterable[click.Command]:  # type: ignore[empty-body] # a specification has no body
    """Return the commands that this plugin adds to ``timeline``."""
