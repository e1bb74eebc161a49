"""Claims a format that another plugin has."""

from timeline_good import Format

from timeline.hookspecs import hookimpl


@hookimpl
def timeline_register_exporters():
    return [Format("shared")]
