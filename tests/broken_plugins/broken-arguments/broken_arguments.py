"""Wants an argument that the hook does not have."""

from timeline.hookspecs import hookimpl


@hookimpl
def timeline_register_exporters(timeline):
    return []
