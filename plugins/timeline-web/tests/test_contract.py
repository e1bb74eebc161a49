"""The contract of every exporter."""

from timeline.testing import ExporterContract
from timeline_web import HtmlExporter


class TestHtml(ExporterContract):
    """The page in one file keeps it."""

    exporter = HtmlExporter()
