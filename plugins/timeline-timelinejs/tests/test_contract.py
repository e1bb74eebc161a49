"""The contract of every exporter."""

from timeline.testing import ExporterContract
from timeline_timelinejs import TimelineJsExporter


class TestTimelineJs(ExporterContract):
    """TimelineJS JSON keeps it."""

    exporter = TimelineJsExporter()
