"""Misspells a hook."""

from timeline.hookspecs import hookimpl


@hookimpl
def timeline_register_exporterz():
    return []
