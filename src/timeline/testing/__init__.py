"""What authors of plugins test with: contracts, samples and isolation.

Subclass a contract, set ``exporter`` or ``importer``, and pytest runs its tests::

    class TestContract(ExporterContract):
        exporter = MyExporter()

`timeline.testing.strategies` has Hypothesis strategies (it needs Hypothesis).
"""

from timeline.testing._contracts import ExporterContract, ImporterContract, RoundTripContract
from timeline.testing._isolation import fresh_plugins
from timeline.testing._samples import FEATURE_SAMPLES, HOSTILE, NOW, PLAIN, SAMPLES

__all__ = [
    "FEATURE_SAMPLES",
    "HOSTILE",
    "NOW",
    "PLAIN",
    "SAMPLES",
    "ExporterContract",
    "ImporterContract",
    "RoundTripContract",
    "fresh_plugins",
]
