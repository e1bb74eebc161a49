"""The exporter keeps what every exporter must keep."""

from timeline.testing import ExporterContract
from timeline_ical import IcalExporter


class TestIcalExporter(ExporterContract):
    """The contract, of this exporter."""

    exporter = IcalExporter()
