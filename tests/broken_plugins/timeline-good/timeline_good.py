"""A plugin with nothing wrong with it."""

from timeline.formats import FormatInfo
from timeline.hookspecs import hookimpl
from timeline.model import Timeline


class Format:
    """Writes and reads a file that holds the title alone."""

    def __init__(self, name):
        self.info = FormatInfo(name=name, title="a title", media_type="text/plain", suffixes=(f".{name}",), carries=())

    def encode(self, timeline, ctx):
        for _ in ctx.track(timeline.events):
            pass
        yield f"{self.info.name}: {timeline.title}".encode()

    def decode(self, chunks, ctx):
        return Timeline(id="t", title=b"".join(chunks).decode())


@hookimpl
def timeline_register_exporters():
    return [Format("good"), Format("shared")]


@hookimpl
def timeline_register_importers():
    return [Format("good")]
