"""Has the entry point name of another plugin; what it provides is its own."""

from timeline_good import Format

from timeline.hookspecs import hookimpl


@hookimpl
def timeline_register_exporters():
    return [Format("other")]
