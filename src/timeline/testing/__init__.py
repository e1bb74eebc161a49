"""What authors of plugins test with: contracts, samples and isolation.

Subclass a contract, set ``exporter`` or ``importer``, and pytest runs its tests::

    class TestContract(ExporterContract):
        exporter = MyExporter()

`timeline.testing.strategies` has Hypothesis strategies (it needs Hypothesis).
"""

from timeline.testing._contracts import ExporterContract, ImporterContract, RoundTripContract
from timeline.testing._everywhere import everywhere, text_fields
from timeline.testing._isolation import fresh_plugins
from timeline.testing._payloads import BEACON, PAYLOADS, Context, Payload
from timeline.testing._samples import FEATURE_SAMPLES, HOSTILE, NOW, PLAIN, SAMPLES

__all__ = [
    "BEACON",
    "FEATURE_SAMPLES",
    "HOSTILE",
    "NOW",
    "PAYLOADS",
    "PLAIN",
    "SAMPLES",
    "Context",
    "ExporterContract",
    "ImporterContract",
    "Payload",
    "RoundTripContract",
    "everywhere",
    "fresh_plugins",
    "text_fields",
]
